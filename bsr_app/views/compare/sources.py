"""Where a pane's pixels come from: a picture, the original enlarged, or one that is growing.

A source renders exactly the device pixels that are visible.  Where the picture is shown at 100 %
or larger it repeats pixels and smooths nothing; where it is smaller it averages areas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bsr.engine.images.depth import Bytes
from bsr.engine.opencv import cv2
from bsr.engine.picture import Picture, Pixels

from .pyramid import GrowingPyramid, Pyramid, grown
from .viewport import View

SEARCH = 64
PERIOD = 256  # device pixels after which reduced blocks meet again, at a factor of 3; 64 at others
UNFINISHED = 0.45

Read = Callable[[int, int, int, int], Bytes]


class Source(Protocol):
    """Something that a pane can show.

    Attributes:
        factor: how many times the size of the original it is.
    """

    factor: float

    def render(self, view: View) -> Bytes:
        """Return the pixels of a view that lies inside the picture: (height, width, 3 or 4) uint8.

        Four channels are premultiplied.
        """
        ...


class PictureSource:
    """A picture `factor` times the size of the original."""

    def __init__(self, picture: Picture, factor: float) -> None:
        self.factor = factor
        self.pyramid = Pyramid(picture.pixels, picture.alpha)

    def render(self, view: View) -> Bytes:
        """See Source; nearest below 100 % too, until the halvings are there."""
        return _render_levels(self.pyramid, self.factor / view.scale, view)


class BicubicSource:
    """The original enlarged bicubically, on the fly and only where it is seen.

    It is shown as if it were a result of `factor`, so that its pixels lie on a result's pixels.
    """

    def __init__(self, original: PictureSource, factor: float = 1.0) -> None:
        self.factor = factor
        self._original = original

    def render(self, view: View) -> Bytes:
        """See Source."""
        if view.scale <= 1 or self.factor <= 1:
            return self._original.render(view)
        factor = min(self.factor, float(math.ceil(view.scale)))
        pyramid, step = self._original.pyramid, factor / view.scale
        height, width = (round(side * factor) for side in pyramid.shape(0))

        def read(top: int, bottom: int, left: int, right: int) -> Bytes:
            return upscaled(pyramid, factor, top, bottom, left, right)

        return _sampled(read, height, width, step, view)


class PartSource:
    """The original enlarged, and in its place a part of it that was enlarged better.

    Args:
        part: the enlarged part.
        top: first row of the part in the original.
        left: first column.
        shape: (height, width) of the part in the original.
        under: what is seen round it.
    """

    def __init__(
        self, part: Picture, top: int, left: int, shape: tuple[int, int], under: Source
    ) -> None:
        self.factor = part.height / shape[0]
        self._part = PictureSource(part, self.factor)
        self._corner, self._shape, self._under = (top, left), shape, under

    @property
    def pyramid(self) -> Pyramid:
        """The halvings of the part."""
        return self._part.pyramid

    def render(self, view: View) -> Bytes:
        """See Source."""
        under = self._under.render(view)
        top, left = (
            edge - round(corner * view.scale)
            for edge, corner in zip((view.top, view.left), self._corner, strict=True)
        )
        seen = View(top, left, view.height, view.width, view.scale).clipped(*self._shape)
        if not (seen.height and seen.width):
            return under
        rows = slice(seen.top - top, seen.top - top + seen.height)
        columns = slice(seen.left - left, seen.left - left + seen.width)
        whole = under.copy()
        whole[rows, columns] = self._part.render(seen)
        return whole


class LiveSource:
    """A result that grows while it is computed, over the original enlarged and dimmed."""

    def __init__(self, height: int, width: int, factor: float, under: Source) -> None:
        self.factor = factor
        self.pyramid = GrowingPyramid(height, width)
        self._under = under

    def write(self, top: int, left: int, pixels: Pixels) -> None:
        """Put finished rows, (rows, columns, 3), in their place."""
        self.pyramid.write(top, left, pixels)

    def render(self, view: View) -> Bytes:
        """See Source."""
        finished = _render_levels(self.pyramid, self.factor / view.scale, view)
        missing = cv2.merge([255 - finished[..., 3]] * 3)
        under = np.ascontiguousarray(self._under.render(view)[..., :3])
        dimmed = cv2.multiply(under, missing, scale=UNFINISHED / 255)
        return np.asarray(cv2.add(np.ascontiguousarray(finished[..., :3]), dimmed), np.uint8)


def upscaled(
    pyramid: Pyramid, factor: float, top: int, bottom: int, left: int, right: int
) -> Bytes:
    """Return a rectangle of the picture enlarged bicubically (a = -0.75, half-pixel centres).

    Args:
        pyramid: the original.
        factor: how much larger, at least 1.
        top: first row of the enlarged picture.
        bottom: row after the last.
        left: first column.
        right: column after the last.
    """
    height, width = pyramid.shape(0)
    first_row, last_row = _support(top, bottom, factor, height)
    first_column, last_column = _support(left, right, factor, width)
    crop = pyramid.read(0, first_row, last_row, first_column, last_column)
    resized = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    large = np.asarray(resized, np.uint8)
    if large.shape[2] == 4:  # premultiplied colour must not overshoot its alpha
        np.minimum(large[..., :3], large[..., 3:], out=large[..., :3])
    down, across = top - round(first_row * factor), left - round(first_column * factor)
    # At the far sides of a picture, halves may have been rounded to a pixel less.
    rows, columns = down + bottom - top - large.shape[0], across + right - left - large.shape[1]
    large = grown(large, max(0, rows), max(0, columns))
    return large[down : down + bottom - top, across : across + right - left]


def _support(first: int, last: int, factor: float, limit: int) -> tuple[int, int]:
    """Return the original pixels that enlarged ones depend on; the first falls on a whole pixel."""
    start = max(math.floor(first / factor) - 3, 0)
    candidates = np.arange(start, max(start - SEARCH, -1), -1)
    start = int(candidates[_whole(candidates * factor)])
    return start, min(math.ceil(last / factor) + 4, limit)


def _render_levels(pyramid: Pyramid, step: float, view: View) -> Bytes:
    """Return pixels of a view from a pyramid, `step` picture pixels to a device pixel."""
    if step >= 2 and not pyramid.ready:
        return _skipped(pyramid, step, view)
    level = max(0, min(math.floor(math.log2(step) + 1e-9), pyramid.last_level))

    def read(top: int, bottom: int, left: int, right: int) -> Bytes:
        return pyramid.read(level, top, bottom, left, right)

    return _sampled(read, *pyramid.shape(level), step / 2**level, view)


def _skipped(pyramid: Pyramid, step: float, view: View) -> Bytes:
    """Return a coarse stand-in for a view, with rows and columns left out."""
    every = int(step)
    height, width = (-(-side // every) for side in pyramid.shape(0))

    def read(top: int, bottom: int, left: int, right: int) -> Bytes:
        return pyramid.read_every(every, *(every * edge for edge in (top, bottom, left, right)))

    return _repeated(read, height, width, step / every, view)


def _sampled(read: Read, height: int, width: int, step: float, view: View) -> Bytes:
    """Return pixels of a view of a picture of (height, width): repeated or averaged."""
    if step <= 1 + 1e-9:
        return _repeated(read, height, width, step, view)
    return _reduced(read, height, width, step, view)


def _repeated(read: Read, height: int, width: int, step: float, view: View) -> Bytes:
    """Return pixels of a view, each the picture's pixel under its centre."""
    rows, columns = (
        _nearest(view.top, view.height, step, height),
        _nearest(view.left, view.width, step, width),
    )
    part = read(int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1)
    if part.shape[:2] == (view.height, view.width):
        return part
    taken = part.take(columns - columns[0], 1).take(rows - rows[0], 0)
    return np.asarray(taken, np.uint8)


