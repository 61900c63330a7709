"""The lines of a journal, and what they tell of earlier runs; nothing that is read is believed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ..disk import Seal
from ..errors import BsrError

JOURNAL_NAME = ".bsr-batch.jsonl"
"""The file that a batch keeps beside its results; see bsr.engine.batch.journal."""

VERSION = 1
CLAIMED, WRITING, DONE, FAILED, SKIPPED = "claimed", "writing", "done", "failed", "skipped"
OPEN = (CLAIMED, WRITING)
"""States of files that are still to be done."""
STATES = (CLAIMED, WRITING, DONE, FAILED, SKIPPED)
_LONGEST_NAME = 255
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file.

    Attributes:
        file: absolute path of the source.
        state: CLAIMED (the output's name is chosen, nothing more), WRITING, DONE, FAILED or
            SKIPPED.
        output: path of the result, relative to the journal's folder, with "/".
        source: size and modification time (ns) of the source when it was read, or None.
        bytes: size of the written result; 0 unless WRITING or DONE.
        seconds: spent on it.
        megapixels: of the result.
        error: why it failed, or None.
        sha256: of the written result, 64 digits; None where it is not known.
    """

    file: str
    state: str
    output: str
    _: KW_ONLY
    source: tuple[int, int] | None = None
    bytes: int = 0
    seconds: float = 0.0
    megapixels: float = 0.0
    error: str | None = None
    sha256: str | None = None

    @property
    def seal(self) -> Seal | None:
        """By what the result is known again, None where that was not written down."""
        return None if self.sha256 is None else Seal(self.bytes, self.sha256)


@dataclass(frozen=True)
class History:
    """What a journal knows of earlier runs.

    Attributes:
        settings: what decides the results of the last run; None where no run is known.
        request: what was asked for in the last run, as `BatchRequest.to_dict` gives it.
        entries: source -> its last entry in the last run.
        made: output that any run has written, or was writing when it ended -> its size in bytes, 0
            where that is not known.
        good_bytes: length of the journal up to its last whole line.
    """

    settings: dict[str, Any] | None = None
    request: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    good_bytes: int = 0


def parse(file: Iterable[bytes], path: Path) -> History:
    """Understand as much of a journal as is whole.

    A last line without its end, or that is not JSON, is what a kill left and does not count.  A
    damaged line further up is passed over: its file is done again.

    Args:
        file: its lines.
        path: for what is said of it.

    Raises:
        BsrError: a later program has written it.
    """
    history = History()
    made: dict[str, int] = {}
    offset = 0
    last_good = 0
    for line in file:
        offset += len(line)
        value = _value(line) if line.endswith(b"\n") else None
        if value is None:
            continue
        last_good = offset
        if "bsr_batch" in value:
            history = _header(value, path)
        elif (entry := _entry(value)) is not None:
            history.entries[entry.file] = entry
            if entry.state in (WRITING, DONE):
                made[entry.output] = entry.bytes
    return History(history.settings, history.request, history.entries, made, last_good)


def _value(line: bytes) -> dict[str, Any] | None:
    """Decode a line, None where it is not a JSON object."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _header(value: dict[str, Any], path: Path) -> History:
    """Check the version of a header.

    Raises:
        BsrError: a later program has written it.
    """
    if value["bsr_batch"] != VERSION:
        raise BsrError(
            "The journal {file} was written by another version of BSR (format {format}, "
            "this one knows {known}).",
            file=path,
            format=value["bsr_batch"],
            known=VERSION,
        )
    settings, request = value.get("settings"), value.get("request")
    if not isinstance(settings, dict) or not isinstance(request, dict):
        return History()
    return History(settings, request)


def _entry(value: dict[str, Any]) -> Entry | None:
    """Build an entry from a line, None where a field is missing or of the wrong kind."""
    try:
        size_and_time = value["source"]
        source = (int(size_and_time[0]), int(size_and_time[1])) if size_and_time else None
        entry = Entry(
            **{
                **value,
                "source": source,
                "bytes": int(value["bytes"]),
                "seconds": float(value["seconds"]),
                "megapixels": float(value["megapixels"]),
            }
        )
        texts = (entry.file, entry.output, entry.state, entry.error or "", entry.sha256 or "")
        sound = (
            all(isinstance(text, str) for text in texts)
            and entry.state in STATES
            and _is_inside(entry.output)
            and (entry.sha256 is None or _DIGEST.fullmatch(entry.sha256) is not None)
        )
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        return None
    return entry if sound else None


def _is_inside(output: str) -> bool:
    """Return whether a path below the output folder stays there and can be the name of a result."""
    path = PurePosixPath(output)
    too_long = len(os.fsencode(path.name)) > _LONGEST_NAME  # or ValueError: not a name at all
    foreign = os.name == "nt" and ("\\" in output or ":" in output)
    named = path.name not in ("", JOURNAL_NAME) and path.as_posix() == output
    leads_out = path.is_absolute() or ".." in path.parts or "\0" in output
    return named and not (foreign or leads_out or too_long)


def as_line(value: Mapping[str, Any]) -> bytes:
    """Return a value as one line of ASCII: newlines, quotes and undecodable bytes survive."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
