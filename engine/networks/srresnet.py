"""SRResNet, light and classic, with a body of binary, binary-weight or float convolutions.

classic is the network of Ma et al., "Efficient Super Resolution Using Binarized Neural Network"
(2019, arXiv 1812.06378): Ledig's SRResNet without normalisation, whose residual blocks have binary
weights with one learned scale per filter.  light puts a skip round every convolution of the body,
enlarges in a single convolution and learns what bicubic interpolation lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bsr.engine.kernels.packing import unpack_filters
from bsr.engine.kernels.rings import Tables
from bsr.engine.networks.layers import BinaryLayer, FloatLayer, binary_layer, float_layer
from bsr.engine.networks.row_pipeline import Stage
from bsr.engine.networks.stages import (
    AddBicubic,
    BinaryBody,
    Convolution,
    Feature,
    OutputRegion,
    Round,
    Shuffle,
    Strip,
    Sum,
)
from bsr.engine.networks.tables import tables
from bsr.engine.picture import Pixels

Arrays = Mapping[str, NDArray[Any]]

CENTRE = 0.45
"""Subtracted from the pixels that enter the light network: about the mean of photographs."""

PRECISIONS = ("binary", "binary-weight", "float")


@dataclass(frozen=True)
class Config:
    """What a weights file says of an SRResNet.

    Attributes:
        variant: "light" or "classic".
        channels: of every feature map, C; a multiple of 32 up to 256.
        convolutions: in the body; even for classic, two to a block.
        scale: the factor, 2, 3 or 4.
        precision: of every convolution of the body.
    """

    variant: str
    channels: int
    convolutions: int
    scale: int
    precision: tuple[str, ...]

    @property
    def factors(self) -> tuple[int, ...]:
        """Of classic's pixel shuffles, one after the other."""
        return {2: (2,), 3: (3,), 4: (2, 2)}[self.scale]


def parse(config: Mapping[str, Any]) -> Config:
    """Check a configuration as it stands in a weights file.

    Raises:
        ValueError: something in it is missing or out of range; the message says what.
    """
    channels, convolutions = config.get("channels"), config.get("convolutions")
    variant, scale, precision = config.get("variant"), config.get("scale"), config.get("precision")
    if variant not in ("light", "classic"):
        raise ValueError(f"its variant {variant!r} is unknown")
    if not isinstance(channels, int) or channels % 32 or not 32 <= channels <= 256:
        raise ValueError(f"{channels!r} channels are not a multiple of 32 up to 256")
    if not isinstance(convolutions, int) or not 1 <= convolutions <= 256:
        raise ValueError(f"{convolutions!r} convolutions are not between 1 and 256")
    if variant == "classic" and convolutions % 2:
        raise ValueError("the classic variant takes an even number of convolutions")
    if scale not in (2, 3, 4) or isinstance(scale, bool):
        raise ValueError(f"a factor of {scale!r} is not 2, 3 or 4")
    each = [precision] * convolutions if isinstance(precision, str) else precision
    if not isinstance(each, list) or len(each) != convolutions or set(each) - set(PRECISIONS):
        raise ValueError(f"its precision {precision!r} is unknown")
    return Config(variant, channels, convolutions, scale, tuple(each))


