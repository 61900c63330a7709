"""Every kernel beside its reference on one table of shapes, for tests and `bsr selftest`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernels.fixed_point import (
    fixed_gate,
    fixed_thresholds,
    rounded_product,
    saturated_sum,
    to_fixed,
    to_float,
)
from ..kernels.packing import pack_filters, unpack_filters
from ..networks.binary_stages import BinaryBody
from ..networks.layers import binary_layer, float_layer
from ..networks.row_pipeline import RowPipeline, RowStage, Stage
from ..networks.stages import (
    AddBicubic,
    Bicubic,
    Convolution,
    Feature,
    OutputRegion,
    Round,
    Shuffle,
    Strip,
    Sum,
    float_rows,
)
from ..networks.tables import tables
from . import reference

Arrays = tuple[Any, ...]
Random = np.random.Generator


@dataclass(frozen=True)
class CheckedKernel:
    """A kernel and its specification.

    Attributes:
        fast, reference: take the same arguments, whole arrays, and give the same array.
        case: random arguments for (channels, height, width).
    """

    fast: Callable[..., NDArray[Any]]
    reference: Callable[..., NDArray[Any]]
    case: Callable[[Random, int, int, int], Arrays]

    def error(self, case: Arrays) -> float:
        """Return the largest difference; of pixels, which are integers, how many differ.

        It is 0 where the two are equal to the bit, infinity where shape or dtype differs.
        """
        fast, slow = self.fast(*case), self.reference(*case)
        if fast.shape != slow.shape or fast.dtype != slow.dtype:
            return float("inf")
        if fast.dtype.kind == "u":
            return float((fast != slow).sum())
        return float(np.abs(fast - slow).max())


SHAPES = [
    (32, 1, 1), (32, 1, 64), (32, 3, 5), (32, 9, 63), (32, 4, 65), (32, 2, 300), (64, 5, 128),
    (64, 33, 17), (96, 3, 70), (128, 2, 66), (160, 3, 31), (256, 2, 40),
]  # fmt: skip
"""(channels, height, width): around the sizes of words, registers and tiles."""


class InputFeature(RowStage, Feature):
    """A feature map that is there already, (C, H, W) float32."""

    def __init__(self, values: NDArray[np.float32]) -> None:
        channels, height, width = values.shape
        self.features = float_rows(channels, width)
        super().__init__([], self.features)
        self.height = height
        self._values = values

    def compute(self, start: int, end: int) -> None:
        """Copy the rows in."""
        self.features.view(start, end)[:] = self._values[:, start:end]


def _run(stage: Stage, height: int) -> None:
    for _ in RowPipeline(stage, 0, height, height).run(lambda: None):
        pass


def _features(stage: Feature, height: int) -> NDArray[np.float32]:
    """Return all rows of a stage on an input of that height."""
    _run(stage, height)
    rows: Any = stage.features.view(0, stage.scale * height)
    return np.array(rows)


def _normal(random: Random, *shape: int) -> NDArray[np.float32]:
    return random.standard_normal(shape).astype(np.float32)


PATTERNS = ((True,), (True, True, True), (False,), (False, True), (False, True, False, True))
"""Whether each layer of a binary body adds to the feature map, as networks have it."""


def _binary_case(random: Random, channels: int, height: int, width: int) -> Arrays:
    adds = PATTERNS[random.integers(len(PATTERNS))]
    layers = [_binary_weights(random, channels, add and random.random() < 0.5) for add in adds]
    maps = _normal(random, 3, channels, height, width)
    maps[1:] *= random.choice([0.5, 20])  # within the fixed point's range, or beyond
    source, residual, addend = maps
    return source, residual if random.random() < 0.5 else source, addend, adds, layers


def _binary_weights(random: Random, channels: int, gated: bool) -> Arrays:
    """Return sign, scale, bias, slope and threshold, with values on the edges of every step.

    A layer that adds to the feature map may have a gate besides, weights and bias.
    """
    densities = random.random((channels, 1, 1, 1))
    sign = pack_filters(random.random((channels, channels, 3, 3)) < densities)
    scale, bias, slope, threshold = _normal(random, 4, channels)
    scale *= random.choice(np.array([0, 0.002, 0.02, 1], np.float32), channels)
    bias[::5], slope[::7], threshold[::3] = 30, 1, np.round(threshold[::3])
    gate = random.choice([0.05, 4]) * _normal(random, channels), 0.5 + _normal(random, 1)
    return sign, scale, bias, slope, threshold, gate if gated else None


def _binary(source: Any, residual: Any, addend: Any, adds: Any, layers: Any) -> Any:
    stage = InputFeature(source)
    other = stage if residual is source else InputFeature(residual)
    weights = tables([binary_layer(*layer) for layer in layers], adds)
    body = BinaryBody(stage, weights, residual=other, addend=InputFeature(addend))
    return _features(body, source.shape[1])


def _binary_reference(source: Any, residual: Any, addend: Any, adds: Any, layers: Any) -> Any:
    read, f = to_fixed(source), to_fixed(residual)
    for add, (sign, scale, bias, slope, threshold, gate) in zip(adds, layers, strict=True):
        negative = reference.signs(read, fixed_thresholds(threshold))
        filters = unpack_filters(sign, len(source))
        read = reference.binary_unit(negative, filters, scale, bias, slope)
        if gate:
            read = rounded_product(read, reference.gate(f, fixed_gate(*gate))[None])
        if add:
            read = f = saturated_sum(f, read)
    return to_float(read) + addend


def _conv_case(size: int) -> Callable[[Random, int, int, int], Arrays]:
    def case(random: Random, channels: int, height: int, width: int) -> Arrays:
        channels = min(channels, 64)  # the reference rounds every product, which is slow
        weights = _normal(random, 7, channels // 8, size, size)
        return _normal(random, channels // 8, height, width), weights, _normal(random, 7)

    return case


def _conv(x: Any, weights: Any, bias: Any) -> Any:
    return _features(Convolution(InputFeature(x), float_layer(weights, bias)), x.shape[1])


def _sum_case(random: Random, channels: int, height: int, width: int) -> Arrays:
    shape = (channels, height, width)
    return _normal(random, *shape), _normal(random, *shape)


def _shuffle_case(random: Random, channels: int, height: int, width: int) -> Arrays:
    factor = 2 + height % 2
    return (
        _normal(random, factor**2 * channels // 32, height, width),
        factor,
        _normal(random, channels // 32),
    )


def _shuffle(x: Any, factor: int, slopes: Any) -> Any:
    return _features(Shuffle(InputFeature(x), factor, slopes), x.shape[1])


def _shuffle_reference(x: Any, factor: int, slopes: Any) -> Any:
    return reference.prelu(reference.shuffle_pixels(x, factor), slopes)


def _pixels_case(random: Random, channels: int, height: int, width: int) -> Arrays:
    kind = np.uint8 if channels == 32 else np.uint16
    scale = 2 + width % 3
    detail = 0.1 * _normal(random, 3 * scale * scale, height, width)
    max_value = np.iinfo(kind).max
    return detail, random.integers(0, max_value, (height, width, 3), kind, endpoint=True)


def _bicubic(detail: Any, pixels: Any) -> Any:
    height, width, _ = pixels.shape
    scale = int(np.sqrt(len(detail) // 3))
    result = np.zeros((scale * height, scale * width, 3), pixels.dtype)
    target = OutputRegion(result, 0, scale * width, 0)
    _run(AddBicubic(InputFeature(detail), Strip(pixels, 0, width, 0), scale, target), height)
    return result


def _bicubic_reference(detail: Any, pixels: Any) -> Any:
    scale = int(np.sqrt(len(detail) // 3))
    base = reference.bicubic(reference.planes(pixels), scale)
    return reference.round_pixels(reference.shuffle_pixels(detail, scale) + base, pixels.dtype.type)


def _round_case(random: Random, channels: int, height: int, width: int) -> Arrays:
    return random.uniform(-0.2, 1.2, (3, height, width)).astype(np.float32), (
        np.uint8 if channels == 32 else np.uint16
    )


def _round(x: Any, kind: Any) -> Any:
    result = np.zeros((*x.shape[1:], 3), kind)
    _run(Round(InputFeature(x), OutputRegion(result, 0, x.shape[2], 0)), x.shape[1])
    return result


CHECKED_KERNELS = {
    "binary body": CheckedKernel(_binary, _binary_reference, _binary_case),
    "conv3x3 float": CheckedKernel(_conv, reference.conv_float, _conv_case(3)),
    "conv9x9 float": CheckedKernel(_conv, reference.conv_float, _conv_case(9)),
    "sum": CheckedKernel(
        lambda x, y: _features(Sum(InputFeature(x), InputFeature(y)), x.shape[1]),
        np.add,
        _sum_case,
    ),
    "pixel shuffle and PReLU": CheckedKernel(_shuffle, _shuffle_reference, _shuffle_case),
    "bicubic base": CheckedKernel(_bicubic, _bicubic_reference, _pixels_case),
    "bicubic picture": CheckedKernel(
        lambda x, factor: _features(Bicubic(InputFeature(x), factor), x.shape[1]),
        reference.bicubic,
        lambda random, _, height, width: (_normal(random, 3, height, width), 2 + height % 2),
    ),
    "rounding": CheckedKernel(_round, reference.round_pixels, _round_case),
}
"""Name -> kernel with its reference.  A new kernel takes one line here."""
