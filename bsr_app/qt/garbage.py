"""Garbage is collected in the thread of the window alone.

Python collects in whichever thread happens to allocate. In a worker that could destroy an object of
Qt: Qt takes its lock and waits for Python, while the window holds Python and waits for that lock,
for ever.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MILLISECONDS = 250


class GarbageCollector(QObject):
    """Takes the place of Python's automatic collection until stop() is called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(_collect)
        self._timer.start(INTERVAL_MILLISECONDS)

    def stop(self) -> None:
        """Let Python collect by itself again; no other thread may be left."""
        self._timer.stop()
        gc.enable()


def _collect() -> None:
    """Collect the oldest generation that has grown enough, as Python would."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
