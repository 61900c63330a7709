"""The three pages, made together once NumPy and the engine are loaded."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bsr import paths
from bsr.engine.models.catalog import default_catalog

from ...qt.job_runner import JobRunner
from ...qt.session import Session
from ...qt.settings import Settings
from ...qt.warm_up import WarmUp
from ...work.speeds import Speeds
from ..batch.page import BatchPage
from ..batch.page_actions import BatchActions
from ..models.page import ModelsPage
from ..shared import formatting
from ..shared.actions import Actions
from ..upscale.page import UpscalePage
from ..upscale.page_actions import UpscaleActions
from .page_stack import PageStack
from .side_bar import BATCH, MODELS, UPSCALE


class Pages(QObject):
    """Makes the pages and connects them with each other and with the actions.

    Signals:
        failed(object): an exception that the window tells.
        noted(str): a quiet note for the status bar, "" to take it away.
        told(str): something went well.
        pair_wanted(object, object): the Paths of a picture and of its result, to be compared.
    """

    upscale: UpscalePage
    batch: BatchPage
    models: ModelsPage

    failed = Signal(object)
    noted = Signal(str)
    told = Signal(str)
    pair_wanted = Signal(object, object)

    def __init__(
        self, runner: JobRunner, settings: Settings, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self.catalog = default_catalog(paths.models_folder())
        self.speeds = Speeds(settings)
        self.warm_up = WarmUp(runner, self)
        self._runner, self._settings, self._actions = runner, settings, actions

    def steps(self, stack: PageStack) -> Iterator[None]:
        """Make everything, a piece at a time, so that the event loop can run between two.

        Args:
            stack: the parent of each page from the start, for Qt styles a widget anew, with all
                that is in it, whenever its parent changes.
        """
        shared = self._runner, self.catalog, self._settings
        self.catalog.cards()  # reads the headers, which takes a moment the first time
        yield
        self.upscale = UpscalePage(*shared, self.speeds, self._actions, stack.upscale_stack)
        yield
        stack.place(UPSCALE, self.upscale)
        yield
        self.batch = BatchPage(*shared, stack)
        yield
        stack.place(BATCH, self.batch)
        yield
        self.models = ModelsPage(*shared, self.speeds, self._actions, stack)
        yield
        stack.place(MODELS, self.models)
        yield
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether unsaved work is in progress."""
        return self.upscale.running or self.upscale.exporter.busy or self.batch.running

    @property
    def session(self) -> Session:
        """What was opened and made since the start."""
        return self.upscale.session

    def close(self) -> None:
        """Stop compiling, and delete temporary drag files."""
        self.warm_up.stop()
        self.upscale.exporter.close()

    def _connect(self) -> None:
        upscale, actions = self.upscale, self._actions
        UpscaleActions(upscale, actions)
        self.warm_up.progressed.connect(self._tell_compiling)
        self.warm_up.finished.connect(self._tell_ready)
        upscale.failed.connect(self.failed)
        self.models.failed.connect(self.failed)
        self.models.told.connect(self.told)
        for begun in (upscale.enlarger.begun, self.batch.begun):
            begun.connect(self.models.stop_measuring)
        self.models.catalog_changed.connect(upscale.panel.form.reload)
        batch = self.batch
        BatchActions(batch, actions)
        batch.state_changed.connect(lambda: upscale.panel.show_batch_paused(batch.paused))
        batch.failed.connect(self.failed)
        batch.open_in_compare.connect(self.pair_wanted)

    def _tell_compiling(self) -> None:
        self.upscale.panel.show_preparing(True)
        self.noted.emit(formatting.preparing())

    def _tell_ready(self) -> None:
        self.upscale.panel.show_preparing(False)
        self.noted.emit("")
