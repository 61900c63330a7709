"""Where the program keeps its files.  Nothing is created here; who writes creates.

A file named `portable` beside the program keeps everything in the folder `bsr-data` beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bsr.engine.user_folders import user_folder


def program_folder() -> Path:
    """Return the folder of the frozen program, or of the sources."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent


def portable_folder() -> Path | None:
    """Return the folder that holds everything in portable mode, else None."""
    folder = program_folder()
    return folder / "bsr-data" if (folder / "portable").is_file() else None


def config_folder() -> Path:
    """Return the folder of the settings."""
    return portable_folder() or user_folder("config")


def data_folder() -> Path:
    """Return the folder of what the program remembers beside its settings."""
    return portable_folder() or user_folder("data")


def models_folder() -> Path:
    """Return the folder of the models that the user imported."""
    return data_folder() / "models"


def log_folder() -> Path:
    """Return the folder of the log."""
    return portable_folder() or user_folder("log")


def cache_folder() -> Path:
    """Return the folder of what can be lost, and of the results that are not saved yet."""
    return portable_folder() or user_folder("cache")
