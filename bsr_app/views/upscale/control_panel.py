"""The panel beside the picture: what to make of it, what that will take, and what was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...work.upscaling import OpenPicture
from ..shared import formatting
from ..shared.options_form import OptionsForm
from ..shared.widgets import ElidedLabel, button, for_text, label, scroll_area
from .results_list import ResultsList

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import Progress

    from ...qt.settings import Settings

WIDTH = 296


class ControlPanel(QFrame):
    """The picture, the options, what they will take, start and progress, the results.

    Signals:
        start_requested(), cancel_requested(): the user pressed the button.
    """

    start_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, catalog: Catalog, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("controlPanel")
        self.setFixedWidth(for_text(WIDTH, 16))
        self.name = ElidedLabel("", "heading", Qt.TextElideMode.ElideMiddle)
        self.facts = ElidedLabel("", "muted")
        self.results = ResultsList()
        self._ready = self._reading = False
        self._waiting = False
        self._focus_before: QWidget | None = None
        self._preparing = self._batch_paused = False
        self._scrolled = QWidget()
        self._scroll_area = scroll_area(self._scrolled, self)
        self.form = OptionsForm(catalog, settings, self._scrolled)
        self._make_estimate()
        self._make_run()
        self._lay_out()

    def describe(self, opened: OpenPicture, *, cropped: bool = False) -> None:
        """Say which picture is open, and whether it is a part of one."""
        picture = opened.picture
        facts = [
            f"{formatting.size(picture.height, picture.width)} px",
            formatting.megapixels(picture.height, picture.width),
        ]
        if picture.bits == 16:
            facts.append(self.tr("16 bit"))
        if picture.alpha is not None:
            facts.append(self.tr("transparent"))
        if cropped:
            facts.append(self.tr("cropped"))
        self.name.set_text(opened.name)
        self.facts.set_text(" · ".join(facts))

    def show_estimate(
        self, result: str, time: str, problem: str = "", note: str = "", area: str = ""
    ) -> None:
        """Say what the result will be and take, what keeps it, and what one should know.

        Args:
            result: its size in pixels.
            time: that it will take.
            problem: why it cannot be had, or "".
            note: what one should know of a large one, or "".
            area: in megapixels, and its size on paper, or "".
        """
        self.area.setText(area)
        self.area.setVisible(bool(area))
        self.advice.setText(note)
        self.advice.setVisible(bool(note))
        self.result_size.setText(result)
        self.time.setText(time)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def stage_text(self) -> str:
        """Return what is said while it runs."""
        return self._stage.whole_text()

    def set_ready(self, ready: bool) -> None:
        """Tell whether the options can be enlarged with."""
        self._ready = ready
        self._enable()

    def set_reading(self, reading: bool) -> None:
        """Tell whether a picture is being read, before which nothing can be started."""
        self._reading = reading
        self._enable()

    def _enable(self) -> None:
        self.start.setEnabled(self._ready and not self._reading)

    def begin(self) -> None:
        """Show progress in the place of the choices' estimate."""
        self._set_running(True)
        self._waiting = True
        self._left.setText("")
        self._show_waiting()

    def show_preparing(self, preparing: bool) -> None:
        """Say what an enlargement would wait for: the compiling of the kernels, or nothing."""
        self._preparing = preparing
        if self._waiting:
            self._show_waiting()

    def show_batch_paused(self, paused: bool) -> None:
        """Say that an enlargement would wait for a batch that is paused, or that none is."""
        self._batch_paused = paused
        if self._waiting:
            self._show_waiting()

    def _show_waiting(self) -> None:
        self.progress.setRange(0, 0)
        waiting = self.tr("Waiting for other tasks…")
        if self._batch_paused:
            waiting = self.tr("The batch is paused")
        self._stage.set_text(formatting.preparing() if self._preparing else waiting)

    def show_progress(self, progress: Progress, seconds_left: float | None) -> None:
        """Show how far the work is."""
        self._waiting = False
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)
        percent = round(100 * progress.done / max(1, progress.total))
        self._stage.set_text(f"{formatting.stage(progress.stage)} · {percent} %")
        self._left.setText(
            self.tr("{0} left").format(formatting.duration(seconds_left)) if seconds_left else ""
        )

    def show_stopping(self) -> None:
        """Say that the work will stop."""
        self._stage.set_text(self.tr("Cancelling…"))
        self._left.setText("")
        if self.cancel.hasFocus():
            self._run.setFocus()  # a disabled button would hand it on
        self.cancel.setEnabled(False)

    def end(self) -> None:
        """Go back to the choices."""
        self._waiting = False
        self._stage.set_text("")
        self._left.setText("")
        self._set_running(False)

    def _set_running(self, running: bool) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        if running:
            self._focus_before = focus if inside else None
        self.form.setEnabled(not running)
        self._estimate.setVisible(not running)
        self._run.setVisible(running)
        self.start.setVisible(not running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(running)
        if inside:  # what is hidden or disabled would hand the focus to the next best
            (self.cancel if running else self._focus_before or self.start).setFocus()

    def _make_estimate(self) -> None:
        self._estimate = QFrame()
        self._estimate.setObjectName("estimate")
        self.result_size, self.time = label(role="strong"), label(role="strong")
        self.area = label(role="muted")
        self.problem = label(role="error", wrap=True)
        grid = QGridLayout(self._estimate)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, text, value in (
            (0, self.tr("Result"), self.result_size),
            (2, self.tr("Time"), self.time),
        ):
            grid.addWidget(label(text, "muted"), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.area, 1, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.area.hide()
        self.advice = label(role="warning", wrap=True)
        for row, note in ((3, self.problem), (4, self.advice)):
            grid.addWidget(note, row, 0, 1, 2)
            note.hide()

    def _make_run(self) -> None:
        self._run = QFrame()
        self._run.setObjectName("estimate")
        self._stage = ElidedLabel("", "strong")
        self._left = label(role="muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        texts = QHBoxLayout()
        texts.addWidget(self._stage, 1)
        texts.addWidget(self._left)
        layout = QVBoxLayout(self._run)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(texts)
        layout.addWidget(self.progress)
        self._run.hide()
        self.start = button(self.tr("Enlarge"), primary=True)
        self.start.setMinimumHeight(36)
        self.start.clicked.connect(self.start_requested)
        self.cancel = button(self.tr("Cancel"), "stop")
        self.cancel.setMinimumHeight(36)
        self.cancel.clicked.connect(self.cancel_requested)
        self.cancel.hide()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout.addWidget(self._scroll_area, 1)
        column = QVBoxLayout(self._scrolled)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addSpacing(8)
        column.addWidget(self.form)
        column.addSpacing(8)
        self._results_title = label(self.tr("Results"), "muted")
        column.addWidget(self._results_title)
        column.addWidget(self.results, 1)
        column.addStretch(0)
        foot = QVBoxLayout()  # what is pressed is never scrolled away
        foot.setContentsMargins(16, 4, 16, 12)
        for widget in (self._estimate, self._run, self.start, self.cancel):
            foot.addWidget(widget)
        layout.addLayout(foot)
        self.show_results(False)

    def show_results(self, any_results: bool) -> None:
        """Show the list of results, or nothing where there is none."""
        self._results_title.setVisible(any_results)
        self.results.setVisible(any_results)
        if any_results:  # as soon as the panel is laid out with them
            QTimer.singleShot(0, self, self._scroll_to_results)

    def _scroll_to_results(self) -> None:
        self._scroll_area.ensureWidgetVisible(self.results, 0, 0)
