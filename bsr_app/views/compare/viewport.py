"""What every pane looks at: one centre and one zoom, shared, in pixels of the original.

All lengths on the screen are device pixels, so that 100 % means one picture pixel on one device
pixel also where the screen is scaled to 125, 150 or 200 %.  The picture that counts for "100 %"
is the result that is shown.  The whole picture is fitted as if the largest result were shown,
`reference` times the original, so that nothing jumps between results; they all line up with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from ...work.region import Region

LARGEST_ZOOM = 32.0
ABOVE_ONE = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, LARGEST_ZOOM)
STEPS_PER_HALVING = 4
NARROW = 64
USUAL_SCALE = 4.0
TINY = 160  # device pixels that also a picture of a few pixels may take


@dataclass(frozen=True)
class View:
    """A rectangle of device pixels on the picture enlarged by `scale`.

    Attributes:
        top: first row, 0 is the picture's upper edge; may be negative where the pane is larger.
        left: first column.
        height: rows of device pixels.
        width: columns of device pixels.
        scale: device pixels per pixel of the original.
    """

    top: int
    left: int
    height: int
    width: int
    scale: float

    def to_original(self, y: float, x: float) -> tuple[float, float]:
        """Return the place in the original, (y, x), under a place (y, x) in this view."""
        return (self.top + y) / self.scale, (self.left + x) / self.scale

    def from_original(self, y: float, x: float) -> tuple[float, float]:
        """Return the place in this view, (y, x), of a place (y, x) in the original."""
        return y * self.scale - self.top, x * self.scale - self.left

    def clipped(self, height: int, width: int) -> View:
        """Return the part of this view that shows an original of (height, width); may be empty."""
        top, left = max(self.top, 0), max(self.left, 0)
        bottom = min(self.top + self.height, shown_length(height, self.scale))
        right = min(self.left + self.width, shown_length(width, self.scale))
        return View(top, left, max(bottom - top, 0), max(right - left, 0), self.scale)

    def columns(self, first: int, last: int) -> View:
        """Return the columns from `first` to before `last` of the picture, limited to this view."""
        left = min(max(first, self.left), self.left + self.width)
        right = min(max(last, left), self.left + self.width)
        return View(self.top, left, self.height, right - left, self.scale)


def shown_length(length: int, scale: float) -> int:
    """Return device pixels that a side of `length` original pixels takes, at least 1."""
    return max(1, round(length * scale))


def narrow_zoom(zoom: float) -> float:
    """Return the next zoom at or below `zoom` that reduces by n/64 within an octave.

    With such a zoom blocks of device pixels fall on whole blocks of picture pixels, so that the
    area filter needs no approximation.  Zooms of 1 and more are left as they are.
    """
    if zoom >= 1:
        return zoom
    octave = math.floor(math.log2(1 / zoom) + 1e-9)
    step = math.ceil(NARROW / zoom / 2**octave - 1e-6)
    return float(NARROW / step / 2**octave)


def next_zoom(zoom: float, direction: int) -> float:
    """Return the next step of the zoom scale above (direction 1) or below (-1) `zoom`."""
    if direction > 0 and zoom >= 1 - 1e-9:
        return next((step for step in ABOVE_ONE if step > zoom * 1.001), LARGEST_ZOOM)
    if direction < 0 and zoom > 1 + 1e-9:
        return next((step for step in reversed(ABOVE_ONE) if step < zoom * 0.999), 1.0)
    position = math.log2(zoom) * STEPS_PER_HALVING
    slack = 0.2
    whole = math.floor(position + slack) + 1 if direction > 0 else math.ceil(position - slack) - 1
    return narrow_zoom(2 ** (whole / STEPS_PER_HALVING))


class Viewport(QObject):
    """The centre and zoom that the panes share; `changed` is emitted after every change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size = (1, 1)
        self._pane = (1, 1)
        self._centre = (0.5, 0.5)
        self._scale = 1.0
        self._reference = self._shown = 1.0
        self._fitted = True
        self._filling = False

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the original."""
        return self._size

    @property
    def scale(self) -> float:
        """Device pixels per pixel of the original."""
        return self._scale

    @property
    def reference(self) -> float:
        """Pixels of the largest result per pixel of the original."""
        return self._reference

    @property
    def pane(self) -> tuple[int, int]:
        """(height, width) of a pane in device pixels."""
        return self._pane

    @property
    def zoom(self) -> float:
        """Device pixels per pixel of the result that is shown; 1 is 100 %."""
        return self._scale / self._shown

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is shown and follows the panes' size."""
        return self._fitted

    def set_picture(self, height: int, width: int) -> None:
        """Show another original of (height, width) as a whole."""
        self._size, self._reference, self._shown = (height, width), 1.0, 1.0
        self.fit()

    def set_reference(self, reference: float) -> None:
        """Say how much larger the largest result is; what is seen stays where it is."""
        self.set_shown(reference)
        if reference != self._reference:
            self._reference = reference
            if self._fitted:
                self._fit()
            self.changed.emit()

    def set_shown(self, shown: float) -> None:
        """Say how many times larger the result is that is looked at; nothing moves."""
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    def set_pane(self, height: int, width: int) -> None:
        """Tell the size of a pane in device pixels."""
        if (height, width) == self._pane or min(height, width) < 1:
            return
        self._pane = (height, width)
        if self._fitted:
            self._fit()
        self._move(*self._centre)

    def view(self, height: int, width: int) -> View:
        """Return what a pane of (height, width) device pixels shows."""
        # A pane one pixel larger than its neighbour must not round the other way.
        top, left = (
            math.floor(centre * self._scale - length / 2 + 0.5 + 1e-6)
            for centre, length in zip(self._centre, (height, width), strict=True)
        )
        return View(top, left, height, width, self._scale)

    def fit(self, *, filling: bool = False) -> None:
        """Show the whole picture, and let it follow the panes' size.

        Args:
            filling: use the largest whole zoom, and the picture's middle at 100 % where even that
                is too large.
        """
        self._fitted, self._filling = True, filling
        self._fit()
        self.changed.emit()

    def zoom_to(self, zoom: float, anchor: tuple[float, float] | None = None) -> None:
        """Set the zoom; the picture's place under `anchor` stays there.

        Args:
            zoom: 1 is 100 % of the result that is shown.
            anchor: (y, x) in device pixels in a pane, or None for its middle.
        """
        pane = self.view(*self._pane)
        y, x = anchor or (pane.height / 2, pane.width / 2)
        place = pane.to_original(y, x) if anchor else self._centre
        self._fitted = False
        smallest = min(self._fit_zoom() * self._reference / self._shown, 1.0) / 4
        self._scale = min(max(zoom, smallest), LARGEST_ZOOM) * self._shown
        self._move(
            place[0] + (pane.height / 2 - y) / self._scale,
            place[1] + (pane.width / 2 - x) / self._scale,
        )

    def step(self, steps: int, anchor: tuple[float, float] | None = None) -> None:
        """Zoom in, or out where `steps` is negative, at `anchor`."""
        zoom = self.zoom
        for _ in range(abs(steps)):
            zoom = next_zoom(zoom, 1 if steps > 0 else -1)
        self.zoom_to(zoom, anchor)

    def toggle(self, anchor: tuple[float, float] | None = None) -> None:
        """Change between the whole picture and 100 %, or 200 % where it is seen at 100 %."""
        if self._fitted:
            self.zoom_to(2.0 if self.zoom == 1.0 else 1.0, anchor)
        else:
            self.fit()

    def pan(self, rows: float, columns: float) -> None:
        """Move the view over the picture by device pixels."""
        y, x = self._centre
        self._move(y + rows / self._scale, x + columns / self._scale)

    def visible(self) -> Region:
        """Return what a pane shows of the original."""
        seen = self.view(*self._pane).clipped(*self._size)
        top, left = (math.floor(edge + 1e-6) for edge in seen.to_original(0, 0))
        bottom, right = (
            math.ceil(edge - 1e-6) for edge in seen.to_original(seen.height, seen.width)
        )
        bottom, right = min(bottom, self._size[0]), min(right, self._size[1])
        return Region(top, left, max(bottom - top, 1), max(right - left, 1))

    def _fit_zoom(self) -> float:
        """Return the zoom at which the whole picture is seen; above 100 % only whole ones.

        A picture that is small is enlarged as if it were its result: it does not jump when the
        result comes.
        """
        ratio = min(pane / side for pane, side in zip(self._pane, self._size, strict=True))
        if self._filling:
            return float(min(max(ratio // self._reference, 1.0), LARGEST_ZOOM))
        if ratio < self._reference:
            return narrow_zoom(ratio / self._reference)
        tiny = TINY // max(self._size) // USUAL_SCALE * USUAL_SCALE
        most = max(self._reference, USUAL_SCALE, min(tiny, LARGEST_ZOOM))
        return float(min(ratio, most) // self._reference)

    def _fit(self) -> None:
        self._scale = self._fit_zoom() * self._reference
        self._centre = (self._size[0] / 2, self._size[1] / 2)

    def _move(self, y: float, x: float) -> None:
        """Set the centre, but keep the picture's edges out of the pane where it is larger."""
        self._centre = (self._limited(y, 0), self._limited(x, 1))
        self.changed.emit()

    def _limited(self, centre: float, axis: int) -> float:
        side, half = self._size[axis], self._pane[axis] / 2 / self._scale
        if side <= 2 * half:
            return side / 2
        return min(max(centre, half), side - half)
