"""One picture from file to file, in the steps read, compute and write."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..disk import Naming, Seal, check_folder, is_same_file
from ..errors import BsrError, Cancelled, Sentence, Stopped, system_reason
from ..images import (
    check_output,
    encoder_bytes,
    format_of,
    probe,
    read_picture,
)
from ..progress import CancelToken, Progress
from ..upscaling.goal import GoalOutOfReach
from ..upscaling.memory import Workload, check_mix
from ..upscaling.tiles import output_size
from .job import Job, JobResult, JobStatus
from .model_choice import choose_models
from .steps import upscale_with_mix, write_result

if TYPE_CHECKING:
    from ..images import PictureInfo
    from ..models.catalog import Catalog
    from ..picture import Picture
    from ..progress import FinishedRows
    from .model_choice import Mix, ModelChoice

Value = TypeVar("Value")

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class LoadedJob:
    """A job whose picture is in memory, between `read_job` and `write_job`.

    Attributes:
        job: what was asked for.
        mix: the models that run.
        scale: times larger, 1..8.
        format: a name of `bsr.engine.images.FORMATS`, of the result.
        picture: what was read.
    """

    job: Job
    mix: Mix
    scale: float
    format: str
    picture: Picture


def run_job(
    job: Job,
    catalog: Catalog,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
    on_rows: Callable[[FinishedRows], None] | None = None,
) -> JobResult:
    """Read, enlarge and write one picture; what cannot work is refused before the work starts.

    Args:
        job: what to do.
        catalog: the installed models.
        on_progress: called with every step, from worker threads, never concurrently.
        cancel: looked at between blocks of rows.
        on_rows: called with finished rows, see `bsr.engine.upscaling.upscale.upscale`.

    Returns:
        The outcome.  Failures and cancellation are results too: nothing is raised.
    """
    started = time.perf_counter()
    result = attempt(job, lambda: _run(job, catalog, on_progress, cancel, on_rows))
    return replace(result, seconds=time.perf_counter() - started)


def attempt(job: Job, step: Callable[[], Value]) -> Value | JobResult:
    """Return what a step of a job returns; failure and cancellation become results of the job.

    Raises:
        Stopped: not only this job cannot go on.
    """
    status, error, number = JobStatus.FAILED, None, None
    try:
        return step()
    except Cancelled:
        status = JobStatus.CANCELLED
    except Stopped:
        raise
    except Exception as failure:
        error, number = _reason(failure, job), _errno(failure)
    return JobResult.without_file(job, status, error, number)


def existing(job: Job) -> JobResult | None:
    """Return the result of a job that is to be skipped since its output exists, else None."""
    if job.save.if_exists != "skip" or not os.path.lexists(job.output):
        return None
    return JobResult.without_file(job, JobStatus.SKIPPED, output=job.output)


def read_job(job: Job, choice: ModelChoice) -> LoadedJob:
    """Read the picture of a job, after everything that can be refused by its header.

    Args:
        job: what to do.
        choice: the models that may run.

    Raises:
        BsrError: the picture is unreadable, the result too large for its format or for memory,
            or the original would be overwritten.
        OSError: the folder of the result cannot be written.
    """
    info = probe(job.input)
    _protect_original(job)
    check_folder(job.output.parent)
    scale = scale_of(job, info) or choice.card.scale
    format = job.save.format or format_of(job.output).name
    check_output(*output_size(info.height, info.width, scale), format, info.hdr)
    _check_memory(job, choice.plain, info, scale, format)
    picture = read_picture(job.input)
    mix = choice.for_picture(picture)
    if mix != choice.plain:
        _check_memory(job, mix, info, scale, format)
    return LoadedJob(job, mix, scale, format, picture)


def scale_of(job: Job, info: PictureInfo) -> float | None:
    """Return the factor for a picture, None for the model's own.

    Args:
        job: what to do.
        info: of the picture.

    Raises:
        GoalOutOfReach: the message names the picture and says why.
    """
    if job.goal is None:
        return job.scale
    try:
        return job.goal.scale(info.height, info.width)
    except GoalOutOfReach as error:
        raise GoalOutOfReach(
            Sentence("{file}: {problem}", file=job.input, problem=error.args[0]), error.scale
        ) from error


def _check_memory(job: Job, mix: Mix, info: PictureInfo, scale: float, format: str) -> None:
    """Refuse what would not fit in memory.

    Raises:
        NotEnoughMemory: the message says what would fit.
    """
    work = Workload(
        mix.card,
        info.height,
        info.width,
        scale,
        job.threads,
        bits=info.bits,
        alpha=info.alpha,
        encoder_bytes=encoder_bytes(format, job.save.quality),
        file_bytes=info.file_bytes,
    )
    check_mix(mix.cards, work, job.memory_limit)


def compute_job(
    loaded: LoadedJob,
    catalog: Catalog,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
    on_rows: Callable[[FinishedRows], None] | None = None,
) -> Picture:
    """Enlarge the picture of a job; arguments as in `run_job`.

    Raises:
        BsrError: the model is damaged, or memory too small.
        Cancelled: it was cancelled.
    """
    return upscale_with_mix(
        loaded.picture,
        loaded.mix,
        catalog,
        loaded.scale,
        goal=loaded.job.goal,
        threads=loaded.job.threads,
        on_progress=on_progress,
        on_rows=on_rows,
        cancel=cancel,
    )


def write_job(
    loaded: LoadedJob,
    upscaled: Picture,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
    announce: Callable[[Path, Seal], None] = lambda path, seal: None,
) -> JobResult:
    """Write the result of a job; `seconds` is left to the caller.

    Args:
        loaded: the job.
        upscaled: its result.
        on_progress: as in `run_job`.
        cancel: as in `run_job`.
        announce: called before the file gets its name, with that and what it is known by.

    Raises:
        BsrError: the file cannot be written.
        Cancelled: it was cancelled; there is no file.
        OSError: its folder cannot be made.
    """
    job, card = loaded.job, loaded.mix.card
    seals = []

    def note(path: Path, seal: Seal) -> None:
        announce(path, seal)
        seals.append(seal)

    naming = Naming(job.save.if_exists == "replace", job.ours, job.again, note)
    written = write_result(
        upscaled,
        job.output,
        loaded.format,
        job.save,
        naming,
        on_progress=on_progress,
        cancel=cancel,
    )
    return JobResult(
        job=job,
        status=JobStatus.DONE,
        output=written.path,
        model=card.id,
        weights=card.weights,
        megapixels=upscaled.height * upscaled.width / 1e6,
        kept=written.kept,
        lost=written.lost,
        frames=upscaled.frames,
        seal=seals[-1],
    )


def _run(
    job: Job,
    catalog: Catalog,
    on_progress: Callable[[Progress], None] | None,
    cancel: CancelToken | None,
    on_rows: Callable[[FinishedRows], None] | None,
) -> JobResult:
    """Do the job; errors are raised.  `seconds` is left to the caller."""
    cancel = cancel or CancelToken()
    if (skipped := existing(job)) is not None:
        return skipped
    cancel.check()
    if on_progress is not None:
        on_progress(Progress("reading", 0, 1))
    # The models suit the factor, and a goal's is known when the picture's size is.
    scale = job.scale if job.goal is None else scale_of(job, probe(job.input))
    choice = choose_models(catalog, scale, job.model, job.weights, job.family, job.clean_up)
    loaded = read_job(job, choice)
    cancel.check()
    upscaled = compute_job(loaded, catalog, on_progress, cancel, on_rows)
    return write_job(loaded, upscaled, on_progress, cancel)


def _protect_original(job: Job) -> None:
    """Refuse to write over the picture that is read, under whatever name."""
    if (job.save.if_exists == "rename" and job.ours is None) or not job.output.exists():
        return
    refuse_original(job.output, job.input)


def refuse_original(target: Path, original: Path) -> None:
    """Refuse to write over an original, under whatever name.

    Raises:
        BsrError: target is the same file.
    """
    if is_same_file(target, original):
        raise BsrError(
            "{file} would overwrite the original. Give another name or another folder.",
            file=target,
        )


def _reason(failure: Exception, job: Job) -> str:
    """Say in plain words why a job failed."""
    if isinstance(failure, BsrError):
        return str(failure)
    if isinstance(failure, OSError) and failure.strerror:
        place = failure.filename or job.output
        return Sentence("{file}: {reason}.", file=place, reason=system_reason(failure))
    if isinstance(failure, MemoryError):
        return Sentence("{file}: there is not enough memory for this picture.", file=job.input)
    log.error("%s failed", job.input, exc_info=failure)
    return Sentence(
        "{file}: unexpected error ({kind}: {details}); the details are in the log.",
        file=job.input,
        kind=type(failure).__name__,
        details=failure,
    )


def _errno(failure: BaseException | None) -> int | None:
    """Find the system's number of an error in the chain of its causes."""
    while failure is not None:
        if isinstance(failure, OSError) and failure.errno is not None:
            return failure.errno
        failure = failure.__cause__ or failure.__context__
    return None
