"""How large a result is to be, said otherwise than by a factor: a box, megapixels, a print.

A goal becomes a factor for each picture.  A result keeps the picture's proportions, so of a box
one side is filled exactly.  What lies between the factors of the models is reduced from the next
larger one, what lies above them takes several passes, as with any factor.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import BsrError, Sentence

if TYPE_CHECKING:
    from ..picture import Picture

SMALLEST_SCALE, LARGEST_SCALE = 1, 8
LARGEST_SIDE = 1_000_000
LARGEST_MEGAPIXELS = 10_000.0
LARGEST_DPI = 4800.0
CM_PER_INCH = 2.54


class GoalOutOfReach(BsrError):
    """A picture is larger than the goal already, or too small to reach it.

    Attributes:
        scale: the factor that it would take.
    """

    def __init__(self, message: str, scale: float) -> None:
        super().__init__(message)
        self.scale = scale


@dataclass(frozen=True)
class Goal:
    """The size that results are to have: a box, one side of it, or an area.

    Attributes:
        width: the most columns, or None for any number.
        height: the most rows, or None for any number.
        megapixels: the area in millions of pixels, or None; then there is no box.
        dpi: dots per inch of a print of that box, written into the file, or None.  The paper is
            turned where the picture lies the other way.
    """

    width: int | None = None
    height: int | None = None
    megapixels: float | None = None
    dpi: float | None = None

    def __post_init__(self) -> None:
        sides = [side for side in (self.width, self.height) if side is not None]
        if bool(sides) is (self.megapixels is not None):
            raise ValueError("a goal is either a box or megapixels")
        if not all(type(side) is int and 1 <= side <= LARGEST_SIDE for side in sides):
            raise ValueError(f"sides must be 1 to {LARGEST_SIDE} pixels, not {sides}")
        if self.megapixels is not None and not 0 < self.megapixels <= LARGEST_MEGAPIXELS:
            raise ValueError(f"megapixels must be up to {LARGEST_MEGAPIXELS}")
        if self.dpi is not None and not (len(sides) == 2 and 1 < self.dpi <= LARGEST_DPI):
            raise ValueError(f"a print has two sides and 2 to {LARGEST_DPI} dots per inch")

    @property
    def label(self) -> str:
        """What stands in the names of files, e.g. "1920x1080", "w6000" or "12MP"."""
        if self.megapixels is not None:
            return f"{self.megapixels:g}MP"
        if self.width is not None and self.height is not None:
            return f"{self.width}x{self.height}"
        return f"h{self.height}" if self.width is None else f"w{self.width}"

    def scale(self, height: int, width: int) -> float:
        """Return the factor by which a picture of (height, width) is to be enlarged.

        Raises:
            GoalOutOfReach: it would be less than 1 or more than 8; the message says which.
        """
        scale = self._scale(height, width)
        if scale < SMALLEST_SCALE:
            raise GoalOutOfReach(
                Sentence(
                    "The picture has {width} x {height} pixels, which is more than was asked for: "
                    "there is nothing to enlarge.",
                    width=width,
                    height=height,
                ),
                scale,
            )
        if scale > LARGEST_SCALE:
            raise GoalOutOfReach(
                Sentence(
                    "{width} x {height} pixels would have to be enlarged {scale} times; "
                    "at most {limit} times is possible.",
                    width=width,
                    height=height,
                    scale=round(scale, 1),
                    limit=LARGEST_SCALE,
                ),
                scale,
            )
        return scale

    def marked(self, picture: Picture) -> Picture:
        """Return a result with the dots per inch of a print, so that it has its size on paper."""
        return picture if self.dpi is None else replace(picture, dpi=(self.dpi, self.dpi))

    def _scale(self, height: int, width: int) -> float:
        if self.megapixels is not None:
            return math.sqrt(self.megapixels * 1e6 / (height * width))
        columns, rows = self.width or math.inf, self.height or math.inf
        if self.dpi is not None and (columns < rows) != (width < height):
            columns, rows = rows, columns
        return min(columns / width, rows / height)


def print_goal(width: float, height: float, unit: str, dpi: float) -> Goal:
    """Return the goal of a print.

    Args:
        width: of the paper.
        height: of the paper.
        unit: "cm" or "in".
        dpi: dots per inch.

    Raises:
        ValueError: it is no size of a print.
    """
    per_unit = dpi / CM_PER_INCH if unit == "cm" else dpi
    columns, rows = (round(side * per_unit) for side in (width, height))
    return Goal(columns, rows, dpi=dpi)


def parse_box(text: str) -> Goal:
    """Return the goal of a box as people write it, e.g. "1920x1080".

    Raises:
        ValueError: it is none.
    """
    match = re.fullmatch(r"\s*(\d{1,7})\s*[x×]\s*(\d{1,7})\s*", text, re.IGNORECASE)
    if match is None:
        raise ValueError(text)
    return Goal(int(match[1]), int(match[2]))


def parse_print(text: str) -> Goal:
    """Return the goal of a print as people write it, e.g. "30x20cm@300" or "8x10in@240".

    Raises:
        ValueError: it is none.
    """
    number = r"(\d{1,6}(?:\.\d{1,6})?)"
    pattern = rf"\s*{number}\s*[x×]\s*{number}\s*(cm|in|inch)\s*@\s*{number}\s*(?:dpi)?\s*"
    match = re.fullmatch(pattern, text, re.IGNORECASE)
    if match is None:
        raise ValueError(text)
    unit = "cm" if match[3].lower() == "cm" else "in"
    return print_goal(float(match[1]), float(match[2]), unit, float(match[4]))
