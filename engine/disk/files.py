"""Files opened without waiting, and known again by their bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..errors import Sentence

_KINDS = {
    stat.S_IFIFO: Sentence("a named pipe"),
    stat.S_IFSOCK: Sentence("a socket"),
    stat.S_IFCHR: Sentence("a device"),
    stat.S_IFBLK: Sentence("a device"),
    stat.S_IFLNK: Sentence("a symbolic link"),
}
_BLOCK = 1 << 20


class Seal(NamedTuple):
    """By what a file is known again.

    Attributes:
        bytes: its size.
        sha256: of its bytes, as 64 digits.
    """

    bytes: int
    sha256: str


def kind_of_file(mode: int) -> str:
    """Return what a mode of stat() says it is, e.g. "a named pipe"."""
    if stat.S_ISDIR(mode):
        return Sentence("a folder")
    return _KINDS.get(stat.S_IFMT(mode), Sentence("something else"))


def open_file(path: Path, flags: int = os.O_RDONLY, *, links: bool = True) -> int:
    """Open a regular file; wait on no pipe, touch no device.

    Args:
        path: of the file.
        flags: as `os.open` knows them.
        links: whether `path` may be a symbolic link.

    Returns:
        Its descriptor.

    Raises:
        OSError: it is missing, unreadable, or not a regular file.
    """
    with suppress(FileNotFoundError):
        _check_regular(path, path.stat() if links else path.lstat())
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags | (0 if links else getattr(os, "O_NOFOLLOW", 0)), 0o666)
    try:
        _check_regular(path, os.fstat(file))  # it may have been exchanged meanwhile
    except BaseException:
        os.close(file)
        raise
    return file


def read_file(path: Path) -> BinaryIO:
    """Open a regular file for reading, as `open_file` does."""
    return os.fdopen(open_file(path), "rb")


def seal_of(file: BinaryIO, check: Callable[[], None] = lambda: None) -> Seal:
    """Return by what an open file is known again; it is read from its start to its end.

    Args:
        file: open for reading.
        check: called between blocks; it raises where the reading is to end.
    """
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := file.read(_BLOCK):
        check()
        digest.update(block)
        size += len(block)
    return Seal(size, digest.hexdigest())


def is_sealed(path: Path, *seals: Seal | None) -> bool:
    """Return whether a path is a regular file, no link, that is known by one of the seals."""
    try:
        with os.fdopen(open_file(path, links=False), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            fitting = [seal for seal in seals if seal is not None and seal.bytes == size]
            return bool(fitting) and seal_of(file) in fitting
    except (OSError, ValueError):
        return False


def _check_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        number = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(number, f"it is {kind_of_file(status.st_mode)}, not a file", str(path))
