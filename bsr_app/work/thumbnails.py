"""Thumbnails of many pictures, for the job runner.  No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.errors import ImageFileError

if TYPE_CHECKING:
    from ..qt.job_runner import JobContext


def make_thumbnails(paths: Sequence[Path], side: int, context: JobContext) -> None:
    """Hand over (path, pixels) of each picture, (path, None) of one that cannot be read.

    Args:
        paths: of the pictures.
        side: the longest side in pixels.
        context: is given each pair as an item.

    Raises:
        Cancelled: it was cancelled.
    """
    from bsr.engine.images import thumbnail

    for path in paths:
        context.cancel.check()
        try:
            context.item((path, thumbnail(path, side)))
        except ImageFileError:
            context.item((path, None))
