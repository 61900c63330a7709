"""The window's actions on the batch page: what they do, and which of them can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ..shared.actions import Actions
    from .page import BatchPage


class BatchActions(QObject):
    """Connects the actions with the page and enables them as its state allows."""

    def __init__(self, page: BatchPage, actions: Actions) -> None:
        super().__init__(page)
        self._page, self._actions = page, actions
        for action, work in (
            (actions.batch_start, page.start),
            (actions.batch_pause, page.toggle_pause),
            (actions.batch_cancel, page.cancel),
            (actions.batch_retry, page.retry_failed),
            (actions.batch_remove, page.remove_selected),
            (actions.batch_clear, page.clear),
        ):
            action.triggered.connect(lambda _=False, work=work: work())
        page.state_changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        page, actions = self._page, self._actions
        for action, possible in (
            (actions.batch_start, page.panel.start.isEnabled() and not page.running),
            (actions.batch_pause, page.running),
            (actions.batch_cancel, page.running),
            (actions.batch_retry, page.list.retry.isEnabled()),
            (actions.batch_clear, page.list.clear.isEnabled()),
            (actions.batch_remove, page.list.remove.isEnabled()),
        ):
            action.setEnabled(possible)
