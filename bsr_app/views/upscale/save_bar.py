"""The bar under the picture: how a result is written, and the ways out of the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QSpinBox,
    QToolButton,
    QWidget,
)

from bsr.engine.images import FORMATS, known_format

from ...qt.settings import RANGES
from ...qt.theme import icon
from ..shared import formatting
from ..shared.choices import format_choice
from ..shared.widgets import button, icon_button, inset, label

if TYPE_CHECKING:
    from ...qt.settings import Settings
    from ..shared.actions import Actions

NARROWEST = 560
SAVED_WIDTH = 160


class SaveBar(QFrame):
    """Format, quality, metadata; save, copy, drag, show in folder.

    Signals:
        drag_begun(): the user pulls at the drag button.
    """

    drag_begun = Signal()

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._source: Path | None = None
        self.setObjectName("saveBar")
        self._make_fields()
        self._make_buttons(actions)
        self._lay_out()
        self._show_settings()
        settings.changed.connect(self._show_settings)
        self.format.activated.connect(self._keep)
        self.quality.valueChanged.connect(self._keep)
        self.metadata.toggled.connect(self._keep)

    def _make_fields(self) -> None:
        self._caption = label(self.tr("Format"), "muted")
        self.format = format_choice()
        self.quality = QSpinBox()
        self.quality.setRange(*RANGES["quality"])
        inset(self.quality)
        self.quality.setPrefix(self.tr("Quality") + " ")
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setToolTip(self.tr("Quality of JPEG and WebP files"))
        self.metadata = QCheckBox(self.tr("Keep EXIF and XMP"))
        self.metadata.setToolTip(self.tr("The colour profile and the resolution are always kept"))

    def _make_buttons(self, actions: Actions) -> None:
        self.drag = _DragButton(self.tr("Drag the result to another program"))
        self.drag.pulled.connect(self.drag_begun)
        self._copy = icon_button("copy", self.tr("Copy the result"))
        self._copy.clicked.connect(actions.copy.trigger)
        self._folder = icon_button("folder", self.tr("Show the saved file in its folder"))
        self._folder.clicked.connect(actions.show_in_folder.trigger)
        actions.show_in_folder.enabledChanged.connect(self._folder.setEnabled)
        self._folder.setEnabled(actions.show_in_folder.isEnabled())
        self.save_as = button(self.tr("Save as…"))
        self.save_as.clicked.connect(actions.save_as.trigger)
        self.save = button(self.tr("Save"), primary=True)
        self.save.clicked.connect(actions.save.trigger)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self._caption, self.format, self.quality, self.metadata):
            layout.addWidget(widget)
        layout.addStretch(1)
        for tool in (self.drag, self._copy, self._folder):
            layout.addWidget(tool)
        layout.addSpacing(8)
        layout.addWidget(self.save_as)
        layout.addWidget(self.save)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _make_room(self) -> None:
        """Hide what the settings and the menus have too, where there is no room for it."""
        layout = self.layout()
        assert layout is not None
        spare = (self._caption, self.drag, self.metadata)
        for widget in spare:
            widget.setVisible(True)
        for widget in spare:
            layout.invalidate()
            if layout.sizeHint().width() <= self.width():
                return
            widget.setVisible(False)

    def show_saved(self, file: Path | None) -> None:
        """Say on the button where the chosen result is saved, or that it is not."""
        if file is None:
            self.save.setText(self.tr("Save"))
            self.save.setToolTip("")
        else:
            folder = file.parent.name or str(file.parent)
            text = self.tr("Saved in {0}").format(folder)
            room = self.save.fontMetrics()
            text = room.elidedText(text, Qt.TextElideMode.ElideMiddle, SAVED_WIDTH)
            self.save.setText(text.replace("&", "&&"))
            self.save.setToolTip(formatting.tool_tip(str(file)))
        self.save.setIcon(QIcon() if file is None else icon("check", "on_accent"))
        self._make_room()

    def set_source(self, source: Path | None) -> None:
        """Say which file the open picture came from; None where it was pasted."""
        self._source = source
        self._show_settings()

    def _show_settings(self) -> None:
        preferences = self._settings.preferences
        for widget in (self.format, self.quality, self.metadata):
            widget.blockSignals(True)
        self.format.setCurrentIndex(self.format.findData(preferences.format))
        self.quality.setValue(preferences.quality)
        self.quality.setVisible(self._has_quality(preferences.format))
        self.metadata.setChecked(preferences.keep_metadata)
        for widget in (self.format, self.quality, self.metadata):
            widget.blockSignals(False)

    def _has_quality(self, format: str) -> bool:
        if format:
            return FORMATS[format].quality
        own = known_format(self._source) if self._source is not None else None
        return own is not None and own.quality

    def _keep(self) -> None:
        self._settings.change(
            format=self.format.currentData(),
            quality=self.quality.value(),
            keep_metadata=self.metadata.isChecked(),
        )


class _DragButton(QToolButton):
    """Tells once when it is pulled with the mouse."""

    pulled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setIcon(icon("drag"))
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pressed_at: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        way = event.position().toPoint() - self._pressed_at
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.pulled.emit()
