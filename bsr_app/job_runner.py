"""The only bridge between the window and the work: two lanes, signals in the window.

One lane enlarges, the other reads, writes and looks at files, so that a picture can be opened
while a long batch runs.  Everything is announced in the thread of the runner: a lane leaves
messages in a queue and wakes the event loop; nothing connected to a signal runs in a lane.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:  # NumPy comes with these; the first frame does not wait for it
    from engine.types import CancelToken, Pixels, Progress

PROGRESS_MILLISECONDS = 50
DELIVERY_BUDGET_SECONDS = 0.02

log = logging.getLogger(__name__)


class Ending(Enum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """The end of a job.

    Attributes:
        status: how it ended.
        value: what the work returned, None unless DONE.
        error: the exception with its traceback, None unless FAILED.
    """

    status: Ending
    value: Any = None
    error: BaseException | None = None


@dataclass(eq=False)
class _Job:
    """A submitted work and what is known of it; the fields are guarded by the runner's lock."""

    id: int
    work: Callable[[Reporter], object]
    light: bool
    cancel: CancelToken | None = None
    cancelled: bool = False
    paused: bool = False
    ended: bool = False
    progress: Progress | None = field(default=None)


class Reporter:
    """What a work is given: where it tells of itself, and whether it should stop."""

    def __init__(self, job: _Job, cancel: CancelToken, post: Callable[..., None]) -> None:
        self.cancel = cancel
        self._job = job
        self._post = post

    def progress(self, progress: Progress) -> None:
        """Tell how far the work is; only the latest of each 50 ms is announced."""
        self._job.progress = progress

    def rows(self, top: int, left: int, pixels: Pixels, height: int, width: int) -> None:
        """Hand over finished rows: (rows, columns, 3) of a result of height x width pixels."""
        self._post("rows_finished", self._job, top, left, pixels, height, width)

    def item(self, item: object) -> None:
        """Hand over one finished piece of a longer work."""
        self._post("item_finished", self._job, item)


