"""The window's short dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from bsr import __version__, logs

from ..shared.choosing import ask, with_suffix
from ..shared.widgets import message_box

NAMES_SHOWN = 8

translate = QCoreApplication.translate


def ask_target(parent: QWidget, start: Path) -> Path | None:
    """Ask where to save a result; the system's dialog asks before a file is replaced.

    Args:
        parent: the window.
        start: what the dialog proposes.

    Returns:
        A file with the suffix of a format, or None where the user thought better of it.
    """
    from bsr.engine.images import FALLBACK_FORMAT, FORMATS, format_of, known_format

    kinds = {
        f"{entry.title} ({' '.join('*' + suffix for suffix in entry.suffixes)})": entry
        for entry in FORMATS.values()
    }
    like = next(text for text, entry in kinds.items() if entry is format_of(start))
    title = translate("dialogs", "Save the result")
    name, kind = QFileDialog.getSaveFileName(parent, title, str(start), ";;".join(kinds), like)
    if not name:
        return None
    target = Path(name)
    if known_format(target) is not None:
        return target
    suffix = kinds.get(kind, FORMATS[FALLBACK_FORMAT]).suffixes[0]
    return with_suffix(parent, title, target, suffix)


def ask_comparison_target(parent: QWidget, start: Path) -> Path | None:
    """Ask where to save a comparison; the system's dialog asks before a file is replaced.

    Args:
        parent: the window.
        start: what the dialog proposes; an animation where it is no PNG.

    Returns:
        A file with a fitting suffix, or None where the user thought better of it.
    """
    suffixes = (".png",) if start.suffix == ".png" else (".webp", ".gif")
    kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in suffixes)
    title = translate("dialogs", "Save the comparison")
    name, kind = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    if not name:
        return None
    target = Path(name)
    if target.suffix.lower() in suffixes:
        return target
    chosen = next((suffix for suffix in suffixes if f"*{suffix}" in kind), suffixes[0])
    return with_suffix(parent, title, target, chosen)


def ask_to_close(parent: QWidget) -> bool:
    """Ask whether to stop the work that is running."""
    title = translate("dialogs", "BSR is still working")
    text = translate("dialogs", "Stop the work and close the window?")
    stop, stay = translate("dialogs", "Stop and close"), translate("dialogs", "Keep working")
    return ask(parent, title, text, stop, stay)


def ask_about_unsaved(parent: QWidget, names: list[str], busy: bool) -> str:
    """Ask what becomes of results that no file holds.

    Args:
        parent: the window.
        names: of their pictures.
        busy: whether work would be stopped, too.

    Returns:
        "save", "discard" or "stay".
    """
    title = translate("dialogs", "Results are not saved")
    text = translate("dialogs", "Results of these pictures are not saved:")
    shown = dict.fromkeys(names)
    lines = [*list(shown)[:NAMES_SHOWN], *(["…"] if len(shown) > NAMES_SHOWN else [])]
    box = message_box(parent, QMessageBox.Icon.Question, title, "\n".join([text, *lines]))
    if busy:
        box.setInformativeText(translate("dialogs", "BSR is still working; closing stops it."))
    roles = QMessageBox.ButtonRole
    save = box.addButton(translate("dialogs", "Save all"), roles.AcceptRole)
    discard = box.addButton(translate("dialogs", "Discard"), roles.DestructiveRole)
    stay = box.addButton(translate("dialogs", "Cancel"), roles.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    box.deleteLater()
    pressed = box.clickedButton()
    return "save" if pressed is save else "discard" if pressed is discard else "stay"


def show_log() -> None:
    """Open the log in the program that the system uses for text."""
    log = logs.file()
    if log is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log)))


def show_about(parent: QWidget) -> None:
    """Say what the program is."""
    text = translate(
        "dialogs",
        "BSR enlarges pictures on the processor alone, with a binarized neural network.\n\n"
        "Version {0}. MIT licence. It never uses the network.",
    )
    QMessageBox.about(parent, translate("dialogs", "About BSR"), text.format(__version__))
