"""A network whose weights are all zero: for its memory, and for compiling the kernels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from ..networks import Network, network_module


def zero_weight_network(name: str, config: Mapping[str, Any]) -> Network:
    """Return a network whose weights are all zero: what its memory is measured on.

    Args:
        name: of the network.
        config: of the network; the last few are kept.
    """
    return _built(name, json.dumps(config))


@lru_cache(maxsize=8)
def _built(name: str, config: str) -> Network:
    module = network_module(name)
    parsed = module.parse(json.loads(config))
    arrays = {
        key: np.zeros(kind.shape, kind.dtype) for key, kind in module.array_types(parsed).items()
    }
    return module.build(parsed, arrays)
