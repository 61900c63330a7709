"""Two results of one picture, mixed."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from ..opencv import cv2
from ..picture import Picture, Pixels


def mixed(first: Picture, second: Picture, percent: int) -> Picture:
    """Return the mixture of two pictures of one size and kind.

    Args:
        first: also gives what is not pixels.
        second: the other.
        percent: of the first, 0..100.
    """
    alpha = first.alpha
    if alpha is not None and second.alpha is not None:
        alpha = _mixed(alpha, second.alpha, percent)
    return replace(first, pixels=_mixed(first.pixels, second.pixels, percent), alpha=alpha)


def _mixed(first: Pixels, second: Pixels, percent: int) -> Pixels:
    """Round to the nearest level; the whole of one is that one to the bit."""
    share = percent / 100
    return cast(Pixels, cv2.addWeighted(first, share, second, 1 - share, 0))
