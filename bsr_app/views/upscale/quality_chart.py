"""Quality beside speed: two columns of bars, one row to a model."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ...qt.theme import colours
from ...work.model_comparison import BICUBIC, Measurement
from ..shared import formatting, model_names
from ..shared.widgets import Graphic

ROW = 32
HEAD = 40
BAR = 14
GAP = 16
SHARPNESS = 2
EQUAL = 100.0  # dB, for the bars of pictures without a difference, whose PSNR is infinite


class QualityChart(Graphic):
    """Draws measurements; the left bars start at bicubic, the right ones at 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measured: list[Measurement] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Chart of speed against quality"))

    def show_measurements(self, measured: Sequence[Measurement]) -> None:
        """Draw these, in their order; bicubic is the left bars' zero and has a row of its own."""
        self._measured = list(measured)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, self.heightForRows())

    def minimumSizeHint(self) -> QSize:
        return QSize(480, self.heightForRows())

    def heightForRows(self) -> int:
        """Return pixels that all rows take."""
        return HEAD + ROW * max(len(self._measured), 1) + 8

    def image(self, title: str) -> QImage:
        """Return the chart with a title, at twice the screen's sharpness."""
        width, height = max(self.width(), 640), self.heightForRows() + 2 * HEAD
        image = QImage(width * SHARPNESS, height * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(QColor(colours().panel))
        painter = QPainter(image)
        painter.setFont(self.font())
        painter.setPen(QColor(colours().text))
        painter.drawText(
            QRectF(GAP, 0, width - 2 * GAP, HEAD), Qt.AlignmentFlag.AlignVCenter, title
        )
        painter.translate(0, HEAD)
        self._draw(painter, width)
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._draw(painter, self.width())

    def psnr_gains(self) -> list[float]:
        """Return each measurement's decibels above bicubic of the same scale."""
        decibels = [min(m.psnr, EQUAL) for m in self._measured]
        both = list(zip(self._measured, decibels, strict=True))
        bicubic = {m.scale: psnr for m, psnr in both if m.model_id == BICUBIC}
        return [psnr - bicubic[m.scale] for m, psnr in both]

    def _draw(self, painter: QPainter, width: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = [self._name(measured) for measured in self._measured]
        metrics = painter.fontMetrics()
        label = max((metrics.horizontalAdvance(name) for name in names), default=120) + GAP
        column = (width - label - 3 * GAP) / 2
        quality, speed = label + GAP, label + 2 * GAP + column
        self._head(painter, quality, column, self.tr("Quality: PSNR, bars start at bicubic"))
        self._head(painter, speed, column, self.tr("Speed: megapixels per second"))
        if not self._measured:
            return
        psnr_gains = self.psnr_gains()
        speeds = [m.megapixels_per_second if m.model_id != BICUBIC else 0.0 for m in self._measured]
        locale = self.locale()
        for row, (name, measured) in enumerate(zip(names, self._measured, strict=True)):
            top = HEAD + row * ROW
            painter.setPen(QColor(colours().text))
            box = QRectF(GAP, top, label, ROW)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            decibels = "∞" if math.isinf(measured.psnr) else locale.toString(measured.psnr, "f", 2)
            self._bar(painter, QRectF(quality, top, column, ROW), psnr_gains, row, f"{decibels} dB")
            if measured.model_id != BICUBIC:
                text = formatting.decimal(measured.megapixels_per_second)
                self._bar(painter, QRectF(speed, top, column, ROW), speeds, row, text)

    def _head(self, painter: QPainter, left: float, width: float, text: str) -> None:
        painter.setPen(QColor(colours().muted))
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, 0, width, HEAD), Qt.AlignmentFlag.AlignVCenter, text)

    def _bar(
        self, painter: QPainter, area: QRectF, values: list[float], row: int, text: str
    ) -> None:
        """Draw the bar of one value among those of its column, and the value behind it."""
        room = painter.fontMetrics().horizontalAdvance("00.00 dB") + GAP
        lowest = min(0.0, *values)
        length = (area.width() - room) / max(max(values) - lowest, 1e-9)
        zero = area.left() - lowest * length
        end = zero + values[row] * length
        bar = QRectF(min(zero, end), area.center().y() - BAR / 2, abs(end - zero), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour(self._measured[row])))
        if bar.width() < 2:
            bar.setWidth(2)
        painter.drawRoundedRect(bar, min(3.0, bar.width() / 2), 3)
        painter.setPen(QColor(colours().text))
        words = QRectF(bar.right() + 8, area.top(), room, area.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)

    def _colour(self, measured: Measurement) -> str:
        current = colours()
        return {"binary": current.accent, "float": current.muted}.get(
            measured.weights, current.disabled
        )

    def _name(self, measured: Measurement) -> str:
        if measured.model_id == BICUBIC:
            return self.tr("Bicubic {0}").format(formatting.factor(measured.scale))
        return model_names.made_by(measured.model_id, measured.title, measured.weights)
