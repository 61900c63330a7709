"""The networks, by the name that stands in a weights file, and what each is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..picture import Pixels
    from .layers import ArrayType
    from .row_pipeline import Stage
    from .stages import OutputRegion

NETWORKS = {
    "light": "bsr.engine.networks.light",
    "srresnet": "bsr.engine.networks.srresnet",
    "lapsrn": "bsr.engine.networks.lapsrn",
}
"""Name -> module, a NetworkModule, imported when needed; models of the earlier are chosen first."""

FOR_COMPARISON = frozenset({"srresnet", "lapsrn"})
"""The networks whose shipped models are there to be measured against."""


class NetworkConfig(Protocol):
    """What a weights file says of a network, checked; the rest is the network's own affair."""

    @property
    def scale(self) -> int:
        """The factor by which it enlarges."""


class Network(Protocol):
    """A network with its weights; frozen, shared by all threads."""

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step.

        Few enough for the caches and a quick cancel, so many that the Python between the kernels
        does not show.
        """

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""


class NetworkModule(Protocol):
    """The module of a network.

    Attributes:
        WARM_UP: small configurations that between them run every kernel the network uses.
    """

    WARM_UP: Sequence[Mapping[str, Any]]

    def parse(self, config: Mapping[str, Any]) -> NetworkConfig:
        """Check a configuration as it stands in a weights file.

        Raises:
            ValueError: something in it is missing or out of range; the message says what.
        """

    def array_types(self, config: Any) -> dict[str, ArrayType]:
        """Return the name, shape and dtype of every array of a weights file."""

    def build(self, config: Any, arrays: Mapping[str, NDArray[np.generic]]) -> Network:
        """Put the arrays of a weights file in the order in which the kernels read them."""


def network_module(name: str) -> NetworkModule:
    """Return the module of a network in NETWORKS."""
    return cast("NetworkModule", import_module(NETWORKS[name]))


def rank(name: str) -> int:
    """Return the place of a network in NETWORKS; 0 is chosen first."""
    return list(NETWORKS).index(name)


def current_name(name: str, config: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a network and its configuration in today's names.

    Older weights files say "srresnet" of both networks and tell them apart by a variant.

    Args:
        name: of the network, as it stands in a file.
        config: of the network, as it stands there.

    Raises:
        ValueError: the variant is unknown.
    """
    rest = dict(config)
    if name != "srresnet" or "variant" not in rest:
        return name, rest
    variant = rest.pop("variant")
    if variant not in ("light", "classic"):
        raise ValueError(f"its variant {variant!r} is unknown")
    return "light" if variant == "light" else "srresnet", rest
