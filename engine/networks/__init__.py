"""The networks, by the name that stands in a weights file."""

from importlib import import_module
from types import ModuleType

NETWORKS = {"srresnet": "bsr.engine.networks.srresnet"}
"""Name -> module with parse, shapes, build and bytes_per_column; imported when first needed."""


def network_module(name: str) -> ModuleType:
    """Return the module of a network in NETWORKS."""
    return import_module(NETWORKS[name])
