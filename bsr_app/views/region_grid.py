"""Compare models here: every installed model on one small region, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bsr_app.job_runner import Ending, JobRunner, Outcome, Reporter
from bsr_app.messages import explain
from bsr_app.trials import COMPARING, REGION_PIXELS, Region, Trial, try_models
from bsr_app.views import words
from bsr_app.views.canvas import Canvas
from bsr_app.views.layers import Layer, Layers, name_of, performance
from bsr_app.views.loupe import Loupe
from bsr_app.views.viewport import Viewport
from bsr_app.views.widgets import ElidedLabel, button, label, set_role

if TYPE_CHECKING:
    from engine.catalog import Catalog
    from engine.types import Picture, Progress
    from engine.weights import ModelCard

CELL_WIDTH = 300
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
        name = self.tr("Original, bicubic")
        if card is not None:
            name = f"{name_of(card.title, card.weights)} · {words.factor(card.scale)}"
        canvas.setAccessibleName(name)
        self._state = ElidedLabel(
            self.tr("for comparison") if card is None else self.tr("waiting …"), "muted"
        )
        self.use = button(self.tr("Use this"))
        self.use.setAccessibleName(self.tr("Use {model}").format(model=name))
        self.use.setVisible(card is not None)
        self.use.setEnabled(False)
        self.use.clicked.connect(self._pick)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(ElidedLabel(name, "strong"))
        texts.addWidget(self._state)
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

    def run(self) -> None:
        """Say that the model is at work."""
        self._state.set_text(self.tr("running …"))

    def state_text(self) -> str:
        """What is said of the model: what it took, or why it failed."""
        return self._state.whole_text()

    def show_trial(self, trial: Trial, layer: Layer | None) -> None:
        """Show what came of it.

        Args:
            trial: the model's run.
            layer: shows its result; None where it failed.
        """
        if layer is None or trial.result is None:
            set_role(self._state, "error")
            self._state.set_text(trial.error)
            return
        parts = [*performance(trial.result)[:2], words.data_size(trial.result.weights_bytes)]
        self._state.set_text(" · ".join(parts))
        self.canvas.show_layer(layer)
        self.use.setEnabled(True)

    def _pick(self) -> None:
        if self.card is not None:
            self.picked.emit(self.card.id, self.card.weights)


class RegionGrid(QWidget):
    """Runs every installed model on a region and shows the results as they come.

    Signals:
        picked(str, str): go on with this model id and kind of weights.
        closed(): back to the picture.

    Args:
        runner: the job lane.
        catalog: the installed models.
    """

    picked = Signal(str, str)
    closed = Signal()

    def __init__(self, runner: JobRunner, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._catalog = runner, catalog
        self._viewport = Viewport(self)
        self._layers = Layers(self._viewport, self)
        self._loupe = Loupe(self)
        self._job: int | None = None
        self._columns = 0
        self.cells: list[Cell] = []
        self._subtitle = label(role="muted", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Models that have run"))
        self._stop = button(self.tr("Stop"), "stop")
        self._stop.clicked.connect(self.stop)
        self._close = button(self.tr("Back to the picture"), "close")
        self._close.clicked.connect(self.leave)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._build()
        runner.progressed.connect(self._show_progress)
        runner.item_finished.connect(self._show_item)
        runner.finished.connect(self._finish)

    def start(self, picture: Picture, region: QRect) -> None:
        """Run all installed models on a region; a run that goes on is stopped.

        Args:
            picture: the original.
            region: in its pixels; the middle is taken of one that would take long.
        """
        self.stop()
        cards = sorted(self._catalog.cards(), key=lambda card: (-card.scale, card.id, card.weights))
        largest = max((card.scale for card in cards), default=1)
        wanted = Region(region.y(), region.x(), region.height(), region.width())
        chosen = wanted.limited(REGION_PIXELS)
        self._layers.set_original(chosen.of(picture), float(largest))
        self._describe(chosen, largest, cut=chosen != wanted)
        self._fill(cards)
        self._viewport.fit(filling=True)
        self._progress.setRange(0, max(len(cards), 1))
        self._progress.setValue(0)
        self._set_busy(bool(cards))
        if cards:
            catalog = self._catalog

            def work(reporter: Reporter) -> None:
                try_models(picture, chosen, catalog, cards, reporter)

            self._job = self._runner.submit(work)

    def stop(self) -> None:
        """Leave out the models that have not run yet."""
        if self._job is not None:
            self._runner.cancel(self._job)
            self._job = None
            self._set_busy(False)

    def leave(self) -> None:
        """Stop, and go back to the picture."""
        self.stop()
        self.closed.emit()

    def note(self) -> str:
        """What is said over the grid: the region, or what went wrong."""
        return self._subtitle.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cells()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(label(self.tr("Compare models here"), "heading"))
        texts.addWidget(self._subtitle)
        head.addLayout(texts, 1)
        head.addWidget(self._stop)
        head.addWidget(self._close)
        content = QWidget()
        content.setObjectName("scrolled")
        content.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._progress)
        layout.addWidget(scroll, 1)

    def _describe(self, region: Region, largest: int, cut: bool) -> None:
        text = self.tr(
            "{0} pixels of the original, shown at {1}. Zoom and move any picture: all follow."
        ).format(words.size(region.height, region.width), words.factor(largest))
        if cut:
            text += " " + self.tr("Only the middle of a larger region, so that it takes seconds.")
        set_role(self._subtitle, "muted")
        self._subtitle.setText(text)

    def _fill(self, cards: Sequence[ModelCard]) -> None:
        for cell in self.cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self.cells = []
        for card in (None, *cards):
            canvas = CellCanvas(self._viewport, self._layers, self._loupe)
            cell = Cell(canvas, card)
            cell.picked.connect(self._pick)
            self.cells.append(cell)
        self._columns = 0
        self._place_cells()

    def _place_cells(self) -> None:
        """Let as many cells stand in a row as are wide enough."""
        columns = max(1, min((self.width() - 32) // CELL_WIDTH, len(self.cells)))
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, cell in enumerate(self.cells):
            self._grid.addWidget(cell, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def _show_progress(self, job: int, progress: Progress) -> None:
        if job != self._job:
            return
        if progress.stage == COMPARING:
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)
            self.cells[progress.done + 1].run()
        else:
            self._progress.setRange(0, 0)  # compiling has no end that is known

    def _show_item(self, job: int, trial: object) -> None:
        if job != self._job or not isinstance(trial, Trial):
            return
        cell = next(cell for cell in self.cells if cell.card is trial.card)
        layer = self._layers.add_result(trial.result) if trial.result is not None else None
        cell.show_trial(trial, layer)

    def _finish(self, job: int, outcome: Outcome) -> None:
        if job != self._job:
            return
        self._job = None
        self._set_busy(False)
        if outcome.status is Ending.FAILED and outcome.error is not None:
            set_role(self._subtitle, "error")
            self._subtitle.setText(explain(outcome.error).text)

    def _set_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        self._stop.setVisible(busy)

    def _pick(self, model_id: str, weights: str) -> None:
        self.stop()
        self.picked.emit(model_id, weights)
