"""Layers as data: weights in the order in which the kernels read them.  Frozen, shareable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..kernels.fixed_point import (
    FixedGate,
    FixedUnit,
    Shorts,
    fixed_gate,
    fixed_thresholds,
    fixed_unit,
)
from ..kernels.float_conv import FloatLayer
from ..kernels.packing import unpack_filters
from ..kernels.simd import FILTERS
from .counts import Counts, counts_of

Floats = NDArray[np.float32]


class ArrayType(NamedTuple):
    """What an array of a weights file is.

    Attributes:
        shape: of the array.
        dtype: np.float32, or np.uint8 where it holds packed signs.
    """

    shape: tuple[int, ...]
    dtype: type[np.float32 | np.uint8] = np.float32


def float_layer(weights: Floats, bias: Floats, slopes: Floats | None = None) -> FloatLayer:
    """Return a layer of (O, C, size, size) weights, and of O slopes where a PReLU follows."""
    filters, channels, size, _ = weights.shape
    padded = -(-filters // FILTERS) * FILTERS
    whole = np.zeros((padded, channels, size, size), np.float32)
    whole[:filters] = weights
    tiles = whole.reshape(-1, FILTERS, channels, size, size).transpose(0, 2, 3, 4, 1)
    biases, steps = np.zeros(padded, np.float32), np.ones(padded, np.float32)
    biases[:filters] = bias
    if slopes is not None:
        steps[:filters] = slopes
    flat = np.ascontiguousarray(tiles).ravel()
    return FloatLayer(flat, biases, steps, filters, channels, size)


@dataclass(frozen=True, eq=False)
class BinaryLayer:
    """A binary convolution, as many filters as channels, with its epilogue.

    Attributes:
        channels: C.
        counts: how the filters' inputs are counted.
        unit: the numbers of the filters.
        thresholds: (C,) int16: an input counts as negative below it.
        gate: what the result is multiplied by, pixel by pixel, or None.
    """

    channels: int
    counts: Counts
    unit: FixedUnit
    thresholds: Shorts
    gate: FixedGate | None = None


def binary_layer(
    sign: NDArray[np.uint8],
    scale: Floats,
    bias: Floats,
    slope: Floats,
    threshold: Floats,
    gate: tuple[Floats, Floats] | None = None,
) -> BinaryLayer:
    """Return a layer of packed filters (O, 9 C / 8) and O numbers each.

    A gate has weights (C,) and a bias (1,).
    """
    channels = len(threshold)
    negative = unpack_filters(sign, channels)
    unit = fixed_unit(negative.reshape(len(sign), -1), scale, bias, slope)
    fixed = fixed_gate(*gate) if gate else None
    return BinaryLayer(channels, counts_of(negative), unit, fixed_thresholds(threshold), fixed)
