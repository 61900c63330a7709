"""The light SRResNet, the paper's and LapSRN, with the arithmetic of engine/networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from bsr.engine.networks.body import CENTRE
from training.units import FIRST_SLOPE, Precision, Unit


@dataclass(frozen=True)
class NetworkConfig:
    """What a network is; the same fields as in the header of a weights file.

    Attributes:
        name: "light" (skip round every convolution, direct tail, bicubic base), "srresnet", or
            "lapsrn" (a pyramid of levels, each twice as large as the one before).
        scales: enlargements, 2, 3 or 4; the light network has a tail for each on one body. Of
            a pyramid 2, 4 and so on, one for each level.
        precision: of the body: "binary", "binary-weight" or "float".
        channels: of the body.
        convolutions: 3x3 convolutions of the body, of a pyramid's of each level.
        skip: how many convolutions of the light body one skip spans: 1, or 2 to compare with.
        gated: whether what each binary unit of the light body adds is weighed pixel by pixel.
    """

    name: Literal["light", "srresnet", "lapsrn"] = "light"
    scales: tuple[int, ...] = (4,)
    precision: Precision = "binary"
    channels: int = 64
    convolutions: int = 32
    skip: int = 1
    gated: bool = False

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


class SRResNet(nn.Module):
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


class LapSRN(nn.Module):
    """A pyramid: every level adds detail to the bicubic picture of the level below."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        channels, levels = config.channels, len(config.scales)
        self.head = nn.Conv2d(3, channels, 3, padding=1)
        self.body = _body(config, [True] * (config.convolutions * levels))
        self.detail = nn.ModuleList(nn.Conv2d(channels, 12, 3, padding=1) for _ in range(levels))
        for detail in self.detail:
            nn.init.zeros_(detail.weight)  # the first outputs are bicubic pictures
            nn.init.zeros_(cast(Tensor, detail.bias))
        self.up = nn.ModuleList(_repeat(channels) for _ in range(levels - 1))

    def forward(
        self, low: Tensor, half: bool = False, scale: int | None = None
    ) -> tuple[Tensor, ...]:
        """Upscale a batch, level by level.

        Args:
            low: (batch, 3, height, width) float32, RGB in 0..1.
            half: whether the body's convolutions run in bfloat16.
            scale: of the last level that runs, the configuration's first by default.

        Returns:
            The picture of each level, the smallest first, float32 and not clipped.
        """
        running = self.config.scales.index(scale or self.config.scale) + 1
        features, picture = self.head(low - CENTRE), low
        pictures: list[Tensor] = []
        for level in range(running):
            if level:
                features = self._larger(features, level - 1, half)
            features = self._level(features, level, half)
            detail = functional.pixel_shuffle(self.detail[level](features), 2)
            picture = detail + functional.interpolate(
                picture, scale_factor=2, mode="bicubic", align_corners=False
            )
            pictures.append(picture)
        return tuple(pictures)

    def _level(self, features: Tensor, level: int, half: bool) -> Tensor:
        count = self.config.convolutions
        with torch.autocast(features.device.type, torch.bfloat16, enabled=half):
            for unit in self.body[level * count : (level + 1) * count]:
                features = features + unit(features)
        return features

    def _larger(self, features: Tensor, level: int, half: bool) -> Tensor:
        up = self.up[level]
        with torch.autocast(features.device.type, torch.bfloat16, enabled=half):
            shuffled = functional.pixel_shuffle(up(features), 2).float()
        return functional.prelu(shuffled, up.slope)


Network = Light | SRResNet | LapSRN
_NETWORKS: dict[str, Callable[[NetworkConfig], Network]] = {
    "light": Light,
    "srresnet": SRResNet,
    "lapsrn": LapSRN,
}


def build(config: NetworkConfig) -> Network:
    """Make a network with fresh parameters from torch's global generator.

    Raises:
        ValueError: the scales are not those of a pyramid's levels.
    """
    if config.name == "lapsrn" and config.scales != (2, 4, 8)[: len(config.scales)]:
        raise ValueError(f"{config.scales} are not the scales of a pyramid, 2, 4 and 8")
    return _NETWORKS[config.name](config)


def largest(result: Tensor | tuple[Tensor, ...]) -> Tensor:
    """Return the picture that a network made, of a pyramid that of the last level."""
    return result[-1] if isinstance(result, tuple) else result


def _repeat(channels: int) -> nn.Conv2d:
    """Return a convolution whose pixel shuffle at first repeats every pixel four times."""
    up = nn.Conv2d(channels, 4 * channels, 3, padding=1)
    nn.init.dirac_(up.weight)
    with torch.no_grad():
        up.weight.copy_(up.weight[:channels].repeat_interleave(4, dim=0))
    nn.init.zeros_(cast(Tensor, up.bias))
    up.slope = nn.Parameter(torch.ones(channels))
    return up


def _body(config: NetworkConfig, activated: list[bool]) -> nn.ModuleList:
    made = (Unit(config.channels, config.precision, flag, config.gated) for flag in activated)
    return nn.ModuleList(made)
