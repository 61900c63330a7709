from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from tests.small_runs import SMALL
from training.data import Batch
from training.losses import distance, edge_loss, losses, tone_loss

ONE = np.zeros(1, np.int64)


def test_a_distance_counts_brightness_by_its_share():
    grey = torch.full((1, 3, 4, 4), 0.5)
    brighter, redder = grey + 0.1, grey + torch.tensor([0.1, 0, 0]).view(1, 3, 1, 1)
    assert distance(brighter, grey, 0.0).item() == pytest.approx(0.1)
    assert distance(brighter, grey, 1.0).item() == pytest.approx(0.1)
    assert distance(redder, grey, 0.0).item() == pytest.approx(0.1 / 3)
    assert distance(redder, grey, 1.0).item() == pytest.approx(0.0299)
    assert distance(redder, grey, 0.25).item() == pytest.approx(0.75 * 0.1 / 3 + 0.25 * 0.0299)
    tinted = grey + torch.tensor([0.1, -0.0299 / 0.587, 0]).view(1, 3, 1, 1)  # as bright
    assert distance(tinted, grey, 1.0).item() == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize("taught", [0.0, 0.5])
def test_brightness_counts_in_what_is_minimised_and_not_in_the_log(taught):
    torch.manual_seed(0)
    result, high, aim = torch.rand(3, 1, 3, 8, 8)
    batch = Batch(result, high, aim if taught else None, 1, ONE)
    loss, minimised = losses(result, batch, replace(SMALL, taught=taught, luma=0.7, late=1.0), 0.0)
    assert loss == functional.l1_loss(result, high)
    expected = taught * distance(result, aim, 0.7) + (1 - taught) * distance(result, high, 0.7)
    assert minimised.item() == pytest.approx(expected.item())


def test_the_truth_takes_half_of_the_teachers_share_in_the_last_third():
    result = torch.zeros(1)
    batch = Batch(result, high=torch.ones(1), taught=torch.full((1,), 0.5), scale=2, drawn=ONE)
    config = replace(SMALL, taught=0.8)
    assert [tensor.item() for tensor in losses(result, batch, config, 0.5)] == pytest.approx(
        [1.0, 0.8 * 0.5 + 0.2]
    )
    assert losses(result, batch, config, 0.7)[1].item() == pytest.approx(0.4 * 0.5 + 0.6)
    assert losses(result, batch, SMALL, 0.5)[1].item() == 1.0


@pytest.mark.parametrize(("late", "aim"), [(1.0, 0.5), (0.0, 1.0)])
def test_how_much_of_the_teacher_is_left_in_the_end_is_chosen(late, aim):
    batch = Batch(torch.zeros(1), torch.ones(1), torch.full((1,), 0.5), scale=2, drawn=ONE)
    config = replace(SMALL, taught=1.0, late=late)
    assert losses(torch.zeros(1), batch, config, 0.9)[1].item() == aim


def test_a_soft_result_costs_more_where_edges_count():
    sharp = torch.zeros(1, 1, 4, 4)
    sharp[..., 2:] = 1
    soft, shifted = sharp * 0.5 + 0.25, sharp + 0.25
    assert edge_loss(shifted, sharp) == 0
    assert edge_loss(soft, sharp).item() == pytest.approx(0.5 / 3)
    batch = Batch(sharp, sharp, sharp, scale=1, drawn=ONE)
    plain, strict = (replace(SMALL, taught=1.0, edges=edges) for edges in (0.0, 2.0))
    difference = losses(soft, batch, strict, 0)[1] - losses(soft, batch, plain, 0)[1]
    assert difference.item() == pytest.approx(2 * 0.5 / 3)


def test_tones_are_the_means_of_squares():
    aim = torch.zeros(1, 3, 4, 4)
    wave = torch.tensor([[1.0, -1.0], [-1.0, 1.0]]).tile(2, 2).expand(1, 3, 4, 4)
    assert tone_loss(aim + wave, aim, 2).item() == 0
    assert tone_loss(aim + wave + 0.5, aim, 2).item() == pytest.approx(0.5)
    batch = Batch(torch.zeros(1, 3, 2, 2), high=aim, taught=aim, scale=2, drawn=ONE)
    plain, more = (
        losses(aim + 0.5, batch, replace(SMALL, taught=1.0, tones=weight), 0.0)[1].item()
        for weight in (0.0, 2.0)
    )
    assert more == pytest.approx(plain + 2 * 0.5)
