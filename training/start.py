"""Arrays of another network, brought into the parameters of a new one."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import Tensor

from bsr.engine.kernels.packing import unpack_filters
from training.networks import Network, build
from training.units import FIRST_GAIN, LATENT_SPREAD

REACH = 1.5  # standard deviations, beyond which a feature's gradient is lost
SMALLEST = 1e-4  # spread of a feature that is divided by


def load_arrays(path: Path) -> dict[str, Tensor]:
    """Read a checkpoint (its moving average) or a weights file, whose signs become +-0.1.

    Returns:
        Parameters by their names in training.networks, float32.
    """
    if path.suffix == ".pt":
        stored = torch.load(path, weights_only=True)["average"]
        return {name: tensor.float() for name, tensor in stored.items()}
    arrays: dict[str, Tensor] = {}
    for name, values in load_file(path).items():
        if name.endswith(".sign"):
            arrays[name.replace(".sign", ".weight")] = LATENT_SPREAD * _signs(values)
        else:
            arrays[name] = torch.from_numpy(values.astype(np.float32))
    return {_of_scale(name, values): values for name, values in _ungated(arrays).items()}


def adopt(network: Network, arrays: dict[str, Tensor]) -> list[str]:
    """Copy every array whose name and shape fit into the network.

    A unit with signs that starts from a float one takes scale = mean |W| of each filter, which is
    what the weights' signs stand for, divided by the gain where its inputs are signs too. A float
    network that starts from one with signs takes its units with the signs made linear.

    Returns:
        Names of the network's parameters that were left as they were.
    """
    left = []
    if network.config.precision == "float":
        arrays = made_linear(arrays)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            given = arrays.get(name)
            if given is None and name.endswith(".scale"):
                given = arrays.get(name.replace(".scale", ".weight"))
                if given is not None:
                    given = given.abs().mean(dim=(1, 2, 3))
                    given /= FIRST_GAIN if network.config.precision == "binary" else 1
            if given is None or given.shape != parameter.shape:
                left.append(name)
            else:
                parameter.copy_(given)
    return left


def are_float(arrays: dict[str, Tensor]) -> bool:
    """Return whether arrays, by their names in training.networks, are of a float network."""
    return not any(name.endswith(".scale") for name in arrays)


def fit_signs(network: Network, arrays: dict[str, Tensor], low: Tensor) -> None:
    """Fit the units of a binary network to what a float one does with pictures.

    The signs turn at the mean of each feature, and gradients pass up to REACH times its spread
    away, where clip(gain (f - threshold), -1, 1) is nearly always a straight line. What that line
    does to features is undone in weights and biases, whose scales then are the means of |W|.

    Args:
        network: of binary units, changed in place.
        arrays: of a float network of the same shape, by their names in training.networks.
        low: (batch, 3, height, width) small pictures to show it.
    """
    original = build(replace(network.config, precision="float"))
    adopt(original, arrays)
    shown = _shown(original, low)
    with torch.no_grad():
        for unit, other, features in zip(network.body, original.body, shown, strict=True):
            unit.threshold.copy_(features.mean(dim=(0, 2, 3)))
            unit.gain.copy_(1 / (REACH * features.std(dim=(0, 2, 3)) + SMALLEST))
            weight = other.weight / unit.gain.view(1, -1, 1, 1)
            shift = (other.weight * unit.threshold.view(1, -1, 1, 1)).sum(dim=(1, 2, 3))
            unit.bias.copy_(other.bias + shift)
            unit.scale.copy_(weight.abs().mean(dim=(1, 2, 3)))
            unit.weight.copy_(weight * (LATENT_SPREAD / unit.scale).view(-1, 1, 1, 1))


def _shown(network: Network, low: Tensor) -> list[Tensor]:
    """Return the features that enter each unit of a body."""
    entered: list[Tensor] = []
    hooks = [
        unit.register_forward_pre_hook(lambda _, given: entered.append(given[0]))
        for unit in network.body
    ]
    with torch.no_grad():
        network(low, scale=network.config.scales[-1])  # of a pyramid every level
    for hook in hooks:
        hook.remove()
    return entered


def made_linear(arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    """Replace scale sign(W) by its values, and sign(f - threshold) by gain (f - threshold).

    Returns:
        Weights and biases of float units: W = scale sign(W), where inputs are signs times gain,
        and then bias - sum(W threshold).
    """
    result = dict(arrays)
    for unit in (name.removesuffix("scale") for name in arrays if name.endswith(".scale")):
        weight = torch.where(arrays[f"{unit}weight"] >= 0, 1.0, -1.0)
        weight = weight * arrays[f"{unit}scale"].view(-1, 1, 1, 1)
        threshold = arrays.get(f"{unit}threshold")
        if threshold is not None:
            gain = arrays.get(f"{unit}gain", torch.full_like(threshold, FIRST_GAIN))
            weight = weight * gain.view(1, -1, 1, 1)
            shift = (weight * threshold.view(1, -1, 1, 1)).sum(dim=(1, 2, 3))
            result[f"{unit}bias"] = arrays[f"{unit}bias"] - shift
        result[f"{unit}weight"] = weight
    return result


def _ungated(arrays: dict[str, Tensor]) -> dict[str, Tensor]:
    """Turn the gates of a weights file into those of a unit whose gain is FIRST_GAIN.

    A file's gate, within 0..1, is half of a unit's, and its scale and bias are twice the unit's.
    """
    result = dict(arrays)
    for unit in (name.removesuffix("gate_bias") for name in arrays if name.endswith(".gate_bias")):
        slant, threshold = 4 * result.pop(f"{unit}gate_weight"), arrays[f"{unit}threshold"]
        result[f"{unit}lean"] = slant / FIRST_GAIN
        result[f"{unit}level"] = 4 * result.pop(f"{unit}gate_bias") - 2 + (slant * threshold).sum()
        for name in (f"{unit}scale", f"{unit}bias"):
            result[name] = arrays[name] / 2
    return result


def _of_scale(name: str, values: Tensor) -> str:
    """Name a light network's tail by its scale s, which its 3 s^2 filters tell."""
    if name.startswith("tail.") and len(values) > 3:
        return name.replace("tail.", f"tails.{math.isqrt(len(values) // 3)}.")
    return name


def _signs(values: np.ndarray) -> Tensor:
    """Unpack (filters, 9 channels / 8) uint8 bits, or take (filters, channels, 3, 3) of +-1."""
    if values.dtype == np.uint8:
        values = 1 - 2.0 * unpack_filters(values, values.shape[1] * 8 // 9)
    return torch.from_numpy(values.astype(np.float32))
