"""How smoothly a 100 megapixel result is panned, in every mode and at several zooms.

    python benchmarks/panning.py

Paints the real compare view, 1600 x 1000, without a screen.  Prints frames a second and the
slowest frame; ends with status 1 where a mode falls below 30 frames a second or the event loop
is held for more than 100 ms while the small versions of the pictures are made.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from bsr.engine.picture import Picture
from bsr.views.compare import CompareView
from bsr.work.results import Result

ORIGINAL = (2100, 3000)
SCALE = 4
FRAMES = 60
STEP = 37
WANTED = 30.0
LONGEST_HOLD = 0.1
ZOOMS = (1 / 8, 0.4, 1.0, 2.0)


def picture(height: int, width: int, seed: int, dtype: type = np.uint8) -> Picture:
    """Return a random picture: nothing in it is cheap to draw."""
    random = np.random.default_rng(seed)
    max_value = np.iinfo(dtype).max
    return Picture(random.integers(0, max_value, (height, width, 3), dtype=dtype, endpoint=True))


def result(seed: int, weights: str, dtype: type = np.uint8) -> Result:
    """Return a result of 100 megapixels."""
    height, width = (side * SCALE for side in ORIGINAL)
    return Result(
        picture(height, width, seed, dtype), "Random", "random", weights, 1.0, 1, float(SCALE)
    )


def frame_times(view: CompareView, zoom: float) -> list[float]:
    """Return the seconds that each frame took while the view moved over the picture."""
    view.viewport.zoom_to(zoom)
    QApplication.processEvents()
    times = []
    for number in range(FRAMES):
        direction = 1 if number < FRAMES // 2 else -1
        began = time.perf_counter()
        view.viewport.pan(direction * STEP, direction * STEP)
        for canvas in view.canvases():
            canvas.repaint()
        times.append(time.perf_counter() - began)
    return times


def build_halvings(view: CompareView) -> float:
    """Wait until the small versions are there; gives the longest that the loop was held."""
    longest = 0.0
    while view.layers.building:
        began = time.perf_counter()
        QApplication.processEvents()
        longest = max(longest, time.perf_counter() - began)
    return longest


def main() -> int:
    """Measure, print a table, give the exit status."""
    application = QApplication.instance() or QApplication([])
    view = CompareView()
    view.resize(1600, 1000)
    view.set_original(picture(*ORIGINAL, seed=0), "random")
    view.show()
    view.layers.add_result(result(1, "binary"))
    view.layers.add_result(result(2, "float", np.uint16))
    held = build_halvings(view)
    print(f"event loop held for at most {held * 1000:.0f} ms by the halvings")
    print(f"{'mode':12}{'zoom':>8}{'frames/s':>10}{'slowest, ms':>13}")
    slow = held > LONGEST_HOLD
    view.side.set_count(4)
    for mode in ("split", "side", "difference", "blink"):
        view.set_mode(mode)
        for zoom in ZOOMS:
            times = frame_times(view, zoom)
            rate = len(times) / sum(times)
            slow = slow or rate < WANTED
            print(f"{mode:12}{zoom:8.1%}{rate:10.0f}{max(times) * 1000:13.1f}")
    view.close()
    del application
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
