"""The window's actions on the upscale page: what they do, and which of them can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from ..shared.actions import Actions
    from .page import UpscalePage


class UpscaleActions(QObject):
    """Connects the actions with the page and enables them as its state allows.

    While another page is shown, or models are examined, nothing is done here unseen.
    """

    def __init__(self, page: UpscalePage, actions: Actions) -> None:
        super().__init__(page)
        self._page, self._actions, self._form = page, actions, page.panel.form
        self._connect()
        page.state_changed.connect(self._enable)
        page.exporter.written.connect(self._enable)
        page.currentChanged.connect(self._enable)
        self._form.changed.connect(self._show_scale)
        page.installEventFilter(self)
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._enable()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        page, actions, form = self._page, self._actions, self._form
        for action, work in (
            (actions.start, page.start),
            (actions.cancel, page.cancel),
            (actions.save, page.save),
            (actions.copy, page.copy),
            (actions.show_in_folder, page.show_in_folder),
            (actions.close_result, self._close_result),
            (actions.measure_quality, page.measure_quality),
            (actions.switch_weights, form.switch_weights),
            (actions.undo_crop, page.undo_crop),
            (actions.redo_crop, page.redo_crop),
            (actions.custom_scale, form.size_form.choose_other),
        ):
            action.triggered.connect(lambda _=False, work=work: work())
        for scale, action in actions.scales.items():
            action.triggered.connect(
                lambda _=False, scale=scale: form.size_form.set_value(float(scale))
            )

    def _enable(self) -> None:
        page, actions = self._page, self._actions
        opened, running = page.current is not None, page.running
        shown, seen = page.isVisible(), page.isVisible() and page.shows_picture
        chosen, resting = page.result if seen else None, seen and not running
        result = chosen is not None
        scales = (*actions.scales.values(), actions.custom_scale)
        for group, possible in (
            ((actions.save, actions.save_as, actions.copy, actions.close_result), result),
            ((actions.close_picture, actions.measure_quality), shown and opened),
            ((actions.start,), opened and not running and not page.opening),  # goes to this page
            ((*scales, actions.switch_weights), opened and resting),
            ((actions.cancel,), seen and running),
            ((actions.undo_crop,), page.crops.can_undo(page.kept) and resting),
            ((actions.redo_crop,), page.crops.can_redo and resting),
            ((actions.show_in_folder,), chosen is not None and chosen.file is not None),
        ):
            for action in group:
                action.setEnabled(possible)

    def _show_scale(self) -> None:
        """Mark the scale that is set in the menu."""
        scale, scales = self._form.size_form.value(), self._actions.scales
        marked = next((action for value, action in scales.items() if value == scale), None)
        (marked or self._actions.custom_scale).setChecked(True)

    def _close_result(self) -> None:
        if self._page.result is not None:
            self._page.dismiss_result(self._page.result)
