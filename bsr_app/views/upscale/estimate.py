"""What an enlargement will give and take, told before it starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from bsr.engine.errors import NotEnoughMemory
from bsr.engine.images import FORMATS, known_format
from bsr.engine.upscaling.goal import CM_PER_INCH, Goal
from bsr.engine.upscaling.tiles import output_size

from ...qt.job_runner import JobHandle, JobRunner, Outcome, TaskStatus
from ...work.results import Result
from ...work.speeds import Speeds, measure
from ...work.upscaling import OpenPicture, UpscaleOptions, require_memory
from ..shared import formatting
from ..shared.sentences import in_words
from .control_panel import ControlPanel

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture

    from ...qt.settings import Settings

LARGE_PIXELS = 200_000_000
MOMENT_SECONDS = 0.05  # nobody wants to know it more precisely


class Estimator(QObject):
    """Fills in the panel's estimate; a model of unknown speed is measured in a worker thread."""

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
        self._opened: OpenPicture | None = None
        self._job: JobHandle | None = None
        self._unmeasurable: set[Path] = set()
        panel.form.changed.connect(self.update)
        settings.changed.connect(self.update)

    def set_picture(self, opened: OpenPicture | None) -> None:
        """Tell of another picture."""
        self._opened = opened
        if opened is not None:
            self._panel.form.set_picture(opened)  # and so `update`

    def give_way(self) -> None:
        """Stop measuring, since something else is to be computed; `update` begins again."""
        if self._job is not None:
            self._job.cancel()

    def learn(self, options: UpscaleOptions, result: Result) -> None:
        """Take what a run took for the next estimate."""
        if self._opened is None or options.mix.other is not None or not result.seconds:
            return  # it says nothing of one model
        predicted = self._predict(options, self._opened.picture)
        if predicted is not None:
            self._speeds.learn(options.card, options.threads, predicted, result.seconds)
            self.update()

    def update(self) -> None:
        """Show what the panel's options will give and take."""
        if self._opened is None:
            return
        self._panel.form.describe_weights()  # their speeds may be known now
        picture, options = self._opened.picture, self._panel.form.options()
        if options is None:
            self._panel.show_estimate("–", "–", self._panel.form.problem())
            self._panel.set_ready(False)
            return
        height, width = picture.height, picture.width
        large = output_size(height, width, options.scale)
        size = formatting.size(*large)
        seconds = self._predict(options, picture)
        if seconds is not None:
            about = "{0}" if seconds < MOMENT_SECONDS else self.tr("about {0}")
            time = about.format(formatting.duration(seconds))
        else:
            time = self.tr("measuring…") if self._measure(options) else self.tr("unknown")
        problem = self._problem(options, self._opened)
        note = self._advice(*large, self._opened)
        area = self._area(*large, options.goal)
        self._panel.show_estimate(f"{size} px", time, problem, note, area)
        self._panel.set_ready(not problem)

    def _predict(self, options: UpscaleOptions, picture: Picture) -> float | None:
        """Return the seconds that enlarging will take, or None where the model's are unknown."""
        threads, alpha = options.threads, picture.alpha is not None
        size = picture.height, picture.width
        each = [
            self._speeds.predict(card, *size, options.scale, threads, alpha)
            for card in options.mix.cards
        ]
        known = [seconds for seconds in each if seconds is not None]
        return sum(known) if len(known) == len(each) else None

    def _area(self, height: int, width: int, goal: Goal | None) -> str:
        """Return the result's area, and of a print its size on paper."""
        area = formatting.megapixels(height, width)
        if goal is None or goal.dpi is None:
            return area
        sides = (formatting.decimal(side / goal.dpi * CM_PER_INCH) for side in (width, height))
        paper = self.tr("{0} × {1} cm").format(*sides)
        return f"{area} · {paper}"

    def _advice(self, height: int, width: int, opened: OpenPicture) -> str:
        """Return what one should know before a large result is made."""
        said = []
        if height * width >= LARGE_PIXELS:
            channels = 3 + (opened.picture.alpha is not None)
            bytes = height * width * channels * opened.picture.pixels.itemsize
            said.append(
                self.tr("A very large result: {0}, up to {1} as a file.").format(
                    formatting.megapixels(height, width), formatting.data_size(bytes)
                )
            )
        chosen = self._settings.preferences.format
        wanted = FORMATS[chosen] if chosen else known_format(opened.path or Path())
        limit = None if wanted is None else wanted.side_limit
        if wanted is not None and limit is not None and max(height, width) > limit:
            said.append(
                self.tr("{0} holds at most {1} pixels a side; choose PNG or TIFF.").format(
                    wanted.title, QLocale().toString(limit)
                )
            )
        return " ".join(said)

    def _problem(self, options: UpscaleOptions, opened: OpenPicture) -> str:
        try:
            require_memory(options, opened.picture, self._settings.preferences.memory_limit)
        except NotEnoughMemory as error:
            return in_words(str(error))
        return ""

    def _measure(self, options: UpscaleOptions) -> bool:
        """Time a model; return whether its speed will be known soon."""
        threads = options.threads
        unknown = [card for card in options.mix.cards if self._speeds.pace(card, threads) is None]
        card = unknown[0]
        if card.path in self._unmeasurable:
            return False
        if self._job is None:
            catalog = self._catalog
            self._job = self._runner.submit(
                lambda context: measure(catalog, card, threads, context.cancel)
            )
            self._job.finished.connect(lambda outcome: self._take(card, threads, outcome))
        return True

    def _take(self, card: ModelCard, threads: int, outcome: Outcome) -> None:
        self._job = None
        if outcome.status is TaskStatus.CANCELLED:
            return  # it gave way, or the window is closing
        if outcome.status is TaskStatus.DONE:
            self._speeds.keep(card, threads, outcome.value)
        else:
            self._unmeasurable.add(card.path)  # the start will say why; do not retry
        self.update()
