"""The estimate of memory beside what a process really takes: too small a one ends in a kill."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bsr.engine.images import encoder_bytes, write_picture
from bsr.engine.models.catalog import Catalog, default_catalog
from bsr.engine.picture import Picture
from bsr.engine.upscaling.memory import Workload, needed_memory
from tests.small_models import save_small_model

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a process's peak")
MOST = 1.6
MODELS = Path(__file__).parents[3] / "resources" / "models"


def peak_of(task, *arguments):
    module = "tests.engine.upscaling.peak_memory"
    command = [sys.executable, "-m", module, task, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


def picture_of(height, width, bits, alpha):
    """A slope from row to row, which is soon packed, with many alphas."""
    values = np.arange(height, dtype=f"uint{bits}")[:, None].repeat(width, axis=1)
    return Picture(np.repeat(values[..., None], 3, axis=2), values if alpha else None)


@pytest.mark.parametrize(
    ("model", "size", "bits", "alpha", "threads"),
    [  # every two of scale, bits, alpha and threads come together
        ("bsr-x2", (8, 8), 8, False, 1),
        ("bsr-x4", (250, 500), 8, False, 4),
        # Shallow ones: where the network takes little, what the pictures take shows.
        ("small-x2", (400, 560), 8, True, 4),
        ("small-x4", (1000, 180), 16, True, 1),
        ("small-x2", (700, 500), 16, False, 4),
    ],
)
def test_a_job_takes_no_more_than_is_estimated_and_not_much_less(
    tmp_path, kernels, model, size, bits, alpha, threads
):
    models = MODELS
    if model.startswith("small"):
        models = tmp_path
        save_small_model(models, model, scale=int(model[-1]))
    card = Catalog(models, tmp_path / "user").find(model, "binary")
    encoder = encoder_bytes("png", 90)
    work = Workload(card, *size, card.scale, threads, bits, alpha, encoder)
    needed = needed_memory(work)
    write_picture(picture_of(*size, bits, alpha), tmp_path / "in.png")
    files = str(tmp_path / "in.png"), str(tmp_path / "out.png")
    taken = peak_of("job", str(models), *files, model, threads)
    assert taken <= needed <= MOST * taken


def test_spreading_colour_in_a_large_picture_takes_no_more_than_is_estimated(kernels):
    card = default_catalog().find("bsr-x2", "binary")
    height, width = 40_000, 333  # narrow, so that the pipeline takes little beside it
    taken = peak_of("spread", height, width)
    assert taken <= needed_memory(Workload(card, height, width, 2, 1, alpha=True))
