"""The panel beside the table: what to make of the files, where to, then start and progress."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bsr_app.views import words
from bsr_app.views.widgets import ElidedLabel, Segments, button, label
from engine.errors import BsrError
from engine.request import BatchRequest

if TYPE_CHECKING:
    from bsr_app.settings import Settings
    from engine.catalog import Catalog
    from engine.ledger import BatchProgress
    from engine.types import Progress

WIDTH = 296
SCALES = ("2", "3", "4")
CUSTOM = "custom"


class BatchPanel(QFrame):
    """Holds the options of a batch and shows how it goes.

    Signals:
        changed(): an option is another now.
        files_changed(): an option that decides which files there are is another now.
        start_requested(), pause_requested(), cancel_requested(): the person pressed the button.
    """

    changed = Signal()
    files_changed = Signal()
    start_requested = Signal()
    pause_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("controlPanel")
        self.setFixedWidth(WIDTH)
        self._catalog, self._settings = catalog, settings
        self._output: Path | None = None
        self._make_choices()
        self._make_run()
        self._lay_out()
        self.reload()
        settings.changed.connect(self.reload)

    def scale(self) -> float:
        """Give the scale that is set."""
        chosen = self.scale_choice.value()
        return self.custom_scale.value() if chosen == CUSTOM else float(chosen)

    def output(self) -> Path | None:
        """Give the folder of the results, None while there is none."""
        return self._output

    def set_output(self, folder: Path | None) -> None:
        """Set the folder of the results."""
        self._output = folder
        self._show_output()
        self.files_changed.emit()

    def request(self, inputs: tuple[Path, ...], without: tuple[Path, ...]) -> BatchRequest | None:
        """Give what is asked for; None where no model can do it or there is no folder yet.

        Args:
            inputs: files and folders.
            without: files that the person took out.
        """
        preferences = self._settings.preferences
        weights = self.weights.value()
        try:
            card = self._catalog.choose(self.scale(), self.model.currentData() or None, weights)
        except BsrError:
            return None
        if self._output is None:
            return None
        save = replace(
            preferences.save_options,
            format=self.format.currentData() or None,
            if_exists=self.if_exists.currentData(),
        )
        return BatchRequest(
            inputs,
            self._output,
            self.subfolders.isChecked(),
            without=without,
            template=preferences.template,
            model=card.id,
            weights=card.weights,
            scale=self.scale(),
            save=save,
        )

    def show_request(self, request: BatchRequest) -> None:
        """Set the options to what was asked for before."""
        self._output = request.output
        self._show_output()
        self.subfolders.setChecked(request.recursive)
        if request.scale is not None:
            key = f"{request.scale:g}"
            self.scale_choice.set_value(key if key in SCALES else CUSTOM)
            self.custom_scale.setValue(request.scale)
            self.custom_scale.setVisible(self.scale_choice.value() == CUSTOM)
        self.model.setCurrentIndex(max(0, self.model.findData(request.model)))
        self.weights.set_value(request.weights)
        self.format.setCurrentIndex(max(0, self.format.findData(request.save.format or "")))
        self.if_exists.setCurrentIndex(self.if_exists.findData(request.save.if_exists))

    def reload(self) -> None:
        """Look at the installed models again; what was chosen stays chosen where it still is."""
        chosen = self.model.currentData()
        if chosen is None:
            chosen = self._settings.preferences.model
        self.model.blockSignals(True)
        self.model.clear()
        self.model.addItem(self.tr("Automatic"), "")
        for card in self._catalog.cards():
            if self.model.findData(card.id) < 0:
                self.model.addItem(card.title, card.id)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self.model.blockSignals(False)
        self._tell()

    def show_state(self, text: str) -> None:
        """Say in a line what there is to do, or what came of it."""
        self._state.setText(text)

    def set_ready(self, ready: bool, caption: str) -> None:
        """Let the start button be pressed or not, and name it."""
        self.start.setEnabled(ready)
        self.start.setText(caption)

    def begin(self) -> None:
        """Show progress; the options wait."""
        self._set_running(True)
        self.progress.setRange(0, 0)
        self._stage.set_text(self.tr("Waiting for other work …"))
        self._left.setText("")

    def end(self) -> None:
        """Let options be chosen again."""
        self._set_running(False)

    def show_stage(self, progress: Progress) -> None:
        """Show how far the preparation is."""
        names = {"looking": self.tr("Looking at the files")}
        name = names.get(progress.stage) or words.stage(progress.stage)
        self._stage.set_text(f"{name} · {progress.done} / {progress.total}")
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)

    def show_progress(self, progress: BatchProgress) -> None:
        """Show how far the batch is, in pixels, with the time left."""
        # A progress bar counts in 32 bits; a batch may have more pixels.
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * progress.pixels_done / max(1, progress.pixels)))
        self._stage.set_text(
            self.tr("{0} of {1} files · {2} of {3} MP").format(
                progress.files_done,
                progress.files,
                words.decimal(progress.pixels_done / 1e6),
                words.decimal(progress.pixels / 1e6),
            )
        )
        left = progress.seconds_left
        self._left.setText(
            self.tr("{0} left").format(words.duration(left)) if left is not None else ""
        )

    def show_paused(self, paused: bool) -> None:
        """Say whether the batch waits."""
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        if paused:
            self._left.setText(self.tr("Paused"))

    def show_stopping(self) -> None:
        """Say that the batch will stop."""
        self._stage.set_text(self.tr("Stopping …"))
        self._left.setText("")
        self.cancel.setEnabled(False)
        self.pause.setEnabled(False)

    def _set_running(self, running: bool) -> None:
        self._choices.setEnabled(not running)
        self._run.setVisible(running)
        self._state.setVisible(not running)
        self.start.setVisible(not running)
        for control in (self.pause, self.cancel):
            control.setVisible(running)
            control.setEnabled(running)
        self.show_paused(False)

    def _make_choices(self) -> None:
        self._folder = ElidedLabel("", "strong", Qt.TextElideMode.ElideMiddle)
        self.change_folder = button(self.tr("Change…"), "folder")
        self.change_folder.clicked.connect(self._ask_for_folder)
        self.subfolders = QCheckBox(self.tr("Read subfolders too"))
        self.subfolders.setChecked(True)
        self.subfolders.toggled.connect(self.files_changed)
        self.scale_choice = Segments(
            [*((scale, f"{scale}×") for scale in SCALES), (CUSTOM, self.tr("Custom"))],
            self.tr("Scale"),
        )
        self.scale_choice.set_value("4")
        self.scale_choice.chosen.connect(self._tell)
        self.custom_scale = QDoubleSpinBox()
        self.custom_scale.setRange(1.0, 8.0)
        self.custom_scale.setSingleStep(0.5)
        self.custom_scale.setSuffix(" ×")
        self.custom_scale.setValue(6.0)
        self.custom_scale.setAccessibleName(self.tr("Custom scale"))
        self.custom_scale.valueChanged.connect(self._tell)
        self.custom_scale.hide()
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.currentIndexChanged.connect(self._tell)
        self.weights = Segments(
            [("binary", words.weights("binary")), ("float", words.weights("float"))],
            self.tr("Weights"),
        )
        self.weights.set_value(self._settings.preferences.weights)
        self.weights.chosen.connect(self._tell)
        self.gentle = QCheckBox(self.tr("Let other programs go first"))
        self._make_file_choices()

    def _make_file_choices(self) -> None:
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        self.format.addItem(self.tr("As the original"), "")
        for name, title in (("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WebP"), ("tiff", "TIFF")):
            self.format.addItem(title, name)
        chosen = self.format.findData(self._settings.preferences.format)
        self.format.setCurrentIndex(max(0, chosen))
        self.if_exists = QComboBox()
        self.if_exists.setAccessibleName(self.tr("When a result exists"))
        self.if_exists.addItem(self.tr("Leave it"), "skip")
        self.if_exists.addItem(self.tr("Add a number"), "rename")
        self.if_exists.addItem(self.tr("Replace it"), "replace")
        for choice in (self.format, self.if_exists):
            choice.currentIndexChanged.connect(self._tell)

    def _make_run(self) -> None:
        self._run = QFrame()
        self._run.setObjectName("estimate")
        self._stage = ElidedLabel("", "strong")
        self._left = label("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the batch"))
        layout = QVBoxLayout(self._run)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._stage)
        layout.addWidget(self.progress)
        layout.addWidget(self._left)
        self._state = label("", "muted", wrap=True)
        self.start = button(self.tr("Start"), primary=True)
        self.start.clicked.connect(self.start_requested)
        self.pause = button(self.tr("Pause"), "pause")
        self.pause.clicked.connect(self.pause_requested)
        self.cancel = button(self.tr("Cancel"), "stop")
        self.cancel.clicked.connect(self.cancel_requested)
        for control in (self.start, self.pause, self.cancel):
            control.setMinimumHeight(36)

    def _lay_out(self) -> None:
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setSpacing(4)
        sections: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Results go to"), (self._folder, self.change_folder, self.subfolders)),
            (self.tr("Scale"), (self.scale_choice, self.custom_scale)),
            (self.tr("Model"), (self.model,)),
            (self.tr("Weights"), (self.weights,)),
            (self.tr("Format"), (self.format,)),
            (self.tr("When a result exists"), (self.if_exists,)),
            (self.tr("While it runs"), (self.gentle,)),
        )
        for text, widgets in sections:
            choices.addWidget(label(text, "muted"))
            for widget in widgets:
                choices.addWidget(widget)
            choices.addSpacing(8)
        running = QHBoxLayout()
        running.setSpacing(8)
        running.addWidget(self.pause, 1)
        running.addWidget(self.cancel, 1)
        choices.addStretch(1)
        choices.setContentsMargins(16, 12, 16, 0)
        self._choices.setObjectName("scrolled")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._choices)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 16)
        foot.setSpacing(8)
        for widget in (self._state, self._run, self.start):
            foot.addWidget(widget)
        foot.addLayout(running)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self._set_running(False)
        self._show_output()

    def _show_output(self) -> None:
        new = self.tr("A new folder beside the pictures")
        self._folder.set_text(new if self._output is None else str(self._output))

    def _ask_for_folder(self) -> None:
        start = self._output or self._settings.last_folder
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of the results"), str(start)
        )
        if chosen:
            self.set_output(Path(chosen))

    def _tell(self) -> None:
        self.custom_scale.setVisible(self.scale_choice.value() == CUSTOM)
        self.changed.emit()
