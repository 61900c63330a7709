"""Cropping that can be undone: the part is a picture of its own, the whole stays in the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ...work.region import Region
from ...work.session import SessionPicture


class CropHistory(QObject):
    """Remembers which crops were undone last.

    Signals:
        picture_wanted(object, object): an OpenPicture is to be shown; the SessionPicture that it
            was cut out of, or None.
        changed(): other things can be undone or done again.
    """

    picture_wanted = Signal(object, object)
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._undone: list[SessionPicture] = []

    @property
    def can_redo(self) -> bool:
        """Whether undoing a crop was the last thing that happened to the pictures."""
        return bool(self._undone)

    def can_undo(self, kept: SessionPicture | None) -> bool:
        """Return whether a picture was cut out of another."""
        return kept is not None and kept.whole is not None

    def forget(self) -> None:
        """Forget what could be done again: another picture was opened."""
        self._undone = []

    def crop(self, kept: SessionPicture, part: Region) -> None:
        """Show a part of a picture; all of it is no part."""
        if (part.height, part.width) != kept.opened.picture.pixels.shape[:2]:
            self.picture_wanted.emit(kept.opened.cropped(part), kept)

    def undo(self, cropped: SessionPicture) -> None:
        """Show what a picture was cut out of."""
        if cropped.whole is not None:
            self._show(cropped.whole, [*self._undone, cropped])

    def redo(self) -> None:
        """Show the part again whose crop was undone last."""
        if self._undone:
            *undone, cropped = self._undone
            self._show(cropped, undone)

    def _show(self, kept: SessionPicture, undone: list[SessionPicture]) -> None:
        self.picture_wanted.emit(kept.opened, kept.whole)
        self._undone = undone
        self.changed.emit()
