"""From bit-sliced sums to features in fixed point and back to signs; see kernels.fixed_point.

A sum of SUM_PLANES bits is held within 8 while it is still bit-sliced, where one instruction works
on all pixels of a register.  An 8x8 transposition of bits then makes bytes of the eight planes:
byte b of register j is the number of pixel 8 b + j.  Unpacked above zeros within 128 bits, it is
256 times the number in 16 bits.

Features stay in the order that this gives, so nothing is ever put back in line: a block of
64 * LANES pixels of a channel has for j = 0 .. 7 two registers of SHORTS numbers, the lower and
the upper half of the bytes of every 128 bits.  Packing undoes the unpacking, so eight registers
of signs, one bit of each byte taken from each, are a plane in natural order.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from .counting import ALIGNMENT, SUM_PLANES, TERNARY, ternary
from .simd import (
    LANES,
    NUMBERS,
    SHORTS,
    WORDS,
    call,
    element,
    i8,
    i32,
    item,
    load,
    shuffle,
    splat,
    store,
    whole,
)
from .target import TARGET

_BYTES = ir.VectorType(i8, 8 * LANES)
_WIDE = ir.VectorType(i32, SHORTS)

# x86's instructions, by LANES: packing 16-bit numbers to bytes within 128 bits, saturating; and
# the upper half of a doubled product, rounded.
_PACK = {
    2: "llvm.x86.sse2.packsswb.128",
    4: "llvm.x86.avx2.packsswb",
    8: "llvm.x86.avx512.packsswb.512",
}
_MULTIPLY = {
    2: "llvm.x86.ssse3.pmul.hr.sw.128",
    4: "llvm.x86.avx2.pmul.hr.sw",
    8: "llvm.x86.avx512.pmul.hr.sw.512",
}


def _repeated(byte: int) -> Any:
    return whole(WORDS, int.from_bytes(bytes([byte]) * 8, "little"))


def _right(builder: Any, value: Any, by: int) -> Any:
    return builder.lshr(value, whole(WORDS, by))


def _left(builder: Any, value: Any, by: int) -> Any:
    return builder.shl(value, whole(WORDS, by))


def _held_within_a_byte(builder: Any, planes: list[Any]) -> list[Any]:
    """Return the eight planes of a bit-sliced sum that saturates at -128 and 127."""
    negative = planes[-1]
    beyond = builder.xor(planes[7], negative)
    for plane in planes[8:-1]:
        if TERNARY:  # beyond | (plane ^ negative)
            beyond = ternary(builder, 0xF6, beyond, plane, negative)
        else:
            beyond = builder.or_(beyond, builder.xor(plane, negative))
    if TERNARY:  # beyond ? not negative : plane
        kept = [ternary(builder, 0x5C, beyond, plane, negative) for plane in planes[:7]]
    else:
        most = builder.and_(beyond, builder.not_(negative))
        within = builder.not_(beyond)
        kept = [builder.or_(builder.and_(plane, within), most) for plane in planes[:7]]
    return [*kept, negative]


def _transposed_bits(builder: Any, rows: list[Any]) -> list[Any]:
    """Eight registers; bit j of byte b of row k becomes bit k of byte b of row j."""
    rows = list(rows)
    for step, low in ((1, 0x55), (2, 0x33), (4, 0x0F)):
        mask = _repeated(low)
        for i in (i for i in range(8) if not i & step):
            a, b = rows[i], rows[i + step]
            if TERNARY:  # mask ? a : b, twice
                rows[i] = ternary(builder, 0xCA, mask, a, _left(builder, b, step))
                rows[i + step] = ternary(builder, 0xCA, mask, _right(builder, a, step), b)
            else:
                change = builder.and_(builder.xor(_right(builder, a, step), b), mask)
                rows[i] = builder.xor(a, _left(builder, change, step))
                rows[i + step] = builder.xor(b, change)
    return rows


def _unpacked(builder: Any, register: Any) -> list[Any]:
    """Return a register of bytes as two of SHORTS numbers, each byte's 256 times."""
    value, zeros = builder.bitcast(register, _BYTES), whole(_BYTES, 0)
    halves = []
    for half in range(2):
        order = []
        for start in range(half * 8, 8 * LANES, 16):
            for k in range(start, start + 8):
                order += [8 * LANES + k, k]
        halves.append(builder.bitcast(shuffle(builder, value, zeros, order), NUMBERS))
    return halves


