"""The window's actions: for its menus, buttons and keys, and for the list under F1."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from ...qt.theme import icon
from .size_form import FACTORS


class Actions(QObject):
    """What can be done; the window connects them and puts them into menus."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._make_file_actions()
        self._make_edit_actions()
        self._make_upscale_actions()
        self._make_page_actions()
        self._make_batch_actions()
        self._make_model_actions()
        self._make_help_actions()
        for action in self._of_pages():
            action.setEnabled(False)

    def _of_pages(self) -> list[QAction]:
        """Return the actions that their page enables when it is there and they can be done."""
        return [
            *(self.save, self.save_as, self.show_in_folder, self.close_picture, self.copy),
            *(self.undo_crop, self.redo_crop),
            *(self.start, self.cancel, *self.scales.values(), self.custom_scale),
            *(self.switch_weights, self.close_result, self.measure_quality),
            *(self.batch_start, self.batch_pause, self.batch_cancel),
            *(self.batch_retry, self.batch_remove, self.batch_clear),
            *(self.import_model, self.measure_speeds, self.check_models, self.reveal_models),
        ]

    def _make_file_actions(self) -> None:
        self.open = self._action(self.tr("&Open…"), "open", "Ctrl+O")
        self.open_folder = self._action(self.tr("Open a &folder…"), "folder", "Ctrl+Shift+O")
        self.forget_recent = self._action(self.tr("&Clear this list"), "", "")
        self.save = self._action(self.tr("&Save"), "save", "Ctrl+S")
        self.save_as = self._action(self.tr("Save &as…"), "", "Ctrl+Shift+S")
        self.show_in_folder = self._action(self.tr("Show in fol&der"), "folder", "Ctrl+Shift+F")
        self.close_picture = self._action(self.tr("&Close picture"), "", "Ctrl+W")
        self.settings = self._action(self.tr("Se&ttings…"), "settings", "Ctrl+,")
        self.settings.setIconText(self.tr("Settings"))
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.quit = self._action(self.tr("&Quit"), "", "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make_edit_actions(self) -> None:
        self.copy = self._action(self.tr("&Copy result"), "copy", "Ctrl+C")
        self.paste = self._action(self.tr("&Paste"), "paste", "Ctrl+V")
        self.undo_crop = self._action(self.tr("&Undo crop"), "reset", "Ctrl+Z")
        self.redo_crop = self._action(self.tr("&Crop again"), "crop", "Ctrl+Shift+Z")

    def _make_upscale_actions(self) -> None:
        self.start = self._action(self.tr("&Enlarge"), "start", "Ctrl+Return")
        self.cancel = self._action(self.tr("&Cancel"), "stop", "Esc")
        self.scales = {
            scale: self._action(
                self.tr("Scale {0}×").format(scale), "", f"Ctrl+Alt+{scale}", checkable=True
            )
            for scale in FACTORS
        }
        self.custom_scale = self._action(self.tr("Other size"), "", "Ctrl+Alt+0", checkable=True)
        group = QActionGroup(self)
        for action in (*self.scales.values(), self.custom_scale):
            group.addAction(action)
        self.switch_weights = self._action(
            self.tr("Switch between &binary and float"), "", "Ctrl+B"
        )
        self.close_result = self._action(self.tr("Close &result"), "close", "Ctrl+Shift+W")
        self.measure_quality = self._action(self.tr("&Measure quality…"), "chart", "Ctrl+M")

    def _make_page_actions(self) -> None:
        pages = (
            (self.tr("&Picture"), self.tr("Picture"), "upscale"),
            (self.tr("&Batch"), self.tr("Batch"), "batch"),
            (self.tr("&Models"), self.tr("Models"), "models"),
        )
        self.pages: list[QAction] = []
        group = QActionGroup(self)
        for number, (text, short, icon_name) in enumerate(pages):
            page = self._action(text, icon_name, f"Ctrl+{number + 1}", checkable=True)
            page.setIconText(short)
            group.addAction(page)
            self.pages.append(page)
        self.pages[0].setChecked(True)

    def _make_batch_actions(self) -> None:
        self.batch_start = self._action(self.tr("&Start the batch"), "start", "Ctrl+Shift+Return")
        self.batch_pause = self._action(self.tr("&Pause or resume"), "pause", "Ctrl+P")
        self.batch_cancel = self._action(self.tr("&Cancel the batch"), "stop", "Ctrl+Shift+X")
        self.batch_retry = self._action(self.tr("&Retry what failed"), "retry", "Ctrl+R")
        self.batch_remove = self._action(self.tr("Re&move selected files"), "", "Ctrl+Backspace")
        self.batch_clear = self._action(
            self.tr("C&lear the list"), "remove", "Ctrl+Shift+Backspace"
        )

    def _make_model_actions(self) -> None:
        self.import_model = self._action(self.tr("&Import a model…"), "import", "Ctrl+I")
        self.measure_speeds = self._action(self.tr("Measure all &speeds"), "measure", "Ctrl+T")
        self.check_models = self._action(self.tr("&Check all files"), "check", "Ctrl+K")
        self.reveal_models = self._action(self.tr("Show the models' &folder"), "folder", "Ctrl+L")

    def _make_help_actions(self) -> None:
        self.help = self._action(self.tr("&Help"), "help", "F1")
        self.help.setIconText(self.tr("Help"))
        self.shortcuts = self._action(self.tr("&Keyboard shortcuts"), "", "Ctrl+F1")
        self.show_log = self._action(self.tr("Show the &log"), "", "Ctrl+Shift+L")
        self.about = self._action(self.tr("&About BSR"), "", "Shift+F1")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _action(self, text: str, icon_name: str, keys: str, *, checkable: bool = False) -> QAction:
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setCheckable(checkable)
        return action
