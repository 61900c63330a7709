"""A discriminator learns to tell a teacher's pictures, and costs what it does not believe."""

import pytest
import torch
from torch.nn import functional

from training.discriminator import Adversary


@pytest.fixture
def adversary():
    torch.manual_seed(1)
    return Adversary("cpu")


def pictures(seed):
    """Return a soft picture, a crisp one (the teacher's) and what both were made of."""
    draw = torch.Generator().manual_seed(seed)
    crisp = torch.rand(2, 3, 32, 32, generator=draw).round()
    low = functional.avg_pool2d(crisp, 4)
    soft = functional.interpolate(low, scale_factor=4, mode="bilinear")
    return soft, crisp, low


def learn(adversary, steps=60):
    for seed in range(steps):
        adversary.learn(*pictures(seed), half=False)


def test_the_discriminator_learns_to_tell_soft_from_crisp(adversary):
    learn(adversary)
    soft, crisp, low = pictures(1000)
    with torch.no_grad():
        false, true = (adversary.discriminator(each, low)[-1].mean() for each in (soft, crisp))
    assert true > false + 0.5


def test_a_result_costs_less_the_more_it_looks_like_the_teachers(adversary):
    learn(adversary)
    soft, crisp, low = pictures(1000)
    costs = [
        float(adversary.cost(soft + share * (crisp - soft), crisp, low, False))
        for share in (0.0, 0.5, 1.0)
    ]
    assert costs[0] > costs[1] > costs[2]


def test_the_cost_moves_the_result_and_not_the_discriminator(adversary):
    soft, crisp, low = pictures(3)
    soft.requires_grad_()
    adversary.cost(soft, crisp, low, False).backward()
    assert soft.grad is not None and soft.grad.abs().sum() > 0
    assert all(parameter.grad is None for parameter in adversary.discriminator.parameters())
    assert all(parameter.requires_grad for parameter in adversary.discriminator.parameters())


def test_learning_leaves_the_network_alone(adversary):
    soft, crisp, low = pictures(3)
    soft.requires_grad_()
    before = adversary.discriminator.last.bias.clone()
    adversary.learn(soft, crisp, low, False)
    assert soft.grad is None and not torch.equal(adversary.discriminator.last.bias, before)


@pytest.mark.parametrize("scale", [2, 4])
def test_pictures_of_every_scale_are_judged_part_by_part(adversary, scale):
    low = torch.rand(1, 3, 24, 24)
    *features, verdict = adversary.discriminator(torch.rand(1, 3, 24 * scale, 24 * scale), low)
    assert len(features) == 3 and verdict.shape[:2] == (1, 1) and verdict.numel() > 16
