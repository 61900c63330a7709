"""How a picture is divided: passes, tiles, and the row pipeline of each tile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from ..networks import Network
from ..networks.row_pipeline import RowPipeline
from ..networks.stages import OutputRegion
from ..picture import Pixels

# Widest strip: what its pipelines hold then stays within a few hundred megabytes per thread.
_STRIP = 2048
_LOWEST_BAND = 16
_HIGHEST_BAND = 1024


@dataclass(frozen=True)
class Tile:
    """A part of the input whose enlargement one thread computes."""

    top: int
    bottom: int
    left: int
    right: int


def output_size(height: int, width: int, scale: float) -> tuple[int, int]:
    """Return the (height, width) of a picture enlarged by scale; at least one pixel."""
    return max(1, math.floor(height * scale + 0.5)), max(1, math.floor(width * scale + 0.5))


def pass_sizes(height: int, width: int, scale: float, model_scale: int) -> list[tuple[int, int]]:
    """Return the (height, width) that enters each pass of a model that upscales by model_scale.

    All passes but the first start from a picture reduced so that the last one ends just above the
    wanted size; this keeps the largest picture in memory as small as can be.
    """
    sizes = [(height, width)]
    reached = model_scale
    while reached < scale:
        reached *= model_scale
    while reached > model_scale:
        reached //= model_scale
        # Rounded up, but never above what the pass before has made.
        rows, columns = (-(-side // reached) for side in output_size(height, width, scale))
        made = sizes[-1]
        sizes.append((min(rows, model_scale * made[0]), min(columns, model_scale * made[1])))
    return sizes


def divide(height: int, width: int, threads: int) -> list[Tile]:
    """Tiles in reading order, about as many as threads, or more where they would grow large."""
    strips = -(-width // _STRIP)
    per_strip = -(-threads // strips) if strips < threads else 1
    bands = max(min(per_strip, height // _LOWEST_BAND), -(-height // _HIGHEST_BAND), 1)
    if strips * bands > threads and bands > 1:  # so that no thread waits for the others at the end
        bands = -(-bands * strips // threads) * threads // strips or 1
    rows = [round(height * k / bands) for k in range(bands + 1)]
    columns = [round(width * k / strips) for k in range(strips + 1)]
    return [
        Tile(top, bottom, left, right)
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    ]


def tile_pipeline(network: Network, pixels: Pixels, tile: Tile, result: Pixels) -> RowPipeline:
    """Return the row pipeline that upscales a tile.

    Args:
        network: the layers.
        pixels: the whole input.
        tile: the part of it.
        result: (scale * height, scale * width, 3), C-contiguous; the pipeline writes the tile's
            place.
    """
    height, width, _ = pixels.shape
    scale = result.shape[0] // height
    left = max(tile.left - network.radius, 0)
    right = min(tile.right + network.radius, width)
    target = OutputRegion(result, scale * tile.left, scale * tile.right, tile.left - left)
    # No more than enter at all, for the buffers of a small picture are to be small.
    entering = min(tile.bottom + network.radius, height) - max(tile.top - network.radius, 0)
    block = min(max(network.step_pixels // (right - left), 4), entering + network.radius)
    return RowPipeline(network.connect(pixels, left, right, target), tile.top, tile.bottom, block)
