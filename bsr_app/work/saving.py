"""Where a result is saved and what its file holds.  No Qt."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.resources import FOLDER

if TYPE_CHECKING:
    from bsr.engine.jobs.job import SaveOptions
    from bsr.engine.picture import Picture
    from bsr.engine.progress import CancelToken

    from ..qt.settings import Preferences
    from .results import Result

# The sample pictures lie in the program's own folder, and what is dragged out of the window in one
# that goes with it: nothing is saved beside them.
SAMPLES = FOLDER / "samples"
DRAG_PREFIX = "bsr-drag-"


@dataclass(frozen=True)
class Saved:
    """The outcome of saving.

    Attributes:
        path: the file that was written; with `skipped`, the one that was there already.
        kept: what the file holds beside the colours, see `bsr.engine.jobs.properties`.
        lost: what the picture had of these and the file has not.
        skipped: whether nothing was written, since the file exists and the user wants that.
        again: whether nothing was written, since the file holds this result already.
        frames: how many pictures the original holds, of which this is the first; 0 for very many.
    """

    path: Path
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    skipped: bool = False
    frames: int = 1
    again: bool = False


def proposed_folder(source: Path | None, preferences: Preferences, pictures: Path) -> Path:
    """Return the folder for what is made of a picture.

    Args:
        source: the picture's file, or None for one that was pasted.
        preferences: may name a folder for everything.
        pictures: the folder for pasted pictures and samples, where they name none.
    """
    if preferences.output_folder:
        return Path(preferences.output_folder)
    return pictures if source is None or _is_temporary(source.parent) else source.parent


def target_of(
    source: Path | None, name: str, result: Result, preferences: Preferences, pictures: Path
) -> Path:
    """Return the file that a result is saved in, by the settings.

    Args:
        source: the picture's file, or None for one that was pasted.
        name: of the picture, used where there is no file.
        result: what is saved.
        preferences: give folder, name template and format.
        pictures: as in `proposed_folder`.

    Raises:
        BsrError: the template of the settings gives no name.
    """
    from bsr.engine.images import result_suffix
    from bsr.engine.jobs.output_names import output_name

    stem = source or Path(name).with_suffix(".png")
    has_alpha = result.picture.alpha is not None
    return proposed_folder(source, preferences, pictures) / output_name(
        stem,
        preferences.template,
        scale=result.size or result.scale,
        model=result.model_id,
        weights=result.weights,
        suffix=result_suffix(stem, preferences.format or None, lambda: has_alpha).lower(),
    )


def _is_temporary(folder: Path) -> bool:
    """Return whether what is saved in a folder would not be the user's for good."""
    return folder == SAMPLES or folder.name.startswith(DRAG_PREFIX)


def save(
    picture: Picture,
    target: Path,
    options: SaveOptions,
    protected: Iterable[Path] = (),
    cancel: CancelToken | None = None,
) -> Saved:
    """Write a picture; nothing is overwritten unless the options say so.

    Args:
        picture: what is written.
        target: where to; its suffix names the format where the options do not.
        options: quality, metadata and what to do when the target exists.
        protected: files that are never written over: the original, other results.
        cancel: looked at between bands of rows; what was written until then is removed.

    Raises:
        Cancelled: it was.
        ImageFileError: the format cannot hold the picture or the file cannot be written.
        NotEnoughMemory: the encoder would not fit beside the picture.
        OSError: its folder cannot be made.
    """
    from bsr.engine.disk import Naming, is_same_file
    from bsr.engine.images import FORMATS, format_of
    from bsr.engine.jobs.steps import write_result
    from bsr.engine.upscaling.memory import check_saving

    format = options.format or format_of(target).name
    if target.suffix.lower() not in FORMATS[format].suffixes:
        target = target.with_name(target.name + FORMATS[format].suffixes[0])
    mine = any(is_same_file(target, file) for file in protected)
    if options.if_exists == "skip" and os.path.lexists(target):
        return Saved(target, skipped=True)
    check_saving(picture.height, picture.width, format, options.quality)
    naming = Naming(options.if_exists == "replace" and not mine)
    written = write_result(picture, target, format, options, naming, cancel=cancel)
    return Saved(written.path, written.kept, written.lost, frames=picture.frames)


def replacing(options: SaveOptions) -> SaveOptions:
    """Return options for a file that the user chose by name and agreed to replace."""
    return replace(options, format=None, if_exists="replace")
