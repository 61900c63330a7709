"""A pane's picture: zoom, pan, magnifier and region by mouse, touchpad and keys.

Painting happens in device pixels.  Only what is visible is rendered.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from bsr.engine.images.depth import Bytes

from ...qt.theme import colours
from ...work.region import Region
from ..shared.widgets import Graphic
from .frame_cache import RenderCache
from .layers import Layer, Layers
from .magnifier import Magnifier, paint_magnifier
from .painting import paint_pill, paint_pixels, to_device
from .viewport import View, Viewport

WHEEL_NOTCH = 120
PAN_STEP = 64
DRAG_START = 4
CLICK_SIDE = 128  # pixels of the original that a click takes
NARROW_LABEL = 200
LOW_LABEL = 96  # a label would hide too much of a lower picture
ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Canvas(Graphic):
    """Shows the first slot's layer; the other views inherit its behaviour.

    Args:
        viewport: shared with the other panes.
        layers: what there is to show.
        magnifier: shared with the other panes.
        slot: the slot that is shown.

    Signals:
        region_selected(object): the Region of the original that was chosen.
        selection_ended(): one was chosen, or none.
    """

    region_selected = Signal(object)
    selection_ended = Signal()

    def __init__(
        self,
        viewport: Viewport,
        layers: Layers,
        magnifier: Magnifier,
        slot: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.viewport, self.layers, self.magnifier, self.slot = viewport, layers, magnifier, slot
        self._wheel = 0
        self._pressed: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._last = QPointF()
        self._panning = self._space = self._selecting = self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 120)
        self._caches: dict[Layer, RenderCache] = {}
        for changed in (layers.listed, layers.repainted):
            changed.connect(self._render_anew)
        for changed in (viewport.changed, layers.chosen, magnifier.changed):
            changed.connect(self.update)

    # What the other views replace ---------------------------------------------------------------

    def shown_layers(self) -> list[Layer]:
        """Return the layers that are seen, from left to right."""
        layer = self.layers.slot(self.slot)
        return [layer] if layer is not None else []

    def draw(self, painter: QPainter, view: View) -> None:
        """Paint a view of the picture with its corner at the painter's origin."""
        for layer in self.shown_layers():
            self.draw_layer(painter, layer, view, view)

    def draw_layer(self, painter: QPainter, layer: Layer, part: View, whole: View) -> None:
        """Paint a part of a view; the painter's origin is the corner of the whole view."""
        seen = part.clipped(*self.viewport.size)
        if seen.height and seen.width:
            corner = QPoint(seen.left - whole.left, seen.top - whole.top)
            paint_pixels(painter, self.pixels(layer, seen), corner, layer.colours)

    def pixels(self, layer: Layer, view: View) -> Bytes:
        """Return what a layer shows in a view that lies inside the picture, see Source."""
        if view.scale != self.viewport.scale:
            return layer.source.render(view)  # the magnifier's
        return self._caches.setdefault(layer, RenderCache(layer.source)).render(view)

    def draw_over(self, painter: QPainter) -> None:
        """Paint what lies over the picture, in logical pixels."""
        if self.slot and self.layers.alone:
            self.draw_hint(painter, self.tr("Enlarge the picture to compare it with its result"))
            return
        for layer in self.shown_layers():
            self.label(painter, self.layers.label(layer), self.rect(), Qt.AlignmentFlag.AlignLeft)

    def draw_hint(self, painter: QPainter, text: str) -> None:
        """Say what to do, at the lower edge."""
        bottom = QRect(0, self.height() - 56, self.width(), 56)
        paint_pill(painter, text, bottom, Qt.AlignmentFlag.AlignHCenter)

    def drag(self, position: QPointF) -> bool:
        """Follow a drag with the left button; False pans instead."""
        return False

    def arrow(self, rows: int, columns: int) -> None:
        """Answer an arrow key without Shift."""
        self.viewport.pan(rows * PAN_STEP, columns * PAN_STEP)

    def resting_cursor(self) -> Qt.CursorShape:
        """Return the pointer's shape while no button is down."""
        return Qt.CursorShape.OpenHandCursor

    # Geometry -----------------------------------------------------------------------------------

    def device_size(self) -> tuple[int, int]:
        """Return (height, width) of this widget in device pixels."""
        ratio = self.devicePixelRatioF()
        return round(self.height() * ratio), round(self.width() * ratio)

    def view(self) -> View:
        """Return what this pane shows."""
        return self.viewport.view(*self.device_size())

    def original_place(self, position: QPointF) -> tuple[float, float]:
        """Return the place in the original, (y, x), under a place in this widget."""
        return self.view().to_original(*self._device(position))

    def widget_rect(self, region: Region) -> QRectF:
        """Return where a region of the original lies in this widget."""
        view, ratio = self.view(), self.devicePixelRatioF()
        top, left = view.from_original(region.top, region.left)
        size = view.scale / ratio
        return QRectF(left / ratio, top / ratio, region.width * size, region.height * size)

    def _device(self, position: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        return position.y() * ratio, position.x() * ratio

    def label(self, painter: QPainter, text: str, area: QRect, side: Qt.AlignmentFlag) -> None:
        """Write a label into a corner of the picture, or of the area where that is too narrow."""
        height, width = self.viewport.size
        picture = self.widget_rect(Region(0, 0, height, width)).toAlignedRect() & area
        roomy = picture.width() >= NARROW_LABEL and picture.height() >= LOW_LABEL
        paint_pill(painter, text, picture if roomy else area, side)

    def _render_anew(self) -> None:
        self._caches.clear()
        self.update()

    # Painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:  # ends also where drawing fails
            painter.fillRect(self.rect(), QColor(colours().canvas))
            if self.layers.slot(self.slot) is not None:
                self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        """Paint the picture in device pixels, and over it in logical ones."""
        overlay = painter.worldTransform()
        painter.setWorldTransform(to_device(painter))
        self.draw(painter, self.view())
        painter.setWorldTransform(overlay)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_over(painter)
        if self.magnifier.active:
            ratio, reference = self.devicePixelRatioF(), self.viewport.reference
            paint_magnifier(painter, self.view(), ratio, self.magnifier, reference, self.draw)
        if self._selecting:
            self._draw_selection(painter)

    def _draw_selection(self, painter: QPainter) -> None:
        """Dim all but the region and say what to do."""
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        chosen = self.widget_rect(self._selection())
        if self._pressed is not None:
            shade.addRect(chosen)
        painter.fillPath(shade, QColor(0, 0, 0, 110))
        if self._pressed is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(chosen)
        hint = self.tr("Click or drag to select a region · Enter: everything visible · Esc: cancel")
        self.draw_hint(painter, hint)

    # Region -------------------------------------------------------------------------------------

    def select_region(self) -> None:
        """Let the next drag choose a region; Escape gives up, Return takes what is visible."""
        self._selecting, self._pressed = True, None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus()
        self.update()

    def end_selection(self) -> None:
        """Let drags pan again."""
        if self._selecting:
            self._selecting, self._pressed = False, None
            self.setCursor(self.resting_cursor())
            self.update()
            self.selection_ended.emit()

    def _selection(self) -> Region:
        """Return the region between press and pointer, in whole pixels of the original."""
        if self._pressed is None:
            return self.viewport.visible()
        height, width = self.viewport.size
        first, last = self.original_place(self._pressed), self.original_place(self._last)
        top, bottom = sorted(int(min(max(y, 0), height - 1)) for y in (first[0], last[0]))
        left, right = sorted(int(min(max(x, 0), width - 1)) for x in (first[1], last[1]))
        return Region(top, left, bottom - top + 1, right - left + 1)

    def _square(self) -> Region:
        """Return the square round the pointer, in whole pixels of the original."""
        height, width = self.viewport.size
        y, x = self.original_place(self._last)
        rows, columns = min(CLICK_SIDE, height), min(CLICK_SIDE, width)
        top = min(max(int(y) - rows // 2, 0), height - rows)
        left = min(max(int(x) - columns // 2, 0), width - columns)
        return Region(top, left, rows, columns)

    # Events -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        sized = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.DevicePixelRatioChange)
        if event.type() in sized and self.isVisible():  # hidden modes have other sizes
            self.viewport.set_pane(*self.device_size())
        return (self._selecting and keeps_ending_key(event)) or super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= notches * WHEEL_NOTCH
        if notches:
            self.viewport.step(notches, self._device(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        if event.button() not in buttons:
            super().mousePressEvent(event)
            return
        self._pressed = self._last = event.position()
        self._button = event.button()
        self._panning = event.button() == buttons[1] or self._space
        self._dragging = self._panning

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        self.magnifier.move(self.original_place(position))
        moved, self._last = position - self._last, position
        if self._pressed is None:
            return
        if self._selecting:
            self.update()
            return
        far = (position - self._pressed).manhattanLength() >= DRAG_START
        if not self._dragging and far:
            self._dragging = True
            moved = position - self._pressed
        if self._dragging and (self._panning or not self.drag(position)):
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            rows, columns = self._device(moved)
            self.viewport.pan(-rows, -columns)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != self._button:
            super().mouseReleaseEvent(event)
            return
        if self._selecting and self._pressed is not None:
            clicked = (event.position() - self._pressed).manhattanLength() < DRAG_START
            region = self._square() if clicked else self._selection()
            self.end_selection()
            self.region_selected.emit(region)
        self._pressed, self._dragging, self._panning = None, False, False
        self._rest()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._selecting:
            self.viewport.toggle(self._device(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                rows, columns = ARROWS[key]
                self.viewport.pan(rows * PAN_STEP, columns * PAN_STEP)
            else:
                self.arrow(*ARROWS[key])
        elif key == Qt.Key.Key_Space:
            self._space = True
            self._rest()
        elif self._selecting and key == Qt.Key.Key_Escape:
            self.end_selection()
        elif self._selecting and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pressed = None
            region = self._selection()
            self.end_selection()
            self.region_selected.emit(region)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._rest()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self._rest()
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.magnifier.move(None)
        super().leaveEvent(event)

    def _rest(self) -> None:
        if self._selecting:
            self.setCursor(Qt.CursorShape.CrossCursor)
        else:
            open_hand = Qt.CursorShape.OpenHandCursor
            self.setCursor(open_hand if self._space else self.resting_cursor())


def keeps_ending_key(event: QEvent) -> bool:
    """Keep the keys that end a choice on the picture from being shortcuts of the window."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    plain = event.modifiers() in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.KeypadModifier,
    )
    if plain and Qt.Key(event.key()) in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        event.accept()
        return True
    return False
