"""A model's quality on a folder of pictures, measured as the super-resolution field does."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import BsrError, ImageFileError
from ..images import READABLE_SUFFIXES, read_picture
from ..images.depth import eight_bit
from ..models.model import Model
from ..picture import Picture
from ..progress import CancelToken
from ..upscaling.upscale import upscale
from ..upscaling.warm_up import warm_up
from .imresize import imresize
from .metrics import quality_y

SMALLEST_SIDE = 32


@dataclass(frozen=True)
class PictureScore:
    """What was measured on one picture.

    Attributes:
        name: of the high-resolution file.
        psnr: dB on luma, `scale` pixels cropped at each side; infinity where equal.
        ssim: on luma, cropped likewise.
        bicubic_psnr: the same of the bicubically enlarged picture.
        bicubic_ssim: the same of the bicubically enlarged picture.
        seconds: that the model took, reading and measuring left out.
        megapixels: of the result, in millions of pixels.
    """

    name: str
    psnr: float
    ssim: float
    bicubic_psnr: float
    bicubic_ssim: float
    seconds: float
    megapixels: float


@dataclass(frozen=True)
class Evaluation:
    """What was measured on a folder.

    Attributes:
        model: the model's id.
        weights: "binary" or "float".
        scale: enlargement that was measured.
        pictures: by name; at least one.
    """

    model: str
    weights: str
    scale: int
    pictures: tuple[PictureScore, ...]

    @property
    def psnr(self) -> float:
        """Mean over the pictures, dB."""
        return fmean(picture.psnr for picture in self.pictures)

    @property
    def ssim(self) -> float:
        """Mean over the pictures."""
        return fmean(picture.ssim for picture in self.pictures)

    @property
    def bicubic_psnr(self) -> float:
        """Mean of bicubic over the pictures, dB."""
        return fmean(picture.bicubic_psnr for picture in self.pictures)

    @property
    def bicubic_ssim(self) -> float:
        """Mean of bicubic over the pictures."""
        return fmean(picture.bicubic_ssim for picture in self.pictures)

    @property
    def seconds_per_megapixel(self) -> float:
        """Seconds that the model took for a million pixels of the result."""
        megapixels = sum(picture.megapixels for picture in self.pictures)
        return sum(picture.seconds for picture in self.pictures) / megapixels


def evaluate(
    model: Model,
    folder: Path,
    lr_folder: Path | None = None,
    scale: int | None = None,
    *,
    jpeg_quality: int | None = None,
    threads: int | None = None,
    on_result: Callable[[PictureScore], None] | None = None,
    cancel: CancelToken | None = None,
) -> Evaluation:
    """Shrink every picture of a folder, enlarge it with the model, and compare.

    Each high-resolution picture is cut to a multiple of the scale and shrunk by MATLAB's bicubic
    `imresize`, or its low-resolution version is read; beside the model stands bicubic `imresize`.

    Args:
        model: what is measured.
        folder: of high-resolution pictures, or one with such a folder named HR in it.
        lr_folder: of low-resolution pictures named like them, with or without "x4" behind.
        scale: 2 or more; None takes the model's own.
        jpeg_quality: 1..100 to save the low-resolution side as JPEG with halved colour (4:2:0)
            first, as most pictures that people have were; None leaves it as it is.
        threads: as in upscale.
        on_result: called after each picture, in the order of names.
        cancel: looked at between pictures and within them.

    Returns:
        All scores and their means.

    Raises:
        BsrError: there is no picture, or one is too small.
        ImageFileError: a picture cannot be read or its low-resolution version is missing or unfit.
        Cancelled: cancel was called.
        ValueError: scale is below 2.
    """
    factor = model.card.scale if scale is None else scale
    if factor < 2:
        raise ValueError(f"scale must be 2 or more, not {factor}")
    paths = _pictures(folder)
    warm_up()
    scores = []
    for path in paths:
        if cancel is not None:
            cancel.check()
        high = cut_to_multiple(_read(path), factor)
        if min(high.shape[:2]) < SMALLEST_SIDE:
            raise BsrError(
                "{file} is too small to measure on; {side} pixels are needed.",
                file=path,
                side=SMALLEST_SIDE,
            )
        low = _low_side(path, high, lr_folder, factor)
        if jpeg_quality is not None:
            low = as_jpeg(low, jpeg_quality)
        began = time.perf_counter()
        result = upscale(model, Picture(low), scale=factor, threads=threads, cancel=cancel)
        seconds = time.perf_counter() - began
        scores.append(_score(path.name, high, low, eight_bit(result.pixels), factor, seconds))
        if on_result is not None:
            on_result(scores[-1])
    return Evaluation(model.card.id, model.card.weights, factor, tuple(scores))


def cut_to_multiple(pixels: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Cut (height, width, 3) pixels at bottom and right, so that factor divides both sides."""
    height, width = (side // factor * factor for side in pixels.shape[:2])
    return pixels[:height, :width]


def _score(
    name: str,
    high: NDArray[np.uint8],
    low: NDArray[np.uint8],
    result: NDArray[np.uint8],
    factor: int,
    seconds: float,
) -> PictureScore:
    quality = quality_y(high, result, factor)
    bicubic = quality_y(high, imresize(low, factor), factor)
    return PictureScore(
        name=name,
        psnr=quality.psnr,
        ssim=quality.ssim,
        bicubic_psnr=bicubic.psnr,
        bicubic_ssim=bicubic.ssim,
        seconds=seconds,
        megapixels=high.shape[0] * high.shape[1] / 1e6,
    )


def _pictures(folder: Path) -> list[Path]:
    """List the pictures of a folder by name, or of the folder HR in it."""
    for place in (folder, folder / "HR"):
        if place.is_dir():
            paths = sorted(p for p in place.iterdir() if p.suffix.lower() in READABLE_SUFFIXES)
            if paths:
                return paths
    raise BsrError("There are no pictures in {folder}.", folder=folder)


def _read(path: Path) -> NDArray[np.uint8]:
    """Read a picture as 8 bits."""
    return eight_bit(read_picture(path).pixels)


def as_jpeg(pixels: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Return (height, width, 3) RGB as it comes back from a JPEG of a quality of libjpeg."""
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=quality, subsampling="4:2:0")
    return np.array(Image.open(stored))


def _low_side(
    path: Path, high: NDArray[np.uint8], lr_folder: Path | None, factor: int
) -> NDArray[np.uint8]:
    """Read the low-resolution version of a picture, or make it."""
    if lr_folder is None:
        return imresize(high, 1 / factor)
    names = {f"{path.stem}{tail}" for tail in ("", f"x{factor}", f"_x{factor}")}
    candidates = sorted(candidate for candidate in lr_folder.glob("*") if candidate.stem in names)
    if not candidates:
        raise ImageFileError(
            "{folder} has no low-resolution picture for {file}.", folder=lr_folder, file=path.name
        )
    low = _read(candidates[0])
    if (low.shape[0] * factor, low.shape[1] * factor) != high.shape[:2]:
        raise ImageFileError(
            "{candidate} has {width} x {height} pixels, which is not 1/{factor} of {file}.",
            candidate=candidates[0],
            width=low.shape[1],
            height=low.shape[0],
            factor=factor,
            file=path.name,
        )
    return low
