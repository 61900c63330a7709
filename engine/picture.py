"""The values that travel through the program: pictures, progress, and the wish to stop."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bsr.engine.errors import Cancelled

Pixels = NDArray[np.uint8] | NDArray[np.uint16]

PAUSE_POLL_SECONDS = 0.05


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture, upright, with what its file said beside the pixels.

    Attributes:
        pixels: (height, width, 3) uint8 or uint16, RGB, not premultiplied.
        alpha: (height, width) of the same dtype, 0 is transparent; None where opaque.
        grey: whether the three channels are equal and are written back as one.
        icc: the ICC profile's bytes, or None.
        exif: the EXIF block's bytes with the orientation reset, or None.
        dpi: (x, y) dots per inch, or None.
    """

    pixels: Pixels
    alpha: Pixels | None = None
    grey: bool = False
    icc: bytes | None = None
    exif: bytes | None = None
    dpi: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or 0 in self.pixels.shape:
            raise ValueError(f"pixels must be (height, width, 3), not {self.pixels.shape}")
        if self.pixels.dtype not in (np.uint8, np.uint16):
            raise ValueError(f"pixels must be uint8 or uint16, not {self.pixels.dtype}")
        if self.alpha is not None and (
            self.alpha.shape != self.pixels.shape[:2] or self.alpha.dtype != self.pixels.dtype
        ):
            raise ValueError("alpha must have the size and dtype of the pixels")

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])

    @property
    def white(self) -> int:
        """The largest value of a channel: 255 or 65,535."""
        return int(np.iinfo(self.pixels.dtype).max)


@dataclass(frozen=True)
class Progress:
    """How far a stage of the work has come; within one stage `done` never decreases.

    Attributes:
        stage: what is being done, e.g. "preparing", "upscaling", "saving".
        done: units finished.
        total: units of the whole stage.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, eq=False)
class FinishedRows:
    """A part of a result that is done, handed out while the rest is computed.

    Attributes:
        top: its first row in the result.
        left: its first column in the result.
        pixels: (rows, columns, 3) uint8 or uint16, only valid until the call returns.
        height: rows of the whole result; another height than before belongs to another pass.
        width: columns of the whole result.
    """

    top: int
    left: int
    pixels: Pixels
    height: int
    width: int


class CancelToken:
    """A shared wish to stop or to pause, looked at between blocks of rows, never in a kernel."""

    def __init__(self) -> None:
        self._cancelled = False
        self._paused = False
        self._paused_since = 0.0
        self._paused_before = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
        return self._cancelled

    @property
    def paused(self) -> bool:
        """Whether the work waits at its next check()."""
        return self._paused

    @property
    def paused_seconds(self) -> float:
        """How long it has been paused altogether, for honest speeds and times left."""
        running = time.monotonic() - self._paused_since if self._paused else 0.0
        return self._paused_before + running

    def cancel(self) -> None:
        """Ask the work to stop at its next check(); a paused work stops too."""
        self._cancelled = True

    def pause(self) -> None:
        """Ask the work to wait at its next check()."""
        if not self._paused:
            self._paused_since = time.monotonic()
            self._paused = True

    def resume(self) -> None:
        """Let a paused work go on."""
        if self._paused:
            self._paused_before = self.paused_seconds
            self._paused = False

    def check(self) -> None:
        """Return at once, wait while paused, or raise.

        Raises:
            Cancelled: cancel() was called.
        """
        while self._paused and not self._cancelled:
            time.sleep(PAUSE_POLL_SECONDS)
        if self._cancelled:
            raise Cancelled
