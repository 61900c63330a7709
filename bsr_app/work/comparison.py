"""Before and after in one picture, or in a short animation, to be shown to others.  No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import numpy as np

from bsr.engine.disk import write_file
from bsr.engine.opencv import cv2

if TYPE_CHECKING:
    from bsr.engine.images.depth import Bytes

Kind = Literal["slider", "side", "animation"]

GAP = 8  # pixels between two pictures
LINE = 3  # pixels of the divider
WHITE = 255
LONGEST_SIDE = 4096  # of a picture
ANIMATED_SIDES = {".webp": 720, ".gif": 480}  # a GIF of the same size takes ten times the bytes
STEPS = 18  # frames of one wipe
FRAME_MILLISECONDS, REST_MILLISECONDS = 60, 900
QUALITY = 85  # of an animated WebP


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a comparison shows.

    Attributes:
        before: (height, width, 3) uint8, with its label.
        after: of the same shape, with its label.
        divider: the first column that shows `after` beside the line.
    """

    before: Bytes
    after: Bytes
    divider: int

    def within(self, side: int) -> Comparison:
        """Return it reduced so that no side is longer."""
        height, width = self.before.shape[:2]
        share = side / max(height, width)
        if share >= 1:
            return self
        size = max(1, round(width * share)), max(1, round(height * share))
        before, after = (
            np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
            for picture in (self.before, self.after)
        )
        return Comparison(before, after, round(self.divider * share))


def slider_picture(comparison: Comparison) -> Bytes:
    """Return the picture before left of a line, and after right of it."""
    column = min(max(comparison.divider, 0), comparison.before.shape[1])
    made = np.concatenate(
        (comparison.before[:, :column], comparison.after[:, column:]), axis=1, dtype=np.uint8
    )
    made[:, max(column - LINE // 2, 0) : column + LINE - LINE // 2] = WHITE
    return made


def side_by_side(comparison: Comparison) -> Bytes:
    """Return both pictures beside each other."""
    gap = np.full((comparison.before.shape[0], GAP, 3), WHITE, np.uint8)
    return np.concatenate((comparison.before, gap, comparison.after), axis=1)


def picture_of(comparison: Comparison, kind: Kind) -> Bytes:
    """Return the one picture of a kind, at most LONGEST_SIDE wide and high."""
    if kind == "side":
        return side_by_side(comparison.within((LONGEST_SIDE - GAP) // 2))
    return slider_picture(comparison.within(LONGEST_SIDE))


def frames(comparison: Comparison) -> Iterator[tuple[Bytes, int]]:
    """Return the frames of an animation that wipes to the picture after and back, with their ms."""
    width = comparison.before.shape[1]
    wipe = [round(width * (1 - step / STEPS)) for step in range(1, STEPS)]
    for still, columns in ((comparison.before, wipe), (comparison.after, wipe[::-1])):
        yield still, REST_MILLISECONDS
        for column in columns:
            yield slider_picture(replace(comparison, divider=column)), FRAME_MILLISECONDS


def write_comparison(
    comparison: Comparison, kind: Kind, target: Path, protected: Path | None
) -> Path:
    """Write a comparison; a file that is there is replaced, for the user was asked.

    Args:
        comparison: what is shown.
        kind: "slider" or "side" for a PNG, "animation" for a GIF or WebP by the suffix.
        target: where to.
        protected: the original, which is never written over.

    Raises:
        BsrError: the target is the original.
        ImageFileError, OSError: it cannot be written.
    """
    from bsr.engine.images import write_picture
    from bsr.engine.jobs.run import refuse_original
    from bsr.engine.picture import Picture

    if protected is not None:
        refuse_original(target, protected)
    if kind == "animation":
        return write_file(target, lambda file: _write_animation(comparison, file, target.suffix))
    return write_picture(Picture(picture_of(comparison, kind)), target, format="png")


def _write_animation(comparison: Comparison, file: BinaryIO, suffix: str) -> None:
    from PIL import Image

    suffix = suffix.lower()
    small = comparison.within(ANIMATED_SIDES[suffix])
    pictures, durations = zip(*frames(small), strict=True)
    images = [Image.fromarray(picture) for picture in pictures]
    options: dict[str, Any] = {"save_all": True, "duration": list(durations), "loop": 0}
    if suffix == ".webp":
        options |= {"format": "WEBP", "quality": QUALITY}
    else:
        options |= {"format": "GIF", "optimize": False}
        # One palette for all, so that nothing flickers while the line moves.
        both = np.concatenate((np.asarray(images[0]), np.asarray(images[STEPS])))
        palette = Image.fromarray(both).quantize(256, Image.Quantize.FASTOCTREE)
        images = [image.quantize(palette=palette) for image in images]
    images[0].save(file, append_images=images[1:], **options)
