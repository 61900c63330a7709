"""Layers as data: weights in the order in which the kernels read them.  Frozen, shareable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bsr.engine.kernels.binary_conv import GROUP
from bsr.engine.kernels.packing import unpack_filters
from bsr.engine.kernels.simd import FILTERS

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FloatLayer:
    """A float convolution, perhaps with a PReLU behind it.

    Attributes:
        weights: flat (O / FILTERS, C, size, size, FILTERS), O padded to whole tiles.
        bias: (O,), padded.
        filters, channels, size: O before padding, C, and the height and width of a filter.
        slopes: (O,) of the PReLU, or None.
    """

    weights: Floats
    bias: Floats
    filters: int
    channels: int
    size: int
    slopes: Floats | None = None


def float_layer(weights: Floats, bias: Floats, slopes: Floats | None = None) -> FloatLayer:
    """Return a layer of (O, C, size, size) weights."""
    filters, channels, size, _ = weights.shape
    padded = -(-filters // FILTERS) * FILTERS
    whole = np.zeros((padded, channels, size, size), np.float32)
    whole[:filters] = weights
    tiles = whole.reshape(-1, FILTERS, channels, size, size).transpose(0, 2, 3, 4, 1)
    biases = np.zeros(padded, np.float32)
    biases[:filters] = bias
    return FloatLayer(np.ascontiguousarray(tiles).ravel(), biases, filters, channels, size, slopes)


@dataclass(frozen=True, eq=False)
class BinaryLayer:
    """A binary convolution with its epilogue; see kernels.binary_conv for the terms.

    Attributes:
        channels: C; the filters are as many.
        all_inputs: (9 C, padded) int32, each input as 4 * shifted plane + dy.
        inputs: (O, longest) int32, the inputs each filter counts; 12 C (a plane of zeros) pads.
        chunks: (O,) int32, GROUPs in each list.
        offsets: (O,) int32, what 2 S - T lacks to half the sum, up to the sign of gain.
        numbers: (O, 3) float32: gain, bias, slope.
        thresholds: (C,) float32: an input counts as negative below it.
    """

    channels: int
    all_inputs: NDArray[np.int32]
    inputs: NDArray[np.int32]
    chunks: NDArray[np.int32]
    offsets: NDArray[np.int32]
    numbers: Floats
    thresholds: Floats


def binary_layer(
    sign: NDArray[np.uint8],
    scale: Floats,
    bias: Floats,
    slope: Floats,
    threshold: Floats,
) -> BinaryLayer:
    """Return a layer of packed filters (O, 9 C / 8) and O numbers each."""
    channels = len(threshold)
    bits = unpack_filters(sign, channels).reshape(len(sign), -1)
    c, dy, dx = (axis.ravel() for axis in np.indices((channels, 3, 3)))
    inputs = (4 * (dx * channels + c) + dy).astype(np.int32)
    nothing = 12 * channels
    ones = bits.sum(axis=1)
    # Counting the smaller half: where that is the clear bits, 2 S0 - T = -(2 S - T).
    flipped = 2 * ones > bits.shape[1]
    counted = bits ^ flipped[:, None]
    chunks = -(-counted.sum(axis=1) // GROUP)
    lists = np.full((len(bits), chunks.max() * GROUP), nothing, np.int32)
    for row, chosen in zip(lists, counted, strict=True):
        row[: chosen.sum()] = inputs[chosen]
    half_offset = (bits.shape[1] - 2 * ones) // 2
    gain = np.where(flipped, -2, 2).astype(np.float32) * scale
    padding = np.full(-len(inputs) % GROUP, nothing, np.int32)
    return BinaryLayer(
        channels,
        np.concatenate([inputs, padding]),
        lists,
        chunks.astype(np.int32),
        np.where(flipped, -half_offset, half_offset).astype(np.int32),
        np.stack([gain, bias, slope], axis=1).astype(np.float32),
        threshold,
    )


def word_offsets(inputs: NDArray[np.int32], plane: int, row: int) -> NDArray[np.int32]:
    """Inputs of a BinaryLayer as offsets into planes of `plane` words with rows of `row` words."""
    return ((inputs >> 2) * plane + (inputs & 3) * row).astype(np.int32).ravel()
