"""PSNR and SSIM beside the numbers of scikit-image.

Its version 0.26 was asked, on luma without the border: `peak_signal_noise_ratio(data_range=255)`,
`structural_similarity(data_range=255, gaussian_weights=True, sigma=1.5,
use_sample_covariance=False)`.
It is not needed to run the tests: with it comes SciPy, which Numba uses where it finds it, and then
BSR would be tested with what few who use it have.
"""

import math

import numpy as np
import pytest

from bsr.engine.quality.metrics import luma, psnr_y, ssim_y

BORDER = 4
SHAPE = (50, 61, 3)


def slopes():
    rows, columns = np.mgrid[: SHAPE[0], : SHAPE[1]]
    true = np.stack([2 * rows + columns, 3 * columns, 5 * rows], axis=2) % 256
    noise = np.random.default_rng(5).integers(-30, 31, SHAPE)
    return true, np.clip(true + noise, 0, 255)


def extremes():
    random = np.random.default_rng(6)
    return tuple(255 * random.integers(0, 2, SHAPE) for _ in range(2))


def plain():
    return tuple(np.full(SHAPE, colour) for colour in ((255, 0, 128), (254, 0, 128)))


@pytest.fixture
def pair():
    return as_pictures(slopes())


def as_pictures(pair):
    return tuple(pixels.astype(np.uint8) for pixels in pair)


def test_luma_is_that_of_the_standard():
    """ITU-R BT.601: the primaries, white, black, and a colour between."""
    colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [10, 128, 200]]
    expected = [81.481, 144.553, 40.966, 235, 16, 102.67762353]
    assert luma(np.array([colours], np.uint8))[0] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("made", "psnr", "ssim"),
    [
        (slopes, 27.959805313898137, 0.44100589120518274),
        (extremes, 8.013809160239967, 0.048392932413097695),
        (plain, 59.939301154067515, 0.9999962608668228),
    ],
)
def test_psnr_and_ssim_are_those_of_scikit_image(made, psnr, ssim):
    pictures = as_pictures(made())
    assert psnr_y(*pictures, BORDER) == pytest.approx(psnr, abs=1e-9)
    assert ssim_y(*pictures, BORDER) == pytest.approx(ssim, abs=1e-9)


def test_equal_pictures_are_perfect(pair):
    assert psnr_y(pair[0], pair[0], 0) == math.inf
    assert ssim_y(pair[0], pair[0], 0) == pytest.approx(1)


def test_the_border_does_not_count(pair):
    changed = pair[0].copy()
    changed[:BORDER] = 0
    assert psnr_y(pair[0], changed, BORDER) == math.inf
    assert psnr_y(pair[0], changed, BORDER - 1) < math.inf


def test_what_cannot_be_compared_is_refused(pair):
    with pytest.raises(ValueError, match="shapes"):
        psnr_y(pair[0], pair[1][:-1], 0)
    with pytest.raises(ValueError, match="border"):
        psnr_y(*pair, 25)
    with pytest.raises(ValueError, match="window"):
        ssim_y(*pair, 20)
