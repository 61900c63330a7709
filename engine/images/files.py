"""Opening pictures safely and writing them so that a failure leaves nothing behind."""

from __future__ import annotations

import errno
import io
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from .. import disk
from ..disk import Naming, give_name, open_file
from ..errors import ImageFileError, one_line
from .bounded import HeaderReader

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EIO: "the disk reports an error",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its symbolic links run in circles",
    errno.ENAMETOOLONG: "the file name is too long",
    errno.ENOENT: "the file or folder does not exist",
    errno.ENOSPC: "the disk is full",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
}


@contextmanager
def opened(path: Path, seconds: float | None = None) -> Iterator[HeaderReader]:
    """Open a regular, non-empty file for reading; never waits on a pipe or a device.

    Args:
        path: of the file.
        seconds: how long looking at its header may take, or None for as long as it takes.

    Raises:
        ImageFileError: the file is missing, empty, unreadable, or not a regular file.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageFileError(f"{one_line(path)} is a folder, not a picture.")
        if not stat.S_ISREG(status.st_mode):
            raise ImageFileError(f"{one_line(path)} is a pipe, socket or device, not a picture.")
        if status.st_size == 0:
            raise ImageFileError(f"{one_line(path)} is empty.")
        file = HeaderReader(io.FileIO(open_file(path)), seconds)
    except (OSError, ValueError) as error:
        raise ImageFileError(f"{one_line(path)} cannot be read: {_reason(error)}.") from error
    with file:
        yield file


def write_file(path: Path, write: Callable[[BinaryIO], None], naming: Naming) -> Path:
    """Write a picture file that takes its name only when it is complete; see `disk.write_file`.

    Args:
        path: the name that is wanted.
        write: writes the bytes to a file open for writing.
        naming: what may be replaced.

    Returns:
        The name it got.

    Raises:
        ImageFileError: the file cannot be written; the message says why.
    """
    try:
        _refuse_special(path, naming.replace)
        return disk.write_file(path, write, lambda part, path: give_name(part, path, naming))
    except (OSError, ValueError, MemoryError) as error:
        reason = _reason(error)
        raise ImageFileError(f"{one_line(path)} cannot be written: {reason}.") from error


def _refuse_special(path: Path, replace: bool) -> None:
    """Raise where a rename would fail or replace what is not a file, such as /dev/null."""
    with suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            if replace:
                raise IsADirectoryError(errno.EISDIR, "folder")
        elif not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            raise ImageFileError(f"{one_line(path)} is a pipe, socket or device, not a file.")


def _reason(error: BaseException) -> str:
    """Why the system refused, as the end of a sentence."""
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, OSError) and error.errno is not None:
        return _REASONS.get(error.errno, (error.strerror or "unknown error").lower())
    if isinstance(error, ValueError) and "null" in str(error):
        return "the file name holds a null character"
    return "the picture cannot be encoded"
