"""How much faster two workers of a Dask cluster are than one, each with one thread.

    python -m benchmarks.cluster [--pictures 24] [--side 512]

Everything runs on this machine, so it needs two cores that nobody else uses.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bsr.engine import Picture
from bsr.engine.batch.cluster import run_on_cluster
from bsr.engine.batch.journal import Journal
from bsr.engine.batch.journal_lines import History
from bsr.engine.batch.plan import make_plan
from bsr.engine.batch.request import BatchRequest
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.images import write_picture
from bsr.engine.models.catalog import default_catalog

SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from bsr.engine.upscaling.warm_up import warm_up; warm_up(); " + SCHEDULER.replace(
    "scheduler", "worker"
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=int, default=24)
    parser.add_argument("--side", type=int, default=512)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_pictures(folder / "in", args.pictures, args.side)
        seconds = {workers: _measure(folder, workers) for workers in (1, 2)}
    for workers, taken in seconds.items():
        print(
            f"{workers} worker(s): {taken:.2f} s, {args.pictures / taken:.2f} pictures per second"
        )
    print(f"two against one: {seconds[1] / seconds[2]:.2f} times")


def _make_pictures(folder: Path, count: int, side: int) -> None:
    random = np.random.default_rng(0)
    folder.mkdir()
    for number in range(count):
        pixels = random.integers(0, 256, (side, side, 3), np.uint8)
        write_picture(Picture(pixels), folder / f"{number:03}.png")


def _measure(folder: Path, workers: int) -> float:
    """Return the seconds a batch takes on this many workers, their start not counted."""
    with ExitStack() as stack:
        file = folder / f"scheduler{workers}.json"
        options = [
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
        ]
        _start(stack, SCHEDULER, *options)
        for number in range(workers):
            options = ["--scheduler-file", str(file), "--nthreads", "1", "--no-nanny"]
            local = ["--no-dashboard", "--local-directory", str(folder / f"w{workers}{number}")]
            _start(stack, WORKER, *options, *local)
        address = _wait_for_workers(file, workers)
        request = BatchRequest((folder / "in",), folder / f"out{workers}")
        catalog = default_catalog()
        plan = make_plan(request, catalog, History())
        began: list[float] = []
        callbacks = BatchCallbacks(started=lambda index: began.append(time.perf_counter()))
        with Journal(request.root) as journal:
            summary = run_on_cluster(plan, catalog, journal, address=address, callbacks=callbacks)
        if summary.done != len(plan.items):
            raise SystemExit(f"only {summary.done} of {len(plan.items)} were done: {summary}")
        return time.perf_counter() - began[0]


def _start(stack: ExitStack, program: str, *arguments: str) -> None:
    quiet = subprocess.DEVNULL
    # One thread each: neither OpenCV nor BLAS may help themselves to the other core.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENCV_FOR_THREADS_NUM": "1"}
    command = [sys.executable, "-P", "-c", program, *arguments]
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
    stack.callback(process.wait)
    stack.callback(process.kill)


def _wait_for_workers(file: Path, count: int) -> str:
    """Return the scheduler's address once all workers have announced themselves."""
    from distributed import Client

    while not (file.exists() and file.stat().st_size):
        time.sleep(0.05)
    with Client(scheduler_file=str(file)) as client:
        client.wait_for_workers(count, timeout=120)
        return str(client.scheduler.address)


if __name__ == "__main__":
    main()
