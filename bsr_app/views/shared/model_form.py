"""Which model is to run: the one that suits the picture, a family, or one for comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from bsr.engine.jobs.model_choice import WHOLE, ModelChoice, choose_models
from bsr.engine.models import FAMILIES, JPEG

from . import model_names
from .widgets import add_heading, label

if TYPE_CHECKING:
    from bsr.engine.images.compression import Compression
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog

BY_PICTURE = ""  # the choice that each picture decides, as the settings keep it
SETTLED_MILLISECONDS = 150  # a slider that rests so long has arrived


class ModelForm(QWidget):
    """The family or the model, what it is for, and how far artefacts are cleaned up.

    Signals:
        changed(): another model was set.
        clean_up_changed(): the slider has come to rest somewhere else.
    """

    changed = Signal()
    clean_up_changed = Signal()

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.model = QComboBox(self)
        self.model.setAccessibleName(self.tr("Model"))
        self.model.currentIndexChanged.connect(self.changed)
        self.hint = label("", "muted", wrap=True)
        self._make_clean_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.model, self.hint, self._clean_up):
            layout.addWidget(widget)

    def value(self) -> str:
        """Return a family, a model's id, or BY_PICTURE."""
        return self.model.currentData() or BY_PICTURE

    def model_id(self) -> str | None:
        """Return the model that was named, None where a family is chosen."""
        return None if self.value() in (BY_PICTURE, *FAMILIES) else self.value()

    def family(self) -> str | None:
        """Return the family that was named, None where each picture decides."""
        return self.value() if self.value() in FAMILIES else None

    def clean_up(self) -> int:
        """Return how far artefacts of JPEG are removed, in percent."""
        return self.slider.value()

    def choose(self, scale: float | None, weights: str) -> ModelChoice:
        """Return the models that may run.

        Raises:
            BsrError: there is none.
        """
        return choose_models(
            self._catalog, scale, self.model_id(), weights, self.family(), self.clean_up()
        )

    def set(self, model: str, scale: float | None, weights: str) -> None:
        """Set what is to run.

        Args:
            model: "", a family, or a model's id; its family is set where that would choose it.
            scale: that is set.
            weights: that are set.
        """
        index = self.model.findData(model)
        if index < 0:
            index = self._index_of_id(model, scale, weights)
        self.model.setCurrentIndex(max(0, index))

    def set_clean_up(self, percent: int) -> None:
        """Set how far artefacts are removed."""
        self.slider.setValue(percent)

    def reload(self, chosen: str) -> None:
        """List the installed models anew and choose one of them, or the automatic choice."""
        cards = self._catalog.cards()
        usual = [card for card in cards if self._is_usual(card)]
        self.model.blockSignals(True)
        self.model.clear()
        self.model.addItem(self.tr("Automatic"), BY_PICTURE)
        for family in FAMILIES:
            if any(card.family == family for card in usual):
                self.model.addItem(model_names.family(family), family)
        others = {card.id: card for card in cards if card not in usual}.values()
        imported = [card for card in others if self._catalog.is_user(card)]
        compared = [card for card in others if not self._catalog.is_user(card)]
        for heading, listed in (
            (self.tr("Imported"), imported),
            (self.tr("For comparison"), compared),
        ):
            if listed:
                add_heading(self.model, heading)
            for card in listed:
                self.model.addItem(model_names.listed_name(card), card.id)
        index = self.model.findData(chosen)
        index = index if index >= 0 else self._index_of_id(chosen, None, "")
        self.model.setCurrentIndex(max(0, index))
        self.model.blockSignals(False)

    def describe(self, choice: ModelChoice | None, compression: Compression | None) -> None:
        """Say what the choice means, and let artefacts be cleaned up where that is possible.

        Args:
            choice: the models that may run, or None.
            compression: what the picture shows; None where there are many, or none.
        """
        self.hint.setText("" if choice is None else self._meaning(choice, compression))
        self.hint.setVisible(bool(self.hint.text()))
        cleans = choice is not None and self._cleans_up(choice, compression)
        self._clean_up.setVisible(cleans)

    def _cleans_up(self, choice: ModelChoice, compression: Compression | None) -> bool:
        if self.model_id() is not None:
            return False
        if self.family() is None:
            return self._automatic_cleans(choice) and (compression is None or compression.visible)
        return self.family() == JPEG

    def _automatic_cleans(self, choice: ModelChoice) -> bool:
        """Return whether a model that removes artefacts is installed; at 0 % it does not run."""
        return choice.depends or self.clean_up() == 0

    def _meaning(self, choice: ModelChoice, compression: Compression | None) -> str:
        family = self.family()
        if self.model_id() is not None:
            return ""
        if family is not None:
            return model_names.purpose(family)
        if not self._automatic_cleans(choice):
            return ""
        if compression is None:
            return self.tr("Removes artefacts where a picture shows those of JPEG.")
        if compression.blocks:
            return self.tr("Shows the blocks of a JPEG: artefacts are removed.")
        if compression.visible:
            text = self.tr("JPEG, quality about {0}: artefacts are removed.")
            return text.format(compression.quality)
        if compression.quality is not None:
            text = self.tr("JPEG, quality about {0}: kept as it is.")
            return text.format(compression.quality)
        return self.tr("Shows no blocks of a JPEG: kept as it is.")

    def _is_usual(self, card: ModelCard) -> bool:
        """Return whether a model is one that its family would choose at some scale."""
        return not (self._catalog.is_user(card) or self._catalog.is_for_comparison(card))

    def _index_of_id(self, model_id: str, scale: float | None, weights: str) -> int:
        """Return the entry of a model of the program, which may have to be added; or -1."""
        card = next((card for card in self._catalog.cards() if card.id == model_id), None)
        if card is None:
            return -1
        if not weights or self._catalog.choose(scale, weights, card.family).id == model_id:
            return self.model.findData(card.family)
        self.model.addItem(model_names.listed_name(card), card.id)
        return self.model.count() - 1

    def _make_clean_up(self) -> None:
        self._clean_up = QWidget()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, WHOLE)
        self.slider.setPageStep(10)
        self.slider.setValue(WHOLE)
        self.slider.setAccessibleName(self.tr("Clean-up"))
        self.slider.setToolTip(
            self.tr("How much of the artefacts is removed; with less, more fine detail is kept.")
        )
        percent = label(f"{WHOLE} %")
        percent.setMinimumWidth(percent.sizeHint().width())
        percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self.clean_up_changed)
        self.slider.valueChanged.connect(lambda value: percent.setText(f"{value} %"))
        self.slider.valueChanged.connect(self._settled.start)
        self.slider.sliderReleased.connect(self._settled.start)
        row = QHBoxLayout(self._clean_up)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(label(self.tr("Clean-up"), "muted"))
        row.addWidget(self.slider, 1)
        row.addWidget(percent)
