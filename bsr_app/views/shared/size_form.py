"""How large a result is to be: a factor, or the goal in the person's own words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from bsr.engine.upscaling.goal import (
    CM_PER_INCH,
    LARGEST_MEGAPIXELS,
    LARGEST_SCALE,
    LARGEST_SIDE,
    SMALLEST_SCALE,
    Goal,
    print_goal,
)

from .widgets import Segments, for_text, inset, label

OTHER = "other"
FACTORS = (2, 3, 4)
FACTOR, WIDTH, HEIGHT, FIT, MEGAPIXELS, PRINT = KINDS = (
    *("factor", "width", "height"),
    *("fit", "megapixels", "print"),
)
PAPER = 1.0, 500.0  # cm or inches
DPI = 2, int(LARGEST_SIDE / PAPER[1])  # a side of any paper has a pixel, and not too many
NARROWEST = 72


class SizeForm(QWidget):
    """2x, 3x, 4x, or another size: the fields of one kind of it are seen at a time.

    Signals:
        changed(): another size is set.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Goal | None = None
        self.choice = Segments(
            [*((str(factor), f"{factor}×") for factor in FACTORS), (OTHER, self.tr("Other"))],
            self.tr("Size"),
            self,
        )
        self.choice.set_value("4")
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of size"))
        self.kind.setToolTip(self.tr("How to give the size: a factor, pixels, a print…"))
        self._make_fields()
        self._lay_out()
        self._show_fields()
        self.choice.chosen.connect(self._edited)
        for choice in (self.kind, self.unit):
            choice.currentIndexChanged.connect(self._edited)
        for whole in self.findChildren(QSpinBox):
            whole.valueChanged.connect(self._edited)
        for decimal in self.findChildren(QDoubleSpinBox):
            decimal.valueChanged.connect(self._edited)

    def value(self) -> float | Goal:
        """Return the factor or the goal that is set."""
        if self.choice.value() != OTHER:
            return float(self.choice.value())
        return self._shown or self._goal(self.kind.currentData())

    def set_value(self, size: float | Goal) -> None:
        """Set a factor, 1 to 8, or a goal."""
        self.blockSignals(True)
        if isinstance(size, Goal):
            self._set_goal(size)
        else:
            self.choice.set_value(f"{size:g}" if size in FACTORS else OTHER)
            self.kind.setCurrentIndex(self.kind.findData(FACTOR))
            self.factor.setValue(size)
        self._shown = size if isinstance(size, Goal) else None  # to the pixel, not to the cm
        self.blockSignals(False)
        self._show_fields()
        self.changed.emit()

    def choose_other(self) -> None:
        """Go to the sizes beside 2x, 3x and 4x."""
        self.choice.set_value(OTHER)
        self._edited()

    def _goal(self, kind: str) -> float | Goal:
        if kind == FACTOR:
            return self.factor.value()
        if kind == MEGAPIXELS:
            return Goal(megapixels=self.megapixels.value())
        if kind == PRINT:
            paper = self.paper_width.value(), self.paper_height.value()
            return print_goal(*paper, self.unit.currentData(), float(self.dpi.value()))
        width = self.width_field.value() if kind == WIDTH else self.fit_width.value()
        height = self.height_field.value() if kind == HEIGHT else self.fit_height.value()
        return Goal(None if kind == HEIGHT else width, None if kind == WIDTH else height)

    def _set_goal(self, goal: Goal) -> None:
        self.choice.set_value(OTHER)
        kind = MEGAPIXELS
        if goal.megapixels is not None:
            self.megapixels.setValue(goal.megapixels)
        elif goal.width is None or goal.height is None:
            kind = HEIGHT if goal.width is None else WIDTH
            field = self.height_field if goal.width is None else self.width_field
            field.setValue(goal.width or goal.height or 1)
        elif goal.dpi is None:
            kind = FIT
            self.fit_width.setValue(goal.width)
            self.fit_height.setValue(goal.height)
        else:
            kind = PRINT
            per_inch = CM_PER_INCH if self.unit.currentData() == "cm" else 1.0
            self.paper_width.setValue(round(goal.width / goal.dpi * per_inch, 1))
            self.paper_height.setValue(round(goal.height / goal.dpi * per_inch, 1))
            self.dpi.setValue(round(goal.dpi))
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def _make_fields(self) -> None:
        names = {
            FACTOR: self.tr("Factor"),
            WIDTH: self.tr("Width"),
            HEIGHT: self.tr("Height"),
            FIT: self.tr("Fit into"),
            MEGAPIXELS: self.tr("Megapixels"),
            PRINT: self.tr("Print size"),
        }
        for kind in KINDS:
            self.kind.addItem(names[kind], kind)
        self.factor = _decimal(SMALLEST_SCALE, LARGEST_SCALE, 6.0, 0.5, " ×", names[FACTOR])
        self.width_field = _whole(1, LARGEST_SIDE, 3840, 100, " px", names[WIDTH])
        self.height_field = _whole(1, LARGEST_SIDE, 2160, 100, " px", names[HEIGHT])
        self.fit_width = _whole(1, LARGEST_SIDE, 3840, 100, "", self.tr("Largest width"))
        self.fit_height = _whole(1, LARGEST_SIDE, 2160, 100, "", self.tr("Largest height"))
        megapixels = self.tr("{0} MP").format("")
        self.megapixels = _decimal(0.01, LARGEST_MEGAPIXELS, 12, 1, megapixels, names[MEGAPIXELS])
        self.paper_width = _decimal(*PAPER, 30, 1, "", self.tr("Width of the paper"))
        self.paper_height = _decimal(*PAPER, 20, 1, "", self.tr("Height of the paper"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Unit"))
        self.unit.addItem(self.tr("cm"), "cm")
        self.unit.addItem(self.tr("inch"), "in")
        self.dpi = _whole(*DPI, 300, 10, " dpi", self.tr("Dots per inch"))
        self.dpi.setToolTip(self.tr("Dots per inch of the print; written into the file"))

    def _lay_out(self) -> None:
        self._rows = {
            FACTOR: _row(self.factor),
            WIDTH: _row(self.width_field),
            HEIGHT: _row(self.height_field),
            FIT: _row(self.fit_width, self.fit_height, label(self.tr("px"), "muted")),
            MEGAPIXELS: _row(self.megapixels),
            PRINT: _row(self.paper_width, self.paper_height, self.unit),
        }
        self._second_row = _row(self.dpi)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.choice, self.kind, *self._rows.values(), self._second_row):
            layout.addWidget(widget)

    def _edited(self) -> None:
        self._shown = None
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        other, kind = self.choice.value() == OTHER, self.kind.currentData()
        self.kind.setVisible(other)
        for name, row in self._rows.items():
            row.setVisible(other and name == kind)
        self._second_row.setVisible(other and kind == PRINT)


def _whole(least: int, most: int, value: int, step: int, unit: str, name: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setValue(value)
    _finish(field, unit, name)
    return field


def _decimal(
    least: float, most: float, value: float, step: float, unit: str, name: str
) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setValue(value)
    _finish(field, unit, name)
    return field


def _finish(field: QSpinBox | QDoubleSpinBox, unit: str, name: str) -> None:
    # The panel has no room for the widest numbers beside each other.
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    field.setMinimumWidth(for_text(NARROWEST, 3))
    field.setSuffix(unit)
    field.setAccessibleName(name)
    inset(field)


def _row(*widgets: QWidget) -> QWidget:
    """Return widgets beside each other, with a cross between two numbers."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for number, widget in enumerate(widgets):
        if number == 1:
            layout.addWidget(label("×", "muted"))
        layout.addWidget(widget, int(isinstance(widget, QAbstractSpinBox)))
    return row
