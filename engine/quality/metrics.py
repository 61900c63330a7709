"""PSNR and SSIM as the super-resolution field measures them: on BT.601 luma, border left out."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LUMA_WEIGHTS = np.array([65.481, 128.553, 24.966]) / 255
LUMA_OFFSET = 16.0
PEAK = 255.0
SSIM_WINDOW = 11
SSIM_SIGMA = 1.5


class Quality(NamedTuple):
    """How close an enlargement comes to the true picture.

    Attributes:
        psnr: dB on luma; infinity where they are equal.
        ssim: on luma, -1..1.
    """

    psnr: float
    ssim: float


def quality_y(true: NDArray[np.uint8], result: NDArray[np.uint8], scale: int) -> Quality:
    """Measure an enlargement as the field does: on luma, `scale` pixels left out at each side.

    Args:
        true: (height, width, 3) uint8, RGB.
        result: of the same shape.
        scale: the factor of the enlargement.

    Raises:
        ValueError: they are no such pictures, of one shape, or the border leaves too little.
    """
    return Quality(psnr_y(true, result, scale), ssim_y(true, result, scale))


def luma(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the BT.601 luma of RGB pixels, 16..235, not rounded.

    Args:
        pixels: (height, width, 3) uint8, RGB.

    Returns:
        (height, width) float64.
    """
    return LUMA_OFFSET + pixels.astype(np.float64) @ LUMA_WEIGHTS


def psnr_y(a: NDArray[np.uint8], b: NDArray[np.uint8], border: int) -> float:
    """Measure the peak signal-to-noise ratio on luma: 20 log10(255 / root mean square error).

    Args:
        a: (height, width, 3) uint8, RGB.
        b: the other picture, of the same shape.
        border: pixels left out at each side, in the field the scale.

    Returns:
        Decibels; infinity where the pictures are equal.

    Raises:
        ValueError: they are no such pictures, of one shape, or the border leaves nothing.
    """
    first, second = _inside(a, b, border)
    error = float(np.mean((first - second) ** 2))
    return math.inf if error == 0 else 10 * math.log10(PEAK**2 / error)


def ssim_y(a: NDArray[np.uint8], b: NDArray[np.uint8], border: int) -> float:
    """Measure the mean structural similarity on luma (Wang 2004).

    A Gaussian window of 11 x 11 pixels, sigma 1.5, only where it lies fully inside; K1 = 0.01,
    K2 = 0.03, white 255.

    Args:
        a: (height, width, 3) uint8, RGB.
        b: the other picture, of the same shape.
        border: pixels left out at each side, in the field the scale.

    Returns:
        -1..1, 1 where the pictures are equal.

    Raises:
        ValueError: they are no such pictures, of one shape, or the border leaves less than a
            window.
    """
    first, second = _inside(a, b, border)
    if min(first.shape) < SSIM_WINDOW:
        raise ValueError(f"{first.shape} pixels are fewer than one window of {SSIM_WINDOW}")
    mean_a, mean_b = _blur(first), _blur(second)
    variance_a = _blur(first * first) - mean_a**2
    variance_b = _blur(second * second) - mean_b**2
    covariance = _blur(first * second) - mean_a * mean_b
    c1, c2 = (0.01 * PEAK) ** 2, (0.03 * PEAK) ** 2
    likeness = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
    return float(
        np.mean(likeness / ((mean_a**2 + mean_b**2 + c1) * (variance_a + variance_b + c2)))
    )


def _inside(
    a: NDArray[np.uint8], b: NDArray[np.uint8], border: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Check two pictures and return their luma without the border."""
    for pixels in (a, b):
        if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3:
            raise ValueError(
                f"pixels must be (height, width, 3) uint8, not {pixels.shape} {pixels.dtype}"
            )
    if a.shape != b.shape:
        raise ValueError(f"pictures of different shapes: {a.shape} and {b.shape}")
    if border < 0 or min(a.shape[:2]) <= 2 * border:
        raise ValueError(f"nothing of {a.shape} is left inside a border of {border}")
    inner = slice(border, a.shape[0] - border), slice(border, a.shape[1] - border)
    return luma(a[inner]), luma(b[inner])


def _blur(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    """Filter with the Gaussian window where it fits: each side shrinks by 10."""
    offsets = np.arange(SSIM_WINDOW) - SSIM_WINDOW // 2
    window = np.exp(-(offsets**2) / (2 * SSIM_SIGMA**2))
    window /= window.sum()
    height, width = (side - SSIM_WINDOW + 1 for side in plane.shape)
    rows = sum((w * plane[i : i + height] for i, w in enumerate(window)), np.zeros(()))
    return sum((w * rows[:, i : i + width] for i, w in enumerate(window)), np.zeros(()))
