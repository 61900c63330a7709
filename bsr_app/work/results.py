"""A finished enlargement and what is said about it under its pane."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.jobs.model_choice import WHOLE, Parts

if TYPE_CHECKING:
    from bsr.engine.picture import Picture


SAME_TIME_SECONDS = 2.0  # a file server may set its own time when a file has been closed


@dataclass(eq=False)
class Result:
    """One enlargement of the picture that is open.

    Attributes:
        picture: the enlarged picture.
        title: the model's title, for people.
        model_id: the model's id, e.g. "bsr-x4".
        weights: "binary" or "float".
        seconds: what the enlargement took.
        weights_bytes: size of the weights file in bytes.
        scale: the factor, 1 to 8.
        file: where it was saved last, or None while it is not.
        written: that file's size in bytes and its time in seconds then, or None where unknown.
        size: the size that was asked for instead of a factor, as in names of files, or "".
        dpi: dots per inch of the print that was asked for, or None.
        asked: the family or model that was asked for, "" where the picture decided, None where
            that is not known.
        percent: of that model's picture in the result; the rest is another model's.
        checksums: model's id -> that of its file, for the models that it is mixed of.
        parts: what each model made, from which another mixture can be had at once.
    """

    picture: Picture
    title: str
    model_id: str
    weights: str
    seconds: float
    weights_bytes: int
    scale: float
    file: Path | None = None
    written: tuple[int, float] | None = None
    size: str = ""
    dpi: float | None = None
    asked: str | None = None
    percent: int = WHOLE
    checksums: dict[str, str] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)

    @property
    def saved(self) -> bool:
        """Whether its file is there still, as it was written."""
        if self.file is None or self.written is None:
            return self.file is not None
        (size, time), now = self.written, size_and_time(self.file)
        return now is not None and now[0] == size and abs(now[1] - time) <= SAME_TIME_SECONDS

    def take_file(self, file: Path) -> None:
        """Note that a file holds it now."""
        self.file, self.written = file, size_and_time(file)

    @property
    def megapixels_per_second(self) -> float:
        """Millions of finished pixels per second."""
        pixels = self.picture.height * self.picture.width
        return pixels / 1e6 / max(self.seconds, 1e-9)


def size_and_time(file: Path) -> tuple[int, float] | None:
    """Return a file's size in bytes and its time in seconds, or None where it is not to be had."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime
