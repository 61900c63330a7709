"""Where a user's files of each kind lie on this system."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import platformdirs

NAME = "bsr"
_NOWHERE = Path(os.devnull) / NAME


def user_folder(kind: Literal["cache", "config", "data", "log"]) -> Path:
    """Return the folder of BSR's files of a kind.

    A user without a home, as in some containers, gets a path at which nothing can be: what is
    read is not there, and what is written fails as in a home that cannot be written.
    """
    try:
        folder = Path(getattr(platformdirs, f"user_{kind}_dir")(NAME, appauthor=False))
    except RuntimeError:
        return _NOWHERE
    return folder if folder.is_absolute() else _NOWHERE


def home_folder() -> Path:
    """Return the user's home, where dialogs begin; the root where there is none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.sep)
