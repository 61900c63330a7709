"""A gate: one factor for each pixel, from all features there, for what a unit adds to them.

A gate of a block lies as a channel does in the feature map, see kernels.epilogue, though in words
of scratch.  See fixed_point.FixedGate for its arithmetic.
"""

from numba import njit, types
from numba.extending import intrinsic

from .counting import ALIGNMENT
from .epilogue import larger, rounded_product, saturating, smaller
from .fixed_point import GATE_STEPS
from .simd import LANES, NUMBERS, PIXELS, SHORTS, element, item, load, splat, store, whole

GATE_WORDS = PIXELS // 4
"""Words of the gate of a block."""

_REGISTERS = PIXELS // SHORTS
_CHANNELS = 4  # weighed at once, so that sums are seldom stored
_FACTOR = 32_768 // GATE_STEPS


@intrinsic
def _begin(typing_context, gate, g, bias):
    """Let the sums of a block's gate be the bias (int16)."""

    def codegen(context, builder, signature, args):
        sums = element(context, builder, signature.args[0], *args[:2])
        number = splat(builder, args[2], NUMBERS)
        for k in range(_REGISTERS):
            store(builder, number, item(sums, builder, k * LANES), ALIGNMENT)
        return context.get_dummy_value()

    return types.void(gate, types.intp, types.int16), codegen


@intrinsic
def _weigh(typing_context, gate, g, features, f, weights, w):
    """Add some channels of a block, each times its weight, to the sums of its gate.

    Args:
        gate: uint64, the sums from word g on.
        g: see gate.
        features: int16, the block's first channel from f on.
        f: see features.
        weights: int16, the first channel's at w.
        w: see weights.
    """

    def codegen(context, builder, signature, args):
        kinds = signature.args
        sums, block, first = (
            element(context, builder, kinds[k], args[k], args[k + 1]) for k in (0, 2, 4)
        )
        factors = [
            splat(builder, builder.load(item(first, builder, c)), NUMBERS) for c in range(_CHANNELS)
        ]
        for k in range(_REGISTERS):
            place = item(sums, builder, k * LANES)
            total = load(builder, place, NUMBERS, ALIGNMENT)
            for c, factor in enumerate(factors):
                index = item(block, builder, c * PIXELS + k * SHORTS)
                feature = load(builder, index, NUMBERS, ALIGNMENT)
                product = rounded_product(builder, feature, factor)
                total = saturating(builder, "sadd", total, product)
            store(builder, total, place, ALIGNMENT)
        return context.get_dummy_value()

    arrays = (gate, features, weights)
    return types.void(*(kind for array in arrays for kind in (array, types.intp))), codegen


@intrinsic
def _hold(typing_context, gate, g):
    """Hold the sums of a block's gate within 0..1 and make them factors."""

    def codegen(context, builder, signature, args):
        sums = element(context, builder, signature.args[0], *args)
        for k in range(_REGISTERS):
            place = item(sums, builder, k * LANES)
            total = load(builder, place, NUMBERS, ALIGNMENT)
            total = smaller(builder, total, whole(NUMBERS, GATE_STEPS - 1))
            total = larger(builder, total, whole(NUMBERS, 0))
            store(builder, builder.mul(total, whole(NUMBERS, _FACTOR)), place, ALIGNMENT)
        return context.get_dummy_value()

    return types.void(gate, types.intp), codegen


@njit(inline="always")
def weigh_block(features, f, weights, bias, gate):
    """Write the gate of a block.

    Args:
        features: int16, the block's first channel from f on.
        f: see features.
        weights: int16 (C,).
        bias: int16.
        gate: uint64 (GATE_WORDS,), written.
    """
    _begin(gate, 0, bias)
    for channel in range(0, weights.size, _CHANNELS):
        _weigh(gate, 0, features, f + channel * PIXELS, weights, channel)
    _hold(gate, 0)
