"""The memory of a batch: JSON lines beside the output that outlive a kill or a full disk.

A run starts with a header (version, settings, request) and the names it claims for its results.
Then follow two lines for each file: before its result gets its name, so that a killed run's result
is known for what it is; and when it is finished, on the disk before the next one is finished.
The journal is only ever appended to, so it also knows what earlier runs have written here.

Whoever can write to the output folder can write a journal.  So what is read is not believed: it can
only name files inside the folder, and a file counts as this program's by its bytes, not its name.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Any

from ..disk import PART_SUFFIX, is_held, is_inside, lock, open_file
from ..errors import BsrError, Sentence, system_reason
from .journal_lines import JOURNAL_NAME, OPEN, VERSION, Entry, History, as_line, parse

LARGEST = 2 << 30  # bytes, of some five million files
_BEGINNING = b'{"bsr_batch":'
_PART = re.compile(r"\.[0-9a-f]{12}" + re.escape(PART_SUFFIX))


def read_history(folder: Path) -> History:
    """Read the journal of an output folder without touching it; empty where there is none.

    Raises:
        BsrError: the journal cannot be read, or is of a newer version.
    """
    path = folder / JOURNAL_NAME
    try:
        file = open_file(path, links=False)
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise BsrError(
            "The journal {file} cannot be read: {reason}.", file=path, reason=_why(error)
        ) from error
    with os.fdopen(file, "rb") as lines:
        _check_ours(file, path)
        return parse(lines, path)


def check_settings(history: History, settings: Mapping[str, Any], folder: Path) -> None:
    """Refuse to go on with a run that would give other results.

    Raises:
        BsrError: the last run's settings differ; the message names each difference.
    """
    if history.settings is None or history.settings == settings:
        return
    names = [*history.settings, *(name for name in settings if name not in history.settings)]
    differences = [
        Sentence(
            "{setting} was {before} and is now {now}",
            setting=name,
            before=_shown(history.settings.get(name)),
            now=_shown(settings.get(name)),
        )
        for name in names
        if history.settings.get(name) != settings.get(name)
    ]
    raise BsrError(
        "The batch in {folder} was started with other settings: {settings}. Resume it "
        "with the same settings, or start a new one without resuming.",
        folder=folder,
        settings=reduce(_listed, differences),
    )


def fingerprint(path: str | Path) -> tuple[int, int]:
    """Return what changes when a file is written anew: size in bytes, modification time in ns."""
    status = Path(path).stat()
    return status.st_size, status.st_mtime_ns


class Journal:
    """The journal of an output folder, open for one batch alone.

    Attributes:
        folder: the output folder.
        path: the journal's file in it.
    """

    def __init__(self, folder: Path) -> None:
        """Open the journal, or create it with its folder, and keep other batches out.

        Raises:
            BsrError: the folder cannot be written to, another batch is at work there, or what
                bears the journal's name is none.
        """
        self.folder = folder
        self.path = folder / JOURNAL_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = open_file(self.path, os.O_RDWR | os.O_CREAT, links=False)
        except OSError as error:
            raise BsrError(
                "The output folder {folder} cannot be used: {reason}.",
                folder=folder,
                reason=_why(error),
            ) from error
        try:
            _check_ours(self._file, self.path)
            # Where the file system knows no locks, nothing is gained by refusing to work.
            if lock(self._file) is False:
                raise BsrError(
                    "Another batch is writing to {folder}. Wait until it ends, or stop it.",
                    folder=folder,
                )
        except BaseException:
            os.close(self._file)
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def read(self) -> History:
        """Tell what is known, and clear away what a kill left: half a line, half a picture.

        Raises:
            BsrError: the journal cannot be read, or is of another version.
        """
        history = read_history(self.folder)
        os.ftruncate(self._file, history.good_bytes)
        outputs = (entry.output for entry in history.entries.values() if entry.state in OPEN)
        remove_parts(self.folder, {(self.folder / output).parent for output in outputs})
        return history

    def begin(self, settings: Mapping[str, Any], request: Mapping[str, Any]) -> None:
        """Write the header of a new run."""
        started = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        header = {"bsr_batch": VERSION, "started": started}
        self._append([{**header, "settings": dict(settings), "request": dict(request)}])

    def add(self, entries: Iterable[Entry], flush: bool = True) -> None:
        """Write entries.

        Args:
            entries: what is known now.
            flush: whether they are to be on the disk when this returns; otherwise they outlive
                this process, but not the machine.

        Raises:
            OSError: the disk is full or gone; what was written of the last line is repaired when
                the journal is next opened.
        """
        self._append((asdict(entry) for entry in entries), flush)

    def lost(self) -> bool:
        """Return whether the journal was deleted or moved away, most likely with its folder."""
        try:
            return not os.path.samestat(os.fstat(self._file), self.path.lstat())
        except OSError:
            return True

    def _append(self, values: Iterable[Mapping[str, Any]], flush: bool = True) -> None:
        lines = [as_line(value) for value in values]
        rest = memoryview(b"".join(lines))
        os.lseek(self._file, 0, os.SEEK_END)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        if flush:
            os.fsync(self._file)


def remove_parts(root: Path, folders: Iterable[Path]) -> None:
    """Remove the files in which pictures grow before they get their names.

    Args:
        root: the output folder; nothing outside it is removed.
        folders: where this batch is not writing now.
    """
    for folder in folders:
        if not is_inside(root, folder):
            continue
        with suppress(OSError):
            for part in folder.iterdir():
                if _PART.fullmatch(part.name) and stat.S_ISREG(part.lstat().st_mode):
                    _remove_part(part)


def _remove_part(part: Path) -> None:
    """Remove a part, unless another program writes it at this moment."""
    if not is_held(part):
        with suppress(OSError):  # Windows: it is open
            part.unlink()


def _why(error: OSError) -> str:
    """Return the reason of an error, after the journal's name where it lies there."""
    if error.filename is not None and Path(str(error.filename)).name == JOURNAL_NAME:
        reason = system_reason(error)
        return Sentence("{file}: {reason}", file=JOURNAL_NAME, reason=reason)
    return system_reason(error)


def _check_ours(file: int, path: Path) -> None:
    """Refuse a file that did not begin as a journal: nothing of it may be cut off or added to.

    Raises:
        BsrError: it is another kind of file, or too large.
    """
    if os.fstat(file).st_size > LARGEST:
        raise BsrError("The journal {file} is too large to be one.", file=path)
    start = os.read(file, len(_BEGINNING))  # a kill may have left less
    os.lseek(file, 0, os.SEEK_SET)
    if start != _BEGINNING[: len(start)]:
        raise BsrError(
            "{file} is not a journal of BSR and is left alone. Move it away, or choose "
            "another output folder.",
            file=path,
        )


def _shown(value: object) -> str:
    return Sentence("not set") if value is None else str(value)


def _listed(first: Sentence, second: Sentence) -> Sentence:
    return Sentence("{first}, {second}", first=first, second=second)
