"""How pixels, checkerboards and labels get onto a widget."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QPainter, QTransform

from bsr.engine.images.depth import Bytes

from ...qt.images import as_srgb
from ...qt.theme import colours

CHECKER = 8
LABEL_GROUND = QColor(20, 20, 22, 185)


def to_device(painter: QPainter) -> QTransform:
    """Return the world transform in which a unit is a device pixel and whole numbers are pixels.

    On a screen scaled to 125 % a widget may begin between two device pixels.
    """
    device = painter.deviceTransform()
    corner = QTransform.fromTranslate(round(device.dx()), round(device.dy()))
    inverse, _ = device.inverted()
    return corner * inverse


def paint_pixels(
    painter: QPainter, pixels: Bytes, corner: QPoint, space: QColorSpace | None = None
) -> None:
    """Paint an array, one element to a device pixel; transparency over a checkerboard.

    Args:
        painter: its units are device pixels.
        pixels: (height, width, 3) or, premultiplied, (height, width, 4) uint8.
        corner: where the first pixel goes.
        space: the pixels' colour space, or None for sRGB.
    """
    pixels = np.ascontiguousarray(pixels)
    image = _image_of(pixels, space)
    if pixels.shape[2] == 4:
        _paint_checkerboard(painter, QRect(corner, image.size()))
    painter.drawImage(corner, image)


def colours_in_srgb(pixels: Bytes, space: QColorSpace | None) -> Bytes:
    """Return the colours (height, width, 3) that `paint_pixels` gives an array."""
    pixels = np.ascontiguousarray(pixels)
    image = _image_of(pixels, space).convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., :3].copy()


def _image_of(pixels: Bytes, space: QColorSpace | None) -> QImage:
    """Return an image in sRGB; it may point into the contiguous array, which has to outlive it."""
    height, width, channels = pixels.shape
    formats = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888_Premultiplied}
    image = QImage(pixels.data, width, height, channels * width, formats[channels])
    return image if space is None else as_srgb(image, space)


def _paint_checkerboard(painter: QPainter, place: QRect) -> None:
    """Fill a rectangle of device pixels with the pattern that stands for transparency."""
    cell = round(CHECKER * painter.device().devicePixelRatio())
    pattern = QImage(2 * cell, 2 * cell, QImage.Format.Format_RGB32)
    pattern.fill(QColor(colours().field))
    stamp = QPainter(pattern)
    for corner in (0, cell):
        stamp.fillRect(corner, corner, cell, cell, QColor(colours().border))
    stamp.end()
    painter.fillRect(place, pattern)


def paint_pill(painter: QPainter, text: str, area: QRect, side: Qt.AlignmentFlag) -> None:
    """Write a label at the upper edge of an area, on a dark pill that any picture allows."""
    metrics = painter.fontMetrics()
    room = area.width() - 40
    if room < 40:
        return
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width, height = metrics.horizontalAdvance(text) + 20, metrics.height() + 8
    left = area.left() + 12
    if side == Qt.AlignmentFlag.AlignHCenter:
        left = area.center().x() - width // 2
    if side == Qt.AlignmentFlag.AlignRight:
        left = area.right() + 1 - 12 - width
    pill = QRectF(left, area.top() + 12, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(LABEL_GROUND)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
