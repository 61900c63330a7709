"""Pictures to compare, and what a widget shows of them."""

from types import SimpleNamespace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from bsr.engine.picture import Picture
from bsr.work.results import Result


def noise(height, width, seed=0, dtype=np.uint8):
    random = np.random.default_rng(seed)
    return random.integers(0, np.iinfo(dtype).max, (height, width, 3), dtype, endpoint=True)


def result_of(pixels, scale, title="bsr-x4", weights="binary"):
    return Result(Picture(pixels), title, title, weights, 1.5, 184_000, scale)


def made_with(title, weights="binary", percent=100):
    """What the compare view reads of the options that a picture is made with."""
    card = SimpleNamespace(id=title, title=title, weights=weights)
    return SimpleNamespace(card=card, mix=SimpleNamespace(percent=percent))


def grabbed(widget):
    """What a widget shows, (height, width, 3) uint8 in device pixels."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def turn_wheel(widget, position, notches):
    """Turn the wheel over a place of a widget."""
    event = QWheelEvent(
        QPointF(position),
        QPointF(widget.mapToGlobal(position)),
        QPointF(0, 0).toPoint(),
        QPointF(0, 120 * notches).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def move_mouse(widget, position, buttons=Qt.MouseButton.NoButton):
    """Move the pointer over a widget, with these buttons down."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(position),
        QPointF(widget.mapToGlobal(position)),
        Qt.MouseButton.NoButton,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
