"""One line at the top of the window that says what happened and offers what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from bsr_app.theme import icon
from bsr_app.views.widgets import ElidedLabel, button, icon_button, mark

Choice = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """Hidden until there is something to say; a new notice takes the place of the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        stripe = QFrame()
        stripe.setObjectName("noticeMark")
        stripe.setFixedWidth(4)
        self._icon = QLabel()
        self._text = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(8)
        close = icon_button("close", self.tr("Close this message"), 16)
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addLayout(self._choices)
        row.addWidget(close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(stripe)
        layout.addLayout(row, 1)
        self.hide()

    def say(self, kind: str, text: str, choices: Sequence[Choice] = ()) -> None:
        """Show a notice.

        Args:
            kind: "info", "success", "warning" or "error".
            text: one line; a longer one is shortened and shown whole in its tool tip.
            choices: (text, what to do) of the buttons, from left to right.
        """
        self._clear_choices()
        mark(self, "kind", kind)
        self._icon.setPixmap(icon(kind).pixmap(20, 20))
        self._text.set_text(text)
        self.setAccessibleName(self._text.whole_text())
        for caption, action in choices:
            self._choices.addWidget(self._choice(caption, action))
        self.show()

    def text(self) -> str:
        """Give what is said, or "" while nothing is."""
        return "" if self.isHidden() else self._text.whole_text()

    def choices(self) -> list[QPushButton]:
        """Give the buttons of the notice."""
        items = [self._choices.itemAt(number) for number in range(self._choices.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def dismiss(self) -> None:
        """Take the notice away."""
        self._clear_choices()
        self.hide()

    def _choice(self, caption: str, action: Callable[[], None]) -> QPushButton:
        made = button(caption)

        def act() -> None:
            self.dismiss()
            action()

        made.clicked.connect(act)
        return made

    def _clear_choices(self) -> None:
        for choice in self.choices():
            self._choices.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
