"""Two layers, one left and one right of a line that follows the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from .canvas import Canvas
from .layers import Layer
from .viewport import View

GRIP = 17.0
KEY_STEP = 0.01


class PairCanvas(Canvas):
    """A canvas of the first two slots."""

    def shown_layers(self) -> list[Layer]:
        """Return the two layers, or one where both slots show the same."""
        both = [self.layers.slot(0), self.layers.slot(1)]
        if both[0] is both[1]:
            both.pop()
        return [layer for layer in both if layer is not None]


class SplitCanvas(PairCanvas):
    """Shows the first slot left of the divider and the second one right of it."""

    divider = 0.5

    def set_divider(self, share: float) -> None:
        """Put the divider at a share, 0 to 1, of the width."""
        self.divider = min(max(share, 0.0), 1.0)
        place = self.tr("Divider at {0} %").format(round(100 * self.divider))
        self.setAccessibleDescription(place)
        self.update()

    def draw(self, painter: QPainter, view: View) -> None:
        """See Canvas; the divider lies at the same place of the picture in every view."""
        shown = self.shown_layers()
        if len(shown) < 2:
            super().draw(painter, view)
            return
        own = self.view()
        _, place = own.to_original(0, round(self.divider * own.width))
        column = round(place * view.scale)
        end = view.left + view.width
        self.draw_layer(painter, shown[0], view.columns(view.left, column), view)
        self.draw_layer(painter, shown[1], view.columns(column, end), view)

    def draw_over(self, painter: QPainter) -> None:
        """See Canvas."""
        shown = self.shown_layers()
        if len(shown) < 2:
            super().draw_over(painter)
            return
        middle = round(self.divider * self.width())
        left = QRect(0, 0, middle, self.height())
        right = QRect(middle, 0, self.width() - middle, self.height())
        self.label(painter, shown[0].name, left, Qt.AlignmentFlag.AlignLeft)
        self.label(painter, shown[1].name, right, Qt.AlignmentFlag.AlignRight)
        self._draw_divider(painter, middle)

    def drag(self, position: QPointF) -> bool:
        """See Canvas."""
        if len(self.shown_layers()) < 2:
            return False
        self.set_divider(position.x() / self.width())
        return True

    def arrow(self, rows: int, columns: int) -> None:
        """See Canvas: left and right move the divider."""
        if columns and len(self.shown_layers()) == 2:
            self.set_divider(self.divider + columns * KEY_STEP)
        else:
            super().arrow(rows, columns)

    def resting_cursor(self) -> Qt.CursorShape:
        """See Canvas."""
        if len(self.shown_layers()) == 2:
            return Qt.CursorShape.SplitHCursor
        return super().resting_cursor()

    def _draw_divider(self, painter: QPainter, x: int) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 90), 4))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(QColor(255, 255, 255), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        middle = QPointF(x, self.height() / 2)
        painter.setPen(QPen(QColor(0, 0, 0, 70), 2))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(QRectF(middle.x() - GRIP, middle.y() - GRIP, 2 * GRIP, 2 * GRIP))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(70, 70, 74))
        for side in (-1, 1):
            tip = middle + QPointF(side * 11, 0)
            base = middle + QPointF(side * 5, 0)
            painter.drawPolygon(QPolygonF([tip, base + QPointF(0, -5), base + QPointF(0, 5)]))
