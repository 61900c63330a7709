"""The table of the batch page; thumbnails are made only for the rows that are seen."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ...qt.job_runner import JobHandle, JobRunner, Worker
from ...qt.theme import colours, icon
from ...work.thumbnails import make_thumbnails
from . import model as batch_model
from .model import ROW_ROLE, BatchModel, Row, StateFilter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROW_HEIGHT = 56
PICTURE_SIDE = 40
SETTLE_MILLISECONDS = 80
WIDTHS = {
    batch_model.SIZE: 200,
    batch_model.STATE: 120,
    batch_model.SECONDS: 72,
    batch_model.REASON: 192,
}
# Below this width a column gives its place to the names.
NEEDED = {batch_model.SECONDS: 560, batch_model.REASON: 720}


class BatchTable(QTableView):
    """Shows the rows of a BatchModel.

    Signals:
        remove_requested(): the user pressed Delete.
    """

    remove_requested = Signal()

    def __init__(self, model: BatchModel, runner: JobRunner) -> None:
        super().__init__()
        self.filter = StateFilter(model)
        self._model, self._runner = model, runner
        self._job: JobHandle | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MILLISECONDS)
        self._settled.timeout.connect(self._want_thumbnails)
        self.setModel(self.filter)
        self.setItemDelegateForColumn(batch_model.PICTURE, _PictureDelegate(self, model))
        self.setAccessibleName(self.tr("Files of the batch"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._set_up_columns()
        self.verticalScrollBar().valueChanged.connect(self._settled.start)
        for signal in (self.filter.rowsInserted, self.filter.modelReset, self.filter.rowsRemoved):
            signal.connect(self._settled.start)

    def selected_rows(self) -> list[Row]:
        """Return the selected rows, from top to bottom."""
        chosen = self.selectionModel().selectedRows()
        return [index.data(ROW_ROLE) for index in sorted(chosen, key=QModelIndex.row)]

    def only_selected(self) -> Row | None:
        """Return the selected row, None where none or several are; no other row is looked at."""
        ranges = self.selectionModel().selection()
        if ranges.count() == 1 and ranges.first().height() == 1:
            row: Row = ranges.first().topLeft().data(ROW_ROLE)
            return row
        return None

    def first_selected(self) -> int:
        """Return the number of the first selected row, 0 where none is."""
        return min((index.row() for index in self.selectionModel().selectedRows()), default=0)

    def stay_at(self, row: int) -> None:
        """Be at a row of the table, or at the last one, without selecting it."""
        index = self.filter.index(min(row, self.filter.rowCount() - 1), 0)
        no_change = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(index, no_change)

    def follow(self, path: str) -> None:
        """Bring a row into sight, unless the user has rows selected."""
        number = self._model.number(path)
        if number is not None and not self.selectionModel().hasSelection():
            self.scrollTo(self.filter.mapFromSource(self._model.index(number, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, width in NEEDED.items():
            self.setColumnHidden(column, self.viewport().width() < width)
        self._settled.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def _set_up_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(64)
        header.setSectionResizeMode(batch_model.PICTURE, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    def _want_thumbnails(self) -> None:
        """Ask for the thumbnails of the rows that are seen; rows out of view are skipped."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = self.filter.rowCount() - 1 if last < 0 else last
        rows = [self.filter.index(number, 0).data(ROW_ROLE) for number in range(first, last + 1)]
        paths = [Path(row.path) for row in rows if self._model.thumbnail(row.path) is None]
        if self._job is not None:
            self._job.abandon()
        if paths:
            side = round(PICTURE_SIDE * self.devicePixelRatioF())
            self._job = self._runner.submit(
                lambda context: make_thumbnails(paths, side, context), worker=Worker.IO
            )
            self._job.item_finished.connect(self._take_thumbnail)

    def _take_thumbnail(self, item: tuple[Path, NDArray[np.uint8] | None]) -> None:
        from ...qt.images import thumbnail_to_qimage

        path, pixels = item
        pixmap = QPixmap()
        if pixels is not None:
            pixmap = QPixmap.fromImage(thumbnail_to_qimage(pixels))
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._model.set_thumbnail(str(path), pixmap)


class _PictureDelegate(QStyledItemDelegate):
    """Draws the thumbnail, the name, and below it the folder, or the reason of a failure."""

    def __init__(self, view: BatchTable, model: BatchModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        current = colours()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(current.accent_soft))
        picture = QRect(0, 0, PICTURE_SIDE, PICTURE_SIDE)
        picture.moveCenter(rect.center())
        picture.moveLeft(rect.left() + 8)
        self._draw_thumbnail(painter, picture, row.path)
        text = rect.adjusted(PICTURE_SIDE + 20, 8, -8, -8)
        path = PurePath(row.path)
        half = text.height() // 2
        font = QFont(painter.font())
        name = QRect(text.left(), text.top(), text.width(), half)
        _draw_line(painter, name, path.name, current.text)
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        below = QRect(text.left(), text.top() + half, text.width(), half)
        if row.reason and self._view.isColumnHidden(batch_model.REASON):
            colour = current.error if row.state is batch_model.State.FAILED else current.muted
            _draw_line(painter, below, batch_model.short_reason(row), colour)
        else:
            _draw_line(painter, below, str(path.parent), current.muted)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def _draw_thumbnail(self, painter: QPainter, place: QRect, path: str) -> None:
        pixmap = self._model.thumbnail(path)
        if pixmap is None or pixmap.isNull():
            icon("picture").paint(painter, place.adjusted(8, 8, -8, -8))
            return
        size = pixmap.deviceIndependentSize().toSize()
        target = QRect(
            place.topLeft(), size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        target.moveCenter(place.center())
        painter.drawPixmap(target, pixmap)


def _draw_line(painter: QPainter, rect: QRect, text: str, colour: str) -> None:
    """Draw one line of text, shortened in the middle; file names may hold line breaks."""
    line = " ".join(text.splitlines())
    shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, rect.width())
    painter.setPen(QColor(colour))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
