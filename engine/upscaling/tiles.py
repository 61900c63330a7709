"""How a picture is divided: passes, tiles, and the row pipeline of each tile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from ..networks import Network
from ..networks.row_pipeline import RowPipeline
from ..networks.stages import OutputRegion
from ..picture import Pixels

# Widest strip.  In wider ones less of what lies between the layers stays in the caches, most of all
# where other programs fill these too; in narrower ones the columns beyond a seam weigh more.
_STRIP = 1500
# Rows that enter a tile in a step, at least.
_LOWEST_STEP = 2
# A tile gives so many threads work; with more of them, pictures are cut into bands, too, if these
# have so many rows that those which two bands compute do not weigh much.
_THREADS_AT_A_TILE = 4
_LOWEST_BAND = 64
# In the first and last steps not all threads find work, so a small picture is to take so many, but
# none smaller than this part of a usual one.
_FEWEST_STEPS, _SMALLEST_PART = 12, 4


@dataclass(frozen=True)
class Tile:
    """A part of the input that one row pipeline enlarges."""

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

    Raises:
        ValueError: the model does not enlarge.
    """
    if model_scale < 2:
        raise ValueError(f"a model with a factor of {model_scale} does not enlarge")
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


@dataclass(frozen=True)
class Division:
    """How a picture is divided.

    Attributes:
        tiles: in reading order; every pixel is in one.
        at_a_time: how many of them are worked on at a time.
        ahead: steps that a stage of a tile may be ahead of the next one.
    """

    tiles: list[Tile]
    at_a_time: int
    ahead: int


def divide(height: int, width: int, threads: int) -> Division:
    """Return how a picture is divided among threads.

    Args:
        height: of the picture.
        width: of the picture.
        threads: how many.
    """
    strips = -(-width // _STRIP)
    wanted = -(-threads // _THREADS_AT_A_TILE)
    bands = max(min(-(-wanted // strips), height // _LOWEST_BAND), 1)
    rows = [round(height * k / bands) for k in range(bands + 1)]
    columns = [round(width * k / strips) for k in range(strips + 1)]
    tiles = [
        Tile(top, bottom, left, right)
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    ]
    at_a_time = min(wanted, len(tiles))
    sharing = -(-threads // at_a_time)
    return Division(tiles, at_a_time, min(sharing, _THREADS_AT_A_TILE))


def tile_pipeline(
    network: Network, pixels: Pixels, tile: Tile, result: Pixels, ahead: int = 1
) -> RowPipeline:
    """Return the row pipeline that upscales a tile.

    Args:
        network: the layers.
        pixels: the whole input.
        tile: the part of it.
        result: (scale * height, scale * width, 3), C-contiguous; the pipeline writes the tile's
            place.
        ahead: steps that a stage may be ahead of those that read it; more than one where several
            threads work at the tile.
    """
    height, width, _ = pixels.shape
    scale = result.shape[0] // height
    left = max(tile.left - network.radius, 0)
    right = min(tile.right + network.radius, width)
    target = OutputRegion(result, scale * tile.left, scale * tile.right, tile.left - left)
    entering = min(tile.bottom + network.radius, height) - max(tile.top - network.radius, 0)
    usual = network.step_pixels // (right - left)
    block = (
        min(usual, max(entering // _FEWEST_STEPS, usual // _SMALLEST_PART)) if ahead > 1 else usual
    )
    # No more than enter at all, for the buffers of a small picture are to be small.
    block = min(max(block, _LOWEST_STEP), entering + network.radius)
    last = network.connect(pixels, left, right, target)
    return RowPipeline(last, tile.top, tile.bottom, block, ahead)
