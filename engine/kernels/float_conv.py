"""The float convolutions, in register tiles of several filters and pixels.

A tile's sums stay in registers while all inputs of its pixels are walked; each input that is
loaded serves all filters of the tile.  PReLU and residual follow before a tile is stored, which
saves a pass over the features.  The sum of an output is always taken in the same order (bias, then
channel, dy, dx; each product added with one rounding), so it does not depend on how the pixels are
tiled.
"""

from typing import Any

from numba import njit

from .simd import (
    COLUMNS,
    FILTERS,
    FLOATS,
    tile_add,
    tile_multiply_add,
    tile_of,
    tile_prelu,
    tile_store,
)

TILE_WIDTH = COLUMNS * FLOATS


def _conv(size: int) -> Any:
    """Return the kernel for filters of size x size; a constant size lets LLVM unroll the loops."""
    reach = size // 2

    @njit(nogil=True, cache=True)
    def conv_float(
        source,
        source_start,
        source_plane,
        source_row,
        channels,
        weights,
        bias,
        slopes,
        filters,
        residual,
        residual_start,
        residual_plane,
        residual_row,
        adds,
        target,
        target_start,
        target_plane,
        target_row,
        rows,
        width,
    ):
        """target[o, y, x] = residual[o, y, x] + PReLU of what the filter gives there.

        A filter gives bias[o] + sum of weights[o, c, dy, dx] source[c, y + dy, x + dx].

        Args:
            source: flat float32; a border of size // 2 pixels round what is computed is read.
            source_start: the item of channel 0, first row computed, column 0.
            source_plane, source_row: floats from a channel, and from a row, to the next.
            channels: C.
            weights: flat float32 (O / FILTERS, C, size, size, FILTERS), O padded to whole tiles.
            bias: float32 (O,), padded.
            slopes: float32 (O,) of the PReLU, padded; 1 for none.
            filters: how many of the O to write.
            residual, residual_start, residual_plane, residual_row: as for source; columns up to
                the next multiple of TILE_WIDTH are read.
            adds: whether the residual is added; if not, it is not looked at.
            target: flat float32, written; columns up to the next multiple of TILE_WIDTH too.
            target_start, target_plane, target_row: as for source.
            rows, width: how much to compute.
        """
        taps = channels * size * size * FILTERS
        for y in range(rows):
            for x in range(0, width, TILE_WIDTH):
                corner = source_start + (y - reach) * source_row + x - reach
                for b in range(0, filters, FILTERS):
                    sums = tile_of(bias, b)
                    w = (b // FILTERS) * taps
                    for c in range(channels):
                        for dy in range(size):
                            p = corner + c * source_plane + dy * source_row
                            for dx in range(size):
                                sums = tile_multiply_add(sums, weights, w, source, p + dx)
                                w += FILTERS
                    sums = tile_prelu(sums, slopes, b)
                    if adds:
                        p = residual_start + b * residual_plane + y * residual_row + x
                        sums = tile_add(sums, filters - b, residual, p, residual_plane)
                    q = target_start + b * target_plane + y * target_row + x
                    tile_store(sums, filters - b, target, q, target_plane)

    return conv_float


conv3x3_float, conv9x9_float = _conv(3), _conv(9)
