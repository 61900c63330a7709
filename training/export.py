"""Write the weights files of a run: `python -m training.export CHECKPOINT --family bsr`."""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor

from bsr.engine.images.compression import LUMA
from bsr.engine.kernels.packing import pack_filters
from bsr.engine.models import CLEAN, FAMILIES, JPEG, SHARP
from bsr.engine.models.card import ModelCard, ModelDescription, Scores
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import read_cards, save_weights
from bsr.engine.quality.evaluate import Evaluation, evaluate
from training.networks import NetworkConfig
from training.start import are_float, load_arrays
from training.units import is_latent

Arrays = dict[str, NDArray[Any]]

LICENCE = "CC0-1.0"
PICTURES = (
    "openly licensed tiles only (CID22, Xiph subset1, GB82 screenshots, CLIC 2025, desktop "
    "photographs; CC0, CC BY, CC BY-SA, Unsplash)"
)
SETS = ("Set5", "Set14", "B100")
JPEG_SET, JPEG_QUALITIES = "Set14", (90, 75, 60, 40)
FAMILY_TITLES = {JPEG: "JPEG", SHARP: "Sharp"}
TITLES = {
    "light": "BSR",
    "srresnet": "SRResNet",
    "lapsrn": "LapSRN",
}
NOT_EXPORTED = (".gain",)  # only gradients need it


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, write the file, measure it with the engine, write its scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--family", required=True, help="e.g. bsr or bsr-jpeg: models bsr-x2 ...")
    parser.add_argument("--out", type=Path, default=Path("resources/models"))
    parser.add_argument("--started-from", default="nothing", help="said in the card")
    parser.add_argument("--sets", type=Path, help="folder with Set5, Set14, B100 to measure on")
    parser.add_argument("--better", action="store_true", help="replace only files that score less")
    parser.add_argument(
        "--taught-by", default="", help="whose pictures were aimed at, for the card"
    )
    parser.add_argument(
        "--colour", type=float, default=1.0, help="share of the tails' differences of colour kept"
    )
    parser.add_argument(
        "--blend",
        nargs=2,
        metavar=("FILE", "SHARE"),
        help="take a share, 0..1, of the weights of another file of this float network",
    )
    parser.add_argument("--half", action="store_true", help="store float16")
    parser.add_argument("--keep-start", type=Path, help="folder for the weights behind the signs")
    options = parser.parse_args(arguments)
    if options.keep_start and options.keep_start.resolve() == options.out.resolve():
        parser.error("--keep-start needs another folder than --out: both files have one name")
    if options.better and not options.sets:
        parser.error("--better needs --sets to measure on")
    if options.better and suited(options.family) == SHARP:
        parser.error("PSNR does not tell which sharp model is better: look at the pictures")
    state = torch.load(options.checkpoint, weights_only=True, map_location="cpu")
    network = NetworkConfig(**state["config"]["network"])
    description = describe(state, options.family, options.started_from)
    description = replace(description, training=description.training + options.taught_by)
    parameters = state["average"]
    if options.blend:
        file, share = options.blend
        parameters = blended(parameters, load_arrays(Path(file)), float(share))
    arrays = to_arrays(calmed(parameters, options.colour), network, options.half)
    for folder in filter(None, (options.out, options.keep_start)):
        folder.mkdir(parents=True, exist_ok=True)  # before minutes are spent on measuring
    export(arrays, description, options.out, options.sets, options.better)
    if options.keep_start:
        weights = "float" if network.precision == "float" else "binary"
        path = options.keep_start / f"{options.family}-{weights}.safetensors"
        write_start(path, parameters)


def blended(
    parameters: dict[str, Tensor], others: dict[str, Tensor], share: float
) -> dict[str, Tensor]:
    """Return weights between two of one float network, one of which was trained on from the other.

    Args:
        parameters: of the network, by name.
        others: of the same names and shapes.
        share: of the others, 0..1.

    Raises:
        ValueError: they are of another network, or have signs.
    """
    if others.keys() != parameters.keys() or not are_float(others):
        raise ValueError("Only weights of the same float network can be blended.")
    return {name: values.lerp(others[name], share) for name, values in parameters.items()}


