"""The table of models: which to measure, and what was measured."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ...work.model_comparison import BICUBIC, Measurement
from ..shared import formatting, model_names

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog

FIRST_NUMBER = 3
FIELDS = ("model", "weights", "scale", "psnr_db", "ssim", "seconds", "megapixels_per_second")

Key = tuple[str, str, int]


class QualityTable(QTableWidget):
    """One row for each model, and one of bicubic before the first of a scale.

    Signals:
        ticked(): the user chose or left out a model.
    """

    ticked = Signal()

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(0, len(FIELDS))
        self._catalog = catalog
        self._rows: list[Key] = []
        self._cards: list[ModelCard] = []
        self._measured: dict[Key, Measurement] = {}
        self.setAccessibleName(self.tr("Models and what was measured"))
        self._write_head()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.itemChanged.connect(self.ticked)

    def list_models(self, cards: Sequence[ModelCard]) -> None:
        """Show other models, all ticked and none measured."""
        self._cards = sorted(cards, key=lambda card: (card.scale, self._catalog.list_order(card)))
        self._measured = {}
        self._rows = []
        for card in self._cards:
            if (BICUBIC, "", card.scale) not in self._rows:
                self._rows.append((BICUBIC, "", card.scale))
            self._rows.append(_key(card))
        self.blockSignals(True)
        self.setRowCount(len(self._rows))
        for row, key in enumerate(self._rows):
            for column in range(len(FIELDS)):
                item = QTableWidgetItem()
                item.setTextAlignment(_alignment(column))
                self.setItem(row, column, item)
            if key[0] != BICUBIC:
                self._item(row, 0).setCheckState(Qt.CheckState.Checked)
        self._write_names()
        self.blockSignals(False)

    def chosen(self) -> list[ModelCard]:
        """Return the models whose box is ticked."""
        return [
            card
            for card in self._cards
            if self._item(self._rows.index(_key(card)), 0).checkState() is Qt.CheckState.Checked
        ]

    def forget(self) -> None:
        """Take all measurements away."""
        self._measured = {}
        self._write()

    def add(self, measured: Measurement) -> None:
        """Write a measurement into its row."""
        self._measured[(measured.model_id, measured.weights, measured.scale)] = measured
        self._write()

    def measurements(self) -> list[Measurement]:
        """Return what was measured, in the table's order."""
        return [self._measured[row] for row in self._rows if row in self._measured]

    def csv_text(self) -> str:
        """Return the measurements as CSV, numbers with a point."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(FIELDS)
        for m in self.measurements():
            scores = f"{m.psnr:.4f}", f"{m.ssim:.5f}"
            speed = f"{m.seconds:.4f}", f"{m.megapixels_per_second:.4f}"
            writer.writerow((m.model_id, m.weights, m.scale, *scores, *speed))
        return written.getvalue()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.blockSignals(True)
            self._write_head()
            self._write_names()
            self._write()

    def _write_head(self) -> None:
        titles = (
            self.tr("Model"),
            self.tr("Weights"),
            self.tr("Scale"),
            self.tr("PSNR, dB"),
            self.tr("SSIM"),
            self.tr("Seconds"),
            self.tr("MP/s"),
        )
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_alignment(column))
            self.setHorizontalHeaderItem(column, item)

    def _write_names(self) -> None:
        titles = {_key(card): model_names.model_name(card.id, card.title) for card in self._cards}
        for row, key in enumerate(self._rows):
            name = titles.get(key, self.tr("Bicubic"))
            texts = (name, model_names.weights(key[1]), formatting.factor(key[2]))
            for column, text in enumerate(texts):
                self._item(row, column).setText(text)

    def _write(self) -> None:
        locale = self.locale()
        self.blockSignals(True)
        for row, key in enumerate(self._rows):
            m = self._measured.get(key)
            texts = [""] * (len(FIELDS) - FIRST_NUMBER)
            if m is not None:
                scores = [locale.toString(m.psnr, "f", 2), locale.toString(m.ssim, "f", 4)]
                texts = [*scores, *map(formatting.decimal, (m.seconds, m.megapixels_per_second))]
            if key[0] == BICUBIC:
                texts[2:] = ["", ""]  # the slow, exact one that the field measures with
            for column, text in enumerate(texts, FIRST_NUMBER):
                self._item(row, column).setText(text)
        self.blockSignals(False)
        self.viewport().update()

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item


def _key(card: ModelCard) -> Key:
    return card.id, card.weights, card.scale


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Put texts at the left of their column, numbers at the right."""
    sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    return sides[column >= FIRST_NUMBER] | Qt.AlignmentFlag.AlignVCenter
