"""The kernels against their references, over one table of shapes and over random ones."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bsr.engine.kernels.packing import pack_filters, unpack_filters
from bsr.engine.verification import reference
from bsr.engine.verification.kernel_checks import CHECKED_KERNELS, SHAPES


@pytest.mark.parametrize("name", CHECKED_KERNELS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_kernel_gives_what_its_reference_gives(name, shape):
    kernel = CHECKED_KERNELS[name]
    case = kernel.case(np.random.default_rng(sum(shape)), *shape)
    assert kernel.error(case) == 0


@settings(max_examples=40)
@given(
    st.sampled_from([32, 64, 96, 128]),
    st.integers(1, 12),
    st.integers(1, 150),
    st.integers(0, 2**32 - 1),
)
def test_the_binary_convolution_is_exact_for_any_size(channels, height, width, seed):
    kernel = CHECKED_KERNELS["binary body"]
    assert kernel.error(kernel.case(np.random.default_rng(seed), channels, height, width)) == 0


@pytest.mark.parametrize("name", CHECKED_KERNELS)
def test_the_comparison_sees_a_wrong_kernel(name):
    kernel = CHECKED_KERNELS[name]
    case = kernel.case(np.random.default_rng(0), 32, 3, 5)
    assert kernel.error(case) == 0

    def one_value_off(*case):
        made = kernel.fast(*case)
        made.flat[-1] = np.nextafter(made.flat[-1], 9) if made.dtype.kind == "f" else ~made.flat[-1]
        return made

    def one_row_less(*case):
        return kernel.fast(*case)[:, 1:]

    def of_another_type(*case):
        return kernel.fast(*case).astype(np.float64)

    for wrong in (one_value_off, one_row_less, of_another_type):
        assert replace(kernel, fast=wrong).error(case) > 0


def test_the_sums_are_those_of_a_convolution_of_plus_and_minus_one():
    rng = np.random.default_rng(0)
    negative, filters = rng.random((32, 4, 6)) < 0.5, rng.random((5, 32, 3, 3)) < 0.5
    inputs = np.pad(1.0 - 2 * negative, ((0, 0), (1, 1), (1, 1)), constant_values=1)
    windows = np.lib.stride_tricks.sliding_window_view(inputs, (3, 3), axis=(1, 2))
    expected = np.einsum("chwij,ocij->ohw", windows, 1.0 - 2 * filters)
    assert np.array_equal(reference.xnor_sums(negative, filters), expected)


def test_zero_counts_as_positive():
    zeros = np.zeros((1, 1, 2), np.float32)
    assert not reference.signs(zeros, np.zeros(1, np.float32)).any()


# Just off the middle between two numbers, and rounded to it in double precision.
NEAR_A_MIDDLE = [2**-12 + 2**-27, 2**-12 - 2**-27, 1 + 2**-23]
NEAR_A_TINY_MIDDLE = [2**-75 + 2**-90, 2**-75 - 2**-90, (2**22 + 1) * 2**-149]


@settings(max_examples=200)
@given(st.lists(st.floats(width=32, min_value=-1e6, max_value=1e6), min_size=3, max_size=3))
@example(NEAR_A_MIDDLE)
@example([-NEAR_A_MIDDLE[0], *NEAR_A_MIDDLE[1:]])
@example(NEAR_A_TINY_MIDDLE)
def test_multiply_add_rounds_once(values):
    from fractions import Fraction

    a, b, c = (np.float32(value) for value in values)
    exact = Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c))
    result = reference.multiply_add(np.array([a]), np.array([b]), np.array([c]))[0]
    neighbours = [result, np.nextafter(result, np.float32(1e30)), np.nextafter(result, -1e30)]
    errors = [abs(Fraction(float(value)) - exact) for value in neighbours]
    assert errors[0] == min(errors)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_bicubic_base_is_opencvs_within_one_level(scale):
    pixels = np.random.default_rng(0).integers(0, 256, (13, 70, 3), np.uint8)
    nothing = np.zeros((3 * scale * scale, 13, 70), np.float32)
    ours = CHECKED_KERNELS["bicubic base"].fast(nothing, pixels)
    theirs = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    assert np.abs(ours.astype(int) - theirs).max() <= 1


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_filters_survive_packing(filters, seed):
    negative = np.random.default_rng(seed).random((filters, 32, 3, 3)) < 0.5
    assert np.array_equal(unpack_filters(pack_filters(negative), 32), negative)
