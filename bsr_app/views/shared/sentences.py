"""Sentences of the engine in the language of the window.

Their templates stand in the engine, from where `packaging/make_translations.py` brings them to the
translators; what the system says is listed here.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from bsr.engine.errors import Sentence

CONTEXT = "engine"
SYSTEM_REASONS = (
    QT_TRANSLATE_NOOP("engine", "permission denied"),
    QT_TRANSLATE_NOOP("engine", "no such file or directory"),
    QT_TRANSLATE_NOOP("engine", "no space left on device"),
    QT_TRANSLATE_NOOP("engine", "not a directory"),
    QT_TRANSLATE_NOOP("engine", "is a directory"),
    QT_TRANSLATE_NOOP("engine", "file name too long"),
    QT_TRANSLATE_NOOP("engine", "read-only file system"),
    QT_TRANSLATE_NOOP("engine", "input/output error"),
    QT_TRANSLATE_NOOP("engine", "too many levels of symbolic links"),
)


def in_words(text: str) -> str:
    """Return a sentence in the language of the window; a text without a template stays."""
    if not isinstance(text, Sentence):
        return text
    if text.lower() in SYSTEM_REASONS:  # the system begins them with a capital
        return QCoreApplication.translate(CONTEXT, text.lower())
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
