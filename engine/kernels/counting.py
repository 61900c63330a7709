"""Counting set bits of many planes at once, bit-sliced, and sharing the counts between filters.

A register holds one bit each of 64 * LANES pixels.  Counters are kept "vertically": bit k of all
counters of a register in the register k.  Carry-save adders sum three bits of a weight to one, and
a carry of twice the weight; a full adder is two instructions where AVX-512 has its ternary logic
(LLVM does not find the majority by itself), five elsewhere.

Filters are taken in groups of four.  By its four weight bits an input belongs to one of 16 classes.
The inputs of every class but 0 are counted once, in parts of at most 63 inputs; a filter's count is
the sum of the eight classes that its bit is set in:

    count[f] = sum over classes k with bit f of (set bits in class k)

Only sizes 15, 19 .. 63 of a part exist, each as straight code with the fewest adders that there are
for it; planes of zeros fill a part up.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from .simd import (
    LANES,
    WORDS,
    call,
    element,
    i32,
    i64,
    item,
    load,
    splat,
    store,
    whole,
)

SIZES = tuple(range(15, 64, 4))
"""How many inputs the parts of a class may have."""

PART_PLANES = 6
"""Planes of a part's counter, which goes up to 63."""

FOLD = 8
"""Parts that are summed at once: as many classes as a filter's bit is set in."""

SUM_PLANES = 12
"""Planes of a sum, a number of 12 bits in two's complement."""

ALIGNMENT = 8 * LANES
TERNARY = LANES == 8


def ternary(builder: Any, table: int, a: Any, b: Any, c: Any) -> Any:
    """AVX-512's any function of three bits; bit 4 a + 2 b + c of the table is its value."""
    name = f"llvm.x86.avx512.pternlog.q.{64 * LANES}"
    return call(builder, name, WORDS, [a, b, c, ir.Constant(i32, table)])


def full_add(builder: Any, a: Any, b: Any, c: Any) -> tuple[Any, Any]:
    """Return the one-bit sum and carry of three registers, of which c may come last."""
    if TERNARY:
        return ternary(builder, 0x96, a, b, c), ternary(builder, 0xE8, a, b, c)
    partial = builder.xor(a, b)
    carry = builder.or_(builder.and_(a, b), builder.and_(partial, c))
    return builder.xor(partial, c), carry


def half_add(builder: Any, a: Any, b: Any) -> tuple[Any, Any]:
    """Return the one-bit sum and carry of two registers."""
    return builder.xor(a, b), builder.and_(a, b)


def add_column(builder: Any, bits: list[Any]) -> tuple[Any, list[Any]]:
    """Return the sum of bits of one weight, and the carries of twice that weight."""
    total, rest, carries = bits[0], bits[1:], []
    while len(rest) > 1:
        total, carry = full_add(builder, rest[0], rest[1], total)
        carries.append(carry)
        rest = rest[2:]
    if rest:
        total, carry = half_add(builder, rest[0], total)
        carries.append(carry)
    return total, carries


class _Counter:
    """The counter of one part while its code is written; planes are fed two at a time.

    Bits are added as soon as two of a weight wait, so that few registers are in use at a time.
    """

    def __init__(self, builder: Any) -> None:
        self._builder = builder
        self._totals: list[Any] = [None] * PART_PLANES
        self._waiting: list[Any] = [None] * PART_PLANES

    def add(self, bit: Any, k: int = 0) -> None:
        """Add a bit of the weight 2**k."""
        if self._totals[k] is None:
            self._totals[k] = bit
        elif self._waiting[k] is None:
            self._waiting[k] = bit
        else:
            first, self._waiting[k] = self._waiting[k], None
            self._totals[k], carry = full_add(self._builder, first, bit, self._totals[k])
            self.add(carry, k + 1)

    def planes(self) -> list[Any]:
        """All planes, when everything was added."""
        for k in range(PART_PLANES):
            if self._waiting[k] is not None:
                total, carry = half_add(self._builder, self._waiting[k], self._totals[k])
                self._totals[k], self._waiting[k] = total, None
                self.add(carry, k + 1)
        nothing = whole(WORDS, 0)
        return [nothing if total is None else total for total in self._totals]


@intrinsic
def count_parts(typing_context, planes, inputs, start, sizes, group, parts):
    """Count all parts of a group, one after the other.

    Args:
        planes: uint64, the planes of all inputs of a register of pixels, LANES words each.
        inputs: uint16, word offsets into planes, from start on.
        start: where the group's inputs begin.
        sizes: int32, from `group` on how many parts of each of SIZES there are; parts lie in the
            order of their sizes.
        group: see sizes.
        parts: uint64, written from its second part on; each has PART_PLANES registers.
    """

    def codegen(context, builder, signature, args):
        kinds = signature.args
        data = element(context, builder, kinds[0], args[0], ir.Constant(i64, 0))
        first = element(context, builder, kinds[1], args[1], args[2])
        counts = element(context, builder, kinds[3], args[3], args[4])
        part = PART_PLANES * LANES
        place = cgutils.alloca_once_value(
            builder, element(context, builder, kinds[5], args[5], ir.Constant(i64, part))
        )
        cursor = cgutils.alloca_once_value(builder, first)
        for k, size in enumerate(SIZES):
            count = builder.sext(builder.load(item(counts, builder, k)), i64)
            with cgutils.for_range(builder, count):
                here, target = builder.load(cursor), builder.load(place)
                counter = _Counter(builder)
                for i in range(size):
                    offset = builder.zext(builder.load(item(here, builder, i)), i64)
                    counter.add(load(builder, builder.gep(data, [offset]), WORDS, ALIGNMENT))
                for i, plane in enumerate(counter.planes()):
                    store(builder, plane, item(target, builder, i * LANES), ALIGNMENT)
                builder.store(item(here, builder, size), cursor)
                builder.store(item(target, builder, part), place)
        return context.get_dummy_value()

    return types.void(planes, inputs, types.intp, sizes, types.intp, parts), codegen


