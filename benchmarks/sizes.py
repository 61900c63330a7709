"""What a megapixel of the result costs in small and large pictures, what threads bring, and memory.

Pictures are three wide and two high.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bsr.engine import write_picture
from bsr.engine.models.catalog import default_catalog
from bsr.engine.models.model import Model
from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale

from .timing import Effort, Run, clock_for, take_turns

MODEL, WEIGHTS = "bsr-x2", "binary"
MEGAPIXELS = (0.02, 0.1, 0.5, 1.0, 4.0, 12.0, 24.0)
SHARED_MODEL, SHARED_SIDES = "bsr-x4", (256, 512, 1024)
"""What threads share, by the sides of square pictures."""
LARGE = (("bsr-x2", 24.0), ("bsr-x4", 6.0))
"""What memory is measured on: a result of 96 megapixels each."""


def sides(megapixels: float) -> tuple[int, int]:
    """Return the height and width of a picture three wide and two high."""
    height = sqrt(1e6 * megapixels / 1.5)
    return round(height), round(1.5 * height)


def measure(
    effort: Effort, megapixels: Sequence[float], threads: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Yield a row for every size of the input and number of threads."""
    catalog = default_catalog()
    model = catalog.load(catalog.find(MODEL, WEIGHTS))
    for count in threads:
        runs = {str(size): _enlarging(model, *sides(size), count) for size in megapixels}
        for size, timing in zip(
            megapixels, take_turns(runs, effort, clock_for(count)).values(), strict=True
        ):
            height, width = sides(size)
            result = height * width * model.scale**2 / 1e6
            row = {"model": MODEL, "weights": WEIGHTS, "megapixels": size, "threads": count}
            low, high = timing.quartiles
            yield row | {
                "s_per_megapixel": timing.median / result,
                "s_low": low / result,
                "s_high": high / result,
                "turns": len(timing.seconds),
            }


def threads_together(effort: Effort, threads: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield how many times as fast several threads are as one, turn by turn, by the wall's clock.

    The least of the times counts, for other programs only lengthen them.
    """
    catalog = default_catalog()
    model = catalog.load(catalog.find(SHARED_MODEL, WEIGHTS))
    for side in SHARED_SIDES:
        runs = {str(count): _enlarging(model, side, side, count) for count in {1, *threads}}
        timings = take_turns(runs, replace(effort, least=5), perf_counter)
        alone = min(timings["1"].seconds)
        for count in sorted(set(threads) - {1}):
            row = {"model": SHARED_MODEL, "weights": WEIGHTS, "side": side, "threads": count}
            yield row | {"times_as_fast": alone / min(timings[str(count)].seconds)}


def _enlarging(model: Model, height: int, width: int, threads: int) -> Run:
    noise = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    picture = Picture(noise)
    return lambda: upscale(model, picture, threads=threads)


def memory(threads: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield what `bsr upscale` takes at most for a large picture, from file to file."""
    for model_id, megapixels in LARGE:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "large.png"
            rows, columns = np.mgrid[: sides(megapixels)[0], : sides(megapixels)[1]]
            pixels = np.stack([rows // 16, columns // 16, (rows + columns) // 32], axis=2)
            write_picture(Picture(pixels.astype(np.uint8)), source)
            del rows, columns, pixels
            for count in threads:
                command = [sys.executable, "-P", "-m", "bsr", "upscale", str(source), "--quiet"]
                command += ["--model", model_id, "--threads", str(count), "--if-exists", "replace"]
                peak = peak_bytes(command)
                row = {"model": model_id, "megapixels": megapixels, "threads": count}
                yield row | {"megabytes": peak / 1e6}


LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Starts a program from a small process: what it is copied from counts as the program's own."""


def peak_bytes(command: list[str]) -> int:
    """Run a program to its end and return the most memory that it held.

    Raises:
        CalledProcessError: it failed.
    """
    launched = [sys.executable, "-c", LAUNCHER, *command]
    done = subprocess.run(launched, check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout.split()[-1]) * (1 if sys.platform == "darwin" else 1024)
