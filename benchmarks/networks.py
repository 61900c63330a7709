"""Whole networks beside each other, by scale, size of the picture and threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bsr.engine.models.catalog import default_catalog

from .contestants import Contestant, contestants
from .scores import mean_psnr
from .timing import Effort, clock_for, take_turns

LARGE_SIDE = 1024
"""From here on contestants are measured one after the other, for whole feature maps fill memory,
and only a few times; the slow SRResNets are left out."""
LARGEST_MAP = 512 << 20
"""Bytes of a feature map above which a library that holds whole maps takes too much memory."""


def measure(
    effort: Effort,
    scales: Sequence[int],
    sides: Sequence[int],
    threads: Sequence[int],
    weights_folder: Path | None,
    pictures: Path | None,
) -> Iterator[dict[str, Any]]:
    """Yield a row for every contestant, scale, size and number of threads.

    Args:
        effort: how long to measure.
        scales: 2, 4 or both.
        sides: of square pictures, in pixels.
        threads: numbers of threads.
        weights_folder: see contestants.
        pictures: folder of Set5's high-resolution pictures, or None.
    """
    for scale in scales:
        score = partial(mean_psnr, folder=pictures, scale=scale)
        all_of_them = list(contestants(default_catalog(), scale, weights_folder, score))
        for side in sides:
            fitting = [one for one in all_of_them if 4 * one.floats * side**2 <= LARGEST_MAP]
            for count in threads:
                if side < LARGE_SIDE:
                    yield from _rows(fitting, scale, side, count, effort)
                    continue
                for one in fitting:
                    if not one.network.startswith("srresnet"):
                        yield from _rows([one], scale, side, count, replace(effort, least=1))


def _rows(
    fitting: list[Contestant], scale: int, side: int, threads: int, effort: Effort
) -> Iterator[dict[str, Any]]:
    runs = {str(number): one.load(side, threads) for number, one in enumerate(fitting)}
    if side < LARGE_SIDE:
        for run in runs.values():
            run()
    timings = take_turns(runs, effort, clock_for(threads))
    megapixels = (scale * side) ** 2 / 1e6
    for number, one in enumerate(fitting):
        timing = timings[str(number)]
        yield {
            "scale": scale,
            "side": side,
            "threads": threads,
            "network": one.network,
            "precision": one.precision,
            "library": one.library,
            "luma_only": one.planes == 1,
            "psnr": one.psnr,
            "psnr_source": one.source if one.psnr is not None else "",
            "ms_per_megapixel": 1e3 * timing.median / megapixels,
            **timing.as_json(),
        }
