"""The float convolutions, in register tiles of several filters and pixels.

A tile's sums stay in registers while all inputs of its pixels are walked; each input that is
loaded serves all filters of the tile.  PReLU and residual follow before a tile is stored, which
saves a pass over the features.  The sum of an output is always taken in the same order (bias, then
channel, dy, dx; each product added with one rounding), so it does not depend on how the pixels are
tiled.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .kernel import kernel
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


class FloatLayer(NamedTuple):
    """A float convolution, perhaps with a PReLU behind it; made by networks.layers.float_layer.

    Attributes:
        weights: flat float32 (O / FILTERS, C, size, size, FILTERS), O padded to whole tiles.
        bias: float32 (O,), padded.
        slopes: float32 (O,) of the PReLU, padded; 1 for none.
        filters: O before padding.
        channels: C.
        size: height and width of a filter.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slopes: NDArray[np.float32]
    filters: int
    channels: int
    size: int


def _conv(size: int) -> Any:
    """Return the kernel for filters of size x size; a constant size lets LLVM unroll the loops."""
    reach = size // 2

    @kernel
    def conv_float(source, layer, residual, adds, target, rows, width):
        """target[o, y, x] = residual[o, y, x] + PReLU of what the filter gives there.

        A filter gives bias[o] + sum of weights[o, c, dy, dx] source[c, y + dy, x + dx].

        Args:
            source: Rows; a border of size // 2 pixels round what is computed is read.
            layer: a FloatLayer of this size.
            residual: Rows; columns up to the next multiple of TILE_WIDTH are read.
            adds: whether the residual is added; if not, it is not looked at.
            target: Rows, written; columns up to the next multiple of TILE_WIDTH too.
            rows, width: how much to compute.
        """
        channels, filters = layer.channels, layer.filters
        weights, floats = layer.weights, source.floats
        taps = channels * size * size * FILTERS
        for y in range(rows):
            for x in range(0, width, TILE_WIDTH):
                corner = source.start + (y - reach) * source.row + x - reach
                for b in range(0, filters, FILTERS):
                    sums = tile_of(layer.bias, b)
                    w = (b // FILTERS) * taps
                    for c in range(channels):
                        for dy in range(size):
                            p = corner + c * source.plane + dy * source.row
                            for dx in range(size):
                                sums = tile_multiply_add(sums, weights, w, floats, p + dx)
                                w += FILTERS
                    sums = tile_prelu(sums, layer.slopes, b)
                    if adds:
                        p = residual.start + b * residual.plane + y * residual.row + x
                        sums = tile_add(sums, filters - b, residual.floats, p, residual.plane)
                    q = target.start + b * target.plane + y * target.row + x
                    tile_store(sums, filters - b, target.floats, q, target.plane)

    return conv_float


conv3x3_float, conv9x9_float = _conv(3), _conv(9)
