"""The left side of the batch page: an invitation while it is empty, then the table with its bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ...qt.job_runner import JobRunner
from ..shared.choosing import choose_folder, choose_pictures
from ..shared.widgets import LargeIcon, Segments, button, icon_button, label
from .model import BatchModel, Row, State
from .table import BatchTable

if TYPE_CHECKING:
    from ...qt.settings import Settings

HINT_WIDTH = 376
NARROW = 560  # here the buttons are icons only
FILTER_WIDTH = 344
FILTERS = {
    "all": frozenset(State),
    "waiting": frozenset({State.WAITING, State.WORKING}),
    "done": frozenset({State.DONE, State.SKIPPED}),
    "failed": frozenset({State.FAILED}),
}


class BatchList(QStackedWidget):
    """Shows the files of a batch.

    Signals:
        paths_added(object): a list of Path that the user chose.
        retry_requested(), remove_requested(), clear_requested(): the user pressed the button.
        compare_requested(object): the Row of a result that the user wants to see.
        selection_changed(): other rows are selected.
    """

    paths_added = Signal(object)
    retry_requested = Signal()
    remove_requested = Signal()
    clear_requested = Signal()
    compare_requested = Signal(object)
    selection_changed = Signal()

    def __init__(
        self,
        model: BatchModel,
        runner: JobRunner,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._settings = model, settings
        self.table = BatchTable(model, runner)
        self._make_bar()
        self._make_empty()
        self._lay_out()
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for control in (self.add_files, self.add_folder, self.retry, self.compare):
            name = control.accessibleName()
            control.setText("" if self.width() < NARROW else name)
            control.setToolTip(name)

    def refresh(self, running: bool, listing: bool, begun: bool) -> None:
        """Bring buttons and texts into line with what there is.

        Args:
            running: whether a batch runs.
            listing: whether files are being looked for.
            begun: whether a batch has run, so that what failed can be tried again.
        """
        any_rows = bool(self._model.rows())
        self.setCurrentIndex(1 if any_rows or running or listing else 0)
        self.remove.setEnabled(self.table.selectionModel().hasSelection() and not running)
        self.clear.setEnabled(any_rows and not running)
        self.compare.setEnabled(self._comparable() is not None)
        self.show_counts()
        self.retry.setEnabled(self._model.counts[State.FAILED] > 0 and begun and not running)

    def show_counts(self) -> None:
        """Say how many files are in which state."""
        counts = self._model.counts
        waiting = counts[State.WAITING] + counts[State.WORKING]
        texts = {
            "all": self.tr("All {0}").format(len(self._model.rows())),
            "waiting": self.tr("Waiting {0}").format(waiting),
            "done": self.tr("Done {0}").format(counts[State.DONE] + counts[State.SKIPPED]),
            "failed": self.tr("Failed {0}").format(counts[State.FAILED]),
        }
        for key, text in texts.items():
            self.filter.set_text(key, text)

    def _show_only(self, key: str) -> None:
        """Show the files of one of FILTERS."""
        self.table.filter.set_wanted(FILTERS[key])
        self.selection_changed.emit()

    def _comparable(self) -> Row | None:
        """Return the selected row, if it is the only one and has a result."""
        row = self.table.only_selected()
        return row if row is not None and row.state is State.DONE and row.output else None

    def _compare(self) -> None:
        row = self._comparable()
        if row is not None:
            self.compare_requested.emit(row)

    def _choose_files(self) -> None:
        paths = choose_pictures(self, self.tr("Add pictures"), self._settings)
        if paths:
            self.paths_added.emit(paths)

    def _choose_folder(self) -> None:
        folder = choose_folder(self, self.tr("Add a folder"), self._settings)
        if folder is not None:
            self.paths_added.emit([folder])

    def _make_bar(self) -> None:
        self.add_files = button(self.tr("Add pictures…"), "plus")
        self.add_folder = button(self.tr("Add folder…"), "folder")
        self.filter = Segments([(key, "") for key in FILTERS], self.tr("Files shown"))
        self.filter.setMinimumWidth(FILTER_WIDTH)
        self.retry = button(self.tr("Retry failed"), "retry")
        self.compare = button(self.tr("Compare"), "split")
        for control in (self.add_files, self.add_folder, self.retry, self.compare):
            control.setAccessibleName(control.text())
        self.remove = icon_button("remove", self.tr("Remove the selected files from the list"))
        self.clear = icon_button("close", self.tr("Empty the list"))

    def _make_empty(self) -> None:
        self.drop_area = QFrame(self)
        self.drop_area.setObjectName("dropArea")
        picture = LargeIcon("batch")
        title = label(self.tr("Drop folders or pictures here"), "title", wrap=True)
        hint = label(
            self.tr(
                "All of them are enlarged, one after the other. An interrupted batch "
                "continues where it stopped, and one bad file never stops the rest."
            ),
            "muted",
            wrap=True,
        )
        hint.setFixedSize(HINT_WIDTH, hint.heightForWidth(HINT_WIDTH))
        self.first_files = button(self.tr("Add pictures…"), "plus")
        self.first_folder = button(self.tr("Add a folder…"), "folder", primary=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.first_folder)
        buttons.addWidget(self.first_files)
        buttons.addStretch(1)
        layout = QVBoxLayout(self.drop_area)
        layout.setSpacing(8)
        layout.addStretch(1)
        for text in (picture, title, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(picture)
        layout.addWidget(title)
        layout.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.add_files)
        bar.addWidget(self.add_folder)
        bar.addStretch(1)
        bar.addWidget(self.compare)
        bar.addWidget(self.remove)
        bar.addWidget(self.clear)
        choice = QHBoxLayout()
        choice.addWidget(self.filter)
        choice.addStretch(1)
        choice.addWidget(self.retry)
        filled = QWidget(self)
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addLayout(choice)
        column.addWidget(self.table, 1)
        self.addWidget(self.drop_area)
        self.addWidget(filled)

    def _connect(self) -> None:
        for control, work in (
            (self.add_files, self._choose_files),
            (self.first_files, self._choose_files),
            (self.add_folder, self._choose_folder),
            (self.first_folder, self._choose_folder),
            (self.compare, self._compare),
            (self.retry, self.retry_requested.emit),
            (self.remove, self.remove_requested.emit),
            (self.clear, self.clear_requested.emit),
        ):
            control.clicked.connect(lambda _=False, work=work: work())
        self.filter.chosen.connect(self._show_only)
        self.table.remove_requested.connect(self.remove_requested)
        self.table.doubleClicked.connect(lambda _: self._compare())
        self.table.selectionModel().selectionChanged.connect(
            lambda *_: self.selection_changed.emit()
        )
