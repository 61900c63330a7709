"""Compiling the kernels before anything waits for them."""

from __future__ import annotations

import json

import numpy as np

from bsr.engine.kernels.cache import is_ready, set_ready
from bsr.engine.models.zero_weights import zero_weight_network
from bsr.engine.progress import Progress
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from bsr.engine.upscaling.upscale import OnProgress

# Between them these run every kernel, for 8 and 16 bit.
_PREPARED = (
    {"variant": "light", "precision": "binary", "convolutions": 1, "channels": 32, "scale": 2},
    {"variant": "classic", "precision": "float", "convolutions": 2, "channels": 32, "scale": 2},
)


def kernels_are_ready() -> bool:
    """Return whether the kernels are compiled for this processor, so that starting is quick."""
    return is_ready()


def warm_up(on_progress: OnProgress | None = None) -> None:
    """Compile the kernels, or load them; about ten seconds the first time.

    Args:
        on_progress: told "preparing" and how many of the steps are done.
    """
    steps = [(config, kind) for config in _PREPARED for kind in (np.uint8, np.uint16)]
    for k, (config, kind) in enumerate(steps):
        if on_progress is not None:
            on_progress(Progress("preparing", k, len(steps)))
        network = zero_weight_network("srresnet", json.dumps(config))
        pixels = np.zeros((8, 8, 3), kind)
        result = np.zeros((16, 16, 3), kind)
        for _ in tile_pipeline(network, pixels, Tile(0, 8, 0, 8), result).run(lambda: None):
            pass
    if on_progress is not None:
        on_progress(Progress("preparing", len(steps), len(steps)))
    set_ready()
