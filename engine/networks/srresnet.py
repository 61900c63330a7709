"""SRResNet as in Ma et al., "Efficient Super Resolution Using Binarized Neural Network" (2019).

arXiv 1812.06378: Ledig's SRResNet without normalisation, whose residual blocks have binary weights
with one learned scale per filter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernels.float_conv import FloatLayer
from ..picture import Pixels
from . import body as bodies
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
from .layers import ArrayType, float_layer
from .row_pipeline import Stage
from .stages import (
    Convolution,
    Feature,
    OutputRegion,
    Round,
    Shuffle,
    Strip,
)

FACTORS = {2: (2,), 3: (3,), 4: (2, 2)}
"""Scale -> factors of the pixel shuffles, one after the other."""

WARM_UP = ({"precision": "float", "convolutions": 2, "channels": 32, "scale": 2},)


def parse(config: Mapping[str, Any]) -> Config:
    """Check a configuration as it stands in a weights file.

    Raises:
        ValueError: something in it is missing or out of range; the message says what.
    """
    parsed = bodies.parse(config)
    if parsed.convolutions % 2:
        raise ValueError("SRResNet takes an even number of convolutions, two to a block")
    return parsed


def array_types(config: Config) -> dict[str, ArrayType]:
    """Return the name, shape and dtype of every array."""
    c = config.channels
    named = {
        "head.weight": ArrayType((c, 3, 9, 9)),
        "head.bias": ArrayType((c,)),
        "head.slope": ArrayType((c,)),
        **body_types(config, block=2),
        "join.weight": ArrayType((c, c, 3, 3)),
        "join.bias": ArrayType((c,)),
    }
    for k, factor in enumerate(FACTORS[config.scale]):
        wide = factor * factor * c
        named[f"up.{k}.weight"] = ArrayType((wide, c, 3, 3))
        named[f"up.{k}.bias"] = ArrayType((wide,))
        named[f"up.{k}.slope"] = ArrayType((c,))
    return named | {"tail.weight": ArrayType((3, c, 9, 9)), "tail.bias": ArrayType((3,))}


@dataclass(frozen=True, eq=False)
class SRResNet:
    """A network with its weights, ready to run; frozen, shared by all threads."""

    config: Config
    head: FloatLayer
    body: Layers
    join: FloatLayer
    ups: tuple[FloatLayer, ...]
    slopes: tuple[NDArray[np.float32], ...]
    tail: FloatLayer
    runs: tuple[Run, ...]

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""
        # head, body, join, then ever finer: each up to one pixel, and four of the result.
        return 4 + self.config.convolutions + 1 + len(self.ups) + -(-4 // self.config.scale)

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step."""
        return self.config.step_pixels

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""
        first = Convolution(Strip(pixels, left, right, 0), self.head)
        f: Feature = first
        t: Feature = first
        for run in self.runs:
            if run.tables is not None:
                made: Feature = BinaryBody(t, run.tables, residual=f)
            else:
                adds = run.start % 2 == 1
                layer = float_at(self.body, run.start)
                made = Convolution(t, layer, residual=f if adds else None)
            t = made
            f = made if run.end % 2 == 0 else f
        f = Convolution(f, self.join, residual=first)
        factors = FACTORS[self.config.scale]
        for factor, up, slopes in zip(factors, self.ups, self.slopes, strict=True):
            f = Shuffle(Convolution(f, up), factor, slopes)
        return Round(Convolution(f, self.tail), target)


def build(config: Config, arrays: Arrays) -> SRResNet:
    """Put the arrays of a weights file in the order in which the kernels read them."""
    body = body_layers(config, arrays)
    ups = range(len(FACTORS[config.scale]))
    return SRResNet(
        config,
        float_layer(arrays["head.weight"], arrays["head.bias"], arrays["head.slope"]),
        body,
        float_layer(arrays["join.weight"], arrays["join.bias"]),
        tuple(float_layer(arrays[f"up.{k}.weight"], arrays[f"up.{k}.bias"]) for k in ups),
        tuple(arrays[f"up.{k}.slope"] for k in ups),
        float_layer(arrays["tail.weight"], arrays["tail.bias"]),
        tuple(body_runs(body, block=2)),
    )
