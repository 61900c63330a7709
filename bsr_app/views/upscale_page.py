"""The page where one picture is enlarged, compared and saved."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bsr_app.job_runner import Ending, JobRunner, Outcome, Reporter
from bsr_app.results import Result
from bsr_app.speeds import Speeds, measure, network_pixels
from bsr_app.views import words
from bsr_app.views.compare_view import CompareView
from bsr_app.views.control_panel import ControlPanel, Wish
from bsr_app.views.outbox import Outbox
from bsr_app.views.save_bar import SaveBar
from engine.errors import NotEnoughMemory
from engine.types import Picture, Pixels, Progress

if TYPE_CHECKING:
    from bsr_app.settings import Settings
    from bsr_app.views.actions import Actions
    from engine.catalog import Catalog


@dataclass(frozen=True)
class Opened:
    """A picture that was read: its file, or None where it was pasted, and what is said of it."""

    picture: Picture
    name: str
    path: Path | None


class UpscalePage(QWidget):
    """Compare view, control panel and save bar, and the work that they ask for.

    Signals:
        opened(object): an Opened was read and is shown.
        failed(object): an exception kept something from happening; nothing was changed.
        state_changed(): work began or ended, or other results are there.
    """

    opened = Signal(object)
    failed = Signal(object)
    state_changed = Signal()

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        speeds: Speeds,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._runner, self._catalog = runner, catalog
        self._settings, self._speeds = settings, speeds
        self.current: Opened | None = None
        self._wish: Wish | None = None
        self._open_job = self._work_job = self._measure_job = 0
        self._measured: Wish | None = None
        self._unmeasurable: set[Path] = set()
        self._live_size = (0, 0)
        self._began = 0.0
        self.compare = CompareView()
        self.panel = ControlPanel(catalog, settings)
        self.outbox = Outbox(runner, settings, self)
        self.save_bar = SaveBar(settings, actions)
        self.save_bar.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.compare, 1)
        row.addWidget(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.save_bar)
        self._connect()

    @property
    def opening(self) -> bool:
        """Whether a picture is being read."""
        return bool(self._open_job)

    @property
    def running(self) -> bool:
        """Whether a picture is being enlarged."""
        return bool(self._work_job)

    @property
    def result(self) -> Result | None:
        """The chosen result, the one that is saved and copied."""
        return self.panel.results.current()

    def open(self, path: Path) -> None:
        """Read a picture in the job lane and show it; one that cannot be read changes nothing."""

        def work(reporter: Reporter) -> Opened:
            from engine.images import read_picture

            return Opened(read_picture(path), path.name, path)

        self._open_job = self._runner.submit(work, light=True)
        self.state_changed.emit()

    def open_image(self, image: QImage, name: str) -> None:
        """Show a picture that has no file, such as a pasted one."""

        def work(reporter: Reporter) -> Opened:
            from bsr_app.qt_images import from_qimage

            return Opened(from_qimage(image), name, None)

        self._open_job = self._runner.submit(work, light=True)
        self.state_changed.emit()

    def close_picture(self) -> None:
        """Close the picture and all its results."""
        self.cancel()
        self.current = None
        self._clear_results()
        self.compare.clear()
        self.state_changed.emit()

    def start(self) -> None:
        """Enlarge the open picture as the panel says."""
        wish, opened = self.panel.wish(), self.current
        if wish is None or opened is None or self.running:
            return
        limit = self._settings.preferences.memory_limit
        catalog = self._catalog

        def work(reporter: Reporter) -> Result:
            return _enlarge(catalog, opened.picture, wish, limit, reporter)

        self._wish, self._live_size, self._began = wish, (0, 0), 0.0
        self._work_job = self._runner.submit(work)
        self.panel.begin()
        self.state_changed.emit()

    def cancel(self) -> None:
        """Stop the work on this page."""
        if self.running:
            self.panel.show_stopping()
            self._runner.cancel(self._work_job)

    def close_result(self, result: Result) -> None:
        """Close one result."""
        self.panel.results.remove(result)
        self.compare.remove_result(result)
        self.outbox.forget(result)
        self._results_changed()

    def go_on_with(self, model_id: str, weights: str) -> None:
        """Enlarge the picture with this model, or show its result where it is there already."""
        self.panel.set_model(model_id, weights)
        if not self._show_existing():
            self.start()

    def save(self) -> None:
        """Save the chosen result where the settings say."""
        if self.result is not None and self.current is not None:
            self.outbox.save(self.current.path, self.current.name, self.result)

    def save_as(self, target: Path) -> None:
        """Save the chosen result in a file that the person named."""
        if self.result is not None and self.current is not None:
            self.outbox.save_as(target, self.current.path, self.result)

    def copy(self) -> None:
        """Put the chosen result on the clipboard."""
        if self.result is not None:
            self.outbox.copy(self.result)

    def models_changed(self) -> None:
        """Look at the installed models again."""
        self.panel.reload()

    def kernels_ready(self) -> None:
        """Measure the model that is set, where nothing is known of its speed."""
        self._update_estimate()

    # Signals ------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._runner.started.connect(self._work_started)
        self._runner.progressed.connect(self._show_progress)
        self._runner.rows_finished.connect(self._show_rows)
        self._runner.finished.connect(self._take)
        self.panel.start_requested.connect(self.start)
        self.panel.cancel_requested.connect(self.cancel)
        self.panel.changed.connect(self._update_estimate)
        self.panel.weights_switched.connect(self._show_existing)
        self.panel.results.chosen.connect(self._show_result)
        self.panel.results.close_requested.connect(self.close_result)
        self.compare.result_closed.connect(self.close_result)
        self.outbox.failed.connect(self.failed)
        self.save_bar.drag_begun.connect(self._drag)
        self._settings.changed.connect(self._update_estimate)

    def _work_started(self, job: int) -> None:
        if job == self._work_job:
            self._began = time.monotonic()

    def _show_progress(self, job: int, progress: Progress) -> None:
        if job != self._work_job:
            return
        left = None
        spent = time.monotonic() - self._began
        if progress.stage == "upscaling" and progress.done and spent > 0.5:
            left = spent * (progress.total - progress.done) / progress.done
        self.panel.show_progress(progress, left)

    def _show_rows(
        self, job: int, top: int, left: int, pixels: Pixels, height: int, width: int
    ) -> None:
        if job != self._work_job or self._wish is None:
            return
        if self._live_size != (height, width):
            self._live_size = (height, width)
            card = self._wish.card
            title = f"{words.model_name(card.title)} · {words.weights(card.weights)}"
            self.compare.begin_live(height, width, title)
        self.compare.show_rows(top, left, pixels, height, width)

    def _take(self, job: int, outcome: Outcome) -> None:
        if job == self._open_job:
            self._open_job = 0
            if outcome.status is Ending.DONE:
                self._show(outcome.value)
            elif outcome.error is not None:
                self.failed.emit(outcome.error)
            self.state_changed.emit()
        elif job == self._work_job:
            self._work_ended(outcome)
        elif job == self._measure_job:
            self._measure_job = 0
            self._measurement_ended(outcome)

    def _measurement_ended(self, outcome: Outcome) -> None:
        wish = self._measured
        if wish is not None and outcome.status is Ending.DONE:
            self._speeds.learn(wish.card, wish.threads, outcome.value, 1.0)
        elif wish is not None:
            self._unmeasurable.add(wish.card.path)  # the start will say why; do not try for ever
        self._update_estimate()

    def _work_ended(self, outcome: Outcome) -> None:
        self._work_job = 0
        self.compare.end_live()
        self.panel.end()
        if outcome.status is Ending.DONE and self.current is not None:
            self._add_result(outcome.value)
        elif outcome.error is not None:
            self.failed.emit(outcome.error)
        self.state_changed.emit()

    # The picture and its results ----------------------------------------------------------------

    def _show(self, opened: Opened) -> None:
        self.current = opened
        self._clear_results()
        self.compare.set_original(opened.picture, opened.name)
        picture = opened.picture
        facts = [
            f"{words.size(picture.height, picture.width)} px",
            words.megapixels(picture.height, picture.width),
        ]
        if picture.white > 255:
            facts.append(self.tr("16 bit"))
        if picture.alpha is not None:
            facts.append(self.tr("transparent"))
        self.panel.name.set_text(opened.name)
        self.panel.facts.set_text(" · ".join(facts))
        self.save_bar.set_source(opened.path)
        self.panel.start.setFocus()
        self._update_estimate()
        self.opened.emit(opened)

    def _clear_results(self) -> None:
        for result in self.compare.results():
            self.outbox.forget(result)
        self.panel.results.clear()
        self._results_changed()

    def _add_result(self, result: Result) -> None:
        """Show a new result; it takes the place of an older one of the same wish."""
        wish = self._wish
        if wish is not None and self.current is not None:
            picture = self.current.picture
            pixels = network_pixels(wish.card, picture.height, picture.width, wish.scale)
            self._speeds.learn(wish.card, wish.threads, pixels, result.seconds)
        for older in self.compare.results():
            if _same_wish(older, result):
                self.close_result(older)
        self.compare.add_result(result)
        self.panel.results.add(result)
        self._results_changed()
        self._update_estimate()

    def _results_changed(self) -> None:
        any_results = self.panel.results.count() > 0
        self.save_bar.setVisible(any_results)
        self.panel.show_results(any_results)
        self.state_changed.emit()

    def _show_result(self, result: Result) -> None:
        for layer in self.compare.layers.results:
            if layer.result is result:
                self.compare.layers.choose(1, layer)
        self.state_changed.emit()

    def _show_existing(self) -> bool:
        """Show the result of what is set now, if it was made already."""
        wish = self.panel.wish()
        for result in self.compare.results():
            if (
                wish is not None
                and (result.model_id, result.weights) == (wish.card.id, wish.card.weights)
                and result.scale == wish.scale
            ):
                self.panel.results.choose(result)
                return True
        return False

    def _drag(self) -> None:
        if self.result is not None and self.current is not None:
            self.outbox.drag(self.current.path, self.current.name, self.result)

    # What it will take ---------------------------------------------------------------------------

    def _update_estimate(self) -> None:
        opened = self.current
        if opened is None:
            return
        wish = self.panel.wish()
        if wish is None:
            self.panel.show_estimate("–", "–", self.tr("No model is installed for this."))
            self.panel.set_ready(False)
            return
        height, width = opened.picture.height, opened.picture.width
        rows, columns = round(height * wish.scale), round(width * wish.scale)
        result = f"{words.size(rows, columns)} px"
        problem = self._problem(wish, opened.picture)
        seconds = self._speeds.predict(wish.card, height, width, wish.scale, wish.threads)
        if seconds is None:
            self._measure(wish)
            time_text = self.tr("measuring …") if self._measure_job else self.tr("unknown")
        else:
            time_text = self.tr("about {0}").format(words.duration(seconds))
        self.panel.show_estimate(result, time_text, problem)
        self.panel.set_ready(not problem)

    def _problem(self, wish: Wish, picture: Picture) -> str:
        try:
            _check_memory(wish, picture, self._settings.preferences.memory_limit)
        except NotEnoughMemory as error:
            return str(error)
        return ""

    def _measure(self, wish: Wish) -> None:
        """Time the model that is set, in the job lane, when its kernels are there."""
        from engine.upscale import kernels_are_ready

        busy = self._measure_job or self.running
        if busy or wish.card.path in self._unmeasurable or not kernels_are_ready():
            return
        catalog, self._measured = self._catalog, wish
        self._measure_job = self._runner.submit(
            lambda reporter: measure(catalog, wish.card, wish.threads, reporter.cancel)
        )

    def visible_region(self) -> QRect:
        """The visible part of the original, in its pixels."""
        return self.compare.visible_region()


def _enlarge(
    catalog: Catalog, picture: Picture, wish: Wish, limit: int | None, reporter: Reporter
) -> Result:
    """Enlarge a picture; runs in the job lane."""
    from engine.upscale import upscale

    card = wish.card
    _check_memory(wish, picture, limit)
    model = catalog.load(card)
    started = time.perf_counter()
    enlarged = upscale(
        model,
        picture,
        scale=wish.scale,
        threads=wish.threads,
        on_progress=reporter.progress,
        on_rows=reporter.rows,
        cancel=reporter.cancel,
    )
    seconds = time.perf_counter() - started
    title = words.model_name(card.title)
    return Result(enlarged, title, card.id, card.weights, seconds, card.bytes, wish.scale)


def _check_memory(wish: Wish, picture: Picture, limit: int | None) -> None:
    from engine.upscale import check_memory

    check_memory(
        wish.card,
        picture.height,
        picture.width,
        wish.scale,
        wish.threads,
        limit,
        bits=8 if picture.white == 255 else 16,
        alpha=picture.alpha is not None,
    )


def _same_wish(one: Result, other: Result) -> bool:
    return (one.model_id, one.weights, one.scale) == (other.model_id, other.weights, other.scale)
