"""Two to four panes beside each other that zoom and move together."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from .canvas import Canvas
from .layers import SLOTS, Layers
from .magnifier import Magnifier
from .pane import Pane
from .viewport import Viewport

GAP = 4


class SideView(QWidget):
    """The panes of the slots; two or three in a row, four in a square."""

    def __init__(
        self,
        viewport: Viewport,
        layers: Layers,
        magnifier: Magnifier,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.panes: list[Pane] = []
        for slot in range(SLOTS):
            canvas = Canvas(viewport, layers, magnifier, slot, self)
            self.panes.append(Pane(canvas, (slot,), self))
        self.count = 0
        self.set_count(2)

    @property
    def canvases(self) -> list[Canvas]:
        """The pictures of the panes that are shown."""
        return [pane.canvas for pane in self.panes[: self.count]]

    def set_count(self, count: int) -> None:
        """Show 2, 3 or 4 panes."""
        self.count = count
        columns = 2 if count == SLOTS else count
        for number, pane in enumerate(self.panes):
            self._grid.removeWidget(pane)
            if number < count:
                self._grid.addWidget(pane, number // columns, number % columns)
            pane.setVisible(number < count)
        for column in range(SLOTS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(2):
            self._grid.setRowStretch(row, 1 if row <= (count - 1) // columns else 0)
