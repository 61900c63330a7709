"""The session in the window: its strip, what an earlier one left, the question at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from . import dialogs
from .side_bar import UPSCALE

if TYPE_CHECKING:
    from ...work.session import SessionPicture
    from ..shared.notice_bar import Choice, NoticeBar
    from .pages import Pages
    from .session_strip import SessionStrip


class WindowSession(QObject):
    """Shows the session's pictures, offers lost ones, and asks about unsaved results.

    Signals:
        picture_wanted(object): the SessionPicture that the user wants to see.
    """

    picture_wanted = Signal(object)

    def __init__(
        self,
        pages: Pages,
        stack: QStackedWidget,
        strip: SessionStrip,
        notice: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._pages, self._session = pages, pages.session
        self._stack, self._strip, self._notice, self._window = stack, strip, notice, window
        self._saving_all = False
        self._session.changed.connect(self.show_pictures)
        self._session.found.connect(self._offer_lost)
        stack.currentChanged.connect(self.show_pictures)
        strip.chosen.connect(self._choose)
        pages.upscale.exporter.failed.connect(self._stay_open)
        pages.upscale.exporter.idle.connect(self._close_saved)

    def show_pictures(self) -> None:
        """Show the other pictures of this session where one is enlarged."""
        if self._stack.currentIndex() == UPSCALE:
            self._strip.show_pictures(self._session.pictures, self._pages.upscale.kept)
        else:
            self._strip.hide()

    def may_close(self) -> bool:
        """Ask about running work and unsaved results; once those are saved, it is asked again."""
        unsaved = self._session.unsaved()
        if not unsaved:
            return not self._pages.busy or dialogs.ask_to_close(self._window)
        names = [kept.opened.name for kept, _ in unsaved]
        answer = dialogs.ask_about_unsaved(self._window, names, self._pages.busy)
        if answer == "save":
            self._saving_all = True
            self._pages.upscale.save_all()
        return answer == "discard"

    def _choose(self, kept: SessionPicture) -> None:
        self.show_pictures()  # the button of the open picture stays checked
        self.picture_wanted.emit(kept)

    def _offer_lost(self, lost: list[SessionPicture]) -> None:
        names = ", ".join(dict.fromkeys(kept.opened.name for kept in lost))
        text = self.tr("BSR ended before these results were saved: {0}").format(names)

        def bring_back() -> None:
            self._session.adopt(lost)
            self._choose(lost[0])

        choices: list[Choice] = [
            (self.tr("Bring them back"), bring_back),
            (self.tr("Delete them"), lambda: self._session.discard(lost)),
        ]
        self._notice.say("info", text, choices, until_answered=True)

    def _close_saved(self) -> None:
        """Close once everything is saved; that asks about what was begun in the meantime."""
        if self._saving_all:
            self._saving_all = False
            if not self._session.unsaved():
                QTimer.singleShot(0, self._window, self._window.close)  # a dialog may wait there

    def _stay_open(self) -> None:
        self._saving_all = False
