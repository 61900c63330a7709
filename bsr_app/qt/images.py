"""Arrays to QImage and back.  Every function copies: a QImage never points into an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColorSpace, QImage

from bsr.engine.images.colour import srgb_conversion
from bsr.engine.images.depth import eight_bit
from bsr.engine.images.profile import icc_space
from bsr.engine.picture import Picture, Pixels

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)


def to_qimage(pixels: Pixels, alpha: Pixels | None = None) -> QImage:
    """Copy an array, or a view of one, into an image that paints fast.

    Args:
        pixels: (height, width, 3) uint8 or uint16, RGB, any strides.
        alpha: (height, width) of the same dtype, not premultiplied, or None.

    Returns:
        RGB32, or ARGB32_Premultiplied where alpha is given; 16 bit is rounded to 8.
    """
    colours = np.ascontiguousarray(eight_bit(pixels))
    height, width = colours.shape[:2]
    if alpha is None:
        image = QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        return image.convertToFormat(QImage.Format.Format_RGB32)
    joined = np.dstack((colours, eight_bit(alpha)))
    image = QImage(joined.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def colour_space(icc: bytes | None) -> QColorSpace | None:
    """Return the colour space of an ICC profile, or None where the pixels are shown as sRGB.

    Qt's grey colour spaces are for images of one channel alone, so that of a grey profile is made
    anew: sRGB's primaries, and each level as light as the profile says.
    """
    if icc is None:
        return None
    if icc_space(icc) == b"GRAY":
        levels = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (1, 256, 3))
        seen = srgb_conversion(icc)(levels)[0, :, 0] / 255
        light = np.where(seen <= 0.04045, seen / 12.92, ((seen + 0.055) / 1.055) ** 2.4)
        return QColorSpace(QColorSpace.Primaries.SRgb, np.rint(65_535 * light).astype(int).tolist())
    colours = QColorSpace.fromIccProfile(icc)
    return colours if colours.isValid() and colours != SRGB else None


def as_srgb(image: QImage, space: QColorSpace) -> QImage:
    """Return an image whose numbers are of a colour space in sRGB; as it is where Qt cannot."""
    image.setColorSpace(space)
    converted = image.convertedToColorSpace(SRGB)
    return image if converted.isNull() else converted


def picture_to_qimage(picture: Picture) -> QImage:
    """Copy a whole picture, in sRGB; for the clipboard and for small ones.

    Raises:
        MemoryError: there is no room for it.
    """
    image = to_qimage(picture.pixels, picture.alpha)
    if image.isNull():
        raise MemoryError
    space = colour_space(picture.icc)
    return image if space is None else as_srgb(image, space)


def sampled_to_qimage(picture: Picture, step: int) -> QImage:
    """Copy the colours of every `step`th pixel of every `step`th row, in sRGB."""
    return picture_to_qimage(Picture(picture.pixels[::step, ::step], icc=picture.icc))


def thumbnail_to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Copy a (height, width, 3 or 4) uint8 array, as bsr.engine.images.thumbnail gives it."""
    return to_qimage(pixels[..., :3], pixels[..., 3] if pixels.shape[2] == 4 else None)


def from_qimage(image: QImage) -> Picture:
    """Copy an image, e.g. from the clipboard, into an 8-bit picture in sRGB.

    Raises:
        ValueError: the image is empty.
    """
    if image.isNull():
        raise ValueError("the image is empty")
    space = image.colorSpace()
    if space.isValid() and space != SRGB:
        image = as_srgb(image, space)
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(
        straight.height(), straight.bytesPerLine()
    )
    joined = rows[:, : 4 * straight.width()].reshape(straight.height(), straight.width(), 4)
    alpha = joined[..., 3].copy() if image.hasAlphaChannel() else None
    if alpha is not None and (alpha.min() == 255 or alpha.max() == 0):
        alpha = None  # all 0 is what programs without transparency leave there
    return Picture(pixels=joined[..., :3].copy(), alpha=alpha)
