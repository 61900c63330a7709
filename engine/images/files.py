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
from ..errors import ImageFileError, Sentence, one_line, system_reason
from .bounded import HeaderReader


@contextmanager
def open_picture(path: Path, seconds: float | None = None) -> Iterator[HeaderReader]:
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
            raise ImageFileError("{file} is a folder, not a picture.", file=one_line(path))
        if not stat.S_ISREG(status.st_mode):
            raise ImageFileError(
                "{file} is a pipe, socket or device, not a picture.", file=one_line(path)
            )
        if status.st_size == 0:
            raise ImageFileError("{file} is empty.", file=one_line(path))
        file = HeaderReader(io.FileIO(open_file(path)), seconds)
    except (OSError, ValueError) as error:
        raise ImageFileError(
            "{file} cannot be read: {reason}.", file=one_line(path), reason=_reason(error)
        ) from error
    with file:
        yield file


def write_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    naming: Naming,
    check: Callable[[], None] = lambda: None,
) -> Path:
    """Write a picture file that takes its name when it is complete, see `disk.writing.write_file`.

    Args:
        path: the name that is wanted.
        write: writes the bytes to a file open for writing.
        naming: what may be replaced.
        check: called until the file gets its name; it raises where there is to be none.

    Returns:
        The name it got.

    Raises:
        ImageFileError: the file cannot be written; the message says why.
    """
    try:
        _refuse_special(path, naming.replace)
        return disk.write_file(path, write, lambda part, path: give_name(part, path, naming, check))
    except (OSError, ValueError, MemoryError) as error:
        reason = _reason(error)
        raise ImageFileError(
            "{file} cannot be written: {reason}.", file=one_line(path), reason=reason
        ) from error


def _refuse_special(path: Path, replace: bool) -> None:
    """Raise where a rename would fail or replace what is not a file, such as /dev/null."""
    with suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            if replace:
                raise IsADirectoryError(errno.EISDIR, "folder")
        elif not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            raise ImageFileError(
                "{file} is a pipe, socket or device, not a file.", file=one_line(path)
            )


def _reason(error: OSError | ValueError | MemoryError) -> Sentence:
    """Return why the system or a codec refused, as the end of a sentence."""
    if isinstance(error, MemoryError):
        return Sentence("there is not enough memory")
    if isinstance(error, OSError) and error.errno is not None:
        return system_reason(error)
    if isinstance(error, UnicodeError) or (isinstance(error, ValueError) and "null" in str(error)):
        return system_reason(error)
    return Sentence("the picture cannot be encoded")
