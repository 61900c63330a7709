from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from bsr.engine.quality.imresize import imresize
from training.data import to_tensor
from training.losses import CHARBONNIER, pyramid_loss
from training.networks import NetworkConfig, build, largest

SMALL = NetworkConfig(channels=8, convolutions=4)


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(3)


@pytest.mark.parametrize("name", ["light", "srresnet"])
@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_every_network_enlarges_by_its_scale(name, scale, precision):
    network = build(replace(SMALL, name=name, scales=(scale,), precision=precision))
    assert network(torch.rand(2, 3, 10, 12)).shape == (2, 3, 10 * scale, 12 * scale)


def test_a_fresh_light_network_gives_the_bicubic_picture():
    low = torch.rand(1, 3, 9, 9)
    expected = functional.interpolate(low, scale_factor=4, mode="bicubic")
    assert torch.equal(build(SMALL)(low), expected)


def test_bfloat16_changes_a_binary_network_little():
    """Sums of +-1 up to 512 are exact in bfloat16, so only gradients lose digits."""
    network = build(replace(SMALL, channels=16))
    with torch.no_grad():
        network.tails["4"].weight.normal_(0, 0.01)
    low = torch.rand(1, 3, 12, 12)
    assert torch.equal(network(low), network(low, half=True))


def test_a_skip_round_two_convolutions_spans_both():
    network = build(replace(SMALL, skip=2, precision="float"))
    with torch.no_grad():
        network.tails["4"].weight.normal_(0, 0.1)
        for unit in network.body[1::2]:
            unit.weight.zero_()
    low = torch.rand(1, 3, 8, 8)
    first = network.head(low - 0.45)
    base = functional.interpolate(low, scale_factor=4, mode="bicubic")
    expected = functional.pixel_shuffle(network.tails["4"](2 * first), 4) + base
    assert torch.allclose(network(low), expected, atol=1e-5)


def test_srresnet_has_no_activation_after_the_second_convolution_of_a_block():
    network = build(replace(SMALL, name="srresnet"))
    names = {name for name, _ in network.named_parameters()}
    assert "body.0.slope" in names and "body.1.slope" not in names
    assert {"up.0.slope", "up.1.weight", "join.bias", "head.slope", "tail.bias"} <= names


PYRAMID = replace(SMALL, name="lapsrn", scales=(2, 4, 8), convolutions=2)


@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_a_pyramid_makes_a_picture_at_every_level_up_to_the_scale(precision):
    network = build(replace(PYRAMID, precision=precision))
    low = torch.rand(2, 3, 6, 7)
    for scale in (2, 4, 8):
        pictures = network(low, scale=scale)
        sizes = [tuple(picture.shape) for picture in pictures]
        assert sizes == [(2, 3, 6 * s, 7 * s) for s in (2, 4, 8) if s <= scale]
        assert largest(pictures) is pictures[-1]


def test_a_fresh_pyramid_doubles_bicubically_and_hands_its_features_on():
    network = build(PYRAMID)
    low = torch.rand(1, 3, 5, 5)
    expected = low
    for picture in network(low, scale=8):
        expected = functional.interpolate(expected, scale_factor=2, mode="bicubic")
        assert torch.allclose(picture, expected, atol=1e-6)
    features = torch.randn(1, 8, 4, 4)
    larger = network._larger(features, 0, half=False)
    assert torch.allclose(larger, functional.interpolate(features, scale_factor=2))


@pytest.mark.parametrize("scales", [(4,), (2, 3), (2, 8), (2, 4, 8, 16)])
def test_a_pyramid_has_no_other_scales_than_those_of_its_levels(scales):
    with pytest.raises(ValueError, match="pyramid"):
        build(replace(PYRAMID, scales=scales))


def test_every_level_is_held_to_the_truth_shrunk_to_its_size():
    random = np.random.default_rng(0)
    truth = imresize(random.integers(0, 256, (8, 8, 3), np.uint8), 4)  # smooth, 32 x 32
    half = imresize(truth, 1 / 2)
    sides = [to_tensor(side[None]) for side in (half, truth)]
    least = 2 * CHARBONNIER  # of two levels that are right
    assert pyramid_loss(sides, sides[1]).item() == pytest.approx(least, abs=2e-3)
    wrong = [sides[0] + 0.3, sides[1]]
    assert pyramid_loss(wrong, sides[1]).item() == pytest.approx(0.3 + least / 2, abs=2e-3)
