"""The panel beside the picture: what to make of it, what that will take, and what was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bsr_app.enlarging import Opened, Wish
from bsr_app.views import words
from bsr_app.views.results_list import ResultsList
from bsr_app.views.widgets import ElidedLabel, Segments, button, inset, label, set_role
from engine.errors import BsrError
from engine.machine import cores

if TYPE_CHECKING:
    from bsr_app.settings import Settings
    from engine.catalog import Catalog
    from engine.types import Progress
    from engine.weights import ModelCard

WIDTH = 296
LARGEST_SCALE = 8.0
CUSTOM = "custom"
SCALES = ("2", "3", "4")
KINDS = ("binary", "float")


class ControlPanel(QFrame):
    """Scale, model, weights, threads; then what that will take; then start and progress.

    Signals:
        changed(): another wish was set.
        weights_switched(): the person switched between binary and float.
        start_requested(), cancel_requested(): the person pressed the button.
    """

    changed = Signal()
    weights_switched = Signal()
    start_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        super().__init__()
        self._catalog, self._settings = catalog, settings
        self._followed = settings.preferences
        self._suited: dict[str, ModelCard | None] = dict.fromkeys(KINDS)
        self.setObjectName("controlPanel")
        self.setFixedWidth(WIDTH)
        self.name = ElidedLabel("", "heading", Qt.TextElideMode.ElideMiddle)
        self.facts = ElidedLabel("", "muted")
        self.results = ResultsList()
        self._make_choices()
        self._make_estimate()
        self._make_run()
        self._lay_out()
        self.reload()
        settings.changed.connect(self._follow_settings)

    def wish(self) -> Wish | None:
        """Give what is set, or None where no model can do it."""
        card = self._suited[self.weights.value()]
        return None if card is None else Wish(card, self.scale(), self.threads.value())

    def scale(self) -> float:
        """Give the scale that is set."""
        chosen = self.scale_choice.value()
        return self.custom_scale.value() if chosen == CUSTOM else float(chosen)

    def set_scale(self, scale: float) -> None:
        """Set a scale, 1 to 8."""
        key = f"{scale:g}"
        self.scale_choice.set_value(key if key in SCALES else CUSTOM)
        self.custom_scale.setValue(scale)
        self._scale_changed()

    def switch_weights(self) -> None:
        """Go from binary to float or back, where both are installed."""
        other = "float" if self.weights.value() == "binary" else "binary"
        if self.weights.is_available(other):
            self.weights.set_value(other)
            self.weights_switched.emit()
            self.changed.emit()

    def set_model(self, model_id: str, weights: str) -> None:
        """Set a model and its kind of weights."""
        self.model.setCurrentIndex(max(0, self.model.findData(model_id)))
        self.weights.set_value(weights)
        self._models_changed()

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
                self.model.addItem(words.model_name(card.title), card.id)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self.model.blockSignals(False)
        self._models_changed()

    def describe(self, opened: Opened) -> None:
        """Say which picture is open."""
        picture = opened.picture
        facts = [
            f"{words.size(picture.height, picture.width)} px",
            words.megapixels(picture.height, picture.width),
        ]
        if picture.white > 255:
            facts.append(self.tr("16 bit"))
        if picture.alpha is not None:
            facts.append(self.tr("transparent"))
        self.name.set_text(opened.name)
        self.facts.set_text(" · ".join(facts))

    def show_estimate(self, result: str, time: str, problem: str = "") -> None:
        """Say what the result will be and take; a problem takes the place of the time."""
        self._result_size.setText(result)
        self._time.setText(time)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def result_text(self) -> str:
        """Give what is said of the result's size."""
        return self._result_size.text()

    def time_text(self) -> str:
        """Give what is said of the time."""
        return self._time.text()

    def problem_text(self) -> str:
        """Give why it cannot be started, or ""."""
        return self._problem.text()

    def stage_text(self) -> str:
        """Give what is said while it runs."""
        return self._stage.whole_text()

    def set_ready(self, ready: bool) -> None:
        """Let the start button be pressed or not."""
        self.start.setEnabled(ready)

    def begin(self) -> None:
        """Show progress in the place of the choices' estimate."""
        self._set_running(True)
        self.progress.setRange(0, 0)
        self._stage.set_text(self.tr("Waiting for other work …"))
        self._left.setText("")

    def show_progress(self, progress: Progress, seconds_left: float | None) -> None:
        """Show how far the work is."""
        self.progress.setRange(0, max(1, progress.total))
        self.progress.setValue(progress.done)
        percent = round(100 * progress.done / max(1, progress.total))
        self._stage.set_text(f"{words.stage(progress.stage)} · {percent} %")
        self._left.setText(
            self.tr("{0} left").format(words.duration(seconds_left)) if seconds_left else ""
        )

    def show_stopping(self) -> None:
        """Say that the work will stop."""
        self._stage.set_text(self.tr("Stopping …"))
        self._left.setText("")
        self.cancel.setEnabled(False)

    def end(self) -> None:
        """Go back to the choices."""
        self._set_running(False)

    def _set_running(self, running: bool) -> None:
        self._choices.setEnabled(not running)
        self._estimate.setVisible(not running)
        self._run.setVisible(running)
        had_focus = self.start.hasFocus() or self.cancel.hasFocus()
        self.start.setVisible(not running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(running)
        if had_focus:
            (self.cancel if running else self.start).setFocus()

    def _make_choices(self) -> None:
        self.scale_choice = Segments(
            [*((scale, f"{scale}×") for scale in SCALES), (CUSTOM, self.tr("Custom"))],
            self.tr("Scale"),
        )
        self.scale_choice.chosen.connect(self._scale_changed)
        self.custom_scale = QDoubleSpinBox()
        self.custom_scale.setRange(1.0, LARGEST_SCALE)
        self.custom_scale.setSingleStep(0.5)
        inset(self.custom_scale)
        self.custom_scale.setSuffix(" ×")
        self.custom_scale.setValue(6.0)
        self.custom_scale.setAccessibleName(self.tr("Custom scale"))
        self.custom_scale.valueChanged.connect(self._models_changed)
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.currentIndexChanged.connect(self._models_changed)
        self.weights = Segments(
            [("binary", words.weights("binary")), ("float", words.weights("float"))],
            self.tr("Weights"),
        )
        self.weights.set_value(self._settings.preferences.weights)
        self.weights.chosen.connect(self._weights_chosen)
        self.weights_hint = label("", "muted", wrap=True)
        self.threads = QSpinBox()
        self.threads.setRange(1, cores())
        self.threads.setValue(self._settings.preferences.threads)
        self.threads.setAccessibleName(self.tr("Threads"))
        self.threads.setFixedWidth(96)
        inset(self.threads)
        self.threads.valueChanged.connect(self._tell)
        self.scale_choice.set_value("4")
        self.custom_scale.hide()

    def _make_estimate(self) -> None:
        self._estimate = QFrame()
        self._estimate.setObjectName("estimate")
        self._result_size, self._time = label(role="strong"), label(role="strong")
        self._problem = label(role="error", wrap=True)
        grid = QGridLayout(self._estimate)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (text, value) in enumerate(
            ((self.tr("Result"), self._result_size), (self.tr("Time"), self._time))
        ):
            grid.addWidget(label(text, "muted"), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._problem, 2, 0, 1, 2)
        self._problem.hide()

    def _make_run(self) -> None:
        self._run = QFrame()
        self._run.setObjectName("estimate")
        self._stage = ElidedLabel("", "strong")
        self._left = QLabel()
        set_role(self._left, "muted")
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
        self._choices = QWidget()
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        for text, widgets in (
            (self.tr("Scale"), (self.scale_choice, self.custom_scale)),
            (self.tr("Model"), (self.model,)),
            (self.tr("Weights"), (self.weights, self.weights_hint)),
        ):
            choices.addWidget(label(text, "muted"))
            for field in widgets:
                choices.addWidget(field)
            choices.addSpacing(8)
        threads = QHBoxLayout()
        threads.addWidget(label(self.tr("Threads"), "muted"), 1)
        threads.addWidget(self.threads)
        choices.addLayout(threads)
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        column = QVBoxLayout(scrolled)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        column.addSpacing(8)
        column.addWidget(self._choices)
        column.addSpacing(8)
        for widget in (self._estimate, self._run):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.start)
        column.addWidget(self.cancel)
        column.addSpacing(12)
        self._results_title = label(self.tr("Results"), "muted")
        column.addWidget(self._results_title)
        column.addWidget(self.results, 1)
        column.addStretch(0)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(scrolled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.show_results(False)

    def show_results(self, any_results: bool) -> None:
        """Show the list of results, or nothing where there is none."""
        self._results_title.setVisible(any_results)
        self.results.setVisible(any_results)

    def _scale_changed(self) -> None:
        self.scale_choice.set_value(self.scale_choice.value())
        self.custom_scale.setVisible(self.scale_choice.value() == CUSTOM)
        self._models_changed()

    def _weights_chosen(self) -> None:
        self.weights.set_value(self.weights.value())
        self._describe_weights()
        self.weights_switched.emit()
        self.changed.emit()

    def _models_changed(self) -> None:
        """See which kinds of weights there are for the model and the scale that are set."""
        self._suited = {kind: self._card(kind) for kind in KINDS}
        for kind, card in self._suited.items():
            reason = self._missing(kind) if card is None else ""
            self.weights.set_available(kind, card is not None, reason)
        if self._suited[self.weights.value()] is None:
            other = next((kind for kind in KINDS if self._suited[kind] is not None), KINDS[0])
            self.weights.set_value(other)
        self._describe_weights()
        self.changed.emit()

    def _describe_weights(self) -> None:
        card, twin = self._suited[self.weights.value()], self._suited["float"]
        missing = [kind for kind in KINDS if self._suited[kind] is None]
        if card is None:
            hint = self.tr("No model is installed.")
        elif missing:
            hint = self._missing(missing[0])
        elif card.weights == "binary" and twin is not None:
            share = round(100 * card.bytes / twin.bytes)
            hint = self.tr("Fast: {0}, {1} % of float").format(words.data_size(card.bytes), share)
        else:
            hint = self.tr("Slower, finer: {0}").format(words.data_size(card.bytes))
        self.weights_hint.setText(hint)

    def _missing(self, kind: str) -> str:
        if kind == "float":
            return self.tr("This model has no float weights.")
        return self.tr("This model has no binary weights.")

    def _card(self, weights: str) -> ModelCard | None:
        try:
            return self._catalog.choose(self.scale(), self.model.currentData() or None, weights)
        except BsrError:
            return None

    def _follow_settings(self) -> None:
        """Take over what changed in the settings, and only that."""
        before, now = self._followed, self._settings.preferences
        self._followed = now
        if before.threads != now.threads:
            self.threads.setValue(now.threads)
        if (before.model, before.weights) != (now.model, now.weights):
            self.set_model(now.model, now.weights)

    def _tell(self) -> None:
        self.changed.emit()
