"""The dialogs in which pictures and folders are chosen; they begin where the last one ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from ...qt.settings import Settings

translate = QCoreApplication.translate


def choose_pictures(parent: QWidget, title: str, settings: Settings) -> list[Path]:
    """Return the pictures that the user chose, nothing where the dialog was left."""
    from bsr.engine.images import READABLE_SUFFIXES

    patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
    pictures, all_files = translate("words", "Pictures"), translate("words", "All files")
    kinds = f"{pictures} ({patterns});;{all_files} (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(settings.last_folder), kinds)
    if names:
        settings.last_folder = Path(names[0]).parent
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, title: str, settings: Settings) -> Path | None:
    """Return the folder that the user chose, None where the dialog was left."""
    name = QFileDialog.getExistingDirectory(parent, title, str(settings.last_folder))
    if not name:
        return None
    settings.last_folder = Path(name).parent
    return Path(name)
