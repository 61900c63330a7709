"""The only bridge between the window and the work: three workers, signals in the window.

One worker upscales, another reads, writes and looks at files, so that a picture can be opened
while a long batch runs; a third makes what nobody has asked for, at a low priority.  Everything is
announced in the thread of the runner: a worker leaves messages in a queue and wakes the event loop;
nothing connected to a signal runs in a worker.
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from bsr.engine.machine import NICENESS

from .garbage import GarbageCollector

if TYPE_CHECKING:  # NumPy comes with these; the first frame does not wait for it
    from bsr.engine.progress import CancelToken, FinishedRows, Progress

PROGRESS_MILLISECONDS = 50
DELIVERY_BUDGET_SECONDS = 0.02

log = logging.getLogger(__name__)


class Worker(Enum):
    """Which worker runs a task.

    Attributes:
        COMPUTING: what may take all cores for a long time.
        IO: what only reads or writes, beside the tasks that compute.
        BACKGROUND: a moment's work that nobody asked for, beside the others and giving way to them.
    """

    COMPUTING = auto()
    IO = auto()
    BACKGROUND = auto()


class TaskStatus(Enum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """The end of a job.

    Attributes:
        status: how it ended.
        value: what the task returned, None unless DONE.
        error: the exception with its traceback, None unless FAILED.
    """

    status: TaskStatus
    value: Any = None
    error: BaseException | None = None


class JobHandle(QObject):
    """A submitted task: what it tells, and what may be asked of it.

    Signals, all emitted in the runner's thread, in this order:
        started(); progressed(Progress), rows_finished(FinishedRows) and item_finished(object), any
        number of times; finished(Outcome), exactly once. A job cancelled before its start is only
        finished. None is emitted before the submitting code returns to the event loop.
    """

    started = Signal()
    progressed = Signal(object)
    rows_finished = Signal(object)
    item_finished = Signal(object)
    finished = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        task: Callable[[JobContext], object],
        worker: Worker,
        essential: bool,
    ) -> None:
        super().__init__(runner)
        self._runner = runner
        self.task = task
        self.worker = worker
        self.essential = essential
        # What both threads look at, guarded by the runner's lock.
        self.token: CancelToken | None = None
        self.cancelled = False
        self.paused = False
        self.ended = False
        self.abandoned = False
        self.latest_progress: Progress | None = None

    def cancel(self) -> None:
        """Ask the task to stop; one that still waits is finished without being started."""
        self._runner.cancel(self)

    def abandon(self) -> None:
        """Ask the task to stop and say no more: nobody waits for what comes of it."""
        self.abandoned = True
        self._runner.cancel(self)

    def pause(self) -> None:
        """Let the task wait at its next look at the token; its worker waits with it."""
        self._runner.set_paused(self, True)

    def resume(self) -> None:
        """Let a paused task go on."""
        self._runner.set_paused(self, False)


class JobContext:
    """The context passed to a task: takes progress and items, carries the cancel token."""

    def __init__(self, job: JobHandle, cancel: CancelToken, post: Callable[..., None]) -> None:
        self.cancel = cancel
        self._job = job
        self._post = post

    def progress(self, progress: Progress) -> None:
        """Report the progress; only the latest of each 50 ms is announced."""
        self._job.latest_progress = progress

    def rows(self, rows: FinishedRows) -> None:
        """Hand over finished rows of the result."""
        self._post(self._job, self._job.rows_finished, rows)

    def item(self, item: object) -> None:
        """Hand over one finished item of a longer task."""
        self._post(self._job, self._job.item_finished, item)


class _WorkerThread:
    """A thread that runs what is put into its queue, one after the other, until it gets None."""

    def __init__(self, name: str, run: Callable[[JobHandle], None], niceness: int = 0) -> None:
        self._niceness = niceness
        self.waiting: queue.SimpleQueue[JobHandle | None] = queue.SimpleQueue()
        self._run = run
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until everything in the queue has run."""
        self.waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        if self._niceness and sys.platform == "linux":  # elsewhere the whole process has it
            os.nice(self._niceness)
        while (job := self.waiting.get()) is not None:
            self._run(job)
            del job  # it may hold a whole picture; do not keep it until the next one comes


