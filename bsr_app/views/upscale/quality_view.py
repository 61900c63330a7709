"""Measure quality: PSNR and SSIM of each model against pixels that are known."""

from __future__ import annotations

from collections.abc import Callable
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
from ...work.saving import proposed_folder
from ..shared import formatting
from ..shared.choosing import with_suffix
from ..shared.sentences import in_words
from ..shared.widgets import button, label, scroll_area, set_role
from .exporter import pictures_folder
from .quality_chart import QualityChart
from .quality_table import QualityTable

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture
    from bsr.engine.progress import Progress

    from ...qt.settings import Settings
    from ...work.upscaling import OpenPicture


class QualityView(QWidget):
    """Measures chosen models on the open picture.

    Signals:
        closed(): back to the picture.

    Args:
        runner: runs the tasks.
        catalog: the installed models.
        settings: how many threads a model may use, and where what is saved is proposed to go.
    """

    closed = Signal()

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._catalog, self._settings = runner, catalog, settings
        self._opened: OpenPicture | None = None
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

    def open(self, opened: OpenPicture) -> None:
        """List the installed models for a picture, all chosen."""
        self.stop()
        self._opened = opened
        self.table.list_models(self._catalog.cards())
        self._describe(opened.picture)
        self._show()

    def measure(self) -> None:
        """Measure the chosen models."""
        chosen = self.table.chosen()
        if self._opened is None or not chosen or self._job is not None:
            return
        picture, catalog = self._opened.picture, self._catalog
        threads = self._settings.preferences.threads

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
        self._save(self.tr("Save the table"), "csv", lambda name: self.table.csv_text().encode())

    def save_chart(self) -> None:
        """Ask where, and write the chart as PNG."""
        self._save(self.tr("Save the chart"), "png", self._chart_png)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._opened is not None:
            self._describe(self._opened.picture)

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

    def _save(self, title: str, suffix: str, content: Callable[[str], bytes]) -> None:
        """Ask where, and write what the picture's name gives."""
        opened = self._opened
        if opened is not None and (target := self._ask(opened, title, suffix)) is not None:
            self._write(target, content(opened.name), opened.path)

    def _ask(self, opened: OpenPicture, title: str, suffix: str) -> Path | None:
        preferences = self._settings.preferences
        folder = proposed_folder(opened.path, preferences, pictures_folder())
        start = folder / f"{Path(opened.name).stem}_quality.{suffix}"
        kind = f"{suffix.upper()} (*.{suffix})"
        name, _ = QFileDialog.getSaveFileName(self, title, str(start), kind)
        if name and not Path(name).suffix:
            return with_suffix(self, title, Path(name), f".{suffix}")
        return Path(name) if name else None

    def _chart_png(self, name: str) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.chart.image(name))
        return bytes(buffer.data().data())

    def _write(self, target: Path, content: bytes, original: Path | None) -> None:
        """Write a file, never over the original; the dialog has asked about replacing."""
        from bsr.engine.jobs.run import refuse_original

        try:
            if original is not None:
                refuse_original(target, original)
            write_file(target, lambda file: file.write(content))
        except OSError as error:
            reason = system_reason(error)
            self._complain(in_words(Sentence("{file}: {reason}.", file=target, reason=reason)))
        except BsrError as error:
            self._complain(in_words(str(error)))
