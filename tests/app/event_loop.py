"""How long the event loop was held: the longest gap between the ticks of a 5 ms timer.

On a machine that is busy with other programs a gap says nothing: then only that part of it counts
in which this process was computing.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer


@dataclass
class Hold:
    milliseconds: float = 0.0


def machine_is_busy() -> bool:
    if not hasattr(os, "getloadavg"):
        return False
    return os.getloadavg()[0] > 0.75 * (os.cpu_count() or 1)


@contextmanager
def longest_hold() -> Iterator[Hold]:
    hold = Hold()
    busy = machine_is_busy()
    last, computed = time.perf_counter(), time.process_time()

    def tick() -> None:
        nonlocal last, computed
        now, computing = time.perf_counter(), time.process_time()
        gap = min(now - last, computing - computed) if busy else now - last
        hold.milliseconds = max(hold.milliseconds, gap * 1000)
        last, computed = now, computing

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(5)
    try:
        yield hold
    finally:
        tick()
        timer.stop()
