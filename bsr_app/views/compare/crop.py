"""Cropping: a frame over the picture that mouse and keys move, and the bar of its shapes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ...qt.theme import colours
from ..shared import formatting
from ..shared.widgets import Graphic, button, icon_button, label
from .canvas import ARROWS, Canvas, keeps_ending_key
from .crop_frame import CropFrame
from .painting import paint_pill, to_device

FREE, OWN = "free", "own"
RATIOS = ((1, 1), (5, 4), (4, 3), (7, 5), (3, 2), (16, 9), (21, 9))
GRIP = 9.0  # logical pixels round an edge that take hold of it
HANDLE = 8.0
FAR = 10  # pixels that a key moves with Ctrl
EDGES = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x]
CURSORS = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    (0, 1): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeVerCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
}


class CropOverlay(Graphic):
    """Lies over a canvas while a part of the picture is chosen.

    Signals:
        changed(): the frame is another.
        accepted(object): the Region of the original that was chosen.
        cancelled(): nothing was chosen.
    """

    changed = Signal()
    accepted = Signal(object)
    cancelled = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.frame = CropFrame(0, 0, 1, 1, (1, 1))
        self._edges: tuple[int, int] | None = None
        self._before, self._pressed = self.frame, (0.0, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Part of the picture that is kept"))
        canvas.viewport.changed.connect(self.update)
        canvas.installEventFilter(self)
        self.hide()

    def begin(self, frame: CropFrame) -> None:
        """Choose a part, beginning with this one."""
        self.setGeometry(self._canvas.rect())
        self.set_frame(frame)
        self.show()
        self.raise_()
        self.setFocus()

    def set_frame(self, frame: CropFrame) -> None:
        """Show another frame."""
        self.frame = frame
        size = formatting.size(frame.height, frame.width)
        self.setAccessibleDescription(size)
        self.update()
        self.changed.emit()

    def accept(self) -> None:
        """Keep what is in the frame."""
        self.end()
        self.accepted.emit(self.frame.region)

    def cancel(self) -> None:
        """Keep the whole picture."""
        self.end()
        self.cancelled.emit()

    def end(self) -> None:
        """Go away; the canvas has the keys again where they were here."""
        focused = self.hasFocus()
        self.hide()
        if focused:
            self._canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        frame, kept = self.frame, self._shown()
        with QPainter(self) as painter:
            self._draw_picture(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shade = QPainterPath()
            shade.addRect(QRectF(self.rect()))
            shade.addRect(kept)
            painter.fillPath(shade, QColor(0, 0, 0, 140))
            painter.setPen(QPen(QColor(255, 255, 255, 90), 1))
            for third in (1, 2):
                x = kept.left() + kept.width() * third / 3
                y = kept.top() + kept.height() * third / 3
                painter.drawLine(QPointF(x, kept.top()), QPointF(x, kept.bottom()))
                painter.drawLine(QPointF(kept.left(), y), QPointF(kept.right(), y))
            painter.setPen(QPen(QColor(255, 255, 255), 2))
            painter.drawRect(kept)
            self._draw_handles(painter, kept)
            text = f"{formatting.size(frame.height, frame.width)} px"
            paint_pill(painter, text, self.rect(), Qt.AlignmentFlag.AlignHCenter)

    def event(self, event: QEvent) -> bool:
        return keeps_ending_key(event) or super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._edges = self._edges_at(event.position())
            self._before, self._pressed = self.frame, self._place(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(self._edges_at(event.position()))
            return
        first, before = self._pressed, self._before
        if self._edges is None:
            self.set_frame(before.between(first, place))
        elif self._edges == (0, 0):
            rows, columns = (round(last - start) for last, start in zip(place, first, strict=True))
            self.set_frame(before.moved(rows, columns))
        else:
            self.set_frame(before.pulled(self._edges, place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._edges_at(event.position()) == (0, 0):
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in ARROWS:
            far = FAR if modifiers & Qt.KeyboardModifier.ControlModifier else 1
            rows, columns = (far * step for step in ARROWS[key])
            grows = modifiers & Qt.KeyboardModifier.ShiftModifier
            frame = self.frame
            self.set_frame((frame.grown if grows else frame.moved)(rows, columns))
        else:
            super().keyPressEvent(event)

    def _shown(self) -> QRectF:
        return self._canvas.widget_rect(self.frame.region)

    def _place(self, position: QPointF) -> tuple[float, float]:
        return self._canvas.original_place(position)

    def _edges_at(self, position: QPointF) -> tuple[int, int] | None:
        """Return the edges under a place, (0, 0) inside, None outside."""
        kept = self._shown()
        near = kept.adjusted(-GRIP, -GRIP, GRIP, GRIP)
        if not near.contains(position):
            return None
        down = (position.y() > kept.bottom() - GRIP) - (position.y() < kept.top() + GRIP)
        across = (position.x() > kept.right() - GRIP) - (position.x() < kept.left() + GRIP)
        return down, across

    def _show_cursor(self, edges: tuple[int, int] | None) -> None:
        if edges is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
            return
        down, across = edges
        opposite = edges not in CURSORS
        self.setCursor(CURSORS[(-down, -across) if opposite else edges])

    def _draw_picture(self, painter: QPainter) -> None:
        """Paint one picture without labels, whatever the canvas shows beside it."""
        canvas, view = self._canvas, self._canvas.view()
        painter.fillRect(self.rect(), QColor(colours().canvas))
        layer = canvas.layers.slot(0)
        if layer is not None:
            overlay = painter.worldTransform()
            painter.setWorldTransform(to_device(painter))
            canvas.draw_layer(painter, layer, view, view)
            painter.setWorldTransform(overlay)

    def _draw_handles(self, painter: QPainter, kept: QRectF) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
        painter.setBrush(QColor(255, 255, 255))
        middle = kept.center()
        for down, across in EDGES:
            x = middle.x() + across * kept.width() / 2
            y = middle.y() + down * kept.height() / 2
            painter.drawRect(QRectF(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE))


class CropBar(QWidget):
    """The shapes that a crop can have, and its end."""

    def __init__(self, overlay: CropOverlay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._turned = False
        self.shape = QComboBox()
        self.shape.setAccessibleName(self.tr("Shape"))
        self.shape.addItem(self.tr("Free"), FREE)
        self.shape.addItem(self.tr("Same as the picture"), OWN)
        for width, height in RATIOS:
            self.shape.addItem(f"{width} : {height}", width / height)
        self.shape.currentIndexChanged.connect(self._take_shape)
        self.turn = icon_button("turn", self.tr("Turn the shape"), 18)
        self.turn.clicked.connect(self._turn)
        self.crop = button(self.tr("Crop"), primary=True)
        self.crop.clicked.connect(overlay.accept)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(overlay.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        for widget in (label(self.tr("Shape"), "muted"), self.shape, self.turn):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.crop)
        self.hide()

    def begin(self) -> None:
        """Begin with a free shape."""
        self._turned = False
        self.shape.setCurrentIndex(0)
        self.turn.setEnabled(False)

    def _take_shape(self) -> None:
        self._turned = False
        self._reshape()

    def _turn(self) -> None:
        self._turned = not self._turned
        self._reshape()

    def _reshape(self) -> None:
        """Give the whole picture's largest frame of the shape; a free one stays as it is."""
        overlay, chosen = self._overlay, self.shape.currentData()
        self.turn.setEnabled(chosen != FREE)
        height, width = overlay.frame.bounds
        if chosen == FREE:
            overlay.set_frame(overlay.frame.shaped(None))
            return
        ratio = width / height if chosen == OWN else float(chosen)
        ratio = 1 / ratio if self._turned else ratio
        overlay.set_frame(CropFrame(0, 0, height, width, (height, width)).shaped(ratio))
