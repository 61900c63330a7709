"""What happens pixel by pixel: PReLU, sums, pixel shuffle, the bicubic base, rounding to integers.

No product is fused with a sum here, so NumPy gives the same numbers.
"""

import numpy as np
from numba import njit

from .kernel import kernel

BICUBIC = -0.75
"""The cubic kernel's parameter a, OpenCV's and PyTorch's."""


def bicubic_taps(scale: int) -> np.ndarray:
    """Return the four weights of every phase of an enlargement with half-pixel centres.

    Output pixel scale * x + p takes the four input pixels from x + bicubic_first(scale)[p] on.

    Args:
        scale: the whole factor, 1 or more.

    Returns:
        (scale, 4) float32.  Source: Keys, "Cubic convolution interpolation", 1981, eq. 3-6.
    """
    taps = np.empty((scale, 4), np.float64)
    a = BICUBIC
    for phase in range(scale):
        centre = (phase + 0.5) / scale - 0.5
        t = centre - np.floor(centre)
        near, far = np.array([t, 1 - t]), np.array([1 + t, 2 - t])
        inner = ((a + 2) * near - (a + 3)) * near * near + 1
        outer = ((a * far - 5 * a) * far + 8 * a) * far - 4 * a
        taps[phase] = outer[0], inner[0], inner[1], outer[1]
    return taps.astype(np.float32)


def bicubic_first(scale: int) -> np.ndarray:
    """Return the offset of the first of the four input pixels of every phase, int64 (scale,)."""
    centres = (np.arange(scale) + 0.5) / scale - 0.5
    return np.floor(centres).astype(np.int64) - 1


@kernel
def shuffle_pixels(source, factor, slopes, target, rows, width):
    """target[c, f y + i, f x + j] = PReLU(source[f f c + f i + j, y, x]), PyTorch's PixelShuffle.

    Args:
        source: Rows of f f C channels.
        factor: f.
        slopes: float32 (C,) of the PReLU that follows.
        target: Rows of C channels, written.
        rows, width: of the source.
    """
    values, results = source.floats, target.floats
    for c in range(slopes.size):
        slope = slopes[c]
        for y in range(rows):
            for i in range(factor):
                o = target.start + c * target.plane + (factor * y + i) * target.row
                for j in range(factor):
                    k = (c * factor + i) * factor + j
                    s = source.start + k * source.plane + y * source.row
                    for x in range(width):
                        value = values[s + x]
                        results[o + factor * x + j] = value if value > 0 else slope * value


@njit(inline="always")
def _to_integer(value, max_value):
    return np.rint(min(max(value, np.float32(0)), np.float32(1)) * max_value)


@kernel
def round_pixels(source, target):
    """target = round(max_value * clip(source, 0, 1)), interleaved.

    Args:
        source: Rows of three channels.
        target: PixelRows, written.
    """
    floats, pixels = source.floats, target.items
    for y in range(target.height):
        for c in range(3):
            s = source.start + c * source.plane + y * source.row
            p = target.start + y * target.row + c
            for x in range(target.width):
                pixels[p + 3 * x] = _to_integer(floats[s + x], target.max_value)


@kernel
def add_bicubic(detail, source, top, height, width, taps, first, left, target):
    """target = round(max_value * clip(shuffled detail + bicubic enlargement of source, 0, 1)).

    Args:
        detail: Rows of 3 scale**2 channels.
        source: Rows of three channels.
        top: the row of the picture at which both begin; height: all rows of the picture.
        width: columns of source; edges are replicated at its ends and at rows 0 and height - 1.
        taps, first: of bicubic_taps and bicubic_first.
        left: column of source at which the target begins.
        target: PixelRows, written.
    """
    # Slices are indexed from zero, where Numba sees that no index is negative: loops of vectors.
    scale = first.size
    columns, line = np.empty(width + 4, np.float32), np.empty(width, np.float32)
    middle, inside = columns[2 : width + 2], line[left : left + target.width // scale]
    for row in range(target.height):
        y, i = row // scale, row % scale
        for c in range(3):
            plane = source.start + c * source.plane
            middle[:] = 0
            for k in range(4):
                s = plane + (min(max(top + y + first[i] + k, 0), height - 1) - top) * source.row
                weight, above = taps[i, k], source.floats[s : s + width]
                for x in range(width):
                    middle[x] += weight * above[x]
            columns[0] = columns[1] = columns[2]
            columns[width + 2] = columns[width + 3] = columns[width + 1]
            for j in range(scale):
                a, b, d, e = taps[j, 0], taps[j, 1], taps[j, 2], taps[j, 3]
                f = first[j] + 2
                first_of, second, third = columns[f:], columns[f + 1 :], columns[f + 2 :]
                fourth = columns[f + 3 :]
                t = detail.start + ((c * scale + i) * scale + j) * detail.plane + y * detail.row
                added = detail.floats[t : t + width]
                for x in range(width):
                    inner = a * first_of[x] + b * second[x]
                    base = (inner + d * third[x]) + e * fourth[x]
                    line[x] = _to_integer(base + added[x], target.max_value)
                out = target.items[target.start + row * target.row + 3 * j + c :]
                for x in range(target.width // scale):
                    out[3 * scale * x] = np.int32(inside[x])