def shapes(config: Config) -> dict[str, tuple[int, ...]]:
    """Return the name and shape of every array; `sign` arrays are uint8, the others float."""
    c, s = config.channels, config.scale
    light = config.variant == "light"
    size = 3 if light else 9
    named: dict[str, tuple[int, ...]] = {"head.weight": (c, 3, size, size), "head.bias": (c,)}
    for i, precision in enumerate(config.precision):
        if precision == "float":
            named[f"body.{i}.weight"] = (c, c, 3, 3)
        else:
            named[f"body.{i}.sign"] = (c, 9 * c // 8)
            named[f"body.{i}.scale"] = (c,)
        named[f"body.{i}.bias"] = (c,)
        if precision == "binary":
            named[f"body.{i}.threshold"] = (c,)
        if light or i % 2 == 0:
            named[f"body.{i}.slope"] = (c,)
    if light:
        return named | {"tail.weight": (3 * s * s, c, 3, 3), "tail.bias": (3 * s * s,)}
    named |= {"head.slope": (c,), "join.weight": (c, c, 3, 3), "join.bias": (c,)}
    for k, factor in enumerate(config.factors):
        wide = factor * factor * c
        named |= {f"up.{k}.weight": (wide, c, 3, 3), f"up.{k}.bias": (wide,)}
        named[f"up.{k}.slope"] = (c,)
    return named | {"tail.weight": (3, c, 9, 9), "tail.bias": (3,)}


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


@dataclass(frozen=True, eq=False)
class SRResNet:
    """A network with its weights, ready to run; frozen, shared by all threads."""

    config: Config
    head: FloatLayer
    body: tuple[FloatLayer | BinaryLayer, ...]
    join: FloatLayer | None
    ups: tuple[FloatLayer, ...]
    slopes: tuple[NDArray[np.float32], ...]
    tail: FloatLayer
    runs: tuple[Run, ...]

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""
        body = self.config.convolutions
        if self.config.variant == "light":
            return 1 + body + 1
        # head, body, join, then ever finer: each up to one pixel, and four of the result.
        return 4 + body + 1 + len(self.ups) + -(-4 // self.config.scale)

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step.

        Few enough for the caches and a quick cancel, so many that the Python between the kernels
        does not show.  Float layers take longer per pixel, and each has a buffer for a step's rows.
        """
        return 16384 if set(self.config.precision) == {"binary"} else 4096

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""
        if self.config.variant == "light":
            return self._light(pixels, left, right, target)
        return self._classic(pixels, left, right, target)

    def _light(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        first = Convolution(Strip(pixels, left, right, CENTRE), self.head)
        f: Feature = first
        for run in self.runs:
            last = run.end == len(self.body)
            if run.tables is not None:
                f = BinaryBody(f, run.tables, addend=first if last else None)
            else:
                f = Convolution(f, self._float(run.start), residual=f)
                f = Sum(f, first) if last else f
        detail = Convolution(f, self.tail)
        return AddBicubic(detail, Strip(pixels, left, right, 0), self.config.scale, target)

    def _classic(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        first = Convolution(Strip(pixels, left, right, 0), self.head)
        f: Feature = first
        t: Feature = first
        for run in self.runs:
            if run.tables is not None:
                made: Feature = BinaryBody(t, run.tables, residual=f)
            else:
                adds = run.start % 2 == 1
                made = Convolution(t, self._float(run.start), residual=f if adds else None)
            t = made
            f = made if run.end % 2 == 0 else f
        assert self.join is not None
        f = Convolution(f, self.join, residual=first)
        for factor, up, slopes in zip(self.config.factors, self.ups, self.slopes, strict=True):
            f = Shuffle(Convolution(f, up), factor, slopes)
        return Round(Convolution(f, self.tail), target)

    def _float(self, i: int) -> FloatLayer:
        layer = self.body[i]
        assert isinstance(layer, FloatLayer)
        return layer


def build(config: Config, arrays: Arrays) -> SRResNet:
    """Put the arrays of a weights file (see shapes) in the order in which the kernels read them."""
    layers = []
    for i, precision in enumerate(config.precision):
        unit = {name: arrays[f"body.{i}.{name}"] for name in _names(config, i)}
        layers.append(_unit_layer(precision, config.channels, unit))
    light = config.variant == "light"
    ups = [] if light else range(len(config.factors))
    return SRResNet(
        config,
        float_layer(arrays["head.weight"], arrays["head.bias"], arrays.get("head.slope")),
        tuple(layers),
        None if light else float_layer(arrays["join.weight"], arrays["join.bias"]),
        tuple(float_layer(arrays[f"up.{k}.weight"], arrays[f"up.{k}.bias"]) for k in ups),
        tuple(arrays[f"up.{k}.slope"] for k in ups),
        float_layer(arrays["tail.weight"], arrays["tail.bias"]),
        tuple(_runs(config, layers)),
    )


def _runs(config: Config, layers: Sequence[FloatLayer | BinaryLayer]) -> Iterator[Run]:
    """Divide the body; a run that begins or ends within a block of classic has one convolution."""
    block = 1 if config.variant == "light" else 2
    start = 0
    while start < len(layers):
        end = start
        while start % block == 0 and _all_binary(layers[end : end + block]):
            end += block
        if end == start:
            end = start + 1
        run = [layer for layer in layers[start:end] if isinstance(layer, BinaryLayer)]
        adds = [block == 1 or i % 2 == 1 for i in range(start, end)]
        yield Run(start, end, tables(run, adds) if run else None)
        start = end


def _all_binary(layers: Sequence[FloatLayer | BinaryLayer]) -> bool:
    return bool(layers) and all(isinstance(layer, BinaryLayer) for layer in layers)


def _names(config: Config, i: int) -> list[str]:
    start = f"body.{i}."
    return [name.removeprefix(start) for name in shapes(config) if name.startswith(start)]


def _unit_layer(precision: str, channels: int, unit: Arrays) -> FloatLayer | BinaryLayer:
    if precision == "float":
        return float_layer(unit["weight"], unit["bias"], unit.get("slope"))
    if precision == "binary-weight":
        weights = dense_filters(unit["sign"], unit["scale"])
        return float_layer(weights, unit["bias"], unit.get("slope"))
    slope = unit.get("slope", np.ones(channels, np.float32))
    return binary_layer(unit["sign"], unit["scale"], unit["bias"], slope, unit["threshold"])


def dense_filters(sign: NDArray[np.uint8], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return packed binary filters (O, 9 C / 8) and their scales as floats, (O, C, 3, 3)."""
    negative = unpack_filters(sign, sign.shape[1] * 8 // 9)
    return np.where(negative, -1, 1).astype(np.float32) * scale[:, None, None, None]
