"""The batch page's tasks for the job runner.  No Qt here, and nothing of the page."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bsr.engine.disk import is_folder, is_there
from bsr.engine.errors import BsrError

from . import interrupted

if TYPE_CHECKING:
    from pathlib import Path

    from bsr.engine.batch.plan import Mode, Plan
    from bsr.engine.batch.request import BatchRequest
    from bsr.engine.batch.tracker import BatchProgress, Summary
    from bsr.engine.jobs.job import JobResult
    from bsr.engine.models.catalog import Catalog

    from ..qt.job_runner import JobContext

SECONDS_BETWEEN_REPORTS = 0.2


@dataclass(frozen=True)
class Started:
    """A file is in work.

    Attributes:
        path: the file.
    """

    path: str


@dataclass(frozen=True)
class Ended:
    """A file is done, failed or skipped.

    Attributes:
        path: the file.
        result: the outcome.
    """

    path: str
    result: JobResult


@dataclass(frozen=True)
class Interrupted:
    """A batch that was not brought to its end.

    Attributes:
        request: what was asked for.
        finished: how many files are done.
        waiting: how many are still to be done.
        failed: how many could not be enlarged.
    """

    request: BatchRequest
    finished: int
    waiting: int
    failed: int = 0


@dataclass(frozen=True)
class Options:
    """How a batch is run.

    Attributes:
        mode: as in make_plan.
        threads: worker threads.
        memory_limit: bytes that one picture may take, or None.
        gentle: let other programs go first.
    """

    mode: Mode = "new"
    threads: int | None = None
    memory_limit: int | None = None
    gentle: bool = False


def dry_run(
    request: BatchRequest, catalog: Catalog, context: JobContext, mode: Mode = "new"
) -> Plan:
    """Look at what a batch would do, without touching anything; the mode is as in make_plan."""
    from bsr.engine.batch.journal import read_history
    from bsr.engine.batch.journal_lines import History
    from bsr.engine.batch.plan import make_plan

    history = History()
    with suppress(BsrError):  # told when the batch begins; until then its results are pictures
        history = read_history(request.root)
    progress, cancel = context.progress, context.cancel
    return make_plan(request, catalog, history, mode=mode, on_progress=progress, cancel=cancel)


def run(request: BatchRequest, catalog: Catalog, options: Options, context: JobContext) -> Summary:
    """Plan and run a batch; items are handed over as Plan, Started, Ended and BatchProgress.

    Raises:
        BsrError: it cannot start; the message says why.
        Cancelled: it was cancelled before it started.
    """
    from bsr.engine.batch.journal import Journal
    from bsr.engine.batch.plan import make_plan
    from bsr.engine.batch.run import run_batch
    from bsr.engine.batch.tracker import BatchCallbacks
    from bsr.engine.upscaling.warm_up import kernels_are_ready, warm_up

    with Journal(request.root) as journal:
        plan = make_plan(
            request,
            catalog,
            journal.read(),
            mode=options.mode,
            on_progress=context.progress,
            cancel=context.cancel,
        )
        context.item(plan)
        if plan.items and not kernels_are_ready():
            warm_up(context.progress)
        with suppress(OSError):  # without the note the batch is only not offered later
            interrupted.remember(request.root)
        inputs = [item.input for item in plan.items]
        callbacks = BatchCallbacks(
            lambda index: context.item(Started(inputs[index])),
            lambda index, result: context.item(Ended(inputs[index], result)),
            _throttled(context.item),
        )
        summary = run_batch(
            plan,
            catalog,
            journal,
            threads=options.threads,
            memory_limit=options.memory_limit,
            gentle=options.gentle,
            callbacks=callbacks,
            cancel=context.cancel,
        )
    # Not all that waits was in this run: a drive may be out, or only what failed was done again.
    if not _waits(request.root):
        _forget(request.root)
    return summary


def _waits(folder: Path) -> bool:
    """Return whether files of a batch still wait, as far as its journal can be read."""
    from bsr.engine.batch.journal import read_history
    from bsr.engine.batch.journal_lines import OPEN

    try:
        history = read_history(folder)
    except BsrError:
        return True
    return history.settings is None or any(e.state in OPEN for e in history.entries.values())


def interrupted_batches(context: JobContext) -> list[Interrupted]:
    """Look for batches that were begun in the window and can go on; others are forgotten."""
    from bsr.engine.batch.journal import Journal, read_history
    from bsr.engine.batch.journal_lines import DONE, FAILED, JOURNAL_NAME, OPEN
    from bsr.engine.batch.request import BatchRequest

    found = []
    for folder in interrupted.unfinished():
        if not is_folder(folder):
            continue  # a drive that is not there now may come back
        if not is_there(folder / JOURNAL_NAME):
            _forget(folder)
            continue
        try:
            with Journal(folder):  # nobody is at work there
                history = read_history(folder)
            # A journal that was copied here, or made by somebody else, may name another folder.
            request = replace(BatchRequest.from_dict(history.request), output=folder)
        except BsrError:
            continue
        states = [entry.state for entry in history.entries.values()]
        waiting = sum(state in OPEN for state in states)
        if waiting:
            done, failed = states.count(DONE), states.count(FAILED)
            found.append(Interrupted(request, done, waiting, failed))
        else:
            _forget(folder)
    return found


def _forget(folder: Path) -> None:
    with suppress(OSError):  # it is only looked at again
        interrupted.forget(folder)


def _throttled(tell: Callable[[BatchProgress], None]) -> Callable[[BatchProgress], None]:
    """Pass on a few reports per second, and the last one."""
    told = 0.0

    def report(progress: BatchProgress) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= SECONDS_BETWEEN_REPORTS or progress.pixels_done == progress.pixels:
            told = now
            tell(progress)

    return report
