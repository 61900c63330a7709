"""The body that the networks share: 3x3 convolutions, each of one of three precisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernels.float_conv import FloatLayer
from ..kernels.packing import unpack_filters
from ..kernels.rings import Tables
from .layers import (
    ArrayType,
    BinaryLayer,
    binary_layer,
    float_layer,
)
from .tables import tables

Arrays = Mapping[str, NDArray[Any]]
Layers = tuple[FloatLayer | BinaryLayer, ...]

PRECISIONS = ("binary", "binary-weight", "float")
CENTRE = 0.45
"""Subtracted from the pixels that enter the network: about the mean of photographs."""


@dataclass(frozen=True)
class Config:
    """What a weights file says of a network with such a body.

    Attributes:
        channels: of every feature map, C; a multiple of 32 up to 256.
        convolutions: in the body.
        scale: the factor, 2, 3 or 4.
        precision: of every convolution of the body.
        gated: whether what a binary one adds is multiplied by a gate, pixel by pixel.
    """

    channels: int
    convolutions: int
    scale: int
    precision: tuple[str, ...]
    gated: bool = field(default=False, kw_only=True)

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step.

        Float layers take longer per pixel, and each has a buffer for a step's rows.
        """
        return 8192 if set(self.precision) == {"binary"} else 2048


def parse(config: Mapping[str, Any]) -> Config:
    """Check a configuration as it stands in a weights file.

    Raises:
        ValueError: something in it is missing or out of range; the message says what.
    """
    channels, convolutions = config.get("channels"), config.get("convolutions")
    scale, precision = config.get("scale"), config.get("precision")
    if type(channels) is not int or channels % 32 or not 32 <= channels <= 256:
        raise ValueError(f"{channels!r} channels are not a multiple of 32 up to 256")
    if type(convolutions) is not int or not 1 <= convolutions <= 256:
        raise ValueError(f"{convolutions!r} convolutions are not between 1 and 256")
    if type(scale) is not int or scale not in (2, 3, 4):
        raise ValueError(f"a factor of {scale!r} is not 2, 3 or 4")
    each = [precision] * convolutions if isinstance(precision, str) else precision
    if not isinstance(each, list) or len(each) != convolutions:
        raise ValueError(f"its precision {precision!r} is not one for each convolution")
    if not all(one in PRECISIONS for one in each):
        raise ValueError(f"its precision {precision!r} is unknown")
    return Config(channels, convolutions, scale, tuple(each))


def body_types(config: Config, block: int) -> dict[str, ArrayType]:
    """Return the arrays of the body.

    Args:
        config: of the network.
        block: convolutions in a block; the first of each has a PReLU.
    """
    c = config.channels
    named: dict[str, ArrayType] = {}
    for i, precision in enumerate(config.precision):
        if precision == "float":
            named[f"body.{i}.weight"] = ArrayType((c, c, 3, 3))
        else:
            named[f"body.{i}.sign"] = ArrayType((c, 9 * c // 8), np.uint8)
            named[f"body.{i}.scale"] = ArrayType((c,))
        named[f"body.{i}.bias"] = ArrayType((c,))
        if precision == "binary":
            named[f"body.{i}.threshold"] = ArrayType((c,))
            if config.gated:
                named[f"body.{i}.gate_weight"] = ArrayType((c,))
                named[f"body.{i}.gate_bias"] = ArrayType((1,))
        if i % block == 0:
            named[f"body.{i}.slope"] = ArrayType((c,))
    return named


def body_layers(config: Config, arrays: Arrays) -> Layers:
    """Return the convolutions of the body with their weights."""
    layers = []
    for i, precision in enumerate(config.precision):
        start = f"body.{i}."
        unit = {
            name.removeprefix(start): array
            for name, array in arrays.items()
            if name.startswith(start)
        }
        layers.append(_unit_layer(precision, config.channels, unit))
    return tuple(layers)


def _unit_layer(precision: str, channels: int, unit: Arrays) -> FloatLayer | BinaryLayer:
    if precision == "float":
        return float_layer(unit["weight"], unit["bias"], unit.get("slope"))
    if precision == "binary-weight":
        weights = dense_filters(unit["sign"], unit["scale"])
        return float_layer(weights, unit["bias"], unit.get("slope"))
    slope = unit.get("slope", np.ones(channels, np.float32))
    gate = (unit["gate_weight"], unit["gate_bias"]) if "gate_weight" in unit else None
    numbers = unit["scale"], unit["bias"], slope, unit["threshold"]
    return binary_layer(unit["sign"], *numbers, gate)


def dense_filters(sign: NDArray[np.uint8], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return packed binary filters (O, 9 C / 8) and their scales as floats, (O, C, 3, 3)."""
    negative = unpack_filters(sign, sign.shape[1] * 8 // 9)
    return np.where(negative, -1, 1).astype(np.float32) * scale[:, None, None, None]


@dataclass(frozen=True, eq=False)
class Run:
    """Convolutions of the body that one stage computes: a float one, or neighbouring binary ones.

    Attributes:
        start, end: which.
        tables: of the binary ones.
    """

    start: int
    end: int
    tables: Tables | None


def body_runs(layers: Layers, block: int) -> Iterator[Run]:
    """Divide the body; a run that begins or ends within a block has one convolution.

    Args:
        layers: of the body.
        block: convolutions in a block; the last of each adds what entered the block.
    """
    start = 0
    while start < len(layers):
        end = start
        while start % block == 0 and _all_binary(layers[end : end + block]):
            end += block
        if end == start:
            end = start + 1
        run = [layer for layer in layers[start:end] if isinstance(layer, BinaryLayer)]
        adds = [(i + 1) % block == 0 for i in range(start, end)]
        yield Run(start, end, tables(run, adds) if run else None)
        start = end


def _all_binary(layers: Sequence[FloatLayer | BinaryLayer]) -> bool:
    return bool(layers) and all(isinstance(layer, BinaryLayer) for layer in layers)


def float_at(layers: Layers, i: int) -> FloatLayer:
    """Return the i-th convolution of the body, a float one."""
    layer = layers[i]
    assert isinstance(layer, FloatLayer)
    return layer
