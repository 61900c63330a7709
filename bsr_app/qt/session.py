"""What was opened and made since the program was started: nothing of it is lost unasked."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from ..work import session as files
from ..work.session import SessionPicture
from .job_runner import JobHandle, JobRunner, Outcome, TaskStatus, Worker

if TYPE_CHECKING:
    from ..work.results import Result
    from ..work.upscaling import OpenPicture
    from .job_runner import JobContext

LOCK = "lock"

log = logging.getLogger(__name__)


class Session(QObject):
    """The pictures of this run with their results.

    Each result is written to the cache as soon as it is there. The memory of a picture that is not
    looked at is let go; its pixels are then read from the disk as they are wanted. A session that
    ended badly is found again by the next one.

    Signals:
        changed(): a picture or a result came or went, or was saved.
        found(object): a list of SessionPicture that an earlier session left behind.
    """

    changed = Signal()
    found = Signal(object)

    def __init__(self, runner: JobRunner, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._root = runner, root
        self.pictures: list[SessionPicture] = []
        self._folder = root / f"session-{secrets.token_hex(8)}"
        self._locks: dict[Path, QLockFile] = {}
        self._own = {self._folder}  # with what was taken over; the rest is only kept off others
        self._torn: set[Path] = set()  # in which not everything can be read

    def add(self, opened: OpenPicture) -> SessionPicture:
        """Return the place of a picture; one that was opened before comes back with its results."""
        alike = (kept for kept in self.pictures if kept.opened.content == opened.content)
        known = next(alike, None)
        if known is not None:
            return known
        kept = SessionPicture(opened, self._folder / secrets.token_hex(8))
        self.pictures.append(kept)
        self.changed.emit()
        return kept

    def recognised(self, opened: OpenPicture) -> OpenPicture:
        """Return a picture that was read with the content of the one of this session that it is.

        All pixels are compared: called in a worker.
        """
        alike = next((kept for kept in list(self.pictures) if kept.shows(opened)), None)
        return opened if alike is None else replace(opened, content=alike.opened.content)

    def keep(self, kept: SessionPicture, result: Result) -> None:
        """Take a new result, in memory and on disk."""
        name = kept.name(result)
        kept.results.append(result)
        if self._lock(self._folder):
            self._write(lambda: files.write_result(kept, result, name))
        self.changed.emit()

    def note_saved(self, result: Result) -> None:
        """Take note of the file that the user has of a result, or of there being none any more."""
        kept = next((kept for kept in self.pictures if result in kept.results), None)
        if kept is not None:
            name = kept.names[result]
            self._write(lambda: files.note_saved(kept, result, name))
        self.changed.emit()

    def drop(self, kept: SessionPicture, result: Result) -> None:
        """Let go of a result that the user closed."""
        if result in kept.results:
            kept.results.remove(result)
            name = kept.names.pop(result)
            self._write(lambda: files.remove_result(kept.folder, name))
            self.changed.emit()

    def remove(self, kept: SessionPicture) -> None:
        """Let go of a picture and its results."""
        if kept in self.pictures:
            self.pictures.remove(kept)
            self._write(lambda: files.remove_folder(kept.folder))
            self.changed.emit()

    def rest(self, kept: SessionPicture) -> None:
        """Leave the results of a picture that is not looked at to the disk."""
        for result in kept.results:
            result.parts = {}
            on_disk = files.read_picture(kept.folder, kept.names[result])
            if on_disk is not None:
                result.picture = on_disk
        original = files.read_picture(kept.folder, files.ORIGINAL)
        if original is not None:
            kept.opened = replace(kept.opened, picture=original)

    def unsaved(self) -> list[tuple[SessionPicture, Result]]:
        """Return the results that no file of the user holds, with their pictures."""
        return [(kept, result) for kept in self.pictures for result in kept.unsaved]

    def look_for_lost(self) -> JobHandle:
        """Look for the unsaved results of a session that did not end as it should."""
        job = self._runner.submit(self._read_lost, worker=Worker.IO)
        job.finished.connect(self._take_lost)
        return job

    def adopt(self, pictures: list[SessionPicture]) -> None:
        """Take over what an earlier session left behind."""
        self.pictures += pictures
        self._own |= {kept.folder.parent for kept in pictures}
        self.changed.emit()

    def discard(self, pictures: list[SessionPicture]) -> None:
        """Delete what an earlier session left behind."""
        for folder in {kept.folder.parent for kept in pictures}:
            self._delete(self._ending(folder, pictures))

    def close(self, *, delete: bool) -> None:
        """End the session: delete its files, or leave them to the next start.

        What an earlier one left, and nobody has answered for, is left to the next start anyway.
        """
        for folder in list(self._locks):
            self._ending(folder, self.pictures if delete and folder in self._own else None)()

    def _ending(
        self, folder: Path, pictures: Sequence[SessionPicture] | None
    ) -> Callable[[], None]:
        """Return the task that lets go of a session's folder, which may take a while.

        Args:
            folder: of this or an earlier session.
            pictures: None leaves the folder as it is; else it is deleted, but of one in which
                not everything can be read only the results of these.
        """
        lock, whole = self._locks.pop(folder, None), folder not in self._torn
        inside = [kept for kept in pictures or [] if kept.folder.parent == folder]
        results = [(kept.folder, name) for kept in inside for name in kept.names.values()]

        def end() -> None:
            if lock is not None:
                lock.unlock()
            if pictures is not None and whole:
                files.remove_folder(folder)
            elif pictures is not None:
                for result in results:
                    files.remove_result(*result)

        return end

    def _lock(self, folder: Path) -> bool:
        """Keep other windows off a session's folder; return whether that is possible."""
        if folder in self._locks:
            return True
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            log.warning("results cannot be kept on disk", exc_info=True)
            return False
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)  # only the end of its process frees it
        if not lock.tryLock(0):
            return False
        self._locks[folder] = lock
        return True

    def _read_lost(self, context: JobContext) -> list[Path]:
        try:
            return sorted(self._root.glob("session-*"))
        except OSError:
            return []

    def _take_lost(self, outcome: Outcome) -> None:
        lost: list[SessionPicture] = []
        for folder in outcome.value or []:
            if folder not in self._locks and self._lock(folder):
                left, whole = files.read_session(folder)
                lost += left
                if not whole:
                    self._torn.add(folder)
                if not left:
                    self._delete(self._ending(folder, []))
        if lost:
            self.found.emit(lost)

    def _write(self, task: Callable[[], None]) -> JobHandle:
        """Write in the I/O worker; what cannot be written is in memory still."""
        job = self._runner.submit(lambda context: task(), worker=Worker.IO, essential=True)
        job.finished.connect(_log_failure)
        return job

    def _delete(self, ending: Callable[[], None]) -> None:
        """Let go of a folder in the I/O worker, or at once where the program ends before that."""

        def take(outcome: Outcome) -> None:
            if outcome.status is TaskStatus.CANCELLED:
                ending()

        self._write(ending).finished.connect(take)


def _log_failure(outcome: Outcome) -> None:
    if outcome.status is TaskStatus.FAILED:
        log.warning("results cannot be kept on disk", exc_info=outcome.error)
