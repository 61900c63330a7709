"""Keys that are shortcuts of the window, unless the widget with the focus has a use for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def keeps_key_for_focus(focus: QWidget | None, event: QEvent) -> bool:
    """Keep a key for the widget with the focus: Copy for a selected text, letters for choices."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if isinstance(focus, QLabel):
        taken = focus.hasSelectedText() and event.matches(QKeySequence.StandardKey.Copy)
    else:
        writes = event.text() != "" and event.text().isprintable()
        taken = isinstance(focus, QComboBox) and writes and not event.modifiers() & _COMMANDS
    if taken:
        event.accept()
    return taken
