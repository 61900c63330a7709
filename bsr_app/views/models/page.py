"""The page of the installed models: what each is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from bsr.engine.errors import BsrError

from ...qt.job_runner import JobContext, JobHandle, JobRunner, Outcome, TaskStatus, Worker
from ...work.model_files import Examined, check_model, import_models, measure_model
from ...work.speeds import Speeds
from ..shared.choices import weights_segments
from ..shared.sentences import in_words
from ..shared.widgets import button, icon_button, label, message_box, scroll_area
from .card import ModelPanel

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import CancelToken

    from ...qt.settings import Settings
    from ..shared.actions import Actions

FOLLOWED = ("model", "weights", "threads")  # of the settings


class ModelsPage(QWidget):
    """One panel per model, with a line for each kind of weights.

    Signals:
        catalog_changed(): a model was imported or removed.
        failed(object): an exception that the window tells.
        told(str): something to tell that went well.
    """

    catalog_changed = Signal()
    failed = Signal(object)
    told = Signal(str)

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
        self._runner, self._catalog = runner, catalog
        self._settings, self._speeds = settings, speeds
        self._checked: dict[tuple[Path, str], str] = {}
        self._jobs: set[JobHandle] = set()
        self._measuring: JobHandle | None = None
        self._busy: set[tuple[str, str]] = set()
        self.panels: list[ModelPanel] = []
        self._headings: list[QLabel] = []
        self._actions = actions
        self._followed = settings.preferences
        self._build()
        self._connect()
        settings.changed.connect(self._follow_settings)
        self.refresh()

    @property
    def idle(self) -> bool:
        """Whether nothing is being imported, checked, measured or removed."""
        return not self._jobs

    def refresh(self) -> None:
        """Look at the folders again and show what is there."""
        for shown in (*self.panels, *self._headings):
            shown.hide()
            shown.deleteLater()
        self.panels, self._headings = [], []
        by_id: dict[str, list[ModelCard]] = {}
        for card in self._catalog.cards():
            by_id.setdefault(card.id, []).append(card)
        order = self._catalog.list_order
        for cards in sorted(by_id.values(), key=lambda cards: min(map(order, cards))):
            panel = ModelPanel(cards, own=any(map(self._catalog.is_user, cards)))
            panel.default_wanted.connect(self._make_default)
            panel.removal_wanted.connect(self._remove)
            for card in cards:
                panel.show_check(card, self._checked.get((card.path, card.sha256)))
            self.panels.append(panel)
            if self._is_for_comparison(cards) and not self._headings:
                self._add_heading()
            self._list.insertWidget(self._list.count() - 1, panel)
        self._show_settings()
        problems = self._catalog.problems()
        self._problems.setText("\n".join(in_words(text) for _, text in problems))
        self._problems.setVisible(bool(problems))
        self._empty.setVisible(not by_id)
        self._enable()

    def _follow_settings(self) -> None:
        """Show what changed of the settings that are seen here; the focus stays where it is."""
        before, now = self._followed, self._settings.preferences
        self._followed = now
        if any(getattr(before, name) != getattr(now, name) for name in FOLLOWED):
            self._show_settings()

    def _show_settings(self) -> None:
        """Show the defaults, and the speeds with the threads that are set."""
        preferences = self._settings.preferences
        self.weights.set_value(preferences.weights)
        for panel in self.panels:
            panel.set_default(preferences.model == panel.choice)
            panel.show_speeds(
                lambda card: self._speeds.pixels_per_second(card, preferences.threads)
            )
        self._show_busy()

    def _is_for_comparison(self, cards: list[ModelCard]) -> bool:
        """Return whether a model came with the program only to be compared with."""
        return all(map(self._catalog.is_for_comparison, cards))

    def _add_heading(self) -> None:
        title = label(self.tr("For comparison"), "heading")
        title.setContentsMargins(0, 12, 0, 0)
        meaning = label(
            self.tr("Networks as published: slower, included for comparison."),
            "muted",
            wrap=True,
        )
        self._headings = [title, meaning]
        for heading in self._headings:
            self._list.insertWidget(self._list.count() - 1, heading)

    def import_files(self, files: list[Path]) -> None:
        """Check model files and copy them into the user's folder; a bad one stops no other."""
        self._submit(
            lambda context: import_models(self._catalog, files),
            lambda outcome: self._tell_imported(*outcome),
        )

    def _tell_imported(self, titles: list[str], errors: list[BsrError]) -> None:
        imported = self.tr("Imported: {0}.").format(", ".join(titles))
        if not errors:
            self.told.emit(imported)
        elif len(errors) == 1 and not titles:
            self.failed.emit(errors[0])
        else:
            reasons = [in_words(str(error)) for error in errors]
            self.failed.emit(BsrError(" ".join([imported, *reasons] if titles else reasons)))

    def measure_all(self) -> None:
        """Measure the speed of every installed model, one after the other."""
        catalog, threads = self._catalog, self._settings.preferences.threads
        self._offer_stop(True)
        self._measuring = self._examine_all(
            lambda card, cancel: measure_model(catalog, card, threads, cancel), Worker.COMPUTING
        )

    def stop_measuring(self) -> None:
        """Leave out the models that have not been measured yet; something else may wait."""
        if self._measuring is not None:
            self._measuring.cancel()

    def check_all(self) -> None:
        """Read every file and compare it with its checksum."""
        catalog = self._catalog
        self._examine_all(lambda card, cancel: check_model(catalog, card), Worker.IO)

    def reveal(self) -> None:
        """Show the folder of the user's own models."""
        self._catalog.user_folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._catalog.user_folder)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        area = scroll_area(inside, self)
        area.setAccessibleName(self.tr("Models"))
        layout.addWidget(area)
        self._problems = label("", "error", wrap=True)
        self._empty = label(self.tr("No model is installed. Import one."), "muted")
        meaning = label(
            self.tr(
                "The program starts with the default model. Without one it looks at each picture "
                "and takes the model that suits it."
            ),
            "muted",
            wrap=True,
        )
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(24, 16, 24, 24)
        self._list.setSpacing(12)
        self._list.addLayout(self._head())
        self._list.addLayout(self._default_weights())
        for widget in (meaning, self._problems, self._empty):
            self._list.addWidget(widget)
        self._list.addStretch(1)

    def _head(self) -> QHBoxLayout:
        """Return the title with the buttons beside it."""
        actions = self._actions
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("Models"), "title"), 1)
        foreign = self.tr("Add a weights file; nothing in it is run")
        whole = self.tr("Compare every file with its checksum")
        speeds = self.tr("Measure how fast every model is on this computer")
        for action, icon_name, text, tip in (
            (actions.import_model, "import", self.tr("Import…"), foreign),
            (actions.check_models, "check", self.tr("Check files"), whole),
            (actions.measure_speeds, "measure", self.tr("Measure all"), speeds),
        ):
            made = button(text, icon_name)
            made.setToolTip(tip)
            made.clicked.connect(action.trigger)
            action.enabledChanged.connect(made.setEnabled)
            head.addWidget(made)
        self._measure = made  # the last one
        self.stop = button(self.tr("Stop"), "stop")
        self.stop.hide()
        self.stop.clicked.connect(self.stop_measuring)
        head.addWidget(self.stop)
        reveal = icon_button("folder", self.tr("Show the folder of your own models"))
        reveal.clicked.connect(actions.reveal_models.trigger)
        head.addWidget(reveal)
        return head

    def _default_weights(self) -> QHBoxLayout:
        self.weights = weights_segments(self.tr("Default weights"))
        self.weights.setFixedWidth(208)
        self.weights.chosen.connect(lambda kind: self._settings.change(weights=kind))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(self.tr("Default weights"), "muted"))
        row.addWidget(self.weights)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        """Let the actions work, from now on."""
        for action, work in (
            (self._actions.import_model, self._choose_files),
            (self._actions.check_models, self.check_all),
            (self._actions.measure_speeds, self.measure_all),
            (self._actions.reveal_models, self.reveal),
        ):
            action.triggered.connect(lambda _=False, work=work: work())
            action.setEnabled(True)

    def _enable(self) -> None:
        """Let the files be looked at where there are any, once at a time."""
        for action in (self._actions.check_models, self._actions.measure_speeds):
            action.setEnabled(bool(self.panels) and self.idle)

    def _offer_stop(self, measuring: bool) -> None:
        """Let measuring be stopped in the place where it is begun, also by the keyboard."""
        shown, hidden = self._measure, self.stop
        if measuring:
            shown, hidden = hidden, shown
        focused = hidden.hasFocus()
        shown.show()
        if focused:
            shown.setFocus()
        hidden.hide()

    def _choose_files(self) -> None:
        kind = self.tr("Models") + " (*.safetensors)"
        start = str(self._settings.last_folder)
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Import models"), start, kind)
        if names:
            self.import_files([Path(name) for name in names])

    def _make_default(self, choice: str) -> None:
        current = self._settings.preferences.model
        self._settings.change(model="" if current == choice else choice)

    def _remove(self, model_id: str) -> None:
        cards = self._catalog.cards()
        files = {card.path for card in cards if card.id == model_id}
        # A file may serve several scales, each a model of its own.
        models = dict.fromkeys(card.id for card in cards if card.path in files)
        text = self.tr("Delete the files of “{0}” from this computer?").format(", ".join(models))
        box = message_box(self, QMessageBox.Icon.Question, self.tr("Remove model"), text)
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Yes | kinds.No)
        agree = box.button(kinds.Yes)
        box.exec()
        box.deleteLater()
        if box.clickedButton() is agree:
            self._submit(lambda context: self._catalog.remove(model_id), lambda files: None)

    def _examine_all(
        self, examine: Callable[[ModelCard, CancelToken], Examined], worker: Worker
    ) -> JobHandle:
        cards = self._catalog.cards()
        self._busy |= {card.key for card in cards}

        def work(context: JobContext) -> None:
            for card in cards:
                context.cancel.check()
                context.item(examine(card, context.cancel))

        job = self._submit(work, lambda _: None, worker=worker)
        job.item_finished.connect(self._take_item)
        self._show_busy()
        return job

    def _submit(
        self,
        work: Callable[[JobContext], Any],
        then: Callable[[Any], None],
        *,
        worker: Worker = Worker.IO,
    ) -> JobHandle:
        """Do a task, then something with what it gave."""
        job = self._runner.submit(work, worker=worker)
        self._jobs.add(job)
        self._enable()
        job.finished.connect(lambda outcome: self._take(job, outcome, then))
        return job

    def _take_item(self, item: Examined) -> None:
        card = item.card
        self._busy.discard(card.key)
        if item.pace is not None:
            self._speeds.keep(card, item.threads, item.pace)
        else:
            self._checked[card.path, card.sha256] = item.problem
        for panel in self.panels:
            if card.id == panel.model_id:
                panel.show_busy(card, False)
                self._show_known(panel, card)

    def _show_known(self, panel: ModelPanel, card: ModelCard) -> None:
        """Show what was measured and checked of a file."""
        threads = self._settings.preferences.threads
        panel.show_speed(card, self._speeds.pixels_per_second(card, threads))
        panel.show_check(card, self._checked.get((card.path, card.sha256)))

    def _take(self, job: JobHandle, outcome: Outcome, then: Callable[[Any], None]) -> None:
        self._jobs.discard(job)
        self._busy.clear()
        if outcome.status is TaskStatus.DONE:
            then(outcome.value)
        elif outcome.error is not None:
            self.failed.emit(outcome.error)
        self.refresh()
        if job is self._measuring:
            self._measuring = None
            self._offer_stop(False)
        self.catalog_changed.emit()

    def _show_busy(self) -> None:
        for panel in self.panels:
            panel.show_all_busy(self._busy)
