"""Enlarging a picture: the parts, the threads, progress, cancelling.

A picture is divided into tiles, each one row pipeline (see RowPipeline), at which several threads
work (see workers).  A tile asks for exactly the pixels round it that its own depend on, so the
result does not depend on the tiles.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np

from ..errors import Cancelled
from ..machine import cores
from ..models.model import Model
from ..networks import Network
from ..opencv import cv2
from ..picture import Picture, Pixels
from ..progress import CancelToken, FinishedRows, Progress, result_of
from .alpha import clamp_alpha, spread_colour
from .goal import LARGEST_SCALE, SMALLEST_SCALE
from .tiles import Tile, divide, output_size, pass_sizes, tile_pipeline
from .workers import OpenTile, Workers

OnProgress = Callable[[Progress], None]
OnRows = Callable[[FinishedRows], None]


def upscale(
    model: Model,
    picture: Picture,
    *,
    scale: float | None = None,
    threads: int | None = None,
    on_progress: OnProgress | None = None,
    on_rows: OnRows | None = None,
    cancel: CancelToken | None = None,
) -> Picture:
    """Enlarge a picture.

    A scale above the model's takes several passes, another below it ends with a reduction.

    Args:
        model: the network and its weights.
        picture: what to enlarge.
        scale: 1..8; None for the model's own.
        threads: how many; None for one per core.  The result is the same for every number.
        on_progress: told now and then, from any thread, by one thread at a time.
        on_rows: given finished rows of the last pass; called as on_progress.
        cancel: looked at between kernels.

    Returns:
        The picture of round(scale * size), with alpha, grey and metadata as before.

    Raises:
        Cancelled: cancel asked for it.
        TypeError: there is no model or no picture.
        ValueError: scale or threads are out of range.
    """
    if not isinstance(model, Model):
        raise TypeError(f"model must be a Model, as catalog.load(card) gives it, not {model!r}")
    if not isinstance(picture, Picture):
        raise TypeError(f"picture must be a Picture, e.g. Picture(array), not {type(picture)}")
    scale = model.scale if scale is None else scale
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise ValueError(f"scale must be between 1 and 8, not {scale}")
    threads = cores() if threads is None else threads
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    sizes = pass_sizes(picture.height, picture.width, scale, model.scale)
    planes = 1 if picture.alpha is None else 2
    monitor = _Monitor(planes * sum(h * w for h, w in sizes), on_progress, cancel or CancelToken())
    alpha = picture.alpha
    pixels = picture.pixels if alpha is None else spread_colour(picture, monitor.check)
    # The same threads for all passes: new ones would not find the memory that the last gave back.
    with ThreadPoolExecutor(threads, "upscale") as pool:
        run = _Run(model.network, model.scale, threads, pool, monitor)
        for k, (height, width) in enumerate(sizes):
            pixels = _reduced(pixels, height, width)
            last = k == len(sizes) - 1
            pixels = run.upscale(pixels, picture.grey, on_rows if last else None)
            if alpha is not None:
                alpha = run.upscale_alpha(_reduced(alpha, height, width))
    height, width = output_size(picture.height, picture.width, scale)
    pixels = _reduced(pixels, height, width)
    monitor.check()
    alpha = None if alpha is None else _reduced(alpha, height, width)
    monitor.check()
    return replace(picture, pixels=pixels, alpha=alpha, jpeg_quality=None)


def _reduced(pixels: Pixels, height: int, width: int) -> Pixels:
    """Return pixels at a size that is not larger.

    To half and below by the mean over areas.  Above, this would blur some pixels and not others:
    colour is interpolated bicubically, up to 0.5 dB nearer the truth.  Alpha must not overshoot.
    """
    if pixels.shape[:2] == (height, width):
        return pixels
    slight = pixels.ndim == 3 and 2 * height > pixels.shape[0] and 2 * width > pixels.shape[1]
    filter = cv2.INTER_CUBIC if slight else cv2.INTER_AREA
    return cast(Pixels, cv2.resize(pixels, (width, height), interpolation=filter))


class _Monitor:
    """Passes on progress and rows, one thread at a time, and handles cancellation."""

    def __init__(self, total: int, on_progress: OnProgress | None, cancel: CancelToken) -> None:
        self._total, self._done = total, 0
        self._on_progress, self._cancel = on_progress, cancel
        self._lock = threading.Lock()
        self.failed = False

    def rows(self, on_rows: OnRows, top: int, left: int, part: Pixels, result: Pixels) -> None:
        """Hand out finished rows of the result."""
        with self._lock:
            on_rows(FinishedRows(top, left, part, *result.shape[:2]))

    def check(self) -> None:
        """Stop when it was asked for, or when another thread has failed."""
        self._cancel.check()
        if self.failed:
            raise Cancelled

    def add(self, done: int) -> None:
        """Count pixels of the input as done."""
        with self._lock:
            self._done += done
            if self._on_progress is not None:
                self._on_progress(Progress("upscaling", self._done, self._total))


@dataclass(frozen=True)
class _Run:
    """What all passes share."""

    network: Network
    scale: int
    threads: int
    pool: ThreadPoolExecutor
    monitor: _Monitor

    def upscale(self, pixels: Pixels, grey: bool, on_rows: OnRows | None) -> Pixels:
        """Run one pass over a picture."""
        height, width, _ = pixels.shape
        result: Pixels = np.empty((self.scale * height, self.scale * width, 3), pixels.dtype)
        division = divide(height, width, self.threads)

        def tiles() -> Iterator[OpenTile]:
            for tile in division.tiles:
                finish = partial(self._finish, tile, result, grey, on_rows)
                ahead = division.ahead
                yield OpenTile(tile_pipeline(self.network, pixels, tile, result, ahead), finish)

        workers = Workers(tiles(), division.at_a_time, self.monitor.check)
        futures = [self.pool.submit(workers.work) for _ in range(self.threads)]
        try:
            for future in futures:
                result_of(future)
        except BaseException:
            self.monitor.failed = True
            raise
        finally:
            wait(futures)
            workers.release()
        self.monitor.check()
        return result

    def _finish(
        self, tile: Tile, result: Pixels, grey: bool, on_rows: OnRows | None, start: int, end: int
    ) -> None:
        """Report the rows start..end of a tile, which are computed."""
        scale = self.scale
        part = result[scale * start : scale * end, scale * tile.left : scale * tile.right]
        if grey:
            part[:] = np.rint(part.mean(axis=2, dtype=np.float32))[..., None]
        if on_rows is not None:
            self.monitor.rows(on_rows, scale * start, scale * tile.left, part, result)
        self.monitor.add((end - start) * (tile.right - tile.left))

    def upscale_alpha(self, alpha: Pixels) -> Pixels:
        """Run one pass over the alpha of a picture, as if it were a grey one."""
        grey = cast(Pixels, np.repeat(alpha[..., None], 3, axis=2))
        upscaled = self.upscale(grey, True, None)[..., 0].copy()
        return clamp_alpha(upscaled, alpha, self.scale, self.monitor.check)
