"""A run: the network that is trained, and all that changes with it."""

from __future__ import annotations

import copy
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.config import RunConfig
from training.data import Patches, draw_batch
from training.discriminator import Adversary
from training.muon import Muon
from training.networks import Network, build
from training.start import adopt, are_float, fit_signs
from training.units import is_filter, is_latent

SHOWN_CROPS = 48  # to a float network whose features thresholds are fitted to


@dataclass
class Run:
    """Everything that changes while training, and nothing else is needed to go on.

    Attributes:
        network: being trained.
        average: moving average of its parameters, what is evaluated and exported.
        optimizers: what moves the network: Adam, and Muon where the configuration gives it a rate.
        adversary: a discriminator that learns beside the network, or None.
        random: draws the crops.
        hardness: of each scale's patches, a moving average of their losses.
        step: steps done.
        seconds: spent in steps.
        losses: of the steps since the last line of the log.
    """

    network: Network
    average: Network
    optimizers: list[torch.optim.Optimizer]
    adversary: Adversary | None
    random: np.random.Generator
    hardness: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    step: int = 0
    seconds: float = 0.0
    losses: list[Tensor] = field(default_factory=list)


def start_run(
    config: RunConfig,
    device: str,
    starts: Sequence[dict[str, Tensor]] = (),
    patches: Sequence[Patches] = (),
) -> Run:
    """Make a run at step 0, from the configuration's seed and what fits of other networks.

    Where a binary network starts from a float one, patches are what its thresholds are fitted to.
    """
    torch.manual_seed(config.seed)
    network = build(config.network)
    for arrays in starts:
        left = adopt(network, arrays)
        print("not taken:", ", ".join(left) or "nothing", file=sys.stderr)
    if patches and starts and are_float(starts[-1]) and config.network.precision == "binary":
        random = np.random.default_rng(config.seed)
        shown = draw_batch(patches[0], SHOWN_CROPS, config.crop, random)
        fit_signs(network, starts[-1], shown.low)
    if not config.learned_sign:
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.endswith((".threshold", ".gain")))
    network = network.to(device)
    average = copy.deepcopy(network).requires_grad_(False)
    adversary = Adversary(device) if config.adversarial else None
    return Run(
        network, average, optimizers(network, config), adversary, np.random.default_rng(config.seed)
    )


def optimizers(network: Network, config: RunConfig) -> list[torch.optim.Optimizer]:
    """Return Adam, and Muon for the body's filters if it has a rate.

    Their groups have "highest", the rate at the top of the schedule.
    """
    made: list[torch.optim.Optimizer]
    made = [torch.optim.Adam(parameter_groups(network, config), fused=True)]
    if config.muon_rate:
        filters = [unit.weight for unit in network.body]
        made.append(Muon([{"params": filters, "highest": config.muon_rate}], config.muon_rate))
    return made


def parameter_groups(network: Network, config: RunConfig) -> list[dict[str, Any]]:
    """Sort what Adam trains by its highest rate.

    It moves every parameter by about its rate, whatever its size. A real-valued weight behind a
    sign must cross zero to matter at all, so it moves faster. The scale of a filter multiplies a
    sum of K = 9 channels signs, which spreads over sqrt(K), so it moves slower by as much.

    Returns:
        Adam's groups with "params" and "highest", the rate at the top of the schedule.
    """
    latent, scale, other = [], [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad or (config.muon_rate and is_filter(name)):
            continue
        if name.endswith(".scale"):
            scale.append(parameter)
        elif is_latent(name, network.config.precision):
            latent.append(parameter)
        else:
            other.append(parameter)
    of_scale = config.rate / math.sqrt(9 * network.config.channels)
    rates = ((latent, config.latent_rate), (scale, of_scale), (other, config.rate))
    return [{"params": params, "highest": highest} for params, highest in rates if params]
