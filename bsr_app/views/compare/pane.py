"""A picture with lines under it that say what it is and let another one be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...qt.theme import icon
from ..shared.widgets import ElidedLabel
from .canvas import Canvas
from .layers import Layers

NARROW = 480


class Caption(QWidget):
    """Names the layer of one slot, lets another be chosen, and closes a result.

    Args:
        layers: what there is to choose from.
        slot: the slot it speaks of.
    """

    closed = Signal(object)

    def __init__(self, layers: Layers, slot: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers, self._slot = layers, slot
        self._choice = QComboBox(self)
        self._choice.setMinimumContentsLength(8)
        self._choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click takes no keys
        self._choice.setAccessibleName(self.tr("Picture shown in pane {n}").format(n=slot + 1))
        self._choice.activated.connect(self._choose)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this result"))
        self._close.setAccessibleName(self.tr("Close this result"))
        self._close.clicked.connect(self._ask_to_close)
        self._details = ElidedLabel(role="muted")
        self._arrange()
        layers.listed.connect(self._list)
        layers.chosen.connect(self._list)
        self._list()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the choice be as wide as its names; Qt makes its list for that, which costs time."""
        super().showEvent(event)
        self._write()
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details under the choice where there is no room beside it."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        narrow = event.size().width() < NARROW
        self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _arrange(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(4)
        first = QHBoxLayout()
        self._row.addLayout(first)
        first.setSpacing(4)
        first.addStrut(self._close.sizeHint().height())  # all captions, and panes, are as high
        first.addWidget(self._choice)
        first.addWidget(self._close)
        first.addStretch()
        self._row.addWidget(self._details, 1)

    def _list(self) -> None:
        """Show the current layers."""
        layer = self._layers.slot(self._slot)
        self.setEnabled(layer is not None)
        self._choice.setVisible(not self._layers.alone)  # there is nothing to choose yet
        self._close.setVisible(layer is not None and layer.result is not None)
        if self.isVisible():  # most captions belong to another mode
            self._write()

    def _write(self) -> None:
        """Name the current layers."""
        layer = self._layers.slot(self._slot)
        names = [known.name for known in self._layers.all]
        if names != [self._choice.itemText(row) for row in range(self._choice.count())]:
            self._choice.clear()
            self._choice.addItems(names)
        if layer is not None:
            self._choice.setCurrentIndex(self._layers.all.index(layer))
        repeated = self._slot > 0 and self._layers.alone
        self._details.set_text(layer.details if layer is not None and not repeated else "")

    def _choose(self, index: int) -> None:
        self._layers.choose(self._slot, self._layers.all[index])

    def _ask_to_close(self) -> None:
        layer = self._layers.slot(self._slot)
        if layer is not None and layer.result is not None:
            self.closed.emit(layer.result)


class Pane(QWidget):
    """A canvas over the captions of the slots it shows, side by side.

    Args:
        canvas: the picture; the pane takes it over.
        slots: the slots that get a caption.
    """

    closed = Signal(object)

    def __init__(
        self,
        canvas: Canvas,
        slots: tuple[int, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.canvas = canvas
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(canvas, 1)
        captions = QHBoxLayout()
        layout.addLayout(captions)
        captions.setSpacing(0)
        for slot in slots:
            caption = Caption(canvas.layers, slot, self)
            caption.closed.connect(self.closed)
            captions.addWidget(caption, 1)
