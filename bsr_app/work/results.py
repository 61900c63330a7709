"""A finished enlargement and what is said about it under its pane."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.jobs.model_choice import WHOLE

if TYPE_CHECKING:
    from bsr.engine.picture import Picture


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
        size: the size that was asked for instead of a factor, as in names of files, or "".
        asked: the family or model that was asked for, "" where the picture decided.
        percent: of that model's picture in the result; the rest is another model's.
        checksums: model's id -> that of its file, for the models that it is mixed of.
        parts: id and checksum of a model -> what it made, from which another mixture can be had at
            once.
    """

    picture: Picture
    title: str
    model_id: str
    weights: str
    seconds: float
    weights_bytes: int
    scale: float
    file: Path | None = None
    size: str = ""
    asked: str = ""
    percent: int = WHOLE
    checksums: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], Picture] = field(default_factory=dict)

    @property
    def megapixels_per_second(self) -> float:
        """Millions of finished pixels per second."""
        pixels = self.picture.height * self.picture.width
        return pixels / 1e6 / max(self.seconds, 1e-9)