def export(
    arrays: Arrays, description: ModelDescription, folder: Path, sets: Path | None, better: bool
) -> None:
    """Write one file with its scores and say so; files whose models it holds are removed.

    Args:
        arrays: of the file.
        description: of the file, without scores.
        folder: where it is written.
        sets: folder of the sets to measure on, or None.
        better: whether models that are there and score as much on average are kept.
    """
    if sets is not None:
        with tempfile.TemporaryDirectory() as place:
            path = write(Path(place), arrays, description)
            scores = {scale: measure(path, scale, sets) for scale in description.scales}
        description = replace(description, scores=scores)
    path = folder / f"{description.id}-{description.weights}.safetensors"
    old = [card for card in cards_in(folder) if card.key in keys(description)]
    kept = {card.scale: card.scores for card in old}
    ours, theirs = (merit(s.values(), description.family) for s in (description.scores, kept))
    if better and old and theirs >= ours:
        print("kept", sorted({card.path.name for card in old}), "not replaced by", ours, theirs)
        return
    write(folder, arrays, description)
    for other in {card.path for card in old} - {path}:
        other.unlink()
    print(path, path.stat().st_size, description.scores)


def cards_in(folder: Path) -> list[ModelCard]:
    """Return the cards of all weights files in a folder."""
    return [card for path in sorted(folder.glob("*.safetensors")) for card in read_cards(path)]


def keys(description: ModelDescription) -> set[tuple[str, str]]:
    """Return what the models of a file will be known by; see ModelCard.key."""
    first, *more = description.scales
    ids = [f"{description.id}-x{scale}" for scale in (first, *more)] if more else [description.id]
    return {(id, description.weights) for id in ids}


def merit(scores: Iterable[Scores], family: str) -> float:
    """Return the mean PSNR over what a family is for, dB; nothing measured is the worst.

    Args:
        scores: of each scale.
        family: what the model is for.
    """
    names = [jpeg_set(quality) for quality in JPEG_QUALITIES] if family == JPEG else SETS
    psnr = [one[name]["psnr"] for one in scores for name in names if name in one]
    return float(np.mean(psnr)) if psnr else -math.inf


def jpeg_set(quality: int) -> str:
    """Return the name of the set whose small pictures were saved as JPEG, as scores have it."""
    return f"{JPEG_SET} JPEG {quality}"


def describe(state: dict[str, Any], family: str, started_from: str) -> ModelDescription:
    """Say what a file of a checkpoint is, without scores.

    Args:
        state: as written by training.checkpoint.save_checkpoint.
        family: beginning of the models' ids; "bsr-jpeg" is of the JPEG family.
        started_from: whose arrays the run began with, in words.

    Raises:
        ValueError: the network is one that the engine does not know.
    """
    run, network = state["config"], NetworkConfig(**state["config"]["network"])
    scales = network.scales
    if network.skip != 1:
        raise ValueError("the engine knows no skip round more than one convolution")
    weights = "float" if network.precision == "float" else "binary"
    title = TITLES[network.name]
    meant = suited(family)
    title += f" {FAMILY_TITLES[meant]}" if meant in FAMILY_TITLES else ""
    config = {name: getattr(network, name) for name in ("channels", "convolutions", "precision")}
    if network.gated:
        config["gated"] = True
    if network.name == "lapsrn":
        config["levels"] = len(network.scales)
    elif len(scales) > 1:
        config["scales"] = list(scales)
    if len(scales) == 1:
        config["scale"] = scales[0]
        title += f" x{scales[0]}, {weights} weights"
    training = (
        f"{PICTURES}; {state['step']:,} steps of {run['batch']} crops of {run['crop']} x "
        f"{run['crop']} low-resolution pixels, started from {started_from}"
    )
    return ModelDescription(
        id=family if len(scales) > 1 else f"{family}-x{scales[0]}",
        weights=weights,
        title=title,
        network=network.name,
        config=config,
        scales=scales,
        licence=LICENCE,
        training=training,
        family=meant,
    )


