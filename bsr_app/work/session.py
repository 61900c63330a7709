"""The pictures of one run of the program with their results, as files.  No Qt.

A folder per picture: `original` and `result-0001`, `result-0002` ... each as NumPy arrays and a
JSON file that is written last. Where that is missing, the arrays are not whole.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bsr.engine.disk import open_file, read_file, write_file
from bsr.engine.images.compression import Compression
from bsr.engine.picture import Picture, Pixels

from .results import Result
from .upscaling import OpenPicture

ORIGINAL = "original"
LARGEST_NOTE = 1 << 26  # bytes of a JSON file: profiles, EXIF and XMP in it
_ARRAYS = ("pixels", "alpha")
_NOTED = (
    *("title", "model_id", "weights", "seconds", "weights_bytes", "scale", "size", "dpi"),
    *("asked", "percent", "checksums"),
)
_NUMBERED = re.compile(r"result-(\d+)")
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, EOFError)

log = logging.getLogger(__name__)


@dataclass(eq=False)
class SessionPicture:
    """A picture that was opened since the program was started.

    Attributes:
        opened: the picture.
        folder: where it and its results are kept on disk.
        results: what was made of it, oldest first.
        names: under which names results were given to the disk.
        named: how many names there were; none is given twice.
        whole: what it was cut out of in this session, or None.
    """

    opened: OpenPicture
    folder: Path
    results: list[Result] = field(default_factory=list)
    names: dict[Result, str] = field(default_factory=dict)
    named: int = 0
    whole: SessionPicture | None = None

    @property
    def unsaved(self) -> list[Result]:
        """The results that no file of the user holds."""
        return [result for result in self.results if not result.saved]

    def name(self, result: Result) -> str:
        """Name a result that goes to the disk; files of others may be there still, or in use."""
        self.named += 1
        self.names[result] = f"result-{self.named:04}"
        return self.names[result]

    def shows(self, opened: OpenPicture) -> bool:
        """Return whether another opened picture is this one, to the pixel and what is known of it.

        All that is beside the pixels counts: results are shown and saved with it.
        """
        mine, other = self.opened, opened
        return (
            mine.path is not None
            and mine.path == other.path
            and _picture_note(mine.picture) == _picture_note(other.picture)
            and np.array_equal(mine.picture.pixels, other.picture.pixels)
            and np.array_equal(mine.picture.alpha, other.picture.alpha)  # type: ignore[arg-type]
        )


def write_opened(kept: SessionPicture) -> None:
    """Write a picture's original, unless it is there already.

    Raises:
        OSError: it cannot be written.
    """
    if not _note_file(kept.folder, ORIGINAL).exists():
        path = None if kept.opened.path is None else str(kept.opened.path)
        found = kept.opened.compression and asdict(kept.opened.compression)
        note = {"name": kept.opened.name, "path": path, "compression": found}
        _write(kept.folder, ORIGINAL, kept.opened.picture, note)


def write_result(kept: SessionPicture, result: Result, name: str) -> None:
    """Write a result, after the original that it was made of.

    Raises:
        OSError: it cannot be written.
    """
    write_opened(kept)
    _write(kept.folder, name, result.picture, _result_note(result))


def note_saved(kept: SessionPicture, result: Result, name: str) -> None:
    """Note where a result was saved.

    Raises:
        OSError: it cannot be written.
    """
    if _note_file(kept.folder, name).exists():
        _write_note(kept.folder, name, _picture_note(result.picture) | _result_note(result))


def remove_result(folder: Path, name: str) -> None:
    """Delete the files of a result; those that are in use now go with the folder later."""
    for path in (_note_file(folder, name), *(_array_file(folder, name, part) for part in _ARRAYS)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Delete what is left of a picture or of a session."""
    shutil.rmtree(folder, ignore_errors=True)


def read_picture(folder: Path, name: str) -> Picture | None:
    """Return a written picture whose pixels stay on disk, or None where it is not whole."""
    try:
        note = _read_note(folder, name)
        return _picture(folder, name, note)
    except _UNREADABLE:
        return None


