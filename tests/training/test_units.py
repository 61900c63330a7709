import pytest
import torch
from torch.nn import functional

from training.units import SignOfInput, SignOfWeight, Unit


@pytest.fixture(autouse=True)
def seeded():
    torch.manual_seed(3)


def test_the_sign_of_an_input_is_plus_one_at_its_threshold():
    features = torch.tensor([-0.5, 0.2, 0.25, 0.3]).view(1, 1, 1, 4)
    signs = SignOfInput.apply(features, torch.tensor([0.25]), torch.tensor([4.0]))
    assert signs.flatten().tolist() == [-1, -1, 1, 1]


def test_gradients_of_the_input_sign_are_those_of_its_soft_step():
    """The derivative of F(u) = 2u - u|u| is 2 - 2|u|: autograd of F stands for the formula."""
    features = torch.randn(2, 3, 5, 4, dtype=torch.float64) * 0.4
    threshold = torch.randn(3, dtype=torch.float64) * 0.1
    gain = torch.rand(3, dtype=torch.float64) + 1
    upward = torch.randn_like(features)

    def gradients(function):
        inputs = [t.clone().requires_grad_() for t in (features, threshold, gain)]
        return torch.autograd.grad((function(*inputs) * upward).sum(), inputs)

    def soft_step(f, t, g):
        u = (g.view(1, 3, 1, 1) * (f - t.view(1, 3, 1, 1))).clamp(-1, 1)
        return 2 * u - u * u.abs()

    for got, expected in zip(gradients(SignOfInput.apply), gradients(soft_step), strict=True):
        assert torch.allclose(got, expected)
        assert got.abs().sum() > 0


def test_the_gradient_of_a_weight_moves_none_farther_out_than_one():
    weight = torch.tensor([-1.5, -1.0, -0.2, 0.0, 0.7, 1.1], requires_grad=True)
    signs = SignOfWeight.apply(weight)
    assert signs.tolist() == [-1, -1, -1, 1, 1, 1]
    down, up = (
        torch.autograd.grad(signs, weight, sign * torch.arange(1.0, 7.0), retain_graph=True)[0]
        for sign in (1, -1)  # a step goes against the gradient
    )
    assert down.tolist() == [0, 2, 3, 4, 5, 6]
    assert up.tolist() == [-1, -2, -3, -4, -5, 0]


def test_a_binary_unit_follows_its_formula():
    unit = Unit(8, "binary")
    with torch.no_grad():
        for name in ("bias", "slope", "scale", "threshold"):
            getattr(unit, name).uniform_(-0.3, 0.3)
    features = torch.randn(1, 8, 6, 7)
    framed = torch.ones(8, 8, 9)  # outside the picture every sign is +1
    shown = (features[0] - unit.threshold.view(-1, 1, 1)) >= 0
    framed[:, 1:-1, 1:-1] = torch.where(shown, 1.0, -1.0)
    sums = functional.conv2d(framed[None], torch.where(unit.weight >= 0, 1.0, -1.0))[0]
    total = unit.scale.view(-1, 1, 1) * sums + unit.bias.view(-1, 1, 1)
    expected = torch.where(total > 0, total, unit.slope.view(-1, 1, 1) * total)
    assert torch.allclose(unit(features)[0], expected, atol=1e-6)


def test_a_gate_weighs_what_a_unit_gives_pixel_by_pixel():
    plain, gated = Unit(8, "binary"), Unit(8, "binary", gated=True)
    gated.load_state_dict(plain.state_dict(), strict=False)
    features = torch.randn(2, 8, 6, 7)
    assert torch.equal(gated(features), plain(features))  # open half way at first
    with torch.no_grad():
        gated.lean[3], gated.level[0], gated.threshold[3] = 0.5, 0.2, 0.1
        plain.threshold[3] = 0.1
    seen = 0.5 * gated.gain[3] * (features[:, 3:4] - 0.1)
    factor = (1 + (seen + 0.2) / 2).clamp(0, 2)
    assert factor.min() == 0 and factor.max() == 2
    assert torch.allclose(gated(features), factor * plain(features), atol=1e-6)


@pytest.mark.parametrize("precision", ["binary-weight", "float"])
def test_the_other_units_are_padded_with_zero(precision):
    unit = Unit(8, precision)
    weight = unit.weight
    if precision == "binary-weight":
        weight = torch.where(weight >= 0, 1.0, -1.0) * unit.scale.view(-1, 1, 1, 1)
    features = torch.randn(2, 8, 5, 5)
    expected = functional.prelu(functional.conv2d(features, weight, padding=1), unit.slope)
    assert torch.allclose(unit(features), expected, atol=1e-5)


@pytest.mark.parametrize("gated", [False, True])
@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_every_parameter_of_a_unit_is_learned(precision, gated):
    unit = Unit(8, precision, gated=gated)
    unit(torch.randn(2, 8, 6, 6) * 0.2).square().sum().backward()
    assert all(parameter.grad.abs().sum() > 0 for parameter in unit.parameters())
