"""Slow, obvious NumPy references of the kernels: the specification that tests hold them to.

All arrays are whole feature maps (C, H, W) without margins.  Where a kernel computes floats, its
reference rounds in the same places, so equality is exact and not a matter of tolerance.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ..kernels.fixed_point import (
    GATE_STEPS,
    FixedGate,
    Shorts,
    fixed_unit,
    rounded_product,
    saturated_sum,
)
from ..kernels.pointwise import bicubic_first, bicubic_taps

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bits = NDArray[np.bool_]


def signs(features: NDArray[Any], thresholds: NDArray[Any]) -> Bits:
    """Return true where a feature is negative against its channel's threshold; sign(0) = +1."""
    return features < thresholds[:, None, None]


def xnor_sums(negative: Bits, filters: Bits) -> NDArray[np.int32]:
    """Return the XNOR-popcount sums of a 3x3 convolution, +1 outside the picture.

    Args:
        negative: (C, H, W), the inputs' signs.
        filters: (O, C, 3, 3), the weights' signs.

    Returns:
        (O, H, W), each 9 C - 2 popcount(inputs XOR weights).
    """
    padded = np.pad(negative, ((0, 0), (1, 1), (1, 1)))
    windows = sliding_window_view(padded, (3, 3), axis=(1, 2)).transpose(1, 2, 0, 3, 4)
    inputs = np.packbits(windows.reshape(*negative.shape[1:], -1), axis=-1)
    weights = np.packbits(filters.reshape(len(filters), -1), axis=-1)
    count = 9 * len(negative)
    return np.stack(
        [count - 2 * np.bitwise_count(inputs ^ row).sum(axis=-1, dtype=np.int32) for row in weights]
    )


def prelu(values: Floats, slopes: Floats) -> Floats:
    """Return values where positive, elsewhere times the channel's slope."""
    return np.where(values > 0, values, slopes[:, None, None] * values)


def binary_unit(
    negative: Bits, filters: Bits, scale: Floats, bias: Floats, slope: Floats
) -> Shorts:
    """Return PReLU(scale * XNOR sum + bias) in steps; see fixed_point.FixedUnit for the formula.

    Args:
        negative: (C, H, W), the inputs' signs.
        filters: (O, C, 3, 3), the weights' signs.
        scale: (O,).
        bias: (O,).
        slope: (O,).

    Returns:
        (O, H, W).
    """
    flat = filters.reshape(len(filters), -1)
    unit = fixed_unit(flat, scale, bias, slope)
    of_positive = flat.shape[1] - 2 * flat.sum(axis=1)
    change = (xnor_sums(negative, filters) - of_positive[:, None, None]) // 2
    count = np.clip(change + unit.centres[:, None, None], -128, 127).astype(np.int16)
    numbers = unit.multipliers, unit.biases, unit.slopes
    multipliers, biases, slopes = (values[:, None, None] for values in numbers)
    y = saturated_sum(rounded_product(count << 8, multipliers), biases)
    return np.maximum(y, rounded_product(y, slopes))


