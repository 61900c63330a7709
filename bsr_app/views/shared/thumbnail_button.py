"""A small picture with its name that can be pressed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QToolButton

from . import formatting

PICTURE = QSize(104, 70)  # in device-independent pixels


class ThumbnailButton(QToolButton):
    """Opens one picture; it shows an icon until its thumbnail is set."""

    def __init__(self, path: Path, name: str, placeholder: QIcon) -> None:
        super().__init__()
        self.path = path
        self._name = name
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(PICTURE)
        blank = QPixmap(PICTURE)  # as large as a thumbnail, so that nothing moves when it comes
        blank.fill(Qt.GlobalColor.transparent)
        painter = QPainter(blank)
        placeholder.paint(painter, blank.rect().adjusted(0, 20, 0, -20))
        painter.end()
        self.setIcon(QIcon(blank))
        self.setFixedWidth(PICTURE.width() + 16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setToolTip(formatting.tool_tip(str(path)))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(name, middle, PICTURE.width()))

    def set_thumbnail(self, image: QImage) -> None:
        """Show a thumbnail, cut to the button's shape with round corners."""
        ratio = self.devicePixelRatioF()
        self.setIcon(QIcon(rounded(image, PICTURE, ratio, 6.0)))


def rounded(image: QImage, size: QSize, ratio: float, radius: float) -> QPixmap:
    """Fill a shape with round corners with the middle of an image.

    Args:
        image: any size.
        size: of the shape in device-independent pixels.
        ratio: device pixels to one of these.
        radius: of the corners, in device-independent pixels.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    scale = max(size.width() / image.width(), size.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
    painter = QPainter(pixmap)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setClipPath(shape)
    painter.drawImage(
        QRectF((size.width() - wide) / 2, (size.height() - high) / 2, wide, high), image
    )
    painter.end()
    return pixmap
