"""Where and how much two layers differ, amplified, as colours with a scale."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter

from bsr.engine.images.depth import Bytes
from bsr.engine.opencv import cv2

from .painting import LABEL_GROUND, colours_in_srgb, paint_pixels
from .split import PairCanvas
from .viewport import View

AMPLIFICATIONS = (1, 2, 4, 8, 16, 32)
COLOURS = cv2.COLORMAP_INFERNO


class DifferenceCanvas(PairCanvas):
    """Shows the difference of the first two slots.

    It is taken between what is seen: at 100 % and above between the pictures' pixels, below
    between their averages. Where they have different profiles it is that of their colours in sRGB.
    """

    amplification = 8

    def set_amplification(self, amplification: int) -> None:
        """Multiply the differences by 1 to 32."""
        self.amplification = amplification
        self.update()

    def draw(self, painter: QPainter, view: View) -> None:
        """See Canvas; the picture itself while there is nothing to compare it with."""
        if self.layers.alone:
            super().draw(painter, view)
            return
        seen = view.clipped(*self.viewport.size)
        first, second = self.layers.slot(0), self.layers.slot(1)
        if not seen.height or not seen.width or first is None or second is None:
            return
        before, after = self.pixels(first, seen), self.pixels(second, seen)
        if first.colours != second.colours:
            before = colours_in_srgb(before, first.colours)
            after = colours_in_srgb(after, second.colours)
        distance = difference(before, after)
        corner = QPoint(seen.left - view.left, seen.top - view.top)
        paint_pixels(painter, coloured(distance, self.amplification), corner)

    def draw_over(self, painter: QPainter) -> None:
        """See Canvas."""
        if self.layers.alone:
            super().draw_over(painter)
            hint = self.tr("Enlarge the picture first: what the network changed is shown here")
            self.draw_hint(painter, hint)
            return
        names = " − ".join(layer.name for layer in self.shown_layers())
        self.label(painter, names, self.rect(), Qt.AlignmentFlag.AlignLeft)
        self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        """Say which difference, of 255, each colour stands for."""
        metrics = painter.fontMetrics()
        panel = QRectF(12, self.height() - 12 - 52 - metrics.height(), 264, 40 + metrics.height())
        panel.moveBottom(self.height() - 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(LABEL_GROUND)
        painter.drawRoundedRect(panel, 8, 8)
        bar = QRectF(panel.left() + 12, panel.top() + 12, panel.width() - 24, 12)
        painter.fillRect(bar, _gradient(bar))
        painter.setPen(QColor(255, 255, 255))
        painter.setFont(QFont(painter.font()))
        texts = QRectF(bar.left(), bar.bottom() + 4, bar.width(), metrics.height() + 4)
        top = 255 / self.amplification
        middle = self.tr("difference of 255, ×{n}").format(n=self.amplification)
        painter.drawText(texts, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(texts, Qt.AlignmentFlag.AlignHCenter, middle)
        painter.drawText(
            texts, Qt.AlignmentFlag.AlignRight, f"{self.locale().toString(round(top))}"
        )


def difference(first: Bytes, second: Bytes) -> Bytes:
    """Return the largest difference of the three channels at each place, (height, width) uint8."""
    distance = cv2.absdiff(
        np.ascontiguousarray(first[..., :3]), np.ascontiguousarray(second[..., :3])
    )
    red, green, blue = cv2.split(distance)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def coloured(distance: Bytes, amplification: int) -> Bytes:
    """Return differences, (height, width), as colours (height, width, 3), black to light yellow."""
    amplified = np.minimum(np.arange(256) * amplification, 255).astype(np.uint8)
    table = cv2.applyColorMap(amplified[:, None], COLOURS)[..., ::-1].copy()
    return np.asarray(cv2.applyColorMap(distance, table), np.uint8)


def _gradient(bar: QRectF) -> QLinearGradient:
    gradient = QLinearGradient(QPointF(bar.left(), 0), QPointF(bar.right(), 0))
    colours = coloured(np.linspace(0, 255, 17).astype(np.uint8)[None], 1)[0]
    for position, (red, green, blue) in enumerate(colours.tolist()):
        gradient.setColorAt(position / 16, QColor(red, green, blue))
    return gradient
