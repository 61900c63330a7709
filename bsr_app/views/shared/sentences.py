"""Sentences of the engine in the language of the window.

Their templates stand in the engine, from where `packaging/make_translations.py` brings them to the
translators.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from bsr.engine.errors import Sentence

CONTEXT = "engine"


def in_words(text: str) -> str:
    """Return a sentence in the language of the window; a text without a template stays."""
    if not isinstance(text, Sentence):
        return text
    said = QCoreApplication.translate(CONTEXT, text.template)
    if not text.places:
        return said
    return said.format(**{name: _in_place(value) for name, value in text.places.items()})


def _in_place(value: object) -> str:
    if isinstance(value, Sentence):
        return in_words(value)
    if type(value) is int:
        return QLocale().toString(value)
    if type(value) is float:
        return QLocale().toString(value, "f", 1)
    return str(value)
