"""What the upscale page lets the lanes do: read a picture, enlarge it.  No Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.models.catalog import Catalog
from bsr.engine.picture import Picture
from bsr.work.results import Result

if TYPE_CHECKING:
    from bsr.engine.models.weights_file import ModelCard
    from bsr.qt.job_runner import Reporter


@dataclass(frozen=True)
class Opened:
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
class Wish:
    """What the person set: the model that will run, the scale, and the threads."""

    card: ModelCard
    scale: float
    threads: int

    def made(self, result: Result) -> bool:
        """Whether a result is what is wished for."""
        made = result.model_id, result.weights, result.scale
        return made == (self.card.id, self.card.weights, self.scale)


def read(path: Path) -> Opened:
    """Read a picture.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import read_picture

    return Opened(read_picture(path), path.name, path)


def read_result(original: Path, path: Path) -> Result:
    """Read a result that was saved before; which model made it is not known.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import probe, read_picture

    picture, before = read_picture(path), probe(original)
    return Result(picture, path.name, "", "", 0.0, 0, picture.height / before.height)


def enlarge(
    catalog: Catalog,
    picture: Picture,
    wish: Wish,
    title: str,
    memory_limit: int | None,
    reporter: Reporter,
) -> Result:
    """Enlarge a picture.

    Args:
        catalog: loads the model.
        picture: what is enlarged.
        wish: how.
        title: of the result.
        memory_limit: bytes that it may take, or None for what is free.
        reporter: told of progress and rows.

    Raises:
        Cancelled, ModelFileError, NotEnoughMemory.
    """
    from bsr.engine.upscaling.upscale import upscale

    require_memory(wish, picture, memory_limit)
    card = wish.card
    model = catalog.load(card)
    started = time.perf_counter()
    enlarged = upscale(
        model,
        picture,
        scale=wish.scale,
        threads=wish.threads,
        on_progress=reporter.progress,
        on_rows=reporter.rows,
        cancel=reporter.cancel,
    )
    seconds = time.perf_counter() - started
    return Result(enlarged, title, card.id, card.weights, seconds, card.bytes, wish.scale)


def require_memory(wish: Wish, picture: Picture, limit: int | None) -> None:
    """Refuse a wish that would not fit in memory.

    Raises:
        NotEnoughMemory: the message says what would fit.
    """
    from bsr.engine.upscaling.upscale import check_memory

    check_memory(
        wish.card,
        picture.height,
        picture.width,
        wish.scale,
        wish.threads,
        limit,
        bits=8 if picture.white == 255 else 16,
        alpha=picture.alpha is not None,
    )
