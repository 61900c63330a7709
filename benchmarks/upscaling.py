"""What enlarging costs: a pixel of small and large pictures, and what threads bring.

    python benchmarks/upscaling.py [--model bsr-x4] [--weights binary] [--rounds 5]

Measures take turns within one run.  Processor time does not count what other programs take, wall
time does; threads are compared by wall time, so leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from bsr.engine.models.catalog import default_catalog
from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="bsr-x4")
    parser.add_argument("--weights", default="binary")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    catalog = default_catalog()
    model = catalog.load(catalog.find(options.model, options.weights))

    def run(size: int, threads: int, clock: Callable[[], float]) -> float:
        """Microseconds a pixel of the input."""
        pixels = np.random.default_rng(0).integers(0, 256, (size, size, 3), np.uint8)
        start = clock()
        upscale(model, Picture(pixels), threads=threads)
        return 1e6 * (clock() - start) / size**2

    run(64, 1, time.process_time)
    print("one thread, microseconds of processor time a pixel of the input:")
    small, large = [], []
    for _ in range(options.rounds):
        small.append(statistics.median(run(128, 1, time.process_time) for _ in range(9)))
        large.append(run(1024, 1, time.process_time))
    ratio = statistics.median(b / a for a, b in zip(small, large, strict=True))
    print(f"  128 x 128   {statistics.median(small):.2f}")
    print(f"  1024 x 1024 {statistics.median(large):.2f}   {ratio:.2f} times as much")
    print("two threads beside one, wall time:")
    for size in (512, 1024):
        gains = [
            run(size, 1, time.perf_counter) / run(size, 2, time.perf_counter)
            for _ in range(options.rounds)
        ]
        gain = statistics.median(gains)
        print(
            f"  {size} x {size}   {gain:.2f} times as fast   ({min(gains):.2f} .. {max(gains):.2f})"
        )


if __name__ == "__main__":
    main()
