"""A model: a network with its weights, loaded once and shared by all threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bsr.engine.errors import ModelFileError
from bsr.engine.models.weights_file import ModelCard, load_weights
from bsr.engine.networks import network_module
from bsr.engine.networks.row_pipeline import Stage
from bsr.engine.networks.stages import OutputRegion
from bsr.engine.picture import Pixels


class Network(Protocol):
    """What bsr.engine.upscaling.upscale asks of a network; see networks.srresnet."""

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step."""

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""


@dataclass(frozen=True, eq=False)
class Model:
    """A network ready to run; immutable.

    Attributes:
        card: what its file says of it.
        network: the layers.
    """

    card: ModelCard
    network: Network

    @property
    def scale(self) -> int:
        """The factor by which it enlarges."""
        return self.card.scale


def load_model(path: Path) -> Model:
    """Load and check a weights file.

    Args:
        path: of the file.

    Raises:
        ModelFileError: see weights.load_weights.
    """
    card, arrays = load_weights(path)
    module = network_module(card.network)
    try:
        network: Network = module.build(module.parse(card.config), arrays)
    except ValueError as error:
        raise ModelFileError(f"{path.name} does not describe a network: {error}.") from error
    return Model(card, network)
