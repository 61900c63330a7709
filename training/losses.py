"""How far a result is from what it should be, and what is minimised."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor
from torch.nn import functional

from bsr.engine.images.compression import LUMA
from training.config import RunConfig
from training.data import Batch

CHARBONNIER = 1e-3  # where the distance turns from a square to a straight line (LapSRN, 2017)
LATE = 2 / 3  # of a run; from here on the truth takes a part of the teacher's share


def losses(
    result: Tensor | tuple[Tensor, ...], batch: Batch, config: RunConfig, progress: float
) -> tuple[Tensor, Tensor]:
    """Return the distance to the truth, and what is minimised.

    A teacher's picture is easier to reach than the truth, which holds noise, so it is aimed at
    first; in the last third of the run the truth takes a part of its share. A pyramid has no
    teacher.
    """
    if isinstance(result, tuple):
        loss = pyramid_loss(result, batch.high.to(result[0].device))
        return loss, loss
    device = result.device
    high = batch.high.to(device)
    loss = functional.l1_loss(result, high)
    to_truth = distance(result, high, config.luma)
    if batch.taught is None or not config.taught:
        return loss, to_truth
    share = config.taught * (config.late if progress >= LATE else 1.0)
    aim = batch.taught.to(device)
    taught = distance(result, aim, config.luma)
    if config.edges:
        taught = taught + config.edges * edge_loss(result, aim)
    if config.tones:
        taught = taught + config.tones * tone_loss(result, aim, batch.scale)
    return loss, share * taught + (1 - share) * to_truth


def distance(result: Tensor, aim: Tensor, luma: float) -> Tensor:
    """Return the L1 distance, of which a share is that of the luma alone."""
    away = result - aim
    if not luma:
        return away.abs().mean()
    brighter = (away * away.new_tensor(LUMA).view(1, 3, 1, 1)).sum(dim=1)
    return (1 - luma) * away.abs().mean() + luma * brighter.abs().mean()


def pyramid_loss(pictures: Sequence[Tensor], truth: Tensor) -> Tensor:
    """Return the sum of the levels' Charbonnier distances to the truth, shrunk to each size."""
    total = truth.new_zeros(())
    for picture in pictures:
        aim = truth
        if picture.shape != truth.shape:
            aim = functional.interpolate(
                truth, picture.shape[2:], mode="bicubic", align_corners=False, antialias=True
            )
        total = total + ((picture - aim).square() + CHARBONNIER**2).sqrt().mean()
    return total


def tone_loss(result: Tensor, aim: Tensor, scale: int) -> Tensor:
    """Return the L1 distance between the means of squares of scale x scale pixels."""
    return functional.avg_pool2d(result - aim, scale).abs().mean()


def edge_loss(result: Tensor, aim: Tensor) -> Tensor:
    """Return the L1 distance between the steps from pixel to pixel, along both axes."""
    difference = result - aim
    return difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
