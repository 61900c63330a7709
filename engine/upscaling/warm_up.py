"""Compiling the kernels before anything waits for them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..kernels.cache import is_ready, set_ready
from ..models.zero_weights import zero_weight_network
from ..networks import NETWORKS, network_module
from ..progress import Progress
from .tiles import Tile, tile_pipeline
from .upscale import OnProgress

SIDE = 8


def kernels_are_ready() -> bool:
    """Return whether the kernels are compiled for this processor, so that starting is quick."""
    return is_ready()


def warm_up(on_progress: OnProgress | None = None) -> None:
    """Compile the kernels, or load them; about ten seconds the first time, nothing the second.

    Args:
        on_progress: told "preparing" and how many of the steps are done.
    """
    steps = [
        (name, number, dtype)
        for name in NETWORKS
        for number in range(len(network_module(name).WARM_UP))
        for dtype in (np.uint8, np.uint16)
    ]
    for k, step in enumerate(steps):
        if on_progress is not None:
            on_progress(Progress("preparing", k, len(steps)))
        _run_kernels(*step)
    if on_progress is not None:
        on_progress(Progress("preparing", len(steps), len(steps)))
    set_ready()


@cache  # a kernel that has run stays in memory
def _run_kernels(name: str, number: int, dtype: type[np.unsignedinteger[Any]]) -> None:
    """Run every kernel of one of a network's WARM_UP configurations."""
    config = network_module(name).WARM_UP[number]
    network = zero_weight_network(name, config)
    scale = network_module(name).parse(config).scale
    pixels = np.zeros((SIDE, SIDE, 3), dtype)
    result = np.zeros((scale * SIDE, scale * SIDE, 3), dtype)
    for _ in tile_pipeline(network, pixels, Tile(0, SIDE, 0, SIDE), result).run(lambda: None):
        pass
