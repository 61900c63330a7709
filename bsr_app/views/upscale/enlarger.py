"""The work of the page: the open picture is enlarged in a worker, and seen to grow."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bsr.engine.progress import FinishedRows, Progress

from ...qt.job_runner import JobContext, JobHandle, JobRunner, Outcome, TaskStatus, Worker
from ...work import upscaling
from ...work.results import Result
from ...work.upscaling import OpenPicture, UpscaleOptions
from ..compare import CompareView
from .control_panel import ControlPanel

if TYPE_CHECKING:
    from bsr.engine.jobs.model_choice import Parts
    from bsr.engine.models.catalog import Catalog

    from ...qt.settings import Settings

SURE_SHARE = 0.05  # of the work; what is predicted before jumps


class Enlarger(QObject):
    """Enlarges a picture, one at a time, and shows in panel and compare view how far that is.

    Signals:
        begun(): a picture waits to be enlarged.
        made(object, object): the UpscaleOptions, and the Result that they gave.
        ended(object): the Outcome of work that was started.
    """

    begun = Signal()
    made = Signal(object, object)
    ended = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        panel: ControlPanel,
        compare: CompareView,
    ) -> None:
        super().__init__(panel)
        self._runner, self._catalog, self._settings = runner, catalog, settings
        self._panel, self._compare = panel, compare
        self._options: UpscaleOptions | None = None
        self._job: JobHandle | None = None
        self._mix_job: JobHandle | None = None
        self._live_size = (0, 0)
        self._began = 0.0

    @property
    def running(self) -> bool:
        """Whether a picture is being enlarged."""
        return self._job is not None

    def start(self, opened: OpenPicture, options: UpscaleOptions) -> None:
        """Enlarge a picture."""
        self._abandon_mixing()
        self._options, self._live_size = options, (0, 0)
        self._job = job = self._runner.submit(self._task(opened, options))
        job.started.connect(self._note_start)
        job.progressed.connect(self._show_progress)
        job.rows_finished.connect(self._show_rows)
        job.finished.connect(lambda outcome: self._take(options, outcome))
        self._panel.begin()
        self.begun.emit()
        self._compare.allow_cropping(False)

    def cancel(self) -> None:
        """Stop the work."""
        if self._job is not None:
            self._panel.show_stopping()
            self._job.cancel()

    def abandon(self) -> None:
        """Cancel the work and look no more at its outcome: its picture is going."""
        self._abandon_mixing()
        if self._job is not None:
            self._job.abandon()
            self._end()

    def can_mix(self, options: UpscaleOptions) -> bool:
        """Return whether the models have made already what these options mix."""
        return not options.mix.missing(self._known_parts(options))

    def mix(self, opened: OpenPicture, options: UpscaleOptions) -> None:
        """Mix what is there beside the panel's use; the last mixture counts."""
        self._abandon_mixing()

        def take(outcome: Outcome) -> None:
            self._mix_job = None
            if outcome.status is TaskStatus.DONE:
                self.made.emit(options, outcome.value)

        self._mix_job = self._runner.submit(self._task(opened, options), worker=Worker.IO)
        self._mix_job.finished.connect(take)

    def _abandon_mixing(self) -> None:
        if self._mix_job is not None:
            self._mix_job.abandon()
            self._mix_job = None

    def _task(self, opened: OpenPicture, options: UpscaleOptions) -> Callable[[JobContext], Result]:
        catalog, limit = self._catalog, self._settings.preferences.memory_limit
        known = self._known_parts(options)
        return lambda context: upscaling.upscale_picture(
            catalog, opened.picture, options, limit, context, known
        )

    def _known_parts(self, options: UpscaleOptions) -> Parts:
        """Return what the models have made of this picture already."""
        parts: Parts = {}
        for result in filter(options.made_alike, self._compare.results()):
            parts |= result.parts
        return parts

    def _note_start(self) -> None:
        self._began = time.monotonic()

    def _show_progress(self, progress: Progress) -> None:
        left = None
        spent = time.monotonic() - self._began
        share = progress.done / max(1, progress.total)
        if progress.stage == "upscaling" and share >= SURE_SHARE and spent > 0.5:
            left = spent * (progress.total - progress.done) / progress.done
        self._panel.show_progress(progress, left)

    def _show_rows(self, rows: FinishedRows) -> None:
        if self._options is None:
            return
        if self._live_size != (rows.height, rows.width):  # another pass
            self._live_size = (rows.height, rows.width)
            self._compare.layers.begin_live(rows.height, rows.width, self._options)
        self._compare.layers.show_rows(rows)

    def _take(self, options: UpscaleOptions, outcome: Outcome) -> None:
        self._end()
        if outcome.status is TaskStatus.DONE:
            self.made.emit(options, outcome.value)
        self.ended.emit(outcome)

    def _end(self) -> None:
        self._job = None
        self._compare.layers.end_live()
        self._panel.end()
        self._compare.allow_cropping(True)
