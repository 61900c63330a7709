import math

import numpy as np
import pytest
from skimage.color import rgb2ycbcr
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from bsr.engine.quality.metrics import luma, psnr_y, ssim_y

BORDER = 4


@pytest.fixture
def pair():
    random = np.random.default_rng(5)
    rows, columns = np.mgrid[:50, :61]
    base = 90 * np.sin(rows / 5) * np.cos(columns / 7)
    first = np.stack([128 + base, 128 - base, 100 + columns + rows / 3], axis=2)
    noisy = first + random.normal(0, 12, first.shape)
    return tuple(np.clip(x, 0, 255).astype(np.uint8) for x in (first, noisy))


def inside(pixels):
    return rgb2ycbcr(pixels)[BORDER:-BORDER, BORDER:-BORDER, 0]


def test_luma_is_that_of_scikit_image(pair):
    assert np.allclose(luma(pair[0]), rgb2ycbcr(pair[0])[..., 0])


def test_psnr_agrees_with_scikit_image(pair):
    a, b = map(inside, pair)
    expected = peak_signal_noise_ratio(a, b, data_range=255)
    assert psnr_y(*pair, BORDER) == pytest.approx(expected, abs=1e-9)


def test_ssim_agrees_with_scikit_image(pair):
    a, b = map(inside, pair)
    expected = structural_similarity(
        a, b, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    assert ssim_y(*pair, BORDER) == pytest.approx(expected, abs=1e-9)


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
