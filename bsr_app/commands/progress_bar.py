"""One line on a terminal that says how far the work has come and how long it will still take."""

from __future__ import annotations

import shutil
import time
import unicodedata
from typing import TYPE_CHECKING, TextIO

from bsr.engine.errors import one_line

from .printing import duration

if TYPE_CHECKING:
    from bsr.engine import Progress

BAR_COLUMNS = 20
SECONDS_BETWEEN_DRAWINGS = 0.1
# An estimate from less than this would jump about.
SECONDS_BEFORE_ESTIMATE = 0.5


class ProgressBar:
    """Draws on a terminal, and does nothing where there is none."""

    def __init__(self, stream: TextIO | None, shown: bool = True) -> None:
        """Draw nothing yet.

        Args:
            stream: where to draw, usually sys.stderr.
            shown: False draws nothing, whatever the stream is.
        """
        self._stream = stream if shown and stream is not None and stream.isatty() else None
        self._label = ""
        self._stage = ""
        self._stage_began = 0.0
        self._drawn = 0.0

    def begin(self, label: str) -> None:
        """Name what the next progress belongs to, e.g. a file."""
        self._label = one_line(label)
        self._stage = ""

    def rename(self, label: str) -> None:
        """Rename the progress that is shown, e.g. to one that counts."""
        self._label = one_line(label)

    def update(self, progress: Progress) -> None:
        """Draw the state, ten times per second at most."""
        if self._stream is None:
            return
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._stage_began = progress.stage, now
        elif now - self._drawn < SECONDS_BETWEEN_DRAWINGS:
            return
        self._drawn = now
        share = progress.done / progress.total if progress.total else 0.0
        text = f"  {progress.stage}  {_bar(share)} {share:4.0%}"
        elapsed = now - self._stage_began
        if share > 0 and elapsed > SECONDS_BEFORE_ESTIMATE:
            text += f"  {duration(elapsed / share - elapsed)} left"
        columns = shutil.get_terminal_size().columns - 1
        label = _shorten(self._label, columns - len(text))
        self._stream.write("\r" + (label + text)[:columns] + "\x1b[K")
        self._stream.flush()

    def clear(self) -> None:
        """Leave an empty line for other output."""
        if self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _bar(share: float) -> str:
    """Draw a share of 0..1 as a bar."""
    full = round(min(share, 1.0) * BAR_COLUMNS)
    return "[" + "#" * full + "-" * (BAR_COLUMNS - full) + "]"


def _shorten(text: str, columns: int) -> str:
    """Cut a text to a number of columns; the characters of East Asia take two."""
    if _columns(text) <= columns:
        return text
    while text and _columns(text) > columns - 3:
        text = text[:-1]
    return text + "..." if text else ""


def _columns(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
