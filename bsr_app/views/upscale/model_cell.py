"""One model's result on a region, what it took, and a button to go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ...work.model_comparison import ModelRun
from ..compare import Canvas, Layer, performance
from ..shared import formatting, model_names
from ..shared.sentences import in_words
from ..shared.widgets import ElidedLabel, button, set_role

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard

CELL_HEIGHT = 280


class CellCanvas(Canvas):
    """A canvas of one layer that is given to it; bicubic until then."""

    layer: Layer | None = None

    def show_layer(self, layer: Layer) -> None:
        """Show a finished result."""
        self.layer = layer
        self.update()

    def shown_layers(self) -> list[Layer]:
        """See Canvas."""
        layer = self.layer or self.layers.slot(0)
        return [layer] if layer is not None else []

    def draw_over(self, painter: QPainter) -> None:
        """See Canvas; the name stands under the picture."""


class Cell(QFrame):
    """One model: its picture, what it took, and a button to go on with it."""

    picked = Signal(str, str)

    def __init__(self, canvas: CellCanvas, card: ModelCard | None) -> None:
        """Make a cell that waits.

        Args:
            canvas: its picture; the cell takes it over.
            card: the model, or None for the original enlarged bicubically.
        """
        super().__init__()
        self.setObjectName("cell")
        self.canvas, self.card = canvas, card
        self._run: ModelRun | None = None
        self._name = ElidedLabel("", "strong")
        self.state = ElidedLabel(
            self.tr("for comparison") if card is None else self.tr("waiting…"), "muted"
        )
        self.use = button(self.tr("Use this"))
        if card is None:
            keeping = self.use.sizePolicy()
            keeping.setRetainSizeWhenHidden(True)  # its caption is as high as the others
            self.use.setSizePolicy(keeping)
            self.use.hide()
        self.use.setEnabled(False)
        self.use.clicked.connect(self._pick)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self.state)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 8, 8, 8)
        foot.setSpacing(8)
        foot.addLayout(texts, 1)
        foot.addWidget(self.use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(canvas, 1)
        layout.addLayout(foot)
        self.setMinimumHeight(CELL_HEIGHT)
        self._write_name()

    def run(self) -> None:
        """Say that the model is at work, unless it has ended: the start may be told later."""
        if self._run is None:
            self.state.set_text(self.tr("running…"))

    def show_run(self, model_run: ModelRun, layer: Layer | None) -> None:
        """Show the outcome.

        Args:
            model_run: the model's run.
            layer: shows its result; None where it failed.
        """
        self._run = model_run
        self._write_outcome()
        if layer is not None:
            self.canvas.show_layer(layer)
            self.use.setEnabled(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._write_name()
            self._write_outcome()

    def _write_name(self) -> None:
        card, name = self.card, self.tr("Original, bicubic")
        if card is not None:
            made_by = model_names.made_by(card.id, card.title, card.weights)
            name = f"{made_by} · {formatting.factor(card.scale)}"
        self._name.set_text(name)
        self.canvas.setAccessibleName(name)
        self.use.setAccessibleName(self.tr("Use {model}").format(model=name))

    def _write_outcome(self) -> None:
        if self._run is None:
            return
        result = self._run.result
        if result is None:
            set_role(self.state, "error")
            self.state.set_text(in_words(self._run.error))
            return
        parts = [*performance(result)[:2], formatting.data_size(result.weights_bytes)]
        self.state.set_text(" · ".join(parts))

    def _pick(self) -> None:
        if self.card is not None:
            self.picked.emit(self.card.id, self.card.weights)
