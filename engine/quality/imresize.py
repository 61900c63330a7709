"""MATLAB's bicubic `imresize`, the down- and upscaling that the field's test sets are made with."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

CUBIC_SHARPNESS = -0.5


def imresize(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Resize as MATLAB's `imresize(pixels, factor)` does: bicubic, antialiased when shrinking.

    Cubic kernel with a = -0.5, widened by 1/factor when shrinking; symmetric border; rows first,
    then columns, each pass rounded (half up) and clipped to 8 bits. Equal to the bit to the
    low-resolution pictures of Set5 and Set14 that the field uses.

    Args:
        pixels: (height, width) or (height, width, channels) uint8.
        factor: output side over input side, above 0; sides are rounded up.

    Returns:
        The resized picture, uint8, a new array.

    Raises:
        ValueError: pixels are not uint8 or the factor is not positive.
    """
    if pixels.dtype != np.uint8:
        raise ValueError(f"pixels must be uint8, not {pixels.dtype}")
    if not factor > 0:
        raise ValueError(f"factor must be above 0, not {factor}")
    rows_done = _resize_rows(pixels, factor)
    return np.ascontiguousarray(_resize_rows(rows_done.swapaxes(0, 1), factor).swapaxes(0, 1))


def _resize_rows(pixels: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    """Resize along the first axis and round to 8 bits."""
    indices, weights = _contributions(pixels.shape[0], factor)
    shape = (-1, *[1] * (pixels.ndim - 1))
    total = np.zeros((len(indices), *pixels.shape[1:]))
    for tap in range(indices.shape[1]):  # a fixed order of addition keeps ties reproducible
        total += weights[:, tap].reshape(shape) * pixels[indices[:, tap]]
    return np.clip(np.floor(total + 0.5), 0, 255).astype(np.uint8)


def _contributions(length: int, factor: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return which input samples make up each output sample, and how much of each.

    Returns:
        Indices and weights, both (output length, taps); the weights of a row sum to 1.
    """
    shrink = min(factor, 1.0)
    taps = math.ceil(4 / shrink) + 2
    centres = (np.arange(math.ceil(length * factor - 1e-9)) + 0.5) / factor - 0.5
    left = np.floor(centres - 2 / shrink).astype(np.intp)
    positions = left[:, None] + np.arange(taps)
    weights = _cubic((centres[:, None] - positions) * shrink)
    weights /= weights.sum(axis=1, keepdims=True)
    mirrored = np.mod(positions, 2 * length)
    return np.where(mirrored < length, mirrored, 2 * length - 1 - mirrored), weights


def _cubic(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Keys' cubic kernel (1981), a = -0.5, at the given distances, 0 beyond 2."""
    x = np.abs(distance)
    near = (CUBIC_SHARPNESS + 2) * x**3 - (CUBIC_SHARPNESS + 3) * x**2 + 1
    far = CUBIC_SHARPNESS * (x**3 - 5 * x**2 + 8 * x - 4)
    return np.where(x <= 1, near, np.where(x < 2, far, 0.0))
