"""Small widgets that several pages are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ...qt.theme import icon
from . import formatting

LARGE_ICON = 56  # pixels
SIZES = {"title": 1.6, "heading": 1.15}  # of roles, times that of other text
USUAL_LINE = 16  # pixels; the height of a line of text


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in one of the style sheet's roles: muted, strong, heading, title, error ...

    Its text is shown as it is, also one that looks like HTML.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def message_box(
    parent: QWidget | None, kind: QMessageBox.Icon, title: str, text: str
) -> QMessageBox:
    """Return a message box without buttons; its texts are shown as they are, as a label's."""
    made = QMessageBox(kind, title, "", QMessageBox.StandardButton.NoButton, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Set the role of a label."""
    if (widget.property("role") or "") == role:
        return
    widget.setProperty("role", role)
    if role in SIZES:
        font = widget.font()
        font.setPointSizeF(font.pointSizeF() * SIZES[role])
        widget.setFont(font)
    restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at changed properties; it looks by itself before the first time."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def mark(widget: QWidget, name: str, value: object = True) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        restyle(widget)


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    mark(made, "line")
    return made


def scroll_area(content: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """Return an area that scrolls a widget, which is best filled afterwards.

    Qt styles a widget anew, with all that is in it, whenever its parent changes.
    """
    made = QScrollArea(parent)
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    content.setObjectName("scrolled")
    made.setWidget(content)
    return made


def button(text: str, icon_name: str = "", *, primary: bool = False) -> QPushButton:
    """Return a push button, with one of the program's icons where named."""
    made = QPushButton(text)
    if icon_name:
        made.setIcon(icon(icon_name, "on_accent" if primary else ""))
    if primary:
        mark(made, "primary")
    return made


def add_heading(box: QComboBox, text: str) -> None:
    """Add a line to a list of choices that names those below it."""
    box.insertSeparator(box.count())
    box.addItem(text)
    box.setItemData(box.count() - 1, 0, Qt.ItemDataRole.UserRole - 1)  # no flags: not chosen


def icon_button(icon_name: str, name: str, size: int = 20) -> QToolButton:
    """Return a button that is only an icon; its name is its tool tip and accessible name."""
    made = QToolButton()
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(size, size))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def for_text(length: int, lines: int) -> int:
    """Return how many pixels a length is to have with the system's font.

    Args:
        length: in pixels, that suits text of the usual size, or a smaller one.
        lines: how many times the height of a line of text is in it; these grow with the font.
    """
    line = QFontMetrics(QApplication.font()).height()
    return length + lines * max(0, line - USUAL_LINE)


def inset(box: QAbstractSpinBox) -> None:
    """Move a spin box's text off its frame: Qt ignores the style sheet's padding on that side."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


class Graphic(QLabel):
    """A widget that paints itself, and is told as a graphic to those who hear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPixmap(QPixmap(1, 1))  # never painted; Qt knows a graphic by it


class LargeIcon(QLabel):
    """One of the program's icons by itself, drawn anew where the colours change."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon(icon_name)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(self._icon.pixmap(LARGE_ICON, LARGE_ICON))


class ElidedLabel(QLabel):
    """A label of one line that shortens its text to its width; the tool tip has it whole."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._whole, self._mode = "", mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_role(self, role)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.updateGeometry()
        self._shorten()

    def whole_text(self) -> str:
        """Return the text without shortening."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        return QSize(32, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self._whole) + 2
        return QSize(width, super().sizeHint().height())

    def _shorten(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, self._mode, self.width())
        self.setText(shown)
        self.setToolTip(formatting.tool_tip(self._whole) if shown != self._whole else "")


class Segments(QFrame):
    """A row of segments of which exactly one is chosen; arrow keys move the choice.

    Signals:
        chosen(str): the user chose the segment with this key.
    """

    chosen = Signal(str)

    def __init__(
        self, segments: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """Make the row.

        Args:
            segments: (key, text) from left to right.
            name: accessible name of the whole row.
            parent: of the row.
        """
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for key, text in segments:
            segment = QPushButton(text)
            segment.setCheckable(True)
            segment.setAutoExclusive(True)  # told as one of several
            segment.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._group.addButton(segment)
            self._buttons[key] = segment
            self.set_text(key, text)
            layout.addWidget(segment, 1)
        self._group.buttonClicked.connect(self._take_click)
        self.set_value(segments[0][0])

    def value(self) -> str:
        """Return the key of the chosen segment."""
        return next(key for key, segment in self._buttons.items() if segment.isChecked())

    def set_value(self, key: str) -> None:
        """Choose a segment without a signal."""
        self._buttons[key].setChecked(True)
        for segment in self._buttons.values():
            focus = Qt.FocusPolicy.StrongFocus if segment.isChecked() else Qt.FocusPolicy.NoFocus
            segment.setFocusPolicy(focus)

    def _take_click(self) -> None:
        self.set_value(self.value())  # the keys go to the segment that is chosen now
        self.chosen.emit(self.value())

    def set_text(self, key: str, text: str) -> None:
        """Write another text on a segment."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(f"{self.accessibleName()}: {text}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for key, segment in self._buttons.items():
                self.set_text(key, segment.text())

    def set_available(self, key: str, available: bool, reason: str = "") -> None:
        """Let a segment be chosen or not; the reason is its tool tip."""
        self._buttons[key].setEnabled(available)
        self._buttons[key].setToolTip(reason)

    def is_available(self, key: str) -> bool:
        """Return whether a segment can be chosen."""
        return self._buttons[key].isEnabled()

    def segment(self, key: str) -> QPushButton:
        """Return the button of a segment."""
        return self._buttons[key]
