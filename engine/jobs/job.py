"""What is asked for with a picture, and what has become of it: light to import."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from ..disk import Seal
from ..images.formats import DEFAULT_QUALITY, WHITE
from ..upscaling.goal import Goal
from .model_choice import WHOLE

IfExists = Literal["skip", "rename", "replace"]


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
