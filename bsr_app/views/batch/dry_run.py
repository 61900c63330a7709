"""Listing what a batch would do, in the I/O worker: the page shows it before anything is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bsr.engine.batch.plan import Plan

from ...qt.job_runner import JobHandle, JobRunner, Outcome, Worker
from ...work import batch

if TYPE_CHECKING:
    from bsr.engine.batch.plan import Mode
    from bsr.engine.batch.request import BatchRequest
    from bsr.engine.models.catalog import Catalog


class DryRun(QObject):
    """Plans a batch; what is asked for last counts.

    Signals:
        progressed(object): the Progress of the look at the files.
        planned(object): the Plan.
        failed(object): the exception that kept a plan from being made.
        ended(): nothing is being planned any more; comes after `planned` and `failed`.
    """

    progressed = Signal(object)
    planned = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, runner: JobRunner, catalog: Catalog, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._catalog = runner, catalog
        self._job: JobHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether files are being looked at."""
        return self._job is not None

    def start(self, request: BatchRequest, mode: Mode) -> None:
        """Look at the files of a request, and no more at those of another."""
        if self._job is not None:
            self._job.abandon()
        self._job = self._runner.submit(
            lambda context: batch.dry_run(request, self._catalog, context, mode), worker=Worker.IO
        )
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._take)

    def stop(self) -> None:
        """Look no more at files; what is known of them stays."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
            self.ended.emit()

    def _take(self, outcome: Outcome) -> None:
        self._job = None
        if isinstance(outcome.value, Plan):
            self.planned.emit(outcome.value)
        elif outcome.error is not None:
            self.failed.emit(outcome.error)
        self.ended.emit()
