"""A discriminator tells results from a teacher's pictures, so that a network learns their look.

Where a network cannot tell two inputs apart, the picture nearest to both aims is a soft one. The
discriminator sees small parts of a picture beside the input; what it finds wrong costs as well.

* Goodfellow et al.: "Generative Adversarial Nets", NeurIPS 2014; Ledig et al.: SRGAN, CVPR 2017.
* Isola et al., CVPR 2017: parts of a picture, seen beside the input.
* Miyato et al., ICLR 2018: spectral normalisation and the hinge. Wang et al., CVPR 2018: features.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from bsr.engine.networks.body import CENTRE

WIDTHS = (48, 96, 96)
FEATURES = 10.0  # weight of the features' distance beside the verdict
RATE = 4e-4
BETAS = (0.5, 0.99)


class Discriminator(nn.Module):
    """Convolutions that see 30 pixels of a picture and of its enlarged input."""

    def __init__(self) -> None:
        super().__init__()
        sizes = zip((6, *WIDTHS), WIDTHS, (2, 2, 1), strict=False)
        self.layers = nn.ModuleList(
            spectral_norm(nn.Conv2d(inputs, outputs, 4, stride, padding=1))
            for inputs, outputs, stride in sizes
        )
        self.last = spectral_norm(nn.Conv2d(WIDTHS[-1], 1, 3, padding=1))

    def forward(self, picture: Tensor, low: Tensor) -> list[Tensor]:
        """Judge pictures.

        Args:
            picture: (batch, 3, scale * height, scale * width) float32 in 0..1.
            low: what it was made of, (batch, 3, height, width).

        Returns:
            The features of each layer, and last the verdict on each part, above 0 for a teacher's.
        """
        base = functional.interpolate(
            low, size=picture.shape[2:], mode="bicubic", align_corners=False
        )
        features, seen = torch.cat([picture - base, base - CENTRE], dim=1), []
        for layer in self.layers:
            features = functional.leaky_relu(layer(features), 0.2)
            seen.append(features)
        return [*seen, self.last(features)]


class Adversary:
    """A discriminator and what it learns with.

    Attributes:
        discriminator: judges.
        optimizer: Adam over it.
    """

    def __init__(self, device: str) -> None:
        self.discriminator = Discriminator().to(device)
        self.optimizer = torch.optim.Adam(self.discriminator.parameters(), RATE, BETAS)

    def cost(self, result: Tensor, aim: Tensor, low: Tensor, half: bool) -> Tensor:
        """Return what a result costs that the discriminator does not take for a teacher's picture.

        Args:
            result: of the network, (batch, 3, height, width) float32; gets the gradient.
            aim: the teacher's picture, shaped alike.
            low: what both were made of.
            half: whether the discriminator runs in bfloat16.
        """
        self.discriminator.requires_grad_(False)
        with torch.autocast(result.device.type, torch.bfloat16, enabled=half):
            *ours, verdict = self.discriminator(result, low)
            with torch.no_grad():
                *theirs, _ = self.discriminator(aim, low)
        self.discriminator.requires_grad_(True)
        distances = [(a - b).abs().mean() for a, b in zip(ours, theirs, strict=True)]
        return cast(Tensor, FEATURES * sum(distances) - verdict.float().mean())

    def learn(self, result: Tensor, aim: Tensor, low: Tensor, half: bool) -> None:
        """Train the discriminator one step on the pictures that `cost` judged."""
        with torch.autocast(result.device.type, torch.bfloat16, enabled=half):
            verdict = self.discriminator(torch.cat([result.detach(), aim]), torch.cat([low, low]))[
                -1
            ]
        false, true = verdict.float().chunk(2)
        loss = functional.relu(1 - true).mean() + functional.relu(1 + false).mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()

    def state(self) -> dict[str, object]:
        """Return all that going on needs."""
        return {
            "discriminator": self.discriminator.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }

    def restore(self, state: dict[str, object]) -> None:
        """Go on from what `state` returned."""
        self.discriminator.load_state_dict(cast("dict[str, Tensor]", state["discriminator"]))
        self.optimizer.load_state_dict(cast("dict[str, Tensor]", state["optimizer"]))
