"""Whether predictions come true: pictures of many sizes and shapes beside what was foretold.

The model is measured as `bsr bench` and the window measure it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Any

import numpy as np

from bsr.engine.models.catalog import default_catalog
from bsr.engine.picture import Picture
from bsr.engine.upscaling.pace import measure_pace, predict
from bsr.engine.upscaling.upscale import upscale

from .timing import Clock, clock_for

MODELS = (("bsr-x2", "binary", 60.0), ("bsr-x4", "binary", 12.0), ("bsr-x4", "float", 1.0))
"""Model, weights, and the largest picture in megapixels."""
MEGAPIXELS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 12.0, 24.0, 60.0)
ASPECTS = (1.5, 0.67, 1.0, 1.78, 3.0)
"""Width over height, one after the other."""
LARGEST_QUICK = 5.0
SHORT_SECONDS = 0.5
WITHIN = 0.2


def measure(quick: bool, threads: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield a row for every model, size and number of threads."""
    catalog = default_catalog()
    for model_id, weights, largest in MODELS:
        model = catalog.load(catalog.find(model_id, weights))
        limit = min(largest, LARGEST_QUICK) if quick else largest
        for count in threads:
            clock = clock_for(count)
            # By the clock of the benchmark: other programs must not count.
            pace = measure_pace(model, count, clock=clock)
            for number, size in enumerate(size for size in MEGAPIXELS if size <= limit):
                height = round(sqrt(1e6 * size / ASPECTS[number % len(ASPECTS)]))
                shape = height, round(1e6 * size / height)
                foretold = predict(pace, model.card, *shape, model.scale, count)
                taken = _taken(model, shape, count, clock)
                yield {
                    "model": model_id, "weights": weights, "threads": count, "megapixels": size,
                    "height": shape[0], "width": shape[1], "predicted": foretold, "taken": taken,
                    "ratio": foretold / taken,
                }  # fmt: skip


def share_within(rows: Sequence[dict[str, Any]], within: float = WITHIN) -> float:
    """Return how many of the predictions were off by no more than a share of the time taken."""
    good = sum(abs(row["ratio"] - 1) <= within for row in rows)
    return good / len(rows)


def _taken(model: Any, shape: tuple[int, int], threads: int, clock: Clock) -> float:
    """Return the least seconds that enlarging noise took; long runs are not repeated."""
    picture = Picture(np.random.default_rng(0).integers(0, 256, (*shape, 3), np.uint8))
    seconds: list[float] = []
    while sum(seconds) < SHORT_SECONDS:
        began = clock()
        upscale(model, picture, threads=threads)
        seconds.append(clock() - began)
    return min(seconds)
