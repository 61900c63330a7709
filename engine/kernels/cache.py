"""Where compiled kernels are kept; set before Numba is imported.

Numba's own choice, beside the sources, fails in a frozen program and in a read-only installation.
The folder is the user's alone: machine code from a shared one could be anybody's.
"""

import atexit
import os
import shutil
import stat
import tempfile
from pathlib import Path

import platformdirs

VARIABLE = "NUMBA_CACHE_DIR"
_MARK = "ready-"


def prepare_folder() -> None:
    """Choose the folder: the environment's, the user's cache, or a temporary one."""
    if VARIABLE in os.environ:
        return
    candidates = (
        Path(platformdirs.user_cache_dir("bsr")) / "kernels",
        Path(tempfile.gettempdir()) / f"bsr-kernels-{os.getuid() if hasattr(os, 'getuid') else ''}",
    )
    chosen = next((folder for folder in candidates if _is_ours(folder)), None)
    if chosen is None:
        chosen = Path(tempfile.mkdtemp(prefix="bsr-kernels-"))
        atexit.register(shutil.rmtree, chosen, ignore_errors=True)
    os.environ[VARIABLE] = str(chosen)


def _is_ours(folder: Path) -> bool:
    """Return whether the folder is there, or can be made, and only this user can write to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
        status = folder.stat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or (
        status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def folder() -> Path:
    """Return the folder that is in use."""
    return Path(os.environ[VARIABLE])


def is_ready(key: str) -> bool:
    """Return whether everything with this key was compiled into the folder before."""
    return (folder() / f"{_MARK}{key}").exists()


def set_ready(key: str) -> None:
    """Remember that everything with this key is compiled; a read-only folder forgets it."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / f"{_MARK}{key}").touch()
    except OSError:
        pass
