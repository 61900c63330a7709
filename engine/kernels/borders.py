"""Between float rows and blocks of features in fixed point, a word of 64 pixels at a time.

The order of pixels in a block is told in kernels.epilogue: number b of piece j is pixel 8 b + j.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from .fixed_point import STEPS
from .simd import (
    SHORTS,
    call,
    element,
    f32,
    i16,
    i32,
    item,
    load,
    shuffle,
    store,
    whole,
)

_EIGHT_SHORTS, _EIGHT_FLOATS = ir.VectorType(i16, 8), ir.VectorType(f32, 8)
_EIGHT_WHOLE = ir.VectorType(i32, 8)

PIECE = 8
"""Numbers of a word that lie together in a block; the word's next ones lie 2 * SHORTS further."""


def _transposed_numbers(builder: Any, rows: list[Any]) -> list[Any]:
    """Eight vectors of eight numbers: number k of row j becomes number j of row k."""
    low, high = ([k // 2 + first + 8 * (k % 2) for k in range(8)] for first in (0, 4))
    for _ in range(3):
        pairs = [(rows[i], rows[i + 4]) for i in range(4)]
        rows = [shuffle(builder, *pair, order) for pair in pairs for order in (low, high)]
    return rows


@intrinsic
def enter_word(typing_context, source, index, features, place):
    """Bring 64 pixels into fixed point; see fixed_point.to_fixed.

    Args:
        source: float32, 64 neighbouring pixels from index on.
        index: see source.
        features: int16, written from place on in pieces of PIECE numbers.
        place: see features.
    """

    def codegen(context, builder, signature, args):
        kinds = signature.args
        floats = element(context, builder, kinds[0], args[0], args[1])
        target = element(context, builder, kinds[2], args[2], args[3])
        rows = []
        for b in range(8):
            value = load(builder, item(floats, builder, 8 * b), _EIGHT_FLOATS, 4)
            value = builder.fmul(value, whole(_EIGHT_FLOATS, float(STEPS)))
            value = call(builder, "llvm.rint.v8f32", _EIGHT_FLOATS, [value])
            for comparison, limit in ((">", -32768.0), ("<", 32767.0)):
                bound = whole(_EIGHT_FLOATS, limit)
                within = builder.fcmp_ordered(comparison, value, bound)
                value = builder.select(within, value, bound)
            rows.append(builder.trunc(builder.fptosi(value, _EIGHT_WHOLE), _EIGHT_SHORTS))
        for j, row in enumerate(_transposed_numbers(builder, rows)):
            store(builder, row, item(target, builder, 2 * j * SHORTS), 16)
        return context.get_dummy_value()

    return types.void(source, types.intp, features, types.intp), codegen


@intrinsic
def leave_word(typing_context, features, place, addend, a, target, t):
    """target = features as floats + addend, for 64 pixels; undoes enter_word.

    Args:
        features: int16, as in enter_word.
        place: see features.
        addend: float32, 64 neighbouring pixels from a on.
        a: see addend.
        target: float32, 64 neighbouring pixels from t on, written.
        t: see target.
    """

    def codegen(context, builder, signature, args):
        block, other, floats = (
            element(context, builder, signature.args[k], args[k], args[k + 1]) for k in (0, 2, 4)
        )
        rows = [
            load(builder, item(block, builder, 2 * j * SHORTS), _EIGHT_SHORTS, 16) for j in range(8)
        ]
        for b, row in enumerate(_transposed_numbers(builder, rows)):
            value = builder.sitofp(row, _EIGHT_FLOATS)
            value = builder.fmul(value, whole(_EIGHT_FLOATS, 1 / STEPS))
            added = load(builder, item(other, builder, 8 * b), _EIGHT_FLOATS, 4)
            store(builder, builder.fadd(value, added), item(floats, builder, 8 * b), 4)
        return context.get_dummy_value()

    pairs = [kind for array in (features, addend, target) for kind in (array, types.intp)]
    return types.void(*pairs), codegen
