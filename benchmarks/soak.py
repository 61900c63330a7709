"""Does a long batch grow?  Memory and open files at the start and at the end of very many files.

    python -P benchmarks/soak.py [FILES]        # 5,000 files unless said otherwise

Small files of every kind, some of them damaged, are enlarged by one process.  The numbers are taken
after a tenth of the files, when everything is loaded, and at the end.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil

from bsr.engine import Picture
from bsr.engine.batch.journal import Journal
from bsr.engine.batch.journal_lines import History
from bsr.engine.batch.plan import make_plan
from bsr.engine.batch.request import BatchRequest
from bsr.engine.batch.run import run_batch
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.images import write_picture
from bsr.engine.jobs.job import SaveOptions
from bsr.engine.models.catalog import default_catalog
from bsr.engine.upscaling.warm_up import warm_up

SUFFIXES = (".png", ".jpg", ".webp", ".tif", ".bmp")
SIDES = (8, 13, 24, 40)
DAMAGED = 50  # every so many-th file


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        for number, picture in enumerate(pictures(count)):
            path = source / f"{number:06}{SUFFIXES[number % len(SUFFIXES)]}"
            write_picture(picture, path)
            if number % DAMAGED == DAMAGED - 1:
                path.write_bytes(path.read_bytes()[:-20])
        soak(source, Path(folder) / "out", count)


def pictures(count: int) -> Iterator[Picture]:
    """Yield pictures of noise: deep and shallow, with and without transparency."""
    random = np.random.default_rng(0)
    for number in range(count):
        side = SIDES[number % len(SIDES)]
        kind = np.uint16 if number % 7 == 0 else np.uint8
        pixels = random.integers(0, np.iinfo(kind).max, (side, side + 3, 3), kind)
        yield Picture(pixels, pixels[..., 0].copy() if number % 3 == 0 else None)


def soak(source: Path, output: Path, count: int) -> None:
    """Run the batch and print what the process takes."""
    process, finished = psutil.Process(), 0
    print(f"{'files':>8} {'seconds':>8} {'resident MB':>12} {'descriptors':>12} {'threads':>8}")
    started = time.perf_counter()

    def report(*_: object) -> None:
        nonlocal finished
        finished += 1
        if finished * 10 % count == 0:
            memory = process.memory_info().rss / 1e6
            seconds = time.perf_counter() - started
            row = f"{finished:8} {seconds:8.0f} {memory:12.1f} {process.num_fds():12}"
            print(f"{row} {process.num_threads():8}", flush=True)

    request = BatchRequest((source,), output, scale=2, save=SaveOptions(if_exists="skip"))
    catalog = default_catalog()
    plan = make_plan(request, catalog, History())
    with Journal(request.root) as journal:
        summary = run_batch(
            plan, catalog, journal, threads=1, callbacks=BatchCallbacks(finished=report)
        )
    print(f"{summary.done} done, {summary.failed} failed, {summary.waiting} waiting")


if __name__ == "__main__":
    main()
