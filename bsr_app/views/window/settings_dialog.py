"""The settings: what is kept between two starts of the program."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bsr.engine.errors import BsrError
from bsr.engine.jobs.output_names import PLACEHOLDERS, output_name
from bsr.engine.machine import cores
from bsr.engine.models import FAMILIES

from ...languages import LANGUAGES
from ...qt.settings import RANGES, Preferences, Settings
from ..shared import model_names
from ..shared.choices import choice, exists_choice, format_choice, weights_segments
from ..shared.sentences import in_words
from ..shared.widgets import Segments, button, inset, label, mark, set_role

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard


class SettingsDialog(QDialog):
    """Shows the preferences in three tabs; nothing is changed before OK."""

    def __init__(self, settings: Settings, cards: Sequence[ModelCard], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Settings"))
        self.resize(560, 440)
        tabs = self.tabs = QTabWidget()
        tabs.addTab(self._general(), self.tr("General"))
        tabs.addTab(self._upscaling(cards), self.tr("Enlarging"))
        tabs.addTab(self._saving(), self.tr("Saving"))
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(kinds.RestoreDefaults).clicked.connect(
            lambda: self.show_preferences(Preferences())
        )
        mark(self.buttons.button(kinds.Ok), "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(tabs, 1)
        layout.addWidget(self.buttons)
        self.show_preferences(settings.preferences)
        for field in (self.folder, self.template):
            field.textChanged.connect(self._check_names)
        if not self.buttons.button(kinds.Ok).isEnabled():  # for what an earlier edition kept
            tabs.setCurrentIndex(tabs.count() - 1)

    def show_preferences(self, preferences: Preferences) -> None:
        """Fill in the fields."""
        for box, value in (
            (self.language, preferences.language),
            (self.format, preferences.format),
            (self.if_exists, preferences.if_exists),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._show_model(preferences.model)
        self.theme.set_value(preferences.theme)
        self.free_cores.setValue(min(preferences.free_cores, self.free_cores.maximum()))
        self.memory.setValue(preferences.memory_limit_gigabytes)
        self.weights.set_value(preferences.weights)
        self.folder.setText(preferences.output_folder)
        self.template.setText(preferences.template)
        self.quality.setValue(preferences.quality)
        self.metadata.setChecked(preferences.keep_metadata)
        self._check_names()

    def _show_model(self, model: str) -> None:
        """Show a family or a model, listed or not: none is before the pages are loaded."""
        if self.model.findData(model) < 0:
            self.model.addItem(model_names.family(model) if model in FAMILIES else model, model)
        self.model.setCurrentIndex(self.model.findData(model))

    def chosen(self) -> dict[str, object]:
        """Return the values of the fields, by the names of Preferences."""
        return {
            "language": self.language.currentData(),
            "theme": self.theme.value(),
            "free_cores": self.free_cores.value(),
            "memory_limit_gigabytes": self.memory.value(),
            "model": self.model.currentData(),
            "weights": self.weights.value(),
            "output_folder": self._output_folder(),
            "template": self.template.text(),
            "format": self.format.currentData(),
            "quality": self.quality.value(),
            "keep_metadata": self.metadata.isChecked(),
            "if_exists": self.if_exists.currentData(),
        }

    def accept(self) -> None:
        """Keep what was chosen and close."""
        self._settings.change(**self.chosen())
        super().accept()

    def _general(self) -> QWidget:
        page, form = _page()
        self.theme = Segments(
            [
                ("system", self.tr("System")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            self.tr("Appearance"),
        )
        self.language = choice(
            [("", self.tr("Same as the system")), *LANGUAGES.items()], self.tr("Language")
        )
        _add(form, self.tr("Appearance"), self.theme)
        _add(form, self.tr("Language"), self.language)
        return page

    def _upscaling(self, cards: Sequence[ModelCard]) -> QWidget:
        page, form = _page()
        self.model = choice([("", self.tr("Automatic"))], self.tr("Model"))
        for card in cards:
            family = model_names.own_family(card.id)
            name = model_names.family(family) if family else model_names.listed_name(card)
            if self.model.findData(family or card.id) < 0:
                self.model.addItem(name, family or card.id)
        self.weights = weights_segments(self.tr("Weights"))
        self.free_cores = QSpinBox()
        self.free_cores.setRange(0, max(0, cores() - 1))
        inset(self.free_cores)
        self.free_cores.setSpecialValueText(self.tr("None"))
        self.free_cores.setAccessibleName(self.tr("Cores left free"))
        self.free_cores.setToolTip(self.tr("For other programs, while BSR enlarges pictures"))
        self.memory = QDoubleSpinBox()
        self.memory.setRange(*RANGES["memory_limit_gigabytes"])
        self.memory.setDecimals(1)
        inset(self.memory)
        self.memory.setSuffix(" GB")
        self.memory.setSpecialValueText(self.tr("All free memory"))
        self.memory.setAccessibleName(self.tr("Memory limit"))
        _add(form, self.tr("Model"), self.model)
        _add(form, self.tr("Weights"), self.weights)
        _add(form, self.tr("Cores left free"), self.free_cores)
        _add(form, self.tr("Memory limit"), self.memory)
        return page

    def _saving(self) -> QWidget:
        page, form = _page()
        self.folder = QLineEdit()
        self.folder.setPlaceholderText(self.tr("Next to the original"))
        self.folder.setAccessibleName(self.tr("Folder"))
        browse = button(self.tr("Choose…"))
        browse.clicked.connect(self._choose_folder)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.folder, 1)
        folder.addWidget(browse)
        self.template = QLineEdit()
        self.template.setAccessibleName(self.tr("Name"))
        self.template.setToolTip(" ".join(PLACEHOLDERS))
        self.example = label("", "muted", wrap=True)
        self.format = format_choice()
        self.quality = QSpinBox()
        self.quality.setRange(*RANGES["quality"])
        inset(self.quality)
        self.quality.setAccessibleName(self.tr("Quality of JPEG and WebP"))
        self.metadata = QCheckBox(self.tr("Keep EXIF and XMP"))
        self.if_exists = exists_choice()
        _add(form, self.tr("Folder"), folder)
        _add(form, self.tr("Name"), self.template)
        form.addRow("", self.example)
        _add(form, self.tr("If the file exists"), self.if_exists)
        _add(form, self.tr("Format"), self.format)
        _add(form, self.tr("Quality"), self.quality)
        form.addRow("", self.metadata)
        return page

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for results"), self.folder.text()
        )
        if name:
            self.folder.setText(name)

    def _output_folder(self) -> str:
        """Return the folder for results with "~" as the user's own, "" for that of the original."""
        folder = self.folder.text().strip()
        with suppress(RuntimeError):  # there is no such user
            folder = str(Path(folder).expanduser()) if folder else ""
        return folder

    def _check_names(self) -> None:
        """Show what a name will look like, or what is wrong with the template or the folder."""
        folder = self._output_folder()
        nowhere = folder != "" and not Path(folder).is_absolute()
        try:
            name = output_name(
                Path("photo.jpg"),
                self.template.text(),
                scale=4,
                model="bsr-x4",
                weights=self.weights.value(),
                suffix=".jpg",
            )
        except BsrError as error:
            example, wrong = in_words(str(error)), True
        else:
            example = self.tr("For example: {0}").format(name)
            wrong = not self.template.text().strip()
        if nowhere:
            example = self.tr("Give the full path of the folder.")
        self.example.setText(example)
        set_role(self.example, "error" if wrong or nowhere else "muted")
        mark(self.template, "wrong", wrong)
        mark(self.folder, "wrong", nowhere)
        allowed = not (wrong or nowhere)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(allowed)


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(16, 24, 8, 8)
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(12)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return page, form


def _add(form: QFormLayout, text: str, field: QWidget | QHBoxLayout) -> None:
    """Add a row whose label stands in the middle of its height."""
    caption = label(text)
    caption.setMinimumHeight(field.sizeHint().height())
    form.addRow(caption, field)
