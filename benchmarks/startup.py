"""How long the window and the command line take to start, cold and warm.

Cold is without compiled kernels, as after installing; files are in the system's memory already.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bsr.engine import write_picture
from bsr.engine.picture import Picture

from .timing import Effort, Timing

SIDE = 128
WINDOW = """
import sys
import bsr.app as app
load = app.begin
def begin(window, settings):
    print("shown", flush=True)
    load(window, settings)
    print("usable", flush=True)
    app.leave(0)
app.begin = begin
app.main([])
"""
"""`begin` is called when the first frame is drawn, and loads the pages."""


def measure(effort: Effort) -> Iterator[dict[str, Any]]:
    """Yield a row for every start; the cold ones are measured once."""
    turns = max(effort.least, 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder)
        noise = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
        write_picture(Picture(noise), folder / "small.png")
        command = [sys.executable, "-P", "-m", "bsr", "upscale", str(folder / "small.png")]
        command += ["--quiet", "--if-exists", "replace"]
        for start, count in (("cold", 1), ("warm", turns)):
            for marker, timing in _window(environment, count).items():
                yield _row(f"window, {marker}", start, timing)
            seconds = [_seconds(command, environment) for _ in range(count)]
            yield _row(f"bsr upscale, {SIDE} x {SIDE}", start, _timing(seconds))
        help_ = [sys.executable, "-P", "-m", "bsr", "--help"]
        seconds = [_seconds(help_, environment) for _ in range(turns)]
        yield _row("bsr --help", "warm", _timing(seconds))


def _timing(seconds: list[float]) -> Timing:
    return Timing(tuple(seconds), tuple(seconds))


def _row(what: str, start: str, timing: Timing) -> dict[str, Any]:
    return {"what": what, "start": start} | timing.as_json()


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment whose settings and caches are empty."""
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("CACHE", "CONFIG", "DATA")}
    return {**os.environ, **homes, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}


def _seconds(command: list[str], environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def _window(environment: Mapping[str, str], count: int) -> dict[str, Timing]:
    """Return when the first frame was shown, and when the pages were there."""
    found: dict[str, list[float]] = {}
    for _ in range(count):
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-P", "-c", WINDOW],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            for line in process.stdout:
                found.setdefault(line.strip(), []).append(time.perf_counter() - began)
    return {marker: _timing(seconds) for marker, seconds in found.items()}
