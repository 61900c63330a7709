"""The wheel over a box scrolls what the box lies in, unless the box has the focus."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from bsr.views.window.side_bar import BATCH
from tests.app.looking import turn_wheel


def test_the_wheel_changes_a_box_only_where_it_has_the_focus(qtbot, window, picture_file):
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    qtbot.waitUntil(window.isActiveWindow)
    form, bar = upscale.panel.form, upscale.save_bar
    form.size_form.choose_other()
    for box, value in (
        (form.model_form.model, lambda: form.model_form.model.currentIndex()),
        (form.model_form.slider, lambda: form.model_form.slider.value()),
        (form.size_form.factor, lambda: form.size_form.factor.value()),
        (bar.format, lambda: bar.format.currentIndex()),
        (bar.quality, lambda: bar.quality.value()),
    ):
        box.show()
        upscale.compare.setFocus()
        before = value()
        turn_wheel(box, box.rect().center(), -1)
        assert value() == before
        assert box.focusPolicy() is not Qt.FocusPolicy.WheelFocus  # which the wheel would give
        box.setFocus()
        turn_wheel(box, box.rect().center(), -1)
        assert value() != before


def test_the_wheel_over_a_box_scrolls_the_panel(qtbot, listed, window):
    window.resize(window.minimumSize())
    assert window.stack.currentIndex() == BATCH
    area = listed.panel.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    before = listed.panel.format.currentIndex()
    middle = listed.panel.format.mapTo(window, listed.panel.format.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(middle), QPoint(0, 120))
    assert bar.value() < bar.maximum()
    assert listed.panel.format.currentIndex() == before
