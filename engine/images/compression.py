"""How strongly a picture was compressed: from a JPEG's own tables, or from the steps it left.

A JPEG names no quality; each program has its own scale.  What counts is how coarsely brightness
was rounded, so the quality said here is libjpeg's whose brightness table is nearest on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..picture import Picture
from .former_jpeg import former_coarseness

# A JPEG of less shows its artefacts when it is enlarged; of more, removing them costs detail.
CLEAN_QUALITY = 90
# So much less can the lowest steps alone say than all, in tables flatter than libjpeg's, such as
# Photoshop's and those of cameras.
_FLATTER = 10
_LARGEST_SIDE = 1024  # of the part that is looked at
LUMA = (0.299, 0.587, 0.114)  # of red, green and blue: ITU-R BT.601, as JPEG's own
# The mean step of libjpeg's brightness table at quality 50 (ISO 10918-1, table K.1).
_MEAN_STEP = 57.625


@dataclass(frozen=True)
class Compression:
    """What lossy compression has left in a picture.

    Attributes:
        quality: of the JPEG file it was read from, 1..100, or None where it was none.
        blocks: whether its pixels show the blocks of a worse JPEG that it was before.
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
    coarseness = former_coarseness(luma * (255 / picture.max_value))
    bound = CLEAN_QUALITY if quality is None else min(CLEAN_QUALITY, quality - _FLATTER)
    return Compression(quality, coarseness is not None and _quality(coarseness) < bound)


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
    return _quality(float(np.mean(table)) / _MEAN_STEP)


def _quality(coarseness: float) -> int:
    """Return the quality whose steps are so many times those of quality 50."""
    quality = 50 / coarseness if coarseness > 1 else 50 * (2 - coarseness)
    return int(np.clip(round(quality), 1, 100))
