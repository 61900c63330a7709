"""The kernels where random numbers never go: saturated, constant, equal to a threshold."""

import numpy as np
import pytest

from bsr.engine.kernels.packing import pack_filters
from bsr.engine.verification.kernel_checks import CHECKED_KERNELS

HEIGHT, WIDTH = 3, 70
CHANNELS = [32, 96, 128, 256]  # half the inputs of 96 fit nine counter planes, of 128 no more


def features_of(value, channels):
    return np.full((channels, HEIGHT, WIDTH), value, np.float32)


def filters_of(share, channels):
    """Binary filters of which the first `share` of all bits, in every order, is set."""
    negative = np.zeros((channels, 9 * channels), bool)
    random = np.random.default_rng(channels)
    for o, line in enumerate(negative):
        line[random.permutation(line.size)[: int(share * line.size) + o % 2]] = True
    return pack_filters(negative.reshape(channels, channels, 3, 3))


def numbers_of(channels, **changed):
    """Scale, bias, slope, threshold and next threshold of a layer."""
    values = {"scale": 1, "bias": 0, "slope": 0.25, "threshold": 0, "following": 0} | changed
    return [np.full(channels, value, np.float32) for value in values.values()]


@pytest.mark.parametrize("channels", CHANNELS)
@pytest.mark.parametrize("value", [-5, 5])
@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_saturated_inputs_overflow_no_counter(channels, value, share):
    kernel = CHECKED_KERNELS["conv3x3 binary"]
    case = features_of(value, channels), filters_of(share, channels), *numbers_of(channels)
    assert kernel.error(case) == 0


@pytest.mark.parametrize("threshold", [0.0, -1.5, 0.7])
def test_a_feature_equal_to_its_threshold_counts_as_positive(threshold):
    case = features_of(threshold, 32), np.full(32, threshold, np.float32)
    assert CHECKED_KERNELS["pack and shift signs"].error(case) == 0
    assert not CHECKED_KERNELS["pack and shift signs"].fast(*case)[:, :, 0].any()


@pytest.mark.parametrize("value", [0.0, -0.0, -1.5, 0.7])
def test_the_epilogue_counts_a_feature_equal_to_the_next_threshold_as_positive(value):
    """A scale of zero leaves the feature as it was, so that it meets the threshold exactly."""
    numbers = numbers_of(32, scale=0, threshold=value, following=value)
    case = features_of(value, 32), filters_of(0.5, 32), *numbers
    kernel = CHECKED_KERNELS["conv3x3 binary"]
    assert kernel.error(case) == 0
    sums = kernel.fast(*case)[1]
    assert np.array_equal(sums, kernel.fast(features_of(value + 1, 32), *case[1:])[1])


@pytest.mark.parametrize("name", CHECKED_KERNELS)
@pytest.mark.parametrize("value", [0, 1])
def test_constant_arrays_give_what_the_twin_gives(name, value):
    kernel = CHECKED_KERNELS[name]
    case = kernel.case(np.random.default_rng(0), 32, HEIGHT, WIDTH)
    same = [np.full_like(part, value) if isinstance(part, np.ndarray) else part for part in case]
    assert kernel.error(tuple(same)) <= kernel.tolerance
