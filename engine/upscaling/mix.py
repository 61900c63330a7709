"""Two results of one picture, mixed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..opencv import cv2
from ..picture import Picture, Pixels
from ..progress import CancelToken

_BAND = 256  # rows between two looks at whether to end


def mixed(
    first: Picture, second: Picture, percent: int, cancel: CancelToken | None = None
) -> Picture:
    """Return the mixture of two pictures of one size and kind.

    Args:
        first: also gives what is not pixels.
        second: the other.
        percent: of the first, 0..100.
        cancel: looked at between bands of rows.

    Raises:
        Cancelled: it was cancelled.
    """
    cancel, alpha = cancel or CancelToken(), first.alpha
    if alpha is not None and second.alpha is not None:
        alpha = _mixed(alpha, second.alpha, percent, cancel)
    pixels = _mixed(first.pixels, second.pixels, percent, cancel)
    return replace(first, pixels=pixels, alpha=alpha)


def _mixed(first: Pixels, second: Pixels, percent: int, cancel: CancelToken) -> Pixels:
    """Round to the nearest level; the whole of one is that one to the bit."""
    share = percent / 100
    result: Pixels = np.empty(first.shape, first.dtype)
    for top in range(0, len(first), _BAND):
        cancel.check()
        rows = slice(top, top + _BAND)
        cv2.addWeighted(first[rows], share, second[rows], 1 - share, 0, dst=result[rows])
    return result
