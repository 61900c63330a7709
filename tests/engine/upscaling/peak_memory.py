"""A process of its own that does one thing and prints the most memory that it ever took, in bytes.

python -m tests.engine.upscaling.peak_memory job '["models", "in.png", "out.png", "bsr-x2", 4]'
python -m tests.engine.upscaling.peak_memory spread '[1000, 500]'
"""

import json
import sys
from pathlib import Path

import numpy as np

from bsr.engine.jobs.job import Job, SaveOptions
from bsr.engine.jobs.run import run_job
from bsr.engine.models.catalog import Catalog
from bsr.engine.picture import Picture
from bsr.engine.upscaling.alpha import spread_colour


def job(models: str, source: str, target: str, model: str, threads: int) -> None:
    """Upscale a file as the program does, with one of the models in a folder."""
    asked = Job(Path(source), Path(target), model, "binary", None, threads, SaveOptions("png"))
    result = run_job(asked, Catalog(Path(models), Path(models) / "user"))
    assert result.error is None, result.error


def spread(height: int, width: int) -> None:
    """Spread the colour of a picture in which every other pixel is transparent."""
    alpha = np.arange(height * width, dtype=np.uint8).reshape(height, width) % 2
    spread_colour(Picture(np.full((height, width, 3), 7, np.uint8), alpha))


def peak() -> int:
    """The most memory that this process has had, as Linux counts it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return 1024 * int(peak)


if __name__ == "__main__":
    {"job": job, "spread": spread}[sys.argv[1]](*json.loads(sys.argv[2]))
    print(peak())
