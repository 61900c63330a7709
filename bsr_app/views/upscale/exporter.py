"""The ways out of the program for a result: files, the clipboard, a drag, its folder."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QMimeData, QObject, QProcess, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from bsr.engine.disk import is_same_file
from bsr.engine.user_folders import home_folder

from ...qt.job_runner import JobHandle, JobRunner, Outcome, TaskStatus, Worker
from ...work import saving
from ...work.saving import Saved

if TYPE_CHECKING:
    from bsr.engine.jobs.job import SaveOptions

    from ...qt.job_runner import JobContext
    from ...qt.session import Session
    from ...qt.settings import Preferences, Settings
    from ...work.results import Result

DRAG_PICTURE_SIDE = 128


class Exporter(QObject):
    """Writes results in a worker thread and tells when they are out.

    Signals:
        begun(): something is to be written.
        saved(object): a Saved.
        written(object): a Result that has a file now, or has none any more.
        copied(): the clipboard has the result.
        idle(): nothing is being written any more.
        failed(object): the exception that kept something in.
    """

    begun = Signal()
    saved = Signal(object)
    written = Signal(object)
    copied = Signal()
    idle = Signal()
    failed = Signal(object)

    def __init__(
        self, runner: JobRunner, settings: Settings, session: Session, window: QWidget
    ) -> None:
        super().__init__(window)
        self._runner, self._settings, self._window = runner, settings, window
        self._session = session
        self._writing: dict[JobHandle, object] = {}  # what, and for `save` in which way
        # In which way each was written for dragging, and saved; a closed one may be brought back.
        self._files: WeakKeyDictionary[Result, dict[object, Path]] = WeakKeyDictionary()
        self._saved_by: WeakKeyDictionary[Result, object] = WeakKeyDictionary()
        self._on_their_way: dict[Result, Path] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return bool(self._writing)

    def save(self, source: Path | None, name: str, result: Result) -> None:
        """Save a result where the settings say; what is saved in this way already is only told."""
        preferences = self._settings.preferences
        options = preferences.save_options
        way = _way(preferences)
        if (result, way) in self._writing.values():
            return
        if result.file is not None and result.saved and self._saved_by.get(result) == way:
            self.saved.emit(Saved(result.file, again=True))
            return

        def work(context: JobContext) -> Saved:
            target = saving.target_of(source, name, result, preferences, pictures_folder())
            protected = [*_only(source), *self._files_of_others(result)]
            saved = _write(context, result, target, options, protected)
            if not saved.skipped:
                self._on_their_way[result] = saved.path  # the next one may begin before `then`
            return saved

        def then(saved: Saved) -> None:
            self._saved_by[result] = way
            self._was_saved(result, saved)
            self._on_their_way.pop(result, None)

        self._submit(work, then, (result, way))

    def save_as(self, target: Path, source: Path | None, result: Result) -> None:
        """Save a result in a file that the user named; the format is that of its suffix."""
        options = saving.replacing(self._settings.preferences.save_options)
        self._submit(
            lambda context: _write(context, result, target, options, _only(source)),
            lambda saved: self._was_saved(result, saved),
        )

    def proposal(self, source: Path | None, name: str, result: Result) -> Path:
        """Return the file that `save` would write, for a dialog to start with."""
        preferences = self._settings.preferences
        return saving.target_of(source, name, result, preferences, pictures_folder())

    def copy(self, result: Result) -> None:
        """Put a result on the clipboard."""

        def work(context: JobContext) -> QImage:
            from ...qt.images import picture_to_qimage

            return picture_to_qimage(result.picture)

        def put(image: QImage) -> None:
            QGuiApplication.clipboard().setImage(image)
            self.copied.emit()

        self._submit(work, put)

    def write(self, task: Callable[[], Saved]) -> None:
        """Write something else that the user named a file for."""

        def then(saved: Saved) -> None:
            self._take_from_others(saved.path)
            self.saved.emit(saved)

        self._submit(lambda context: task(), then)

    def drag(self, source: Path | None, name: str, result: Result) -> None:
        """Drag a result out: its saved file, or one that is written for the drag."""
        way = _way(self._settings.preferences)
        path = result.file if result.saved else self._files.get(result, {}).get(way)
        if path is not None and path.exists():
            self._drag_file(path, result)
            return
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix=saving.DRAG_PREFIX)
        folder = Path(self._folder.name)
        preferences = replace(
            self._settings.preferences, output_folder=str(folder), if_exists="rename"
        )
        options = preferences.save_options

        def work(context: JobContext) -> Saved:
            target = saving.target_of(source, name, result, preferences, folder)
            return _write(context, result, target, options, _only(source))

        def then(saved: Saved) -> None:
            self._files.setdefault(result, {})[way] = saved.path
            if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._drag_file(saved.path, result)

        self._submit(work, then)

    @staticmethod
    def show_in_folder(path: Path) -> None:
        """Show a file in the system's file manager."""
        if sys.platform == "win32":
            QProcess.startDetached("explorer.exe", ["/select,", str(path).replace("/", "\\")])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", str(path)])
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def hand_over(self, older: Result, result: Result) -> None:
        """Let a result have the file of another, which holds the same pixels."""
        result.file, result.written = older.file, older.written
        if older in self._saved_by:
            self._saved_by[result] = self._saved_by[older]

    def close(self) -> None:
        """Delete the files that were written for dragging."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _files_of_others(self, result: Result) -> list[Path]:
        """Return the files of all other results; called in the worker.

        One that has just been written is on its way until the window knows its file, so what is on
        its way is looked at first.
        """
        on_their_way = [
            path for other, path in list(self._on_their_way.items()) if other is not result
        ]
        return on_their_way + [other.file for other in self._others(result) if other.file]

    def _others(self, result: Result | None) -> list[Result]:
        results = [other for kept in list(self._session.pictures) for other in list(kept.results)]
        return [other for other in results if other is not result]

    def _take_from_others(self, path: Path, result: Result | None = None) -> None:
        """Let results be unsaved whose file the user agreed to replace."""
        for other in self._others(result):
            if other.file is not None and is_same_file(other.file, path):
                other.file = None
                self._saved_by.pop(other, None)
                self.written.emit(other)

    def _was_saved(self, result: Result, saved: Saved) -> None:
        if not saved.skipped:
            self._take_from_others(saved.path, result)
            result.take_file(saved.path)
            self.written.emit(result)
        self.saved.emit(saved)

    def _drag_file(self, path: Path, result: Result) -> None:
        from ...qt.images import sampled_to_qimage

        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        drag = QDrag(self._window)
        drag.setMimeData(data)
        step = max(1, max(result.picture.height, result.picture.width) // DRAG_PICTURE_SIDE)
        drag.setPixmap(QPixmap.fromImage(sampled_to_qimage(result.picture, step)))
        drag.exec(Qt.DropAction.CopyAction)

    def _submit(
        self, work: Callable[[JobContext], Any], then: Callable[[Any], None], what: object = None
    ) -> None:
        job = self._runner.submit(work, worker=Worker.IO)
        self._writing[job] = what
        self.begun.emit()
        job.finished.connect(lambda outcome: self._take(job, outcome, then))

    def _take(self, job: JobHandle, outcome: Outcome, then: Callable[[Any], None]) -> None:
        del self._writing[job]
        if outcome.status is TaskStatus.DONE:
            then(outcome.value)
        elif outcome.error is not None:
            self.failed.emit(outcome.error)
        if not self._writing:
            self.idle.emit()


def _way(preferences: Preferences) -> object:
    """Return all that decides which file is written of a result."""
    return preferences.output_folder, preferences.template, preferences.save_options


def _write(
    context: JobContext, result: Result, target: Path, options: SaveOptions, protected: list[Path]
) -> Saved:
    return saving.save(result.picture, target, options, protected, context.cancel)


def _only(source: Path | None) -> list[Path]:
    return [] if source is None else [source]


def pictures_folder() -> Path:
    """Return the folder for results of pasted pictures."""
    location = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(location) or home_folder())
