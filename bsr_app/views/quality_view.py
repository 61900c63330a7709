"""Measure quality: PSNR and SSIM of each model against pixels that are known."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSaveFile, Qt, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bsr_app.job_runner import Ending, JobRunner, Outcome, Reporter
from bsr_app.messages import explain
from bsr_app.trials import (
    BICUBIC,
    CROP_PIXELS,
    MEASURING,
    Measurement,
    Region,
    measure_models,
)
from bsr_app.views import words
from bsr_app.views.quality_chart import QualityChart
from bsr_app.views.widgets import button, label, set_role

if TYPE_CHECKING:
    from engine.catalog import Catalog
    from engine.types import Picture, Progress
    from engine.weights import ModelCard

FIRST_NUMBER = 3
FIELDS = ("model", "weights", "scale", "psnr_db", "ssim", "seconds", "megapixels_a_second")


class QualityView(QWidget):
    """Measures chosen models on the open picture.

    Signals:
        closed(): back to the picture.

    Args:
        runner: the job lane.
        catalog: the installed models.
    """

    closed = Signal()

    def __init__(self, runner: JobRunner, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._catalog = runner, catalog
        self._picture: Picture | None = None
        self._name = ""
        self._job: int | None = None
        self._rows: list[tuple[str, str, int]] = []
        self._cards: list[ModelCard] = []
        self._measured: dict[tuple[str, str, int], Measurement] = {}
        self._note = label(role="muted", wrap=True)
        self._table = QTableWidget(0, len(FIELDS))
        self.chart, self._scroll = QualityChart(), QScrollArea()
        self._progress = QProgressBar()
        self._start = button(self.tr("Measure"), primary=True)
        self._stop = button(self.tr("Stop"), "stop")
        self._csv = button(self.tr("Save table (CSV) …"), "save")
        self._png = button(self.tr("Save chart (PNG) …"), "chart")
        self._close = button(self.tr("Back to the picture"), "close")
        self._build()
        self._connect()

    def open(self, picture: Picture, name: str) -> None:
        """List the installed models for a picture, all chosen.

        Args:
            picture: the true picture.
            name: what it is called.
        """
        self.stop()
        self._picture, self._name = picture, name
        self._measured = {}
        self._cards = sorted(
            self._catalog.cards(), key=lambda card: (card.scale, card.id, card.weights)
        )
        self._list()
        self._describe(picture)
        self._show()

    def measure(self) -> None:
        """Measure the chosen models."""
        chosen = self.chosen()
        if self._picture is None or not chosen or self._job is not None:
            return
        picture, catalog = self._picture, self._catalog

        def work(reporter: Reporter) -> None:
            measure_models(picture, catalog, chosen, reporter)

        self._measured = {}
        self._describe(picture)
        self._job = self._runner.submit(work)
        self._show()

    def stop(self) -> None:
        """Leave out the models that have not been measured yet."""
        if self._job is not None:
            self._runner.cancel(self._job)
            self._job = None
            self._show()

    def chosen(self) -> list[ModelCard]:
        """The models whose box is ticked."""
        return [
            card
            for card in self._cards
            if self._item(self._rows.index(_key(card)), 0).checkState() is Qt.CheckState.Checked
        ]

    def measurements(self) -> list[Measurement]:
        """What was measured, in the table's order."""
        return [self._measured[row] for row in self._rows if row in self._measured]

    def note(self) -> str:
        """What is said over the table: what is measured, or what went wrong."""
        return self._note.text()

    def csv_text(self) -> str:
        """The measurements as CSV, numbers with a point."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(FIELDS)
        for m in self.measurements():
            numbers = (f"{m.psnr:.4f}", f"{m.ssim:.5f}", f"{m.seconds:.4f}", f"{m.speed:.4f}")
            writer.writerow((m.model_id, m.weights, m.scale, *numbers))
        return written.getvalue()

    # The widgets --------------------------------------------------------------------------------

    def _build(self) -> None:
        self._set_up_table()
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
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.chart.setObjectName("scrolled")
        self._scroll.setWidget(self.chart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._note)
        layout.addWidget(self._table, 3)
        layout.addWidget(self._scroll, 4)
        layout.addLayout(foot)

    def _set_up_table(self) -> None:
        table = self._table
        table.setAccessibleName(self.tr("Models and what was measured"))
        table.setHorizontalHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Weights"),
                self.tr("Scale"),
                self.tr("PSNR, dB"),
                self.tr("SSIM"),
                self.tr("Seconds"),
                self.tr("MP/s"),
            ]
        )
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        for column in range(len(FIELDS)):
            title = table.horizontalHeaderItem(column)
            if title is not None:
                title.setTextAlignment(_alignment(column))

    def _connect(self) -> None:
        self._start.clicked.connect(self.measure)
        self._stop.clicked.connect(self.stop)
        self._close.clicked.connect(self._leave)
        self._csv.clicked.connect(self.save_table)
        self._png.clicked.connect(self.save_chart)
        self._table.itemChanged.connect(self._show)
        self._runner.progressed.connect(self._show_progress)
        self._runner.item_finished.connect(self._take)
        self._runner.finished.connect(self._finish)

    def _describe(self, picture: Picture) -> None:
        """Say what is measured and what it does and does not say."""
        text = self.tr(
            "The picture is reduced and enlarged again, so that the true pixels are known. More "
            "PSNR and SSIM mean nearer to them; they do not say which result looks best, nor how "
            "a model treats the noise and the blur of a real small picture."
        )
        whole = Region(0, 0, picture.height, picture.width)
        middle = whole.limited(CROP_PIXELS)
        if middle != whole:
            text += " " + self.tr("Measured on the middle {width} × {height} pixels only.").format(
                width=middle.width, height=middle.height
            )
        set_role(self._note, "muted")
        self._note.setText(text)

    def _list(self) -> None:
        """One row for each model, and one of bicubic before the first of a scale."""
        self._rows = []
        for card in self._cards:
            if (BICUBIC, "", card.scale) not in self._rows:
                self._rows.append((BICUBIC, "", card.scale))
            self._rows.append(_key(card))
        self._table.blockSignals(True)
        self._table.setRowCount(len(self._rows))
        titles = {_key(card): words.model_name(card.title) for card in self._cards}
        for row, key in enumerate(self._rows):
            first = (titles.get(key, self.tr("Bicubic")), words.weights(key[1]))
            texts = (*first, words.factor(key[2]), *[""] * (len(FIELDS) - FIRST_NUMBER))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_alignment(column))
                self._table.setItem(row, column, item)
            if key in titles:
                self._item(row, 0).setCheckState(Qt.CheckState.Checked)
        self._table.blockSignals(False)

    def _show(self) -> None:
        """Write what is known into the table and the chart, and let what is possible be done."""
        locale = self.locale()
        self._table.blockSignals(True)
        for row, key in enumerate(self._rows):
            m = self._measured.get(key)
            texts = [""] * (len(FIELDS) - FIRST_NUMBER)
            if m is not None:
                scores = [locale.toString(m.psnr, "f", 2), locale.toString(m.ssim, "f", 4)]
                texts = [*scores, words.decimal(m.seconds), words.decimal(m.speed)]
            if key[0] == BICUBIC:
                texts[2:] = ["", ""]  # the slow, exact one that the field measures with
            for column, text in enumerate(texts, FIRST_NUMBER):
                self._item(row, column).setText(text)
        self._table.blockSignals(False)
        self.chart.show_measurements(self.measurements())
        busy, known = self._job is not None, bool(self._measured)
        self._start.setEnabled(bool(self.chosen()))
        self._start.setVisible(not busy)
        self._stop.setVisible(busy)
        self._progress.setVisible(busy)
        self._scroll.setVisible(known)
        self._csv.setEnabled(known)
        self._png.setEnabled(known)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self._table.item(row, column)
        assert item is not None
        return item

    # The work -----------------------------------------------------------------------------------

    def _show_progress(self, job: int, progress: Progress) -> None:
        if job == self._job:
            known = progress.stage == MEASURING
            self._progress.setRange(0, progress.total if known else 0)
            self._progress.setValue(progress.done if known else 0)

    def _take(self, job: int, item: object) -> None:
        if job == self._job and isinstance(item, Measurement):
            self._measured[(item.model_id, item.weights, item.scale)] = item
            self._show()

    def _finish(self, job: int, outcome: Outcome) -> None:
        if job != self._job:
            return
        self._job = None
        self._show()
        if outcome.status is Ending.FAILED and outcome.error is not None:
            self._complain(explain(outcome.error).text)

    def _complain(self, text: str) -> None:
        set_role(self._note, "error")
        self._note.setText(text)

    def _leave(self) -> None:
        self.stop()
        self.closed.emit()

    # Files --------------------------------------------------------------------------------------

    def save_table(self) -> None:
        """Ask where, and write the table as CSV."""
        path = self._ask(self.tr("Save the table"), "csv")
        if path:
            self._write(path, self.csv_text().encode())

    def save_chart(self) -> None:
        """Ask where, and write the chart as PNG."""
        path = self._ask(self.tr("Save the chart"), "png")
        if path:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(self.chart.image(self._name))
            self._write(path, bytes(buffer.data().data()))

    def _ask(self, title: str, suffix: str) -> str:
        path, _ = QFileDialog.getSaveFileName(
            self, title, f"quality.{suffix}", f"{suffix.upper()} (*.{suffix})"
        )
        return path

    def _write(self, path: str, content: bytes) -> None:
        """Write beside the file, then rename; the dialog has asked about replacing."""
        file = QSaveFile(path)
        done = file.open(QIODevice.OpenModeFlag.WriteOnly)
        done = done and file.write(content) == len(content) and file.commit()
        if not done:
            self._complain(f"{path}: {file.errorString()}")


def _key(card: ModelCard) -> tuple[str, str, int]:
    return card.id, card.weights, card.scale


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Texts stand at the left of their column, numbers at the right."""
    sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    return sides[column >= FIRST_NUMBER] | Qt.AlignmentFlag.AlignVCenter