def _add_parts(shift: int) -> Any:
    """Add 2**shift times the sum of FOLD parts."""

    @intrinsic
    def add_parts(typing_context, parts, slots, slot, sums, source, target):
        """sums[target] = sums[source] + 2**shift times the sum of FOLD parts.

        Args:
            parts: uint64, of count_parts.
            slots: uint16, word offsets of the parts, FOLD from slot on.
            slot: see slots.
            sums: uint64, sums of SUM_PLANES registers.
            source: word offset of a sum.
            target: word offset of a sum, written.
        """

        def codegen(context, builder, signature, args):
            kinds = signature.args
            data = element(context, builder, kinds[0], args[0], ir.Constant(i64, 0))
            where = element(context, builder, kinds[1], args[1], args[2])
            before = element(context, builder, kinds[3], args[3], args[4])
            after = element(context, builder, kinds[3], args[3], args[5])
            offsets = [builder.load(item(where, builder, i)) for i in range(FOLD)]
            places = [builder.gep(data, [builder.zext(offset, i64)]) for offset in offsets]
            carries: list[Any] = []
            for k in range(SUM_PLANES):
                bits = [load(builder, item(before, builder, k * LANES), WORDS, ALIGNMENT)]
                if shift <= k < shift + PART_PLANES:
                    plane = (k - shift) * LANES
                    bits += [
                        load(builder, item(place, builder, plane), WORDS, ALIGNMENT)
                        for place in places
                    ]
                total, carries = add_column(builder, bits + carries)
                store(builder, total, item(after, builder, k * LANES), ALIGNMENT)
            return context.get_dummy_value()

        return types.void(parts, slots, types.intp, sums, types.intp, types.intp), codegen

    return add_parts


add_parts, add_parts_twice = _add_parts(0), _add_parts(1)


@intrinsic
def subtract_from(typing_context, number, sums, source, target):
    """sums[target] = number - sums[source], the number (int32) being the same at all pixels."""

    def codegen(context, builder, signature, args):
        before = element(context, builder, signature.args[1], args[1], args[2])
        after = element(context, builder, signature.args[1], args[1], args[3])
        one = builder.add(
            args[0], ir.Constant(i32, 1)
        )  # -x is one more than x with all bits turned
        carries: list[Any] = []
        for k in range(SUM_PLANES):
            bit = builder.and_(builder.ashr(one, ir.Constant(i32, k)), ir.Constant(i32, 1))
            spread = builder.sext(builder.trunc(bit, ir.IntType(1)), i64)
            vector = splat(builder, spread, WORDS)
            plane = load(builder, item(before, builder, k * LANES), WORDS, ALIGNMENT)
            turned = builder.xor(plane, whole(WORDS, -1))
            total, carries = add_column(builder, [turned, vector, *carries])
            store(builder, total, item(after, builder, k * LANES), ALIGNMENT)
        return context.get_dummy_value()

    return types.void(types.int32, sums, types.intp, types.intp), codegen


@intrinsic
def shift_signs(typing_context, signs, index, masks, mask, planes, plane, step):
    """Write the copies of a register of signs shifted by dx = -1, 0, +1.

    Args:
        signs: uint64; the words round index are read too.
        index: of the first word.
        masks: uint64, what is kept of each copy, LANES words each, from mask on.
        mask: see masks.
        planes: uint64, written at plane, plane + step, plane + 2 step.
        plane: see planes.
        step: see planes.
    """

    def codegen(context, builder, signature, args):
        kinds = signature.args
        here = element(context, builder, kinds[0], args[0], args[1])
        mask = element(context, builder, kinds[2], args[2], args[3])
        target = element(context, builder, kinds[4], args[4], args[5])
        before, centre, after = (
            load(builder, item(here, builder, k), WORDS, 8) for k in (-1, 0, 1)
        )
        one, most = whole(WORDS, 1), whole(WORDS, 63)
        copies = (
            builder.or_(builder.shl(centre, one), builder.lshr(before, most)),
            centre,
            builder.or_(builder.lshr(centre, one), builder.shl(after, most)),
        )
        for k, copy in enumerate(copies):
            kept = load(builder, item(mask, builder, k * LANES), WORDS, ALIGNMENT)
            store(builder, builder.and_(copy, kept), target, ALIGNMENT)
            target = builder.gep(target, [args[6]])
        return context.get_dummy_value()

    return types.void(signs, types.intp, masks, types.intp, planes, types.intp, types.intp), codegen
