"""Make the program's PNG, ICO and ICNS icons from resources/icons/bsr.svg.

Run by hand after a change of the drawing:  python packaging/make_icons.py
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
PNG_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)


def draw(size: int) -> Image.Image:
    """Draw the icon.

    Args:
        size: width and height in pixels.

    Returns:
        An RGBA picture.
    """
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / "bsr.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data())).convert("RGBA")


def main() -> None:
    """Write bsr-<size>.png, bsr.ico and bsr.icns beside the drawing."""
    application = QGuiApplication([])
    for size in PNG_SIZES:
        draw(size).save(ICONS / f"bsr-{size}.png", optimize=True)
    drawn = [draw(size) for size in ICO_SIZES]
    drawn[-1].save(
        ICONS / "bsr.ico", sizes=[(size, size) for size in ICO_SIZES], append_images=drawn[:-1]
    )
    draw(1024).save(
        ICONS / "bsr.icns", append_images=[draw(size) for size in (16, 32, 64, 128, 256, 512)]
    )
    application.quit()


if __name__ == "__main__":
    main()
