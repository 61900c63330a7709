"""The window's program: builds everything, and connects it to the system."""

from __future__ import annotations

import atexit
import faulthandler
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from bsr import __version__, logs
from bsr.engine.disk import open_file

from .identity import APP_ID
from .qt import theme, warm_up
from .qt.endings import end_on_signals
from .qt.job_runner import JobRunner
from .qt.language import Language
from .qt.settings import Settings
from .views.window.main_window import MainWindow

# Python threads hand over the interpreter this often: the window must not wait for the workers.
SWITCH_SECONDS = 0.001

log = logging.getLogger(__name__)


def main(paths: Sequence[Path]) -> int:
    """Open the window and wait until it is closed.

    Args:
        paths: files and folders to open.

    Returns:
        The exit code of the process.
    """
    if warm_up.is_compiler_process():
        return warm_up.compile_and_report()
    sys.setswitchinterval(SWITCH_SECONDS)
    log_file = logs.configure()
    if log_file is not None:
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            faulthandler.enable(os.fdopen(open_file(log_file.with_name("crash.log"), flags), "a"))
    application = make_application()
    settings = Settings()
    language = Language(application)
    language.speak(settings.preferences.language)
    theme.apply_theme(settings.preferences.theme)
    runner = JobRunner()
    window = MainWindow(settings, runner)
    follow_settings(settings, language)
    connect_system(application, settings, window)
    window.show()
    window.open_paths(paths)
    QTimer.singleShot(0, lambda: begin(window, settings))

    def end(code: int) -> None:
        window.close_unasked()
        application.exit(code)

    end_on_signals(end, application)
    try:
        return application.exec()
    finally:
        runner.shutdown()


def leave(code: int) -> NoReturn:
    """End the process without taking Python apart.

    Python's last collection frees Qt's objects in any order, and icons after the code that draws
    them: the process crashed where it was asked to end while it was still starting.
    """
    atexit._run_exitfuncs()  # deletes temporary folders, writes the last of the log
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


class Application(QApplication):
    """An application that tells of the files that macOS hands over.

    Signals:
        file_handed_over(str): the name of a file to open.
    """

    file_handed_over = Signal(str)

    def event(self, event: QEvent) -> bool:
        """See QCoreApplication."""
        if isinstance(event, QFileOpenEvent):
            self.file_handed_over.emit(event.file())
            return True
        return super().event(event)


def make_application() -> Application:
    """Return the application with its name and its icon."""
    QGuiApplication.setDesktopFileName(APP_ID)
    application = Application([sys.argv[0]])
    application.setApplicationName("BSR")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(theme.app_icon())
    return application


def begin(window: MainWindow, settings: Settings) -> None:
    """Load everything heavy, after the first frame."""
    window.load_pages()
    window.empty.refresh()
    if settings.set_aside is not None:
        text = QCoreApplication.translate(
            "app", "The settings were damaged. They were moved to “{0}”; the defaults are used."
        )
        window.notice.say("warning", text.format(settings.set_aside))

    def tell_unusable() -> None:
        text = QCoreApplication.translate(
            "app", "The settings in “{0}” cannot be used. What is changed is kept until BSR ends."
        )
        window.notice.say("warning", text.format(settings.file))

    settings.found_unusable.connect(tell_unusable)
    if settings.unusable:
        tell_unusable()


def follow_settings(settings: Settings, language: Language) -> None:
    """Change appearance and language as soon as the settings do."""
    current = settings.preferences

    def apply() -> None:
        nonlocal current
        before, current = current, settings.preferences
        if before.theme != current.theme:
            theme.apply_theme(current.theme)
        if before.language != current.language:
            language.speak(current.language)

    settings.changed.connect(apply)


def connect_system(application: Application, settings: Settings, window: MainWindow) -> None:
    """Follow the system's colours, open files that it hands over, and report what goes wrong."""

    def follow() -> None:
        if settings.preferences.theme == "system":
            theme.follow_system()

    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(follow)
    hints.accessibility().contrastPreferenceChanged.connect(
        lambda _: theme.apply_theme(settings.preferences.theme)
    )
    application.file_handed_over.connect(lambda name: window.open_paths([Path(name)]))
    sys.excepthook = _ExceptionReporter(window)


class _ExceptionReporter:
    """Writes an exception that nobody caught to the log, and says so once at a time."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._speaking = False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        log.critical("unexpected error", exc_info=(kind, error, traceback))
        if self._speaking:
            return
        from .views.window.errors import show_unexpected

        self._speaking = True
        try:
            show_unexpected(self._window, error)
        finally:
            self._speaking = False
