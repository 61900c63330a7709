"""The program's log: one file of modest size in the user's log folder."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bsr import paths
from bsr.engine.disk import open_file

LOGGER = "bsr"
FILE_NAME = "bsr.log"
BYTES_PER_FILE = 500_000
OLD_FILES = 2

_file: Path | None = None


def configure() -> Path | None:
    """Send what the program's modules log to the log file; calling it again does nothing.

    A home that cannot be written is no reason to stop: the program then runs without a log.

    Returns:
        The log file, or None where there is none.
    """
    global _file
    if _file is not None:
        return _file
    path = paths.log_folder() / FILE_NAME
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(open_file(path, os.O_WRONLY | os.O_CREAT))  # raises OSError for a pipe
        handler = RotatingFileHandler(
            path, maxBytes=BYTES_PER_FILE, backupCount=OLD_FILES, encoding="utf-8", errors="replace"
        )
        _file = path
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger(LOGGER)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return _file


def file() -> Path | None:
    """Return the log file that configure() opened, or None."""
    return _file
