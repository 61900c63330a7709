"""The stages of a row pipeline: each hands its rows to one kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernels.float_conv import FloatLayer, conv3x3_float, conv9x9_float
from ..kernels.packing import WORD
from ..kernels.pointwise import (
    add_bicubic,
    bicubic_first,
    bicubic_taps,
    round_pixels,
    shuffle_pixels,
)
from ..kernels.rows import PixelRows
from ..picture import Pixels
from .layers import Floats
from .row_pipeline import MARGIN, Buffer, RowStage, Source, Stage, round_up

_CONVOLUTIONS = {3: conv3x3_float, 9: conv9x9_float}
_BICUBIC_RADIUS = 2


def float_rows(channels: int, width: int) -> Buffer:
    """Return a buffer of float rows; whole words, so that the binary kernel can work on it."""
    return Buffer(channels, width, round_up(width, WORD) + 2 * MARGIN, MARGIN)


class Feature(Stage):
    """A stage that makes a feature map of float rows, in `features`."""

    features: Buffer


class Strip(RowStage, Feature):
    """The columns left..right of a picture, as floats in 0..1 minus `shift`."""

    def __init__(self, pixels: Pixels, left: int, right: int, shift: float) -> None:
        self.features = float_rows(3, right - left)
        super().__init__([], self.features)
        self.height = pixels.shape[0]
        self._pixels = pixels[:, left:right]
        self._max_value = np.float32(np.iinfo(pixels.dtype).max)
        self._shift = np.float32(shift)

    def compute(self, start: int, end: int) -> None:
        rows = self._pixels[start:end].transpose(2, 0, 1) / self._max_value
        self.features.view(start, end)[:] = rows - self._shift


class Convolution(RowStage, Feature):
    """residual + PReLU(convolution of source), in a new buffer.

    Args:
        source: what is convolved.
        layer: the weights.
        residual: added, where given.
    """

    def __init__(self, source: Feature, layer: FloatLayer, residual: Feature | None = None) -> None:
        radius = layer.size // 2
        self.features = float_rows(layer.filters, source.features.width)
        sources = [Source(source, source.features, radius)]
        if residual is not None:
            sources.append(Source(residual, residual.features, 0))
        super().__init__(sources, self.features)
        self._input, self._layer, self._adds = source.features, layer, residual is not None
        self._residual = self.features if residual is None else residual.features

    def compute(self, start: int, end: int) -> None:
        layer, target = self._layer, self.features
        source = self._input.rows_at(start, layer.size // 2)
        residual = self._residual.rows_at(start)
        _CONVOLUTIONS[layer.size](
            source, layer, residual, self._adds, target.rows_at(start), end - start, target.width
        )


class Sum(RowStage, Feature):
    """The sum of two feature maps."""

    def __init__(self, first: Feature, second: Feature) -> None:
        self.features = float_rows(first.features.planes, first.features.width)
        sources = [Source(first, first.features, 0), Source(second, second.features, 0)]
        super().__init__(sources, self.features)
        self._first, self._second = first.features, second.features

    def compute(self, start: int, end: int) -> None:
        first, second, target = self._first, self._second, self.features
        np.add(first.view(start, end), second.view(start, end), out=target.view(start, end))


class Shuffle(RowStage, Feature):
    """Pixel shuffle by a factor, then a PReLU where slopes are given."""

    def __init__(self, source: Feature, factor: int, slopes: Floats | None = None) -> None:
        if slopes is None:
            slopes = np.ones(source.features.planes // factor**2, np.float32)
        self.features = float_rows(len(slopes), factor * source.features.width)
        super().__init__([Source(source, source.features, 0)], self.features, factor)
        self._input, self._slopes = source.features, slopes

    def compute(self, start: int, end: int) -> None:
        factor, width = self._factor, self._input.width
        source = self._input.rows_at(start // factor)
        target = self.features.rows_at(start)
        shuffle_pixels(source, factor, self._slopes, target, (end - start) // factor, width)


class Bicubic(RowStage, Feature):
    """The bicubic enlargement of a picture of floats, not clipped."""

    def __init__(self, picture: Feature, factor: int) -> None:
        source = picture.features
        self.features = float_rows(source.planes, factor * source.width)
        super().__init__([Source(picture, source, _BICUBIC_RADIUS)], self.features, factor)
        self._picture = picture
        self._taps, self._first = bicubic_taps(factor), bicubic_first(factor)

    def compute(self, start: int, end: int) -> None:
        factor, height = self._factor, self._picture.height
        around = _BICUBIC_RADIUS
        top, bottom = start // factor - around, end // factor + around
        rows = self._picture.features.view(max(top, 0), min(bottom, height))
        outside = (max(-top, 0), max(bottom - height, 0))
        source = np.pad(rows, ((0, 0), outside, (around, around)), "edge")
        target = self.features.view(start, end)
        for phase in range(factor):
            lines = self._between(source, phase, axis=1)
            for column in range(factor):
                target[:, phase::factor, column::factor] = self._between(lines, column, axis=2)

    def _between(self, values: NDArray[Any], phase: int, axis: int) -> NDArray[Any]:
        """Return one phase of the enlargement along an axis, whose edges were repeated."""
        first = _BICUBIC_RADIUS + self._first[phase]
        count = values.shape[axis] - 2 * _BICUBIC_RADIUS
        before = (slice(None),) * axis
        total: NDArray[Any] = np.zeros((), np.float32)
        for k, weight in enumerate(self._taps[phase]):
            total = total + weight * values[(*before, slice(first + k, first + k + count))]
        return total


@dataclass(frozen=True)
class OutputRegion:
    """Where the pixels of a strip go.

    Attributes:
        pixels: (height, width, 3) uint8 or uint16, C-contiguous: the whole result.
        left, right: its columns that the strip fills.
        skip: spare columns at the strip's left, in pixels of the input.
    """

    pixels: Pixels
    left: int
    right: int
    skip: int

    def rows(self, start: int, end: int) -> PixelRows:
        """Return the rows start..end as the kernels take them."""
        _, width, _ = self.pixels.shape
        first = 3 * (start * width + self.left)
        max_value = np.float32(np.iinfo(self.pixels.dtype).max)
        columns = self.right - self.left
        return PixelRows(self.pixels.reshape(-1), first, 3 * width, end - start, columns, max_value)


class Round(RowStage):
    """The last stage of a network that makes pixels: rounds them into their place."""

    def __init__(self, source: Feature, target: OutputRegion) -> None:
        super().__init__([Source(source, source.features, 0)], None)
        self._input, self._target = source.features, target

    def compute(self, start: int, end: int) -> None:
        source = self._input.rows_at(start)
        skipped = source._replace(start=source.start + self.scale * self._target.skip)
        round_pixels(skipped, self._target.rows(start, end))


class AddBicubic(RowStage):
    """The last stage of a network that makes detail: shuffles it, adds the bicubic base, rounds."""

    def __init__(self, detail: Feature, picture: Feature, scale: int, target: OutputRegion) -> None:
        sources = [
            Source(detail, detail.features, 0),
            Source(picture, picture.features, _BICUBIC_RADIUS),
        ]
        super().__init__(sources, None, scale)
        self._detail, self._picture, self._target = detail.features, picture, target
        self._taps, self._first = bicubic_taps(scale), bicubic_first(scale)

    def compute(self, start: int, end: int) -> None:
        top, picture = start // self._factor, self._picture
        add_bicubic(
            self._detail.rows_at(top),
            picture.features.rows_at(top, _BICUBIC_RADIUS),
            top,
            picture.height,
            picture.features.width,
            self._taps,
            self._first,
            picture.scale * self._target.skip,
            self._target.rows(start, end),
        )
