"""The folder of compiled kernels: the user's alone, and a new one for every change of the code.

Numba's own choice, beside the sources, fails in a frozen program and in a read-only installation.
It also stamps a function by its own file only, so that a change of `simd` would leave machine code
of the old one in use; hence the folder is named by all that the code depends on.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from ..disk import is_folder, is_there
from ..machine import processor_features, processor_name
from ..user_folders import user_folder

VARIABLE = "NUMBA_CACHE_DIR"
_HERE = Path(__file__).parent
_READY = "ready"
_DIGITS = 16
_NAME = re.compile(f"[0-9a-f]{{{_DIGITS}}}-[0-9a-f]{{{_DIGITS}}}")


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder of this program's kernels; older code of the same kernels is deleted.

    It lies in the environment's NUMBA_CACHE_DIR, in the user's cache, or in a temporary folder.
    """
    chosen = _base() / f"{_installation()}-{_code()}"
    _delete_older(chosen)
    return chosen


def is_ready() -> bool:
    """Return whether all kernels were compiled into the folder before."""
    return is_there(folder() / _READY)


def set_ready() -> None:
    """Remember that all kernels are compiled; a folder that cannot be written forgets it."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / _READY).touch()
    except OSError:
        pass


def _base() -> Path:
    """Choose where the folders lie; machine code from a shared place could be anybody's."""
    wanted = os.environ.get(VARIABLE)
    if wanted:
        return Path(wanted).absolute()
    user = os.getuid() if hasattr(os, "getuid") else ""
    for candidate in (
        user_folder("cache") / "kernels",
        Path(tempfile.gettempdir()) / f"bsr-kernels-{user}",
    ):
        if _can_be_used(candidate):
            return candidate
    unkept = Path(tempfile.mkdtemp(prefix="bsr-kernels-"))
    atexit.register(shutil.rmtree, unkept, ignore_errors=True)
    return unkept


def _can_be_used(folder: Path) -> bool:
    """Return whether the folder is there, or can be made, and only this user can write to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
        return _is_ours(folder) and _keeps_its_entries(folder.parent)
    except OSError:
        return False


def _is_ours(folder: Path) -> bool:
    """Return whether it is a folder itself, no link to one, that only this user can write to."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keeps_its_entries(folder: Path) -> bool:
    """Return whether nobody else can put a folder of theirs in the place of this user's."""
    mode = folder.stat().st_mode
    return not mode & (stat.S_IWGRP | stat.S_IWOTH) or bool(mode & stat.S_ISVTX)


def _installation() -> str:
    """Tell apart what may share a base: environments, places of the code, processors."""
    return _hash(sys.prefix, str(_HERE), processor_name(), *processor_features())


def _code() -> str:
    """Tell apart the kernels' sources and Numba's versions."""
    import numba

    sources = (path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.py")))
    return _hash(numba.__version__, *sources)


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_DIGITS]


def _delete_older(chosen: Path) -> None:
    """Delete what this installation compiled from other code, and nothing else."""
    if not is_folder(chosen.parent):
        return
    installation, _, _ = chosen.name.partition("-")
    for entry in chosen.parent.glob(f"{installation}-*"):
        if entry != chosen and _NAME.fullmatch(entry.name) and _is_ours(entry):
            shutil.rmtree(entry, ignore_errors=True)
