"""How fast a model runs on this machine, and how long an enlargement will take.

A tile takes a start, and then so much for each of its pixels.  Three samples tell both: a small one
the start, a narrow and a wide one what a pixel costs; in wide tiles less of a row's neighbourhood
is still in the caches.  The rest is arithmetic: how a picture is divided, and the rows and columns
at a seam that both sides compute.  All threads share the work, whatever the tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..kernels.packing import WORD
from ..machine import cores
from ..models.zero_weights import zero_weight_network
from ..networks.row_pipeline import round_up
from ..picture import Picture
from ..progress import CancelToken
from .tiles import Tile, divide, pass_sizes
from .upscale import upscale
from .warm_up import warm_up

if TYPE_CHECKING:
    from ..models.card import ModelCard
    from ..models.model import Model

# What each thread gets to do in a sample: (rows, columns).
SMALL, NARROW, WIDE = (32, 64), (128, 256), (48, 1400)
SAMPLE_SECONDS = 0.3
# Binary layers compute whole words of columns; so much of the time is theirs.
_BINARY_SHARE = 0.75


class Work(NamedTuple):
    """What a tile costs.

    Attributes:
        pixels: that enter the network, seams and padding included.
        columns: the tile's width.
    """

    pixels: float
    columns: int


@dataclass(frozen=True)
class Pace:
    """How fast some number of threads run a model together.

    Attributes:
        start: seconds that a tile takes beside its pixels.
        narrow: seconds for a pixel of the input in tiles of up to 256 columns.
        wide: seconds for a pixel in tiles of 1400 columns.
    """

    start: float
    narrow: float
    wide: float

    def seconds(self, work: Work) -> float:
        """Return the seconds that a tile takes."""
        share = (work.columns - NARROW[1]) / (WIDE[1] - NARROW[1])
        cost = self.narrow + min(max(share, 0.0), 1.0) * (self.wide - self.narrow)
        return self.start + work.pixels * cost

    def times(self, factor: float) -> Pace:
        """Return the pace of a machine on which everything takes `factor` times as long."""
        return Pace(factor * self.start, factor * self.narrow, factor * self.wide)


def tile_work(tile: Tile, height: int, width: int, radius: int, words: bool) -> Work:
    """Return what a tile costs.

    A layer computes the rows beyond a seam that later layers look at: half a radius on the mean.
    Columns beyond a seam all layers compute.

    Args:
        tile: the part of the picture.
        height: of the picture that enters.
        width: of the picture that enters.
        radius: of the network.
        words: whether layers compute whole words of columns.
    """
    rows = tile.bottom - tile.top + radius / 2 * ((tile.top > 0) + (tile.bottom < height))
    columns = min(tile.right + radius, width) - max(tile.left - radius, 0)
    padding = _BINARY_SHARE * (round_up(columns, WORD) - columns) if words else 0.0
    return Work(rows * (columns + padding), columns)


def predict(
    pace: Pace,
    card: ModelCard,
    height: int,
    width: int,
    scale: float,
    threads: int,
    alpha: bool = False,
) -> float:
    """Return the seconds that `upscale` will take.

    Args:
        pace: of the model with these threads.
        card: of the model.
        height: of the picture in pixels.
        width: of the picture in pixels.
        scale: what is wanted; a larger one than the model's takes several passes.
        threads: how many.
        alpha: whether there is transparency, which takes as long as the colour.
    """
    network = zero_weight_network(card.network, card.config)
    total = 0.0
    for rows, columns in pass_sizes(height, width, scale, card.scale):
        works = _works(network.radius, card, rows, columns, threads)
        total += sum(pace.seconds(work) for work in works)
    return 2 * total if alpha else total


def _works(radius: int, card: ModelCard, height: int, width: int, threads: int) -> list[Work]:
    """Return what the tiles of a picture cost."""
    words = card.has_binary_layers
    tiles = divide(height, width, threads).tiles
    return [tile_work(tile, height, width, radius, words) for tile in tiles]


def seconds_per_megapixel(pace: Pace, card: ModelCard, threads: int) -> float:
    """Return the seconds for a million pixels of the result, of a picture of a megapixel."""
    return predict(pace, card, 1000, 1000, card.scale, threads) / card.scale**2


def measure_pace(
    model: Model,
    threads: int | None = None,
    cancel: CancelToken | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Pace:
    """Measure how fast a model runs on this machine, in a second or a few.

    Args:
        model: the model.
        threads: how many; None for one per core.
        cancel: as in upscale.
        clock: seconds.

    Raises:
        Cancelled: cancel asked for it.
    """
    warm_up()  # the first sample would time it
    threads = cores() if threads is None else threads
    seconds, pixels = [], []
    for rows, columns in (SMALL, NARROW, WIDE):
        works = _works(model.network.radius, model.card, rows * threads, columns, threads)
        pixels.append(sum(work.pixels for work in works))
        seconds.append(_sample(model, (rows * threads, columns), threads, cancel, clock))
    return fit(seconds, pixels)


def fit(seconds: Sequence[float], pixels: Sequence[float]) -> Pace:
    """Return the pace that explains a small, a narrow and a wide sample.

    Args:
        seconds: that each took.
        pixels: of each.
    """
    small, narrow, wide = seconds
    cost = (narrow - small) / (pixels[1] - pixels[0])
    start = small - pixels[0] * cost
    if cost <= 0 or start < 0:  # something else kept the machine busy meanwhile
        start, cost = 0.0, narrow / pixels[1]
    # No machine does a pixel of a wide tile in half the time of a narrow one's.
    return Pace(start, cost, max((wide - start) / pixels[2], cost / 2))


def _sample(
    model: Model,
    size: tuple[int, int],
    threads: int,
    cancel: CancelToken | None,
    clock: Callable[[], float],
) -> float:
    """Return the least seconds that enlarging noise took, of two times or more.

    They are so many that a run which the machine held up is no reason to end.
    """
    noise = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    seconds: list[float] = []
    # The first run of a size may have to wait for memory.
    while (len(seconds) - 1) * min(seconds, default=0.0) < SAMPLE_SECONDS:
        started = clock()
        upscale(model, Picture(noise), threads=threads, cancel=cancel)
        seconds.append(clock() - started)
    return min(seconds)
