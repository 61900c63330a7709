"""The pages on top of each other: which one is shown, and where the focus was on each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from .side_bar import BATCH, UPSCALE


class PageStack(QStackedWidget):
    """Shows one of the three pages; what is still to be made has an empty place.

    Attributes:
        upscale_stack: the page of pictures, and what is shown while none is open.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.upscale_stack = QStackedWidget(self)
        self._placeholders = (QWidget(), QWidget())
        self._focus_on: dict[int, QWidget] = {}
        for page in (self.upscale_stack, *self._placeholders):
            self.addWidget(page)

    def show_page(self, number: int) -> None:
        """Go to a page, and give it its focus back if the focus was on the one before."""
        focus, before = self.window().focusWidget(), self.currentWidget()
        if focus is not None and before is not None and before.isAncestorOf(focus):
            self._focus_on[self.currentIndex()] = focus
            # Else it would go to whatever is next when its page is hidden.
            self.setFocus()
        self.setCurrentIndex(number)
        if self.hasFocus():
            self._focus_page(number)

    def place(self, number: int, page: QWidget) -> None:
        """Put a page where it belongs; the one that is shown stays."""
        if number == UPSCALE:
            self.upscale_stack.addWidget(page)
            return
        shown, placeholder = self.currentIndex(), self._placeholders[number - BATCH]
        self.insertWidget(number, page)
        self.removeWidget(placeholder)
        self.setCurrentIndex(shown)

    def _focus_page(self, number: int) -> None:
        """Let the focus be where it was on a page, or on the first thing there."""
        page = self.currentWidget()
        known = self._focus_on.get(number)
        if page is None:
            return
        if known is None or not isValid(known) or not page.isAncestorOf(known):
            known = _first_control(page)
        if known is not None:
            known.setFocus()


def _first_control(page: QWidget) -> QWidget | None:
    """Return the first widget on a page that takes the focus, or None."""
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        if takes_focus and widget.isVisible() and page.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None
