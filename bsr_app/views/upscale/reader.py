"""Reading the pictures that are opened, while the window stays in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ...qt.job_runner import JobContext, JobHandle, JobRunner, Outcome, TaskStatus, Worker
from ...work import upscaling
from ...work.results import Result
from ...work.upscaling import OpenPicture

if TYPE_CHECKING:
    from ...qt.session import Session


class PictureReader(QObject):
    """Reads one picture at a time; of several, the last that was asked for.

    Signals:
        begun(): a picture is being read.
        read(object, object): the OpenPicture, and a Result of it that was read too or None.
        failed(object): the exception that kept it from being read.
        ended(): nothing is read any more.
    """

    begun = Signal()
    read = Signal(object, object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, runner: JobRunner, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._session = runner, session
        self._job: JobHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._job is not None

    def read_file(self, path: Path) -> None:
        """Read a picture."""
        self._submit(lambda context: (upscaling.read(path), None))

    def read_pair(self, original: Path, result: Path) -> None:
        """Read a picture and a result of it that was made and saved before."""
        self._submit(
            lambda context: (upscaling.read(original), upscaling.read_result(original, result))
        )

    def read_image(self, image: QImage, name: str) -> None:
        """Read a picture that has no file, such as a pasted one."""

        def work(context: JobContext) -> tuple[OpenPicture, None]:
            from ...qt.images import from_qimage

            return upscaling.look_at(from_qimage(image), name, None), None

        self._submit(work)

    def abandon(self) -> None:
        """Look no more at what is being read: something else was chosen since."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
            self.ended.emit()

    def _submit(self, work: Callable[[JobContext], tuple[OpenPicture, Result | None]]) -> None:
        if self._job is not None:
            self._job.abandon()

        def read(context: JobContext) -> tuple[OpenPicture, Result | None]:
            opened, result = work(context)
            return self._session.recognised(opened), result

        self._job = self._runner.submit(read, worker=Worker.IO)
        self._job.finished.connect(self._take)
        self.begun.emit()

    def _take(self, outcome: Outcome) -> None:
        self._job = None
        if outcome.status is TaskStatus.DONE:
            self.read.emit(*outcome.value)
        elif outcome.error is not None:
            self.failed.emit(outcome.error)
        self.ended.emit()
