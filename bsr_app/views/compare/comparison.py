"""What the compare view shows, taken out of it: the two pictures with their labels."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from ...qt.images import from_qimage
from ...work.comparison import Comparison
from .layers import Layer
from .painting import paint_pill, paint_pixels, to_device
from .split import SplitCanvas
from .viewport import View


def take_comparison(canvas: SplitCanvas, *, beside: bool) -> Comparison | None:
    """Return what is visible of both pictures; None where there is nothing to compare.

    Args:
        canvas: that shows them, or would.
        beside: whether they will stand beside each other: then both are labelled at the left.
    """
    layers = canvas.shown_layers()
    if len(layers) < 2:
        return None
    whole = canvas.viewport.view(*canvas.viewport.pane)
    seen = whole.clipped(*canvas.viewport.size)
    divider = round(canvas.divider * whole.width) - (seen.left - whole.left)
    right = Qt.AlignmentFlag.AlignLeft if beside else Qt.AlignmentFlag.AlignRight
    before, after = (
        from_qimage(_labelled(canvas, layer, seen, side)).pixels.astype("uint8", copy=False)
        for layer, side in zip(layers, (Qt.AlignmentFlag.AlignLeft, right), strict=True)
    )
    return Comparison(before, after, divider)


def _labelled(canvas: SplitCanvas, layer: Layer, view: View, side: Qt.AlignmentFlag) -> QImage:
    """Return a layer's pixels of a view, with its name in a corner."""
    ratio = canvas.devicePixelRatioF()
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        painter.setFont(canvas.font())
        logical = painter.worldTransform()
        painter.setWorldTransform(to_device(painter))
        paint_pixels(painter, layer.source.render(view), QPoint(0, 0), layer.colours)
        painter.setWorldTransform(logical)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(0, 0, int(view.width / ratio), int(view.height / ratio))
        paint_pill(painter, layer.name, area, side)
    return image
