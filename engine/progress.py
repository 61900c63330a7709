"""How far a work is, what it hands out on the way, and the request to stop it."""

from __future__ import annotations

import time
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import TypeVar

from .errors import Cancelled
from .picture import Pixels

PAUSE_POLL_SECONDS = 0.05
SIGNAL_POLL_SECONDS = 0.1

T = TypeVar("T")


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
    """A shared request to stop or to pause, looked at between blocks of rows, never in a kernel.

    Plain flags without a lock: signal handlers call `cancel`, and one that came while the same
    thread held a lock would wait for ever.
    """

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


def result_of(future: Future[T]) -> T:
    """Return the result of a future, and heed signals meanwhile.

    On Windows Python heeds none before a wait without a limit is over.
    """
    while not future.done():
        wait([future], SIGNAL_POLL_SECONDS)
    return future.result()
