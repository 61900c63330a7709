"""A part of a picture.  No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bsr.engine.models.model import Model
    from bsr.engine.picture import Picture
    from bsr.engine.progress import CancelToken


@dataclass(frozen=True)
class Region:
    """A rectangle of a picture, in its pixels."""

    top: int
    left: int
    height: int
    width: int

    @property
    def pixels(self) -> int:
        """How many pixels lie in it."""
        return self.height * self.width

    def limited(self, pixels: int) -> Region:
        """Return the middle of this region, of the same shape and with at most `pixels` pixels."""
        share = min(1.0, math.sqrt(pixels / self.pixels))
        height, width = max(1, int(self.height * share)), max(1, int(self.width * share))
        return Region(
            self.top + (self.height - height) // 2,
            self.left + (self.width - width) // 2,
            height,
            width,
        )

    def grown(self, margin: int, height: int, width: int) -> Region:
        """Return this region with a margin, as far as a picture of (height, width) goes."""
        top, left = max(self.top - margin, 0), max(self.left - margin, 0)
        bottom = min(self.top + self.height + margin, height)
        right = min(self.left + self.width + margin, width)
        return Region(top, left, bottom - top, right - left)

    def contains(self, other: Region) -> bool:
        """Return whether another region lies inside this one."""
        return (
            self.top <= other.top
            and self.left <= other.left
            and other.top + other.height <= self.top + self.height
            and other.left + other.width <= self.left + self.width
        )

    def of(self, picture: Picture, scale: int = 1) -> Picture:
        """Return this region, `scale` times as large, cut out of a picture; pixels are shared."""
        rows = slice(self.top * scale, (self.top + self.height) * scale)
        columns = slice(self.left * scale, (self.left + self.width) * scale)
        alpha = None if picture.alpha is None else picture.alpha[rows, columns]
        return replace(picture, pixels=picture.pixels[rows, columns], alpha=alpha)


def upscale_region(
    model: Model,
    picture: Picture,
    region: Region,
    scale: int,
    threads: int | None,
    cancel: CancelToken,
) -> Picture:
    """Enlarge a region, with enough round it to give what the whole picture gives.

    Beside transparent pixels it gives nearly that: the colour below them is spread from what is
    near, for spreading it in the whole picture would take longer than the region itself.

    Args:
        model: that enlarges it.
        picture: the original.
        region: the part of it.
        scale: how many times larger.
        threads: as in upscale.
        cancel: ends the work.

    Raises:
        Cancelled: it was.
    """
    from bsr.engine.upscaling.upscale import upscale

    around = region.grown(model.network.radius, picture.height, picture.width)
    large = upscale(model, around.of(picture), scale=scale, threads=threads, cancel=cancel)
    inner = replace(region, top=region.top - around.top, left=region.left - around.left)
    return inner.of(large, scale)
