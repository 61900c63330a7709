"""Muon, an optimizer for the filters of a body.

Source: K. Jordan and others, "Muon: An optimizer for hidden layers in neural networks", 2024.
PyTorch has it for matrices, one at a time; here the filters of all layers move together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

MOMENTUM = 0.95
ROUNDS = 5  # of Newton and Schulz
A, B, C = 3.4445, -4.7750, 2.0315  # of their polynomial, which is quick, not exact
ADAM_STEP = 0.2  # what Adam moves a weight by, on average, over its rate (Liu and others, 2025)


class Muon(torch.optim.Optimizer):
    """Move filters along their gradient's momentum with all its singular values made 1.

    Filters of a layer that have much in common get gradients in few directions, and Adam follows
    these; here each direction counts the same. The step is as long as Adam's at the same rate.

    Args:
        filters: (filters, channels, height, width) float32, of one shape, or groups of such.
        rate: how far a step goes; a group's "lr".
    """

    def __init__(self, filters: Iterable[Tensor] | Iterable[dict[str, Any]], rate: float) -> None:
        super().__init__(filters, {"lr": rate})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every filter by its gradient."""
        for group in self.param_groups:
            filters = group["params"]
            gradients = torch.stack([each.grad for each in filters]).flatten(2)
            momenta = [self._momentum(each) for each in filters]
            torch._foreach_lerp_(momenta, list(gradients), 1 - MOMENTUM)
            ahead = gradients.lerp(torch.stack(momenta), MOMENTUM)  # Nesterov's
            length = ADAM_STEP * math.sqrt(max(ahead.shape[1:]))
            moves = (length * orthogonal(ahead)).view(-1, *filters[0].shape)
            torch._foreach_add_(filters, list(moves), alpha=-group["lr"])

    def _momentum(self, filters: Tensor) -> Tensor:
        state = self.state[filters]
        if not state:
            state["momentum"] = torch.zeros_like(filters).flatten(1)
        momentum: Tensor = state["momentum"]
        return momentum


def orthogonal(matrices: Tensor) -> Tensor:
    """Return matrices with the same singular vectors whose singular values are about 1.

    Args:
        matrices: (count, rows, columns) float32; one of zeros stays so.

    Returns:
        The same shape, float32, computed in bfloat16.
    """
    wide = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    result = torch.nn.functional.normalize(wide.flatten(1)).view_as(wide).bfloat16()
    for _ in range(ROUNDS):
        gram = result @ result.mT
        polynomial = torch.baddbmm(gram, gram, gram, beta=B, alpha=C)
        result = torch.baddbmm(result, polynomial, result, beta=A)
    return (result if wide is matrices else result.mT).float()
