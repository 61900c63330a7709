"""The same batch on other machines: a Dask cluster computes, this process tracks the batch.

Only plain values travel; the pictures are read and written by the workers themselves, on a file
system that all of them share.  Whoever is at the scheduler's address can run code here, though:
distributed unpickles what it sends.  Without TLS only this machine is believed.

A job that is done again since its worker died makes the same bytes,
and so knows what it wrote the first time.
"""

from __future__ import annotations

import asyncio
import ipaddress
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..disk import Seal
from ..errors import BsrError, Cancelled, Sentence, Stopped
from ..jobs.job import Job, JobResult, JobStatus, SaveOptions
from ..jobs.model_choice import ModelChoice, choose_models
from ..jobs.run import attempt, existing, run_job
from ..progress import CancelToken
from ..upscaling.goal import Goal
from .journal import Journal, fingerprint, remove_parts
from .plan import Plan
from .run import job_of
from .tracker import BatchCallbacks, BatchTracker, Summary

if TYPE_CHECKING:
    from ..models.catalog import Catalog

# The package is optional and hardly typed.
Client = Any
Future = Any

CONNECT_SECONDS = 10
WORKERLESS_SECONDS = 60  # after which nobody is believed to come any more
POLL_SECONDS = 0.2  # between two looks whether it was cancelled
SECURE = ("tls", "wss")
# Jobs that wait at a worker for each one that runs, so that none is ever without work.
JOBS_PER_THREAD = 2


@dataclass(frozen=True)
class Trust:
    """By what a scheduler is believed.

    Attributes:
        ca: file of the authority that signed the scheduler's certificate, in PEM; None for what
            Dask's own configuration says, as for the others.
        certificate: file of the certificate that this program shows.
        key: file of its key; it may stand in the certificate's file too.
        insecure: whether any address is believed without TLS.
    """

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False


NO_TRUST = Trust()


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


