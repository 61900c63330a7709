"""The keys, listed from the menus."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QMenuBar,
    QScrollArea,
    QWidget,
)

from ..shared.widgets import label, line

Section = tuple[str, list[tuple[str, str]]]  # title, and (text, keys) of each row


class ShortcutsList(QScrollArea):
    """Every action that has a key, under the title of its menu, and what the mouse does."""

    def __init__(self, menu_bar: QMenuBar) -> None:
        super().__init__()
        self._menu_bar = menu_bar
        self._listed: list[Section] = []
        self.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._fill()

    def _fill(self) -> None:
        """List what the menus have now."""
        sections = self._sections()
        if sections == self._listed:
            return  # a dialog is told twice of another language, by Qt and by its window
        self._listed = sections
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(16, 8, 16, 16)
        self._grid.setVerticalSpacing(6)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(0, 1)
        for title, rows in sections:
            self._add_section(title, rows)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidget(inside)

    def _sections(self) -> list[Section]:
        menus = [(plain(top.text()), top.menu()) for top in self._menu_bar.actions()]
        listed = [
            (title, list(shortcuts_of(menu))) for title, menu in menus if isinstance(menu, QMenu)
        ]
        return [*listed, (self.tr("In the picture"), self._gestures())]

    def _gestures(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Zoom at the pointer"), self.tr("Wheel")),
            (self.tr("Move the picture"), self.tr("Space and drag")),
            (self.tr("Fit the window or 100 %"), self.tr("Double click")),
            (self.tr("Move the slider"), self.tr("Drag, or arrow keys")),
        ]

    def _add_section(self, title: str, rows: list[tuple[str, str]]) -> None:
        if not rows:
            return
        row = self._grid.rowCount()
        heading = label(title, "heading")
        heading.setContentsMargins(0, 12, 0, 0)
        self._grid.addWidget(heading, row, 0, 1, 2)
        self._grid.addWidget(line(), row + 1, 0, 1, 2)
        for offset, (text, keys) in enumerate(rows, row + 2):
            self._grid.addWidget(label(text), offset, 0)
            self._grid.addWidget(label(keys, "muted"), offset, 1, Qt.AlignmentFlag.AlignRight)


def shortcuts_of(menu: QMenu) -> Iterator[tuple[str, str]]:
    """Return (text, keys) of every action of a menu and its submenus that has a key."""
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from shortcuts_of(submenu)
        elif keys := keys_of(action):
            yield plain(action.text()), keys


def keys_of(action: QAction) -> str:
    """Return an action's keys as they are written on this system."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts())


def plain(text: str) -> str:
    """Return a menu text without its mark of the access key and without dots."""
    unmarked = re.sub(r"&(.)", r"\1", re.sub(r"\(&\w\)", "", text))
    return unmarked.rstrip("…").rstrip()
