"""Small random networks for tests."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bsr.engine.networks import Network, network_module
from bsr.engine.verification import reference_networks

FORWARDS = {
    "light": reference_networks.light,
    "srresnet": reference_networks.srresnet,
    "lapsrn": reference_networks.lapsrn,
}
"""Name of a network -> its plain forward on whole feature maps."""

SCALES = {"light": (2, 3, 4), "srresnet": (2, 3, 4), "lapsrn": (2, 4, 8)}
EVERY_SCALE = [(name, scale) for name, scales in SCALES.items() for scale in scales]

LEVELS = 3  # of every pyramid in tests


@dataclass(frozen=True)
class InSmallSteps:
    """A network that asks for so few rows at a time that even a small picture takes many steps."""

    network: Network
    step_pixels: int = 64

    @property
    def radius(self) -> int:
        """The network's own."""
        return self.network.radius

    def connect(self, *arguments: Any) -> Any:
        """The network's own stages."""
        return self.network.connect(*arguments)


def make_config(
    precision: str | list[str] = "binary",
    channels: int = 32,
    convolutions: int = 2,
    scale: int = 2,
    network: str = "light",
) -> dict[str, Any]:
    """A configuration as it stands in a weights file; each level of a pyramid has the same."""
    config = {
        "channels": channels,
        "convolutions": convolutions,
        "scale": scale,
        "precision": precision,
    }
    if network == "lapsrn":
        config["levels"] = LEVELS
        if isinstance(precision, list):
            config["precision"] = precision * LEVELS
    return config


def make_arrays(
    config: dict[str, Any], seed: int = 0, network: str = "light"
) -> dict[str, np.ndarray]:
    """Random weights of a size that keeps features near one."""
    rng = np.random.default_rng(seed)
    arrays: dict[str, np.ndarray] = {}
    module = network_module(network)
    for name, (shape, _) in module.array_types(module.parse(config)).items():
        kind = name.rsplit(".", 1)[1]
        if kind == "sign":
            arrays[name] = rng.integers(0, 256, shape).astype(np.uint8)
        elif kind == "slope":
            arrays[name] = rng.uniform(0, 0.5, shape).astype(np.float32)
        elif kind == "scale":
            arrays[name] = rng.uniform(0.01, 0.05, shape).astype(np.float32)
        elif kind == "gate_bias":
            arrays[name] = rng.uniform(0.2, 0.8, shape).astype(np.float32)
        elif kind == "weight":
            deviation = 1 / np.sqrt(np.prod(shape[1:]))
            arrays[name] = rng.normal(0, deviation, shape).astype(np.float32)
        else:
            arrays[name] = rng.normal(0, 0.1, shape).astype(np.float32)
    return arrays
