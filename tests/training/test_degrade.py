import numpy as np
import pytest

from training.degrade import as_any_jpeg, degraded


@pytest.fixture
def pair():
    rows, columns = np.mgrid[:96, :96]
    high = np.stack([rows * 2, columns * 2, 128 + 90 * np.sin(rows / 3)], axis=2).astype(np.uint8)
    return high[::2, ::2].copy(), high


def errors(pixels, *arguments):
    return np.abs(as_any_jpeg(pixels, *arguments).astype(int) - pixels).mean()


def test_a_jpeg_keeps_the_order_of_the_channels():
    red = np.full((16, 16, 3), [200, 30, 60], np.uint8)
    assert np.abs(as_any_jpeg(red, 95, halved=True).astype(int) - red).max() <= 3


def test_a_lower_quality_and_halved_colour_lose_more(pair):
    low, _ = pair
    assert errors(low, 40, False) > errors(low, 90, False)
    colours = np.zeros((32, 32, 3), np.uint8)
    colours[::2, :, 0] = colours[1::2, :, 2] = 255
    assert errors(colours, 90, True) > errors(colours, 90, False)


def test_what_is_degraded_looks_like_its_picture_and_a_share_is_left_clean(pair):
    low, high = pair
    random = np.random.default_rng(1)
    results = [degraded(low, high, random) for _ in range(200)]
    assert all(result.shape == low.shape and result.dtype == np.uint8 for result in results)
    assert max(np.abs(result.astype(int) - low).mean() for result in results) < 12
    assert 15 < sum(np.array_equal(result, low) for result in results) < 50


def test_the_same_seed_degrades_alike(pair):
    first, second = (degraded(*pair, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(first, second)
