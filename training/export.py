"""Write a weights file: `python -m training.export CHECKPOINT --id bsr-x4 --out DIR`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from engine.evaluate import evaluate
from engine.model import load_model
from engine.weights import read_card, save_weights
from training.networks import NetworkConfig
from training.units import Precision, is_latent

Arrays = dict[str, NDArray[Any]]

LICENCE = "CC0-1.0"
PICTURES = (
    "openly licensed tiles only (CID22, Xiph subset1, GB82 screenshots, CLIC 2025, desktop "
    "photographs; CC0, CC BY, CC BY-SA, Unsplash)"
)
SETS = ("Set5", "Set14", "B100")
NOT_EXPORTED = (".gain",)  # only gradients need it


@dataclass(frozen=True)
class Description:
    """What the header of a weights file says beside the arrays; fields as in engine.weights."""

    id: str
    weights: str
    title: str
    config: dict[str, Any]
    scale: int
    training: str
    scores: dict[str, dict[str, float]]
    network: str = "srresnet"
    licence: str = LICENCE


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, write the file, measure it with the engine, write its scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--id", required=True, help="e.g. bsr-x4")
    parser.add_argument("--out", type=Path, default=Path("resources/models"))
    parser.add_argument("--started-from", default="nothing", help="said in the card")
    parser.add_argument("--sets", type=Path, help="folder with Set5, Set14, B100 to measure on")
    parser.add_argument("--half", action="store_true", help="store float16")
    parser.add_argument("--keep-start", type=Path, help="folder for the weights behind the signs")
    options = parser.parse_args(arguments)
    if options.keep_start and options.keep_start.resolve() == options.out.resolve():
        parser.error("--keep-start needs another folder than --out: both files have one name")
    state = torch.load(options.checkpoint, weights_only=True, map_location="cpu")
    description = describe(state, options.id, options.started_from)
    arrays = to_arrays(state["average"], description.config["precision"], options.half)
    path = write(options.out, arrays, description)
    if options.sets:
        write(options.out, arrays, replace(description, scores=measure(path, options.sets)))
    if options.keep_start:
        write_start(options.keep_start / path.name, state["average"])
    print(path, path.stat().st_size, read_card(path).scores)


def describe(state: dict[str, Any], model_id: str, started_from: str) -> Description:
    """Say what a checkpoint is, without scores.

    Args:
        state: as written by training.train.save_checkpoint.
        model_id: of the model, e.g. "bsr-x4".
        started_from: whose arrays the run began with, in words.

    Raises:
        ValueError: the network is one that the engine does not know.
    """
    run, network = state["config"], NetworkConfig(**state["config"]["network"])
    if network.skip != 1:
        raise ValueError("the engine knows no skip round more than one convolution")
    names = ("variant", "channels", "convolutions", "scale", "precision")
    weights = "float" if network.precision == "float" else "binary"
    name = "SRResNet" if network.variant == "classic" else "BSR"
    training = (
        f"{PICTURES}; {state['step']:,} steps of {run['batch']} crops of {run['crop']} x "
        f"{run['crop']} low-resolution pixels, started from {started_from}"
    )
    return Description(
        id=model_id,
        weights=weights,
        title=f"{name} x{network.scale}, {weights} weights",
        config={name: getattr(network, name) for name in names},
        scale=network.scale,
        training=training,
        scores={},
    )


def to_arrays(parameters: dict[str, Tensor], precision: Precision, half: bool = False) -> Arrays:
    """Turn parameters into the arrays of a weights file.

    Args:
        parameters: by their names in training.networks.
        precision: of the body.
        half: whether floats are stored as float16.

    Returns:
        float32 or float16, and packed uint8 signs.
    """
    arrays: Arrays = {}
    for name, tensor in parameters.items():
        values = tensor.detach().float().numpy()
        if name.endswith(NOT_EXPORTED):
            continue
        if is_latent(name, precision):
            arrays[name.replace(".weight", ".sign")] = pack_signs(values)
        else:
            arrays[name] = values.astype(np.float16) if half else values
    return arrays


def pack_signs(weight: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """Pack the signs of (filters, channels, 3, 3): a bit is 1 where the weight is negative.

    Returns:
        (filters, 9 channels / 8) uint8, flattened in (channel, dy, dx) order, lowest bit first.
    """
    return np.packbits(weight.reshape(len(weight), -1) < 0, axis=1, bitorder="little")


def write(folder: Path, arrays: Arrays, description: Description) -> Path:
    """Write the weights file under its own name and give its path."""
    path = folder / f"{description.id}-{description.weights}.safetensors"
    save_weights(path, arrays, **vars(description))
    return path


def write_start(path: Path, parameters: dict[str, Tensor]) -> None:
    """Write every parameter as float16, latent weights and gains too, to go on training from."""
    halved = {name: tensor.half().contiguous() for name, tensor in parameters.items()}
    save_file(halved, path)


def measure(path: Path, sets: Path) -> dict[str, dict[str, float]]:
    """Evaluate a weights file with the engine on each known set that lies in a folder."""
    model = load_model(path)
    scores = {}
    for name in SETS:
        if (sets / name).is_dir():
            report = evaluate(model, sets / name)
            scores[name] = {"psnr": round(report.psnr, 3), "ssim": round(report.ssim, 4)}
    return scores


if __name__ == "__main__":
    main()
