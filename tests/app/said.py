"""Everything that a window says: to those who see it, and to those who hear it."""

import re
import xml.etree.ElementTree as ElementTree
from functools import cache

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QTableView,
    QTabWidget,
)

from bsr.qt.language import PROPERTIES, TRANSLATIONS
from bsr.views.compare import Layers

PLACE = re.compile(r"\{\w*\}|%n")
LEAST_LETTERS = 5  # of a template that is looked for


def said_by(window):
    """Return what a window and everything in it says, as (place, text), in a fixed order."""
    widgets = [widget for widget in QApplication.allWidgets() if widget.window() is window]
    said = []
    for shown in [*widgets, *window.findChildren(QAction), *window.findChildren(Layers)]:
        said += [(f"{type(shown).__name__}.{where}", text) for where, text in _texts(shown)]
    return sorted((where, text) for where, text in said if text.strip())


def _texts(shown):
    hidden = ("text", "toolTip") if hasattr(shown, "whole_text") else ()  # as far as there is room
    for name in PROPERTIES:
        if name not in hidden and not (name == "text" and isinstance(shown, QLineEdit)):
            yield name, shown.property(name) or ""
    if hidden:
        yield "whole_text", shown.whole_text()
    if isinstance(shown, QComboBox):
        yield from (("item", shown.itemText(number)) for number in range(shown.count()))
    if isinstance(shown, QTabWidget):
        yield from (("tab", shown.tabText(number)) for number in range(shown.count()))
    if isinstance(shown, QTableView):
        yield from _table_texts(shown.model())
    if isinstance(shown, Layers):
        yield from (
            (kind, getattr(layer, kind)) for layer in shown.all for kind in ("name", "details")
        )


def _table_texts(model: QAbstractItemModel):
    horizontal = Qt.Orientation.Horizontal
    for column in range(model.columnCount()):
        yield "head", model.headerData(column, horizontal) or ""
        for row in range(model.rowCount()):
            yield "cell", str(model.index(row, column).data() or "")


def leftovers(said, old, new):
    """Return what is still said in the old language though the new one has other words."""
    return {(where, text) for where, text in said if _is_left(text, old, new)}


@cache  # most is said again and again
def _is_left(text, old, new):
    words, templates = _only_in(old, new)
    parts = [*re.split(r" · |: |\n", text), text]
    return any(part in words or templates.fullmatch(part) for part in parts)


@cache
def _only_in(old, new):
    """Return the texts that a language has and another does not, and a pattern of its templates."""
    before, after = _texts_in(old), _texts_in(new)
    common = set(after.values())
    # What Qt says itself, such as "OK", and what files are called is the same everywhere.
    gone = {text for key, text in before.items() if after[key] != text and text not in common}
    templates = [
        ".+".join(map(re.escape, PLACE.split(text)))
        for text in gone
        if PLACE.search(text) and sum(map(str.isalpha, PLACE.sub("", text))) >= LEAST_LETTERS
    ]
    return {text for text in gone if not PLACE.search(text)}, re.compile("|".join(templates))


@cache
def _texts_in(language):
    """Return the text of each (context, English text) in a language."""
    file = TRANSLATIONS / f"bsr_{'de' if language == 'en' else language}.ts"
    texts = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            source, translation = message.find("source").text, message.find("translation")
            form = next((form.text for form in translation.iter("numerusform")), translation.text)
            texts[context.find("name").text, source] = source if language == "en" else form
    return texts
