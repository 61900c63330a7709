"""What happens pixel by pixel: PReLU, sums, pixel shuffle, the bicubic base, rounding to integers.

All feature arrays are flat float32 with a start (channel 0, first row, column 0), a plane and a
row (floats from a channel, and from a row, to the next); see bsr.engine.networks.row_pipeline.
No product is fused with a sum here, so NumPy gives the same numbers.
"""

import numpy as np
from numba import njit

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


@njit(nogil=True, cache=True)
def shuffle_pixels(
    source, source_start, source_plane, source_row, factor, channels, slopes,
    target, target_start, target_plane, target_row, rows, width,
):  # fmt: skip
    """target[c, f y + i, f x + j] = PReLU(source[f f c + f i + j, y, x]), PyTorch's PixelShuffle.

    Args:
        source: flat float32 of factor**2 * channels channels, with source_start, source_plane and
            source_row (its row length).
        factor: f.
        channels: C of the target.
        slopes: float32 (C,) of the PReLU that follows.
        target, target_start, target_plane, target_row: the same, written.
        rows, width: of the source.
    """
    for c in range(channels):
        slope = slopes[c]
        for y in range(rows):
            for i in range(factor):
                o = target_start + c * target_plane + (factor * y + i) * target_row
                for j in range(factor):
                    k = (c * factor + i) * factor + j
                    s = source_start + k * source_plane + y * source_row
                    for x in range(width):
                        value = source[s + x]
                        target[o + factor * x + j] = value if value > 0 else slope * value


@njit(inline="always")
def _to_integer(value, max_value):
    return np.rint(min(max(value, np.float32(0)), np.float32(1)) * max_value)


@njit(nogil=True, cache=True)
def round_pixels(
    source, start, plane, row_floats, max_value, pixels, pixel, row_items, rows, columns
):  # fmt: skip
    """pixels = round(max_value * clip(source, 0, 1)), interleaved.

    Args:
        source: flat float32, three channels, with start, plane and row_floats (its row length).
        max_value: float32, 255 or 65,535.
        pixels: flat uint8 or uint16, written; pixel is the item of the first row and column,
            row_items the items of a row.
        rows, columns: how much to write.
    """
    for y in range(rows):
        for c in range(3):
            s, p = start + c * plane + y * row_floats, pixel + y * row_items + c
            for x in range(columns):
                pixels[p + 3 * x] = _to_integer(source[s + x], max_value)


@njit(nogil=True, cache=True)
def add_bicubic(
    detail, detail_start, detail_plane, detail_row,
    source, source_start, source_plane, source_row, top, height, width,
    taps, first, left, max_value, columns, line, pixels, pixel, row_items, rows, wide,
):  # fmt: skip
    """pixels = round(max_value * clip(shuffled detail + bicubic enlargement of source, 0, 1)).

    Args:
        detail: flat float32, 3 scale**2 channels, with detail_start, detail_plane, detail_row.
        source: flat float32, three channels, with source_plane and source_row; source_start is its
            row `top`, column 0.
        top: the row of the picture at which both begin; height: all rows of the picture.
        width: columns of source; edges are replicated at its ends and at rows 0 and height - 1.
        taps, first: of bicubic_taps and bicubic_first.
        left: column of source at which the pixels begin.
        max_value: float32, 255 or 65,535.
        columns: float32 (width + 4,), scratch.
        line: float32 (width,), scratch.
        pixels, pixel, row_items: as for round_pixels.
        rows, wide: rows and columns of pixels to write.
    """
    # Slices are indexed from zero, where Numba sees that no index is negative: loops of vectors.
    scale = first.size
    middle = columns[2 : width + 2]
    for row in range(rows):
        y, i = row // scale, row % scale
        for c in range(3):
            plane = source_start + c * source_plane
            middle[:] = 0
            for k in range(4):
                s = plane + (min(max(top + y + first[i] + k, 0), height - 1) - top) * source_row
                weight, above = taps[i, k], source[s : s + width]
                for x in range(width):
                    middle[x] += weight * above[x]
            columns[0] = columns[1] = columns[2]
            columns[width + 2] = columns[width + 3] = columns[width + 1]
            for j in range(scale):
                a, b, d, e = taps[j, 0], taps[j, 1], taps[j, 2], taps[j, 3]
                f = first[j] + 2
                first_of, second, third = columns[f:], columns[f + 1 :], columns[f + 2 :]
                fourth = columns[f + 3 :]
                t = detail_start + ((c * scale + i) * scale + j) * detail_plane + y * detail_row
                added = detail[t : t + width]
                for x in range(width):
                    inner = a * first_of[x] + b * second[x]
                    base = (inner + d * third[x]) + e * fourth[x]
                    line[x] = _to_integer(base + added[x], max_value)
                p = pixel + row * row_items + 3 * j + c
                inside, out = line[left : left + wide // scale], pixels[p:]
                for x in range(wide // scale):
                    out[3 * scale * x] = np.int32(inside[x])
