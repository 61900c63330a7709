"""The heart of the window: the original and its enlargements beside each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from bsr.engine.picture import Picture

from ...work.comparison import Comparison
from ...work.results import Result
from .actions import MODES, CompareActions
from .bar import CompareBar
from .blink import BlinkCanvas
from .canvas import Canvas
from .comparison import take_comparison
from .crop import CropBar, CropOverlay
from .crop_frame import CropFrame
from .difference import DifferenceCanvas
from .layers import Layers
from .magnifier import Magnifier
from .pane import Pane
from .side_by_side import SideView
from .split import SplitCanvas
from .viewport import Viewport


class CompareView(QWidget):
    """Shows one original and the results made from it.

    Attributes:
        layers: the original and its results, which come and go there.
        viewport: the place and zoom that all panes share.

    Signals:
        result_closed(object): the Result that was closed in this view.
        compare_here_requested(object): a Region of the original.
        crop_requested(object): the Region of the original to go on with.
        save_requested(str): the comparison is to be saved: "slider", "side" or "animation".
        copy_requested(): the comparison is to be copied.
    """

    result_closed = Signal(object)
    compare_here_requested = Signal(object)
    crop_requested = Signal(object)
    save_requested = Signal(str)
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport(self)
        self.layers = Layers(self.viewport, self)
        self.magnifier = Magnifier(self)
        shared = self.viewport, self.layers, self.magnifier
        self.split, self.blink = SplitCanvas(*shared), BlinkCanvas(*shared)
        self.difference = DifferenceCanvas(*shared)
        self._mode = MODES[0]
        self._croppable = True
        self._actions = CompareActions(self.viewport, self)
        self._bar = CompareBar(self._actions, self.viewport)
        self._bar.setParent(self)  # before the panes, for Tab; made in here it begins narrow
        self.crop_overlay = CropOverlay(self.split)
        self.crop_bar = CropBar(self.crop_overlay, self)
        self.side = SideView(*shared, self)
        self._build()
        self._connect()
        self._react()

    @property
    def mode(self) -> str:
        """How the layers are shown: "split", "side", "difference" or "blink"."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Show the layers in another way: "split", "side", "difference" or "blink"."""
        self._stop_selecting()
        self._end_crop()
        self._actions.modes[mode].setChecked(True)
        self._pages.setCurrentIndex(MODES.index(mode))
        self._bar.panes.setVisible(mode == "side")
        self._bar.amplification.setVisible(mode == "difference")
        self._bar.write_texts()
        if mode != self._mode:
            self._mode = mode
            self._react()
            self.canvases()[0].setFocus()

    def set_original(self, picture: Picture | None, name: str) -> None:
        """Open a picture, or none; all results go.

        Args:
            picture: the original.
            name: what it is called, for those who hear and do not see it.
        """
        self._stop_selecting()
        self._end_crop()
        self.layers.set_original(picture)
        self.setAccessibleDescription(name)

    def results(self) -> list[Result]:
        """Return the results, oldest first."""
        return [layer.result for layer in self.layers.results if layer.result is not None]

    def select_region(self) -> None:
        """Let a drag, or Return for what is visible, choose where to compare models."""
        for canvas in reversed(self.canvases()):
            canvas.select_region()

    def begin_crop(self) -> None:
        """Let the user choose a part of the original, beginning with what is visible."""
        if self.layers.slot(0) is None:
            return
        self.set_mode(MODES[0])
        seen = self.viewport.visible()
        self.crop_bar.begin()
        self._bar.hide()
        self.crop_bar.show()
        self.crop_overlay.begin(
            CropFrame(seen.top, seen.left, seen.height, seen.width, self.viewport.size)
        )

    def allow_cropping(self, allowed: bool) -> None:
        """Offer to crop, or not while the whole picture is being enlarged."""
        self._croppable = allowed
        if not allowed:
            self._end_crop()
        self._react()

    def comparison(self, *, beside: bool) -> Comparison | None:
        """Return what is visible of the pictures that are compared, or None.

        Args:
            beside: whether they will stand beside each other.
        """
        return take_comparison(self.split, beside=beside)

    def menu_actions(self) -> list[QAction]:
        """Return the actions for the menu of views, separators included."""
        return self._actions.all()

    def canvases(self) -> list[Canvas]:
        """Return the pictures that are shown in this mode."""
        pages: dict[str, list[Canvas]] = {
            "split": [self.split],
            "side": self.side.canvases,
            "difference": [self.difference],
            "blink": [self.blink],
        }
        return pages[self._mode]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._react()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._actions.set_enabled(False, self._mode, pair=False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.layers.listed.emit()  # with their names in another language
            self._actions.name_keys()
            self._bar.say_anew()

    def _build(self) -> None:
        names = {
            self.split: self.tr("Before and after, with a slider"),
            self.difference: self.tr("Difference of two pictures"),
            self.blink: self.tr("Two pictures in turn"),
        }
        self._pages = QStackedLayout()
        pairs = [Pane(canvas, (0, 1), self) for canvas in (self.split, self.difference, self.blink)]
        for pane in (*pairs, *self.side.panes):
            pane.closed.connect(self._close)
        for canvas, name in names.items():
            canvas.setAccessibleName(name)
        for number, pane in enumerate(self.side.panes):
            pane.canvas.setAccessibleName(self.tr("Pane {n}").format(n=number + 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.crop_bar)
        layout.addLayout(self._pages, 1)
        for page in (pairs[0], self.side, *pairs[1:]):
            self._pages.addWidget(page)
        self.addActions(self._actions.all())
        self.set_mode(self._mode)

    def _connect(self) -> None:
        actions = self._actions
        actions.mode_chosen.connect(self.set_mode)
        actions.panes_chosen.connect(self.side.set_count)
        actions.amplification_chosen.connect(self.difference.set_amplification)
        actions.magnifier_toggled.connect(self.magnifier.set_active)
        actions.region_wanted.connect(self.select_region)
        actions.slots_swapped.connect(self.layers.swap)
        actions.crop_wanted.connect(self.begin_crop)
        actions.save_wanted.connect(self.save_requested)
        actions.copy_wanted.connect(self.copy_requested)
        self.layers.chosen.connect(self._react)
        self.crop_overlay.accepted.connect(self._end_crop)
        self.crop_overlay.accepted.connect(self.crop_requested)
        self.crop_overlay.cancelled.connect(self._end_crop)
        self.layers.listed.connect(self._react)
        side = [pane.canvas for pane in self.side.panes]
        for canvas in (self.split, self.difference, self.blink, *side):
            canvas.region_selected.connect(self.compare_here_requested)
            canvas.selection_ended.connect(self._stop_selecting)

    def _react(self) -> None:
        """Let the keys work while there is something to see."""
        possible = self.isVisible() and self.layers.slot(0) is not None
        self._actions.set_enabled(possible, self._mode, pair=not self.layers.alone)
        self._actions.crop.setEnabled(possible and self._croppable)
        for action in self._actions.share:
            action.setEnabled(possible and len(self.split.shown_layers()) == 2)

    def _end_crop(self) -> None:
        """Go back to the usual bar; who had the keys in the other one is the picture."""
        self.crop_overlay.end()
        focus = QApplication.focusWidget()
        if focus is not None and self.crop_bar.isAncestorOf(focus):
            self.split.setFocus()
        self.crop_bar.hide()
        self._bar.show()

    def _stop_selecting(self) -> None:
        for canvas in self.canvases():
            canvas.end_selection()

    def _close(self, result: Result) -> None:
        self.layers.remove_result(result)
        self.result_closed.emit(result)
