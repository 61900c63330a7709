"""The light and the classic SRResNet in PyTorch, with the arithmetic of engine/networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from bsr.engine.networks.light import CENTRE
from training.units import FIRST_SLOPE, Precision, Unit


@dataclass(frozen=True)
class NetworkConfig:
    """What a network is; the same fields as in the header of a weights file.

    Attributes:
        variant: "light" (skip round every convolution, direct tail, bicubic base) or "classic".
        scales: enlargements, 2, 3 or 4; the light network has a tail for each on one body.
        precision: of the body: "binary", "binary-weight" or "float".
        channels: of the body.
        convolutions: 3x3 convolutions of the body.
        skip: how many convolutions of the light body one skip spans: 1, or 2 to compare with.
    """

    variant: Literal["light", "classic"] = "light"
    scales: tuple[int, ...] = (4,)
    precision: Precision = "binary"
    channels: int = 64
    convolutions: int = 32
    skip: int = 1

    @property
    def scale(self) -> int:
        """Return the first scale, the only one of most networks."""
        return self.scales[0]


class Light(nn.Module):
    """Head 3x3, a body with skips, for each scale a tail and shuffle on a bicubic base."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.head = nn.Conv2d(3, config.channels, 3, padding=1)
        self.body = _body(config, [True] * config.convolutions)
        self.tails = nn.ModuleDict()
        for scale in config.scales:
            tail = nn.Conv2d(config.channels, 3 * scale**2, 3, padding=1)
            nn.init.zeros_(tail.weight)  # the first output is the bicubic picture
            nn.init.zeros_(cast(Tensor, tail.bias))
            self.tails[str(scale)] = tail

    def forward(self, low: Tensor, half: bool = False, scale: int | None = None) -> Tensor:
        """Upscale a batch.

        Args:
            low: (batch, 3, height, width) float32, RGB in 0..1.
            half: whether the body's convolutions run in bfloat16.
            scale: one of the configuration's, its first by default.

        Returns:
            (batch, 3, scale * height, scale * width) float32, not clipped.
        """
        scale = scale or self.config.scale
        first = self.head(low - CENTRE)
        features = first
        with torch.autocast(low.device.type, torch.bfloat16, enabled=half):
            for start in range(0, len(self.body), self.config.skip):
                change = features
                for unit in self.body[start : start + self.config.skip]:
                    change = unit(change)
                features = features + change
        residual = functional.pixel_shuffle(self.tails[str(scale)](features + first), scale)
        return residual + functional.interpolate(
            low, scale_factor=scale, mode="bicubic", align_corners=False
        )


class Classic(nn.Module):
    """The paper's SRResNet without normalisation: 9x9 head and tail, shuffled upsampling."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        channels = config.channels
        self.head = nn.Conv2d(3, channels, 9, padding=4)
        self.head.slope = nn.Parameter(torch.full((channels,), FIRST_SLOPE))
        self.body = _body(config, [i % 2 == 0 for i in range(config.convolutions)])
        self.join = nn.Conv2d(channels, channels, 3, padding=1)
        self.factors = [2, 2] if config.scale == 4 else [config.scale]
        self.up = nn.ModuleList()
        for factor in self.factors:
            upsample = nn.Conv2d(channels, channels * factor**2, 3, padding=1)
            upsample.slope = nn.Parameter(torch.full((channels,), FIRST_SLOPE))
            self.up.append(upsample)
        self.tail = nn.Conv2d(channels, 3, 9, padding=4)

    def forward(self, low: Tensor, half: bool = False, scale: int | None = None) -> Tensor:
        """Upscale a batch by the only scale; arguments and result as in Light.forward."""
        first = functional.prelu(self.head(low), self.head.slope)
        features = first
        with torch.autocast(low.device.type, torch.bfloat16, enabled=half):
            for k in range(0, len(self.body), 2):
                features = features + self.body[k + 1](self.body[k](features))
            features = first + self.join(features)
            for upsample, factor in zip(self.up, self.factors, strict=True):
                features = functional.pixel_shuffle(upsample(features), factor).float()
                features = functional.prelu(features, upsample.slope)
        return self.tail(features.float())


Network = Light | Classic


def build(config: NetworkConfig) -> Network:
    """Make a network with fresh parameters from torch's global generator."""
    return Light(config) if config.variant == "light" else Classic(config)


def _body(config: NetworkConfig, activated: list[bool]) -> nn.ModuleList:
    return nn.ModuleList(Unit(config.channels, config.precision, flag) for flag in activated)
