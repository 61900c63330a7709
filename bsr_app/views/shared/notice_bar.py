"""One line over the page that says what happened and offers what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from shiboken6 import isValid

from ...qt.theme import icon
from .widgets import ElidedLabel, button, icon_button, label, mark

LARGEST_WIDTH = 960
MARGIN = 16  # on either side of a floating one
SUCCESS_MILLISECONDS = 12_000

Choice = tuple[str, Callable[[], None]]
Words = str | Callable[[], str]  # one of several sentences is made again in another language


class NoticeBar(QFrame):
    """Hidden until there is something to say; a new notice takes the place of the old one.

    One that must be answered comes back when the others are gone.  What went well may wait until
    another one is gone that nobody may have read yet.

    A floating one lies over the page, so that nothing moves, and what went well goes away by
    itself; another one is part of a layout.
    """

    def __init__(self, parent: QWidget | None = None, *, floating: bool = False) -> None:
        super().__init__(parent)
        self._floating = floating
        self.setObjectName("notice")
        self._rooms: tuple[QRect, ...] = (QRect(0, 0, LARGEST_WIDTH, 0),)
        self._focus_before: QWidget | None = None
        self._unanswered: Callable[[], None] | None = None
        self._shows_unanswered = False
        self._waiting: Callable[[], None] | None = None
        self._words: Words = ""
        self._icon = label()
        self._text = ElidedLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._buttons = QWidget()
        self._choices = QHBoxLayout(self._buttons)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(8)
        close = icon_button("close", self.tr("Close this message"), 16)
        close.clicked.connect(self._answer)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 8, 8)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self._text, 0, 1)
        self._grid.addWidget(close, 0, 3)
        self._put_buttons(below=False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SUCCESS_MILLISECONDS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def place(self, *rooms: QRect) -> None:
        """Float at the top of the first of these parts of the parent in which there is room."""
        self._rooms = rooms
        room = next(filter(self._arrange, rooms), rooms[-1])
        hint = self.sizeHint()
        wide = min(self._widest(room), hint.width())
        left = room.left() + (room.width() - wide) // 2
        self.setGeometry(left, room.top(), wide, hint.height())

    def _arrange(self, room: QRect) -> bool:
        """Put the buttons beside the text, else below; return whether all of it has room."""
        for below in (False, True):
            self._put_buttons(below=below)
            if self.sizeHint().width() <= self._widest(room):
                return True
        return False

    def _widest(self, room: QRect) -> int:
        return min(LARGEST_WIDTH, room.width() - 2 * MARGIN)

    def _put_buttons(self, *, below: bool) -> None:
        place = (1, 0, 1, 4) if below else (0, 2, 1, 1)
        self._grid.addWidget(self._buttons, *place, Qt.AlignmentFlag.AlignRight)

    def say(
        self,
        kind: str,
        words: Words,
        choices: Sequence[Choice] = (),
        *,
        until_answered: bool = False,
        waits: bool = False,
    ) -> None:
        """Show a notice.

        Args:
            kind: "info", "success", "warning" or "error".
            words: one line; a longer one is shortened and shown whole in its tool tip.
            choices: (text, what to do) of the buttons, from left to right.
            until_answered: whether it comes back until a choice is taken or the user closes it.
            waits: whether it takes the place of a success only, or of what comes back.
        """
        if waits and self._must_be_read():
            self._waiting = lambda: self.say(kind, words, choices)
            return
        if until_answered:
            self._unanswered = lambda: self.say(kind, words, choices, until_answered=True)
        self._shows_unanswered = until_answered
        self._timer.stop()
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._focus_before = focus
        self._clear_choices()
        mark(self, "kind", kind)
        self._draw_icon()
        self._words = words
        self._write(words() if callable(words) else words)
        for caption, action in choices:
            made = self._choice(caption, action)
            self._choices.addWidget(made)
            made.show()  # one that is not shown yet has no part in the size
        self._buttons.setVisible(bool(choices))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))
        if self._floating:
            self.place(*self._rooms)
            self.raise_()
            if kind == "success":
                self._timer.start()

    def _must_be_read(self) -> bool:
        shown = not self.isHidden() and not self._shows_unanswered
        return shown and self.property("kind") != "success"

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self.property("kind"):
            self._draw_icon()
        if event.type() is QEvent.Type.LanguageChange:
            if callable(self._words):
                self._write(self._words())
            if self._floating:  # when the buttons have their texts, too
                QTimer.singleShot(0, self, lambda: self.place(*self._rooms))

    def _write(self, text: str) -> None:
        self._text.set_text(text)
        self.setAccessibleName(self._text.whole_text())

    def _draw_icon(self) -> None:
        kind = self.property("kind")
        self._icon.setPixmap(icon(kind, "link" if kind == "info" else kind).pixmap(20, 20))

    def text(self) -> str:
        """Return what is said, or "" while nothing is."""
        return "" if self.isHidden() else self._text.whole_text()

    def says(self, words: Callable[[], str]) -> bool:
        """Return whether the notice that is shown was given these words."""
        return not self.isHidden() and self._words == words

    def choices(self) -> list[QPushButton]:
        """Return the buttons of the notice."""
        items = [self._choices.itemAt(number) for number in range(self._choices.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def dismiss(self) -> None:
        """Take the notice away; the focus goes back to where it was."""
        self._timer.stop()
        focus, before = QApplication.focusWidget(), self._focus_before
        inside = focus is not None and self.isAncestorOf(focus)
        if inside and before is not None and isValid(before):
            before.setFocus()
        self._clear_choices()
        self.hide()
        comes, self._waiting = self._waiting or self._unanswered, None
        if comes is not None:
            comes()

    def take_back(self, words: Callable[[], str]) -> None:
        """Take the notice away if it says these words, which hold no more."""
        if self.says(words):
            self.dismiss()

    def _answer(self) -> None:
        if self._shows_unanswered:
            self._unanswered = None
        self.dismiss()

    def _choice(self, caption: str, action: Callable[[], None]) -> QPushButton:
        made = button(caption)

        def act() -> None:
            self._answer()
            action()

        made.clicked.connect(act)
        return made

    def _clear_choices(self) -> None:
        for choice in self.choices():
            self._choices.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
