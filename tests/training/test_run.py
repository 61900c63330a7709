from dataclasses import replace

import pytest
import torch
from torch.nn import functional

from tests.small_runs import NETWORK, SMALL
from training.data import load_patches
from training.networks import build
from training.run import parameter_groups, start_run


@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_every_trained_parameter_moves_at_the_rate_of_its_kind(precision):
    network = build(replace(SMALL.network, precision=precision))
    config = replace(SMALL, network=network.config, rate=3e-4, latent_rate=1e-3)
    groups = parameter_groups(network, config)
    rate = {id(p): group["highest"] for group in groups for p in group["params"]}
    assert len(rate) == len(list(network.parameters()))
    unit = network.body[0]
    assert rate[id(unit.weight)] == (3e-4 if precision == "float" else 1e-3)
    assert rate[id(network.head.weight)] == rate[id(unit.bias)] == 3e-4
    if precision != "float":
        assert rate[id(unit.scale)] == pytest.approx(3e-4 / 72**0.5)


def test_the_last_start_wins_where_it_fits():
    networks = [build(replace(SMALL.network, scales=(scale,))) for scale in (2, 3)]
    for value, network in enumerate(networks):
        torch.nn.init.constant_(network.head.bias, value)
        torch.nn.init.constant_(network.tails[str(network.config.scale)].bias, value + 5)
    run = start_run(SMALL, "cpu", [dict(network.named_parameters()) for network in networks])
    assert torch.all(run.network.head.bias == 1)
    assert torch.all(run.network.tails["2"].bias == 5)
    assert torch.all(run.average.head.bias == 1)


def soft(unit, features):
    """A binary unit whose signs are straight lines; the frame is padded with zeros, not ones."""
    line = (unit.gain.view(1, -1, 1, 1) * (features - unit.threshold.view(1, -1, 1, 1))).clamp(
        -1, 1
    )
    weight = unit.scale.view(-1, 1, 1, 1) * unit.weight / 0.1
    total = functional.conv2d(line, weight, unit.bias, padding=1)
    return functional.prelu(total, unit.slope)


def test_a_binary_network_is_fitted_to_the_float_one_that_it_starts_from(folder, monkeypatch):
    torch.manual_seed(5)
    float_network = build(replace(NETWORK, precision="float"))
    for parameter in float_network.parameters():
        parameter.data.add_(0.05 * torch.randn_like(parameter))
    patches, starts = load_patches(folder, [2]), [dict(float_network.named_parameters())]
    features = 0.2 * torch.randn(1, 8, 16, 20)
    differences = []
    for reach in (1.5, 100.0):
        monkeypatch.setattr("training.start.REACH", reach)
        run = start_run(SMALL, "cpu", starts, patches)
        pairs = zip(run.network.body, float_network.body, strict=True)
        inside = [(soft(unit, features) - twin(features))[..., 1:-1, 1:-1] for unit, twin in pairs]
        differences.append(max(difference.abs().max() for difference in inside))
    assert differences[1] < 1e-5 < differences[0]  # but for features that are out of reach
    latent = run.network.body[0].weight
    assert torch.allclose(latent.abs().mean(dim=(1, 2, 3)), torch.tensor(0.1))
    for kept, trained in zip(run.average.parameters(), run.network.parameters(), strict=True):
        assert torch.equal(kept, trained)
    again = start_run(SMALL, "cpu", [dict(run.network.named_parameters())], patches)
    assert torch.equal(again.network.body[1].threshold, run.network.body[1].threshold)


def test_every_level_of_a_pyramid_is_fitted_to_the_float_one(folder):
    config = replace(NETWORK, name="lapsrn", scales=(2, 4), precision="float")
    patches = load_patches(folder, [2, 4])
    starts = [dict(build(config).named_parameters())]
    binary = replace(SMALL, network=replace(config, precision="binary"))
    run = start_run(binary, "cpu", starts, patches)
    assert all(unit.threshold.abs().sum() > 0 for unit in run.network.body)
