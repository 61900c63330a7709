"""The dialogs in which files and folders are chosen.

Those for what is opened begin where the last one ended.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from .widgets import message_box

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


def with_suffix(parent: QWidget, title: str, named: Path, suffix: str) -> Path | None:
    """Return a file with a suffix that the user left out, or None where it is to stay.

    The system's dialog has asked about the name without the suffix only.
    """
    target = named.with_name(named.name + suffix)
    if not os.path.lexists(target):
        return target
    text = translate("dialogs", "{0} exists already. Replace it?").format(target.name)
    replace, keep = translate("dialogs", "Replace"), translate("dialogs", "Cancel")
    return target if ask(parent, title, text, replace, keep) else None


def ask(parent: QWidget, title: str, text: str, yes: str, no: str) -> bool:
    """Ask something; no is the answer of those who do not look."""
    box = message_box(parent, QMessageBox.Icon.Question, title, text)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    box.deleteLater()
    return box.clickedButton() is agree
