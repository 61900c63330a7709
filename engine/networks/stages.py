"""The stages of a row pipeline: each hands its rows to one kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernels.binary_body import binary_body
from ..kernels.float_conv import conv3x3_float, conv9x9_float
from ..kernels.packing import WORD, words_of
from ..kernels.pointwise import (
    add_bicubic,
    add_prelu,
    bicubic_first,
    bicubic_taps,
    round_pixels,
    shuffle_pixels,
)
from ..kernels.rings import (
    Rows,
    Shape,
    Tables,
    lag_of,
    new_rings,
    ring_words,
    rings_bytes,
)
from ..kernels.simd import LANES
from ..picture import Pixels
from .layers import FloatLayer, Floats
from .row_pipeline import MARGIN, Buffer, Stage, round_up

_CONVOLUTIONS = {3: conv3x3_float, 9: conv9x9_float}


def _floats(channels: int, width: int) -> Buffer:
    """Return a buffer of float rows; whole words, so that the binary kernel can work on it."""
    return Buffer(channels, width, round_up(width, WORD) + 2 * MARGIN, MARGIN, np.float32)


class Feature(Stage):
    """A stage that makes a feature map of float rows, in `features`."""

    features: Buffer


class Strip(Feature):
    """The columns left..right of a picture, as floats in 0..1 minus `shift`."""

    def __init__(self, pixels: Pixels, left: int, right: int, shift: float) -> None:
        self.features = _floats(3, right - left)
        super().__init__([], [self.features])
        self.height = pixels.shape[0]
        self._pixels = pixels[:, left:right]
        self._white = np.float32(np.iinfo(pixels.dtype).max)
        self._shift = np.float32(shift)

    def compute(self, start: int, end: int) -> None:
        rows = self._pixels[start:end].transpose(2, 0, 1) / self._white
        self.features.view(start, end)[:] = rows - self._shift


class Convolution(Feature):
    """keep * residual + PReLU(convolution of source), in a new buffer.

    Args:
        source: what is convolved.
        layer: the weights.
        residual: added, where given.
    """

    def __init__(self, source: Feature, layer: FloatLayer, residual: Feature | None = None) -> None:
        radius = layer.size // 2
        self.features = _floats(layer.filters, source.features.width)
        sources: list[tuple[Stage, Buffer, int]] = [(source, source.features, radius)]
        if residual is not None:
            sources.append((residual, residual.features, 0))
        super().__init__(sources, [self.features])
        self._input, self._layer, self._residual = source.features, layer, residual
        self._slopes = layer.slopes
        if self._slopes is None and residual is not None:
            self._slopes = np.ones(layer.filters, np.float32)

    def compute(self, start: int, end: int) -> None:
        layer, source, target = self._layer, self._input, self.features
        rows = end - start
        _CONVOLUTIONS[layer.size](
            source.flat, source.offset(start), source.plane, layer.channels,
            layer.weights, layer.bias, layer.filters,
            target.flat, target.offset(start), target.plane, target.row_items, rows, target.width,
        )  # fmt: skip
        if self._slopes is not None:
            residual = target if self._residual is None else self._residual.features
            add_prelu(
                target.flat, target.offset(start), target.plane,
                residual.flat, residual.offset(start), residual.plane,
                self._slopes, np.float32(self._residual is not None),
                target.flat, target.offset(start), target.plane,
                target.row_items, rows, target.width,
            )  # fmt: skip


class Sum(Feature):
    """The sum of two feature maps."""

    def __init__(self, first: Feature, second: Feature) -> None:
        self.features = _floats(first.features.planes, first.features.width)
        sources: list[tuple[Stage, Buffer, int]] = [
            (first, first.features, 0),
            (second, second.features, 0),
        ]
        super().__init__(sources, [self.features])
        self._first, self._second = first.features, second.features
        self._slopes = np.ones(first.features.planes, np.float32)

    def compute(self, start: int, end: int) -> None:
        first, second, target = self._first, self._second, self.features
        add_prelu(
            first.flat, first.offset(start), first.plane,
            second.flat, second.offset(start), second.plane,
            self._slopes, np.float32(1),
            target.flat, target.offset(start), target.plane,
            target.row_items, end - start, target.width,
        )  # fmt: skip


class BinaryBody(Feature):
    """A run of binary convolutions, each PReLU(scale * XNOR sum + bias), in a new buffer.

    Args:
        source: whose signs the first one reads.
        tables: the weights; those that add do so to the residual, which then goes on.
        residual: None where none adds.
        addend: added to the result, where given.
    """

    def __init__(
        self,
        source: Feature,
        tables: Tables,
        residual: Feature | None = None,
        addend: Feature | None = None,
    ) -> None:
        layers, channels = tables.centre_of.shape
        width = source.features.width
        row_words = words_of(width)
        lag = lag_of(row_words)
        self.features = _floats(channels, width)
        sources: list[tuple[Stage, Buffer, int]] = [(source, source.features, layers)]
        residual = source if residual is None else residual
        if residual is not source:
            sources.append((residual, residual.features, layers))
        if addend is not None:
            sources.append((addend, addend.features, 0))
        # What has entered leaves after so many rows.
        delay = -(-(layers * lag * LANES + LANES - 1) // row_words)
        super().__init__(sources, [self.features], lag=delay - layers)
        self._input, self._residual, self._addend = source, residual, addend
        self._tables, self._layers = tables, layers
        self._shape = Shape(
            0, self.height, width, row_words, 0, lag, layers * lag + 2, ring_words(row_words), LANES
        )
        self.bytes = rings_bytes(tables, self._shape)

    def compute(self, start: int, end: int) -> None:
        if self.scratch is None:
            self._begin()
        shape = self._shape
        first, last = ((row - shape.top) * shape.row_words for row in (start, end))
        begun, done = (-(-word // LANES) + self._layers * shape.lag for word in (first, last))
        ticks = 0 if start == self.top else begun, done
        addend = _NOTHING if self._addend is None else self._rows(self._addend.features)
        binary_body(
            ticks, (first, last), self._starts, self._ends, self._tables, self.scratch, shape,
            self._rows(self._input.features), self._rows(self._residual.features),
            self._residual is not self._input, addend, self._rows(self.features),
        )  # fmt: skip

    def _begin(self) -> None:
        """Find what each layer must compute, and take memory."""
        top = max(self.top - self._layers, 0)
        bottom = min(self.bottom + self._layers, self.height)
        row_words = self._shape.row_words
        self._shape = self._shape._replace(top=top, words=(bottom - top) * row_words)
        radius = np.arange(self._layers)[::-1]
        firsts = np.maximum(self.top - radius, 0) - top
        lasts = np.minimum(self.bottom + radius, self.height) - top
        self._starts = firsts * row_words // LANES
        self._ends = -(-lasts * row_words // LANES)
        self.scratch = new_rings(self._tables, self._shape)

    def _rows(self, buffer: Buffer) -> Rows:
        """Return a buffer as the kernel takes it."""
        start = buffer.offset(self._shape.top)
        return Rows(buffer.flat, start, buffer.plane, buffer.row_items)


_NOTHING = Rows(np.zeros(WORD, np.float32), 0, 0, 0)


class Shuffle(Feature):
    """Pixel shuffle by a factor, then PReLU."""

    def __init__(self, source: Feature, factor: int, slopes: Floats) -> None:
        self.features = _floats(len(slopes), factor * source.features.width)
        super().__init__([(source, source.features, 0)], [self.features], factor)
        self._input, self._slopes = source.features, slopes

    def compute(self, start: int, end: int) -> None:
        source, target, factor = self._input, self.features, self._factor
        shuffle_pixels(
            source.flat, source.offset(start // factor), source.plane, source.row_items,
            factor, len(self._slopes), self._slopes,
            target.flat, target.offset(start), target.plane, target.row_items,
            (end - start) // factor, source.width,
        )  # fmt: skip


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

    @property
    def white(self) -> np.float32:
        """The largest value of a channel."""
        return np.float32(np.iinfo(self.pixels.dtype).max)

    def place(self, start: int, end: int) -> tuple[Pixels, int, int, int, int]:
        """Return the rows start..end as the kernels take them."""
        _, width, _ = self.pixels.shape
        first = 3 * (start * width + self.left)
        return self.pixels.reshape(-1), first, 3 * width, end - start, self.right - self.left


class Round(Stage):
    """The last stage of a network that makes pixels: rounds them into their place."""

    def __init__(self, source: Feature, target: OutputRegion) -> None:
        super().__init__([(source, source.features, 0)], [])
        self._input, self._target = source.features, target

    def compute(self, start: int, end: int) -> None:
        source, target = self._input, self._target
        first = source.offset(start) + self.scale * target.skip
        round_pixels(
            source.flat, first, source.plane, source.row_items, target.white,
            *target.place(start, end),
        )  # fmt: skip


class AddBicubic(Stage):
    """The last stage of a network that makes detail: shuffles it, adds the bicubic base, rounds."""

    def __init__(self, detail: Feature, strip: Strip, scale: int, target: OutputRegion) -> None:
        sources: list[tuple[Stage, Buffer, int]] = [
            (detail, detail.features, 0),
            (strip, strip.features, 2),
        ]
        super().__init__(sources, [], scale)
        self._detail, self._strip, self._target = detail.features, strip, target
        self._taps, self._first = bicubic_taps(scale), bicubic_first(scale)
        self._columns = np.empty(strip.features.width + 4, np.float32)
        self._line = np.empty(strip.features.width, np.float32)

    def compute(self, start: int, end: int) -> None:
        top = start // self._factor
        detail, source, target = self._detail, self._strip.features, self._target
        add_bicubic(
            detail.flat, detail.offset(top), detail.plane, detail.row_items,
            source.flat, source.offset(top), source.plane, source.row_items,
            top, self._strip.height, source.width, self._taps, self._first, target.skip,
            target.white, self._columns, self._line, *target.place(start, end),
        )  # fmt: skip
