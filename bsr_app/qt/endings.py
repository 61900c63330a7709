"""The end of the window's program when the system asks for it: SIGTERM, SIGHUP, Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from ..process import stop_signals


def end_on_signals(end: Callable[[int], None], parent: QObject) -> None:
    """Call a function when a signal asks the program to end.

    Python runs its handlers only between two instructions of its own, and the event loop of a
    window at rest runs none: the signal also writes to a pipe, at which the loop wakes up.  A
    signal that the caller of the program chose to ignore stays ignored.

    Args:
        end: called with the exit code that tells of the signal.
        parent: lives as long as the program.
    """

    def handle(number: int, frame: FrameType | None) -> None:
        # Python may be in the middle of painting a window, which must not be closed then.
        QTimer.singleShot(0, parent, lambda: end(128 + number))

    for which in stop_signals():
        signal.signal(which, handle)
    if sys.platform == "win32":
        return  # it wakes up for sockets only, and ends programs without asking them
    reading, writing = os.pipe()
    for end_of_pipe in (reading, writing):
        os.set_blocking(end_of_pipe, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, parent)
    notifier.activated.connect(lambda: os.read(reading, 64))
