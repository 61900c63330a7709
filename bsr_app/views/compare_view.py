"""The heart of the window: the original and its enlargements beside each other."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bsr_app.results import Result
from bsr_app.views.layers import Layers
from bsr_app.views.loupe import Loupe
from bsr_app.views.split_view import SplitCanvas
from bsr_app.views.viewport import Viewport
from engine.types import Picture, Pixels


class CompareView(QWidget):
    """Shows one original and the results made from it.

    Signals:
        mode_changed(str): "split", "side", "difference" or "blink".
        result_closed(object): the Result that was closed in this view.
        compare_here_requested(QRect): a region of the original, in its pixels.
    """

    mode_changed = Signal(str)
    result_closed = Signal(object)
    compare_here_requested = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewport = Viewport(self)
        self._layers = Layers(self._viewport, self)
        self._loupe = Loupe(self)
        self._mode = "split"
        self._split = SplitCanvas(self._viewport, self._layers, self._loupe)
        self._split.region_selected.connect(self.compare_here_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)

    @property
    def mode(self) -> str:
        """How the layers are shown: "split", "side", "difference" or "blink"."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Show the layers in another way."""
        self._mode = mode
        self.mode_changed.emit(mode)

    def set_original(self, picture: Picture | None, name: str) -> None:
        """Open a picture, or none; all results go."""
        self._layers.set_original(picture)
        self._split.setAccessibleDescription(name)

    def add_result(self, result: Result) -> None:
        """Add a result of the open picture and show it."""
        self._layers.add_result(result)

    def remove_result(self, result: Result) -> None:
        """Take a result away."""
        self._layers.remove_result(result)

    def results(self) -> list[Result]:
        """The results, oldest first."""
        return [layer.result for layer in self._layers.results if layer.result is not None]

    def clear(self) -> None:
        """Close the picture and its results."""
        self.set_original(None, "")

    def begin_live(self, height: int, width: int, title: str) -> None:
        """Show a result of (height, width) while it is computed."""
        self._layers.begin_live(height, width, title)

    def show_rows(self, top: int, left: int, pixels: Pixels, height: int, width: int) -> None:
        """Show finished rows of the result that is computed; they come in any order."""
        self._layers.show_rows(top, left, pixels)

    def end_live(self) -> None:
        """Stop showing the result that was computed."""
        self._layers.end_live()

    def fit(self) -> None:
        """Show the whole picture."""
        self._viewport.fit()

    def zoom_to(self, zoom: float) -> None:
        """Show the largest result at a zoom; 1 is one picture pixel on one device pixel."""
        self._viewport.zoom_to(zoom)

    def visible_region(self) -> QRect:
        """What is visible, in pixels of the original."""
        top, left, height, width = self._viewport.visible()
        return QRect(left, top, width, height)

    def select_region(self) -> None:
        """Let a drag choose the region for `compare_here_requested`."""
        self._split.select_region()
