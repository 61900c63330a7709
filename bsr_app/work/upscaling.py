"""The upscale page's tasks for the job runner: read a picture, upscale it.  No Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.jobs.model_choice import Mix, Parts
from bsr.engine.models.catalog import Catalog
from bsr.engine.picture import Picture

from .region import Region
from .results import Result, size_and_time

if TYPE_CHECKING:
    from bsr.engine.images.compression import Compression
    from bsr.engine.models.card import ModelCard
    from bsr.engine.upscaling.goal import Goal

    from ..qt.job_runner import JobContext

VIEW_BYTES = 6
"""A pixel of the result, for its view while it grows: three channels, alpha and their halvings."""


@dataclass(frozen=True)
class OpenPicture:
    """A picture that was read.

    Attributes:
        picture: the picture.
        name: what it is called.
        path: its file, or None where it was pasted.
        compression: what lossy compression has left in it, or None where nobody has looked.
        content: equals that of every OpenPicture that is known to hold the same pixels.
    """

    picture: Picture
    name: str
    path: Path | None
    compression: Compression | None = None
    content: object = field(default_factory=object)

    def cropped(self, region: Region) -> OpenPicture:
        """Return a part of it, which shares its pixels and its file."""
        from bsr.engine.images.metadata import without_panorama

        part = without_panorama(region.of(self.picture))
        return replace(self, picture=part, content=(self.content, region))


@dataclass(frozen=True)
class UpscaleOptions:
    """What the user chose.

    Attributes:
        mix: the models that will run.
        scale: by which the picture is enlarged.
        threads: worker threads.
        goal: the size that was asked for instead of a scale, or None.
        asked: the family or model that was asked for, "" where the picture decides.
    """

    mix: Mix
    scale: float
    threads: int
    goal: Goal | None = None
    asked: str = ""

    @property
    def card(self) -> ModelCard:
        """The model that gives the result its name."""
        return self.mix.card

    def matches(self, result: Result) -> bool:
        """Return whether a result was made with these options."""
        made = result.model_id, result.percent, result.checksums, result.dpi
        wanted = self.card.id, self.mix.percent, self.checksums, self.dpi
        return made == wanted and self.made_alike(result)

    def made_alike(self, result: Result) -> bool:
        """Return whether what models made for a result serves these options as well."""
        made = result.weights, result.scale, result.size
        return made == (self.card.weights, self.scale, self.size)

    def differs_in_clean_up(self, result: Result) -> bool:
        """Return whether a result differs only in how far artefacts were removed."""
        asked = result.asked, result.dpi
        same_wish = asked == (self.asked, self.dpi) and self.made_alike(result)
        files = result.checksums.items()
        same_files = all(self.checksums.get(model, file) == file for model, file in files)
        return same_wish and same_files and not self.matches(result)

    @property
    def checksums(self) -> dict[str, str]:
        """Those of the models' files by the models' ids; a file may be replaced by another."""
        return {card.id: card.sha256 for card in self.mix.cards}

    @property
    def size(self) -> str:
        """The size in the names of files, "" where a scale was asked for."""
        return "" if self.goal is None else self.goal.label

    @property
    def dpi(self) -> float | None:
        """Dots per inch of the print that was asked for, which the size does not tell."""
        return None if self.goal is None else self.goal.dpi


def read(path: Path) -> OpenPicture:
    """Read a picture.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import read_picture

    return look_at(read_picture(path), path.name, path)


def look_at(picture: Picture, name: str, path: Path | None) -> OpenPicture:
    """Look at a picture that was read or pasted."""
    from bsr.engine.images.compression import compression_of

    return OpenPicture(picture, name, path, compression_of(picture))


def read_result(original: Path, path: Path) -> Result:
    """Read a result that was saved before; which model made it is not known.

    Raises:
        ImageFileError: it cannot be read; the message says why.
    """
    from bsr.engine.images import probe, read_picture

    written = size_and_time(path)  # first, for it may be overwritten meanwhile
    picture, before = read_picture(path), probe(original)
    return Result(
        picture=picture,
        title=path.name,
        model_id="",
        weights="",
        seconds=0.0,
        weights_bytes=0,
        scale=picture.height / before.height,
        file=path,
        written=written,
    )


def upscale_picture(
    catalog: Catalog,
    picture: Picture,
    options: UpscaleOptions,
    memory_limit: int | None,
    context: JobContext,
    known: Parts,
) -> Result:
    """Enlarge a picture.

    Args:
        catalog: loads the models.
        picture: what is enlarged.
        options: how.
        memory_limit: bytes that it may take, or None for what is free.
        context: told of progress and rows.
        known: what models have made of this picture already, with these options.

    Raises:
        Cancelled, ModelFileError, NotEnoughMemory.
    """
    from bsr.engine.jobs.steps import upscale_with_mix

    mix, parts = options.mix, dict(known)
    missing = mix.missing(parts)
    if missing:
        require_memory(options, picture, memory_limit)
    started = time.perf_counter()
    upscaled = upscale_with_mix(
        picture,
        mix,
        catalog,
        options.scale,
        goal=options.goal,
        threads=options.threads,
        parts=parts,
        on_progress=context.progress,
        on_rows=context.rows,
        cancel=context.cancel,
    )
    seconds = time.perf_counter() - started
    return Result(
        picture=upscaled,
        title=mix.card.title,
        model_id=mix.card.id,
        weights=mix.card.weights,
        seconds=seconds if missing else 0.0,
        weights_bytes=sum(card.bytes for card in mix.cards),
        scale=options.scale,
        size=options.size,
        dpi=options.dpi,
        asked=options.asked,
        percent=mix.percent,
        checksums=options.checksums,
        parts=parts,
    )


def require_memory(options: UpscaleOptions, picture: Picture, limit: int | None) -> None:
    """Refuse options that would not fit in memory.

    Raises:
        NotEnoughMemory: the message says what would fit.
    """
    from bsr.engine.upscaling.memory import Workload, check_mix

    work = Workload(
        options.card,
        picture.height,
        picture.width,
        options.scale,
        options.threads,
        bits=picture.bits,
        alpha=picture.alpha is not None,
        view_bytes=VIEW_BYTES,
    )
    check_mix(options.mix.cards, work, limit)
