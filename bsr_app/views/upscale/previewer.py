"""The first result without a click: what is visible, enlarged at once and shown as a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ...qt.job_runner import JobHandle, JobRunner, Outcome, Worker
from ...work.preview import Preview, make_preview, region_to_preview
from ...work.region import Region
from ...work.speeds import Speeds
from ..compare import CompareView
from ..shared.options_form import OptionsForm

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture

    from ...work.upscaling import UpscaleOptions

PAUSE_MILLISECONDS = 150  # without another change, before what is visible is enlarged


class Previewer(QObject):
    """Keeps a preview in the compare view while there is no result to look at.

    It runs in the background, gives way to all other work, and ends by itself as soon as something
    else is to be seen.  Where it fails nothing is said: the enlargement itself will say why.
    """

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        speeds: Speeds,
        form: OptionsForm,
        compare: CompareView,
    ) -> None:
        super().__init__(compare)
        self._runner, self._catalog, self._speeds = runner, catalog, speeds
        self._form, self._compare = form, compare
        self._picture: Picture | None = None
        self._shown: Preview | None = None
        self._job: JobHandle | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self._begin)
        form.changed.connect(self._wait)
        compare.viewport.changed.connect(self._wait)

    @property
    def busy(self) -> bool:
        """Whether a preview will come."""
        return self._timer.isActive() or self._job is not None

    def begin(self, picture: Picture) -> None:
        """Show previews of this picture, until `end`."""
        self.end()
        self._picture = picture
        self._begin()

    def end(self) -> None:
        """Show no preview."""
        self._picture = self._shown = None
        self._stop()
        self._compare.layers.end_preview()

    def _wait(self) -> None:
        """Look again when nothing changes any more; what is being made is out of date."""
        if self._picture is not None and not self._is_shown():
            self._stop()
            self._timer.start()

    def _begin(self) -> None:
        picture, options = self._picture, self._form.options()
        if picture is None or options is None or self._is_shown():
            return
        self._stop()
        region, catalog = self._wanted(options), self._catalog
        self._job = self._runner.submit(
            lambda context: make_preview(catalog, picture, options, region, context),
            worker=Worker.BACKGROUND,
        )
        self._job.finished.connect(self._take)

    def _take(self, outcome: Outcome) -> None:
        self._job = None
        preview = outcome.value
        if isinstance(preview, Preview):
            self._shown = preview
            self._compare.layers.show_preview(preview)

    def _stop(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _is_shown(self) -> bool:
        """Return whether what is visible is in the preview that is there."""
        shown, options = self._shown, self._form.options()
        if shown is None or options is None or not _same(shown.options, options):
            return False
        return shown.region.contains(self._wanted(options))

    def _wanted(self, options: UpscaleOptions) -> Region:
        """Return the part to preview."""
        speed = self._speeds.pixels_per_second(options.card, options.threads)
        return region_to_preview(self._compare.viewport.visible(), speed)


def _same(made: UpscaleOptions, wanted: UpscaleOptions) -> bool:
    """Return whether a preview looks the same with other options."""
    return made.mix == wanted.mix
