"""Alpha between the least and the most of the pixels that it is enlarged from."""

import numpy as np
import pytest

from bsr.engine.upscaling.alpha import clamp_alpha


def bounds_of(alpha, scale):
    """The least and the most of each pixel's square of nine, pixel by pixel, enlarged."""
    height, width = alpha.shape
    squares = [
        [alpha[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2] for x in range(width)]
        for y in range(height)
    ]
    bounds = []
    for choose in (np.min, np.max):
        limit = np.array([[choose(square) for square in row] for row in squares], alpha.dtype)
        bounds.append(limit.repeat(scale, axis=0).repeat(scale, axis=1))
    return bounds


def random_alpha(dtype):
    most = np.iinfo(dtype).max
    return np.random.default_rng(0).integers(0, most, (7, 9), dtype, endpoint=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_what_lies_within_its_bounds_is_left_as_it_is(dtype, scale):
    alpha = random_alpha(dtype)
    least, most = bounds_of(alpha, scale)
    for upscaled in (least, most, (least // 2 + most // 2).clip(least, most)):
        assert np.array_equal(clamp_alpha(upscaled.copy(), alpha, scale), upscaled)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("scale", [2, 3, 4])
def test_what_lies_outside_is_brought_to_the_nearer_bound(dtype, scale):
    alpha = random_alpha(dtype)
    least, most = bounds_of(alpha, scale)
    upscaled = np.random.default_rng(1).integers(
        0, np.iinfo(dtype).max, least.shape, dtype, endpoint=True
    )
    expected = upscaled.clip(least, most)
    assert (upscaled < least).any() and (upscaled > most).any()
    held = clamp_alpha(upscaled, alpha, scale)
    assert np.array_equal(held, expected)
    assert held is upscaled


def test_a_slope_is_enlarged_to_a_slope():
    alpha = np.tile(np.arange(0, 240, 20, dtype=np.uint8), (5, 1))
    upscaled = np.tile(np.linspace(0, 220, 24).astype(np.uint8), (10, 1))
    assert np.array_equal(clamp_alpha(upscaled.copy(), alpha, 2), upscaled)
