"""What is chosen in several places: formats, kinds of weights, what becomes of an earlier file."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from bsr.engine.images import FORMATS
from bsr.engine.models import WEIGHTS

from . import model_names
from .widgets import Segments

translate = QCoreApplication.translate


def choice(items: Iterable[tuple[str, str]], name: str) -> QComboBox:
    """Return a list to choose from.

    Args:
        items: (value, text) from top to bottom.
        name: accessible name of the list.
    """
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in items:
        box.addItem(text, value)
    return box


def format_choice() -> QComboBox:
    """Return the formats of results by their names, "" for that of the original."""
    formats = ((entry.name, entry.title) for entry in FORMATS.values())
    return choice(
        [("", translate("choices", "Same as the original")), *formats],
        translate("choices", "Format"),
    )


def exists_choice() -> QComboBox:
    """Return what may become of a result whose file exists: "skip", "rename" or "replace"."""
    return choice(
        [
            ("skip", translate("choices", "Skip it")),
            ("rename", translate("choices", "Add a number")),
            ("replace", translate("choices", "Replace it")),
        ],
        translate("choices", "If the file exists"),
    )


def weights_segments(name: str) -> Segments:
    """Return the kinds of weights; the name is that of the row."""
    return Segments([(kind, model_names.weights(kind)) for kind in WEIGHTS], name)
