"""What was rendered last, so that a moved view renders only what comes in at its edges."""

from __future__ import annotations

import numpy as np

from bsr.engine.images.depth import Bytes

from .sources import Source
from .viewport import View


class RenderCache:
    """The pixels of a view of one source; forget it when the source's pixels change.

    Args:
        source: renders what is not known yet.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._view: View | None = None
        self._pixels: Bytes | None = None

    def render(self, view: View) -> Bytes:
        """Return the pixels of a view, see Source; not to be written to."""
        known = None if self._view is None else overlap(view, self._view)
        if known is None or self._view is None or self._pixels is None:
            pixels = self._source.render(view)
        else:
            pixels = np.empty((view.height, view.width, self._pixels.shape[2]), np.uint8)
            pixels[_place(known, view)] = self._pixels[_place(known, self._view)]
            for part in around(view, known):
                pixels[_place(part, view)] = self._source.render(part)
        self._view, self._pixels = view, pixels
        return pixels


def overlap(view: View, other: View) -> View | None:
    """Return what two views have in common, None where it is nothing."""
    top, left = max(view.top, other.top), max(view.left, other.left)
    height = min(view.top + view.height, other.top + other.height) - top
    width = min(view.left + view.width, other.left + other.width) - left
    if view.scale != other.scale or height < 1 or width < 1:
        return None
    return View(top, left, height, width, view.scale)


def around(view: View, known: View) -> list[View]:
    """Return the strips of a view that a part of it leaves: above, below, left and right of it."""
    bottom, right = known.top + known.height, known.left + known.width
    strips = [
        View(view.top, view.left, known.top - view.top, view.width, view.scale),
        View(bottom, view.left, view.top + view.height - bottom, view.width, view.scale),
        View(known.top, view.left, known.height, known.left - view.left, view.scale),
        View(known.top, right, known.height, view.left + view.width - right, view.scale),
    ]
    return [strip for strip in strips if strip.height and strip.width]


def _place(part: View, view: View) -> tuple[slice, slice]:
    """Return where a part of a view lies in the view's pixels."""
    top, left = part.top - view.top, part.left - view.left
    return slice(top, top + part.height), slice(left, left + part.width)
