"""What the wheel turns: a box only while it has the focus, else what scrolls under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget


class WheelGuard(QObject):
    """Keeps the wheel from changing boxes that are merely passed; they are those of a page."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        boxes: list[QWidget] = []
        for kind in (QAbstractSpinBox, QComboBox, QSlider):
            boxes += page.findChildren(kind)
        for box in boxes:
            if box.focusPolicy() is Qt.FocusPolicy.WheelFocus:  # else the wheel would give it
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget):
            passed = not watched.hasFocus()
            event.setAccepted(not passed)  # what is not accepted goes on to the parent
            return passed
        return super().eventFilter(watched, event)
