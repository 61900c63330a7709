"""LapSRN (Lai et al. 2017, arXiv 1704.03915), the third network that Ma et al. 2019 binarize.

A pyramid: every level doubles the size.  Its features pass convolutions, as in the light network
with a skip round each, and give the detail that is added to the bicubic picture of the level below;
enlarged by a float convolution and a pixel shuffle they go on to the next level.  One file serves
x2, x4 and x8, which differ in how many of its levels run.
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
from .body import CENTRE, Arrays, Layers, Run, body_layers, body_runs, body_types, float_at
from .layers import ArrayType, float_layer
from .row_pipeline import Stage
from .stages import (
    AddBicubic,
    Bicubic,
    Convolution,
    Feature,
    OutputRegion,
    Shuffle,
    Strip,
    Sum,
)

FACTOR = 2
"""By which a level enlarges."""

LEVELS = 3

WARM_UP = ({"precision": "binary", "convolutions": 1, "channels": 32, "levels": 2, "scale": 4},)


@dataclass(frozen=True)
class Config(bodies.Config):
    """What a weights file says of a LapSRN, and the scale that is wanted of it.

    Attributes:
        channels, precision: as in other networks.
        convolutions: in the body, of all levels together.
        scale: the factor, FACTOR to the power of the levels that run.
        levels: whose weights there are, 1 to LEVELS.
    """

    levels: int

    @property
    def running(self) -> int:
        """How many of the levels run."""
        return self.scale.bit_length() - 1

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step; the last level has the most."""
        return super().step_pixels // (self.scale // FACTOR)


def parse(config: Mapping[str, Any]) -> Config:
    """Check a configuration as it stands in a weights file, with the scale that is wanted.

    Raises:
        ValueError: something in it is missing or out of range; the message says what.
    """
    levels, each, scale = (config.get(key) for key in ("levels", "convolutions", "scale"))
    if type(levels) is not int or not 1 <= levels <= LEVELS:
        raise ValueError(f"{levels!r} levels are not between 1 and {LEVELS}")
    if type(each) is not int or not 1 <= each <= 64:
        raise ValueError(f"{each!r} convolutions in a level are not between 1 and 64")
    scales = [FACTOR**level for level in range(1, levels + 1)]
    if type(scale) is not int or scale not in scales:
        raise ValueError(f"a factor of {scale!r} is not among {scales}")
    body = bodies.parse({**config, "convolutions": levels * each, "scale": FACTOR})
    return Config(body.channels, body.convolutions, scale, body.precision, levels)


def array_types(config: Config) -> dict[str, ArrayType]:
    """Return the name, shape and dtype of every array, also of levels that do not run."""
    c, detail = config.channels, 3 * FACTOR**2
    named = {
        "head.weight": ArrayType((c, 3, 3, 3)),
        "head.bias": ArrayType((c,)),
        **body_types(config, block=1),
    }
    for k in range(config.levels):
        named[f"detail.{k}.weight"] = ArrayType((detail, c, 3, 3))
        named[f"detail.{k}.bias"] = ArrayType((detail,))
    for k in range(config.levels - 1):
        named[f"up.{k}.weight"] = ArrayType((FACTOR**2 * c, c, 3, 3))
        named[f"up.{k}.bias"] = ArrayType((FACTOR**2 * c,))
        named[f"up.{k}.slope"] = ArrayType((c,))
    return named


@dataclass(frozen=True, eq=False)
class Level:
    """One level of the pyramid.

    Attributes:
        body: its convolutions.
        runs: which of them run together.
        detail: what makes the features into detail.
        up, slopes: what brings the features to the next level; None in the last.
    """

    body: Layers
    runs: tuple[Run, ...]
    detail: FloatLayer
    up: FloatLayer | None
    slopes: NDArray[np.float32] | None

    def through_body(self, f: Feature) -> Feature:
        """Return the features behind the convolutions."""
        for run in self.runs:
            if run.tables is not None:
                f = BinaryBody(f, run.tables)
            else:
                f = Convolution(f, float_at(self.body, run.start), residual=f)
        return f


@dataclass(frozen=True, eq=False)
class LapSRN:
    """A network with its weights, ready to run; frozen, shared by all threads."""

    config: Config
    head: FloatLayer
    levels: tuple[Level, ...]

    @property
    def radius(self) -> int:
        """How many pixels of the input on every side an output pixel depends on."""
        # Of its own pixels a level sees its convolutions, two by what leads to it, one or two by
        # detail and bicubic; they are ever finer.
        each = self.config.convolutions // self.config.levels + 4
        return 1 + sum(-(-each // step) for step in (1, 2, 4)[: self.config.running])

    @property
    def step_pixels(self) -> int:
        """How many pixels of the input should enter in a step."""
        return self.config.step_pixels

    def connect(self, pixels: Pixels, left: int, right: int, target: OutputRegion) -> Stage:
        """Return the stages that enlarge the columns left..right of pixels into target."""
        f: Feature = Convolution(Strip(pixels, left, right, CENTRE), self.head)
        picture: Feature = Strip(pixels, left, right, 0)
        *lower, last = self.levels
        for level in lower:
            f = level.through_body(f)
            picture = Sum(Shuffle(Convolution(f, level.detail), FACTOR), Bicubic(picture, FACTOR))
            assert level.up is not None
            f = Shuffle(Convolution(f, level.up), FACTOR, level.slopes)
        detail = Convolution(last.through_body(f), last.detail)
        return AddBicubic(detail, picture, FACTOR, target)


def build(config: Config, arrays: Arrays) -> LapSRN:
    """Put the arrays of the levels that run in the order in which the kernels read them."""
    body = body_layers(config, arrays)
    each = config.convolutions // config.levels
    levels = []
    for k in range(config.running):
        layers = body[k * each : (k + 1) * each]
        detail = float_layer(arrays[f"detail.{k}.weight"], arrays[f"detail.{k}.bias"])
        up = slopes = None
        if k + 1 < config.running:
            up = float_layer(arrays[f"up.{k}.weight"], arrays[f"up.{k}.bias"])
            slopes = arrays[f"up.{k}.slope"]
        levels.append(Level(layers, tuple(body_runs(layers, block=1)), detail, up, slopes))
    head = float_layer(arrays["head.weight"], arrays["head.bias"])
    return LapSRN(config, head, tuple(levels))
