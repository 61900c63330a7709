"""Pixels of 16 bits per channel as 8: rounded everywhere, so that no two places differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..picture import Pixels

Bytes = NDArray[np.uint8]


def eight_bit(pixels: Pixels) -> Bytes:
    """Return the same values with 8 bits, rounded; what has 8 bits is returned as it is.

    Args:
        pixels: any shape, uint8 or uint16.
    """
    if pixels.dtype == np.uint8:
        return pixels.astype(np.uint8, copy=False)
    from ..opencv import cv2  # not for those who only look at headers

    return np.asarray(cv2.convertScaleAbs(pixels, alpha=1 / 257), np.uint8).reshape(pixels.shape)