def suited(family: str) -> str:
    """Return what models are for whose ids begin so: "bsr-jpeg" are for JPEGs."""
    return next((name for name in FAMILIES if family.endswith(f"-{name}")), CLEAN)


def calmed(parameters: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return parameters whose tails add mostly lightness to the bicubic picture.

    A discriminator lets a small network paint specks and fringes of colour, to which eyes are more
    sensitive than to blurred colours. The filters of a tail are linear, so that their lightness
    can be kept and what differs from it by channel be lessened.

    Args:
        parameters: by their names in training.networks.
        share: of the differences that is kept, 1 for all.
    """
    result = dict(parameters)
    for name in (name for name in parameters if name.startswith("tails.")):
        channels = parameters[name].unflatten(0, (3, -1))
        lightness = torch.einsum("c,c...->...", torch.tensor(LUMA), channels)
        result[name] = (share * channels + (1 - share) * lightness).flatten(0, 1)
    return result


def to_arrays(parameters: dict[str, Tensor], network: NetworkConfig, half: bool = False) -> Arrays:
    """Turn parameters into the arrays of a weights file.

    Args:
        parameters: by their names in training.networks.
        network: what they belong to.
        half: whether floats are stored as float16.

    Returns:
        float32 or float16, and packed uint8 signs.
    """
    arrays: Arrays = {}
    for name, tensor in with_file_gates(parameters).items():
        values = tensor.detach().float().numpy()
        if len(network.scales) == 1:
            name = name.replace(f"tails.{network.scale}.", "tail.")
        if name.endswith(NOT_EXPORTED):
            continue
        if is_latent(name, network.precision):
            arrays[name.replace(".weight", ".sign")] = pack_filters(values < 0)
        else:
            arrays[name] = values.astype(np.float16) if half else values
    return arrays


def with_file_gates(parameters: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return parameters with the gates of weights files: w . f + b, held within 0..1.

    A unit's is twice that, so scale and bias of a unit with a gate are doubled.
    """
    result = dict(parameters)
    for unit in (name.removesuffix("lean") for name in parameters if name.endswith(".lean")):
        slant = parameters[f"{unit}gain"] * result.pop(f"{unit}lean") / 4
        centre = (slant * parameters[f"{unit}threshold"]).sum()
        result[f"{unit}gate_weight"] = slant
        result[f"{unit}gate_bias"] = (2 + result.pop(f"{unit}level")) / 4 - centre
        for name in (f"{unit}scale", f"{unit}bias"):
            result[name] = 2 * parameters[name]
    return result


def write(folder: Path, arrays: Arrays, description: ModelDescription) -> Path:
    """Write the weights file under its own name and return its path."""
    path = folder / f"{description.id}-{description.weights}.safetensors"
    save_weights(path, arrays, description)
    return path


def write_start(path: Path, parameters: dict[str, Tensor]) -> None:
    """Write every parameter as float16, latent weights and gains too, to go on training from."""
    halved = {name: tensor.half().contiguous() for name, tensor in parameters.items()}
    save_file(halved, path)


def measure(path: Path, scale: int, sets: Path) -> Scores:
    """Evaluate a scale of a weights file with the engine on each known set in a folder.

    Returns:
        Set -> "psnr" and "ssim"; for small pictures that were JPEGs also "bicubic", its PSNR.
    """
    model, scores = load_model(path, scale), {}
    for name in SETS:
        if (sets / name).is_dir():
            scores[name] = _means(evaluate(model, sets / name))
    if (sets / JPEG_SET).is_dir():
        for quality in JPEG_QUALITIES:
            measured = evaluate(model, sets / JPEG_SET, jpeg_quality=quality)
            bicubic = {"bicubic": round(measured.bicubic_psnr, 3)}
            scores[jpeg_set(quality)] = _means(measured) | bicubic
    return scores


def _means(measured: Evaluation) -> dict[str, float]:
    return {"psnr": round(measured.psnr, 3), "ssim": round(measured.ssim, 4)}


if __name__ == "__main__":
    main()
