"""What is seen before a picture is open: where to drop one, samples, and recent pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ...qt.job_runner import JobHandle, JobRunner, Worker
from ...qt.language import keep_words
from ...qt.theme import icon
from ...work.saving import SAMPLES
from ...work.thumbnails import make_thumbnails
from ..shared.thumbnail_button import PICTURE, ThumbnailButton
from ..shared.widgets import LargeIcon, button, label, mark, scroll_area

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...qt.settings import Settings

MAX_RECENT_BUTTONS = 4
LARGEST_DROP_AREA = QSize(960, 520)
THUMBNAIL_PIXELS = 2 * PICTURE.width()


class EmptyPage(QWidget):
    """Invites to drop a picture.

    Signals:
        file_chosen(object): the Path of a sample or a recent picture.
    """

    file_chosen = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        settings: Settings,
        open_action: QAction,
        paste_action: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._settings = runner, settings
        self._thumbnails: dict[Path, QImage] = {}
        self._thumbnail_buttons: list[ThumbnailButton] = []
        self._job: JobHandle | None = None
        self._drop_area = self._make_drop_area(open_action, paste_action)
        self._samples, samples = _section(self.tr("Try one"))
        self._recent, self._recent_section = _section(self.tr("Recent pictures"))
        shelves = QHBoxLayout()
        shelves.setSpacing(24)
        shelves.addStretch(1)
        shelves.addWidget(samples)
        shelves.addWidget(self._recent_section)
        shelves.addStretch(1)
        inside = QWidget()
        area = scroll_area(inside, self)  # nothing overlaps where the window is smaller
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(32, 24, 32, 16)
        layout.setSpacing(16)
        layout.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self._drop_area)
        layout.addLayout(middle, 8)
        layout.addLayout(shelves)
        layout.addStretch(1)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        settings.recent_changed.connect(self.refresh)
        self._fill()

    def refresh(self) -> None:
        """Look at the samples and the recent pictures again, in a worker thread."""
        self._fill()
        wanted = [
            thumbnail_button.path
            for thumbnail_button in self._thumbnail_buttons
            if thumbnail_button.path not in self._thumbnails
        ]
        if self._job is not None:
            self._job.abandon()
        if wanted:
            self._job = self._runner.submit(
                lambda context: make_thumbnails(wanted, THUMBNAIL_PIXELS, context), worker=Worker.IO
            )
            self._job.item_finished.connect(self._take_thumbnail)

    def thumbnails_ready(self) -> bool:
        """Return whether every button that is shown has its picture."""
        return all(
            thumbnail_button.path in self._thumbnails
            for thumbnail_button in self.thumbnail_buttons()
        )

    def set_hot(self, hot: bool) -> None:
        """Show that what is dragged over the window can be dropped."""
        mark(self._drop_area, "hot", hot)

    def thumbnail_buttons(self) -> list[ThumbnailButton]:
        """Return the buttons that are shown, samples first."""
        return [
            thumbnail_button
            for thumbnail_button in self._thumbnail_buttons
            if not thumbnail_button.isHidden()
        ]

    def _make_drop_area(self, open_action: QAction, paste_action: QAction) -> QFrame:
        area = QFrame()
        area.setObjectName("dropArea")
        area.setMinimumHeight(200)
        area.setMaximumSize(LARGEST_DROP_AREA)
        picture = LargeIcon("picture")
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = label(self.tr("Drop a picture here"), "title")
        hint = label(
            self.tr("It is enlarged on this computer; nothing is uploaded."), "muted", wrap=True
        )
        more = label(self.tr("Several pictures or a folder become a batch."), "muted", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.open_button = button(self.tr("Open a picture…"), primary=True)
        self.open_button.clicked.connect(open_action.trigger)
        self.paste_button = button(self.tr("Paste"), "paste")
        self.paste_button.clicked.connect(paste_action.trigger)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(area)
        layout.setSpacing(4)
        layout.addStretch(1)
        layout.addWidget(picture)
        layout.addSpacing(8)
        for text in (title, hint, more):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)
        layout.addSpacing(12)
        layout.addLayout(buttons)
        layout.addStretch(1)
        return area

    def _fill(self) -> None:
        """Make the buttons; a recent one stays hidden until its thumbnail shows that it exists."""
        for thumbnail_button in self._thumbnail_buttons:
            thumbnail_button.hide()
            thumbnail_button.deleteLater()
        self._thumbnail_buttons = []
        for file, name in (("cat.png", self.tr("Cat")), ("coffee.png", self.tr("Coffee"))):
            thumbnail_button = self._make_thumbnail_button(SAMPLES / file, name)
            self._samples.addWidget(thumbnail_button)
            thumbnail_button.show()
        for path in self._settings.recent_files:
            if path.parent != SAMPLES:
                thumbnail_button = self._make_thumbnail_button(path, path.name)
                keep_words(thumbnail_button)
                thumbnail_button.hide()
                self._recent.addWidget(thumbnail_button)
        self._recent_section.hide()
        for path, image in self._thumbnails.items():
            self._show_thumbnail(path, image)

    def _make_thumbnail_button(self, path: Path, name: str) -> ThumbnailButton:
        thumbnail_button = ThumbnailButton(path, name, icon("picture"))
        thumbnail_button.clicked.connect(lambda: self.file_chosen.emit(path))
        self._thumbnail_buttons.append(thumbnail_button)
        return thumbnail_button

    def _take_thumbnail(self, item: tuple[Path, NDArray[np.uint8] | None]) -> None:
        from ...qt.images import thumbnail_to_qimage

        path, pixels = item
        if pixels is None:
            return  # its button stays unseen
        self._thumbnails[path] = thumbnail_to_qimage(pixels)
        self._show_thumbnail(path, self._thumbnails[path])

    def _show_thumbnail(self, path: Path, image: QImage) -> None:
        for thumbnail_button in self._thumbnail_buttons:
            if thumbnail_button.path == path:
                thumbnail_button.set_thumbnail(image)
                recent = path.parent != SAMPLES
                shown = sum(other.path.parent != SAMPLES for other in self.thumbnail_buttons())
                if recent and shown < MAX_RECENT_BUTTONS:
                    thumbnail_button.show()
                    self._recent_section.show()


def _section(title: str) -> tuple[QHBoxLayout, QWidget]:
    """Return a row for buttons and the section that holds it under a title."""
    section = QWidget()
    layout = QVBoxLayout(section)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    heading = label(title, "muted")
    heading.setContentsMargins(8, 0, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(4)
    layout.addWidget(heading)
    layout.addLayout(row)
    return row, section
