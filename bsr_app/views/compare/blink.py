"""Two layers in turn at the same place: what differs jumps."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from .layers import Layer, Layers
from .magnifier import Magnifier
from .split import PairCanvas
from .viewport import View, Viewport

MILLISECONDS = 700


class BlinkCanvas(PairCanvas):
    """Shows the first two slots in turn; left and right hold one of them, up goes on."""

    def __init__(
        self,
        viewport: Viewport,
        layers: Layers,
        magnifier: Magnifier,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(viewport, layers, magnifier, parent=parent)
        self._second = False
        self._timer = QTimer(self)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self._turn)

    @property
    def blinking(self) -> bool:
        """Whether the layers take turns now."""
        return self._timer.isActive()

    def current(self) -> Layer | None:
        """Return the layer that is seen at this moment."""
        shown = self.shown_layers()
        return shown[min(int(self._second), len(shown) - 1)] if shown else None

    def hold(self, second: bool) -> None:
        """Stay with the first or the second layer."""
        self._timer.stop()
        self._second = second
        self.update()

    def resume(self) -> None:
        """Take turns again."""
        self._timer.start()
        self.update()

    def draw(self, painter: QPainter, view: View) -> None:
        """See Canvas."""
        layer = self.current()
        if layer is not None:
            self.draw_layer(painter, layer, view, view)

    def draw_over(self, painter: QPainter) -> None:
        """See Canvas; the label changes its side with the picture."""
        layer = self.current()
        if layer is not None:
            sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            self.label(painter, self.layers.label(layer), self.rect(), sides[self._second])
        if self.layers.alone:
            hint = self.tr("Enlarge the picture first: before and after take turns here")
            self.draw_hint(painter, hint)

    def arrow(self, rows: int, columns: int) -> None:
        """See Canvas."""
        if columns:
            self.hold(columns > 0)
        elif rows < 0:
            self.resume()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _turn(self) -> None:
        self._second = not self._second
        self.update()