def connect(address: str, trust: Trust = NO_TRUST, cancel: CancelToken | None = None) -> Client:
    """Reach the scheduler and at least one worker.

    Args:
        address: of the scheduler.
        trust: by what it is believed.
        cancel: looked at while nobody answers.

    Raises:
        BsrError, Cancelled: see `run_on_cluster`.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise BsrError(
            "--dask needs the package distributed: pip install distributed. The built program, "
            "which runs without Python, cannot use it."
        ) from error
    check_trust(address, trust)
    try:
        security = _security(address, trust)
        asyncio.run(_hear_from(address, security, cancel or CancelToken()))
        client = distributed.Client(
            address, timeout=CONNECT_SECONDS, set_as_default=False, security=security
        )
    except TypeError as error:  # distributed builds no context of one file alone
        raise BsrError(
            "TLS needs certificates: give --dask-ca and --dask-cert, and --dask-key where the key "
            "has a file of its own."
        ) from error
    except (OSError, ValueError, MemoryError) as error:  # other greetings are taken for a length
        secure = _scheme(address) in SECURE
        why = f" {error}." if secure else ""  # a certificate may be missing or wrong
        raise BsrError(
            "No Dask scheduler answers at {address}.{why}", address=address, why=why
        ) from error
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except OSError as error:
        client.close()
        raise BsrError(
            "The Dask scheduler at {address} has no workers.", address=address
        ) from error
    return client


async def _hear_from(address: str, security: Any, cancel: CancelToken) -> None:
    """Wait until the scheduler has said who it is, which a client would do without end.

    Raises:
        OSError: nobody is there, or says anything.
        Cancelled: it was cancelled meanwhile.
    """
    distributed: Any = import_module("distributed")
    security = security or distributed.Security()
    scheduler = distributed.rpc(
        address,
        timeout=CONNECT_SECONDS,
        connection_args=security.get_connection_args("client"),
    )
    answer = asyncio.ensure_future(scheduler.identity())
    until = time.monotonic() + CONNECT_SECONDS
    try:
        while not answer.done():
            cancel.check()
            if time.monotonic() > until:
                raise TimeoutError
            await asyncio.wait([answer], timeout=min(POLL_SECONDS, CONNECT_SECONDS))
        answer.result()
    finally:
        answer.cancel()
        await scheduler.close_rpc()


def check_trust(address: str, trust: Trust) -> None:
    """Refuse a scheduler that could be anybody.

    Args:
        address: of the scheduler.
        trust: by what it is believed.

    Raises:
        BsrError: it is on another machine and TLS is not used.
    """
    if trust.insecure or _scheme(address) in (*SECURE, "inproc") or _is_loopback(address):
        return
    raise BsrError(
        "The Dask scheduler at {address} could run any code on this machine, and "
        "without TLS nobody knows who it is. Use a tls:// address, or --dask-insecure "
        "in a network that you trust wholly.",
        address=address,
    )


def _scheme(address: str) -> str:
    return address.partition("://")[0].lower() if "://" in address else "tcp"


def _is_loopback(address: str) -> bool:
    host = address.rpartition("://")[2].rpartition(":")[0].strip("[]").lower()
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _security(address: str, trust: Trust) -> Any:
    """Return what distributed is told of certificates, None where it shall use none."""
    if _scheme(address) not in SECURE:
        return None
    files = {
        "tls_ca_file": trust.ca,
        "tls_client_cert": trust.certificate,
        "tls_client_key": trust.key,
    }
    given = {name: str(path) for name, path in files.items() if path is not None}
    security: Any = import_module("distributed").Security
    return security(require_encryption=True, **given)


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
                task = _task(
                    job, _checksums(plan.choice_of(plan.items[index])), catalog.user_folder
                )
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


def _task(job: Job, checksums: list[str], user_folder: Path) -> dict[str, Any]:
    """Write a job in plain values."""
    values = asdict(job) | {"input": str(job.input), "output": str(job.output)}
    values["ours"] = job.ours and list(job.ours)
    return {"job": values, "checksums": checksums, "models": str(user_folder)}


def _job(values: dict[str, Any]) -> Job:
    """Return the job that `_task` wrote, as a worker does it."""
    save = SaveOptions(**values["save"])
    if save.if_exists == "skip":
        # The coordinator has looked already: a job that is done twice must not skip itself.
        save = replace(save, if_exists="rename")
    read = {
        "input": Path(values["input"]),
        "output": Path(values["output"]),
        "save": save,
        "ours": values["ours"] and Seal(*values["ours"]),
        "goal": values["goal"] and Goal(**values["goal"]),
    }
    return Job(**values | read)


def work(task: dict[str, Any]) -> dict[str, Any]:
    """Do a job in a worker process.

    Args:
        task: of `_task`.

    Returns:
        The fields of a JobResult but its job, and the source's fingerprint, in plain values.
    """
    job = _job(task["job"])
    source = None
    with suppress(OSError):  # reading it fails too, and says why
        source = fingerprint(job.input)
    result = attempt(job, lambda: _do(job, task))
    values = asdict(result) | {
        "status": result.status.value,
        "output": None if result.output is None else str(result.output),
        "seal": result.seal and list(result.seal),
        "source": source and list(source),
    }
    del values["job"]
    return values


def _do(job: Job, task: dict[str, Any]) -> JobResult:
    """Run a job, if this machine has the very models that were asked for.

    Raises:
        BsrError: it has not.
    """
    catalog = _catalog(task["models"])
    choice = choose_models(catalog, job.scale, job.model, job.weights, job.family, job.clean_up)
    if _checksums(choice) != task["checksums"]:
        raise BsrError(
            "The model {model} on the worker differs from the one here.", model=choice.name
        )
    return run_job(job, catalog)


def _checksums(choice: ModelChoice) -> list[str]:
    return [card.sha256 for card in choice.cards]


@lru_cache(1)
def _catalog(user_folder: str) -> Catalog:
    """Keep one catalog in a worker, since it keeps the models it has loaded."""
    from ..models.catalog import default_catalog

    return default_catalog(Path(user_folder))


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
    source, output, seal = values.pop("source"), values["output"], values["seal"]
    read = {
        "job": job,
        "status": JobStatus(values["status"]),
        "output": None if output is None else Path(output),
        "seal": seal and Seal(*seal),
    }
    return JobResult(**values | read), tuple(source) if source else None
