"""The two views that examine the models on the open picture, in the place of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ...qt.job_runner import JobRunner
from ...work.region import Region
from ...work.upscaling import OpenPicture
from .model_grid import RegionGrid
from .quality_view import QualityView

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog

    from ...qt.settings import Settings


class Examinations(QObject):
    """Shows the comparison of all models, or the measurement of their quality.

    Signals:
        picked(str, str): a model's id and its weights, with which the user wants to go on.
    """

    picked = Signal(str, str)

    def __init__(
        self, runner: JobRunner, catalog: Catalog, settings: Settings, stack: QStackedWidget
    ) -> None:
        super().__init__(stack)
        self._runner, self._catalog, self._settings = runner, catalog, settings
        self._stack = stack
        self._grid: RegionGrid | None = None
        self._quality: QualityView | None = None

    @property
    def grid(self) -> RegionGrid:
        """The comparison of all models on a region; made when it is first wanted."""
        if self._grid is None:
            self._grid = RegionGrid(self._runner, self._catalog)
            self._grid.picked.connect(self.picked)
            self._grid.closed.connect(self.close)
            self._stack.addWidget(self._grid)
        return self._grid

    @property
    def quality(self) -> QualityView:
        """The measurement of quality; made when it is first wanted."""
        if self._quality is None:
            self._quality = QualityView(self._runner, self._catalog, self._settings)
            self._quality.closed.connect(self.close)
            self._stack.addWidget(self._quality)
        return self._quality

    def compare(self, opened: OpenPicture, region: Region) -> None:
        """Run every installed model on a region of a picture."""
        self._stack.setCurrentWidget(self.grid)
        self.grid.start(opened.picture, region, self._settings.preferences.threads)

    def measure(self, opened: OpenPicture) -> None:
        """Measure the models on a picture."""
        self._stack.setCurrentWidget(self.quality)
        self.quality.open(opened)

    def close(self) -> None:
        """Stop, and go back to the picture."""
        for view in (self._grid, self._quality):
            if view is not None:
                view.stop()
        self._stack.setCurrentIndex(0)
