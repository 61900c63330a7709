"""The results of the open picture, newest first, until they are closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...work.results import Result
from ..shared import formatting, model_names
from ..shared.widgets import ElidedLabel, for_text, icon_button

ROW_HEIGHT = 52
LEAST_ROWS = 2  # that are seen without scrolling, where there are so many


class ResultsList(QListWidget):
    """One row per result; the chosen one is what is saved and copied.

    Signals:
        chosen(object): the Result that is chosen now.
        close_requested(object): the Result whose row was closed.
    """

    chosen = Signal(object)
    close_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Results"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for changed in (self.model().rowsInserted, self.model().rowsRemoved):
            changed.connect(self._fit)
        self.currentItemChanged.connect(self._tell)
        self.installEventFilter(self)

    def add(self, result: Result) -> None:
        """Add a result at the top and choose it."""
        item = QListWidgetItem()
        item.setSizeHint(QSize(0, for_text(ROW_HEIGHT, 2)))
        item.setData(Qt.ItemDataRole.UserRole, result)
        self.insertItem(0, item)
        self._write(item)
        self.setCurrentItem(item)

    def _fit(self) -> None:
        """Be high enough for the first rows; the panel scrolls where there is less room."""
        self.setMinimumHeight(min(self.count(), LEAST_ROWS) * for_text(ROW_HEIGHT, 2) + 8)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollToItem(self.currentItem())
        self.updateEditorGeometries()  # the rows would keep the width they had

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for row in range(self.count()):
                self._write(self.item(row))

    def _write(self, item: QListWidgetItem) -> None:
        """Write a result into its row."""
        result: Result = item.data(Qt.ItemDataRole.UserRole)
        name = model_names.made_by(result.model_id, result.title, result.weights, result.percent)
        made = result.picture
        size = formatting.size(made.height, made.width)
        details = size if result.size else formatting.factor(result.scale)
        if result.seconds:
            speed = formatting.speed(result.megapixels_per_second)
            details = " · ".join((details, formatting.duration(result.seconds), speed))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {details}")
        self.setItemWidget(item, self._row(result, name, details))

    def remove(self, result: Result) -> None:
        """Take a result out of the list."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) is result:
                self.takeItem(row)
                return

    def choose(self, result: Result) -> None:
        """Choose a result."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) is result:
                self.setCurrentRow(row)

    def current(self) -> Result | None:
        """Return the chosen result, or None while there is none."""
        item = self.currentItem()
        result = item.data(Qt.ItemDataRole.UserRole) if item else None
        return result if isinstance(result, Result) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            result = self.current()
            if event.key() == Qt.Key.Key_Delete and result is not None:
                self.close_requested.emit(result)
                return True
        return super().eventFilter(watched, event)

    def _row(self, result: Result, name: str, details: str) -> QWidget:
        row = QWidget()
        close = icon_button("close", self.tr("Close this result"), 14)
        close.clicked.connect(lambda: self.close_requested.emit(result))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(name, "strong"))
        texts.addWidget(ElidedLabel(details, "muted"))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.addLayout(texts, 1)
        layout.addWidget(close)
        return row

    def _tell(self) -> None:
        result = self.current()
        if result is not None:
            self.chosen.emit(result)
