"""A run's description, read from a small TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.networks import NetworkConfig


@dataclass(frozen=True)
class RunConfig:
    """How a network is trained.

    Attributes:
        network: what is trained.
        seed: of the first parameters and of the crops.
        batch: crops in a step.
        crop: side of a low-resolution crop in pixels.
        plain: share of crops of one colour; a network without a bicubic base does not know by
            itself that a plain area stays as it is, and the patches are chosen for texture.
        degraded: whether the small pictures are degraded as people's pictures are (degrade.py).
        rate: Adam's highest learning rate.
        latent_rate: the same for the real-valued weights behind signs.
        muon_rate: Muon's highest rate (muon.py); with one, the body's filters are not Adam's.
        warm_up: steps over which the rate rises to it.
        clip: largest norm of the gradient.
        average: decay of the moving average of the weights, 0 for none.
        learned_sign: whether threshold and gain of the binary units are learned.
        hold: share of the run that passes at the highest rate before the cosine begins.
        taught: share of the loss that is the distance to the teacher's picture, 0 for none.
        late: what is left of that share in the last third of the run; the truth takes the rest.
        luma: share of each distance that is between brightnesses alone, which eyes see best and
            PSNR is measured on; the rest is between red, green and blue.
        hard: whether patches with a larger loss are drawn more often; a pyramid draws all alike.
        edges: weight of the distance between the gradients of result and teacher's picture; a
            result that is right on average but soft costs more by it.
        tones: weight of the distance between result and teacher's picture shrunk to the small
            side, which edges and a discriminator leave free.
        clean: share of crops whose small side is clean where a teacher was shown degraded ones.
        adversarial: weight of what a discriminator says (discriminator.py), 0 for none;
            needs a teacher.
    """

    network: NetworkConfig
    seed: int = 1
    batch: int = 4
    crop: int = 24
    plain: float = 0.0
    degraded: bool = False
    rate: float = 3e-4
    latent_rate: float = 1e-3
    muon_rate: float = 0.0
    warm_up: int = 200
    clip: float = 1.0
    average: float = 0.999
    learned_sign: bool = True
    hold: float = 0.0
    taught: float = 0.0
    luma: float = 0.0
    hard: bool = False
    late: float = 0.5
    edges: float = 0.0
    tones: float = 0.0
    clean: float = 0.0
    adversarial: float = 0.0


def read_config(path: Path) -> RunConfig:
    """Read a configuration; tables [network] and [training] hold the fields by name.

    Raises:
        TypeError: a field's name is unknown.
    """
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    network = {**tables["network"], "scales": tuple(tables["network"]["scales"])}
    return RunConfig(network=NetworkConfig(**network), **tables.get("training", {}))
