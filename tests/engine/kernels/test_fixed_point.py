"""The fixed point's arithmetic, and how weights are brought into it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsr.engine.kernels.fixed_point import (
    GATE_STEPS,
    STEPS,
    fixed_gate,
    fixed_thresholds,
    fixed_unit,
    rounded_product,
    saturated_sum,
    to_fixed,
    to_float,
)
from bsr.engine.verification.reference import gate

shorts = st.integers(-32768, 32767)
factors = st.integers(-32767, 32767)
floats = st.floats(width=32, allow_nan=False, allow_infinity=False)


def short(value):
    return np.array([value], np.int16)


def single(value):
    return np.array([value], np.float32)


@given(shorts, factors)
def test_a_product_is_rounded_half_up(a, b):
    exact = Fraction(a * b, 32768)
    assert rounded_product(short(a), short(b))[0] == (exact + Fraction(1, 2)).__floor__()


@given(shorts, shorts)
def test_a_sum_saturates(a, b):
    assert saturated_sum(short(a), short(b))[0] == min(max(a + b, -32768), 32767)


@given(shorts)
def test_steps_survive_the_way_through_floats(value):
    assert to_fixed(to_float(short(value)))[0] == value


@given(floats)
def test_a_value_is_the_nearest_step_or_the_last_one(value):
    steps = int(to_fixed(single(value))[0])
    exact = Fraction(float(np.float32(value))) * STEPS
    held = min(max(exact, Fraction(-32768)), Fraction(32767))
    assert abs(steps - held) <= Fraction(1, 2)


@given(shorts.filter(lambda value: value < 32767), floats)
def test_a_feature_is_below_a_threshold_just_where_its_steps_are(value, threshold):
    below = to_float(short(value))[0] < np.float32(threshold)
    assert (value < fixed_thresholds(single(threshold))[0]) == below


@given(shorts.filter(lambda value: abs(value) < 32000), st.floats(-1.5, 1.5, width=32))
def test_a_threshold_between_two_steps_parts_them(value, away):
    """Far thresholds alone would not tell rounding up from rounding down."""
    threshold = np.float32((value + away) / STEPS)
    below = to_float(short(value))[0] < threshold
    assert (value < fixed_thresholds(single(threshold))[0]) == below


@given(
    st.integers(0, 288),
    st.floats(-31 / 1024, 31 / 1024, width=32),
    st.floats(-1, 1, width=32),
    st.integers(-100, 100),
)
def test_a_unit_computes_scale_times_sum_plus_bias(negative, scale, bias, half_sum):
    weights = np.arange(288)[None] < negative
    unit = fixed_unit(weights, single(scale), single(bias), single(1))
    middle = 144 - negative
    assert abs(middle - unit.centres[0]) <= 8
    count = half_sum - middle + int(unit.centres[0])
    product = rounded_product(short(256 * count), unit.multipliers) if abs(count) < 128 else None
    if product is not None:
        y = saturated_sum(product, unit.biases)[0]
        wanted = min(max((2 * scale * half_sum + bias) * STEPS, -32768), 32767)
        assert abs(y - wanted) <= 1.6


@given(st.lists(st.tuples(st.floats(-4, 4), st.floats(-2, 2)), min_size=1, max_size=8))
def test_a_gate_computes_the_weighed_sum_held_between_nothing_and_one(pairs):
    weights, features = np.array(pairs, np.float32).T
    numbers = fixed_gate(weights, single(0.5))
    factor = gate(to_fixed(features)[:, None, None], numbers)[0, 0]
    wanted = min(max(0.5 + float(weights @ features), 0), 1)
    assert abs(factor / 32768 - wanted) <= (1 + len(pairs)) / GATE_STEPS
    assert 0 <= factor < 32768


@pytest.mark.parametrize(("value", "bias"), [(8, 31.9), (-8, -31.9)])
def test_sums_of_a_gate_saturate_and_do_not_turn_round(value, bias):
    numbers = fixed_gate(np.full(64, 4, np.float32), single(bias))
    factor = gate(to_fixed(np.full((64, 1, 1), value, np.float32)), numbers)
    assert factor.item() == (32 * (GATE_STEPS - 1) if value > 0 else 0)


def test_numbers_of_a_gate_beyond_their_range_saturate():
    numbers = fixed_gate(np.array([9, -9], np.float32), single(-99))
    assert numbers.weights.tolist() == [32767, -32767] and numbers.bias == -32768


@pytest.mark.parametrize(("part", "steps"), [(0.4, 0), (0.6, 1), (-0.6, -1)])
def test_numbers_of_a_gate_are_rounded(part, steps):
    numbers = fixed_gate(single(part / 8192), single(part / GATE_STEPS))
    assert numbers.weights[0] == steps and numbers.bias == steps


def test_numbers_beyond_their_range_saturate():
    ones = np.array([1, 1], np.float32)
    unit = fixed_unit(np.zeros((2, 288), bool), ones * [9, -9], ones * [99, -99], ones * [9, -9])
    assert unit.multipliers.tolist() == [32767, -32767]
    assert unit.biases.tolist() == [32767, -32768]
    assert unit.slopes.tolist() == [32767, -32767]