def _packed(builder: Any, low: Any, high: Any) -> Any:
    """Return the signs of two registers of numbers as those of one of bytes; undoes _unpacked."""
    if TARGET.is_x86:
        return builder.bitcast(call(builder, _PACK[LANES], _BYTES, [low, high]), WORDS)
    order = []
    for start in range(0, 8 * LANES, 16):
        order += list(range(start + 1, start + 16, 2))
        order += list(range(8 * LANES + start + 1, 8 * LANES + start + 16, 2))
    low, high = (builder.bitcast(half, _BYTES) for half in (low, high))
    return builder.bitcast(shuffle(builder, low, high, order), WORDS)


def rounded_product(builder: Any, a: Any, b: Any) -> Any:
    """fixed_point.rounded_product; the processors' own instructions where they have one."""
    if TARGET.is_x86:
        return call(builder, _MULTIPLY[LANES], NUMBERS, [a, b])
    if TARGET.is_arm:
        return call(builder, f"llvm.aarch64.neon.sqrdmulh.v{SHORTS}i16", NUMBERS, [a, b])
    product = builder.mul(builder.sext(a, _WIDE), builder.sext(b, _WIDE))
    rounded = builder.add(product, whole(_WIDE, 1 << 14))
    return builder.trunc(builder.lshr(rounded, whole(_WIDE, 15)), NUMBERS)


def saturating(builder: Any, operation: str, a: Any, b: Any) -> Any:
    """Return LLVM's "sadd" or "ssub" of two registers of numbers, saturated."""
    return call(builder, f"llvm.{operation}.sat.v{SHORTS}i16", NUMBERS, [a, b])


def larger(builder: Any, a: Any, b: Any) -> Any:
    """Return the larger of each two numbers."""
    return call(builder, f"llvm.smax.v{SHORTS}i16", NUMBERS, [a, b])


def smaller(builder: Any, a: Any, b: Any) -> Any:
    """Return the smaller of each two numbers."""
    return call(builder, f"llvm.smin.v{SHORTS}i16", NUMBERS, [a, b])


class _Signs:
    """The plane of signs of a block while its code is written, fed register by register."""

    def __init__(self, builder: Any, threshold: Any) -> None:
        self._builder, self._threshold = builder, threshold
        self.plane = whole(WORDS, 0)

    def add(self, j: int, halves: list[Any]) -> None:
        """Add the features of the pixels 8 b + j; j goes from 0 to 7."""
        builder = self._builder
        below = [saturating(builder, "ssub", half, self._threshold) for half in halves]
        signs = _packed(builder, *below)
        if TERNARY:  # the plane moves on by a bit; the new ones come in at the top of each byte
            moved = _right(builder, self.plane, 1)
            self.plane = ternary(builder, 0xCA, _repeated(0x80), signs, moved)
        else:
            bit = _right(builder, builder.and_(signs, _repeated(0x80)), 7 - j)
            self.plane = builder.or_(self.plane, bit)


def _store_plane(context, builder, kinds, args, plane):
    """Write a plane twice, as rings want it: args are signs and the two indices."""
    for index in args[1:]:
        store(builder, plane, element(context, builder, kinds[0], args[0], index), 8)


