"""The same batch on other machines: a Dask cluster computes, this process tracks the batch.

Only plain values travel; the pictures are read and written by the workers themselves, on a file
system that all of them share.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Cancelled, Sentence, Stopped
from ..jobs.job import Job, JobResult, JobStatus
from ..jobs.run import existing
from ..progress import CancelToken
from .cluster_connection import NO_TRUST, POLL_SECONDS, Client, Trust, connect
from .cluster_worker import result_of, task_of, work
from .journal import Journal, remove_parts
from .plan import Plan
from .run import job_of
from .tracker import BatchCallbacks, BatchTracker, Summary

if TYPE_CHECKING:
    from ..models.catalog import Catalog

Future = Any  # of distributed or of concurrent.futures

WORKERLESS_SECONDS = 60  # after which nobody is believed to come any more
# Jobs that wait at a worker for each one that runs, so that none is ever without work.
JOBS_PER_THREAD = 2


def run_on_cluster(
    plan: Plan,
    catalog: Catalog,
    journal: Journal,
    *,
    address: str,
    trust: Trust = NO_TRUST,
    threads: int | None = None,
    memory_limit: int | None = None,
    callbacks: BatchCallbacks | None = None,
    cancel: CancelToken | None = None,
) -> Summary:
    """Run a plan on the workers of a Dask cluster.

    When it is cancelled, jobs that already run end in their workers; their results are found
    when the batch is resumed.

    Args:
        plan: what to do.
        catalog: the installed models; the workers must have the same.
        journal: of the output folder.
        address: of the scheduler, e.g. "tls://10.0.0.1:8786".
        trust: by what it is believed.
        threads: worker threads for each picture, or None for one.
        memory_limit: bytes that one picture may take, or None for what is free on its worker.
        callbacks: what to call; all calls come from this thread.
        cancel: pauses or ends the run between jobs.

    Returns:
        The outcome, as from `bsr.engine.batch.run.run_batch`.

    Raises:
        BsrError: distributed is not installed, the scheduler is not to be believed,
            certificates are missing, or no scheduler or worker answers.
        Cancelled: it was cancelled before it began.
    """
    cancel = cancel or CancelToken()
    tracker = BatchTracker(plan, journal, callbacks or BatchCallbacks(), cancel)
    with connect(address, trust, cancel) as client:
        try:
            tracker.open()
            _run(client, address, tracker, catalog, threads or 1, memory_limit, cancel)
            # What workers left that were killed; the others have finished writing.
            remove_parts(plan.request.root, {Path(item.output).parent for item in plan.items})
        except Cancelled:
            tracker.summary.cancelled = True
        except Stopped as stop:
            tracker.summary.stopped = str(stop)
        except OSError as error:  # distributed's own, when the connection breaks off
            tracker.summary.stopped = Sentence(
                "The Dask scheduler at {address} was lost: {reason}.", address=address, reason=error
            )
    return tracker.close()


def _run(
    client: Client,
    address: str,
    tracker: BatchTracker,
    catalog: Catalog,
    threads: int,
    memory_limit: int | None,
    cancel: CancelToken,
) -> None:
    """Keep every worker busy until all items are recorded.

    Raises:
        Cancelled: it was cancelled.
        Stopped: it cannot go on.
    """
    plan = tracker.plan
    waiting = iter(range(len(plan.items)))
    running: dict[Future, tuple[int, Job]] = {}
    workers = _Workers(client, address)
    one_is_over = threading.Event()

    def look() -> None:
        cancel.check()
        workers.threads()

    try:
        while True:
            cancel.check()
            room = JOBS_PER_THREAD * workers.threads() - len(running)
            for index in islice(waiting, max(0, room)):
                tracker.start(index)
                job = job_of(plan, plan.items[index], threads, memory_limit)
                skipped = existing(job)
                if skipped is not None:
                    tracker.mark_computed(index)
                    tracker.record_result(index, skipped, None)
                    continue
                tracker.mark_writing(index, job.output, None)
                choice = plan.choice_of(plan.items[index])
                task = task_of(job, choice, catalog.user_folder)
                future = client.submit(work, task, pure=False)
                future.add_done_callback(lambda _: one_is_over.set())
                running[future] = index, job
            if not running and tracker.summary.waiting == 0:
                return
            for future in _finished(running, one_is_over):
                index, job = running.pop(future)
                tracker.mark_computed(index)
                tracker.record_result(index, *_outcome(future, job, look))
    finally:
        client.cancel(list(running))


class _Workers:
    """The workers of a cluster: asked for again and again, but never waited for.

    Whoever cancels a batch does not wait for a scheduler that says nothing any more.
    """

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._threads: int = sum(client.nthreads().values())
        self._question = self._count()
        self._seen = time.monotonic()

    def threads(self) -> int:
        """Return how many threads they had when the scheduler last said so.

        Raises:
            Stopped: there have been none for long.
        """
        if self._question.done():
            self._threads = sum(self._question.result().values())
            self._question = self._count()
        if self._threads:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > WORKERLESS_SECONDS:
            raise Stopped("The Dask scheduler at {address} has no workers.", address=self._address)
        return self._threads

    def _count(self) -> Future:
        return _ask(self._client, self._client.nthreads(asynchronous=True))


def _ask(client: Client, question: Coroutine[Any, Any, Any]) -> Future:
    """Put a question to the scheduler without waiting for the answer."""
    return asyncio.run_coroutine_threadsafe(question, client.loop.asyncio_loop)


def _answer(asked: Future, look: Callable[[], None]) -> Any:
    """Wait for the answer to a question; `look` is called meanwhile, and may raise to end it."""
    is_there = threading.Event()
    asked.add_done_callback(lambda _: is_there.set())
    while not is_there.wait(POLL_SECONDS):
        look()
    return asked.result()


def _finished(running: Iterable[Future], one_is_over: threading.Event) -> list[Future]:
    """Return the jobs that are over; where none is, wait for one, but not for long."""
    over = [future for future in running if future.done()]
    if not over:
        one_is_over.wait(POLL_SECONDS)
        one_is_over.clear()
    return over


def _outcome(
    future: Future, job: Job, look: Callable[[], None]
) -> tuple[JobResult, tuple[int, int] | None]:
    """Turn what a worker gave back into a result and the source's fingerprint.

    Raises:
        Stopped: the scheduler was restarted.
        Cancelled, Stopped: by `look`, before the scheduler handed the outcome over.
    """
    if future.cancelled():
        raise Stopped("The Dask scheduler has lost its jobs; it was probably restarted.")
    failure = future.exception()
    if failure is not None:
        error = f"{job.input}: the worker gave up ({type(failure).__name__})."
        if type(failure).__name__ == "KilledWorker":
            error = f"{job.input}: every worker that tried this picture died."
        return JobResult.without_file(job, JobStatus.FAILED, error), None
    values = _answer(_ask(future.client, future.client.gather(future, asynchronous=True)), look)
    return result_of(values, job)
