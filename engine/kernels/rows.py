"""Where rows lie in flat memory, as the kernels are handed them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Rows(NamedTuple):
    """Rows of a float feature map.

    Attributes:
        floats: flat float32.
        start: the item of channel 0, first row, column 0.
        plane: items from a channel to the next.
        row: items from a row to the next.
    """

    floats: NDArray[Any]
    start: int
    plane: int
    row: int


class PixelRows(NamedTuple):
    """Rows of a picture, channels interleaved, and how much of them is to be written.

    Attributes:
        items: flat uint8 or uint16.
        start: the item of the first row and column.
        row: items from a row to the next.
        height: rows.
        width: columns.
        max_value: float32, 255 or 65,535.
    """

    items: NDArray[Any]
    start: int
    row: int
    height: int
    width: int
    max_value: np.float32
