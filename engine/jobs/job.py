"""One picture from file to file: what was asked for, the outcome, and the run between.

The heavy parts are imported when a job runs, so that the window can lay out its settings and the
command line can name its outputs before NumPy, OpenCV or Numba is loaded.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from ..disk import Naming, Seal, check_folder, is_same_file
from ..errors import BsrError, Cancelled, Sentence, Stopped, system_reason
from ..images.formats import DEFAULT_QUALITY, WHITE
from ..upscaling.goal import Goal, GoalOutOfReach
from .model_choice import WHOLE

if TYPE_CHECKING:
    from ..images import PictureInfo
    from ..models.card import ModelCard
    from ..models.catalog import Catalog
    from ..picture import Picture
    from ..progress import CancelToken, FinishedRows, Progress
    from .model_choice import Mix, ModelChoice

Value = TypeVar("Value")
IfExists = Literal["skip", "rename", "replace"]

log = logging.getLogger(__name__)


class JobStatus(StrEnum):
    """How a job ended."""

    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class SaveOptions:
    """How the result is written.

    Attributes:
        format: "png", "jpeg", "webp", "tiff" or "bmp"; None takes it from the output's suffix.
        quality: 1..100 for JPEG and WebP.
        keep_metadata: whether EXIF and XMP are written to the result; profile and DPI always are.
        background: RGB 0..255 under transparent pixels in formats without alpha.
        if_exists: what to do when the output exists already.
    """

    format: str | None = None
    quality: int = DEFAULT_QUALITY
    keep_metadata: bool = True
    background: tuple[int, int, int] = WHITE
    if_exists: IfExists = "rename"


@dataclass(frozen=True)
class Job:
    """What was asked for.

    Attributes:
        input: the picture's file.
        output: where the result goes; with "rename" a number may be added to the name.
        model: the model's id, or None for the one that suits the scale and the picture.
        weights: "binary" or "float".
        scale: 1..8, or None for the model's own; beside a goal, None or what that comes to.
        threads: worker threads, or None for all cores.
        save: how the result is written.
        memory_limit: bytes that the work may take, or None for what is free.
        again: whether this very job may have been done before; a file under the name of the
            result that has the same bytes is then taken for the result.
        ours: by what a file is known that an earlier run wrote there, and that may be replaced.
        family, clean_up: see `bsr.engine.jobs.model_choice.choose_models`.
        goal: the size of the result, which decides the scale; or None.
    """

    input: Path
    output: Path
    model: str | None = None
    weights: str = "binary"
    scale: float | None = None
    threads: int | None = None
    save: SaveOptions = field(default_factory=SaveOptions)
    memory_limit: int | None = None
    again: bool = False
    ours: Seal | None = None
    family: str | None = None
    clean_up: int = WHOLE
    goal: Goal | None = None


@dataclass(frozen=True)
class JobResult:
    """The outcome of a job.

    Attributes:
        job: what was asked for.
        status: how it ended.
        output: the file that was written (or, when skipped, found); None otherwise.
        model: the id of the model that ran, or the one asked for.
        weights: the kind of weights that ran, or the one asked for.
        seconds: from the start to the written file.
        megapixels: of the result, in millions of pixels; 0 unless done.
        error: one or two sentences for the user, or None.
        kept: what was carried over from the input, see `bsr.engine.jobs.properties`.
        lost: what was not.
        frames: how many pictures the input holds, of which the first was enlarged; 0 for very many.
        errno: the system's number of the error behind a failure, or None.
        seal: by what the written file is known again; None unless done.
    """

    job: Job
    status: JobStatus
    output: Path | None
    model: str | None
    weights: str
    seconds: float = 0.0
    megapixels: float = 0.0
    error: str | None = None
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    frames: int = 1
    errno: int | None = None
    seal: Seal | None = None

    @classmethod
    def without_file(
        cls,
        job: Job,
        status: JobStatus,
        error: str | None = None,
        errno: int | None = None,
        output: Path | None = None,
    ) -> JobResult:
        """Return the outcome of a job that wrote nothing; arguments as the attributes."""
        return cls(job, status, output, job.model, job.weights, error=error, errno=errno)


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
    from ..images import check_output, format_of, probe, read_picture
    from ..upscaling.tiles import output_size

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
    from ..images import encoder_bytes
    from ..upscaling.memory import Workload, check_mix

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
    from ..upscaling.upscale import upscale

    cards = loaded.mix.cards

    def made(card: ModelCard) -> Picture:
        return upscale(
            catalog.load(card),
            loaded.picture,
            scale=loaded.scale,
            threads=loaded.job.threads,
            on_progress=on_progress
            and share_of_progress(on_progress, cards.index(card), len(cards)),
            on_rows=on_rows,
            cancel=cancel,
        )

    result = loaded.mix.result(made)
    return result if loaded.job.goal is None else loaded.job.goal.marked(result)


def share_of_progress(
    on_progress: Callable[[Progress], None], part: int, parts: int
) -> Callable[[Progress], None]:
    """Return what tells of one run of several, numbered from 0, as a part of the whole."""

    def report(progress: Progress) -> None:
        done = progress.done + part * progress.total
        on_progress(replace(progress, done=done, total=parts * progress.total))

    return report


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
    from ..images import write_picture
    from .properties import kept_properties, lost_properties

    job, card, save = loaded.job, loaded.mix.card, loaded.job.save
    job.output.parent.mkdir(parents=True, exist_ok=True)
    seals = []

    def note(path: Path, seal: Seal) -> None:
        announce(path, seal)
        seals.append(seal)

    target = write_picture(
        upscaled,
        job.output,
        format=loaded.format,
        quality=save.quality,
        background=save.background,
        keep_metadata=save.keep_metadata,
        naming=Naming(save.if_exists == "replace", job.ours, job.again, note),
        on_progress=on_progress,
        cancel=cancel,
    )
    kept = kept_properties(upscaled, loaded.format, save.keep_metadata, save.background)
    return JobResult(
        job=job,
        status=JobStatus.DONE,
        output=target,
        model=card.id,
        weights=card.weights,
        megapixels=upscaled.height * upscaled.width / 1e6,
        kept=kept,
        lost=lost_properties(upscaled, kept),
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
    from ..images import probe
    from ..progress import CancelToken, Progress
    from .model_choice import choose_models

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
