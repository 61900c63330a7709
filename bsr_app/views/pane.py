"""A picture with lines under it that say what it is and let another one be chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bsr_app.theme import icon
from bsr_app.views.canvas import Canvas
from bsr_app.views.layers import Layers


class ElidedLabel(QLabel):
    """A line of text that ends in dots where there is no room, and shows the rest as a tip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), text,
            self.foregroundRole(),
        )  # fmt: skip


class Caption(QWidget):
    """Names the layer of one slot, lets another be chosen, and closes a result.

    Args:
        layers: what there is to choose from.
        slot: the slot it speaks of.
        stacked: the details stand under the choice, not beside it.
    """

    closed = Signal(object)

    def __init__(
        self, layers: Layers, slot: int, stacked: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._layers, self._slot = layers, slot
        self._choice = QComboBox()
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.setMinimumContentsLength(8)
        self._choice.setAccessibleName(self.tr("Picture shown in pane {n}").format(n=slot + 1))
        self._choice.activated.connect(self._choose)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this result"))
        self._close.setAccessibleName(self.tr("Close this result"))
        self._close.clicked.connect(self._ask_to_close)
        self._details = ElidedLabel()
        self._details.setObjectName("muted")
        self._details.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange(stacked)
        layers.listed.connect(self._list)
        layers.chosen.connect(self._list)
        self._list()

    def _arrange(self, stacked: bool) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._choice)
        first.addWidget(self._close)
        directions = QBoxLayout.Direction
        layout = QBoxLayout(directions.TopToBottom if stacked else directions.LeftToRight, self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4 if stacked else 8)
        layout.addLayout(first)
        layout.addWidget(self._details, 1)
        if stacked:
            first.addStretch()

    def _list(self) -> None:
        """Show the layers of now."""
        layer = self._layers.slot(self._slot)
        self.setEnabled(layer is not None)
        self._choice.clear()
        for known in self._layers.all:
            self._choice.addItem(known.name)
        if layer is not None:
            self._choice.setCurrentIndex(self._layers.all.index(layer))
        self._close.setVisible(layer is not None and layer.result is not None)
        self._details.setText(layer.details if layer is not None else "")

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
        stacked: see Caption.
    """

    closed = Signal(object)

    def __init__(
        self,
        canvas: Canvas,
        slots: tuple[int, ...],
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.canvas = canvas
        captions = QHBoxLayout()
        captions.setSpacing(0)
        for slot in slots:
            caption = Caption(canvas.layers, slot, stacked)
            caption.closed.connect(self.closed)
            captions.addWidget(caption, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(canvas, 1)
        layout.addLayout(captions)
