"""Which batches were begun in the window and did not end: the folders of their journals."""

from __future__ import annotations

import json
from pathlib import Path

from bsr import paths
from bsr.engine.disk import read_file, write_file

FILE_NAME = "unfinished-batches.json"
LARGEST = 1 << 20  # bytes


def unfinished(file: Path | None = None) -> list[Path]:
    """Return the output folders of batches that were begun and not ended, oldest first.

    Args:
        file: where they are noted, or None for the usual place.
    """
    try:
        with read_file(file or _usual_file()) as note:
            names = json.loads(note.read(LARGEST).decode("ascii"))
    except (OSError, ValueError):
        return []
    if not isinstance(names, list):
        return []
    return [Path(name) for name in names if isinstance(name, str)]


def remember(folder: Path, file: Path | None = None) -> None:
    """Note that a batch into a folder has begun.

    Raises:
        OSError: it cannot be written.
    """
    _write([*(known for known in unfinished(file) if known != folder), folder], file)


def forget(folder: Path, file: Path | None = None) -> None:
    """Note that a batch into a folder has ended, or is not to be offered again.

    Raises:
        OSError: it cannot be written.
    """
    known = unfinished(file)
    if folder in known:
        _write([other for other in known if other != folder], file)


def _usual_file() -> Path:
    return paths.data_folder() / FILE_NAME


def _write(folders: list[Path], file: Path | None) -> None:
    target = file or _usual_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([str(folder) for folder in folders])
    write_file(target, lambda part: part.write(text.encode("ascii")))
