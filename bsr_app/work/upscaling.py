"""The upscale page's tasks for the job runner: read a picture, upscale it.  No Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.models.catalog import Catalog
from bsr.engine.picture import Picture

from .results import Result

if TYPE_CHECKING:
    from bsr.engine.models.weights_file import ModelCard
    from bsr.engine.upscaling.goal import Goal

    from ..qt.job_runner import JobContext


@dataclass(frozen=True)
class OpenPicture:
    """A picture that was read.

    Attributes:
        picture: the picture.
        name: what it is called.
        path: its file, or None where it was pasted.
    """

    picture: Picture
    name: str
    path: Path | None


@dataclass(frozen=True)
class UpscaleOptions:
    """What the user chose.

    Attributes:
        card: the model that will run.
        scale: by which the picture is enlarged.
        threads: worker threads.
        goal: the size that was asked for instead of a scale, or None.
    """

    card: ModelCard
    scale: float
    threads: int
    goal: Goal | None = None

    def matches(self, result: Result) -> bool:
        """Return whether a result was made with these options."""
        made = result.model_id, result.weights, result.scale, result.size
        return made == (self.card.id, self.card.weights, self.scale, self.size)

    @property
    def size(self) -> str:
        """The size in the names of files, "" where a scale was asked for."""
        return "" if self.goal is None else self.goal.label


def read(path: Path) -> OpenPicture:
    """Read a picture.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import read_picture

    return OpenPicture(read_picture(path), path.name, path)


def read_result(original: Path, path: Path) -> Result:
    """Read a result that was saved before; which model made it is not known.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import probe, read_picture

    picture, before = read_picture(path), probe(original)
    return Result(picture, path.name, "", "", 0.0, 0, picture.height / before.height, path)


def upscale_picture(
    catalog: Catalog,
    picture: Picture,
    options: UpscaleOptions,
    title: str,
    memory_limit: int | None,
    context: JobContext,
) -> Result:
    """Enlarge a picture.

    Args:
        catalog: loads the model.
        picture: what is enlarged.
        options: how.
        title: of the result.
        memory_limit: bytes that it may take, or None for what is free.
        context: told of progress and rows.

    Raises:
        Cancelled, ModelFileError, NotEnoughMemory.
    """
    from bsr.engine.upscaling.upscale import upscale

    require_memory(options, picture, memory_limit)
    card = options.card
    model = catalog.load(card)
    started = time.perf_counter()
    upscaled = upscale(
        model,
        picture,
        scale=options.scale,
        threads=options.threads,
        on_progress=context.progress,
        on_rows=context.rows,
        cancel=context.cancel,
    )
    seconds = time.perf_counter() - started
    if options.goal is not None:
        upscaled = options.goal.marked(upscaled)
    return Result(
        upscaled,
        title,
        card.id,
        card.weights,
        seconds,
        card.bytes,
        options.scale,
        size=options.size,
    )


def require_memory(options: UpscaleOptions, picture: Picture, limit: int | None) -> None:
    """Refuse options that would not fit in memory.

    Raises:
        NotEnoughMemory: the message says what would fit.
    """
    from bsr.engine.upscaling.memory import Workload, check_memory

    work = Workload(
        options.card,
        picture.height,
        picture.width,
        options.scale,
        options.threads,
        bits=8 if picture.max_value == 255 else 16,
        alpha=picture.alpha is not None,
    )
    check_memory(work, limit)
