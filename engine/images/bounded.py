"""Looking at a file before its picture is decoded: within bounds, whatever lies in it.

Decoders walk through headers byte by byte and segment by segment, in Python.  A few megabytes of
fill bytes, empty segments or comments would keep them busy for minutes, and a sparse file of
gigabytes costs whoever made it nothing.
"""

from __future__ import annotations

import io
import time

from ..machine import memory
from .errors import Unreadable

BYTES = 32 << 20
CALLS = 200_000
_LITTLE = 1 << 16
_COPIES_PER_READ = 16  # of bytes that cost as much as a byte that is read


def check_free_memory(bytes: int) -> None:
    """Refuse what takes more bytes than are free; a little is tried, which is quicker than asking.

    Raises:
        MemoryError: it does not fit.
    """
    if bytes > _LITTLE and bytes > memory().available:
        raise MemoryError


class HeaderReader(io.BufferedReader):
    """A file that may be read only so much until the header is known."""

    def __init__(self, raw: io.FileIO, seconds: float | None = None) -> None:
        """Begin to count.

        Args:
            raw: the file.
            seconds: how long looking may take, or None for as long as it takes.
        """
        super().__init__(raw)
        self.bound(seconds)

    def bound(self, seconds: float | None) -> None:
        """Begin to count anew."""
        self._calls = CALLS
        self._bytes = BYTES
        self._exif = 0
        self._until = None if seconds is None else time.monotonic() + seconds
        self._bounded = True

    def allow(self, bytes: int) -> None:
        """Let so many bytes be read, where the kind of file keeps much beside its picture."""
        self._bytes = bytes

    def release(self) -> None:
        """Let everything be read: the header is known."""
        self._bounded = False

    def read(self, size: int | None = -1) -> bytes:
        """Read as every file does.

        Raises:
            Unreadable: there is no end to the header.
        """
        if not self._bounded:
            return super().read(size)
        most = self._bytes + 1
        if size is None or not 0 <= size <= most:
            size = most
        data = super().read(size)
        self._calls -= 1
        self._bytes -= len(data)
        if data.startswith(b"Exif\0\0"):  # Pillow copies all such segments for each further one
            self._bytes -= self._exif // _COPIES_PER_READ
            self._exif += len(data)
        if self._calls < 0 or self._bytes < 0:
            raise Unreadable("holds more beside its picture than BSR looks through")
        if self._until is not None and time.monotonic() > self._until:
            raise Unreadable("takes too long to be looked at")
        return data
