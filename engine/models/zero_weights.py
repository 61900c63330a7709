"""A network whose weights are all zero: for its memory, and for compiling the kernels."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np

from ..networks import Network, network_module


@lru_cache(maxsize=8)
def zero_weight_network(name: str, config: str) -> Network:
    """Return a network whose weights are all zero: what its memory is measured on.

    Args:
        name: of the network.
        config: as JSON.
    """
    module = network_module(name)
    parsed = module.parse(json.loads(config))
    arrays = {
        key: np.zeros(kind.shape, kind.dtype) for key, kind in module.array_types(parsed).items()
    }
    return module.build(parsed, arrays)