def read_session(folder: Path) -> tuple[list[SessionPicture], bool]:
    """Read what a session left behind.

    Returns:
        The pictures with unsaved results, and whether everything could be read.
    """
    found, whole = [], True
    for inner in sorted(folder.iterdir()):
        if not inner.is_dir():
            continue
        try:
            kept = _read_opened(inner)
        except _UNREADABLE:
            log.warning("%s cannot be read", inner, exc_info=True)
            whole = whole and not any(inner.glob("result-*.json"))
            continue
        whole = _read_results(kept) and whole
        if kept.unsaved:
            found.append(kept)
    return found, whole


def _read_opened(folder: Path) -> SessionPicture:
    note = _read_note(folder, ORIGINAL)
    path = None if note["path"] is None else Path(note["path"])
    compression = note["compression"] and Compression(**note["compression"])
    picture = _picture(folder, ORIGINAL, note)
    return SessionPicture(OpenPicture(picture, str(note["name"]), path, compression), folder)


def _read_results(kept: SessionPicture) -> bool:
    """Add the results that lie in a picture's folder; return whether all could be read."""
    names = [file.stem for file in sorted(kept.folder.glob("result-*.json"))]
    for name in names:
        try:
            result = _read_result(kept.folder, name)
        except _UNREADABLE:
            log.warning("%s in %s cannot be read", name, kept.folder, exc_info=True)
            continue
        kept.results.append(result)
        kept.names[result] = name
    numbers = (_NUMBERED.match(file.name) for file in kept.folder.iterdir())
    kept.named = max((int(number[1]) for number in numbers if number), default=0)
    return len(kept.results) == len(names)


def _read_result(folder: Path, name: str) -> Result:
    note = _read_note(folder, name)
    # An earlier edition did not know all of them.
    values = {name: note[name] for name in _NOTED if name in note}
    result = Result(_picture(folder, name, note), **values)
    if note["file"] is not None:
        result.file = Path(note["file"])
        if note.get("written") is not None:
            size, time = note["written"]
            result.written = int(size), float(time)
    return result


def _result_note(result: Result) -> dict[str, Any]:
    note = {name: getattr(result, name) for name in _NOTED}
    file = None if result.file is None else str(result.file)
    return note | {"file": file, "written": result.written}


def _picture_note(picture: Picture) -> dict[str, Any]:
    """Return what stands beside the pixels; bytes as text."""
    note = {}
    for item in fields(Picture):
        value = getattr(picture, item.name)
        if item.name not in _ARRAYS:
            is_bytes = isinstance(value, bytes)
            note[item.name] = {"base64": base64.b64encode(value).decode()} if is_bytes else value
    return note | {"has_alpha": picture.alpha is not None}


def _write(folder: Path, name: str, picture: Picture, note: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for part in _ARRAYS:
        array = getattr(picture, part)
        if array is not None:
            save = partial(np.save, arr=array, allow_pickle=False)
            write_file(_array_file(folder, name, part), save)
    _write_note(folder, name, _picture_note(picture) | note)


def _write_note(folder: Path, name: str, note: dict[str, Any]) -> None:
    data = json.dumps(note).encode("ascii")
    write_file(_note_file(folder, name), lambda file: file.write(data))


def _read_note(folder: Path, name: str) -> dict[str, Any]:
    with read_file(_note_file(folder, name)) as file:
        note = json.loads(file.read(LARGEST_NOTE))
    if not isinstance(note, dict):
        raise ValueError("not a note of a session")
    return note


def _picture(folder: Path, name: str, note: dict[str, Any]) -> Picture:
    values: dict[str, Any] = {}
    for item in fields(Picture):
        if item.name in note:
            value = note[item.name]
            if isinstance(value, dict):
                value = base64.b64decode(value["base64"])
            values[item.name] = tuple(value) if isinstance(value, list) else value
    alpha = _map(_array_file(folder, name, "alpha")) if note["has_alpha"] else None
    return Picture(_map(_array_file(folder, name, "pixels")), alpha, **values)


def _map(file: Path) -> Pixels:
    """Return an array that lies in a file; what is changed in it stays in memory."""
    os.close(open_file(file, links=False))
    mapped: Pixels = np.load(file, mmap_mode="c", allow_pickle=False).view(np.ndarray)
    return mapped


def _note_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _array_file(folder: Path, name: str, part: str) -> Path:
    return folder / f"{name}.{part}.npy"
