"""Arrays to QImage and back.  Every function copies: a QImage never points into an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from bsr.engine.images.depth import eight_bit
from bsr.engine.picture import Picture, Pixels


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


def picture_to_qimage(picture: Picture) -> QImage:
    """Copy a whole picture; for the clipboard and for small ones."""
    return to_qimage(picture.pixels, picture.alpha)


def thumbnail_to_qimage(pixels: NDArray[np.uint8]) -> QImage:
    """Copy a (height, width, 3 or 4) uint8 array, as bsr.engine.images.thumbnail gives it."""
    return to_qimage(pixels[..., :3], pixels[..., 3] if pixels.shape[2] == 4 else None)


def from_qimage(image: QImage) -> Picture:
    """Copy an image, e.g. from the clipboard, into an 8-bit picture.

    Raises:
        ValueError: the image is empty.
    """
    if image.isNull():
        raise ValueError("the image is empty")
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(
        straight.height(), straight.bytesPerLine()
    )
    joined = rows[:, : 4 * straight.width()].reshape(straight.height(), straight.width(), 4)
    alpha = joined[..., 3].copy() if image.hasAlphaChannel() else None
    if alpha is not None and bool((alpha == 255).all()):
        alpha = None
    return Picture(pixels=joined[..., :3].copy(), alpha=alpha)
