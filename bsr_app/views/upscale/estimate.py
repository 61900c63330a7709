"""What an enlargement will give and take, told before it starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bsr.engine.errors import NotEnoughMemory
from bsr.qt.job_runner import Ending, JobHandle, JobRunner, Outcome
from bsr.views.shared import formatting
from bsr.views.upscale.control_panel import ControlPanel
from bsr.work.results import Result
from bsr.work.speeds import Speeds, measure, network_pixels
from bsr.work.upscaling import Opened, Wish, require_memory

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.qt.settings import Settings


class Forecast(QObject):
    """Fills in the panel's estimate; a model of unknown speed is measured in the job lane."""

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        speeds: Speeds,
        panel: ControlPanel,
    ) -> None:
        super().__init__(panel)
        self._runner, self._catalog = runner, catalog
        self._settings, self._speeds, self._panel = settings, speeds, panel
        self._opened: Opened | None = None
        self._job: JobHandle | None = None
        self._unmeasurable: set[Path] = set()
        panel.form.changed.connect(self.update)
        settings.changed.connect(self.update)

    def set_picture(self, opened: Opened | None) -> None:
        """Tell of another picture."""
        self._opened = opened
        self.update()

    def learn(self, wish: Wish, result: Result) -> None:
        """Take what a run took for the next forecast."""
        if self._opened is not None:
            picture = self._opened.picture
            pixels = network_pixels(wish.card, picture.height, picture.width, wish.scale)
            self._speeds.learn(wish.card, wish.threads, pixels, result.seconds)
            self.update()

    def update(self) -> None:
        """Say what the panel's wish will give and take."""
        if self._opened is None:
            return
        picture, wish = self._opened.picture, self._panel.form.wish()
        if wish is None:
            self._panel.show_estimate("–", "–", self.tr("No model is installed for this."))
            self._panel.set_ready(False)
            return
        height, width = picture.height, picture.width
        size = formatting.size(round(height * wish.scale), round(width * wish.scale))
        seconds = self._speeds.predict(wish.card, height, width, wish.scale, wish.threads)
        if seconds is not None:
            time = self.tr("about {0}").format(formatting.duration(seconds))
        else:
            time = self.tr("measuring …") if self._measure(wish) else self.tr("unknown")
        problem = self._problem(wish, self._opened)
        self._panel.show_estimate(f"{size} px", time, problem)
        self._panel.set_ready(not problem)

    def _problem(self, wish: Wish, opened: Opened) -> str:
        try:
            require_memory(wish, opened.picture, self._settings.preferences.memory_limit)
        except NotEnoughMemory as error:
            return str(error)
        return ""

    def _measure(self, wish: Wish) -> bool:
        """Time a model; give whether its speed will be known soon."""
        if wish.card.path in self._unmeasurable:
            return False
        if self._job is None:
            catalog = self._catalog
            self._job = self._runner.submit(
                lambda reporter: measure(catalog, wish.card, wish.threads, reporter.cancel)
            )
            self._job.finished.connect(lambda outcome: self._take(wish, outcome))
        return True

    def _take(self, wish: Wish, outcome: Outcome) -> None:
        self._job = None
        if outcome.status is Ending.CANCELLED:
            return  # the window is closing
        if outcome.status is Ending.DONE:
            self._speeds.learn(wish.card, wish.threads, outcome.value, 1.0)
        else:
            self._unmeasurable.add(wish.card.path)  # the start will say why; do not try for ever
        self.update()
