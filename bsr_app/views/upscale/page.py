"""The page where one picture is enlarged, compared and saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from bsr import paths

from ...qt.job_runner import JobRunner, Outcome
from ...qt.session import Session
from ...work.region import Region
from ...work.results import Result
from ...work.session import SessionPicture
from ...work.speeds import Speeds
from ...work.upscaling import OpenPicture, UpscaleOptions
from ..compare import CompareView
from .control_panel import ControlPanel
from .crop_history import CropHistory
from .enlarger import Enlarger
from .estimate import Estimator
from .examinations import Examinations
from .exporter import Exporter
from .previewer import Previewer
from .reader import PictureReader
from .save_bar import SaveBar
from .sharing import Sharing

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog

    from ...qt.settings import Settings
    from ..shared.actions import Actions


class UpscalePage(QStackedWidget):
    """Compare view, control panel and save bar, and the work that they ask for.

    Signals:
        opened(object): an OpenPicture was read and is shown.
        failed(object): an exception kept something from happening; nothing was changed.
        result_dismissed(object, object): the SessionPicture and the Result that the user closed.
        state_changed(): work began or ended, or other results are there.
    """

    opened = Signal(object)
    failed = Signal(object)
    state_changed = Signal()
    result_dismissed = Signal(object, object)

    def __init__(
        self,
        runner: JobRunner,
        catalog: Catalog,
        settings: Settings,
        speeds: Speeds,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = Session(runner, paths.cache_folder() / "sessions", self)
        self.kept: SessionPicture | None = None
        picture = QWidget(self)  # filled where it stays, see `scroll_area`
        self.addWidget(picture)
        self.save_bar = SaveBar(settings, actions, picture)
        self.compare = CompareView(picture)
        self.panel = ControlPanel(catalog, settings, picture)
        self.estimator = Estimator(runner, catalog, settings, speeds, self.panel)
        self.previewer = Previewer(runner, catalog, speeds, self.panel.form, self.compare)
        self.reader = PictureReader(runner, self.session, self)
        self.enlarger = Enlarger(runner, catalog, settings, self.panel, self.compare)
        self.examinations = Examinations(runner, catalog, settings, self)
        self.crops = CropHistory(self)
        self.exporter = Exporter(runner, settings, self.session, self)
        self.sharing = Sharing(self.compare, self.exporter, settings)
        self._lay_out(picture)
        self._connect()

    @property
    def current(self) -> OpenPicture | None:
        """The picture that is shown."""
        return None if self.kept is None else self.kept.opened

    @property
    def opening(self) -> bool:
        """Whether a picture is being read."""
        return self.reader.busy

    @property
    def running(self) -> bool:
        """Whether a picture is being enlarged."""
        return self.enlarger.running

    @property
    def shows_picture(self) -> bool:
        """Whether the picture is seen, and not an examination of the models in its place."""
        return self.currentIndex() == 0

    @property
    def result(self) -> Result | None:
        """The chosen result, the one that is saved and copied."""
        return self.panel.results.current()

    def open(self, path: Path) -> None:
        """Read a picture and show it; one that cannot be read changes nothing."""
        self.reader.read_file(path)

    def open_pair(self, original: Path, result: Path) -> None:
        """Show a picture beside a result that was made and saved before."""
        self.reader.read_pair(original, result)

    def open_image(self, image: QImage, name: str) -> None:
        """Show a picture that has no file, such as a pasted one."""
        self.reader.read_image(image, name)

    def show_kept(self, kept: SessionPicture) -> None:
        """Show a picture of this session again, with its results."""
        self.reader.abandon()
        if kept is not self.kept:
            self._show(kept.opened)

    def close_picture(self) -> None:
        """Close the picture; results that are not saved stay in the session."""
        self._put_away()
        self.estimator.set_picture(None)
        self._clear_results()
        self.compare.set_original(None, "")
        self.show_picture()
        self._results_changed()

    def crop(self, region: Region) -> None:
        """Go on with a part of the open picture; the whole one stays for `undo_crop`."""
        if self.kept is not None and not self.running:
            self.crops.crop(self.kept, region)

    def undo_crop(self) -> None:
        """Show what the open picture was cut out of."""
        if self.kept is not None and not self.running:
            self.crops.undo(self.kept)

    def redo_crop(self) -> None:
        """Show the part again whose crop was undone last."""
        if not self.running:
            self.crops.redo()

    def start(self) -> None:
        """Enlarge the open picture as the panel says."""
        options, opened = self.panel.form.options(), self.current
        ready = self.panel.start.isEnabled() and not self.running  # off while one is read
        if options is None or opened is None or not ready:
            return
        self.show_picture()
        self.previewer.end()
        self.estimator.give_way()
        self.enlarger.start(opened, options)
        self.state_changed.emit()

    def cancel(self) -> None:
        """Stop the work on this page."""
        self.enlarger.cancel()

    def close_result(self, result: Result) -> None:
        """Close one result."""
        self._drop(result)
        if not self.running:
            self._preview()

    def _drop(self, result: Result) -> None:
        self.panel.results.remove(result)
        self.compare.layers.remove_result(result)
        if self.kept is not None:
            self.session.drop(self.kept, result)
        self._results_changed()

    def dismiss_result(self, result: Result) -> None:
        """Close a result as the user wants, who may want it back."""
        kept = self.kept
        self.close_result(result)
        if kept is not None:
            self.result_dismissed.emit(kept, result)

    def bring_back(self, kept: SessionPicture, result: Result) -> None:
        """Show a result again that was closed, with its picture."""
        self.reader.abandon()
        if self.kept is not kept:
            self._show(kept.opened, kept.whole)
        self.show_picture()
        self._add_result(result)

    def go_on_with(self, model_id: str, weights: str) -> None:
        """Enlarge the picture with this model, or show its result where it is there already."""
        self.show_picture()
        self.panel.form.set_model(model_id, weights)
        if not self._show_existing():
            self.start()

    def show_picture(self) -> None:
        """Go back from the comparison of models or the measurement to the picture."""
        self.examinations.close()

    def compare_here(self, region: Region) -> None:
        """Run every installed model on a region of the open picture."""
        if self.current is not None:
            self.examinations.compare(self.current, region)

    def measure_quality(self) -> None:
        """Measure the models on the open picture."""
        if self.current is not None:
            self.examinations.measure(self.current)

    def save(self) -> None:
        """Save the chosen result where the settings say."""
        if self.result is not None and self.current is not None:
            self.exporter.save(self.current.path, self.current.name, self.result)

    def save_all(self) -> None:
        """Save every result of the session that is not saved yet."""
        for kept, result in self.session.unsaved():
            self.exporter.save(kept.opened.path, kept.opened.name, result)

    def copy(self) -> None:
        """Put the chosen result on the clipboard."""
        if self.result is not None:
            self.exporter.copy(self.result)

    def show_in_folder(self) -> None:
        """Show the file of the chosen result in its folder."""
        if self.result is not None and self.result.file is not None:
            self.exporter.show_in_folder(self.result.file)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self._show_saved()  # the user may have deleted its file elsewhere
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._describe()
            self.estimator.update()
            self._show_saved()

    def _lay_out(self, picture: QWidget) -> None:
        self.save_bar.hide()
        row = QHBoxLayout()
        layout = QVBoxLayout(picture)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.save_bar)
        row.setSpacing(0)
        row.addWidget(self.compare, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        self.reader.begun.connect(lambda: self.panel.set_reading(True))
        self.reader.ended.connect(lambda: self.panel.set_reading(False))
        self.reader.begun.connect(self.state_changed)
        self.reader.read.connect(self._show_opened)
        self.reader.failed.connect(self.failed)
        self.reader.ended.connect(self.state_changed)
        self.enlarger.made.connect(self._take_result)
        self.enlarger.ended.connect(self._take_end)
        self.examinations.picked.connect(self.go_on_with)
        self.panel.start_requested.connect(self.start)
        self.panel.cancel_requested.connect(self.cancel)
        self.panel.form.weights_switched.connect(self._show_existing)
        self.panel.form.clean_up_changed.connect(self._mix_anew)
        self.panel.results.chosen.connect(self._show_result)
        self.compare.layers.chosen.connect(self._follow_shown)
        self.panel.results.close_requested.connect(self.dismiss_result)
        self.compare.result_closed.connect(self.dismiss_result)
        self.compare.compare_here_requested.connect(self.compare_here)
        self.compare.crop_requested.connect(self.crop)
        self.crops.picture_wanted.connect(self._show)
        self.crops.changed.connect(self.state_changed)
        self.exporter.failed.connect(self.failed)
        self.exporter.written.connect(self.session.note_saved)
        self.exporter.written.connect(self._show_saved)
        self.save_bar.drag_begun.connect(self._drag)

    def _take_result(self, options: UpscaleOptions, result: Result) -> None:
        """Show what was made; it takes the place of an older result of the same options."""
        self.estimator.learn(options, result)
        results = self.compare.results()
        alike = list(filter(options.matches, results))
        for older in alike:
            self.exporter.hand_over(older, result)  # the same pixels are in its file
        self._keep(result)  # first, so that it or what it replaces is on disk at any time
        for older in (*alike, *filter(options.differs_in_clean_up, results)):
            self._drop(older)
        self._add_result(result)

    def _take_end(self, outcome: Outcome) -> None:
        self.estimator.update()
        self._preview()
        if outcome.error is not None:
            self.failed.emit(outcome.error)
        self.state_changed.emit()

    def _preview(self) -> None:
        """Show a preview where there is nothing else to compare the picture with."""
        opened = self.current
        if opened is not None and not self.running and not self.compare.results():
            self.previewer.begin(opened.picture)
        else:
            self.previewer.end()

    # The picture and its results ----------------------------------------------------------------

    def _show_opened(self, opened: OpenPicture, result: Result | None) -> None:
        self._show(opened)
        if result is not None:
            results = self.compare.results()
            for older in [made for made in results if made.file == result.file and made.saved]:
                self._drop(older)
            self._add_result(result)

    def _show(self, opened: OpenPicture, whole: SessionPicture | None = None) -> None:
        self._put_away()
        self.kept = self.session.add(opened)
        self.kept.whole = self.kept.whole or whole
        opened = self.kept.opened
        self.show_picture()
        self._clear_results()
        self.compare.set_original(opened.picture, opened.name)
        for result in self.kept.results:
            self.compare.layers.add_result(result)
            self.panel.results.add(result)
        self._describe()
        self.estimator.set_picture(opened)
        self.save_bar.set_source(opened.path)
        self._results_changed()
        self._preview()
        self.opened.emit(opened)
        self.panel.start.setFocus()

    def _describe(self) -> None:
        if self.kept is not None:
            self.panel.describe(self.kept.opened, cropped=self.kept.whole is not None)

    def _follow_shown(self) -> None:
        """Let the result at the right be the chosen one, which is saved and copied."""
        shown = self.compare.layers.slot(1)
        if shown is not None and shown.result not in (None, self.result):
            self.panel.results.choose(shown.result)

    def _put_away(self) -> None:
        """Leave the picture that is shown to the session, or let it go where nothing is lost.

        All work for it ends, and none that was asked for before takes the place of what comes.
        """
        self.reader.abandon()
        self.enlarger.abandon()
        self.previewer.end()
        kept, self.kept = self.kept, None
        self.crops.forget()
        if kept is None:
            return
        if kept.results:
            self.session.rest(kept)
        else:
            self.session.remove(kept)

    def _clear_results(self) -> None:
        self.panel.results.clear()

    def _keep(self, result: Result) -> None:
        if self.kept is not None and result not in self.kept.results:
            self.session.keep(self.kept, result)

    def _add_result(self, result: Result) -> None:
        self._keep(result)
        self.previewer.end()
        self.compare.layers.add_result(result)
        self.panel.results.add(result)
        self._results_changed()

    def _mix_anew(self) -> None:
        """Bring a result that is there to another degree of clean-up."""
        options, opened = self.panel.form.options(), self.current
        if options is None or opened is None or self.running or self._show_existing():
            return
        if not any(map(options.differs_in_clean_up, self.compare.results())):
            return
        if self.enlarger.can_mix(options):
            self.enlarger.mix(opened, options)
        elif not self.panel.form.model_form.slider.isSliderDown():
            self.start()

    def _show_saved(self) -> None:
        result = self.result
        self.save_bar.show_saved(result.file if result is not None and result.saved else None)

    def _results_changed(self) -> None:
        any_results = self.panel.results.count() > 0
        self.save_bar.setVisible(any_results)
        self.panel.show_results(any_results)
        self._show_saved()
        self.state_changed.emit()

    def _show_result(self, result: Result) -> None:
        self.compare.layers.show_result(result)
        self._show_saved()
        self.state_changed.emit()

    def _show_existing(self) -> bool:
        """Show the result of what is set now, if it was made already."""
        options = self.panel.form.options()
        made = next(filter(options.matches, self.compare.results()), None) if options else None
        if made is not None:
            self.panel.results.choose(made)
        return made is not None

    def _drag(self) -> None:
        if self.result is not None and self.current is not None:
            self.exporter.drag(self.current.path, self.current.name, self.result)
