"""Imported by the server before it forks: everything a batch needs is loaded and compiled."""

import tempfile
from contextlib import suppress
from pathlib import Path

import bsr.commands.batch  # noqa: F401
from bsr.engine.batch.run import run_batch  # noqa: F401
from bsr.engine.models.model import load_model
from bsr.engine.upscaling.upscale import upscale
from bsr.engine.upscaling.warm_up import warm_up
from tests.engine.batch.batches import noise
from tests.small_models import save_small_model

with suppress(ImportError):  # an extra
    import distributed  # noqa: F401
warm_up()
with tempfile.TemporaryDirectory() as folder:
    upscale(load_model(save_small_model(Path(folder))), noise(), threads=1)
