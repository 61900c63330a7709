"""Telling a user who is looking at something else that something has ended."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from ...qt.theme import app_icon


class Notifier(QObject):
    """Marks the window in the task bar and, where the system can, shows a message."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Tell, unless the window is being looked at anyway."""
        QApplication.alert(self._widget)
        if self._widget.window().isActiveWindow() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self)
            self._tray.messageClicked.connect(self._tray.hide)
        self._tray.show()
        self._tray.showMessage(title, text)
