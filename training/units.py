"""The binary parts of a network: signs with straight-through gradients, and the three units."""

from __future__ import annotations

from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.nn import functional

Precision = Literal["binary", "binary-weight", "float"]

FIRST_GAIN = 4.0
FIRST_SLOPE = 0.15
LATENT_SPREAD = 0.1


def is_filter(name: str) -> bool:
    """Say whether a network's parameter is a body's filters."""
    return name.startswith("body.") and name.endswith(".weight")


def is_latent(name: str, precision: Precision) -> bool:
    """Say whether a network's parameter is the real-valued weight behind a sign."""
    return precision != "float" and is_filter(name)


class SignOfInput(Function):
    """Sign of the features around a threshold; the gradient is that of a soft step.

    With u = gain (f - threshold): forward +1 where u >= 0 and -1 elsewhere, backward
    d/du = 2 - 2|u| inside |u| < 1 and 0 outside (Bi-Real Net, 2018), handed on to f,
    threshold and gain by the chain rule.
    """

    @staticmethod
    def forward(ctx: Any, features: Tensor, threshold: Tensor, gain: Tensor) -> Tensor:
        """Return the signs, shaped and typed like features (batch, channels, height, width)."""
        shifted = features - threshold.view(1, -1, 1, 1)
        ctx.save_for_backward(shifted, gain)
        return torch.where(shifted >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the gradients of features, threshold and gain."""
        shifted, gain = ctx.saved_tensors
        steep = gain.view(1, -1, 1, 1)
        through = gradients[0] * (2 - 2 * (steep * shifted).abs()).clamp_(min=0)
        of_features = through * steep
        of_gain = (through * shifted).sum(dim=(0, 2, 3))
        return of_features, -of_features.sum(dim=(0, 2, 3)), of_gain


class SignOfWeight(Function):
    """Sign of the latent weights, sign(0) = +1.

    The gradient passes but where it would move a weight beyond 1 farther out. It must bring those
    back that are there: with none at all, a quarter of a network's signs could never change again.
    """

    @staticmethod
    def forward(ctx: Any, weight: Tensor) -> Tensor:
        """Return the signs, shaped like weight."""
        ctx.save_for_backward(weight)
        return torch.where(weight >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        """Return the gradient of the latent weight."""
        (weight,) = ctx.saved_tensors
        inward = gradients[0] * weight > 0
        return gradients[0] * ((weight.abs() <= 1) | inward)


class Unit(nn.Module):
    """One 3x3 convolution of the body in one of three precisions; gives what the skip adds.

    binary: PReLU(scale * sum(sign(f - threshold) * sign(W)) + bias), padded with +1, and with a
    gate times 1 + (lean . gain (f - threshold) + level) / 2, held within 0..2;
    binary-weight: PReLU(scale * conv(f, sign W) + bias) and float: PReLU(conv(f, W) + bias), both
    padded with zero. The arithmetic is that of engine/networks.
    """

    def __init__(
        self, channels: int, precision: Precision, activated: bool = True, gated: bool = False
    ) -> None:
        super().__init__()
        self.precision, self.gated = precision, gated and precision == "binary"
        spread = (3 / (9 * channels)) ** 0.5 if precision == "float" else LATENT_SPREAD * 3**0.5
        weight = torch.empty(channels, channels, 3, 3).uniform_(-spread, spread)
        if precision == "float":
            weight *= 0.3  # a residual network starts close to the identity
        self.weight = nn.Parameter(weight)
        self.bias = nn.Parameter(torch.zeros(channels))
        if activated:
            self.slope = nn.Parameter(torch.full((channels,), FIRST_SLOPE))
        else:
            self.register_parameter("slope", None)
        if precision != "float":
            first = 0.05 if precision == "binary" else 0.3
            self.scale = nn.Parameter(torch.full((channels,), first / (9 * channels) ** 0.5))
        if precision == "binary":
            self.threshold = nn.Parameter(torch.zeros(channels))
            self.gain = nn.Parameter(torch.full((channels,), FIRST_GAIN))
        if self.gated:  # open half way: the unit without a gate
            self.lean = nn.Parameter(torch.zeros(channels))
            self.level = nn.Parameter(torch.zeros(1))

    def forward(self, features: Tensor) -> Tensor:
        """Map (batch, channels, height, width) to the same shape."""
        if self.precision == "float":
            total = functional.conv2d(features, self.weight, padding=1)
        elif self.precision == "binary-weight":
            total = functional.conv2d(features, SignOfWeight.apply(self.weight), padding=1)
        else:
            signs = SignOfInput.apply(features, self.threshold, self.gain)
            signs = functional.pad(signs, (1, 1, 1, 1), value=1.0)
            total = functional.conv2d(signs, SignOfWeight.apply(self.weight))
        if self.precision != "float":
            total = total * self.scale.view(1, -1, 1, 1)
        total = total + self.bias.view(1, -1, 1, 1)
        if self.slope is not None:
            total = torch.where(total > 0, total, self.slope.view(1, -1, 1, 1) * total)
        return total * self.gate(features) if self.gated else total

    def gate(self, features: Tensor) -> Tensor:
        """Return a factor for each pixel, (batch, 1, height, width)."""
        steep = (self.lean * self.gain).view(1, -1, 1, 1)
        seen = (steep * (features - self.threshold.view(1, -1, 1, 1))).sum(dim=1, keepdim=True)
        return (1 + (seen + self.level) / 2).clamp(0, 2)
