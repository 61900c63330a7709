"""The files of a batch as a table: light rows, looked up by path, changed one at a time."""

from __future__ import annotations

import os
from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QPixmap

from bsr.engine.errors import Sentence
from bsr.engine.jobs.job import JobStatus
from bsr.engine.upscaling.goal import Goal, GoalOutOfReach
from bsr.engine.upscaling.tiles import output_size

from ...qt.theme import colours
from ..shared import formatting
from ..shared.sentences import in_words

if TYPE_CHECKING:
    from bsr.engine.batch.naming import Item
    from bsr.engine.batch.plan import Plan
    from bsr.engine.jobs.job import JobResult

PICTURE, SIZE, STATE, SECONDS, REASON = range(5)
ROW_ROLE = Qt.ItemDataRole.UserRole
MAX_THUMBNAILS = 512
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class State(StrEnum):
    """What has become of a file."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


_STATES = {
    JobStatus.DONE: State.DONE,
    JobStatus.SKIPPED: State.SKIPPED,
    JobStatus.FAILED: State.FAILED,
    JobStatus.CANCELLED: State.WAITING,
}


@dataclass(slots=True)
class Row:
    """One file; there may be very many.

    Attributes:
        path: absolute path of the picture.
        height: of the picture, 0 where it is unknown.
        width: of the picture.
        state: what has become of it.
        seconds: that it took.
        reason: why it failed or was skipped.
        output: the result, "" where there is none.
    """

    path: str
    height: int = 0
    width: int = 0
    state: State = State.WAITING
    seconds: float = 0.0
    reason: str = ""
    output: str = ""


class BatchModel(QAbstractTableModel):
    """The table; every row has its own path."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[State] = Counter()
        self._rows: list[Row] = []
        self._numbers: dict[str, int] = {}
        self._thumbnails: OrderedDict[str, QPixmap] = OrderedDict()
        self._size: float | Goal = 4.0
        self._paused = False

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Picture"),
            self.tr("Size in pixels"),
            self.tr("State"),
            self.tr("Time"),
            self.tr("Reason"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE:
            return QColor(_colour(row.state))
        if role == Qt.ItemDataRole.ToolTipRole:
            tips = {PICTURE: row.path, REASON: in_words(row.reason), STATE: row.output}
            return formatting.tool_tip(tips.get(index.column(), "")) or None
        if role == ROW_ROLE:
            return row
        return None

    def rows(self) -> Sequence[Row]:
        """Return all rows, in order; they are changed through this model only."""
        return self._rows

    def row(self, path: str) -> Row | None:
        """Return the row of a file, or None."""
        number = self._numbers.get(path)
        return None if number is None else self._rows[number]

    def number(self, path: str) -> int | None:
        """Return the number of a file's row, or None."""
        return self._numbers.get(path)

    def held(self) -> set[str]:
        """Return the paths of all files, and of all folders that they lie in."""
        held: set[str] = set()
        for file in self._numbers:
            path = file
            while path not in held:
                held.add(path)
                path = os.path.dirname(path)  # noqa: PTH120  there may be very many rows
        return held

    def add(self, rows: Iterable[Row]) -> None:
        """Append the rows whose paths are not there yet."""
        fresh = {row.path: row for row in rows if row.path not in self._numbers}
        if not fresh:
            return
        first = len(self._rows)
        self.beginInsertRows(NOWHERE, first, first + len(fresh) - 1)
        self._rows.extend(fresh.values())
        self._numbers.update((path, first + i) for i, path in enumerate(fresh))
        self.counts.update(row.state for row in fresh.values())
        self.endInsertRows()

    def change(self, path: str, **values: Any) -> None:
        """Set fields of the row of a file, if it is there."""
        number = self._numbers.get(path)
        if number is None:
            return
        row = self._rows[number]
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        self.counts[row.state] -= 1
        for name, value in values.items():
            setattr(row, name, value)
        self.counts[row.state] += 1
        self.dataChanged.emit(self.index(number, 0), self.index(number, REASON))

    def show_plan(self, plan: Plan) -> None:
        """Bring the table into line with a plan; rows of files that are gone stay."""
        exists, before = Sentence("A result exists already."), Sentence("Done earlier.")
        parts: tuple[tuple[list[Item], State, str], ...] = (
            (plan.items, State.WAITING, ""),
            (plan.skipped, State.SKIPPED, exists),
            (plan.finished, State.DONE, before),
        )
        reasons = {
            item.input: Sentence(
                "The name was taken; the result becomes {file}.", file=PurePath(item.output).name
            )
            for item in plan.renamed
        }
        rows = []
        for items, state, usual in parts:
            for item in items:
                output = "" if state is State.WAITING else item.output
                reason = reasons.get(item.input, usual)
                known = self.row(item.input)
                if known is None:
                    row = Row(item.input, item.height, item.width, state, 0.0, reason, output)
                    rows.append(row)
                elif state is State.WAITING or known.state is not State.DONE:
                    self._correct(known, item, state, reason)
        for out in plan.rejected:
            known = self.row(out.path)
            if known is not None and known.state is not State.DONE:
                self.change(out.path, state=State.FAILED, reason=out.reason)
            elif known is None and out.failed:
                rows.append(Row(out.path, state=State.FAILED, reason=out.reason))
        self.add(sorted(rows, key=lambda row: row.path))

    def show_missing(self, due: Iterable[str], plan: Plan) -> None:
        """Say of files that were to be done that the plan of a run does not find them any more."""
        found = {item.input for item in (*plan.items, *plan.skipped, *plan.finished)}
        found.update(out.path for out in plan.rejected)
        for path in set(due) - found:
            self.change(path, state=State.FAILED, reason=Sentence("It is no longer there."))

    def show_end(self, path: str, result: JobResult) -> None:
        """Write what has become of a file into its row."""
        self.change(
            path,
            state=_STATES[result.status],
            seconds=result.seconds,
            reason=result.error or "",
            output="" if result.output is None else str(result.output),
        )

    def remove(self, paths: Iterable[str]) -> None:
        """Take files out of the table."""
        gone = set(paths)
        self._replace([row for row in self._rows if row.path not in gone])

    def clear(self) -> None:
        """Take everything out."""
        self._replace([])

    def set_paused(self, paused: bool) -> None:
        """Say of the files in work that they wait."""
        self._paused = paused
        for number, row in enumerate(self._rows):
            if row.state is State.WORKING:
                self.dataChanged.emit(self.index(number, STATE), self.index(number, STATE))

    def set_size(self, size: float | Goal) -> None:
        """Show the sizes of results for another scale or goal."""
        self._size = size
        if self._rows:
            self.dataChanged.emit(self.index(0, SIZE), self.index(len(self._rows) - 1, SIZE))

    def thumbnail(self, path: str) -> QPixmap | None:
        """Return a thumbnail that was set, a null one where there can be none; else None."""
        return self._thumbnails.get(path)

    def set_thumbnail(self, path: str, pixmap: QPixmap) -> None:
        """Keep a thumbnail; the oldest ones are let go."""
        self._thumbnails[path] = pixmap
        while len(self._thumbnails) > MAX_THUMBNAILS:
            self._thumbnails.popitem(last=False)
        number = self._numbers.get(path)
        if number is not None:
            self.dataChanged.emit(self.index(number, PICTURE), self.index(number, PICTURE))

    def _correct(self, row: Row, item: Item, state: State, reason: str) -> None:
        """Bring a row into line with a plan, where it is not."""
        if row.state is state and item.width <= row.width:
            return
        output = "" if state is State.WAITING else item.output
        sides = {"height": item.height, "width": item.width} if item.width else {}
        self.change(row.path, state=state, reason=reason, output=output, **sides)

    def _replace(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self._numbers = {row.path: number for number, row in enumerate(rows)}
        self.counts = Counter(row.state for row in rows)
        self.endResetModel()

    def _text(self, row: Row, column: int) -> str:
        if column == PICTURE:
            return PurePath(row.path).name
        if column == SIZE and row.width:
            return self._sizes(row)
        if column == STATE:
            return self._state(row.state)
        if column == SECONDS and row.state is State.DONE and row.seconds:
            return formatting.duration(row.seconds)
        return short_reason(row) if column == REASON else ""

    def _sizes(self, row: Row) -> str:
        before = formatting.size(row.height, row.width)
        try:
            size = self._size
            scale = size.scale(row.height, row.width) if isinstance(size, Goal) else size
        except GoalOutOfReach:
            return before
        return f"{before} → {formatting.size(*output_size(row.height, row.width, scale))}"

    def _state(self, state: State) -> str:
        return {
            State.WAITING: self.tr("Waiting"),
            State.WORKING: self.tr("Paused") if self._paused else self.tr("In progress"),
            State.DONE: self.tr("Done"),
            State.SKIPPED: self.tr("Skipped"),
            State.FAILED: self.tr("Failed"),
        }[state]


class StateFilter(QSortFilterProxyModel):
    """Lets only the rows in some states through."""

    def __init__(self, model: BatchModel) -> None:
        super().__init__()
        self._model = model
        self._wanted = frozenset(State)
        self.setSourceModel(model)

    def set_wanted(self, states: Iterable[State]) -> None:
        """Show the rows in these states."""
        self._wanted = frozenset(states)
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        return self._model.rows()[source_row].state in self._wanted


def short_reason(row: Row) -> str:
    """Return the reason without the file's path, which stands in the same row."""
    rest = in_words(row.reason).removeprefix(row.path).lstrip(": ")
    return rest[:1].upper() + rest[1:]


def _colour(state: State) -> str:
    current = colours()
    return {
        State.WAITING: current.muted,
        State.WORKING: current.link,
        State.DONE: current.success,
        State.SKIPPED: current.muted,
        State.FAILED: current.error,
    }[state]
