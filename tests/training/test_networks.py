from dataclasses import replace

import pytest
import torch
from torch.nn import functional

from training.networks import NetworkConfig, build

SMALL = NetworkConfig(channels=8, convolutions=4)


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(3)


@pytest.mark.parametrize("variant", ["light", "classic"])
@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_every_network_enlarges_by_its_scale(variant, scale, precision):
    network = build(replace(SMALL, variant=variant, scales=(scale,), precision=precision))
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


def test_classic_has_no_activation_after_the_second_convolution_of_a_block():
    network = build(replace(SMALL, variant="classic"))
    names = {name for name, _ in network.named_parameters()}
    assert "body.0.slope" in names and "body.1.slope" not in names
    assert {"up.0.slope", "up.1.weight", "join.bias", "head.slope", "tail.bias"} <= names