def _nearest(first: int, length: int, step: float, limit: int) -> NDArray[np.intp]:
    """Return the picture's rows, or columns, under the centres of a run of device pixels."""
    places = (first + np.arange(length) + 0.5) * step
    return np.asarray(np.clip(np.floor(places), 0, limit - 1), np.intp)


def _reduced(read: Read, height: int, width: int, step: float, view: View) -> Bytes:
    """Return pixels of a view, each the mean of the `step` by `step` picture pixels it covers."""
    top, bottom, first_row, last_row = _blocks(view.top, view.height, step)
    left, right, first_column, last_column = _blocks(view.left, view.width, step)
    part = read(first_row, min(last_row, height), first_column, min(last_column, width))
    part = grown(part, max(last_row - height, 0), max(last_column - width, 0))
    small = cv2.resize(part, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    down, across = view.top - top, view.left - left
    return np.asarray(small[down : down + view.height, across : across + view.width], np.uint8)


def _blocks(first: int, length: int, step: float) -> tuple[int, int, int, int]:
    """Grow a run of device pixels until both ends fall on whole picture pixels.

    OpenCV's area filter starts at a whole pixel.  At the zooms of `narrow_zoom` one of the next 256
    device pixels lies exactly on one where the factor is whole, up to 4; else the nearest is taken.

    Returns:
        First device pixel and the one after the last, and the same of the picture.
    """
    starts = np.arange(first, max(first - PERIOD, -1), -1)
    stops = np.arange(first + length, first + length + PERIOD)
    start, stop = int(starts[_whole(starts * step)]), int(stops[_whole(stops * step)])
    return start, stop, round(start * step), round(stop * step)


def _whole(values: NDArray[np.floating]) -> int:
    """Return the index of the first value that is nearest to a whole number."""
    return int(np.argmin(np.round(np.abs(values - np.round(values)), 6)))