class JobRunner(QObject):
    """Runs tasks one after the other in each worker, and announces what comes of them."""

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._jobs: list[JobHandle] = []
        self._messages: deque[tuple[JobHandle, SignalInstance, tuple[object, ...]]] = deque()
        self._awake = False
        self._queue_paused = False
        self._held: list[JobHandle] = []
        self._running: list[JobHandle] = []
        self._open = True
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(PROGRESS_MILLISECONDS)
        self._ticker.timeout.connect(self._announce_progress)
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._garbage = GarbageCollector(self)
        self._workers = {
            Worker.COMPUTING: _WorkerThread("job worker", self._run),
            Worker.IO: _WorkerThread("I/O worker", self._run),
            Worker.BACKGROUND: _WorkerThread("background worker", self._run, NICENESS),
        }

    @property
    def idle(self) -> bool:
        """Whether every submitted job has been announced as finished."""
        return not self._jobs

    def submit(
        self,
        task: Callable[[JobContext], object],
        *,
        worker: Worker = Worker.COMPUTING,
        essential: bool = False,
    ) -> JobHandle:
        """Queue a task; its return value becomes the outcome's value.

        Args:
            task: called in the worker with a JobContext; it calls `context.cancel.check()` or hands
                the token on, and may raise anything.
            worker: that runs it.
            essential: it is run even where the runner is shut down before its turn.

        Returns:
            The job, whose signals may be connected now. After shutdown() it is cancelled at once.
        """
        job = JobHandle(self, task, worker, essential)
        self._jobs.append(job)
        if not self._open:
            self._end(job, Outcome(TaskStatus.CANCELLED))
        elif self._queue_paused and worker is not Worker.IO:
            self._held.append(job)
        else:
            self._workers[worker].waiting.put(job)
        return job

    def pause_queue(self, paused: bool) -> None:
        """Let all but I/O tasks wait, or let those that waited go on in their order."""
        self._queue_paused = paused
        if not paused:
            held, self._held = self._held, []
            for job in held:
                self._workers[job.worker].waiting.put(job)

    def cancel(self, job: JobHandle) -> None:
        """Ask a job to stop; see JobHandle.cancel."""
        with self._lock:
            job.cancelled = True
            if job.token is not None:
                job.token.cancel()
                return
        self._end(job, Outcome(TaskStatus.CANCELLED))

    def set_paused(self, job: JobHandle, paused: bool) -> None:
        """Let a job wait or go on; see JobHandle.pause."""
        with self._lock:
            job.paused = paused
            if job.token is not None:
                job.token.pause() if paused else job.token.resume()

    def shutdown(self, *, essential: bool = True) -> None:
        """Stop all jobs, wait for the workers, and announce what is left; may be called twice.

        Args:
            essential: whether essential jobs that wait are run first.
        """
        if not self._open:
            return
        self._open = False
        for job in list(self._jobs):
            if not (essential and job.essential):
                self.cancel(job)
        for worker in self._workers.values():
            worker.join()
        while self._messages:
            self._deliver()
        self._ticker.stop()
        self._garbage.stop()

    # In a worker -------------------------------------------------------------------------------

    def _run(self, job: JobHandle) -> None:
        from bsr.engine import Cancelled, CancelToken

        with self._lock:
            if job.cancelled:
                return
            job.token = token = CancelToken()
            if job.paused:
                token.pause()
        self._post(job, job.started)
        try:
            outcome = Outcome(TaskStatus.DONE, value=job.task(JobContext(job, token, self._post)))
        except Cancelled:
            outcome = Outcome(TaskStatus.CANCELLED)
        except Exception as error:  # the worker outlives every job; the window tells the user
            log.warning("A job failed.", exc_info=True)
            outcome = Outcome(TaskStatus.FAILED, error=error)
        self._end(job, outcome)

    def _end(self, job: JobHandle, outcome: Outcome) -> None:
        with self._lock:
            if job.ended:
                return
            job.ended = True
        self._post(job, job.finished, outcome)

    def _post(self, job: JobHandle, signal: SignalInstance, *values: object) -> None:
        with self._lock:
            self._messages.append((job, signal, values))
            awake, self._awake = self._awake, True
        if not awake:
            self._woken.emit()

    # In the window -----------------------------------------------------------------------------

    @Slot()
    def _deliver(self) -> None:
        """Announce what the workers left for a few milliseconds, then let the event loop run."""
        until = time.monotonic() + DELIVERY_BUDGET_SECONDS
        while time.monotonic() < until:
            with self._lock:
                if not self._messages:
                    self._awake = False
                    return
                job, signal, values = self._messages.popleft()
            if signal == job.started:
                self._running.append(job)
                self._ticker.start()
            over = signal == job.finished
            if over:
                self._forget(job)
            if not job.abandoned:
                signal.emit(*values)
            if over:
                job.deleteLater()  # what is connected lives on with it, and may hold it in turn
        self._woken.emit()

    def _forget(self, job: JobHandle) -> None:
        """Announce a job's last progress and leave it to those who hold it."""
        if job in self._running:
            self._announce_progress()
            self._running.remove(job)
        if not self._running:
            self._ticker.stop()
        self._jobs.remove(job)
        del job.task  # it may hold a whole picture

    @Slot()
    def _announce_progress(self) -> None:
        for job in list(self._running):
            progress, job.latest_progress = job.latest_progress, None
            if progress is not None and not job.abandoned:
                job.progressed.emit(progress)
