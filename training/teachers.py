"""Published float networks whose pictures are aimed at: SMFANet(+) and Real-ESRGAN's Compact.

Written from the published descriptions; parameters are named as in the published files, so that
strict loading proves every shape.

* Zheng et al.: "SMFANet: A Lightweight Self-Modulation Feature Aggregation Network for Efficient
  Image Super-Resolution", ECCV 2024.
* Wang et al.: "Real-ESRGAN", ICCVW 2021; Compact is its small network without skips.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from torch import Tensor, nn
from torch.nn import functional

from training.data import to_pixels

POOL = 8  # SMFANet's coarse branch sees a picture this many times smaller


def load_teacher(path: Path) -> nn.Module:
    """Build the network that a safetensors file names in its header and load the file's arrays.

    Raises:
        KeyError: the header names no known architecture.
        RuntimeError: an array is missing, unknown or of another shape.
    """
    with safe_open(path, framework="pt") as file:
        about = file.metadata()
        arrays = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118
    network = ARCHITECTURES[about["architecture"]](**json.loads(about["config"]))
    network.load_state_dict(arrays)
    return network.eval().requires_grad_(False)


def picture_of(teacher: nn.Module, low: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Upscale a whole picture of (height, width, 3) uint8; the result has the same form.

    SMFANet looks at the variance of the whole picture, so crops of 24 pixels would blind it.
    """
    batch = torch.from_numpy(np.ascontiguousarray(low)).permute(2, 0, 1)[None].float() / 255
    with torch.no_grad():
        result = teacher(batch)
    return to_pixels(result)


def _conv(inputs: int, outputs: int, size: int = 3, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, size, padding=size // 2, groups=groups)


class LocalDetail(nn.Module):
    """Depthwise detail: what SMFANet's aggregation adds back pixel by pixel."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv_0 = nn.Sequential(
            _conv(width, 2 * width, groups=width), _conv(2 * width, 2 * width, 1)
        )
        self.conv_1 = _conv(2 * width, width, 1)

    def forward(self, features: Tensor) -> Tensor:
        """Map (batch, width, height, columns) to the same shape."""
        return self.conv_1(functional.gelu(self.conv_0(features)))


class Aggregation(nn.Module):
    """Half of the channels scaled by a coarse picture and the variance, half kept as detail."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear_0 = _conv(width, 2 * width, 1)
        self.linear_1 = _conv(width, width, 1)
        self.linear_2 = _conv(width, width, 1)
        self.lde = LocalDetail(width)
        self.dw_conv = _conv(width, width, groups=width)
        self.alpha = nn.Parameter(torch.ones(1, width, 1, 1))
        self.belt = nn.Parameter(torch.zeros(1, width, 1, 1))

    def forward(self, features: Tensor) -> Tensor:
        """Map (batch, width, height, columns) to the same shape."""
        height, columns = features.shape[-2:]
        detail, rest = self.linear_0(features).chunk(2, dim=1)
        small = (max(1, height // POOL), max(1, columns // POOL))
        coarse = self.dw_conv(functional.adaptive_max_pool2d(rest, small))
        variance = torch.var(rest, dim=(-2, -1), keepdim=True)
        gate = functional.gelu(self.linear_1(coarse * self.alpha + variance * self.belt))
        gate = functional.interpolate(gate, size=(height, columns), mode="nearest")
        return self.linear_2(rest * gate + self.lde(detail))


class PartialFeed(nn.Module):
    """Feed-forward part of a block; a quarter of its hidden channels sees 3x3 pixels."""

    def __init__(self, width: int) -> None:
        super().__init__()
        hidden = 2 * width
        self.part = hidden // 4
        self.conv_0 = _conv(width, hidden, 1)
        self.conv_1 = _conv(self.part, self.part)
        self.conv_2 = _conv(hidden, width, 1)

    def forward(self, features: Tensor) -> Tensor:
        """Map (batch, width, height, columns) to the same shape."""
        hidden = functional.gelu(self.conv_0(features))
        seen = functional.gelu(self.conv_1(hidden[:, : self.part]))
        return self.conv_2(torch.cat([seen, hidden[:, self.part :]], dim=1))


class Block(nn.Module):
    """One block of SMFANet: aggregation and feed-forward, each with a skip."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.smfa = Aggregation(width)
        self.pcfn = PartialFeed(width)

    def forward(self, features: Tensor) -> Tensor:
        """Map (batch, width, height, columns) to the same shape."""
        features = self.smfa(functional.normalize(features)) + features
        return self.pcfn(functional.normalize(features)) + features


class SMFANet(nn.Module):
    """`dim` 36 with 8 blocks is SMFANet, 48 with 12 is SMFANet+."""

    def __init__(self, scale: int, dim: int = 36, blocks: int = 8) -> None:
        super().__init__()
        self.to_feat = _conv(3, dim)
        self.feats = nn.Sequential(*(Block(dim) for _ in range(blocks)))
        self.to_img = nn.Sequential(_conv(dim, 3 * scale**2), nn.PixelShuffle(scale))

    def forward(self, low: Tensor) -> Tensor:
        """Upscale (batch, 3, height, width) in 0..1, not clipped."""
        first = self.to_feat(low)
        return self.to_img(self.feats(first) + first)


class Compact(nn.Module):
    """Plain 3x3 convolutions with PReLU on a nearest-neighbour base."""

    def __init__(self, scale: int, dim: int = 64, convolutions: int = 32) -> None:
        super().__init__()
        self.scale = scale
        body: list[nn.Module] = [_conv(3, dim), nn.PReLU(dim)]
        for _ in range(convolutions):
            body += [_conv(dim, dim), nn.PReLU(dim)]
        self.body = nn.Sequential(*body, _conv(dim, 3 * scale**2))

    def forward(self, low: Tensor) -> Tensor:
        """Upscale (batch, 3, height, width) in 0..1, not clipped."""
        base = functional.interpolate(low, scale_factor=self.scale, mode="nearest")
        return functional.pixel_shuffle(self.body(low), self.scale) + base


ARCHITECTURES = {"SMFANet": SMFANet, "Compact": Compact}
