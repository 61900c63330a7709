"""The panel beside the table: what to make of the files, where to, then start and progress."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from bsr.engine.batch.request import BatchRequest
from bsr.engine.upscaling.goal import Goal

from ...qt.theme import icon
from ..shared import formatting
from ..shared.choices import exists_choice, format_choice
from ..shared.options_form import OptionsForm
from ..shared.widgets import ElidedLabel, button, for_text, label, scroll_area

if TYPE_CHECKING:
    from bsr.engine.batch.tracker import BatchProgress
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import Progress

    from ...qt.settings import Settings

WIDTH = 296


class BatchPanel(QFrame):
    """Holds the options of a batch and shows how it goes.

    Signals:
        changed(): an option is another now.
        files_changed(): an option that decides which files there are is another now.
        start_requested(), pause_requested(), cancel_requested(): the user pressed the button.
    """

    changed = Signal()
    files_changed = Signal()
    start_requested = Signal()
    pause_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, catalog: Catalog, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("controlPanel")
        self.setFixedWidth(for_text(WIDTH, 16))
        self._settings = settings
        self._output: Path | None = None
        self._paused = False
        self._progress: BatchProgress | None = None
        self._make_choices(catalog)
        self._make_run()
        self._lay_out()

    def output(self) -> Path | None:
        """Return the folder of the results, None while there is none."""
        return self._output

    def set_output(self, folder: Path | None) -> None:
        """Set the folder of the results."""
        self.show_output(folder)
        self.files_changed.emit()

    def show_output(self, folder: Path | None) -> None:
        """Set the folder of the results, with the files that are listed already."""
        self._output = folder
        self._show_output()

    def request(self, inputs: tuple[Path, ...], without: tuple[Path, ...]) -> BatchRequest | None:
        """Return what is asked for; None where no model can do it or there is no folder yet.

        Args:
            inputs: files and folders.
            without: files that the user took out.
        """
        models, preferences = self.form.model_form, self._settings.preferences
        if self.form.choice() is None or self._output is None:
            return None
        size = self.form.size_form.value()
        goal = size if isinstance(size, Goal) else None
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
            model=models.model_id(),
            weights=self.form.weights.value(),
            scale=self.form.scale(),
            save=save,
            family=models.family(),
            clean_up=models.clean_up(),
            goal=goal,
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_output()  # a folder may be called like something that is said

    def show_request(self, request: BatchRequest) -> None:
        """Set the options to what was asked for before."""
        self._output = request.output
        self._show_output()
        self.subfolders.setChecked(request.recursive)
        size = request.goal or request.scale
        if size is not None:
            self.form.size_form.set_value(size)
        self.form.set_model(request.model or request.family or "", request.weights)
        self.form.model_form.set_clean_up(request.clean_up)
        self.format.setCurrentIndex(max(0, self.format.findData(request.save.format or "")))
        self.if_exists.setCurrentIndex(self.if_exists.findData(request.save.if_exists))

    def show_state(self, text: str) -> None:
        """Say in a line what there is to do, or the outcome."""
        self._state.setText(text)

    def set_ready(self, ready: bool, caption: str) -> None:
        """Let the start button be pressed or not, and name it."""
        self.start.setEnabled(ready)
        self.start.setText(caption)

    def begin(self) -> None:
        """Show progress; the options wait."""
        self._set_running(True)
        self.progress.setRange(0, 0)
        self._progress = None
        self._stage.set_text(self.tr("Waiting for other tasks…"))
        self._left.setText("")

    def end(self) -> None:
        """Let options be chosen again."""
        self._stage.set_text("")
        self._left.setText("")
        self._set_running(False)

    def show_stage(self, progress: Progress) -> None:
        """Show how far the preparation is."""
        name = formatting.stage(progress.stage)
        self._stage.set_text(f"{name} · {progress.done} / {progress.total}")
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)

    def show_progress(self, progress: BatchProgress) -> None:
        """Show how far the batch is, in pixels, with the time left."""
        # A progress bar counts in 32 bits; a batch may have more pixels.
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * progress.pixels_done / max(1, progress.pixels)))
        self._progress = progress
        left = progress.seconds_left
        if self._paused:
            return  # it was on its way when the batch was paused
        self._left.setText(
            self.tr("{0} left").format(formatting.duration(left)) if left is not None else ""
        )

    def show_counts(self, ended: int, files: int) -> None:
        """Say how many of the files have ended, and how many pixels of this run."""
        progress = self._progress
        if progress is None or not self.cancel.isEnabled():
            return
        self._stage.set_text(
            self.tr("{0} of {1} files · {2} of {3} MP").format(
                ended,
                files,
                formatting.decimal(progress.pixels_done / 1e6),
                formatting.decimal(progress.pixels / 1e6),
            )
        )

    def stage_text(self) -> str:
        """Return what is said while it runs."""
        return self._stage.whole_text()

    def show_paused(self, paused: bool) -> None:
        """Say whether the batch waits."""
        self._paused = paused
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self.pause.setIcon(icon("start" if paused else "pause"))
        if paused:
            self._left.setText(self.tr("Paused"))

    def show_stopping(self) -> None:
        """Say that the batch will stop."""
        self._stage.set_text(self.tr("Cancelling…"))
        self._left.setText("")
        self.cancel.setEnabled(False)
        self.pause.setEnabled(False)

    def _set_running(self, running: bool) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        self._choices.setEnabled(not running)
        self._run.setVisible(running)
        self._state.setVisible(not running)
        self.start.setVisible(not running)
        for control in (self.pause, self.cancel):
            control.setVisible(running)
            control.setEnabled(running)
        self.show_paused(False)
        if inside:  # what is hidden or disabled would hand the focus to the next best
            (self.cancel if running else self.start).setFocus()

    def _make_choices(self, catalog: Catalog) -> None:
        self._choices = QWidget()
        self._area = scroll_area(self._choices, self)
        self._column = QVBoxLayout(self._choices)
        self._column.setContentsMargins(16, 12, 16, 0)
        self._column.setSpacing(4)
        self._folder = ElidedLabel("", "strong", Qt.TextElideMode.ElideMiddle)
        self.change_folder = button(self.tr("Change…"), "folder")
        self.change_folder.clicked.connect(self._ask_for_folder)
        self.subfolders = QCheckBox(self.tr("Read subfolders too"))
        self.subfolders.setChecked(True)
        self.subfolders.toggled.connect(self.files_changed)
        self.gentle = QCheckBox(self.tr("Give other programs priority"))
        self.gentle.setToolTip(self.tr("Slower while other programs are busy"))
        self._add_section(
            self.tr("Results go to"), self._folder, self.change_folder, self.subfolders
        )
        self.form = OptionsForm(catalog, self._settings, self._choices)
        self.form.changed.connect(self.changed)
        self._add_section("", self.form)
        self._make_file_choices()
        self._add_section(self.tr("Format"), self.format)
        self._add_section(self.tr("If the file exists"), self.if_exists)
        self._add_section(self.tr("While it runs"), self.gentle)
        self._column.addStretch(1)

    def _add_section(self, title: str, *widgets: QWidget) -> None:
        if title:
            self._column.addWidget(label(title, "muted"))
        for widget in widgets:
            self._column.addWidget(widget)
        self._column.addSpacing(8)

    def _make_file_choices(self) -> None:
        self.format = format_choice()
        self.format.setCurrentIndex(self.format.findData(self._settings.preferences.format))
        self.if_exists = exists_choice()
        for choice in (self.format, self.if_exists):
            choice.currentIndexChanged.connect(self.changed)

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._area, 1)
        running = QHBoxLayout()
        running.setSpacing(8)
        running.addWidget(self.pause, 1)
        running.addWidget(self.cancel, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 16)
        foot.setSpacing(8)
        for widget in (self._state, self._run, self.start):
            foot.addWidget(widget)
        foot.addLayout(running)
        layout.addLayout(foot)
        self._set_running(False)
        self._show_output()

    def _show_output(self) -> None:
        new = self.tr("A new folder next to the pictures")
        self._folder.set_text(new if self._output is None else str(self._output))

    def _ask_for_folder(self) -> None:
        start = self._output or self._settings.last_folder
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of the results"), str(start)
        )
        if chosen:
            self.set_output(Path(chosen))
