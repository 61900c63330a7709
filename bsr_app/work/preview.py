"""A part of a picture enlarged at once, to be looked at before the whole is asked for.  No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .region import Region, upscale_region

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture

    from ..qt.job_runner import JobContext
    from .upscaling import UpscaleOptions

USUAL_PIXELS = 1 << 18
MOST_PIXELS = 1 << 20
SECONDS = 0.5  # that a preview may take on a machine that is idle


@dataclass(frozen=True, eq=False)
class Preview:
    """A part of a picture, enlarged.

    Attributes:
        region: the part.
        picture: the region, `scale` times as large.
        scale: the factor.
        options: what it was made with.
    """

    region: Region
    picture: Picture
    scale: float
    options: UpscaleOptions


def region_to_preview(visible: Region, pixels_per_second: float | None) -> Region:
    """Return the middle of what is visible, small enough to be there at once.

    Args:
        visible: what is seen of the picture.
        pixels_per_second: of the input, that the model takes here, or None where unknown.
    """
    pixels = USUAL_PIXELS
    if pixels_per_second is not None:
        pixels = min(int(pixels_per_second * SECONDS), MOST_PIXELS)
    return visible.limited(max(pixels, 1))


def make_preview(
    catalog: Catalog,
    picture: Picture,
    options: UpscaleOptions,
    region: Region,
    context: JobContext,
) -> Preview:
    """Enlarge a part of a picture as it will be in the whole.

    It has the model's own scale; for looking at, another one need not be reached.

    Raises:
        Cancelled, ModelFileError.
    """
    scale, threads = options.card.scale, options.threads

    def made(card: ModelCard) -> Picture:
        return upscale_region(catalog.load(card), picture, region, scale, threads, context.cancel)

    return Preview(region, options.mix.result(made), float(scale), options)
