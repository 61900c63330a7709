"""The window's menus, filled with its actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from ..shared.actions import Actions

translate = QCoreApplication.translate


class Menus:
    """The menus of a window; some are filled later.

    Attributes:
        recent: the submenu of recent files.
        view: the menu of the pages, and of the compare view once that is there.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        bar = window.menuBar()
        file = bar.addMenu(translate("Menus", "&File"))
        self.recent = QMenu(translate("Menus", "Open &recent"), window)
        _fill(file, [actions.open, actions.open_folder])
        file.addMenu(self.recent)
        _fill(
            file,
            [
                None,
                actions.save,
                actions.save_as,
                actions.show_in_folder,
                None,
                actions.close_picture,
                None,
                actions.settings,
                None,
                actions.quit,
            ],
        )
        edit = bar.addMenu(translate("Menus", "&Edit"))
        _fill(edit, [actions.undo_crop, actions.redo_crop, None, actions.copy, actions.paste])
        upscale = bar.addMenu(translate("Menus", "E&nlarge"))
        _fill(upscale, [actions.start, actions.cancel, None, *actions.scales.values()])
        _fill(upscale, [actions.custom_scale, None, actions.switch_weights])
        _fill(upscale, [None, actions.close_result, actions.measure_quality])
        self.view = bar.addMenu(translate("Menus", "&View"))
        _fill(self.view, actions.pages)
        batch = bar.addMenu(translate("Menus", "&Batch"))
        _fill(batch, [actions.batch_start, actions.batch_pause, actions.batch_cancel, None])
        _fill(batch, [actions.batch_retry, actions.batch_remove, actions.batch_clear])
        models = bar.addMenu(translate("Menus", "&Models"))
        _fill(models, [actions.import_model, actions.reveal_models, None])
        _fill(models, [actions.measure_speeds, actions.check_models])
        _fill(
            bar.addMenu(translate("Menus", "&Help")),
            [actions.help, actions.shortcuts, actions.show_log, None, actions.about],
        )

    def add_to_view(self, actions: Sequence[QAction]) -> None:
        """Add the compare view's actions."""
        self.view.addSeparator()
        self.view.addActions(list(actions))


def _fill(menu: QMenu, actions: Sequence[QAction | None]) -> None:
    """Add actions to a menu; None is a separator."""
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
