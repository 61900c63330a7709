"""The networks run on whole pictures by the kernels' references, which the engine is held to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ..kernels.fixed_point import (
    Shorts,
    fixed_gate,
    fixed_thresholds,
    rounded_product,
    saturated_sum,
    to_fixed,
    to_float,
)
from ..kernels.packing import unpack_filters
from ..networks import lapsrn as lapsrn_network
from ..networks import light as light_network
from ..networks.body import CENTRE, Config, dense_filters
from ..networks.srresnet import FACTORS
from .reference import (
    Floats,
    bicubic,
    binary_unit,
    conv_float,
    gate,
    planes,
    prelu,
    round_pixels,
    shuffle_pixels,
    signs,
)

Arrays = Mapping[str, NDArray[Any]]


def light(config: light_network.Config, arrays: Arrays, pixels: NDArray[Any]) -> NDArray[Any]:
    """Run the light network on a whole (small) picture.

    Args:
        config: of the network, with the scale.
        arrays: of its weights file; see networks.light.array_types.
        pixels: (H, W, 3) uint8 or uint16.

    Returns:
        (scale H, scale W, 3) of the same dtype.
    """
    x = planes(pixels)
    first = f = conv_float(x - np.float32(CENTRE), arrays["head.weight"], arrays["head.bias"])
    for i in range(config.convolutions):
        f = _sum(f, _unit(config, arrays, i, f))
    tail = config.tail(config.scale)
    detail = conv_float(f + first, arrays[f"{tail}.weight"], arrays[f"{tail}.bias"])
    result = shuffle_pixels(detail, config.scale) + bicubic(x, config.scale)
    return round_pixels(result, pixels.dtype.type)


def srresnet(config: Config, arrays: Arrays, pixels: NDArray[Any]) -> NDArray[Any]:
    """Run SRResNet on a whole (small) picture.

    Args:
        config: of the network.
        arrays: of its weights file; see networks.srresnet.array_types.
        pixels: (H, W, 3) uint8 or uint16.

    Returns:
        (scale H, scale W, 3) of the same dtype.
    """
    head = conv_float(planes(pixels), arrays["head.weight"], arrays["head.bias"])
    first = f = prelu(head, arrays["head.slope"])
    for i in range(0, config.convolutions, 2):
        f = _sum(f, _unit(config, arrays, i + 1, _floats(_unit(config, arrays, i, f))))
    f = first + conv_float(f, arrays["join.weight"], arrays["join.bias"])
    for k, factor in enumerate(FACTORS[config.scale]):
        wide = conv_float(f, arrays[f"up.{k}.weight"], arrays[f"up.{k}.bias"])
        f = prelu(shuffle_pixels(wide, factor), arrays[f"up.{k}.slope"])
    result = conv_float(f, arrays["tail.weight"], arrays["tail.bias"])
    return round_pixels(result, pixels.dtype.type)


def lapsrn(config: lapsrn_network.Config, arrays: Arrays, pixels: NDArray[Any]) -> NDArray[Any]:
    """Run LapSRN on a whole (small) picture.

    Args:
        config: of the network, with the scale.
        arrays: of its weights file; see networks.lapsrn.array_types.
        pixels: (H, W, 3) uint8 or uint16.

    Returns:
        (scale H, scale W, 3) of the same dtype.
    """
    picture = planes(pixels)
    f = conv_float(picture - np.float32(CENTRE), arrays["head.weight"], arrays["head.bias"])
    each = config.convolutions // config.levels
    for k in range(config.running):
        if k:
            wide = conv_float(f, arrays[f"up.{k - 1}.weight"], arrays[f"up.{k - 1}.bias"])
            f = prelu(shuffle_pixels(wide, 2), arrays[f"up.{k - 1}.slope"])
        for i in range(k * each, (k + 1) * each):
            f = _sum(f, _unit(config, arrays, i, f))
        detail = conv_float(f, arrays[f"detail.{k}.weight"], arrays[f"detail.{k}.bias"])
        picture = shuffle_pixels(detail, 2) + bicubic(picture, 2)
    return round_pixels(picture, pixels.dtype.type)


def _floats(y: Floats | Shorts) -> Floats:
    """Return what a unit gives, as floats."""
    return to_float(cast(Shorts, y)) if y.dtype == np.int16 else cast(Floats, y)


def _sum(f: Floats, y: Floats | Shorts) -> Floats:
    """Return the feature map f + y; in fixed point where the unit that made y is binary."""
    if y.dtype == np.int16:
        return to_float(saturated_sum(to_fixed(f), cast(Shorts, y)))
    return f + cast(Floats, y)


def _unit(config: Config, arrays: Arrays, i: int, f: Floats) -> Floats | Shorts:
    unit = {
        name: arrays.get(f"body.{i}.{name}")
        for name in (
            "weight", "sign", "scale", "bias", "slope", "threshold", "gate_weight", "gate_bias",
        )
    }  # fmt: skip
    slope = np.ones(len(f), np.float32) if unit["slope"] is None else unit["slope"]
    bias, sign, scale = unit["bias"], unit["sign"], unit["scale"]
    assert bias is not None
    if config.precision[i] == "float":
        assert unit["weight"] is not None
        return prelu(conv_float(f, unit["weight"], bias), slope)
    assert sign is not None and scale is not None
    if config.precision[i] == "binary-weight":
        return prelu(conv_float(f, dense_filters(sign, scale), bias), slope)
    assert unit["threshold"] is not None
    negative = signs(to_fixed(f), fixed_thresholds(unit["threshold"]))
    y = binary_unit(negative, unpack_filters(sign, len(f)), scale, bias, slope)
    weights, bias = unit["gate_weight"], unit["gate_bias"]
    if weights is None or bias is None:
        return y
    return rounded_product(y, gate(to_fixed(f), fixed_gate(weights, bias))[None])
