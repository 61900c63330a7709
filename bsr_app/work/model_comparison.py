"""Every installed model on a small part of a picture: to look at, or to measure.  No Qt.

The functions run in a worker thread.  They import the engine when they are called.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .region import Region, upscale_region
from .results import Result

if TYPE_CHECKING:
    from bsr.engine.images.depth import Bytes
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.picture import Picture

    from ..qt.job_runner import JobContext

REGION_PIXELS = 160 * 160
CROP_PIXELS = 768 * 768
SMALLEST_SIDE = 64
BICUBIC = "bicubic"
COMPARING, MEASURING = "comparing", "measuring"  # stages of progress


@dataclass(frozen=True, eq=False)
class ModelRun:
    """One model that ran on a region.

    Attributes:
        card: the model.
        result: the region enlarged, or None where it failed.
        error: why it failed, for people; empty where it did not.
    """

    card: ModelCard
    result: Result | None
    error: str = ""


@dataclass(frozen=True)
class Measurement:
    """How close a model comes to pixels that are known.

    Attributes:
        model_id: the model, or "bicubic".
        title: the model's title, for people; empty for bicubic.
        weights: "binary" or "float"; empty for bicubic.
        scale: the factor of reduction and enlargement.
        psnr: dB on luma.
        ssim: on luma, at most 1.
        seconds: that the enlargement took.
        megapixels: finished, in millions of pixels.
    """

    model_id: str
    title: str
    weights: str
    scale: int
    psnr: float
    ssim: float
    seconds: float
    megapixels: float

    @property
    def megapixels_per_second(self) -> float:
        """Finished megapixels per second."""
        return self.megapixels / max(self.seconds, 1e-9)


def compare_models(
    picture: Picture,
    region: Region,
    catalog: Catalog,
    cards: Sequence[ModelCard],
    context: JobContext,
    threads: int | None = None,
) -> None:
    """Run models on a region; each gives what it gives of the whole picture, see `upscale_region`.

    Args:
        picture: the original.
        region: the part of it.
        catalog: loads the models.
        cards: the models, in the order in which they run.
        context: is given a ModelRun after each.
        threads: as in upscale.

    Raises:
        Cancelled: the context's token was cancelled.
    """
    from bsr.engine.errors import BsrError, Cancelled
    from bsr.engine.progress import Progress
    from bsr.engine.upscaling.warm_up import warm_up

    warm_up(context.progress)
    for number, card in enumerate(cards):
        context.progress(Progress(COMPARING, number, len(cards)))
        context.cancel.check()
        try:
            model = catalog.load(card)
            began = time.perf_counter()
            made = upscale_region(model, picture, region, card.scale, threads, context.cancel)
            seconds = time.perf_counter() - began
        except Cancelled:
            raise
        except BsrError as error:  # the others may work
            context.item(ModelRun(card, None, str(error)))
            continue
        # What the margin took is left out, so that the speed is that of the whole picture.
        around = region.grown(model.network.radius, picture.height, picture.width)
        seconds *= region.pixels / around.pixels
        context.item(ModelRun(card, _result(card, made, seconds)))


def measure_models(
    picture: Picture,
    catalog: Catalog,
    cards: Sequence[ModelCard],
    context: JobContext,
    threads: int | None = None,
) -> None:
    """Reduce a picture, enlarge it again with each model, and compare with the true pixels.

    Args:
        picture: the true picture; its middle is taken where it is large.
        catalog: loads the models.
        cards: the models, in the order in which they run.
        context: is given a Measurement after each, and one of bicubic before the first of a
            scale.
        threads: as in upscale.

    Raises:
        BsrError: the picture is too small, or a model cannot be loaded.
        Cancelled: the context's token was cancelled.
    """
    from bsr.engine.images.depth import eight_bit
    from bsr.engine.picture import Picture
    from bsr.engine.progress import Progress
    from bsr.engine.quality.imresize import imresize
    from bsr.engine.upscaling.upscale import upscale
    from bsr.engine.upscaling.warm_up import warm_up

    warm_up(context.progress)
    scales: set[int] = set()
    for number, card in enumerate(cards):
        context.progress(Progress(MEASURING, number, len(cards)))
        context.cancel.check()
        true = known_pixels(picture, card.scale)
        small = imresize(true, 1 / card.scale)
        if card.scale not in scales:
            scales.add(card.scale)
            began = time.perf_counter()
            large = imresize(small, card.scale)
            seconds = time.perf_counter() - began
            context.item(_measured(None, card.scale, true, large, seconds))
        model = catalog.load(card)
        began = time.perf_counter()
        result = upscale(model, Picture(small), threads=threads, cancel=context.cancel)
        seconds = time.perf_counter() - began
        large = eight_bit(result.pixels)
        context.item(_measured(card, card.scale, true, large, seconds))


def measured_region(height: int, width: int) -> Region:
    """Return the middle of a picture that is measured, at most CROP_PIXELS.

    The ends of a strip go first: in its own shape it would become too narrow.

    Args:
        height: of the picture, in pixels.
        width: of the picture.
    """
    longest = CROP_PIXELS // SMALLEST_SIDE
    rows, columns = min(height, longest), min(width, longest)
    return Region((height - rows) // 2, (width - columns) // 2, rows, columns).limited(CROP_PIXELS)


def known_pixels(picture: Picture, scale: int) -> Bytes:
    """Return the picture's middle in 8 bit, at most CROP_PIXELS, both sides multiples of the scale.

    Raises:
        BsrError: the picture is smaller than 64 pixels at a side.
    """
    from bsr.engine.errors import BsrError
    from bsr.engine.images.depth import eight_bit
    from bsr.engine.quality.evaluate import cut_to_multiple

    if min(picture.height, picture.width) < SMALLEST_SIDE:
        raise BsrError(
            "Both sides must have {side} pixels or more to measure quality.", side=SMALLEST_SIDE
        )
    middle = measured_region(picture.height, picture.width)
    return cut_to_multiple(eight_bit(middle.of(picture).pixels), scale)


def _result(card: ModelCard, picture: Picture, seconds: float) -> Result:
    return Result(
        picture=picture,
        title=card.title,
        model_id=card.id,
        weights=card.weights,
        seconds=seconds,
        weights_bytes=card.bytes,
        scale=float(card.scale),
    )


def _measured(
    card: ModelCard | None, scale: int, true: Bytes, large: Bytes, seconds: float
) -> Measurement:
    """Score a model's, or bicubic's, enlargement."""
    from bsr.engine.quality.metrics import quality_y

    quality = quality_y(true, large, scale)
    return Measurement(
        model_id=card.id if card else BICUBIC,
        title=card.title if card else "",
        weights=card.weights if card else "",
        scale=scale,
        psnr=quality.psnr,
        ssim=quality.ssim,
        seconds=seconds,
        megapixels=true.shape[0] * true.shape[1] / 1e6,
    )
