"""What the user chooses: size, model, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bsr.engine.errors import BsrError
from bsr.engine.models import WEIGHTS
from bsr.engine.upscaling.goal import LARGEST_SCALE, Goal, GoalOutOfReach

from ...work.speeds import Speeds
from ...work.upscaling import OpenPicture, UpscaleOptions
from . import formatting, model_names
from .choices import weights_segments
from .model_form import ModelForm
from .size_form import SizeForm
from .widgets import label

if TYPE_CHECKING:
    from bsr.engine.jobs.model_choice import Mix, ModelChoice
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog

    from ...qt.settings import Settings

WORTH_SAYING = 1.15  # times faster; less is no promise


class OptionsForm(QWidget):
    """Size, model and weights of the next enlargement.

    Signals:
        changed(): other options were set.
        weights_switched(): the user switched between binary and float.
        clean_up_changed(): artefacts are to be removed to another degree.
    """

    changed = Signal()
    weights_switched = Signal()
    clean_up_changed = Signal()

    def __init__(self, catalog: Catalog, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog, self._settings = catalog, settings
        self._followed = settings.preferences
        self._suited: dict[str, ModelChoice | None] = dict.fromkeys(WEIGHTS)
        self._opened: OpenPicture | None = None
        self._make_fields()
        self._lay_out()
        self.reload()
        settings.changed.connect(self._follow_settings)

    def options(self) -> UpscaleOptions | None:
        """Return what is set, or None where no model can do it or the size cannot be reached."""
        choice, scale, size = self.choice(), self.scale(), self.size_form.value()
        if choice is None or scale is None:
            return None
        goal = size if isinstance(size, Goal) else None
        asked = self.model_form.value()
        return UpscaleOptions(self._mix(choice), scale, self._threads, goal, asked)

    def choice(self) -> ModelChoice | None:
        """Return the models that may run, None where there is none."""
        return self._suited[self.weights.value()]

    def card(self) -> ModelCard | None:
        """Return the model that will run, as far as it is known, or None where there is none."""
        choice = self.choice()
        return None if choice is None else self._mix(choice).card

    def scale(self) -> float | None:
        """Return the factor; None where it depends on a picture, or is out of reach."""
        size = self.size_form.value()
        if not isinstance(size, Goal):
            return size
        try:
            return None if self._size is None else size.scale(*self._size)
        except GoalOutOfReach:
            return None

    def problem(self) -> str:
        """Say why the options cannot be had, or nothing."""
        if self.choice() is None:
            return self.tr("No model is installed for this.")
        size = self.size_form.value()
        if not isinstance(size, Goal) or self._size is None:
            return ""
        try:
            size.scale(*self._size)
        except GoalOutOfReach as error:
            if error.scale < 1:
                return self.tr("The picture is larger than that already.")
            return self.tr(
                "That would be {0} times as large; at most {1} times is possible."
            ).format(formatting.decimal(error.scale), LARGEST_SCALE)
        return ""

    def set_picture(self, opened: OpenPicture) -> None:
        """Tell of the picture that the options are for."""
        self._opened = opened
        self._models_changed()

    def switch_weights(self) -> None:
        """Go from binary to float or back, where both are installed."""
        other = "float" if self.weights.value() == "binary" else "binary"
        if self.weights.is_available(other):
            self.weights.set_value(other)
            self._weights_chosen()

    def set_model(self, model: str, weights: str) -> None:
        """Set a model or a family, "" for the automatic choice, and the kind of weights."""
        self.weights.set_value(weights)
        self.model_form.set(model, self.scale(), weights)
        self._models_changed()

    def reload(self) -> None:
        """Look at the installed models again; what was chosen stays chosen where it still is."""
        chosen = self.model_form.model.currentData()
        self.model_form.reload(self._settings.preferences.model if chosen is None else chosen)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.describe_weights()

    @property
    def _size(self) -> tuple[int, int] | None:
        """Height and width of the picture."""
        if self._opened is None:
            return None
        return self._opened.picture.height, self._opened.picture.width

    @property
    def _threads(self) -> int:
        """Worker threads, as the settings say."""
        return self._settings.preferences.threads

    def _make_fields(self) -> None:
        self.size_form = SizeForm(self)
        self.size_form.changed.connect(self._models_changed)
        self.model_form = ModelForm(self._catalog, self)
        self.model_form.changed.connect(self._models_changed)
        self.model_form.clean_up_changed.connect(self._clean_up_changed)
        self.weights = weights_segments(self.tr("Weights"))
        self.weights.set_value(self._settings.preferences.weights)
        self.weights.chosen.connect(self._weights_chosen)
        self.weights_hint = label("", "muted", wrap=True)

    def _lay_out(self) -> None:
        choices = QVBoxLayout(self)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        for text, widgets in (
            (self.tr("Size"), (self.size_form,)),
            (self.tr("Model"), (self.model_form,)),
            (self.tr("Weights"), (self.weights, self.weights_hint)),
        ):
            choices.addWidget(label(text, "muted"))
            for field in widgets:
                choices.addWidget(field)
            choices.addSpacing(8)

    def _weights_chosen(self) -> None:
        self.describe_weights()
        self.weights_switched.emit()
        self.changed.emit()

    def _models_changed(self) -> None:
        """See which kinds of weights there are for the model and the scale that are set."""
        self._suited = {kind: self._choose(kind) for kind in WEIGHTS}
        for kind, choice in self._suited.items():
            told = self._missing(kind) if choice is None else self._speed_hint(kind)
            self.weights.set_available(kind, choice is not None, told)
        if self._suited[self.weights.value()] is None:
            other = next((kind for kind in WEIGHTS if self._suited[kind] is not None), WEIGHTS[0])
            self.weights.set_value(other)
        compression = None if self._opened is None else self._opened.compression
        self.model_form.describe(self.choice(), compression)
        self.describe_weights()
        self.changed.emit()

    def _clean_up_changed(self) -> None:
        self._models_changed()
        self.clean_up_changed.emit()

    def _speed_hint(self, kind: str) -> str:
        """Say what the choice means, with what was measured on this machine where it is known."""
        choices = self._suited["binary"], self._suited["float"]
        if kind == "binary" and choices[0] and not choices[0].card.has_binary_layers:
            return model_names.why_not_faster()
        speed = Speeds(self._settings).pixels_per_second
        binary, float_ = (choice and speed(choice.card, self._threads) for choice in choices)
        times = binary / float_ if binary and float_ else 0.0
        if choices[0] and not choices[0].card.has_binary_layers:
            times = 1.0
        if times and times < WORTH_SAYING:
            slower = self.tr("On this machine about as fast as float, slightly less accurate.")
            finer = self.tr("Slightly more accurate; on this machine about as fast as binary.")
            return slower if kind == "binary" else finer
        if not times:
            faster = self.tr("Much faster than float, slightly less accurate.")
            finer = self.tr("Slightly more accurate than binary, and slower.")
            return faster if kind == "binary" else finer
        number = formatting.decimal(times)
        if kind == "binary":
            text = self.tr("About {0} times as fast as float here, slightly less accurate.")
        else:
            text = self.tr("Slightly more accurate; here it takes about {0} times as long.")
        return text.format(number)

    def _missing(self, kind: str) -> str:
        if kind == "float":
            return self.tr("This model has no float weights.")
        return self.tr("This model has no binary weights.")

    def _choose(self, weights: str) -> ModelChoice | None:
        try:
            return self.model_form.choose(self.scale(), weights)
        except BsrError:
            return None

    def _mix(self, choice: ModelChoice) -> Mix:
        """Return what makes the result of the picture, as far as that is known."""
        return choice.plain if self._opened is None else choice.after(self._opened.compression)

    def _follow_settings(self) -> None:
        """Take over what changed in the settings, and only that."""
        before, now = self._followed, self._settings.preferences
        self._followed = now
        if before.threads != now.threads:
            self.changed.emit()
        if (before.model, before.weights) != (now.model, now.weights):
            self.set_model(now.model, now.weights)
