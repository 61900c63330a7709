"""A model: a network with its weights, loaded once and shared by all threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import ModelFileError
from ..networks import Network, network_module
from .card import ModelCard
from .weights_file import load_weights


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


def load_model(path: str | Path, scale: int | None = None) -> Model:
    """Load and check a weights file.

    Args:
        path: of the file.
        scale: one that it serves, its first by default.

    Raises:
        ModelFileError: see weights_file.load_weights.
    """
    path = Path(path)
    card, arrays = load_weights(path, scale)
    module = network_module(card.network)
    try:
        network = module.build(module.parse(card.config), arrays)
    except ValueError as error:
        raise ModelFileError(
            "{file} does not describe a network: {problem}.", file=path.name, problem=error
        ) from error
    return Model(card, network)
