"""The light network: skips round every convolution, and a single one that enlarges.

It learns what bicubic interpolation lacks: its tail's pixels are added to the bicubic picture.
What a binary convolution adds may go through a gate, a factor for each pixel that all features
there decide on: one scale for a whole filter suits neither plain areas nor edges.
One body may carry a tail for each of several factors, which one file then serves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..kernels.float_conv import FloatLayer
from ..picture import Pixels
from . import body as bodies
from .binary_stages import BinaryBody
from .body import CENTRE, Arrays, Layers, Run, body_layers, body_runs, body_types, float_at
from .layers import ArrayType, float_layer
from .row_pipeline import Stage
from .stages import (
    AddBicubic,
    Convolution,
    Feature,
    OutputRegion,
    Strip,
    Sum,
)

WARM_UP = ({"precision": "binary", "convolutions": 1, "channels": 32, "scale": 2},)


@dataclass(frozen=True)
class Config(bodies.Config):
    """What a weights file says of a light network, and the scale that is wanted of it.

    Attributes:
        channels, convolutions, precision, gated: of the body.
        scale: the factor.
        scales: the factors whose tails there are.
    """

    scales: tuple[int, ...]

    def tail(self, scale: int) -> str:
        """Return what the arrays of a factor's tail are named after."""
        return f"tails.{scale}" if len(self.scales) > 1 else "tail"


def parse(config: Mapping[str, Any]) -> Config:
    """Check a configuration as it stands in a weights file, with the scale that is wanted.

    Raises:
        ValueError: something in it is missing or out of range; the message says what.
    """
    body = bodies.parse(config)
    scales = config.get("scales", [body.scale])
    valid = isinstance(scales, list) and all(type(s) is int and s in (2, 3, 4) for s in scales)
    if not valid or body.scale not in scales or scales != sorted(set(scales)):
        raise ValueError(f"a factor of {body.scale} is not among {scales!r}")
    gated = config.get("gated", False)
    if not isinstance(gated, bool):
        raise ValueError(f"gated is {gated!r}, neither true nor false")
    known = body.channels, body.convolutions, body.scale, body.precision
    return Config(*known, tuple(scales), gated=gated)


def array_types(config: Config) -> dict[str, ArrayType]:
    """Return the name, shape and dtype of every array, also of tails that do not run."""
    c = config.channels
    named = {
        "head.weight": ArrayType((c, 3, 3, 3)),
        "head.bias": ArrayType((c,)),
        **body_types(config, block=1),
    }
    for scale in config.scales:
        named[f"{config.tail(scale)}.weight"] = ArrayType((3 * scale**2, c, 3, 3))
        named[f"{config.tail(scale)}.bias"] = ArrayType((3 * scale**2,))
    return named


@dataclass(frozen=True, eq=False)
class Light:
    """A network with its weights, ready to run; frozen, shared by all threads."""

    config: Config
    head: FloatLayer
    body: Layers
    tail: FloatLayer
    runs: tuple[Run, ...]

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""
        return 1 + self.config.convolutions + 1

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step."""
        return self.config.step_pixels

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""
        first = Convolution(Strip(pixels, left, right, CENTRE), self.head)
        f: Feature = first
        for run in self.runs:
            last = run.end == len(self.body)
            if run.tables is not None:
                f = BinaryBody(f, run.tables, addend=first if last else None)
            else:
                f = Convolution(f, float_at(self.body, run.start), residual=f)
                f = Sum(f, first) if last else f
        detail = Convolution(f, self.tail)
        return AddBicubic(detail, Strip(pixels, left, right, 0), self.config.scale, target)


def build(config: Config, arrays: Arrays) -> Light:
    """Put the arrays of a weights file in the order in which the kernels read them."""
    body, tail = body_layers(config, arrays), config.tail(config.scale)
    return Light(
        config,
        float_layer(arrays["head.weight"], arrays["head.bias"]),
        body,
        float_layer(arrays[f"{tail}.weight"], arrays[f"{tail}.bias"]),
        tuple(body_runs(body, block=1)),
    )
