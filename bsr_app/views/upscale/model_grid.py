"""Compare models here: every installed model on one small region, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...messages import explain
from ...qt.job_runner import JobContext, JobHandle, JobRunner, Outcome, TaskStatus
from ...work.model_comparison import COMPARING, REGION_PIXELS, ModelRun, compare_models
from ...work.region import Region
from ..compare import Layers, Magnifier, Viewport
from ..shared import formatting
from ..shared.sentences import in_words
from ..shared.widgets import button, label, scroll_area, set_role
from .model_cell import Cell, CellCanvas

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture
    from bsr.engine.progress import Progress

CELL_WIDTH = 300


class RegionGrid(QWidget):
    """Runs every installed model on a region and shows the results as they come.

    Signals:
        picked(str, str): go on with this model id and kind of weights.
        closed(): back to the picture.

    Args:
        runner: runs the tasks.
        catalog: the installed models.
    """

    picked = Signal(str, str)
    closed = Signal()

    def __init__(self, runner: JobRunner, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._catalog = runner, catalog
        self._viewport = Viewport(self)
        self._layers = Layers(self._viewport, self)
        self._magnifier = Magnifier(self)
        self._job: JobHandle | None = None
        self._shown: tuple[Region, int, bool] | None = None
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

    def start(self, picture: Picture, region: Region, threads: int | None = None) -> None:
        """Run all installed models on a region; a run that goes on is stopped.

        Args:
            picture: the original.
            region: of it; the middle is taken of one that would take long.
            threads: that each model may use; None for one per core.
        """
        self.stop()
        cards = sorted(self._catalog.cards(), key=self._order)
        largest = max((card.scale for card in cards), default=1)
        chosen = region.limited(REGION_PIXELS)
        self._layers.set_original(chosen.of(picture), float(largest))
        self._shown = chosen, largest, chosen != region
        self._describe()
        self._fill(cards)
        self._viewport.fit(filling=True)
        self._progress.setRange(0, max(len(cards), 1))
        self._progress.setValue(0)
        self._set_busy(bool(cards))
        if cards:
            catalog = self._catalog

            def work(context: JobContext) -> None:
                compare_models(picture, chosen, catalog, cards, context, threads)

            self._job = job = self._runner.submit(work)
            job.progressed.connect(self._show_progress)
            job.item_finished.connect(self._show_run)
            job.finished.connect(self._finish)

    def stop(self) -> None:
        """Leave out the models that have not run yet."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
            self._set_busy(False)

    def leave(self) -> None:
        """Stop, and go back to the picture."""
        self.stop()
        self.closed.emit()

    def note(self) -> str:
        """Return what is said over the grid: the region, or what went wrong."""
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
        content.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        scroll = scroll_area(content, self)
        scroll.setAccessibleName(self.tr("Compare models here"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._progress)
        layout.addWidget(scroll, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._describe()
            self._layers.listed.emit()

    def _describe(self) -> None:
        if self._shown is None:
            return
        region, largest, cut = self._shown
        text = self.tr(
            "{0} pixels of the original, shown at {1}. Zoom or move one picture and all follow."
        ).format(formatting.size(region.height, region.width), formatting.factor(largest))
        if cut:
            text += " " + self.tr("Only the middle of a larger region is used, to keep this quick.")
        set_role(self._subtitle, "muted")
        self._subtitle.setText(text)

    def _fill(self, cards: Sequence[ModelCard]) -> None:
        for cell in self.cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self.cells = []
        for card in (None, *cards):
            canvas = CellCanvas(self._viewport, self._layers, self._magnifier)
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

    def _show_progress(self, progress: Progress) -> None:
        if progress.stage == COMPARING:
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)
            self.cells[progress.done + 1].run()
        else:
            self._progress.setRange(0, 0)  # compiling has no end that is known

    def _show_run(self, model_run: ModelRun) -> None:
        cell = next(cell for cell in self.cells if cell.card is model_run.card)
        layer = self._layers.add_result(model_run.result) if model_run.result is not None else None
        cell.show_run(model_run, layer)

    def _finish(self, outcome: Outcome) -> None:
        self._job = None
        self._set_busy(False)
        if outcome.status is TaskStatus.FAILED and outcome.error is not None:
            set_role(self._subtitle, "error")
            self._subtitle.setText(in_words(explain(outcome.error).text))

    def _order(self, card: ModelCard) -> tuple[object, ...]:
        """Put what is for comparison last, and large factors first."""
        catalog = self._catalog
        return catalog.is_for_comparison(card), -card.scale, catalog.list_order(card)

    def _set_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        self._stop.setVisible(busy)

    def _pick(self, model_id: str, weights: str) -> None:
        self.stop()
        self.picked.emit(model_id, weights)
