"""Paths, looked at without raising, and free names beside taken ones."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path


def absolute(path: Path) -> Path:
    """Return a path from the root; links stay, but where it turns back they are followed first."""
    whole = path.absolute()
    return whole.resolve() if ".." in whole.parts else whole


def is_there(path: Path) -> bool:
    """Return whether there is something; False also where the system does not say."""
    try:
        return path.exists()
    except OSError:  # the name is too long, the drive is gone, nobody may look
        return False


def is_folder(path: Path) -> bool:
    """Return whether there is a folder; False also where the system does not say."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_same_file(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file; False also where the system does not say."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def is_inside(root: Path, path: Path) -> bool:
    """Return whether a path lies below a folder, whatever links lead to either."""
    try:
        real_root = os.path.realpath(root)
        return os.path.commonpath([real_root, os.path.realpath(path)]) == real_root
    except (OSError, ValueError):
        return False


def existing_folder(folder: Path) -> Path:
    """Return a folder, or the nearest above it that is there already; it may be a file."""
    while not is_there(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def check_folder(folder: Path) -> None:
    """Refuse, before the work, a folder in which its result could not be written.

    Args:
        folder: that will be made where it is missing.

    Raises:
        OSError: it is not a folder, or not to be made or written to.
    """
    folder = existing_folder(folder)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def numbered(path: Path, start: int = 1) -> Iterator[Path]:
    """Yield `path`, `name (2).suffix`, `name (3).suffix` and so on, from number `start` on."""
    for number in itertools.count(start):
        yield path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")
