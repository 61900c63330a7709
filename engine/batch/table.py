"""The table of a run, as CSV: one line per file with state, result, seconds and reason."""

from __future__ import annotations

import csv
import errno
import io
import os
from pathlib import Path
from typing import BinaryIO

from ..disk import check_folder, read_file, write_file
from ..errors import BsrError, system_reason
from .journal_lines import OPEN, History

COLUMNS = ("file", "state", "output", "seconds", "megapixels", "error")
_FIRST_LINE = ",".join(COLUMNS).encode()


def check_table(path: Path) -> None:
    """Refuse a path where no table could be written, or where another file would be replaced.

    Raises:
        BsrError: the message says so.
    """
    begin = b""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.is_file():
            with read_file(path) as file:
                begin = file.read(len(_FIRST_LINE))
        if not _is_stream(path):
            check_folder(_place(path).parent)
    except OSError as error:
        raise _not_written(path, error) from error
    if begin not in (b"", _FIRST_LINE):
        raise BsrError("{file} is not a batch table, so it was not replaced.", file=path)


def write_table(history: History, path: Path) -> None:
    """Write the table of a run; it takes the place of an earlier one when it is complete.

    Args:
        history: of the run.
        path: of a file, whose folder is made where it is missing, or of a pipe or device that
            is written to as it is.

    Raises:
        BsrError: the file cannot be written, or would take the place of something else.
    """
    check_table(path)
    try:
        if _is_stream(path):
            # A pipe that nobody reads is an error, not a reason to wait.
            number = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
            if os.name != "nt":
                os.set_blocking(number, True)
            with os.fdopen(number, "wb") as file:
                _write(history, file)
        else:
            place = _place(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, lambda file: _write(history, file))
    except OSError as error:
        raise _not_written(path, error) from error


def _is_stream(path: Path) -> bool:
    """Return whether there is a pipe or a device, which is written to as it is."""
    return path.exists() and not path.is_file()


def _place(path: Path) -> Path:
    """Return where a file lies, behind whatever links."""
    return Path(os.path.realpath(path))


def _write(history: History, file: BinaryIO) -> None:
    # Names hold what is no text: bytes of no encoding, on Windows single surrogates.
    errors = "surrogatepass" if os.name == "nt" else "surrogateescape"
    text = io.TextIOWrapper(file, encoding="utf-8", errors=errors, newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for entry in history.entries.values():
        state = "waiting" if entry.state in OPEN else entry.state
        numbers = (f"{entry.seconds:.3f}", f"{entry.megapixels:.6g}")
        table.writerow((entry.file, state, entry.output, *numbers, entry.error or ""))
    text.flush()
    text.detach()


def _not_written(path: Path, error: OSError) -> BsrError:
    return BsrError("{file} cannot be written: {reason}.", file=path, reason=system_reason(error))
