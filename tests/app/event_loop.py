"""How long an event loop ran, and was held: the gaps between the ticks of a 5 ms timer.

What other programs take is no part of a gap: the time in which this thread could have gone on and
waited for a processor, as far as Linux tells it. On a machine that is busy with them the rest says
little either, since other threads of this process wait too: then only that part of it counts in
which this process was computing.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer


@dataclass
class Hold:
    """The longest gap, and all of them together."""

    milliseconds: float = 0.0
    all_milliseconds: float = 0.0


def machine_is_busy() -> bool:
    if not hasattr(os, "getloadavg"):
        return False
    return os.getloadavg()[0] > 0.75 * (os.cpu_count() or 1)


def seconds_without_processor() -> float:
    """How long this thread has waited for a processor since it began; 0 where nobody tells."""
    try:
        told = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


@contextmanager
def longest_hold() -> Iterator[Hold]:
    hold = Hold()

    def look() -> tuple[float, float]:
        return time.perf_counter() - seconds_without_processor(), time.process_time()

    last, computed = look()

    def tick() -> None:
        nonlocal last, computed
        now, computing = look()
        gap = min(now - last, computing - computed) if machine_is_busy() else now - last
        hold.milliseconds = max(hold.milliseconds, gap * 1000)
        hold.all_milliseconds += gap * 1000
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
