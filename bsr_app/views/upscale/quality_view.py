"""Measure quality: PSNR and SSIM of each model against pixels that are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from bsr.engine.disk import write_file
from bsr.engine.errors import BsrError, Sentence, system_reason

from ...messages import explain
from ...qt.job_runner import JobContext, JobHandle, JobRunner, Outcome, TaskStatus
from ...work.model_comparison import MEASURING, Measurement, measure_models, measured_region
from ..shared import formatting
from ..shared.choosing import with_suffix
from ..shared.sentences import in_words
from ..shared.widgets import button, label, scroll_area, set_role
from .quality_chart import QualityChart
from .quality_table import QualityTable

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture
    from bsr.engine.progress import Progress


class QualityView(QWidget):
    """Measures chosen models on the open picture.

    Signals:
        closed(): back to the picture.

    Args:
        runner: runs the tasks.
        catalog: the installed models.
    """

    closed = Signal()

    def __init__(self, runner: JobRunner, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._catalog = runner, catalog
        self._picture: Picture | None = None
        self._name = ""
        self._original: Path | None = None
        self._folder = Path()
        self._threads: int | None = None
        self._job: JobHandle | None = None
        self._note = label(role="muted", wrap=True)
        self.table, self.chart = QualityTable(catalog), QualityChart()
        self._scroll = scroll_area(self.chart, self)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Measure quality"))
        self._start = button(self.tr("Measure"), primary=True)
        self._stop = button(self.tr("Stop"), "stop")
        self._csv = button(self.tr("Save table (CSV)…"), "save")
        self._png = button(self.tr("Save chart (PNG)…"), "chart")
        self._close = button(self.tr("Back to the picture"), "close")
        self._build()
        self._connect()

    def open(
        self,
        picture: Picture,
        name: str,
        threads: int | None = None,
        original: Path | None = None,
        folder: Path = Path(),
    ) -> None:
        """List the installed models for a picture, all chosen.

        Args:
            picture: the true picture.
            name: what it is called.
            threads: that each model may use; None for one per core.
            original: the picture's file, which is never written over; None where it was pasted.
            folder: that is proposed for what is saved.
        """
        self.stop()
        self._picture, self._name, self._threads = picture, name, threads
        self._original, self._folder = original, folder
        self.table.list_models(self._catalog.cards())
        self._describe(picture)
        self._show()

    def measure(self) -> None:
        """Measure the chosen models."""
        chosen = self.table.chosen()
        if self._picture is None or not chosen or self._job is not None:
            return
        picture, catalog, threads = self._picture, self._catalog, self._threads

        def work(context: JobContext) -> None:
            measure_models(picture, catalog, chosen, context, threads)

        self.table.forget()
        self._describe(picture)
        self._job = job = self._runner.submit(work)
        job.progressed.connect(self._show_progress)
        job.item_finished.connect(self._take)
        job.finished.connect(self._finish)
        self._show()

    def stop(self) -> None:
        """Leave out the models that have not been measured yet."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
            self._show()

    def note(self) -> str:
        """Return what is said over the table: what is measured, or what went wrong."""
        return self._note.text()

    def save_table(self) -> None:
        """Ask where, and write the table as CSV."""
        target = self._ask(self.tr("Save the table"), "csv")
        if target is not None:
            self._write(target, self.table.csv_text().encode())

    def save_chart(self) -> None:
        """Ask where, and write the chart as PNG."""
        target = self._ask(self.tr("Save the chart"), "png")
        if target is not None:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(self.chart.image(self._name))
            self._write(target, bytes(buffer.data().data()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._picture is not None:
            self._describe(self._picture)

    # The widgets --------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Measure quality"), "heading"), 1)
        head.addWidget(self._close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (self._start, self._stop, self._progress):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self._csv)
        foot.addWidget(self._png)
        self._scroll.setAccessibleName(self.tr("Measure quality"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._note)
        layout.addWidget(self.table, 3)
        layout.addWidget(self._scroll, 4)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._start.clicked.connect(self.measure)
        self._stop.clicked.connect(self.stop)
        self._close.clicked.connect(self._leave)
        self._csv.clicked.connect(self.save_table)
        self._png.clicked.connect(self.save_chart)
        self.table.ticked.connect(self._show)

    def _describe(self, picture: Picture) -> None:
        """Say what is measured and what it does and does not say."""
        text = self.tr(
            "The picture is reduced and enlarged again, so that the true pixels are known. Higher "
            "PSNR and SSIM mean closer to them; they do not say which result looks best, nor how "
            "a model handles the noise and blur of a real small picture."
        )
        middle = measured_region(picture.height, picture.width)
        if middle.pixels < picture.height * picture.width:
            size = formatting.size(middle.height, middle.width)
            text += " " + self.tr("Measured on the middle {0} pixels only.").format(size)
        set_role(self._note, "muted")
        self._note.setText(text)

    def _show(self) -> None:
        """Draw what is known, and let what is possible be done."""
        measured, busy = self.table.measurements(), self._job is not None
        self.chart.show_measurements(measured)
        self._start.setEnabled(bool(self.table.chosen()))
        self._start.setVisible(not busy)
        self._stop.setVisible(busy)
        self._progress.setVisible(busy)
        self._scroll.setVisible(bool(measured))
        self._csv.setEnabled(bool(measured))
        self._png.setEnabled(bool(measured))

    # The work -----------------------------------------------------------------------------------

    def _show_progress(self, progress: Progress) -> None:
        known = progress.stage == MEASURING
        self._progress.setRange(0, progress.total if known else 0)
        self._progress.setValue(progress.done if known else 0)

    def _take(self, measurement: Measurement) -> None:
        self.table.add(measurement)
        self._show()

    def _finish(self, outcome: Outcome) -> None:
        self._job = None
        self._show()
        if outcome.status is TaskStatus.FAILED and outcome.error is not None:
            self._complain(in_words(explain(outcome.error).text))

    def _complain(self, text: str) -> None:
        set_role(self._note, "error")
        self._note.setText(text)

    def _leave(self) -> None:
        self.stop()
        self.closed.emit()

    def _ask(self, title: str, suffix: str) -> Path | None:
        start = self._folder / f"{Path(self._name).stem}_quality.{suffix}"
        kind = f"{suffix.upper()} (*.{suffix})"
        name, _ = QFileDialog.getSaveFileName(self, title, str(start), kind)
        if name and not Path(name).suffix:
            return with_suffix(self, title, Path(name), f".{suffix}")
        return Path(name) if name else None

    def _write(self, target: Path, content: bytes) -> None:
        """Write a file; the dialog has asked about replacing."""
        from bsr.engine.jobs.run import refuse_original

        try:
            if self._original is not None:
                refuse_original(target, self._original)
            write_file(target, lambda file: file.write(content))
        except OSError as error:
            reason = system_reason(error)
            self._complain(in_words(Sentence("{file}: {reason}.", file=target, reason=reason)))
        except BsrError as error:
            self._complain(in_words(str(error)))
