"""The narrow bar on the left: one button per page, and the settings at its foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ..shared.widgets import for_text

WIDTH, MARGIN = 80, 8
HEIGHT = 56  # of a button
UPSCALE, BATCH, MODELS = range(3)  # the pages, from top to bottom


class SideBar(QFrame):
    """Shows which page is open and opens another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideBar")
        self.setFixedWidth(for_text(WIDTH, 3))
        self._group = QButtonGroup(self)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(4)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addLayout(self._pages)
        layout.addStretch(1)
        layout.addLayout(self._foot)

    def add_page(self, action: QAction) -> None:
        """Add the button of the next page; the action is checkable and opens it."""
        page = _bar_button(action)
        self._group.addButton(page, self._pages.count())
        self._pages.addWidget(page)

    def add_foot(self, action: QAction) -> None:
        """Add a button at the foot."""
        self._foot.addWidget(_bar_button(action))


def _bar_button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setText(action.iconText())
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    made.setIconSize(QSize(24, 24))
    made.setFixedSize(for_text(WIDTH, 3) - 2 * MARGIN, for_text(HEIGHT, 1))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAccessibleName(action.iconText())
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * 0.88)
    made.setFont(font)
    return made
