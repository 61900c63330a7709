"""What the user chooses: size, model, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from bsr.engine.errors import BsrError
from bsr.engine.models import WEIGHTS
from bsr.engine.upscaling.goal import LARGEST_SCALE, Goal, GoalOutOfReach

from ...work.speeds import Speeds
from ...work.upscaling import UpscaleOptions
from . import formatting
from .size_form import SizeForm
from .widgets import Segments, label

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.models.weights_file import ModelCard

    from ...qt.settings import Settings

WORTH_SAYING = 1.15  # times faster; less is no promise


class OptionsForm(QWidget):
    """Size, model and weights of the next enlargement.

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
        self._picture: tuple[int, int] | None = None
        self._make_fields()
        self._lay_out()
        self.reload()
        settings.changed.connect(self._follow_settings)

    def options(self) -> UpscaleOptions | None:
        """Return what is set, or None where no model can do it or the size cannot be reached."""
        card, scale, size = self.card(), self.scale(), self.size_form.value()
        if card is None or scale is None:
            return None
        return UpscaleOptions(card, scale, self._threads, size if isinstance(size, Goal) else None)

    def card(self) -> ModelCard | None:
        """Return the model that will run, as far as it is known, or None where there is none."""
        return self._suited[self.weights.value()]

    def model_id(self) -> str | None:
        """Return the model that was named, None where the size chooses."""
        return self.model.currentData() or None

    def scale(self) -> float | None:
        """Return the factor; None where it depends on a picture, or is out of reach."""
        size = self.size_form.value()
        if not isinstance(size, Goal):
            return size
        try:
            return None if self._picture is None else size.scale(*self._picture)
        except GoalOutOfReach:
            return None

    def problem(self) -> str:
        """Say why the options cannot be had, or nothing."""
        if self.card() is None:
            return self.tr("No model is installed for this.")
        size = self.size_form.value()
        if not isinstance(size, Goal) or self._picture is None:
            return ""
        try:
            size.scale(*self._picture)
        except GoalOutOfReach as error:
            if error.scale < 1:
                return self.tr("The picture is larger than that already.")
            return self.tr(
                "That would be {0} times as large; at most {1} times is possible."
            ).format(formatting.decimal(error.scale), f"{LARGEST_SCALE:g}")
        return ""

    def set_picture(self, height: int, width: int) -> None:
        """Tell of the picture that goals are for."""
        self._picture = height, width
        self._models_changed()

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

    def describe_weights(self) -> None:
        """Say what the kind of weights that is set means."""
        missing = [kind for kind in WEIGHTS if self._suited[kind] is None]
        if len(missing) == len(WEIGHTS):
            hint = self.tr("No model is installed.")
        elif missing:
            hint = self._missing(missing[0])
        else:
            hint = self._speed_hint(self.weights.value())
        self.weights_hint.setText(hint)

    @property
    def _threads(self) -> int:
        """Worker threads, as the settings say."""
        return self._settings.preferences.threads

    def _make_fields(self) -> None:
        self.size_form = SizeForm()
        self.size_form.changed.connect(self._models_changed)
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

    def _lay_out(self) -> None:
        choices = QVBoxLayout(self)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        for text, widgets in (
            (self.tr("Size"), (self.size_form,)),
            (self.tr("Model"), (self.model,)),
            (self.tr("Weights"), (self.weights, self.weights_hint)),
        ):
            choices.addWidget(label(text, "muted"))
            for field in widgets:
                choices.addWidget(field)
            choices.addSpacing(8)

    def _weights_chosen(self) -> None:
        self.weights.set_value(self.weights.value())
        self.describe_weights()
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
        self.describe_weights()
        self.changed.emit()

    def _speed_hint(self, kind: str) -> str:
        """Say what the choice means, with what was measured on this machine where it is known."""
        cards = self._suited["binary"], self._suited["float"]
        speeds = Speeds(self._settings)
        binary, float_ = (card and speeds.of(card, self._threads) for card in cards)
        times = binary / float_ if binary and float_ else 0.0
        if times and times < WORTH_SAYING:
            slower = self.tr("On this machine about as fast as float, a little less exact.")
            finer = self.tr("A little more exact; on this machine about as fast as binary.")
            return slower if kind == "binary" else finer
        if not times:
            faster = self.tr("Much faster than float, a little less exact.")
            finer = self.tr("A little more exact than binary, and slower.")
            return faster if kind == "binary" else finer
        number = formatting.decimal(times)
        if kind == "binary":
            text = self.tr("About {0} times as fast as float here, a little less exact.")
        else:
            text = self.tr("A little more exact; here it takes about {0} times as long.")
        return text.format(number)

    def _missing(self, kind: str) -> str:
        if kind == "float":
            return self.tr("This model has no float weights.")
        return self.tr("This model has no binary weights.")

    def _card(self, weights: str) -> ModelCard | None:
        try:
            return self._catalog.choose(self.scale(), self.model_id(), weights)
        except BsrError:
            return None

    def _follow_settings(self) -> None:
        """Take over what changed in the settings, and only that."""
        before, now = self._followed, self._settings.preferences
        self._followed = now
        if before.threads != now.threads:
            self.changed.emit()
        if (before.model, before.weights) != (now.model, now.weights):
            self.set_model(now.model, now.weights)
