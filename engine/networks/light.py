"""The light network: skips round every convolution, and a single one that enlarges.

It learns what bicubic interpolation lacks: its tail's pixels are added to the bicubic picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..picture import Pixels
from .binary_stages import BinaryBody
from .body import (
    Arrays,
    Config,
    Layers,
    Run,
    body_layers,
    body_runs,
    body_types,
    float_at,
)
from .body import parse as parse
from .layers import ArrayType, FloatLayer, float_layer
from .row_pipeline import Stage
from .stages import (
    AddBicubic,
    Convolution,
    Feature,
    OutputRegion,
    Strip,
    Sum,
)

CENTRE = 0.45
"""Subtracted from the pixels that enter the network: about the mean of photographs."""

WARM_UP = ({"precision": "binary", "convolutions": 1, "channels": 32, "scale": 2},)


def array_types(config: Config) -> dict[str, ArrayType]:
    """Return the name, shape and dtype of every array."""
    c, s = config.channels, config.scale
    return {
        "head.weight": ArrayType((c, 3, 3, 3)),
        "head.bias": ArrayType((c,)),
        **body_types(config, block=1),
        "tail.weight": ArrayType((3 * s * s, c, 3, 3)),
        "tail.bias": ArrayType((3 * s * s,)),
    }


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
    body = body_layers(config, arrays)
    return Light(
        config,
        float_layer(arrays["head.weight"], arrays["head.bias"]),
        body,
        float_layer(arrays["tail.weight"], arrays["tail.bias"]),
        tuple(body_runs(body, block=1)),
    )
