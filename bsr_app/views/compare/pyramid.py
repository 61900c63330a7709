"""A picture and its halvings, so that a huge one can be drawn small without reading all of it.

Level 0 is the picture as it is; level k is 1/2^k of it, 8 bit, made by averaging.  The levels
are made in slices of a few milliseconds, because the window's thread makes them.
"""

from __future__ import annotations

import time

import numpy as np

from bsr.engine.images.depth import Bytes, eight_bit
from bsr.engine.opencv import cv2
from bsr.engine.picture import Pixels

SMALLEST_SIDE = 512
SLICE_ROWS = 64


class Pyramid:
    """The picture's pixels and, once built, its halvings.

    Args:
        pixels: (height, width, 3) uint8 or uint16; kept, not copied.
        alpha: (height, width) of the same dtype, or None.  With it everything that is read has
            four channels, premultiplied.
    """

    def __init__(self, pixels: Pixels, alpha: Pixels | None = None) -> None:
        self._pixels, self._alpha = pixels, alpha
        channels = 3 if alpha is None else 4
        self._levels: list[Bytes] = []
        height, width = pixels.shape[:2]
        while max(height, width) > SMALLEST_SIDE:
            height, width = (height + 1) // 2, (width + 1) // 2
            self._levels.append(np.zeros((height, width, channels), np.uint8))
        self._built = 0 if self._levels else int(pixels.shape[0])

    @property
    def ready(self) -> bool:
        """Whether all levels hold the picture."""
        return self._built >= int(self._pixels.shape[0])

    @property
    def last_level(self) -> int:
        """The number of the smallest level."""
        return len(self._levels)

    def shape(self, level: int) -> tuple[int, int]:
        """Return (height, width) of a level."""
        height, width = (self._levels[level - 1] if level else self._pixels).shape[:2]
        return int(height), int(width)

    def build(self, seconds: float) -> bool:
        """Make levels for about `seconds`; return whether they are ready."""
        deadline = time.perf_counter() + seconds
        height, width = self.shape(0)
        while not self.ready and time.perf_counter() < deadline:
            stop = min(self._built + SLICE_ROWS, height)
            self._update(self._built, stop, 0, width)
            self._built = stop
        return self.ready

    def read(self, level: int, top: int, bottom: int, left: int, right: int) -> Bytes:
        """Return a rectangle of a level, (rows, columns, 3 or 4) uint8; not to be written to."""
        if level:
            return self._levels[level - 1][top:bottom, left:right]
        alpha = None if self._alpha is None else self._alpha[top:bottom, left:right]
        return _shown(self._pixels[top:bottom, left:right], alpha)

    def read_every(self, step: int, top: int, bottom: int, left: int, right: int) -> Bytes:
        """Read level 0, but only every `step`-th row and column."""
        rows, columns = slice(top, bottom, step), slice(left, right, step)
        alpha = None if self._alpha is None else self._alpha[rows, columns]
        return _shown(self._pixels[rows, columns], alpha)

    def _update(self, top: int, bottom: int, left: int, right: int) -> None:
        """Make the part of every level that shows a rectangle of the picture."""
        for level in range(1, len(self._levels) + 1):
            top, left, bottom, right = top // 2, left // 2, (bottom + 1) // 2, (right + 1) // 2
            part = self.read(level - 1, 2 * top, 2 * bottom, 2 * left, 2 * right)
            odd = (2 * (bottom - top) - part.shape[0], 2 * (right - left) - part.shape[1])
            part = grown(part, *odd)
            size = (right - left, bottom - top)
            halved = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
            self._levels[level - 1][top:bottom, left:right] = halved


class GrowingPyramid(Pyramid):
    """A picture that is still being made: transparent where no rows have come yet."""

    def __init__(self, height: int, width: int) -> None:
        # Zeros cost nothing until they are written to.
        self._finished = np.zeros((height, width), np.uint8)
        super().__init__(np.zeros((height, width, 3), np.uint8), self._finished)
        self._built = height

    def write(self, top: int, left: int, pixels: Pixels) -> None:
        """Put finished rows, (rows, columns, 3), in their place; they may come in any order."""
        bottom, right = top + pixels.shape[0], left + pixels.shape[1]
        self._pixels[top:bottom, left:right] = eight_bit(pixels)
        self._finished[top:bottom, left:right] = 255
        self._update(top, bottom, left, right)


def grown(pixels: Bytes, rows: int, columns: int) -> Bytes:
    """Return the pixels with rows below and columns to the right that repeat the last ones."""
    if not rows and not columns:
        return pixels
    border = cv2.copyMakeBorder(pixels, 0, rows, 0, columns, cv2.BORDER_REPLICATE)
    return np.asarray(border, np.uint8)


def _shown(pixels: Pixels, alpha: Pixels | None) -> Bytes:
    """Return 8-bit pixels, with alpha premultiplied."""
    pixels = eight_bit(pixels)
    if alpha is None:
        return pixels
    cover = eight_bit(alpha)
    mask = cv2.merge([cover, cover, cover])
    return np.dstack([cv2.multiply(pixels, mask, scale=1 / 255), cover])
