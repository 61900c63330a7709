"""Networks of random weights, small enough for tests: what they compute is reproducible noise."""

from pathlib import Path

import numpy as np

from engine.weights import save_weights

CHANNELS = 32
CONVOLUTIONS = 2


def small_arrays(scale, precision, seed=0):
    """The arrays of a light srresnet."""
    random = np.random.default_rng(seed)

    def numbers(*shape, size=0.1):
        return (size * random.standard_normal(shape)).astype(np.float32)

    arrays = {
        "head.weight": numbers(CHANNELS, 3, 3, 3),
        "head.bias": numbers(CHANNELS),
        "tail.weight": numbers(3 * scale * scale, CHANNELS, 3, 3, size=0.02),
        "tail.bias": numbers(3 * scale * scale, size=0.02),
    }
    for layer in range(CONVOLUTIONS):
        body = {"bias": numbers(CHANNELS), "slope": numbers(CHANNELS)}
        if precision == "binary":
            bits = random.integers(0, 256, (CHANNELS, 9 * CHANNELS // 8)).astype(np.uint8)
            body |= {"sign": bits, "scale": numbers(CHANNELS), "threshold": numbers(CHANNELS)}
        else:
            body["weight"] = numbers(CHANNELS, CHANNELS, 3, 3)
        arrays |= {f"body.{layer}.{name}": array for name, array in body.items()}
    return arrays


def save_small_model(folder: Path, id="small-x2", weights="binary", scale=2, seed=0, **card):
    """Write a weights file as `<id>-<weights>.safetensors` and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}-{weights}.safetensors"
    config = {
        "variant": "light",
        "channels": CHANNELS,
        "convolutions": CONVOLUTIONS,
        "scale": scale,
        "precision": weights,
    }
    details = {
        "title": f"Small x{scale}",
        "network": "srresnet",
        "config": config,
        "licence": "CC0-1.0",
        "training": "none: random numbers",
        "scores": {},
    }
    arrays = small_arrays(scale, weights, seed)
    save_weights(path, arrays, id=id, weights=weights, scale=scale, **{**details, **card})
    return path
