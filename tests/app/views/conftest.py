"""What a test made on the screen is no work for the next one."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def nothing_is_left():
    """Delete what was closed before, which waits for an event loop, and take the theme off.

    Else a later theme would be put on all of it, and each widget made from then on would wear it.
    """
    application = QApplication.instance()
    if application is not None:
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.setStyleSheet("")
