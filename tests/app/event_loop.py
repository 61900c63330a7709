"""How long the event loop was held: the longest gap between the ticks of a 5 ms timer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer


@dataclass
class Hold:
    milliseconds: float = 0.0


@contextmanager
def longest_hold() -> Iterator[Hold]:
    hold = Hold()
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        hold.milliseconds = max(hold.milliseconds, (now - last) * 1000)
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)
    try:
        yield hold
    finally:
        tick()
        timer.stop()
