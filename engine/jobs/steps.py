"""The steps that jobs and the window share: enlarging with one or two models, and writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..images import write_picture
from ..upscaling.upscale import upscale
from .model_choice import Mix, Parts, part_key
from .properties import kept_properties, lost_properties

if TYPE_CHECKING:
    from ..disk import Naming
    from ..models.catalog import Catalog
    from ..picture import Picture
    from ..progress import CancelToken, FinishedRows, Progress
    from ..upscaling.goal import Goal
    from .job import SaveOptions

    OnProgress = Callable[[Progress], None]


def upscale_with_mix(
    picture: Picture,
    mix: Mix,
    catalog: Catalog,
    scale: float,
    *,
    goal: Goal | None = None,
    threads: int | None = None,
    parts: Parts | None = None,
    on_progress: OnProgress | None = None,
    on_rows: Callable[[FinishedRows], None] | None = None,
    cancel: CancelToken | None = None,
) -> Picture:
    """Enlarge a picture with each model of a mix, and mix what they make.

    Args:
        picture: what is enlarged.
        mix: the models.
        catalog: loads them.
        scale: times larger, 1..8.
        goal: the size that the scale comes from, or None.
        threads: as for `bsr.engine.upscaling.upscale.upscale`, like all that follow.
        parts: what models have made of this picture already; what they make now is added.
        on_progress: told of the work of all models as one.
        on_rows: told of finished rows.
        cancel: looked at between blocks of rows.

    Raises:
        Cancelled: it was cancelled.
        ModelFileError: a model is damaged.
    """
    parts = {} if parts is None else parts
    missing = mix.missing(parts)
    for number, card in enumerate(missing):
        parts[part_key(card)] = upscale(
            catalog.load(card),
            picture,
            scale=scale,
            threads=threads,
            on_progress=on_progress and _share(on_progress, number, len(missing)),
            on_rows=on_rows,
            cancel=cancel,
        )
    result = mix.result(lambda card: parts[part_key(card)], cancel)
    return result if goal is None else goal.marked(result)


def _share(on_progress: OnProgress, part: int, parts: int) -> OnProgress:
    """Return what tells of one run of several, numbered from 0, as a part of the whole."""

    def report(progress: Progress) -> None:
        done = progress.done + part * progress.total
        on_progress(replace(progress, done=done, total=parts * progress.total))

    return report


@dataclass(frozen=True)
class Written:
    """A result in its file.

    Attributes:
        path: of the file, numbered where that was wanted.
        kept: what the file holds beside the colours, see `bsr.engine.jobs.properties`.
        lost: what the picture had of these and the file has not.
    """

    path: Path
    kept: tuple[str, ...]
    lost: tuple[str, ...]


def write_result(
    picture: Picture,
    path: Path,
    format: str,
    save: SaveOptions,
    naming: Naming,
    *,
    on_progress: OnProgress | None = None,
    cancel: CancelToken | None = None,
) -> Written:
    """Write a result; its folder is made where it is missing.

    Args:
        picture: the result.
        path: where to.
        format: a name of `bsr.engine.images.FORMATS`; that of the options is not asked.
        save: how it is written; what becomes of a file that is there, `naming` says.
        naming: as for `bsr.engine.images.write_picture`, like all that follow.
        on_progress: told of rows.
        cancel: looked at between bands of rows.

    Raises:
        Cancelled: it was cancelled; there is no file.
        ImageFileError: the format cannot hold the picture or the file cannot be written.
        OSError: the folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path = write_picture(
        picture,
        path,
        format=format,
        quality=save.quality,
        background=save.background,
        keep_metadata=save.keep_metadata,
        naming=naming,
        on_progress=on_progress,
        cancel=cancel,
    )
    kept = kept_properties(picture, format, save.keep_metadata, save.background)
    return Written(path, kept, lost_properties(picture, kept))
