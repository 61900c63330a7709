"""A round magnifier over the picture that shows what is under the pointer several times larger."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ...qt.theme import colours
from .painting import to_device
from .viewport import View

LARGEST = 240
TIMES = 4.0


class Magnifier(QObject):
    """Whether the magnifier is on and over which place of the original, for all panes at once."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self.place: tuple[float, float] | None = None

    def set_active(self, active: bool) -> None:
        """Switch the magnifier on or off."""
        self.active = active
        self.changed.emit()

    def move(self, place: tuple[float, float] | None) -> None:
        """Put the magnifier over a place (y, x) of the original; None is the panes' middle."""
        self.place = place
        if self.active:
            self.changed.emit()


def paint_magnifier(
    painter: QPainter,
    pane: View,
    ratio: float,
    magnifier: Magnifier,
    reference: float,
    draw: Callable[[QPainter, View], None],
) -> None:
    """Paint the glass over a pane, 4 times its zoom and at least 400 %.

    Args:
        painter: of the pane, in logical pixels.
        pane: what the pane shows.
        ratio: device pixels of the pane a logical pixel.
        magnifier: says where the glass is.
        reference: the scale that counts as 100 %.
        draw: paints a view with its corner at the painter's origin.
    """
    place = magnifier.place or pane.to_original(pane.height / 2, pane.width / 2)
    y, x = pane.from_original(*place)
    scale = TIMES * max(pane.scale, reference)
    diameter = min(LARGEST, round(0.7 * min(pane.width, pane.height) / ratio))
    side = round(diameter * ratio)
    glass = View(
        round(place[0] * scale - side / 2), round(place[1] * scale - side / 2), side, side, scale
    )
    circle = QRectF(0, 0, diameter, diameter)
    circle.moveCenter(QPointF(x / ratio, y / ratio))
    path = QPainterPath()
    path.addEllipse(circle)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(circle, QColor(colours().canvas))
    painter.setWorldTransform(to_device(painter))
    painter.translate(round(x - side / 2), round(y - side / 2))
    draw(painter, glass)
    painter.restore()
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.setPen(QPen(QColor(0, 0, 0, 120), 5))
    painter.drawEllipse(circle)
    painter.setPen(QPen(QColor(255, 255, 255), 2.5))
    painter.drawEllipse(circle)
