"""The row of the pictures that were enlarged since the program was started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ...qt.language import keep_words
from ..shared import formatting
from ..shared.thumbnail_button import rounded
from ..shared.widgets import label, scroll_area

if TYPE_CHECKING:
    from ...work.session import SessionPicture

PICTURE = QSize(44, 30)
NAME_WIDTH = 128
HEIGHT = 52


class SessionStrip(QFrame):
    """One button per picture; hidden while there is no other picture to go to.

    Signals:
        chosen(object): the SessionPicture that the user wants to see.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sessionStrip")
        self.setAccessibleName(self.tr("Pictures of this session"))
        self.setFixedHeight(HEIGHT)
        self.buttons: list[QToolButton] = []
        self._shown: list[tuple[SessionPicture, bool]] = []
        inside = QWidget()
        area = scroll_area(inside, self)
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("This session"), "muted"))
        layout.addWidget(area, 1)
        self.hide()

    def show_pictures(self, pictures: list[SessionPicture], current: SessionPicture | None) -> None:
        """Show the pictures, and mark the one that is open."""
        shown = [(kept, bool(kept.unsaved)) for kept in pictures]
        if shown != self._shown:
            self._shown = shown
            self._fill()
        for made, kept in zip(self.buttons, pictures, strict=True):
            made.setChecked(kept is current)
        self.setVisible(any(kept is not current for kept in pictures))

    def _fill(self) -> None:
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = [self._button(kept, unsaved) for kept, unsaved in self._shown]
        for number, made in enumerate(self.buttons):
            self._row.insertWidget(number, made)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for made, (kept, unsaved) in zip(self.buttons, self._shown, strict=True):
                self._say(made, kept, unsaved)

    def _say(self, made: QToolButton, kept: SessionPicture, unsaved: bool) -> None:
        said = self.tr("{0}: not saved") if unsaved else "{0}"
        made.setAccessibleName(said.format(kept.opened.name))
        made.setToolTip(formatting.tool_tip(made.accessibleName()))

    def _button(self, kept: SessionPicture, unsaved: bool) -> QToolButton:
        from ...qt.images import sampled_to_qimage

        made = QToolButton()
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIconSize(PICTURE)
        picture = kept.opened.picture
        step = max(1, min(picture.height, picture.width) // (2 * PICTURE.width()))
        small = sampled_to_qimage(picture, step)
        made.setIcon(QIcon(rounded(small, PICTURE, self.devicePixelRatioF(), 4)))
        name = made.fontMetrics().elidedText(
            kept.opened.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH
        )
        made.setText(("● " if unsaved else "") + name.replace("&", "&&"))
        self._say(made, kept, unsaved)
        keep_words(made)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.chosen.emit(kept))
        return made
