"""One model on the models page: its title, and a line for each kind of weights."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from bsr.engine.models import JPEG

from ...qt.theme import icon
from ..shared import formatting, model_names
from ..shared.sentences import in_words
from ..shared.widgets import icon_button, label, line, mark, set_role

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard

SETS = ("Set5", "Set14", "B100", "Urban100")
JPEG_SET = "Set14 JPEG 75"  # small pictures that were saved as JPEG first


class ModelPanel(QFrame):
    """Shows a model and lets it be the default or be removed.

    Signals:
        default_wanted(str): the user pressed the button; what the settings are to name.
        removal_wanted(str): the user pressed the button; the model's id.
    """

    default_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, cards: Sequence[ModelCard], *, own: bool) -> None:
        """Show a model.

        Args:
            cards: of its files, binary before float.
            own: whether the user imported it, so that it can be removed.
        """
        super().__init__()
        mark(self, "card")
        self._cards = sorted(cards, key=lambda card: card.weights)
        self._speeds: dict[Path, QLabel] = {}
        self._checks: dict[Path, QLabel] = {}
        self.model_id = cards[0].id
        family = model_names.own_family(self.model_id)
        self.choice = family or self.model_id
        self.setAccessibleName(model_names.listed_name(cards[0]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head(own))
        if family is not None:
            layout.addWidget(label(model_names.purpose(family), wrap=True))
        layout.addWidget(line())
        layout.addLayout(self._table())
        if self._cards[0].weights == "binary" and not self._cards[0].has_binary_layers:
            layout.addWidget(label(model_names.why_not_faster(), "muted", wrap=True))
        training = self.tr("{0} · trained on {1}")
        card = self._cards[0]
        about = label(training.format(card.licence, card.training), "muted", wrap=True)
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(about)

    def set_default(self, default: bool) -> None:
        """Mark the model that the program starts with."""
        self.default.setIcon(icon("star-filled" if default else "star"))
        self.default.setChecked(default)
        self.default.setText(self.tr("Default") if default else self.tr("Make default"))

    def show_speed(self, card: ModelCard, pixels_per_second: float | None) -> None:
        """Show input pixels per second as megapixels of the result."""
        target = self._speeds[card.path]
        if pixels_per_second is None:
            target.setText("–")
        else:
            target.setText(formatting.speed(pixels_per_second * card.scale**2 / 1e6))

    def show_speeds(self, speed_of: Callable[[ModelCard], float | None]) -> None:
        """Show the speeds of all files, see `show_speed`."""
        for card in self._cards:
            self.show_speed(card, speed_of(card))

    def show_check(self, card: ModelCard, problem: str | None) -> None:
        """Show what the check of a file gave; None where it was not checked."""
        target = self._checks[card.path]
        target.setToolTip(formatting.tool_tip(in_words(problem)) if problem else card.sha256)
        if problem is None:
            target.setText(self.tr("not checked"))
        else:
            target.setText(self.tr("damaged") if problem else self.tr("intact"))
        set_role(target, "muted" if problem is None else "error" if problem else "success")

    def show_busy(self, card: ModelCard, busy: bool) -> None:
        """Show that a file is being measured or checked."""
        if busy:
            self._speeds[card.path].setText("…")

    def show_all_busy(self, busy: Collection[tuple[str, str]]) -> None:
        """Show which models, by their keys, are being measured or checked."""
        for card in self._cards:
            self.show_busy(card, card.key in busy)

    def _head(self, own: bool) -> QHBoxLayout:
        card = self._cards[0]
        head = QHBoxLayout()
        head.setSpacing(8)
        title = label(model_names.model_name(card.id, card.title), "heading")
        scale = label(formatting.factor(card.scale), "link")
        head.addWidget(title)
        head.addWidget(scale)
        head.addWidget(label(card.id, "muted"))
        if own:
            head.addWidget(label(self.tr("imported"), "muted"))
        head.addStretch(1)
        self.default = icon_button("star", self.tr("The model that the program starts with"))
        self.default.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.default.setCheckable(True)
        self.default.clicked.connect(lambda: self.default_wanted.emit(self.choice))
        head.addWidget(self.default)
        self.remove = icon_button("remove", self.tr("Remove this model"))
        self.remove.clicked.connect(lambda: self.removal_wanted.emit(self.model_id))
        if not own:
            self.remove.hide()
        head.addWidget(self.remove)
        return head

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        measured = self._measured_set()
        quality = self.tr("PSNR / SSIM, {0}").format(measured) if measured else self.tr("Quality")
        captions = (
            self.tr("Weights"),
            self.tr("File"),
            self.tr("Parameters"),
            quality,
            self.tr("Speed here"),
            self.tr("Checksum"),
        )
        for column, caption in enumerate(captions):
            grid.addWidget(label(caption, "muted"), 0, column)
            grid.setColumnStretch(column, 3 if column in (1, 3) else 2)
        for row, card in enumerate(self._cards, 1):
            self._speeds[card.path], self._checks[card.path] = label(), label()
            cells = (
                label(model_names.weights(card.weights), "strong"),
                label(self._file(card)),
                label(QLocale().toString(card.parameters)),
                label(self._quality(card, measured)),
                self._speeds[card.path],
                self._checks[card.path],
            )
            for column, cell in enumerate(cells):
                cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(cell, row, column)
        return grid

    def _file(self, card: ModelCard) -> str:
        """Return a file's size, beside that of the float file where there is one."""
        size = formatting.data_size(card.bytes)
        float_card = next((other for other in self._cards if other.weights == "float"), card)
        if float_card is card:
            return size
        share = round(100 * card.bytes / float_card.bytes)
        return self.tr("{0} ({1} % of float)").format(size, share)

    def _measured_set(self) -> str:
        sets = (JPEG_SET, *SETS) if self._cards[0].family == JPEG else SETS
        return next((name for name in sets if any(name in card.scores for card in self._cards)), "")

    def _quality(self, card: ModelCard, measured: str) -> str:
        scores = card.scores.get(measured, {})
        if "psnr" not in scores:
            return "–"
        locale = QLocale()
        psnr = self.tr("{0} dB").format(locale.toString(scores["psnr"], "f", 2))
        if "ssim" not in scores:
            return psnr
        return f"{psnr} / {locale.toString(scores['ssim'], 'f', 3)}"
