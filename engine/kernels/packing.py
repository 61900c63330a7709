"""What a bit is, and how signs and binary filters are packed.

A bit is 1 where the value is negative, so sign(0) = +1.  Planes hold one channel, 64 neighbouring
pixels to a uint64, lowest bit leftmost.  In a weights file a filter is flattened in the order
(input channel, dy, dx) and packed 8 to a byte, lowest bit first.  This is Larq's convention.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORD = 64


def words_of(width: int) -> int:
    """Return how many words a row of `width` pixels takes."""
    return -(-width // WORD)


def pack_filters(negative: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """(O, C, 3, 3) bool, true where a weight is negative -> (O, 9 C / 8) uint8."""
    return np.packbits(negative.reshape(len(negative), -1), axis=1, bitorder="little")


def unpack_filters(packed: NDArray[np.uint8], channels: int) -> NDArray[np.bool_]:
    """(O, 9 C / 8) uint8 -> (O, C, 3, 3) bool, true where a weight is negative."""
    flat = np.unpackbits(packed, axis=1, count=9 * channels, bitorder="little")
    return flat.astype(bool).reshape(len(packed), channels, 3, 3)
