"""The stages of a row pipeline: each hands its rows to one kernel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bsr.engine.kernels.binary_conv import conv3x3_binary, pack_signs, shift_signs
from bsr.engine.kernels.float_conv import conv3x3_float, conv9x9_float
from bsr.engine.kernels.packing import WORD, last_word_mask, words_of
from bsr.engine.kernels.pointwise import (
    add_bicubic,
    add_prelu,
    bicubic_first,
    bicubic_taps,
    round_pixels,
    shuffle_pixels,
)
from bsr.engine.networks.layers import BinaryLayer, FloatLayer, Floats, word_offsets
from bsr.engine.networks.row_pipeline import MARGIN, Buffer, Stage, round_up
from bsr.engine.picture import Pixels

Offsets = NDArray[np.int32]

_CONVOLUTIONS = {3: conv3x3_float, 9: conv9x9_float}


def _floats(channels: int, width: int) -> Buffer:
    """Return a buffer of float rows; whole words, so that the binary kernel can work on it."""
    return Buffer(channels, width, round_up(width, WORD) + 2 * MARGIN, MARGIN, np.float32)


def _planes(channels: int, width: int) -> Buffer:
    """Return a buffer of signs: C planes each for dx = -1, 0, +1, and a plane that stays zero."""
    return Buffer(3 * channels + 1, words_of(width), words_of(width), 0, np.uint64)


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


class Signed(Stage):
    """A stage that makes signs: bit planes in three shifted copies, in `signs`."""

    signs: Buffer
    columns: int


class Signs(Signed):
    """The signs of a feature map against thresholds."""

    def __init__(self, source: Feature, thresholds: Floats) -> None:
        self.signs = _planes(source.features.planes, source.features.width)
        super().__init__([(source, source.features, 0)], [self.signs])
        self._input, self._thresholds = source.features, thresholds
        self.columns = source.features.width

    def compute(self, start: int, end: int) -> None:
        source, signs = self._input, self.signs
        pack_signs(
            source.flat, source.offset(start), source.plane, source.row_items,
            end - start, signs.width, self._thresholds,
            signs.flat.view(np.uint32), _centre(signs, start), 2 * signs.plane,
        )  # fmt: skip
        _shift(signs, start, end, self.columns)


class BinaryConvolution(Feature, Signed):
    """keep * residual + PReLU(scale * XNOR sum + bias), and the signs of that, in `signs`.

    Args:
        source: makes the signs that are convolved.
        layer: the weights.
        next_thresholds: of the layer that reads the signs made here, None if there is none.
        residual: added, where given.
        in_place: overwrite the residual; nothing that runs behind this stage may read it.
    """

    def __init__(
        self,
        source: Signed,
        layer: BinaryLayer,
        next_thresholds: Floats | None,
        residual: Feature | None = None,
        in_place: bool = False,
    ) -> None:
        self.columns = source.columns
        reused = residual.features if residual is not None and in_place else None
        self.features = reused or _floats(layer.channels, self.columns)
        self.signs = _planes(layer.channels, self.columns)
        sources: list[tuple[Stage, Buffer, int]] = [(source, source.signs, 1)]
        if residual is not None:
            sources.append((residual, residual.features, 0))
        super().__init__(sources, [self.features, self.signs])
        self._input, self._layer = source.signs, layer
        self._residual = self.features if residual is None else residual.features
        self._keep = np.float32(residual is not None)
        self._wanted = next_thresholds is not None
        last = np.zeros(layer.channels, np.float32) if next_thresholds is None else next_thresholds
        self._numbers = np.column_stack([layer.numbers, last])

    def compute(self, start: int, end: int) -> None:
        layer, planes, target, residual = self._layer, self._input, self.features, self._residual
        all_inputs, inputs = _input_offsets(layer, planes.plane, planes.width)
        conv3x3_binary(
            planes.flat, planes.offset(start - 1), (end - start) * planes.width, planes.width,
            all_inputs, inputs, layer.chunks, layer.offsets, self._numbers,
            residual.flat, residual.offset(start), residual.plane,
            target.flat, target.offset(start), target.plane, target.row_items,
            self.signs.flat.view(np.uint32), _centre(self.signs, start), 2 * self.signs.plane,
            self._keep,
        )  # fmt: skip
        if self._wanted:
            _shift(self.signs, start, end, self.columns)


@lru_cache(maxsize=256)
def _input_offsets(layer: BinaryLayer, plane: int, row: int) -> tuple[Offsets, Offsets]:
    """Return where all inputs of a layer, and those that each filter counts, lie in its planes.

    Kept for the other tiles of a picture, which mostly have the same size.
    """
    return word_offsets(layer.all_inputs, plane, row), word_offsets(layer.inputs, plane, row)


def _centre(signs: Buffer, row: int) -> int:
    """Return the index, in half words, of a row in the first of the planes that are not shifted."""
    return 2 * (signs.planes // 3 * signs.plane + signs.offset(row))


def _shift(signs: Buffer, start: int, end: int, width: int) -> None:
    channels = signs.planes // 3
    shift_signs(
        signs.flat, channels, signs.offset(start), end - start, signs.width, signs.plane,
        last_word_mask(width),
    )  # fmt: skip


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
        self._line = np.empty(scale * strip.features.width, np.float32)

    def compute(self, start: int, end: int) -> None:
        top = start // self._factor
        detail, source, target = self._detail, self._strip.features, self._target
        add_bicubic(
            detail.flat, detail.offset(top), detail.plane, detail.row_items,
            source.flat, source.offset(top), source.plane, source.row_items,
            top, self._strip.height, source.width, self._taps, self._first, target.skip,
            target.white, self._columns, self._line, *target.place(start, end),
        )  # fmt: skip
