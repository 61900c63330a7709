"""The estimate of memory beside what a process really takes: too small a one ends in a kill."""

import json
import subprocess
import sys

import numpy as np
import pytest

from bsr.engine.images import encoder_bytes, write_picture
from bsr.engine.models.catalog import default_catalog
from bsr.engine.picture import Picture
from bsr.engine.upscaling.memory import Workload, needed_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a process's peak")
MOST = 1.6


def peak_of(task, *arguments):
    module = "tests.engine.upscaling.peak_memory"
    command = [sys.executable, "-m", module, task, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


def picture_of(height, width, bits, alpha):
    """A slope, with every alpha there is."""
    values = np.arange(height * width).reshape(height, width).astype(f"uint{bits}")
    return Picture(np.repeat(values[..., None], 3, axis=2), values if alpha else None)


@pytest.mark.parametrize(
    ("model", "size", "bits", "alpha", "threads"),
    [  # every two of scale, bits, alpha and threads come together
        ("bsr-x2", (8, 8), 8, False, 1),
        ("bsr-x4", (500, 500), 8, False, 4),
        ("bsr-x2", (400, 600), 16, True, 1),
        ("bsr-x2", (400, 560), 8, True, 4),
        ("bsr-x4", (1400, 180), 16, True, 1),
        ("bsr-x2", (700, 500), 16, False, 4),
    ],
)
def test_a_job_takes_no_more_than_is_estimated_and_not_much_less(
    tmp_path, kernels, model, size, bits, alpha, threads
):
    card = default_catalog().find(model, "binary")
    encoder = encoder_bytes("png", 90)
    work = Workload(card, *size, card.scale, threads, bits, alpha, encoder)
    needed = needed_memory(work)
    write_picture(picture_of(*size, bits, alpha), tmp_path / "in.png")
    taken = peak_of("job", str(tmp_path / "in.png"), str(tmp_path / "out.png"), model, threads)
    assert taken <= needed <= MOST * taken


def test_spreading_colour_in_a_large_picture_takes_no_more_than_is_estimated(kernels):
    card = default_catalog().find("bsr-x2", "binary")
    height, width = 40_000, 333  # narrow, so that the pipeline takes little beside it
    taken = peak_of("spread", height, width)
    assert taken <= needed_memory(Workload(card, height, width, 2, 1, alpha=True))
