"""Colour spaces other than RGB, converted by the picture's profile where it has one."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from .profile import icc_space

_SPACES = {"RGB": b"RGB ", "CMYK": b"CMYK", "LAB": b"Lab ", "L": b"GRAY"}


def to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Return an 8-bit picture in RGB with sRGB's primaries and curve.

    Args:
        image: of mode CMYK, LAB, L, RGB or YCbCr.
        icc: the profile of the picture, or None.
    """
    if icc is not None and icc_space(icc) != _SPACES.get(image.mode):
        icc = None
    if icc is not None or image.mode == "LAB":
        try:
            return _transformed(image, icc)
        except (ImageCms.PyCMSError, OSError):
            pass  # a damaged profile is no reason to refuse the picture
    return image.convert("RGB")


def srgb_conversion(icc: bytes) -> Callable[[NDArray[np.uint8]], NDArray[np.uint8]]:
    """Return what turns (rows, width, 3) colours of a profile into those of sRGB.

    Args:
        icc: an RGB or grey profile; of a grey one the three channels are equal.
    """
    if icc_space(icc) == b"GRAY":
        levels = Image.fromarray(np.arange(256, dtype=np.uint8)[None])
        table: NDArray[np.uint8] = np.asarray(to_srgb(levels, icc))[0]
        return lambda colour: table[colour[..., 0]]
    return lambda colour: np.asarray(to_srgb(Image.fromarray(colour), icc))


def _transformed(image: Image.Image, icc: bytes | None) -> Image.Image:
    result = ImageCms.applyTransform(image, _transform(icc, image.mode))
    assert result is not None  # None is for conversion in place
    return result


@lru_cache(maxsize=4)  # pictures of a folder tend to have the same; one of CMYK takes 35 ms
def _transform(icc: bytes | None, mode: str) -> ImageCms.ImageCmsTransform:
    source = ImageCms.createProfile("LAB") if icc is None else io.BytesIO(icc)
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(source),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