def _write_filter(context, builder, kinds, args, gate=None):
    """Write the instructions of finish; gate is the address of a block's factors, or None."""
    sum_, number, before, after = (
        element(context, builder, kinds[k], args[k], args[k + 1]) for k in (0, 2, 4, 6)
    )
    planes = [
        load(builder, item(sum_, builder, k * LANES), WORDS, ALIGNMENT) for k in range(SUM_PLANES)
    ]
    multiplier, bias, slope, threshold = (
        splat(builder, builder.load(item(number, builder, k)), NUMBERS) for k in range(4)
    )
    plane = _Signs(builder, threshold)
    rows = _transposed_bits(builder, _held_within_a_byte(builder, planes))
    for j, row in enumerate(rows):
        features = []
        for half, count in enumerate(_unpacked(builder, row)):
            register = 2 * j + half
            y = saturating(builder, "sadd", rounded_product(builder, count, multiplier), bias)
            y = larger(builder, y, rounded_product(builder, y, slope))
            if gate is not None:
                factor = load(builder, item(gate, builder, register * LANES), NUMBERS, ALIGNMENT)
                y = rounded_product(builder, y, factor)
            index = register * SHORTS
            kept = load(builder, item(before, builder, index), NUMBERS, ALIGNMENT)
            feature = saturating(builder, "sadd", kept, y)
            store(builder, feature, item(after, builder, index), ALIGNMENT)
            features.append(feature)
        plane.add(j, features)
    _store_plane(context, builder, kinds[8:], args[8:11], plane.plane)
    return context.get_dummy_value()


def _finish_types(sums, numbers, source, target, signs):
    pairs = [kind for array in (sums, numbers, source, target) for kind in (array, types.intp)]
    return (*pairs, signs, types.intp, types.intp)


@intrinsic
def finish(typing_context, sums, total, numbers, n, source, s, target, t, signs, first, second):
    """Write the features and signs of one filter in a block.

    target = saturated(source + PReLU(multiplier * sum + bias)), in the fixed point's arithmetic.

    Args:
        sums: uint64.
        total: word offset of the sum.
        numbers: int16, multiplier, bias, slope and the next threshold from n on.
        n: see numbers.
        source: int16, the block to which is added.
        s: its index.
        target: int16, the block written; may be source.
        t: its index.
        signs: uint64, written: where target is below the threshold, in natural order.
        first: index in signs.
        second: where the same is written again.
    """

    def codegen(context, builder, signature, args):
        return _write_filter(context, builder, signature.args, args)

    return types.void(*_finish_types(sums, numbers, source, target, signs)), codegen


@intrinsic
def finish_gated(
    typing_context, sums, total, numbers, n, source, s, target, t, signs, first, second, gate, g
):  # fmt: skip
    """As finish, and the PReLU's result times the factors of a gate (uint64, from word g on)."""

    def codegen(context, builder, signature, args):
        factors = element(context, builder, signature.args[11], *args[11:])
        return _write_filter(context, builder, signature.args, args, factors)

    kinds = _finish_types(sums, numbers, source, target, signs)
    return types.void(*kinds, gate, types.intp), codegen


@intrinsic
def sign_block(typing_context, features, index, threshold, signs, first, second):
    """Write where a block of features (int16, at index) is below the threshold, as in finish."""

    def codegen(context, builder, signature, args):
        kinds = signature.args
        block = element(context, builder, kinds[0], args[0], args[1])
        plane = _Signs(builder, splat(builder, args[2], NUMBERS))
        for j in range(8):
            halves = [
                load(builder, item(block, builder, (2 * j + half) * SHORTS), NUMBERS, ALIGNMENT)
                for half in range(2)
            ]
            plane.add(j, halves)
        _store_plane(context, builder, kinds[3:], args[3:], plane.plane)
        return context.get_dummy_value()

    return types.void(features, types.intp, types.int16, signs, types.intp, types.intp), codegen


@intrinsic
def fetch_block(typing_context, features, index):
    """Ask for a block of features (int16, at index) that is to be changed soon."""

    def codegen(context, builder, signature, args):
        block = element(context, builder, signature.args[0], *args)
        for line in range(0, 64 * LANES, 32):
            address = builder.bitcast(item(block, builder, line), i8.as_pointer())
            flags = [ir.Constant(i32, flag) for flag in (1, 3, 1)]  # write, keep, data
            call(builder, "llvm.prefetch.p0i8", ir.VoidType(), [address, *flags])
        return context.get_dummy_value()

    return types.void(features, types.intp), codegen