def gate(features: Shorts, numbers: FixedGate) -> Shorts:
    """Return the factor of each pixel, in 1 / 32,768; see fixed_point.FixedGate for the formula.

    Args:
        features: (C, H, W), in steps.
        numbers: of the gate.

    Returns:
        (H, W).
    """
    total = np.full(features.shape[1:], numbers.bias)
    for channel, weight in zip(features, numbers.weights, strict=True):
        total = saturated_sum(total, rounded_product(channel, weight))
    factors: Shorts = np.clip(total, 0, GATE_STEPS - 1) * np.int16((1 << 15) // GATE_STEPS)
    return factors


def multiply_add(a: Floats | Doubles, b: Floats | Doubles, c: Floats) -> Floats:
    """Return a * b + c in float32 with one rounding, as the processor's instruction does.

    All three hold single numbers; a and b may do so in double precision, which is quicker.

    The product is exact in double precision; the sum is rounded there, and again to single
    precision.  Two roundings differ from one only where the first meets the middle between two
    single numbers: its last 28 bits are zeros, and it is no single number itself.  What ends so is
    therefore rounded with care.
    """
    product = np.multiply(a, b, dtype=np.float64)
    total = product + c
    result = total.astype(np.float32)
    doubtful = (total.view(np.int64) & (2**28 - 1) == 0) & (total != result)
    if doubtful.any():
        addend = np.broadcast_to(c, doubtful.shape)[doubtful]
        result[doubtful] = _sum_to_odd(product[doubtful], addend)
    return result


def _sum_to_odd(product: Doubles, addend: Floats) -> Doubles:
    """Return a sum in double precision whose last bit is set where it is not exact.

    Rounded to single precision, it is what the exact sum would be.
    """
    total = product + addend
    other = total - product
    error = (product - (total - other)) + (addend - other)  # Knuth's exact two-sum
    even = total.view(np.int64) & 1 == 0
    odd = np.nextafter(total, np.copysign(np.inf, error))
    return np.where((error != 0) & even, odd, total)


def conv_float(features: Floats, weights: Floats, bias: Floats) -> Floats:
    """Return a convolution with zero padding, summed in the order bias, then channel, dy, dx.

    Args:
        features: (C, H, W).
        weights: (O, C, size, size), size odd.
        bias: (O,).

    Returns:
        (O, H, W).
    """
    _, height, width = features.shape
    filters, channels, size, _ = weights.shape
    radius = size // 2
    weights = weights.astype(np.float64)  # once, and not for every product
    padded = np.pad(features.astype(np.float64), ((0, 0), (radius, radius), (radius, radius)))
    total = np.broadcast_to(bias[:, None, None], (filters, height, width))
    for c in range(channels):
        for dy in range(size):
            for dx in range(size):
                window = padded[c, dy : dy + height, dx : dx + width]
                total = multiply_add(weights[:, c, dy, dx, None, None], window[None], total)
    return np.ascontiguousarray(total)


def shuffle_pixels(features: Floats, factor: int) -> Floats:
    """(factor**2 C, H, W) -> (C, factor H, factor W); [c, f y + i, f x + j] = [f f c + f i + j]."""
    channels, height, width = len(features) // factor**2, *features.shape[1:]
    split = features.reshape(channels, factor, factor, height, width)
    return split.transpose(0, 3, 1, 4, 2).reshape(channels, factor * height, factor * width)


def bicubic(features: Floats, scale: int) -> Floats:
    """Enlarge by bicubic interpolation: a = -0.75, half-pixel centres, edges replicated."""
    _, height, width = features.shape
    taps, first = bicubic_taps(scale), bicubic_first(scale)
    rows = np.zeros((3, scale * height, width), np.float32)
    result = np.empty((3, scale * height, scale * width), np.float32)
    for phase in range(scale):
        for k in range(4):
            source = np.clip(np.arange(height) + first[phase] + k, 0, height - 1)
            rows[:, phase::scale] += taps[phase, k] * features[:, source]
    for phase in range(scale):
        a, b, c, d = (
            taps[phase, k] * rows[:, :, np.clip(np.arange(width) + first[phase] + k, 0, width - 1)]
            for k in range(4)
        )
        result[:, :, phase::scale] = ((a + b) + c) + d
    return result


def planes(pixels: NDArray[Any]) -> Floats:
    """(H, W, 3) uint8 or uint16 -> (3, H, W) in 0..1."""
    return pixels.transpose(2, 0, 1).astype(np.float32) / np.float32(np.iinfo(pixels.dtype).max)


def round_pixels(values: Floats, dtype: type[np.unsignedinteger[Any]]) -> NDArray[Any]:
    """(3, H, W) in 0..1 -> (H, W, 3) uint8 or uint16, clipped."""
    max_value = np.float32(np.iinfo(dtype).max)
    clipped = np.clip(values, np.float32(0), np.float32(1))
    rounded: NDArray[Any] = np.rint(clipped * max_value).astype(dtype)
    return rounded.transpose(1, 2, 0)
