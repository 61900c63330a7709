"""Runs the files of a plan one after the other and loses nothing, whatever happens meanwhile.

While one picture is computed the next is decoded and the last is written; no more than these
three are ever in memory.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ..disk import Seal
from ..errors import Cancelled, Stopped
from ..jobs.job import Job, JobResult, JobStatus
from ..jobs.run import LoadedJob, attempt, compute_job, existing, read_job, write_job
from ..machine import NICENESS
from ..progress import CancelToken, result_of
from .journal import Journal, fingerprint
from .naming import Item
from .plan import Plan
from .tracker import BatchCallbacks, BatchTracker, Summary

if TYPE_CHECKING:
    from ..models.catalog import Catalog
    from ..picture import Picture
    from ..progress import Progress

# A result with more pixels is written, and its picture read, while no other is in memory.
MAX_CONCURRENT_PIXELS = 64_000_000


def run_batch(
    plan: Plan,
    catalog: Catalog,
    journal: Journal,
    *,
    threads: int | None = None,
    memory_limit: int | None = None,
    gentle: bool = False,
    callbacks: BatchCallbacks | None = None,
    cancel: CancelToken | None = None,
) -> Summary:
    """Run a plan to its end, or as far as it goes.

    Args:
        plan: what to do.
        catalog: the installed models.
        journal: of the output folder.
        threads: worker threads for each picture, or None for all cores.
        memory_limit: bytes that one picture may take, or None for what is free.
        gentle: let other programs go first.
        callbacks: what to call.
        cancel: pauses or ends the run, in the middle of a picture too.

    Returns:
        The outcome.  A bad file, a full disk, a lost folder and cancellation are told there.
    """
    cancel = cancel or CancelToken()
    tracker = BatchTracker(plan, journal, callbacks or BatchCallbacks(), cancel)
    pipeline = _Pipeline(tracker, catalog, threads, memory_limit, cancel)
    try:
        tracker.open()
        if gentle:
            _run_gently(pipeline.run)
        else:
            pipeline.run()
    except Cancelled:
        tracker.summary.cancelled = True
    except Stopped as stop:
        tracker.summary.stopped = str(stop)
    return tracker.close()


def job_of(plan: Plan, item: Item, threads: int | None, memory_limit: int | None) -> Job:
    """Return the job of an item of a plan."""
    request = plan.request
    save = replace(request.save, format=plan.format(item), if_exists=item.if_exists)
    return Job(
        input=Path(item.input),
        output=Path(item.output),
        model=request.model,
        weights=request.weights,
        scale=item.scale or request.scale,
        threads=threads,
        save=save,
        memory_limit=memory_limit,
        again=True,
        ours=item.ours,
        family=request.family,
        clean_up=request.clean_up,
        goal=request.goal,
    )


def _run_gently(work: Callable[[], None]) -> None:
    """Run in a thread that gives way to other programs; the threads it makes inherit that.

    Windows and macOS know priorities of processes only: the whole program gives way, on Windows
    until the work is over.
    """
    if sys.platform == "win32":
        import psutil

        process = psutil.Process()
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        try:
            work()
        finally:
            process.nice(psutil.NORMAL_PRIORITY_CLASS)
    else:
        with ThreadPoolExecutor(1, "gentle batch", os.nice, (NICENESS,)) as gentle:
            result_of(gentle.submit(work))


@dataclass(frozen=True, eq=False)
class _ReadItem:
    """The outcome of the first step of an item.

    Attributes:
        job: of the item.
        source: fingerprint of the input before it was read.
        outcome: the picture, or the result where the item ends here.
        seconds: that it took.
    """

    job: Job
    source: tuple[int, int] | None
    outcome: LoadedJob | JobResult
    seconds: float


class _Pipeline:
    """Three steps for each item: one thread decodes, this one computes, one writes and records."""

    def __init__(
        self,
        tracker: BatchTracker,
        catalog: Catalog,
        threads: int | None,
        memory_limit: int | None,
        cancel: CancelToken,
    ) -> None:
        self._tracker = tracker
        self._plan = tracker.plan
        self._catalog = catalog
        self._threads = threads
        self._memory_limit = memory_limit
        self._cancel = cancel
        self._lock = Lock()  # this thread and the writer share the tracker
        self._reader = ThreadPoolExecutor(1, "batch reader")
        self._writer = ThreadPoolExecutor(1, "batch writer")
        self._writing: Future[None] | None = None

    def run(self) -> None:
        """Do all items.

        Raises:
            Cancelled: it was cancelled; what was not yet written whole is done again on resuming.
            Stopped: it cannot go on.
        """
        ahead: Future[_ReadItem] | None = None
        with self._reader, self._writer:
            try:
                for index in range(len(self._plan.items)):
                    self._cancel.check()
                    with self._lock:
                        self._tracker.start(index)
                    read = self._read_now(index, ahead)
                    ahead = self._look_ahead(index + 1)
                    self._do(index, read)
                    del read  # it holds a picture
            finally:
                if ahead is not None:
                    ahead.cancel()
                self._wait_for_writer()

    def _look_ahead(self, index: int) -> Future[_ReadItem] | None:
        """Begin to decode an item, unless it is too large to lie beside another."""
        if index == len(self._plan.items):
            return None
        item = self._plan.items[index]
        if item.height * item.width * item.scale**2 > MAX_CONCURRENT_PIXELS:
            return None
        return self._reader.submit(self._read, index)

    def _read_now(self, index: int, ahead: Future[_ReadItem] | None) -> _ReadItem:
        """Return the picture of an item, which may have been read ahead.

        What fails beside another picture gets a second chance alone: memory may have been short.
        """
        if ahead is not None:
            read = result_of(ahead)
            if isinstance(read.outcome, LoadedJob) or read.outcome.status is not JobStatus.FAILED:
                return read
        self._wait_for_writer()
        return result_of(self._reader.submit(self._read, index))

    def _read(self, index: int) -> _ReadItem:
        """Decode the picture of an item."""
        started = time.perf_counter()
        item = self._plan.items[index]
        job = job_of(self._plan, item, self._threads, self._memory_limit)
        source = None
        with suppress(OSError):  # reading it fails too, and says why
            # Taken before the reading, so that a change during it is noticed when resuming.
            source = fingerprint(job.input)
        outcome: LoadedJob | JobResult | None = existing(job)
        if outcome is None:
            outcome = attempt(job, lambda: read_job(job, self._plan.choice_of(item)))
        return _ReadItem(job, source, outcome, time.perf_counter() - started)

    def _do(self, index: int, read: _ReadItem) -> None:
        """Compute an item, then leave it to the writer as soon as that is free."""
        started = self._clock()
        loaded = read.outcome
        picture: Picture | JobResult
        if isinstance(loaded, LoadedJob):
            picture = attempt(read.job, lambda: self._compute(index, loaded))
        else:
            picture = loaded
        if isinstance(picture, JobResult) and picture.status is JobStatus.CANCELLED:
            raise Cancelled
        with self._lock:
            self._tracker.mark_computed(index)
        seconds = read.seconds + self._clock() - started
        self._wait_for_writer()
        self._writing = self._writer.submit(self._finish, index, read, picture, seconds)
        if isinstance(picture, JobResult) or picture.height * picture.width > MAX_CONCURRENT_PIXELS:
            self._wait_for_writer()

    def _compute(self, index: int, loaded: LoadedJob) -> Picture:
        def report(progress: Progress) -> None:
            if progress.stage == "upscaling" and progress.total:
                with self._lock:
                    self._tracker.report_progress(index, progress.done / progress.total)

        return compute_job(loaded, self._catalog, report, self._cancel)

    def _finish(
        self, index: int, read: _ReadItem, picture: Picture | JobResult, seconds: float
    ) -> None:
        """Write the result of an item, where there is one, and record the outcome."""
        started = time.perf_counter()
        loaded, result = read.outcome, picture
        if isinstance(loaded, LoadedJob) and not isinstance(picture, JobResult):
            result = attempt(read.job, lambda: self._write(index, loaded, picture))
        assert isinstance(result, JobResult)
        if result.status is JobStatus.CANCELLED:
            raise Cancelled
        result = replace(result, seconds=seconds + time.perf_counter() - started)
        with self._lock:
            self._tracker.record_result(index, result, read.source)

    def _write(self, index: int, loaded: LoadedJob, picture: Picture) -> JobResult:
        def mark_writing(output: Path, seal: Seal) -> None:
            with self._lock:
                self._tracker.mark_writing(index, output, seal)

        with self._lock:
            self._tracker.check_folder()  # before a lost folder is made anew
        return write_job(loaded, picture, cancel=self._cancel, announce=mark_writing)

    def _wait_for_writer(self) -> None:
        """Wait until nothing is being written.

        Raises:
            Cancelled: the last item was not written, for it was cancelled.
            Stopped: the last item could not be written or recorded, nor can others be.
        """
        writing, self._writing = self._writing, None
        if writing is not None:
            result_of(writing)

    def _clock(self) -> float:
        """Return seconds that go on only while the work is not paused."""
        return time.perf_counter() - self._cancel.paused_seconds
