"""The ways into the window: files, folders, drops, the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from bsr.engine.disk import is_folder

from ..shared.choosing import choose_folder, choose_pictures
from ..shared.notice_bar import Choice, NoticeBar

if TYPE_CHECKING:
    from ...qt.settings import Settings


class Opener(QObject):
    """Sorts what comes in, and asks where it could mean two things.

    Signals:
        picture_wanted(object): the Path of one picture to open.
        image_wanted(object): a QImage to open.
        batch_wanted(object): a list of Path for the batch.
        paths_given(object): a list of Path, for the page that is shown.
    """

    picture_wanted = Signal(object)
    image_wanted = Signal(object)
    batch_wanted = Signal(object)
    paths_given = Signal(object)

    def __init__(self, settings: Settings, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._notice, self._window = settings, notice, window

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Open one picture, hand a folder to the batch, and ask about several pictures."""
        if any(is_folder(path) for path in paths):
            self._settings.last_folder = paths[0].parent
            self.batch_wanted.emit(list(paths))
        elif len(paths) > 1:
            self._offer_batch(list(paths))
        elif paths:
            self._open(paths[0])

    def take_mime(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted; return whether there was anything to open."""
        paths = paths_in(data)
        if paths:
            self.paths_given.emit(paths)
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if not image.isNull():
            self.image_wanted.emit(image)
        return not image.isNull()

    def paste(self) -> None:
        """Open what is on the clipboard: files or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not self.take_mime(data):
            self._notice.say("warning", self.tr("There is no picture on the clipboard."))

    def choose_files(self) -> None:
        """Ask for pictures and open them."""
        self.take_paths(choose_pictures(self._window, self.tr("Open pictures"), self._settings))

    def choose_folder(self) -> None:
        """Ask for a folder and hand it to the batch."""
        folder = choose_folder(self._window, self.tr("Open a folder"), self._settings)
        if folder is not None:
            self.take_paths([folder])

    def _open(self, path: Path) -> None:
        self._settings.last_folder = path.parent
        self.picture_wanted.emit(path)

    def _offer_batch(self, paths: list[Path]) -> None:
        text = self.tr("There are %n pictures.", "", len(paths))
        choices: list[Choice] = [
            (self.tr("Add to the batch"), lambda: self.batch_wanted.emit(paths)),
            (self.tr("Open only the first"), lambda: self._open(paths[0])),
        ]
        self._notice.say("info", text, choices)
        self._notice.choices()[0].setFocus()


def paths_in(data: QMimeData) -> list[Path]:
    """Return the files and folders of this computer that were dropped or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
