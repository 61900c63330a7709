"""The geometry of cropping: a rectangle of a picture that is moved, resized and kept in shape."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ...work.region import Region


@dataclass(frozen=True)
class CropFrame:
    """A rectangle in whole pixels of a picture; every method returns one inside it.

    Attributes:
        top: first row.
        left: first column.
        height: rows, at least 1.
        width: columns, at least 1.
        bounds: (height, width) of the picture.
        ratio: width over height that is kept as nearly as whole pixels can, or None.
    """

    top: int
    left: int
    height: int
    width: int
    bounds: tuple[int, int]
    ratio: float | None = None

    @property
    def region(self) -> Region:
        """The rectangle alone."""
        return Region(self.top, self.left, self.height, self.width)

    def moved(self, rows: int, columns: int) -> CropFrame:
        """Return it moved, as far as the picture goes."""
        top = min(max(self.top + rows, 0), self.bounds[0] - self.height)
        left = min(max(self.left + columns, 0), self.bounds[1] - self.width)
        return replace(self, top=top, left=left)

    def shaped(self, ratio: float | None) -> CropFrame:
        """Return it with another ratio: the largest such rectangle in it, round its middle."""
        if ratio is None:
            return replace(self, ratio=None)
        height, width = _fitting(self.height, self.width, ratio)
        top, left = self.top + (self.height - height) // 2, self.left + (self.width - width) // 2
        return CropFrame(top, left, height, width, self.bounds, ratio)

    def between(self, first: tuple[float, float], last: tuple[float, float]) -> CropFrame:
        """Return the rectangle from one place of the picture, (y, x), to another."""
        rows = _span(first[0], last[0], self.bounds[0])
        columns = _span(first[1], last[1], self.bounds[1])
        frame = replace(self, top=rows[0], height=rows[1], left=columns[0], width=columns[1])
        if self.ratio is None:
            return frame
        height, width = _fitting(frame.height, frame.width, self.ratio)
        up, back = last[0] < first[0], last[1] < first[1]
        top = frame.top + frame.height - height if up else frame.top
        left = frame.left + frame.width - width if back else frame.left
        return replace(frame, top=top, left=left, height=height, width=width)

    def pulled(self, edges: tuple[int, int], place: tuple[float, float]) -> CropFrame:
        """Return it with an edge or a corner pulled to a place.

        Args:
            edges: which: (-1, 0) is the upper edge, (1, 1) the lower right corner.
            place: (y, x) in the picture.
        """
        down, across = edges
        bottom, right = self.top + self.height, self.left + self.width
        first_y, last_y = (bottom, place[0]) if down < 0 else (self.top, place[0])
        first_x, last_x = (right, place[1]) if across < 0 else (self.left, place[1])
        if down and across:
            return self.between((first_y, first_x), (last_y, last_x))
        if down:
            top, height = _span(first_y, last_y, self.bounds[0])
            pulled = replace(self, top=top, height=height)
        else:
            left, width = _span(first_x, last_x, self.bounds[1])
            pulled = replace(self, left=left, width=width)
        return pulled._reshaped(by_height=bool(down))

    def grown(self, rows: int, columns: int) -> CropFrame:
        """Return it with its lower right corner moved by so many pixels, for the keys."""
        height = min(max(self.height + rows, 1), self.bounds[0] - self.top)
        width = min(max(self.width + columns, 1), self.bounds[1] - self.left)
        return replace(self, height=height, width=width)._reshaped(by_height=bool(rows))

    def _reshaped(self, *, by_height: bool) -> CropFrame:
        """Return it with the other side as the ratio wants it, round the same middle."""
        if self.ratio is None:
            return self
        if by_height:
            width = min(max(1, round(self.height * self.ratio)), self.bounds[1])
            frame = replace(self, left=self.left + (self.width - width) // 2, width=width)
        else:
            height = min(max(1, round(self.width / self.ratio)), self.bounds[0])
            frame = replace(self, top=self.top + (self.height - height) // 2, height=height)
        frame = frame.moved(0, 0)
        height, width = _fitting(frame.height, frame.width, self.ratio)
        return replace(frame, height=height, width=width)


def _span(first: float, last: float, limit: int) -> tuple[int, int]:
    """Return the first whole pixel and the number of them between two places, at least one."""
    low, high = sorted((first, last))
    start = min(max(round(low), 0), limit - 1)
    stop = min(max(round(high), start + 1), limit)
    return start, stop - start


def _fitting(height: int, width: int, ratio: float) -> tuple[int, int]:
    """Return the largest (height, width) of a ratio in a rectangle."""
    if width > height * ratio:
        return height, min(max(1, math.floor(height * ratio + 0.5)), width)
    return min(max(1, math.floor(width / ratio + 0.5)), height), width
