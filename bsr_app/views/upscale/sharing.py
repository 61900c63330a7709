"""The comparison as something to show to others: a picture, an animation, the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ...work import saving
from ...work.comparison import Comparison, Kind, picture_of, write_comparison
from ...work.saving import Saved
from ..compare import CompareView
from .exporter import Exporter, pictures_folder

if TYPE_CHECKING:
    from ...qt.settings import Settings
    from ...work.upscaling import OpenPicture


class Sharing(QObject):
    """Takes what the compare view shows to files and to the clipboard.

    Signals:
        copied(): the clipboard has the comparison.
    """

    copied = Signal()

    def __init__(self, compare: CompareView, exporter: Exporter, settings: Settings) -> None:
        super().__init__(exporter)
        self._compare, self._exporter, self._settings = compare, exporter, settings
        compare.copy_requested.connect(self.copy)

    def copy(self) -> None:
        """Put what the compare view shows on the clipboard."""
        from ...qt.images import to_qimage

        kind: Kind = "side" if self._compare.mode == "side" else "slider"
        comparison = self.comparison(kind)
        if comparison is not None:
            QGuiApplication.clipboard().setImage(to_qimage(picture_of(comparison, kind)))
            self.copied.emit()

    def comparison(self, kind: Kind) -> Comparison | None:
        """Return what the compare view shows, or None."""
        return self._compare.comparison(beside=kind == "side")

    def save(self, comparison: Comparison, kind: Kind, target: Path, opened: OpenPicture) -> None:
        """Save a comparison in a file that the user named."""
        self._exporter.write(lambda: Saved(write_comparison(comparison, kind, target, opened.path)))

    def proposal(self, kind: Kind, opened: OpenPicture) -> Path:
        """Return a file for a comparison, for a dialog to start with."""
        preferences = self._settings.preferences
        folder = saving.proposed_folder(opened.path, preferences, pictures_folder())
        suffix = ".webp" if kind == "animation" else ".png"
        return folder / f"{Path(opened.name).stem}_comparison{suffix}"
