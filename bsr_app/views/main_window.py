"""The window: side bar, pages, menus; what is dropped, pasted and opened; closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QSize, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bsr_app import __version__, logs
from bsr_app.job_runner import JobRunner, Outcome, Reporter
from bsr_app.views import errors
from bsr_app.views.actions import Actions
from bsr_app.views.empty_page import EmptyPage
from bsr_app.views.menus import Menus
from bsr_app.views.notice_bar import Choice, NoticeBar
from bsr_app.views.side_bar import SideBar

if TYPE_CHECKING:
    from bsr_app.saving import Saved
    from bsr_app.settings import Settings
    from bsr_app.views.pages import Pages
    from bsr_app.views.upscale_page import Opened

SMALLEST, USUAL = QSize(900, 600), QSize(1280, 800)
UPSCALE, BATCH, MODELS = range(3)


class MainWindow(QMainWindow):
    """Stands before anything heavy is loaded; `load_pages` does that in the job lane.

    Signals:
        pages_loaded(): everything is there and connected.
    """

    pages_loaded = Signal()

    def __init__(self, settings: Settings, runner: JobRunner) -> None:
        super().__init__()
        self._settings, self._runner = settings, runner
        self.pages: Pages | None = None
        self._later: list[Callable[[], None]] = []
        self._load_job = 0
        self.actions_ = Actions(self)
        self.notice = NoticeBar()
        self.empty = EmptyPage(runner, settings, self.actions_.open, self.actions_.paste)
        self.side_bar = SideBar()
        self.upscale_stack, self.stack = QStackedWidget(), QStackedWidget()
        self._note = QLabel()
        self._placeholders = (QWidget(), QWidget())
        self._build()
        self.menus = Menus(self, self.actions_)
        self._connect()
        self._fill_recent()
        self._update_actions()

    def load_pages(self) -> None:
        """Import NumPy, OpenCV and Numba in the job lane, then build the pages."""

        def work(reporter: Reporter) -> None:
            import bsr_app.views.pages  # noqa: F401

        self.say_quietly(self.tr("Loading …"))
        self._load_job = self._runner.submit(work, light=True)

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
        self.actions_.pages[number].setChecked(True)
        self.stack.setCurrentIndex(number)

    # What comes in ------------------------------------------------------------------------------

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open one picture; offer the batch for many or for a folder."""
        paths = list(paths)
        if not paths:
            return
        if self.stack.currentIndex() == BATCH:
            self.when_loaded(lambda: self._add_to_batch(paths))
        elif len(paths) > 1 or paths[0].is_dir():
            self._offer_batch(paths)
        else:
            self._open(paths[0])

    def paste(self) -> None:
        """Open what is on the clipboard: files or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and not self._take_in(data):
            self.notice.say("warning", self.tr("There is no picture on the clipboard."))

    def _take_in(self, data: QMimeData) -> bool:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.open_paths(paths)
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if image.isNull():
            return False
        name = self.tr("Pasted picture")
        self._when_free(lambda pages: pages.upscale.open_image(image, name))
        return True

    def _open(self, path: Path) -> None:
        self._settings.last_folder = path.parent
        self._when_free(lambda pages: pages.upscale.open(path))

    def _when_free(self, action: Callable[[Pages], None]) -> None:
        """Do something that replaces the open picture, unless it is being enlarged."""

        def act() -> None:
            pages = self._loaded()
            self.notice.dismiss()
            self.show_page(UPSCALE)
            action(pages)

        def stop_and_act() -> None:
            self._loaded().upscale.close_picture()
            act()

        def begin() -> None:
            if not self._loaded().upscale.running:
                act()
                return
            text = self.tr("A picture is being enlarged.")
            choices: list[Choice] = [(self.tr("Stop it and open the other"), stop_and_act)]
            self.notice.say("warning", text, choices)

        if self.pages is None:
            self.say_quietly(self.tr("Opening …"))
        self.when_loaded(begin)

    def _offer_batch(self, paths: list[Path]) -> None:
        if len(paths) == 1:
            text = self.tr("“{0}” is a folder.").format(paths[0].name or str(paths[0]))
        else:
            text = self.tr("%n item(s) were dropped.", "", len(paths))
        add = self.tr("Add to the batch")
        choices: list[Choice] = [
            (add, lambda: self.when_loaded(lambda: self._add_to_batch(paths))),
        ]
        first = next((path for path in paths if not path.is_dir()), None)
        if first is not None:
            choices.append((self.tr("Open only the first"), lambda: self._open(first)))
        self.notice.say("info", text, choices)
        self.notice.choices()[0].setFocus()

    def _add_to_batch(self, paths: list[Path]) -> None:
        self.show_page(BATCH)
        self._loaded().batch.add_paths(paths)

    def _choose_file(self) -> None:
        from engine.images import READABLE_SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
        kinds = f"{self.tr('Pictures')} ({patterns});;{self.tr('All files')} (*)"
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Open pictures"), str(self._settings.last_folder), kinds
        )
        self.open_paths([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Open a folder"), str(self._settings.last_folder)
        )
        if name:
            self.open_paths([Path(name)])

    # What goes out ------------------------------------------------------------------------------

    def _save_as(self) -> None:
        upscale = self._loaded().upscale
        if upscale.result is None or upscale.current is None:
            return
        from engine.images import FORMATS

        opened = upscale.current
        start = upscale.outbox.proposal(opened.path, opened.name, upscale.result)
        kinds = {
            f"{entry.title} ({' '.join('*' + suffix for suffix in entry.suffixes)})": entry
            for entry in FORMATS.values()
        }
        like = next(text for text, entry in kinds.items() if start.suffix in entry.suffixes)
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save the result"), str(start), ";;".join(kinds), like
        )
        if not name:
            return
        target = Path(name)
        if not target.suffix and kind in kinds:
            target = target.with_suffix(kinds[kind].suffixes[0])
        upscale.save_as(target)

    def _tell_saved(self, saved: Saved) -> None:
        if saved.skipped:
            text = self.tr("“{0}” exists already; nothing was written.").format(saved.path.name)
            self.notice.say("warning", text)
            return
        text = self.tr("Saved as “{0}”.").format(saved.path.name)
        if saved.kept:
            text += " " + self.tr("Kept: {0}.").format(_listed(saved.kept))
        if saved.lost:
            text += " " + self.tr("Left out: {0}.").format(_listed(saved.lost))
        show = self._loaded().upscale.outbox.show_in_folder
        self.notice.say("success", text, [(self.tr("Show in folder"), show)])

    def tell_error(self, error: BaseException) -> None:
        """Say in one line what went wrong, and offer the details."""
        self.say_quietly("")
        copy: Choice = (self.tr("Copy details"), lambda: errors.copy_details(error))
        self.notice.say("error", errors.in_one_line(error), [copy])

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("BSR")
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        for action in self.actions_.pages:
            self.side_bar.add_page(action)
        self.side_bar.add_foot(self.actions_.shortcuts)
        self.side_bar.add_foot(self.actions_.settings)
        self.upscale_stack.addWidget(self.empty)
        self.stack.addWidget(self.upscale_stack)
        for placeholder in self._placeholders:
            self.stack.addWidget(placeholder)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self._note.setContentsMargins(12, 4, 12, 4)
        self.statusBar().addWidget(self._note, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.restoreGeometry(self._settings.geometry())

    def _connect(self) -> None:
        actions = self.actions_
        for number, page in enumerate(actions.pages):
            page.triggered.connect(lambda _=False, number=number: self.show_page(number))
        for action, work in (
            (actions.open, self._choose_file),
            (actions.open_folder, self._choose_folder),
            (actions.paste, self.paste),
            (actions.forget_recent, self._settings.forget_recent),
            (actions.settings, self._show_settings),
            (actions.quit, self.close),
            (actions.shortcuts, self._show_shortcuts),
            (actions.show_log, self._show_log),
            (actions.about, self._show_about),
        ):
            action.triggered.connect(lambda _=False, work=work: work())
        self.empty.file_chosen.connect(self._open)
        self._settings.recent_changed.connect(self._fill_recent)
        self._runner.finished.connect(self._job_finished)

    def _job_finished(self, job: int, outcome: Outcome) -> None:
        if job != self._load_job:
            return
        self._load_job = 0
        if outcome.error is not None:
            raise outcome.error
        self._build_pages()

    def _build_pages(self) -> None:
        from bsr_app.views.pages import Pages

        pages = self.pages = Pages(self._runner, self._settings, self.actions_, self)
        upscale = pages.upscale
        self.upscale_stack.addWidget(upscale)
        shown = self.stack.currentIndex()
        for placeholder, page in zip(self._placeholders, (pages.batch, pages.models), strict=True):
            self.stack.removeWidget(placeholder)
            self.stack.addWidget(page)
        self.stack.setCurrentIndex(shown)
        upscale.opened.connect(self._show_opened)
        upscale.state_changed.connect(self._update_actions)
        upscale.outbox.saved.connect(self._tell_saved)
        upscale.outbox.saved.connect(self._update_actions)
        upscale.outbox.copied.connect(
            lambda: self.notice.say("success", self.tr("The result is on the clipboard."))
        )
        pages.failed.connect(self.tell_error)
        pages.noted.connect(self.say_quietly)
        pages.open_requested.connect(self.open_paths)
        self.actions_.save_as.triggered.connect(self._save_as)
        self.menus.add_to_view(upscale.compare.actions_by_menu().get("view", []))
        self.say_quietly("")
        self._update_actions()
        later, self._later = self._later, []
        for action in later:
            QTimer.singleShot(0, action)
        QTimer.singleShot(0, pages.warm_up.start)
        self.pages_loaded.emit()

    def _loaded(self) -> Pages:
        if self.pages is None:
            raise RuntimeError("the pages are not loaded yet")
        return self.pages

    def _show_opened(self, opened: Opened) -> None:
        self.say_quietly("")
        self.upscale_stack.setCurrentWidget(self._loaded().upscale)
        if opened.path is not None:
            self._settings.add_recent(opened.path)
        self._update_actions()

    def _update_actions(self) -> None:
        upscale = self.pages.upscale if self.pages else None
        opened = bool(upscale and upscale.current)
        result = bool(upscale and upscale.result)
        running = bool(upscale and upscale.running)
        actions = self.actions_
        for action in (actions.save, actions.save_as, actions.copy, actions.close_result):
            action.setEnabled(result)
        for action in (actions.close_picture, actions.measure_quality):
            action.setEnabled(opened)
        saved = bool(upscale and upscale.outbox.last_saved)
        actions.show_in_folder.setEnabled(saved)
        actions.start.setEnabled(opened and not running)
        actions.cancel.setEnabled(running)
        for action in (*actions.scales.values(), actions.custom_scale, actions.switch_weights):
            action.setEnabled(opened and not running)
        for action in (actions.import_model, actions.measure_speeds, actions.check_models):
            action.setEnabled(upscale is not None)
        actions.show_log.setEnabled(logs.file() is not None)
        if upscale is not None:
            self.upscale_stack.setCurrentWidget(upscale if opened else self.empty)
            if upscale.opening:
                self.say_quietly(self.tr("Opening …"))
        name = upscale.current.name if upscale and upscale.current else ""
        self.setWindowTitle(f"{name} – BSR" if name else "BSR")

    def _fill_recent(self) -> None:
        self.menus.recent.clear()
        for path in self._settings.recent_files:
            action = self.menus.recent.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self._open(path))
        self.menus.recent.setEnabled(bool(self._settings.recent_files))
        self.menus.recent.addSeparator()
        self.menus.recent.addAction(self.actions_.forget_recent)

    # Dialogs ------------------------------------------------------------------------------------

    def _show_settings(self) -> None:
        from bsr_app.views.settings_dialog import SettingsDialog

        cards = self.pages.catalog.cards() if self.pages else []
        SettingsDialog(self._settings, cards, self).exec()

    def _show_shortcuts(self) -> None:
        from bsr_app.views.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog(self.menuBar(), self).exec()

    def _show_log(self) -> None:
        log = logs.file()
        if log is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(log)))

    def _show_about(self) -> None:
        text = self.tr(
            "BSR enlarges pictures on the processor alone, with a binarized neural network.\n\n"
            "Version {0}. MIT licence. It never uses the network."
        )
        QMessageBox.about(self, self.tr("About BSR"), text.format(__version__))

    # Events -------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.empty.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty.set_hot(False)
        event.acceptProposedAction()
        if not self._take_in(event.mimeData()):
            self.notice.say("warning", self.tr("There is no picture in what was dropped."))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.pages is not None and self.pages.busy and not self._really_close():
            event.ignore()
            return
        self._settings.keep_geometry(self.saveGeometry())
        if self.pages is not None:
            self.pages.close()
        self._runner.shutdown()
        event.accept()

    def _really_close(self) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Work is running"))
        box.setText(self.tr("BSR is still at work. Stop it and close the window?"))
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Go on working"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is stop

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.empty.recolour()


def _listed(names: Sequence[str]) -> str:
    """Give the properties of a file as a person calls them."""
    from PySide6.QtCore import QCoreApplication

    translate = QCoreApplication.translate
    known = {
        "ICC": translate("words", "ICC profile"),
        "EXIF": "EXIF",
        "DPI": translate("words", "resolution"),
        "16 bit": translate("words", "16 bit"),
        "alpha": translate("words", "transparency"),
    }
    return ", ".join(known.get(name, name) for name in names)
