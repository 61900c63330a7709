"""The window: side bar, pages, menus; what is dropped, pasted and opened; closing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from bsr import logs
from bsr.engine.disk import absolute

from ...messages import explain
from ...qt.job_runner import JobContext, JobRunner, Outcome, Worker
from ...qt.language import keep_words
from ..shared import formatting
from ..shared.actions import Actions
from ..shared.notice_bar import Choice, NoticeBar
from ..shared.widgets import for_text, label
from . import dialogs, errors
from .empty_page import EmptyPage
from .help_dialog import SHORTCUTS, HelpDialog
from .menus import Menus
from .opener import Opener, paths_in
from .own_keys import keeps_key_for_focus
from .page_stack import PageStack
from .session_strip import SessionStrip
from .side_bar import BATCH, UPSCALE, SideBar
from .wheel_guard import WheelGuard
from .window_session import WindowSession

if TYPE_CHECKING:
    from ...qt.settings import Settings
    from ...work.batch import Interrupted
    from ...work.comparison import Kind
    from ...work.results import Result
    from ...work.saving import Saved
    from ...work.session import SessionPicture
    from ...work.upscaling import OpenPicture
    from ..upscale.page import UpscalePage
    from .pages import Pages

SMALLEST, USUAL = QSize(800, 500), QSize(1280, 800)  # in device-independent pixels
FRAME = QSize(16, 48)  # what the system's frame and title take
# Not 0, with which the steps would follow each other before anything else has its turn.
YIELD_MILLISECONDS = 1
NOTICE_TOP = 64  # under the compare view's buttons


class MainWindow(QMainWindow):
    """Stands before anything heavy is loaded; `load_pages` does that in a worker thread.

    Signals:
        pages_loaded(): everything is there and connected.
    """

    pages_loaded = Signal()

    def __init__(self, settings: Settings, runner: JobRunner) -> None:
        super().__init__()
        self._settings, self.runner = settings, runner
        self.pages: Pages | None = None
        self.help: HelpDialog | None = None
        self._later: list[Callable[[], None]] = []
        self._closed = False
        self._unasked = False
        self.qactions = Actions(self)
        self._centre = QWidget()
        self.setCentralWidget(self._centre)  # filled where it stays, see `scroll_area`
        self.side_bar = self._make_side_bar()
        self.stack = PageStack(self._centre)
        self.upscale_stack = self.stack.upscale_stack
        self.empty = EmptyPage(
            runner, settings, self.qactions.open, self.qactions.paste, self.upscale_stack
        )
        self.strip = SessionStrip(self._centre)
        self.notice = NoticeBar(self._centre, floating=True)
        self.opener = Opener(settings, self.notice, self)
        self._session: WindowSession | None = None
        self._note = label()
        self._build()
        self.menus = Menus(self, self.qactions)
        self._connect()
        self._fill_recent()
        self.qactions.show_log.setEnabled(logs.file() is not None)

    def load_pages(self) -> None:
        """Import NumPy, OpenCV and Numba in a worker thread, then build the pages."""

        def work(context: JobContext) -> None:
            import_module("bsr.engine.upscaling.upscale")
            import_module("bsr.views.window.pages")
            gc.freeze()  # what was imported stays: the collector need not walk through it again

        self.say_quietly(self.tr("Loading…"))
        self.runner.submit(work, worker=Worker.IO).finished.connect(self._build_pages)

    def when_loaded(self, action: Callable[[], None]) -> None:
        """Do something as soon as the pages are there."""
        if self.pages is None:
            self._later.append(action)
        else:
            action()

    def say_quietly(self, text: str) -> None:
        """Show a note in the status bar, or take it away."""
        self._note.setText(text)

    def show_page(self, number: int) -> None:
        """Go to one of the three pages."""
        self.qactions.pages[number].setChecked(True)
        self.stack.show_page(number)

    # What comes in ------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open one picture; offer the batch for many, and give it folders."""
        whole = [absolute(path) for path in paths]
        if self.stack.currentIndex() == BATCH:
            self._add_to_batch(whole)
        else:
            self.opener.take_paths(whole)

    def _add_to_batch(self, paths: list[Path]) -> None:
        def add() -> None:
            self.show_page(BATCH)
            self._loaded().batch.add_paths(paths)

        self.notice.dismiss()
        self.when_loaded(add)

    def _open(self, path: Path) -> None:
        self._when_free(lambda upscale: upscale.open(path))

    def _open_pair(self, original: Path, result: Path) -> None:
        self._when_free(lambda upscale: upscale.open_pair(original, result))

    def _open_image(self, image: QImage) -> None:
        name = self.tr("Pasted picture")
        self._when_free(lambda upscale: upscale.open_image(image, name))

    def _show_kept(self, kept: SessionPicture) -> None:
        self._when_free(lambda upscale: upscale.show_kept(kept))

    def _when_free(self, action: Callable[[UpscalePage], None]) -> None:
        """Do something that replaces the open picture; ask where it is being enlarged."""

        def act() -> None:
            self.show_page(UPSCALE)
            action(self._loaded().upscale)

        def stop_and_act() -> None:
            self._loaded().upscale.close_picture()
            act()

        def begin() -> None:
            if self._loaded().upscale.running:
                self._offer_to_stop(self.tr("Stop and open the other picture"), stop_and_act)
            else:
                act()

        self.notice.dismiss()  # not later: what is said until then is to be read
        self.when_loaded(begin)

    def _close_picture(self) -> None:
        upscale = self._loaded().upscale
        if upscale.running:
            self._offer_to_stop(self.tr("Stop and close it"), upscale.close_picture)
        else:
            upscale.close_picture()

    def _offer_to_stop(self, choice: str, stop: Callable[[], None]) -> None:
        self.notice.say("warning", self._is_busy, [(choice, stop)])

    def _is_busy(self) -> str:
        return self.tr("A picture is being enlarged.")

    # What is said -------------------------------------------------------------------------------

    def _save_as(self) -> None:
        upscale = self._loaded().upscale
        opened, result = upscale.current, upscale.result  # others may come during the dialog
        if opened is None or result is None:
            return
        proposal = upscale.exporter.proposal(opened.path, opened.name, result)
        target = dialogs.ask_target(self, proposal)
        if target is not None:
            upscale.exporter.save_as(target, opened.path, result)

    def _save_comparison(self, kind: Kind) -> None:
        upscale = self._loaded().upscale
        opened, comparison = upscale.current, upscale.sharing.comparison(kind)
        if opened is None or comparison is None:
            return
        target = dialogs.ask_comparison_target(self, upscale.sharing.proposal(kind, opened))
        if target is not None:
            upscale.sharing.save(comparison, kind, target, opened)

    def _tell_saved(self, saved: Saved) -> None:
        choices: list[Choice] = []
        if not saved.skipped:
            show = partial(self._loaded().upscale.exporter.show_in_folder, saved.path)
            choices.append((self.tr("Show in folder"), show))
        kind = "warning" if saved.skipped else "success"
        waits = not (saved.skipped or saved.again)  # something else may have been said since
        self.notice.say(kind, lambda: formatting.saved(saved), choices, waits=waits)

    def _offer_back(self, kept: SessionPicture, result: Result) -> None:
        def bring_back() -> None:
            self._when_free(lambda upscale: upscale.bring_back(kept, result))

        self.notice.say("info", self.tr("The result is closed."), [(self.tr("Undo"), bring_back)])

    def tell_error(self, error: BaseException) -> None:
        """Say in one line what went wrong, and offer the details."""
        self.say_quietly("")
        copy: Choice = (self.tr("Copy details"), lambda: errors.copy_details(error))
        message = explain(error)
        self.notice.say("error", lambda: errors.in_one_line(message), [copy])

    def _forget_error(self) -> None:
        """Say no more what went wrong: it is tried again."""
        if self.notice.property("kind") == "error":
            self.notice.dismiss()

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("BSR")
        keep_words(self)
        self.setAcceptDrops(True)
        self.upscale_stack.addWidget(self.empty)
        row = QHBoxLayout(self._centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.strip)
        self.stack.installEventFilter(self)
        for stack in (self.stack, self.upscale_stack):
            stack.currentChanged.connect(self._place_notice)
        self._note.setContentsMargins(12, 4, 12, 4)
        self.statusBar().addWidget(self._note, 1)
        self.statusBar().setSizeGripEnabled(False)
        room = self.screen().availableGeometry().size() - FRAME
        smallest = QSize(for_text(SMALLEST.width(), 21), SMALLEST.height())
        self.setMinimumSize(smallest.boundedTo(room))
        self.resize(USUAL.boundedTo(room))
        self.restoreGeometry(self._settings.geometry())  # Qt keeps it on the screen
        self.empty.open_button.setFocus()

    def _make_side_bar(self) -> SideBar:
        side_bar = SideBar(self._centre)
        for action in self.qactions.pages:
            side_bar.add_page(action)
        side_bar.add_foot(self.qactions.help)
        side_bar.add_foot(self.qactions.settings)
        return side_bar

    def _connect(self) -> None:
        actions = self.qactions
        for number, page in enumerate(actions.pages):
            page.triggered.connect(lambda _=False, number=number: self.show_page(number))
        for action, work in (
            (actions.start, lambda: self.show_page(UPSCALE)),  # where it is seen to do something
            (actions.open, self.opener.choose_files),
            (actions.open_folder, self.opener.choose_folder),
            (actions.paste, self.opener.paste),
            (actions.forget_recent, self._settings.forget_recent),
            (actions.settings, self._show_settings),
            (actions.quit, self.close),
            (actions.help, self._show_help),
            (actions.shortcuts, lambda: self._show_help(SHORTCUTS)),
            (actions.show_log, dialogs.show_log),
            (actions.about, lambda: dialogs.show_about(self)),
        ):
            action.triggered.connect(lambda _=False, work=work: work())
        self.opener.picture_wanted.connect(self._open)
        self.opener.image_wanted.connect(self._open_image)
        self.opener.batch_wanted.connect(self._add_to_batch)
        self.opener.paths_given.connect(self.open_paths)
        self.empty.file_chosen.connect(self._open)
        self._settings.recent_changed.connect(self._fill_recent)

    def _build_pages(self, outcome: Outcome) -> None:
        if outcome.error is not None:
            raise outcome.error
        from .pages import Pages

        pages = Pages(self.runner, self._settings, self.qactions, self)
        steps = pages.steps(self.stack)
        QTimer.singleShot(YIELD_MILLISECONDS, self, lambda: self._build_step(pages, steps))

    def _build_step(self, pages: Pages, steps: Iterator[None]) -> None:
        """Build one piece, let the event loop run, and so on."""
        if self._closed:
            return
        if next(steps, self) is self:
            self._take_pages(pages)
        else:
            QTimer.singleShot(YIELD_MILLISECONDS, self, lambda: self._build_step(pages, steps))

    def _take_pages(self, pages: Pages) -> None:
        self.pages, upscale = pages, pages.upscale
        self._session = WindowSession(pages, self.stack, self.strip, self.notice, self)
        self._session.picture_wanted.connect(self._show_kept)
        upscale.compare.installEventFilter(self)
        for page in (upscale, pages.batch, pages.models):
            WheelGuard(page)
        upscale.opened.connect(self._show_opened)
        upscale.reader.failed.connect(self._forget_missing)
        upscale.reader.ended.connect(lambda: self.say_quietly(""))
        upscale.state_changed.connect(self._show_state)
        upscale.exporter.begun.connect(self.notice.dismiss)
        for begun in (upscale.enlarger.begun, pages.batch.begun):
            begun.connect(self._forget_error)
        upscale.exporter.saved.connect(self._tell_saved)
        upscale.result_dismissed.connect(self._offer_back)
        upscale.sharing.copied.connect(
            lambda: self.notice.say("success", self.tr("The comparison is on the clipboard."))
        )
        upscale.compare.save_requested.connect(self._save_comparison)
        upscale.exporter.copied.connect(
            lambda: self.notice.say("success", self.tr("The result is on the clipboard."))
        )
        pages.failed.connect(self.tell_error)
        pages.noted.connect(self.say_quietly)
        pages.told.connect(lambda text: self.notice.say("success", text))
        pages.pair_wanted.connect(self._open_pair)
        pages.batch.resume_offered.connect(self._offer_batch)
        self.qactions.save_as.triggered.connect(self._save_as)
        self.qactions.close_picture.triggered.connect(self._close_picture)
        self.menus.add_to_view(upscale.compare.menu_actions())
        pages.batch.look_for_interrupted()
        pages.session.look_for_lost()
        self.say_quietly("")
        self._show_state()
        later, self._later = self._later, []
        for action in later:
            QTimer.singleShot(0, action)
        QTimer.singleShot(0, pages.warm_up.start)
        self.pages_loaded.emit()

    def _loaded(self) -> Pages:
        if self.pages is None:
            raise RuntimeError("the pages are not loaded yet")
        return self.pages

    def _offer_batch(self, interrupted: Interrupted) -> None:
        """Offer to continue an interrupted batch, or to look at it first."""
        if self.stack.currentIndex() == BATCH:
            return  # the page offers it itself, until its list is another

        def text() -> str:
            return self.tr("An interrupted batch can be resumed.")

        def leave_it_to_the_page(number: int) -> None:
            if number == BATCH:
                self.notice.take_back(text)

        def resume() -> None:
            self.show_page(BATCH)
            self._loaded().batch.resume(interrupted)

        choices: list[Choice] = [
            (self.tr("Resume"), resume),
            (self.tr("Show it"), lambda: self.show_page(BATCH)),
        ]
        self.notice.say("info", text, choices)
        self.stack.currentChanged.connect(leave_it_to_the_page)

    def _show_opened(self, opened: OpenPicture) -> None:
        self.upscale_stack.setCurrentWidget(self._loaded().upscale)
        if opened.path is not None:
            self._settings.add_recent(opened.path)
        self._show_state()

    def _show_state(self) -> None:
        """Show the upscale page or the empty one, and what is open in the title."""
        upscale = self._loaded().upscale
        opened = upscale.current
        self.upscale_stack.setCurrentWidget(self.empty if opened is None else upscale)
        if upscale.opening:
            self.say_quietly(self.tr("Opening…"))
        if not upscale.running:
            self.notice.take_back(self._is_busy)
        if self._session is not None:
            self._session.show_pictures()
        self.setWindowTitle(f"{opened.name} – BSR" if opened and opened.name else "BSR")

    def _fill_recent(self) -> None:
        self.menus.recent.clear()
        for path in self._settings.recent_files:
            action = self.menus.recent.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            keep_words(action)
            action.triggered.connect(lambda _=False, path=path: self._open(path))
        self.menus.recent.setEnabled(bool(self._settings.recent_files))
        self.menus.recent.addSeparator()
        self.menus.recent.addAction(self.qactions.forget_recent)

    def _forget_missing(self, error: BaseException) -> None:
        """Take a picture that is not there out of the list of recent ones."""
        missing = error.__cause__
        if isinstance(missing, FileNotFoundError):
            self._settings.forget_recent(Path(missing.filename))

    def _show_settings(self) -> None:
        from .settings_dialog import SettingsDialog

        cards = self.pages.catalog.cards() if self.pages else []
        dialog = SettingsDialog(self._settings, cards, self)
        dialog.exec()
        dialog.deleteLater()

    def _show_help(self, topic: int = 0) -> None:
        if self.help is None:
            self.help = HelpDialog(self.menuBar(), self)
        self.help.show_topic(topic)

    # Events -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self._settings.look_for_recent()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place_notice()
        return keeps_key_for_focus(self.focusWidget(), event) or super().eventFilter(watched, event)

    def _place_notice(self) -> None:
        """Let notices float beside the page's panel where there is room for them."""
        parts: list[QWidget] = [self.stack]
        if self.pages is not None:
            beside = (self.pages.upscale.compare, self.pages.batch.list)
            parts[:0] = [part for part in beside if part.isVisible()]
        corners = [part.mapTo(self._centre, QPoint(0, NOTICE_TOP)) for part in parts]
        rooms = [QRect(corner, part.size()) for corner, part in zip(corners, parts, strict=True)]
        self.notice.place(*rooms)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data, own = event.mimeData(), event.source() is not None  # as what is dragged out of here
        if not own and (data.hasUrls() or data.hasImage()):
            _accept_copy(event)
            self.empty.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty.set_hot(False)
        _accept_copy(event)
        paths = paths_in(event.mimeData())
        if paths:
            self.open_paths(paths)
        elif not self.opener.take_mime(event.mimeData()):
            self.notice.say("warning", self.tr("Nothing dropped was a picture."))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._closed = True
        self._settings.keep_geometry(self.saveGeometry())
        if self.pages is not None:
            self.pages.close()
        self.runner.shutdown(essential=self._unasked)
        if self.pages is not None:  # what nobody was asked about is offered at the next start
            self.pages.session.close(delete=not self._unasked)
        event.accept()

    def _may_close(self) -> bool:
        return self._unasked or self._session is None or self._session.may_close()

    def close_unasked(self) -> None:
        """Close also while something is being done: the system wants the program to end."""
        self._unasked = True
        self.close()


def _accept_copy(event: QDropEvent) -> None:
    """Take what is dragged, and leave it to its owner: answered as moved, it would be deleted."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
