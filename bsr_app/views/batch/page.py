"""The batch page: files and folders in, a table of what becomes of them, pause, resume, retry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bsr.engine.batch.plan import Plan
from bsr.engine.batch.tracker import BatchProgress, Summary
from bsr.engine.disk import absolute, is_folder
from bsr.engine.errors import Sentence

from ...qt.job_runner import JobHandle, JobRunner, Outcome, TaskStatus, Worker
from ...work import batch
from ...work import interrupted as unfinished
from ...work.batch import Ended, Interrupted, Options, Started
from ..shared import formatting
from ..shared.notice_bar import NoticeBar
from ..shared.notifier import Notifier
from ..shared.sentences import in_words
from .dry_run import DryRun
from .list import BatchList
from .model import BatchModel, Row, State
from .panel import BatchPanel

if TYPE_CHECKING:
    from bsr.engine.batch.plan import Mode
    from bsr.engine.batch.request import BatchRequest
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import Progress

    from ...qt.settings import Settings

RESULTS_FOLDER = "BSR"


@dataclass(frozen=True)
class _Contents:
    """What the list held before files were taken out of it."""

    rows: tuple[Row, ...]
    inputs: tuple[Path, ...]
    without: tuple[Path, ...]
    output: Path | None
    begun: bool


class BatchPage(QWidget):
    """Enlarges many pictures.

    Signals:
        open_in_compare(object, object): the Paths of a picture and of its result.
        failed(object): an exception that kept a batch from starting.
        state_changed(): other things can be done now.
        resume_offered(object): an Interrupted can go on; this page asks about it.
        begun(): a batch waits for its turn.
    """

    open_in_compare = Signal(object, object)
    failed = Signal(object)
    resume_offered = Signal(object)
    state_changed = Signal()
    begun = Signal()

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._catalog, self._settings = runner, catalog, settings
        self._inputs: list[Path] = []
        self._without: list[Path] = []
        self._job: JobHandle | None = None
        self._paused = self._begun = False
        self._due: set[str] = set()
        self._space = (0, 0)  # bytes that the results need, and that are free
        self._added: list[Path] = []
        self._begun_with: BatchRequest | None = None
        self.model = BatchModel()
        self.notice = NoticeBar(self)
        self.list = BatchList(self.model, runner, settings, self)
        self.panel = BatchPanel(catalog, settings, self)
        self.dry_run = DryRun(runner, catalog, self)
        self._notifier = Notifier(self)
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def running(self) -> bool:
        """Whether a batch runs or waits for its turn."""
        return self._job is not None

    @property
    def paused(self) -> bool:
        """Whether a batch that was begun waits until it is let go on."""
        return self.running and self._paused

    # What comes in ------------------------------------------------------------------------------

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders; what is there already is looked at again unless a batch runs."""
        named, known = dict.fromkeys(map(absolute, paths)), set(self._inputs)
        fresh = [path for path in named if path not in known]
        if not named or (self.running and not fresh):
            return
        self.notice.dismiss()
        again = self.dry_run.busy or self._added or len(fresh) < len(named)
        self._inputs += fresh
        self._added += fresh
        if self.panel.output() is None:
            first = self._inputs[0]
            chosen = self._settings.preferences.output_folder
            beside = first if is_folder(first) else first.parent
            self.panel.set_output(Path(chosen) if chosen else beside / RESULTS_FOLDER)
        else:
            self._look(self._inputs if again and not self.running else self._added)

    def clear(self) -> None:
        """Empty the table; that can be undone."""
        before = self._contents()
        self._clear()
        self._offer_back(before)

    def _clear(self) -> None:
        if self.running:
            return
        self._inputs, self._without, self._added = [], [], []
        self._begun = False
        self.dry_run.stop()
        self.model.clear()
        self.panel.set_output(None)

    def remove_selected(self) -> None:
        """Take the selected files out of the batch; that can be undone."""
        paths = [row.path for row in self.list.table.selected_rows()]
        if self.running or not paths:
            return
        before, place = self._contents(), self.list.table.first_selected()
        self.model.remove(paths)
        gone = {Path(path) for path in paths}
        self._inputs = [path for path in self._inputs if path not in gone]
        self._without += gone
        if not self.model.rows():
            self._clear()
        self.list.table.stay_at(place)
        self._refresh()
        self._offer_back(before)

    def _contents(self) -> _Contents:
        rows = tuple(self.model.rows())
        folders = tuple(self._inputs), tuple(self._without), self.panel.output()
        return _Contents(rows, *folders, self._begun)

    def _offer_back(self, before: _Contents) -> None:
        """Offer to undo what took files out of the list, until something else is done."""
        gone = len(before.rows) - len(self.model.rows())
        if gone:
            text = self.tr("%n files were taken out of the list.", "", gone)
            undo = self.tr("Undo")
            self.notice.say("info", text, [(undo, lambda: self._restore(before))])
            choice = self.notice.choices()[0]
            # Not its own shortcut, which ends where it says its text in another language.
            QShortcut(QKeySequence.StandardKey.Undo, choice).activated.connect(choice.click)

    def _restore(self, before: _Contents) -> None:
        if self.running:
            return
        self.dry_run.stop()
        self._inputs, self._without = list(before.inputs), list(before.without)
        self._begun = before.begun
        self.panel.show_output(before.output)
        self.model.clear()
        self.model.add(before.rows)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.panel.form.reload()  # models may have come or gone on another page

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._refresh()

    # The batch ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin, or go on with what is still to be done."""
        self._run(Options(self._mode))

    def retry_failed(self) -> None:
        """Do only what failed."""
        self._run(Options("retry"))

    def toggle_pause(self) -> None:
        """Let the batch wait, in the middle of a picture, or go on."""
        if self._job is None:
            return
        self._paused = not self._paused
        (self._job.pause if self._paused else self._job.resume)()
        self.panel.show_paused(self._paused)
        self.model.set_paused(self._paused)
        self.state_changed.emit()

    def cancel(self) -> None:
        """Stop the batch; it can go on later."""
        if self._job is not None:
            self.panel.show_stopping()
            self._job.cancel()

    def resume(self, interrupted: Interrupted) -> None:
        """Go on with a batch that was interrupted, unless another one runs."""
        if self.running:
            return
        request = interrupted.request
        self.model.clear()
        self._inputs, self._without = list(request.inputs), list(request.without)
        self.panel.show_request(request)
        self._begun, self._begun_with = True, request
        self._run(Options("resume"), request)

    def look_for_interrupted(self) -> None:
        """Look for batches that were interrupted, and offer to go on with the first."""
        search = self._runner.submit(batch.interrupted_batches, worker=Worker.IO)
        search.finished.connect(lambda outcome: self._offer(outcome.value or []))

    def _run(self, options: Options, request: BatchRequest | None = None) -> None:
        """Begin with what is asked for now, or with what was asked for when a batch was begun."""
        request = request or self._request()
        if request is None or not self._inputs or self.running:
            return
        self._begun_with = request
        preferences = self._settings.preferences
        options = replace(
            options,
            threads=preferences.threads,
            memory_limit=preferences.memory_limit,
            gentle=self.panel.gentle.isChecked(),
        )
        self.dry_run.stop()
        self._added = []  # the batch looks at them itself
        self.notice.dismiss()
        self.panel.begin()
        self.begun.emit()
        self._paused = False
        self.model.set_paused(False)
        waiting = (row.path for row in self.model.rows() if row.state is State.WAITING)
        self._due = set() if options.mode == "retry" else set(waiting)
        self._job = self._runner.submit(
            lambda context: batch.run(request, self._catalog, options, context)
        )
        self._job.progressed.connect(self.panel.show_stage)
        self._job.item_finished.connect(self._take_item)
        self._job.finished.connect(self._take_end)
        self._refresh()

    @property
    def _mode(self) -> Mode:
        """How a start would go on with what was done."""
        return "continue" if self._begun else "new"

    def _request(self, inputs: Sequence[Path] | None = None) -> BatchRequest | None:
        """Return what is asked for; a batch that was begun goes on under its names and quality.

        Args:
            inputs: files and folders, None for all.
        """
        inputs = self._inputs if inputs is None else inputs
        request = self.panel.request(tuple(inputs), tuple(self._without))
        begun = self._begun_with if self._begun else None
        if request is None or begun is None:
            return request
        save = replace(begun.save, format=request.save.format, if_exists=request.save.if_exists)
        return replace(request, template=begun.template, save=save)

    def _look_again(self) -> None:
        """Make the list anew, since other files belong to the batch now."""
        if self._inputs:
            self.notice.dismiss()  # its undo would bring back the folder of the results, too
        self._begun = False
        self.model.clear()
        self._look(self._inputs)

    def _look(self, inputs: Sequence[Path]) -> None:
        """List what the batch would do with these files and folders."""
        request = self._request(inputs)
        if request is not None and inputs:
            self.dry_run.start(request, self._mode)
            self._refresh()

    # What the workers report --------------------------------------------------------------------

    def _show_looking(self, progress: Progress) -> None:
        self.panel.show_state(
            self.tr("Scanning files: {0} of {1}").format(progress.done, progress.total)
        )

    def _take_item(self, item: object) -> None:
        if isinstance(item, Plan):
            self.model.show_plan(item)
            self.model.show_missing(self._due, item)
        elif isinstance(item, Started):
            self.model.change(item.path, state=State.WORKING)
            self.list.table.follow(item.path)
        elif isinstance(item, Ended):
            self.model.show_end(item.path, item.result)
        elif isinstance(item, BatchProgress):
            self.panel.show_progress(item)
        self._show_counts()

    def _show_counts(self) -> None:
        """Say how many files have ended, the same in every place."""
        counts, files = self.model.counts, len(self.model.rows())
        self.list.show_counts()
        self.panel.show_counts(files - counts[State.WAITING] - counts[State.WORKING], files)

    def _take_end(self, outcome: Outcome) -> None:
        self._job = None
        self.panel.end()
        self._end(outcome)
        self._refresh()

    def _show_dry_run(self, plan: Plan) -> None:
        self.model.show_plan(plan)
        self.notice.take_back(self._lacks_room)
        self._take_back_empty()
        self._space = plan.bytes_needed, plan.bytes_free
        if plan.bytes_needed > plan.bytes_free:
            self.notice.say("warning", self._lacks_room)

    def _lacks_room(self) -> str:
        text = self.tr("The results need about {0}, but only {1} are free.")
        return text.format(*map(formatting.data_size, self._space))

    def _take_back_empty(self) -> None:
        """Forget the folders just added that hold no pictures, and say so."""
        held = self.model.held()
        empty = dict.fromkeys(path for path in self._added if str(path) not in held)
        self._added = []
        if not empty:
            return
        self._inputs = [path for path in self._inputs if path not in empty]
        if not self._inputs:
            self._clear()
        none = [Sentence("There are no pictures in {folder}.", folder=path) for path in empty]
        self.notice.say("warning", lambda: " ".join(map(in_words, none)))

    def _end(self, outcome: Outcome) -> None:
        for row in [row for row in self.model.rows() if row.state is State.WORKING]:
            self.model.change(row.path, state=State.WAITING)
        if outcome.error is not None:
            self.failed.emit(outcome.error)
            return
        self._begun = True
        summary = outcome.value
        if outcome.status is not TaskStatus.DONE or not isinstance(summary, Summary):
            return
        kind, text = self._verdict(summary)
        self.notice.say(kind, text)
        if not summary.cancelled:
            self._notifier.tell(self.tr("The batch has ended"), text)

    def _verdict(self, summary: Summary) -> tuple[str, str]:
        if summary.stopped is not None:
            return "error", in_words(summary.stopped)
        failed = self.model.counts[State.FAILED]  # a plan knows nothing of files that are gone
        counts = summary.done, summary.skipped, failed
        if summary.cancelled:
            text = self.tr("Cancelled. {0} done, {1} skipped, {2} failed; {3} remaining.")
            return "info", text.format(*counts, summary.waiting)
        time = formatting.duration(summary.seconds)
        speed = formatting.speed(summary.megapixels / summary.seconds if summary.seconds else 0.0)
        text = self.tr("{0} done, {1} skipped, {2} failed in {3}, {4}")
        return ("warning" if failed else "success"), text.format(*counts, time, speed)

    def _offer(self, interrupted: list[Interrupted]) -> None:
        """Offer to go on with a batch; further ones are offered at later starts."""
        if not interrupted or self.running or self._inputs:
            return
        first = interrupted[0]

        def words() -> str:
            text = self.tr("A batch into {0} was interrupted: {1} done, {2} remaining.").format(
                first.request.output, first.finished, first.waiting
            )
            if first.failed:
                text += " " + self.tr("{0} could not be enlarged.").format(first.failed)
            return text

        self.notice.say(
            "info",
            words,
            [
                (self.tr("Resume"), lambda: self.resume(first)),
                (self.tr("Do not ask again"), lambda: unfinished.forget(first.request.root)),
            ],
        )
        self.resume_offered.emit(first)

    # Building -----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Bring buttons and texts into line with what there is."""
        self.list.refresh(self.running, self.dry_run.busy, self._begun)
        self._set_ready()
        self.state_changed.emit()

    def _set_ready(self) -> None:
        """Name the start button, and let it be pressed where there is something to do."""
        if self.dry_run.busy or self.running:
            return
        waiting = self.model.counts[State.WAITING]
        caption = self.tr("Enlarge %n pictures", "", waiting) if waiting else self.tr("Start")
        ready = waiting > 0 and self._request() is not None
        if self.panel.start.hasFocus() and not ready:
            self.list.table.setFocus()  # a disabled button would hand it to anybody
        self.panel.set_ready(ready, caption)
        self.panel.show_state("" if self._inputs else self.tr("Add pictures or folders first."))

    def _settings_changed(self) -> None:
        self.model.set_size(self.panel.form.size_form.value())
        if self.notice.says(self._lacks_room) and not self.running:
            self._look(self._inputs)  # there may be room now
        self._refresh()

    def _compare(self, row: Row) -> None:
        self.open_in_compare.emit(Path(row.path), Path(row.output))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        page = QHBoxLayout()
        layout.addLayout(page, 1)
        page.setSpacing(0)
        left = QVBoxLayout()
        page.addLayout(left, 1)
        left.setContentsMargins(16, 16, 16, 16)
        left.addWidget(self.list)
        page.addWidget(self.panel)

    def _connect(self) -> None:
        self.dry_run.progressed.connect(self._show_looking)
        self.dry_run.planned.connect(self._show_dry_run)
        self.dry_run.failed.connect(self.failed)
        self.dry_run.ended.connect(self._refresh)
        self.list.paths_added.connect(self.add_paths)
        self.list.retry_requested.connect(self.retry_failed)
        self.list.remove_requested.connect(self.remove_selected)
        self.list.clear_requested.connect(self.clear)
        self.list.compare_requested.connect(self._compare)
        self.list.selection_changed.connect(self._refresh)
        self.panel.start_requested.connect(self.start)
        self.panel.pause_requested.connect(self.toggle_pause)
        self.panel.cancel_requested.connect(self.cancel)
        self.panel.changed.connect(self._settings_changed)
        self.panel.files_changed.connect(self._look_again)
