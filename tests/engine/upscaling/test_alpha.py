"""Colour below transparency, and alpha within the bounds of what it is enlarged from."""

import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.engine.upscaling.alpha import clamp_alpha, spread_colour


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


def test_spreading_can_be_stopped_on_every_level():
    alpha = np.zeros((64, 48), np.uint8)
    alpha[3, 5] = 255
    picture, seen = Picture(np.zeros((64, 48, 3), np.uint8), alpha), []
    spread_colour(picture, lambda: seen.append(1))
    assert len(seen) >= 2 * 6
    for last in range(len(seen)):
        left = iter(range(last))
        with pytest.raises(StopIteration):
            spread_colour(picture, lambda left=left: next(left))


def test_spreading_can_be_stopped_after_every_few_rows():
    alpha = np.zeros((30_000, 2), np.uint8)
    alpha[0] = 255
    seen = []
    spread_colour(Picture(np.zeros((30_000, 2, 3), np.uint8), alpha), lambda: seen.append(1))
    assert len(seen) > 3 * 30_000 / 256


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


def test_holding_alpha_can_be_stopped_after_a_band_of_rows():
    alpha, upscaled = np.zeros((1000, 3), np.uint8), np.full((2000, 6), 255, np.uint8)
    left = iter(range(1))
    with pytest.raises(StopIteration):
        clamp_alpha(upscaled, alpha, 2, lambda: next(left))
    assert 0 < (upscaled == 0).mean() < 1


def test_a_slope_is_enlarged_to_a_slope():
    alpha = np.tile(np.arange(0, 240, 20, dtype=np.uint8), (5, 1))
    upscaled = np.tile(np.linspace(0, 220, 24).astype(np.uint8), (10, 1))
    assert np.array_equal(clamp_alpha(upscaled.copy(), alpha, 2), upscaled)


@pytest.mark.parametrize("size", [(1, 5), (5, 1), (2, 2), (7, 9)])
@pytest.mark.parametrize("opacity", [1, 255])
def test_a_single_visible_pixel_gives_its_colour_to_all(size, opacity):
    pixels = np.zeros((*size, 3), np.uint8)
    alpha = np.zeros(size, np.uint8)
    pixels[-1, -1], alpha[-1, -1] = (200, 100, 50), opacity
    spread = spread_colour(Picture(pixels, alpha))
    assert (spread == (200, 100, 50)).all()


def test_a_hidden_pixel_takes_the_colour_of_its_square_and_the_next_ones():
    """Each square of four has one visible pixel; between squares the colour runs evenly."""
    squares = np.array([[[0, 16, 32], [64, 80, 96]], [[128, 144, 160], [240, 224, 208]]], np.uint8)
    pixels = np.full((4, 4, 3), 255, np.uint8)
    alpha = np.zeros((4, 4), np.uint8)
    pixels[::2, ::2], alpha[::2, ::2] = squares, 9
    between = np.array([[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]])
    expected = np.einsum("yi,xj,ijc->yxc", between, between, squares)
    expected[::2, ::2] = squares
    assert np.array_equal(spread_colour(Picture(pixels, alpha)), expected)


def test_without_a_visible_or_a_hidden_pixel_the_colours_stay():
    pixels = np.random.default_rng(0).integers(0, 256, (3, 4, 3), np.uint8)
    for opacity in (0, 1, 255):
        alpha = np.full((3, 4), opacity, np.uint8)
        assert np.array_equal(spread_colour(Picture(pixels, alpha)), pixels)


def test_colour_that_is_spread_is_rounded():
    pixels = np.full((4, 4, 3), 255, np.uint8)
    alpha = np.zeros((4, 4), np.uint8)
    pixels[::2, ::2], alpha[::2, ::2] = np.array([[[1], [2]], [[3], [5]]], np.uint8), 9
    between = np.array([[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]])
    expected = np.einsum("yi,xj,ijc->yxc", between, between, pixels[::2, ::2])
    expected[::2, ::2] = pixels[::2, ::2]
    assert np.array_equal(spread_colour(Picture(pixels, alpha)), np.rint(expected))
