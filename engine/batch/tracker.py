"""Tracks a batch: each file's outcome in the journal, the summary and the progress."""

from __future__ import annotations

import errno
import math
import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk import Seal
from ..errors import Sentence, Stopped, system_reason
from ..jobs.job import JobResult, JobStatus
from .journal import Journal
from .journal_lines import DONE, FAILED, SKIPPED, WRITING, Entry
from .naming import Item
from .plan import Plan

if TYPE_CHECKING:
    from ..progress import CancelToken

FULL = (errno.ENOSPC, errno.EDQUOT)
MEGA = 10**6


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is.

    Attributes:
        files_done: files that are finished, failed or skipped in this run.
        files: all files of this run.
        pixels_done: pixels of the inputs that are done, the current one's share included.
        pixels: pixels of all inputs of this run, as far as they are known.
        seconds_left: until the end at the speed so far, None while that is unknown.
        current: the file in work.
    """

    files_done: int
    files: int
    pixels_done: int
    pixels: int
    seconds_left: float | None
    current: str


@dataclass
class Summary:
    """The outcome of a batch.

    Attributes:
        done: files enlarged in this run.
        skipped: files whose result existed.
        failed: files that could not be enlarged, with what could not even be looked at.
        finished: files that an earlier run had finished.
        waiting: files that are still to be done.
        several_frames: files of which only the first of several frames was enlarged.
        seconds: that the run took, pauses not counted.
        megapixels: of all results of this run.
        failures: (path, reason) of each failure.
        stopped: why the run ended early, or None.
        cancelled: whether it was cancelled.
    """

    done: int = 0
    skipped: int = 0
    failed: int = 0
    finished: int = 0
    waiting: int = 0
    several_frames: int = 0
    seconds: float = 0.0
    megapixels: float = 0.0
    failures: list[tuple[str, str]] = field(default_factory=list)
    stopped: str | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class BatchCallbacks:
    """Callbacks of a batch: called from several threads, but never concurrently.

    Attributes:
        started: called with the index of an item.
        finished: called with the index of an item and the outcome.
        progress: called with a BatchProgress.
    """

    started: Callable[[int], None] = lambda index: None
    finished: Callable[[int, JobResult], None] = lambda index, result: None
    progress: Callable[[BatchProgress], None] = lambda progress: None


class BatchTracker:
    """Records what happens to the files of a plan: in the journal, the summary, the progress."""

    def __init__(
        self, plan: Plan, journal: Journal, callbacks: BatchCallbacks, cancel: CancelToken
    ) -> None:
        """Start tracking; nothing is written yet.

        Args:
            plan: what is to be done.
            journal: of the output folder.
            callbacks: what to call.
            cancel: knows how long the work was paused.
        """
        self.plan = plan
        self.summary = Summary(skipped=len(plan.skipped), finished=len(plan.finished))
        self.summary.waiting = len(plan.items)
        self._journal = journal
        self._callbacks = callbacks
        self._cancel = cancel
        self._began = time.perf_counter()
        self._pixels = sum(item.height * item.width for item in plan.items)
        self._pixels_done = 0
        self._current = ""

    def open(self) -> None:
        """Write the plan into the journal.

        Raises:
            Stopped: it cannot be written.
        """
        for out in self.plan.rejected:
            if out.failed:
                self._fail(out.path, Sentence("{file}: {reason}", file=out.path, reason=out.reason))
        self._write(self.plan.new_entries(), head=self.plan.begins_run)

    def start(self, index: int) -> None:
        """Note that an item is in work, if there is room for its result.

        Raises:
            Stopped: there is none, or the output folder is gone.
        """
        self.check_folder()
        item, folder = self.plan.items[index], self._journal.folder
        free = shutil.disk_usage(folder).free
        if free < item.bytes:
            raise Stopped(
                "{file} needs about {needed} MB in {folder}, and {free} MB are free. Make room, "
                "then resume: what is finished is not done again.",
                file=item.input,
                needed=math.ceil(item.bytes / MEGA),
                folder=folder,
                free=free // MEGA,
            )
        self._current = item.input
        self._callbacks.started(index)
        self.report_progress(index, 0.0)

    def report_progress(self, index: int, share: float) -> None:
        """Report how much of an item is done, 0..1."""
        item = self.plan.items[index]
        done = self._pixels_done + round(share * item.height * item.width)
        left = self._seconds() * (self._pixels - done) / done if done else None
        files = len(self.plan.items)
        finished = files - self.summary.waiting
        progress = BatchProgress(finished, files, done, self._pixels, left, self._current)
        self._callbacks.progress(progress)

    def mark_computed(self, index: int) -> None:
        """Note that the computing of an item is over, well or not."""
        item = self.plan.items[index]
        self._pixels_done += item.height * item.width
        self.report_progress(index, 0.0)

    def mark_writing(self, index: int, output: Path, seal: Seal | None) -> None:
        """Note that the result of an item is about to get its name.

        Args:
            index: of the item in the plan.
            output: the name.
            seal: by what the result is known, or None where that is not known here.

        Raises:
            Stopped: the output folder is gone, or the journal cannot be written.
        """
        self.check_folder()
        item = self.plan.items[index]
        size, digest = seal or (0, None)
        name = self.plan.relative(output)
        entry = Entry(item.input, WRITING, name, bytes=size, sha256=digest)
        self._write([entry], flush=False)

    def record_result(self, index: int, result: JobResult, source: tuple[int, int] | None) -> None:
        """Record the outcome of an item.

        Args:
            index: of the item in the plan.
            result: the outcome; a cancelled one stays waiting.
            source: fingerprint of the input before it was read.

        Raises:
            Stopped: it failed since the disk is full or the output folder is gone; the item
                stays waiting.
        """
        if result.status is JobStatus.CANCELLED:
            return
        if result.status is JobStatus.FAILED:
            self.check_folder()
            if result.errno in FULL:
                raise self._disk_full()
        item = self.plan.items[index]
        self._write([self._entry(item, result, source)])
        summary = self.summary
        summary.waiting -= 1
        if result.status is JobStatus.DONE:
            summary.done += 1
            summary.megapixels += result.megapixels
            summary.several_frames += result.frames != 1
        elif result.status is JobStatus.SKIPPED:
            summary.skipped += 1
        else:
            self._fail(item.input, result.error or "")
        self._callbacks.finished(index, result)

    def close(self) -> Summary:
        """Return the summary."""
        self.summary.seconds = self._seconds()
        return self.summary

    def _entry(self, item: Item, result: JobResult, source: tuple[int, int] | None) -> Entry:
        states = {JobStatus.DONE: DONE, JobStatus.SKIPPED: SKIPPED, JobStatus.FAILED: FAILED}
        output = result.output or Path(item.output)
        size, digest = result.seal or (0, None)
        return Entry(
            item.input,
            states[result.status],
            self.plan.relative(output),
            source=source,
            bytes=size,
            seconds=round(result.seconds, 3),
            megapixels=round(result.megapixels, 6),
            error=result.error,
            sha256=digest,
        )

    def _fail(self, path: str, reason: str) -> None:
        self.summary.failed += 1
        self.summary.failures.append((path, reason))

    def _write(self, entries: Iterable[Entry], head: bool = False, flush: bool = True) -> None:
        try:
            if head:
                self._journal.begin(self.plan.settings, self.plan.request.to_dict())
            self._journal.add(entries, flush)
        except OSError as error:
            if error.errno in FULL:
                raise self._disk_full() from error
            raise Stopped(
                "The journal {file} cannot be written: {reason}.",
                file=self._journal.path,
                reason=system_reason(error),
            ) from error

    def check_folder(self) -> None:
        """Make sure of the output folder.

        Raises:
            Stopped: it is gone, another one, or cannot be written to.
        """
        folder = self._journal.folder
        if self._journal.lost():
            raise Stopped(
                "The output folder {folder} was deleted, moved or replaced during the work.",
                folder=folder,
            )
        if not os.access(folder, os.W_OK | os.X_OK):
            raise Stopped("The output folder {folder} can no longer be written to.", folder=folder)

    def _disk_full(self) -> Stopped:
        return Stopped(
            "The disk of {folder} is full. Make room, then resume: what is finished is not "
            "done again.",
            folder=self._journal.folder,
        )

    def _seconds(self) -> float:
        return max(0.0, time.perf_counter() - self._began - self._cancel.paused_seconds)
