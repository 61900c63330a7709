"""Networks of random weights, small enough for tests: what they compute is reproducible noise."""

from pathlib import Path

from bsr.engine.models.card import ModelDescription
from bsr.engine.models.catalog import Catalog
from bsr.engine.models.weights_file import save_weights
from tests.networks import LEVELS, make_arrays, make_config


def save_small_model(folder: Path, id="small-x2", weights="binary", scale=2, seed=0, **card):
    """Write a weights file as `<id>-<weights>.safetensors` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}-{weights}.safetensors"
    config = card.get("config") or make_config(precision=weights, scale=scale)
    details = {
        "title": f"Small x{scale}",
        "network": "light",
        "config": config,
        "licence": "CC0-1.0",
        "training": "none: random numbers",
    }
    arrays = make_arrays(config, seed, card.get("network", "light"))
    details |= card | {"scores": {scale: card.get("scores", {})}}
    save_weights(path, arrays, ModelDescription(id=id, weights=weights, scales=(scale,), **details))
    return path


def catalog_of_three(folder: Path, scale: int) -> Catalog:
    """A catalog of three models: x2 binary, x2 float, and binary at another scale."""
    models = folder / "models"
    save_small_model(models, "small-x2", "binary", 2)
    save_small_model(models, "small-x2", "float", 2, seed=1)
    save_small_model(models, f"small-x{scale}", "binary", scale, seed=2)
    return Catalog(models, folder / "user")


def save_small_pyramid(folder: Path, id="pyramid", weights="binary", seed=0, **card):
    """Write a weights file that serves x2, x4 and x8 and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}-{weights}.safetensors"
    config = make_config(weights, network="lapsrn")
    arrays = make_arrays(config, seed, "lapsrn")
    del config["scale"]
    details = {
        "title": "Pyramid",
        "network": "lapsrn",
        "config": config,
        "scales": tuple(2**level for level in range(1, LEVELS + 1)),
        "licence": "CC0-1.0",
        "training": "none: random numbers",
    }
    save_weights(path, arrays, ModelDescription(id=id, weights=weights, **details | card))
    return path
