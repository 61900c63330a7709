"""A round glass over the picture that shows what is under the pointer several times larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from bsr.qt.theme import colours
from bsr.views.compare.painting import to_device
from bsr.views.compare.viewport import View

if TYPE_CHECKING:
    from bsr.views.compare.canvas import Canvas

LARGEST = 240
TIMES = 4.0


class Loupe(QObject):
    """Whether the loupe is out and over which place of the original, for all panes at once."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.active = False
        self.place: tuple[float, float] | None = None

    def set_active(self, active: bool) -> None:
        """Take the loupe out or put it away."""
        self.active = active
        self.changed.emit()

    def move(self, place: tuple[float, float] | None) -> None:
        """Hold the loupe over a place (y, x) of the original; None is the middle of the panes."""
        self.place = place
        if self.active:
            self.changed.emit()


def paint_loupe(painter: QPainter, canvas: Canvas) -> None:
    """Paint the glass over a canvas, 4 times its zoom and at least 400 %."""
    view, ratio = canvas.view(), canvas.devicePixelRatioF()
    place = canvas.loupe.place or view.to_original(view.height / 2, view.width / 2)
    y, x = view.from_original(*place)
    scale = TIMES * max(view.scale, canvas.viewport.reference)
    diameter = min(LARGEST, round(0.7 * min(canvas.width(), canvas.height())))
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
    canvas.draw(painter, glass)
    painter.restore()
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.setPen(QPen(QColor(0, 0, 0, 120), 5))
    painter.drawEllipse(circle)
    painter.setPen(QPen(QColor(255, 255, 255), 2.5))
    painter.drawEllipse(circle)
