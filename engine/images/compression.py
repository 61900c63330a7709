"""How strongly a picture was compressed: from a JPEG's own tables, or from the blocks it left.

A JPEG names no quality; each program has its own scale.  What counts is how coarsely brightness
was rounded, so the quality said here is libjpeg's whose brightness table is nearest on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..picture import Picture

# A JPEG of less shows its artefacts when it is enlarged; of more, removing them costs detail.
CLEAN_QUALITY = 90
_LARGEST_SIDE = 1024  # of the part that is looked at
LUMA = (0.299, 0.587, 0.114)  # of red, green and blue: ITU-R BT.601, as JPEG's own
BLOCK = 8
# The mean step of libjpeg's brightness table at quality 50 (ISO 10918-1, table K.1).
_MEAN_STEP = 57.625
_FEWEST_BLOCKS = 4  # along a side; less tells nothing
# A step at a border of blocks is a few levels; higher ones are edges of what the picture shows.
_HIGHEST_STEP = 3.0
# Where blockiness begins to tell. Of 69 pictures shrunk to half, which takes former blocks away,
# none reached it; saved as JPEG of quality 80, 70 and 50, about 65, 75 and 90 of 100 did.
VISIBLE_BLOCKS = 2.6


@dataclass(frozen=True)
class Compression:
    """What lossy compression has left in a picture.

    Attributes:
        quality: of the JPEG file it was read from, 1..100, or None where it was none.
        blocks: whether its pixels show the blocks of a JPEG that it was before.
    """

    quality: int | None
    blocks: bool

    @property
    def visible(self) -> bool:
        """Whether enlarging it would enlarge artefacts."""
        return self.blocks or (self.quality is not None and self.quality < CLEAN_QUALITY)


def compression_of(picture: Picture) -> Compression:
    """Look for what compression has left: in what the file said, else in the middle of the pixels.

    A JPEG of high quality is looked at as well, for it may have been saved from a worse one.
    """
    quality = picture.jpeg_quality
    if quality is not None and quality < CLEAN_QUALITY:
        return Compression(quality, False)
    top, left = (max(0, side - _LARGEST_SIDE) // 2 for side in picture.pixels.shape[:2])
    middle = picture.pixels[top : top + _LARGEST_SIDE, left : left + _LARGEST_SIDE]
    luma = middle.astype(np.float32) @ np.array(LUMA, np.float32)
    return Compression(quality, blockiness(luma * (255 / picture.max_value)) > VISIBLE_BLOCKS)


def jpeg_quality(table: Sequence[int]) -> int:
    """Estimate the libjpeg quality of a JPEG from its quantisation table for brightness.

    libjpeg scales table K.1 by 50 / q below quality 50 and by 2 - q / 50 from there on; the
    inverse is taken of the mean step, so that tables of other shapes (cameras, Photoshop,
    mozjpeg) get the quality that rounds as coarsely.

    Args:
        table: 64 steps of 1 or more, in any order.

    Returns:
        1..100.
    """
    coarseness = float(np.mean(table)) / _MEAN_STEP
    quality = 50 / coarseness if coarseness > 1 else 50 * (2 - coarseness)
    return int(np.clip(round(quality), 1, 100))


def blockiness(luma: NDArray[Any]) -> float:
    """Return how clearly a grid of 8 x 8 blocks stands out, wherever it begins.

    For each of the eight possible positions of the grid the mean height of the steps across its
    borders is taken, of each step what exceeds both of its neighbours (a ramp has none), at most
    `_HIGHEST_STEP`. The highest of the eight means is measured in standard deviations of the
    others. Rows and columns are looked at separately and the smaller figure counts, since stripes
    and text repeat along one side.

    Args:
        luma: (height, width) brightness in levels of 255, of any real dtype.

    Returns:
        Usually below 2 where there is no grid; 0 for pictures that are too small to tell.
    """
    return min(_grid(luma), _grid(luma.T))


def _grid(luma: NDArray[Any]) -> float:
    """Measure how far the best position of the grid's columns stands above the others."""
    if min(luma.shape) < _FEWEST_BLOCKS * BLOCK:
        return 0.0
    steps = np.abs(np.diff(luma.astype(np.float32), axis=1))
    beyond = steps[:, 1:-1] - np.maximum(steps[:, :-2], steps[:, 2:])
    columns = np.clip(beyond, 0, _HIGHEST_STEP).mean(axis=0)
    positions = np.sort([columns[first::BLOCK].mean() for first in range(BLOCK)])
    others = positions[:-1]
    mean = float(others.mean())
    # Positions that agree by chance must not make a hair's breadth look significant.
    spread = float(others.std()) + 0.02 * mean + 1e-4
    return (float(positions[-1]) - mean) / spread
