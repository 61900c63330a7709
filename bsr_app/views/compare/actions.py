"""The compare view's actions: for its bar, for the menus and for the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ...qt.theme import icon
from .difference import AMPLIFICATIONS
from .layers import SLOTS
from .viewport import Viewport

MODES = ("split", "side", "difference", "blink")


class CompareActions(QObject):
    """Actions that work on what the panes share; what they cannot do themselves they announce."""

    mode_chosen = Signal(str)
    panes_chosen = Signal(int)
    amplification_chosen = Signal(int)
    magnifier_toggled = Signal(bool)
    region_wanted = Signal()
    crop_wanted = Signal()
    save_wanted = Signal(str)
    copy_wanted = Signal()
    slots_swapped = Signal()

    def __init__(self, viewport: Viewport, parent: QObject) -> None:
        super().__init__(parent)
        self.modes = self._modes()
        self.panes = self._choices(
            [(count, self.tr("{n} panes").format(n=count)) for count in range(2, SLOTS + 1)],
            self.panes_chosen,
            2,
        )
        self.amplifications = self._choices(
            [(times, f"×{times}") for times in AMPLIFICATIONS], self.amplification_chosen, 8
        )
        self.zoom_in = self._action(
            self.tr("Zoom in"), "zoom-in", ["+", "="], lambda: viewport.step(1)
        )
        self.zoom_out = self._action(
            self.tr("Zoom out"), "zoom-out", ["-"], lambda: viewport.step(-1)
        )
        self.fit = self._action(self.tr("Fit the window"), "fit", ["0"], viewport.fit)
        self.full = self._action(self.tr("100 %"), None, ["1"], lambda: viewport.zoom_to(1.0))
        self.double = self._action(self.tr("200 %"), None, ["2"], lambda: viewport.zoom_to(2.0))
        self.swap = self._action(
            self.tr("Swap left and right"), None, ["X"], self.slots_swapped.emit
        )
        self.magnifier = self._action(self.tr("Magnifier"), "loupe", ["L"], None)
        self.magnifier.setCheckable(True)
        self.magnifier.toggled.connect(self.magnifier_toggled)
        self.region = self._action(
            self.tr("Compare models here…"), "region", ["R"], self.region_wanted.emit
        )
        self.region.setWhatsThis(self.tr("Choose a region and run every installed model on it"))
        self.crop = self._action(self.tr("Crop…"), "crop", ["C"], self.crop_wanted.emit)
        self.crop.setWhatsThis(self.tr("Choose the part of the picture that is kept"))
        self.share = self._share()
        self.name_keys()

    def all(self) -> list[QAction]:
        """Return every action, with separators, in the order of a menu."""
        groups = [
            list(self.modes.values()),
            list(self.panes.values()),
            [self.zoom_in, self.zoom_out, self.fit, self.full, self.double],
            [self.swap, self.magnifier, self.region, self.crop],
            self.share,
        ]
        listed: list[QAction] = []
        for group in groups:
            if listed:
                separator = QAction(self)
                separator.setSeparator(True)
                listed.append(separator)
            listed.extend(group)
        return listed

    def name_keys(self) -> None:
        """Say in the tool tips what the actions do, and with which key."""
        for action in self.findChildren(QAction):
            if keys := action.shortcut().toString():
                action.setToolTip(f"{action.whatsThis() or action.text()} ({keys})")

    def set_enabled(self, enabled: bool, mode: str, *, pair: bool) -> None:
        """Let the keys work, or leave them to others.

        Args:
            enabled: whether there is something to see.
            mode: one of MODES; the others' choices are left alone.
            pair: whether there is something to compare the original with.
        """
        for action in self.findChildren(QAction):
            action.setEnabled(enabled)
        for choices, wanted in ((self.panes, "side"), (self.amplifications, "difference")):
            for choice in choices.values():
                choice.setEnabled(enabled and mode == wanted)
        self.swap.setEnabled(enabled and pair)

    def _share(self) -> list[QAction]:
        """Return what makes pictures of the comparison."""
        actions = [
            self._action(
                self.tr("Copy the comparison"), "copy", ["Ctrl+Shift+C"], self.copy_wanted.emit
            )
        ]
        for kind, text, key in (
            ("slider", self.tr("Save with the slider…"), "Ctrl+E"),
            ("side", self.tr("Save side by side…"), "Ctrl+Shift+E"),
            ("animation", self.tr("Save as an animation…"), "Ctrl+Alt+E"),
        ):
            actions.append(self._action(text, None, [key], partial(self.save_wanted.emit, kind)))
        return actions

    def _modes(self) -> dict[str, QAction]:
        texts = {
            "split": (self.tr("Split"), "S", self.tr("Split with a slider")),
            "side": (self.tr("Side by side"), "A", self.tr("Side by side, moving together")),
            "difference": (self.tr("Difference"), "D", self.tr("Where the two differ")),
            "blink": (self.tr("Blink"), "B", self.tr("Alternating in the same place")),
        }
        group = QActionGroup(self)
        actions = {}
        for mode, (text, key, tip) in texts.items():
            action = self._action(text, mode, [key], None)
            action.setWhatsThis(tip)
            action.setCheckable(True)
            action.setChecked(mode == MODES[0])
            action.triggered.connect(lambda _=False, mode=mode: self.mode_chosen.emit(mode))
            group.addAction(action)
            actions[mode] = action
        return actions

    def _choices(
        self, choices: list[tuple[int, str]], chosen: SignalInstance, first: int
    ) -> dict[int, QAction]:
        group = QActionGroup(self)
        actions = {}
        for number, text in choices:
            action = self._action(text, None, [], None)
            action.setCheckable(True)
            action.setChecked(number == first)
            action.triggered.connect(lambda _=False, number=number: chosen.emit(number))
            group.addAction(action)
            actions[number] = action
        return actions

    def _action(
        self, text: str, icon_name: str | None, keys: list[str], work: Callable[[], None] | None
    ) -> QAction:
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if work is not None:
            action.triggered.connect(lambda _=False: work())
        return action
