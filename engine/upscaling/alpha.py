"""Transparency: enlarging colour and coverage apart, without halos.

The colour of a transparent pixel means nothing, but a network would blend it into the edge.  So
colour is first spread from what is visible into what is not; then it is enlarged as it is, not
multiplied by alpha, and nothing has to be divided by a small alpha afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..opencv import cv2
from ..picture import Picture, Pixels

Floats = NDArray[np.float32]
_BAND = 256  # rows between two looks at whether to end


def spread_colour(picture: Picture, check: Callable[[], None] = lambda: None) -> Pixels:
    """Return the pixels of a picture with alpha, with nearby colour where they are transparent.

    Args:
        picture: with alpha.
        check: called between the steps; it raises where they are to end.
    """
    assert picture.alpha is not None
    visible = (picture.alpha > 0).astype(np.float32)
    if visible.all() or not visible.any():
        return picture.pixels
    filled = _fill(picture.pixels.astype(np.float32), visible, check)
    hidden = picture.alpha == 0
    pixels = picture.pixels.copy()
    pixels[hidden] = np.rint(filled[hidden])
    return pixels


def _fill(colour: Floats, weight: Floats, check: Callable[[], None]) -> Floats:
    """Keep colour where weight is positive, elsewhere the weighted mean of ever larger squares."""
    height, width = weight.shape
    if height == width == 1 or weight.all():
        return colour
    half = ((width + 1) // 2, (height + 1) // 2)
    check()
    seen = colour * weight[..., None]
    check()
    sums = cv2.resize(seen, half, interpolation=cv2.INTER_AREA)
    del seen
    weights = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    means: Any = sums / np.maximum(weights, np.float32(1e-6))[..., None]
    check()
    coarse = _fill(means, (weights > 0).astype(np.float32), check)
    check()
    larger = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    check()
    return np.where(weight[..., None] > 0, colour, larger)


def clamp_alpha(
    upscaled: Pixels, alpha: Pixels, scale: int, check: Callable[[], None] = lambda: None
) -> Pixels:
    """Hold enlarged alpha between the least and the most of the nine pixels it came from.

    What was wholly transparent or opaque stays so, and edges do not ring.

    Args:
        upscaled: (scale * height, scale * width); changed in place.
        alpha: (height, width), same dtype.
        scale: the factor.
        check: called between bands of rows; it raises where they are to end.
    """
    square = np.ones((3, 3), np.uint8)
    bounds = ((np.maximum, cv2.erode(alpha, square)), (np.minimum, cv2.dilate(alpha, square)))
    for top in range(0, len(alpha), _BAND):
        check()
        part = upscaled[scale * top : scale * (top + _BAND)]
        size = (part.shape[1], part.shape[0])
        for choose, bound in bounds:
            limit = cv2.resize(bound[top : top + _BAND], size, interpolation=cv2.INTER_NEAREST)
            choose(part, limit, out=part)
    return upscaled
