"""Features in 16-bit fixed point: what the binary units of a network compute with.

A feature is a whole number of steps of 1 / 4,096, so it lies between -8 and 8; a picture's range
is 0..1, and the shipped networks stay within 3.3.  Conversions and sums saturate.  Multiplications
keep the upper half of a product, as the processor's instruction does (`rounded_product`).  All
numbers of a unit are brought into this form once, when its weights are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Shorts = NDArray[np.int16]

STEPS = 4096
"""Steps in one."""

GATE_STEPS = 1024
"""Steps in one, of a gate."""

CENTRE_STEP = 16
"""The centres that are added to counts are multiples of it."""

_LARGEST = np.iinfo(np.int16).max
_SMALLEST = np.iinfo(np.int16).min
_RANGE = np.float32((_LARGEST + 1) / STEPS)
# A count has 8 bits and is multiplied as the upper byte of 16: eight of a product's fifteen.
_MULTIPLIER_STEPS = STEPS << 7
# A weight times a feature, of whose product fifteen bits go, is in steps of a gate.
_WEIGHT_STEPS = (GATE_STEPS << 15) // STEPS


@dataclass(frozen=True, eq=False)
class FixedUnit:
    """The numbers of a binary unit with O filters.

    With n0 clear and n1 set weight bits, a filter's XNOR sum is n0 - n1 + 2 change, where the
    change is what negative inputs make of it: those under a set bit less those under a clear one.
    The kernels count the change, add the centre, keep 8 bits, and then compute

        y = saturated(rounded_product(256 * count, multiplier) + bias)
        PReLU(y) = max(y, rounded_product(y, slope))

    Attributes:
        centres: (O,) int32, what brings the change's middle near zero: (n0 - n1) / 2 in multiples
            of CENTRE_STEP.
        multipliers: (O,) int16, twice the scale, in 1 / 128 of a step; a scale saturates at 1 / 32.
        biases: (O,) int16, in steps, with what the centre lacks to (n0 - n1) / 2.
        slopes: (O,) int16, in 1 / 32,768; a slope saturates at -1 and 1.
    """

    centres: NDArray[np.int32]
    multipliers: Shorts
    biases: Shorts
    slopes: Shorts


def fixed_unit(
    negative: NDArray[np.bool_], scale: Floats, bias: Floats, slope: Floats
) -> FixedUnit:
    """Return the numbers of a unit.

    Args:
        negative: (O, K), the weights' signs.
        scale: (O,), of the XNOR sums.
        bias: (O,), added to them.
        slope: (O,), of the PReLU; 1 for none.
    """
    middle = negative.shape[1] / 2 - negative.sum(axis=1)
    centres = (CENTRE_STEP * np.rint(middle / CENTRE_STEP)).astype(np.int32)
    multiplier = 2 * scale.astype(np.float64)
    return FixedUnit(
        centres,
        _symmetric(multiplier * _MULTIPLIER_STEPS),
        _saturated(np.rint((bias + multiplier * (middle - centres)) * STEPS)),
        _symmetric(slope.astype(np.float64) * (_LARGEST + 1)),
    )


@dataclass(frozen=True, eq=False)
class FixedGate:
    """The numbers of a gate over C channels: a factor from 0 to 1 for each pixel.

    sum = bias, and then channel by channel saturated(sum + rounded_product(feature, weight))
    gate = rounded_product(y, sum within 0 .. GATE_STEPS - 1 in 1 / 32,768), y what is weighed

    Attributes:
        weights: (C,) int16, in 1 / 8,192; a weight saturates at -4 and 4.
        bias: in steps of a gate.
    """

    weights: Shorts
    bias: np.int16


def fixed_gate(weights: Floats, bias: Floats) -> FixedGate:
    """Return the numbers of a gate of weights (C,) and a bias (1,)."""
    steps = np.rint(bias.astype(np.float64) * GATE_STEPS)
    return FixedGate(
        _symmetric(weights.astype(np.float64) * _WEIGHT_STEPS), np.int16(_saturated(steps)[0])
    )


def fixed_thresholds(thresholds: Floats) -> Shorts:
    """Return what features are compared with: x < threshold just where x in steps is below it."""
    return _saturated(np.ceil(thresholds.astype(np.float64) * STEPS))


def to_fixed(values: Floats) -> Shorts:
    """Return float32 values in steps, rounded half to even, saturated; any shape."""
    return _saturated(np.rint(np.clip(values, -_RANGE, _RANGE) * np.float32(STEPS)))


def to_float(values: Shorts) -> Floats:
    """Return steps as float32 values, which is exact; any shape."""
    return values * np.float32(1 / STEPS)


def rounded_product(a: NDArray[np.int16], b: NDArray[np.int16]) -> Shorts:
    """Return a * b / 32,768 rounded half up; not both may be -32,768.  Any shapes that fit."""
    product: Shorts = (a.astype(np.int32) * b + (1 << 14) >> 15).astype(np.int16)
    return product


def saturated_sum(a: NDArray[np.int16], b: NDArray[np.int16]) -> Shorts:
    """Return a + b, held within 16 bits.  Any shapes that fit."""
    return _saturated(a.astype(np.int32) + b)


def _saturated(values: NDArray[np.generic]) -> Shorts:
    kept: Shorts = np.clip(values, _SMALLEST, _LARGEST).astype(np.int16)
    return kept


def _symmetric(values: NDArray[np.float64]) -> Shorts:
    """Values rounded and held within -32,767 .. 32,767, the factors that rounded_product takes."""
    return np.clip(np.rint(values), -_LARGEST, _LARGEST).astype(np.int16)