class _Lane:
    """A thread that runs what is put into its queue, one after the other, until it gets None."""

    def __init__(self, name: str, run: Callable[[_Job], None]) -> None:
        self.waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._run = run
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until everything in the queue has run."""
        self.waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self.waiting.get()) is not None:
            self._run(job)
            del job  # it may hold a whole picture; do not keep it until the next one comes


class JobRunner(QObject):
    """Runs works one after the other, light ones in a lane of their own, and announces them.

    Signals, all emitted in the thread this object lives in, for each job in this order:
        started(id); progressed(id, Progress), rows_finished(id, top, left, pixels, height, width)
        and item_finished(id, object), any number of times; finished(id, Outcome), exactly once.
        A job cancelled before its start is only finished.
        idle_changed(bool): whether nothing runs and nothing waits.
    """

    started = Signal(int)
    progressed = Signal(int, object)
    rows_finished = Signal(int, int, int, object, int, int)
    item_finished = Signal(int, object)
    finished = Signal(int, object)
    idle_changed = Signal(bool)

    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._jobs: dict[int, _Job] = {}
        self._messages: deque[tuple[str, _Job, tuple[object, ...]]] = deque()
        self._awake = False
        self._last_id = 0
        self._holding = False
        self._held: list[_Job] = []
        self._running: list[_Job] = []
        self._open = True
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(PROGRESS_MILLISECONDS)
        self._ticker.timeout.connect(self._announce_progress)
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lanes = {False: _Lane("job lane", self._run), True: _Lane("file lane", self._run)}

    @property
    def idle(self) -> bool:
        """Whether every submitted job has been announced as finished."""
        return not self._jobs

    def submit(self, work: Callable[[Reporter], object], *, light: bool = False) -> int:
        """Queue a work; its return value becomes the outcome's value.

        Args:
            work: called in the lane with a Reporter; it calls `reporter.cancel.check()` or hands
                the token on, and may raise anything.
            light: it enlarges nothing, and runs beside the works that do.

        Returns:
            The job's number, never used again.  After shutdown() the job is cancelled at once.
        """
        self._last_id += 1
        job = _Job(self._last_id, work, light)
        self._jobs[job.id] = job
        if not self._open:
            self._end(job, Outcome(Ending.CANCELLED))
        elif self._holding and not light:
            self._held.append(job)
        else:
            self._lanes[light].waiting.put(job)
        if len(self._jobs) == 1:
            self.idle_changed.emit(False)
        return job.id

    def hold_back(self, holding: bool) -> None:
        """Let all but light works wait, or let those that waited go on in their order."""
        self._holding = holding
        if not holding:
            held, self._held = self._held, []
            for job in held:
                self._lanes[False].waiting.put(job)

    def cancel(self, job_id: int) -> None:
        """Ask a job to stop; one that still waits is finished without being started."""
        job = self._jobs.get(job_id)
        if job is None:
            return
        with self._lock:
            job.cancelled = True
            if job.cancel is not None:
                job.cancel.cancel()
                return
        self._end(job, Outcome(Ending.CANCELLED))

    def cancel_all(self) -> None:
        """Ask every job, running or waiting, to stop."""
        for job_id in list(self._jobs):
            self.cancel(job_id)

    def pause(self, job_id: int) -> None:
        """Let a job wait at its next look at the token; its lane waits with it."""
        self._set_paused(job_id, True)

    def resume(self, job_id: int) -> None:
        """Let a paused job go on."""
        self._set_paused(job_id, False)

    def shutdown(self) -> None:
        """Stop all jobs, wait for the lanes, and announce what is left; may be called twice."""
        if not self._open:
            return
        self._open = False
        self.cancel_all()
        for lane in self._lanes.values():
            lane.join()
        while self._messages:
            self._deliver()
        self._ticker.stop()

    def _set_paused(self, job_id: int, paused: bool) -> None:
        job = self._jobs.get(job_id)
        if job is None:
            return
        with self._lock:
            job.paused = paused
            if job.cancel is not None:
                job.cancel.pause() if paused else job.cancel.resume()

    # In a lane --------------------------------------------------------------------------------

    def _run(self, job: _Job) -> None:
        from engine import Cancelled, CancelToken

        with self._lock:
            if job.cancelled:
                return
            job.cancel = token = CancelToken()
            if job.paused:
                token.pause()
        self._post("started", job)
        try:
            outcome = Outcome(Ending.DONE, value=job.work(Reporter(job, token, self._post)))
        except Cancelled:
            outcome = Outcome(Ending.CANCELLED)
        except Exception as error:  # the lane outlives every job; the window tells the person
            log.warning("A job failed.", exc_info=True)
            outcome = Outcome(Ending.FAILED, error=error)
        self._end(job, outcome)

    def _end(self, job: _Job, outcome: Outcome) -> None:
        with self._lock:
            if job.ended:
                return
            job.ended = True
        self._post("finished", job, outcome)

    def _post(self, name: str, job: _Job, *values: object) -> None:
        with self._lock:
            self._messages.append((name, job, values))
            awake, self._awake = self._awake, True
        if not awake:
            self._woken.emit()

    # In the window -----------------------------------------------------------------------------

    @Slot()
    def _deliver(self) -> None:
        """Announce what the lane left, for a few milliseconds, then let the event loop breathe."""
        until = time.monotonic() + DELIVERY_BUDGET_SECONDS
        while time.monotonic() < until:
            with self._lock:
                if not self._messages:
                    self._awake = False
                    return
                name, job, values = self._messages.popleft()
            self._announce(name, job, values)
        self._woken.emit()

    def _announce(self, name: str, job: _Job, values: tuple[object, ...]) -> None:
        if name == "started":
            self._running.append(job)
            self._ticker.start()
        elif name == "finished":
            if job in self._running:
                self._announce_progress()
                self._running.remove(job)
            if not self._running:
                self._ticker.stop()
            del self._jobs[job.id]
        getattr(self, name).emit(job.id, *values)
        if name == "finished" and not self._jobs:
            self.idle_changed.emit(True)

    @Slot()
    def _announce_progress(self) -> None:
        for job in list(self._running):
            progress, job.progress = job.progress, None
            if progress is not None:
                self.progressed.emit(job.id, progress)
