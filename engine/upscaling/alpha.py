"""Transparency: enlarging colour and coverage apart, without halos.

The colour of a transparent pixel means nothing, but a network would blend it into the edge.  So
colour is first spread from what is visible into what is not; then it is enlarged as it is, not
multiplied by alpha, and nothing has to be divided by a small alpha afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

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
        check: called between bands of rows; it raises where they are to end.
    """
    assert picture.alpha is not None
    visible = (picture.alpha > 0).astype(np.float32)
    if visible.all() or not visible.any():
        return picture.pixels
    filled = _fill(picture.pixels, visible, check)
    pixels = np.empty_like(picture.pixels)
    for rows in _bands(picture.height):
        check()
        pixels[rows] = np.rint(filled[rows])
    return pixels


def _fill(colour: Pixels | Floats, weight: Floats, check: Callable[[], None]) -> Pixels | Floats:
    """Keep colour where weight is positive, elsewhere the weighted mean of ever larger squares."""
    height, width = weight.shape
    if height == width == 1 or weight.all():
        return colour
    half = ((width + 1) // 2, (height + 1) // 2)
    seen = np.empty(colour.shape, np.float32)
    for rows in _bands(height):
        check()
        np.multiply(colour[rows], weight[rows, :, None], out=seen[rows])
    means: Any = cv2.resize(seen, half, interpolation=cv2.INTER_AREA)
    del seen
    check()
    weights = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    for rows in _bands(len(means)):
        check()
        means[rows] /= np.maximum(weights[rows], np.float32(1e-6))[..., None]
    coarse = _fill(means, (weights > 0).astype(np.float32), check)
    check()
    filled = cast(Floats, cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))
    for rows in _bands(height):
        check()
        np.copyto(filled[rows], colour[rows], where=weight[rows, :, None] > 0)
    return filled


def _bands(height: int) -> Iterator[slice]:
    """Yield the rows of a picture in bands; between two it is asked whether they are to end."""
    for top in range(0, height, _BAND):
        yield slice(top, min(top + _BAND, height))


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
    for rows in _bands(len(alpha)):
        check()
        part = upscaled[scale * rows.start : scale * rows.stop]
        size = (part.shape[1], part.shape[0])
        for choose, bound in bounds:
            limit = cv2.resize(bound[rows], size, interpolation=cv2.INTER_NEAREST)
            choose(part, limit, out=part)
    return upscaled
