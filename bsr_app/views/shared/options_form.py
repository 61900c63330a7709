"""What the user chooses: scale, model, weights, threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from bsr.engine.errors import BsrError
from bsr.engine.machine import cores
from bsr.engine.models import WEIGHTS
from bsr.views.shared import formatting
from bsr.views.shared.widgets import Segments, inset, label
from bsr.work.upscaling import UpscaleOptions

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.models.weights_file import ModelCard
    from bsr.qt.settings import Settings

LARGEST_SCALE = 8.0
CUSTOM = "custom"
SCALES = ("2", "3", "4")


class OptionsForm(QWidget):
    """Scale, model, weights and threads of the next enlargement.

    Signals:
        changed(): other options were set.
        weights_switched(): the user switched between binary and float.
    """

    changed = Signal()
    weights_switched = Signal()

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        super().__init__()
        self._catalog, self._settings = catalog, settings
        self._followed = settings.preferences
        self._suited: dict[str, ModelCard | None] = dict.fromkeys(WEIGHTS)
        self._make_fields()
        self._lay_out()
        self.reload()
        settings.changed.connect(self._follow_settings)

    def options(self) -> UpscaleOptions | None:
        """Return what is set, or None where no model can do it."""
        card = self._suited[self.weights.value()]
        return None if card is None else UpscaleOptions(card, self.scale(), self.threads.value())

    def scale(self) -> float:
        """Return the scale that is set."""
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
            self._weights_chosen()

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
                self.model.addItem(formatting.model_name(card.title), card.id)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))
        self.model.blockSignals(False)
        self._models_changed()

    def _make_fields(self) -> None:
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
            [("binary", formatting.weights("binary")), ("float", formatting.weights("float"))],
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

    def _lay_out(self) -> None:
        choices = QVBoxLayout(self)
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
        self._suited = {kind: self._card(kind) for kind in WEIGHTS}
        for kind, card in self._suited.items():
            reason = self._missing(kind) if card is None else ""
            self.weights.set_available(kind, card is not None, reason)
        if self._suited[self.weights.value()] is None:
            other = next((kind for kind in WEIGHTS if self._suited[kind] is not None), WEIGHTS[0])
            self.weights.set_value(other)
        self._describe_weights()
        self.changed.emit()

    def _describe_weights(self) -> None:
        card, float_card = self._suited[self.weights.value()], self._suited["float"]
        missing = [kind for kind in WEIGHTS if self._suited[kind] is None]
        if card is None:
            hint = self.tr("No model is installed.")
        elif missing:
            hint = self._missing(missing[0])
        elif card.weights == "binary" and float_card is not None:
            share = round(100 * card.bytes / float_card.bytes)
            hint = self.tr("Fast: {0}, {1} % of float").format(
                formatting.data_size(card.bytes), share
            )
        else:
            hint = self.tr("Slower, finer: {0}").format(formatting.data_size(card.bytes))
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
