"""The kernels where random numbers never go: saturated, constant, equal to a threshold."""

import numpy as np
import pytest

from bsr.engine.kernels.fixed_point import GATE_STEPS, STEPS
from bsr.engine.kernels.packing import pack_filters
from bsr.engine.verification.kernel_checks import CHECKED_KERNELS

HEIGHT, WIDTH = 3, 70
CHANNELS = [32, 96, 128, 256]
BODY = CHECKED_KERNELS["binary body"]


def filters_of(share, channels):
    """Binary filters of which the first `share` of all bits, in every order, is set."""
    negative = np.zeros((channels, 9 * channels), bool)
    random = np.random.default_rng(channels)
    for o, line in enumerate(negative):
        line[random.permutation(line.size)[: int(share * line.size) + o % 2]] = True
    return negative.reshape(channels, channels, 3, 3)


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("value", [-5, 5])
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_saturated_inputs_overflow_no_counter(channels, value, share):
    x = np.full((channels, HEIGHT, WIDTH), value, np.float32)
    layers = layers_of(filters_of(share, channels), scale=0.001)
    assert BODY.error((x, x, np.zeros_like(x), (True, True), layers)) == 0


def layers_of(filters, gate=None, **numbers):
    """Two layers of the same filters, each with these numbers."""
    channels = len(filters)
    default = {"scale": 0.01, "bias": 0, "slope": 0.25, "threshold": 0}
    columns = [np.full(channels, value, np.float32) for value in (default | numbers).values()]
    return [(pack_filters(filters), *columns, gate)] * 2


RANDOM = np.random.default_rng(0)
FILTERS = {
    "all set": np.ones((32, 32, 3, 3), bool),
    "all clear": np.zeros((32, 32, 3, 3), bool),
    "random": RANDOM.random((32, 32, 3, 3)) < 0.5,
    "one of four set": np.broadcast_to(np.arange(32)[:, None, None, None] % 4 == 1, (32, 32, 3, 3)),
}
FEATURES = {
    "zero": np.zeros((32, 5, 70), np.float32),
    "negative": np.full((32, 5, 70), -0.5, np.float32),
    "equal to the threshold": np.full((32, 5, 70), 0.125, np.float32),
    "saturated": np.where(RANDOM.random((32, 5, 70)) < 0.5, -100, 100).astype(np.float32),
    "half a step": np.full((32, 5, 70), 0.5 / STEPS, np.float32),
}
NUMBERS = {
    "plain": {},
    "threshold of the features": {"threshold": 0.125},
    "threshold out of reach": {"threshold": 1e6},
    "nothing changes": {"scale": 0, "bias": 0},
    "beyond all ranges": {"scale": 5, "bias": -100, "slope": -3},
    "no PReLU": {"slope": 1},
}


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_the_binary_body_is_exact_on_the_edges(filters, features, numbers):
    x = FEATURES[features]
    layers = layers_of(FILTERS[filters], **NUMBERS[numbers])
    for adds in ((True, True), (False, True)):
        assert BODY.error((x, x, np.zeros_like(x), adds, layers)) == 0


GATES = {
    "open": (0, 1),
    "half open": (0, 0.5),
    "as good as shut": (0, 1 / GATE_STEPS),
    "shut": (0, 0),
    "turns at the features": (1, -0.125 * 32),
    "beyond all ranges": (100, -1e6),
}


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("gate", GATES)
def test_a_gate_is_exact_on_the_edges(features, gate):
    x = FEATURES[features]
    weight, bias = (np.float32(value) for value in GATES[gate])
    numbers = np.where(np.arange(32) % 3, weight, -weight / 2), np.full(1, bias)
    layers = layers_of(FILTERS["random"], gate=numbers)
    assert BODY.error((x, x, np.zeros_like(x), (True, True), layers)) == 0


def test_what_is_behind_a_shut_gate_adds_nothing():
    x = FEATURES["equal to the threshold"]
    nothing = np.zeros(32, np.float32)
    change = {}
    for bias in (0, 0.5, 1):
        layers = layers_of(FILTERS["all clear"], gate=(nothing, np.full(1, bias, np.float32)))
        change[bias] = BODY.fast(x, x, np.zeros_like(x), (True,), layers[:1]) - x
    assert not change[0].any() and change[1].min() > 1
    assert np.allclose(change[0.5], change[1] / 2, rtol=0.002)


def test_a_gate_opens_by_what_is_at_the_pixel():
    x = np.zeros((32, 4, 80), np.float32)
    x[5, 2, 70] = 0.25  # times 2, opens the gate by half
    weights = np.zeros(32, np.float32)
    weights[5] = 2
    layers = layers_of(FILTERS["all clear"], gate=(weights, np.zeros(1, np.float32)))
    changed = BODY.fast(x, x, np.zeros_like(x), (True,), layers[:1]) != x
    assert changed[:, 2, 70].all()
    changed[:, 2, 70] = False
    assert not changed.any()


def test_a_feature_that_equals_its_threshold_counts_as_positive():
    x = np.full((32, 1, 1), 0.125, np.float32)
    filters = np.zeros((32, 32, 3, 3), bool)
    filters[:, :24] = True
    layers = layers_of(filters, threshold=0.125, slope=1)
    features = BODY.fast(x, x, np.zeros_like(x), (True,), layers[:1])
    # Nine times 32 inputs of +1, 24 of the 32 under weights of -1.
    assert np.allclose(features, 0.125 + 0.01 * 9 * (8 - 24), atol=1 / STEPS)


@pytest.mark.parametrize("height", [1, 2, 3, 7, 24])
@pytest.mark.parametrize("width", [1, 63, 64, 65, 128, 200, 256, 300, 520, 1030])
def test_the_binary_body_is_exact_however_rows_and_registers_meet(height, width):
    random = np.random.default_rng(width)
    x, residual, addend = random.standard_normal((3, 32, height, width)).astype(np.float32)
    layers = layers_of(FILTERS["random"])
    assert BODY.error((x, residual, addend, (False, True), layers)) == 0
    assert BODY.error((x, residual, addend, (True, True), layers)) == 0


@pytest.mark.parametrize("name", CHECKED_KERNELS)
@pytest.mark.parametrize("value", [0, 1])
def test_constant_arrays_give_what_the_reference_gives(name, value):
    kernel = CHECKED_KERNELS[name]
    case = kernel.case(np.random.default_rng(0), 32, HEIGHT, WIDTH)
    same = [np.full_like(part, value) if isinstance(part, np.ndarray) else part for part in case]
    assert kernel.error(tuple(same)) == 0
