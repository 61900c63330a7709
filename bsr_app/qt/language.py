"""The language of the window, which may change while it is open.

Widgets are given their texts once, with `tr`, as if nothing ever changed.  The translator remembers
what it was asked for; when the language changes, every text that is shown is looked up there and
said anew.  A widget that makes a text of several parts, or writes numbers in the way of a language,
makes it again on QEvent.LanguageChange, which Qt sends after that.  Names stay: "All cats.png"
reads like "All 3", so what shows one is told to `keep_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QTabWidget, QToolButton

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
PROPERTIES = (
    *("windowTitle", "title", "text", "iconText", "prefix", "suffix", "specialValueText"),
    *("placeholderText", "toolTip", "whatsThis", "accessibleName", "accessibleDescription"),
)
KEPT = "wordsKept"  # a property of those that show names
LEAST_LETTERS = 1  # of a template; one without any is found in everything
_PLACE = re.compile(r"\{\w*\}|%n")

Source = tuple[str, str]  # context and English text


class Language:
    """What the application speaks."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._qt = QTranslator(application)
        self._own = _Translator(application)

    def speak(self, language: str) -> None:
        """Speak a language from now on, also in every window that is there.

        Args:
            language: "" for the system's, "en", "de" or "zh_CN".
        """
        before = self._own
        for old in (self._qt, self._own):
            self._application.removeTranslator(old)
            old.deleteLater()
        locale = _locale(language)
        QLocale.setDefault(locale)
        self._qt, self._own = QTranslator(self._application), _Translator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._qt.load(locale, "qtbase", "_", folder)
        self._own.load(locale, "bsr", "_", str(TRANSLATIONS))
        self._application.installTranslator(self._qt)
        self._application.installTranslator(self._own)  # asked first
        for window in self._application.topLevelWidgets():
            window.setLocale(locale)
        for shown in _everything(self._application):
            if not shown.property(KEPT):
                _say_anew(shown, before)


def keep_words(shown: QObject) -> None:
    """Let the texts of a widget or an action be the same in every language: they are names."""
    shown.setProperty(KEPT, True)


class _Translator(QTranslator):
    """Translates, and remembers of which texts it made what is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sources: dict[str, list[Source]] = {}
        self._templates: dict[str, list[Source]] = {}

    # Without a translation Qt asks on where it is given None; "" it would show.
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        text = super().translate(context, source, disambiguation or "", n)
        known = self._templates if _PLACE.search(source) else self._sources
        sources = known.setdefault(text or source, [])
        if (context, source) not in sources:
            sources.append((context, source))
        return text or None

    def again(self, text: str, contexts: list[str]) -> str | None:
        """Return a text that this translator gave in the language that is spoken now.

        Args:
            text: that is shown; what stands at the places of a template is kept, or translated.
            contexts: of the widget that shows it, the nearest first.

        Returns:
            None for a text that it did not give.
        """
        if text in self._sources:
            return _translated(self._sources[text], contexts)
        for template in sorted(self._templates, key=_letters, reverse=True):
            found = _pattern(template).fullmatch(text)
            if found is not None and _letters(template) >= LEAST_LETTERS:
                sources = self._templates[template]
                parts = [self.again(part, contexts) or part for part in found.groups()]
                places = dict(zip(_PLACE.findall(template), parts, strict=True))
                return _filled(sources, contexts, places)
        return None


def _translated(sources: list[Source], contexts: list[str], number: int = -1) -> str:
    """Translate a text; the same words may have several sources, of which the nearest is taken."""

    def distance(source: Source) -> int:
        return contexts.index(source[0]) if source[0] in contexts else len(contexts)

    texts = [
        (QCoreApplication.translate(context, source, "", number), source)
        for context, source in sorted(sources, key=distance)
    ]
    return next((text for text, source in texts if text != source), texts[0][0])


def _filled(sources: list[Source], contexts: list[str], places: dict[str, str]) -> str:
    """Translate a template, in which the places may then have another order."""
    translated = _translated(sources, contexts, int(places.get("%n", "-1")))
    return _PLACE.sub(lambda place: places[place[0]], translated)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    literal = map(re.escape, _PLACE.split(template))
    return re.compile("(.+?)".join(literal), re.DOTALL)


@cache
def _letters(template: str) -> int:
    return sum(map(str.isalpha, _PLACE.sub("", template)))


def _locale(language: str) -> QLocale:
    locale = QLocale(language) if language else QLocale.system()
    if locale.language() is QLocale.Language.C:
        return QLocale("en")  # a system without a language writes numbers without separators
    return locale


def _everything(application: QApplication) -> Iterator[QObject]:
    yield from application.allWidgets()
    for window in application.topLevelWidgets():
        yield from window.findChildren(QAction)


def _say_anew(shown: QObject, before: _Translator) -> None:
    """Say the texts of a widget or an action in the language that is spoken now."""
    contexts: list[str] = []

    def put(text: str, set_text: Callable[[str], object]) -> None:
        if text and not contexts:  # most say nothing
            contexts.extend(_contexts(shown))
        said = before.again(text, contexts) if text else None
        if said is not None and said != text:
            set_text(said)

    whole = getattr(shown, "whole_text", None)
    if whole is not None:  # its property has the text only as far as there is room
        put(whole(), shown.set_text)  # type: ignore[attr-defined]
    for name in PROPERTIES:
        if name != "text" or not (whole or isinstance(shown, QLineEdit)):
            put(shown.property(name) or "", partial(shown.setProperty, name))
    if isinstance(shown, QComboBox):
        for number in range(shown.count()):
            put(shown.itemText(number), partial(shown.setItemText, number))
    if isinstance(shown, QTabWidget):
        for number in range(shown.count()):
            put(shown.tabText(number), partial(shown.setTabText, number))


def _contexts(shown: QObject) -> list[str]:
    """Return the names of the classes in which a text may have been given, the nearest first."""
    found: list[str] = []
    owner: QObject | None = shown
    if isinstance(shown, QToolButton) and shown.defaultAction() is not None:
        found += _contexts(shown.defaultAction())
    while owner is not None:
        found += [kind.__name__ for kind in type(owner).__mro__[:-1]]
        owner = owner.parent()
    return found
