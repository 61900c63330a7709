"""Those who set a larger font read everything in the panels; with the usual one nothing moves."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLabel, QPushButton, QScrollArea

from bsr.engine.picture import Picture
from bsr.languages import LANGUAGES
from bsr.views.shared.size_form import OTHER, PRINT
from bsr.views.shared.widgets import ElidedLabel
from bsr.views.window import main_window
from bsr.views.window.main_window import MainWindow
from bsr.views.window.side_bar import BATCH, UPSCALE
from bsr.work.results import Result

USUAL, LARGE, LARGEST = 10, 14, 18  # points


@pytest.fixture
def points(qapp, request):
    before, font = qapp.font(), qapp.font()
    font.setPointSizeF(request.param)
    qapp.setFont(font)
    yield request.param
    qapp.setFont(before)


@pytest.fixture
def enlarged(points, qtbot, window, picture_file):
    """The picture page with a result; its size is a print."""
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    pixels = np.zeros((48, 72, 3), np.uint8)
    upscale.bring_back(upscale.kept, Result(Picture(pixels), "BSR x2", "x", "binary", 1.0, 1, 2.0))
    choose_print(upscale.panel)
    return window


def choose_print(panel):
    form = panel.form.size_form
    form.choice.set_value(OTHER)
    form.kind.setCurrentIndex(form.kind.findData(PRINT))


def width_of(shown):
    return shown.fontMetrics().horizontalAdvance(shown.text())


def room_needed(shown):
    if isinstance(shown, ElidedLabel) or (isinstance(shown, QLabel) and shown.wordWrap()):
        return 0  # it takes what there is
    font = QFont(shown.font())
    if isinstance(shown, QAbstractButton) and shown.isCheckable():
        font.setWeight(QFont.Weight.DemiBold)  # as what is chosen is
    frame = shown.sizeHint().width() - width_of(shown) if isinstance(shown, QPushButton) else 0
    return QFontMetrics(font).horizontalAdvance(shown.text()) + frame


def cut_off(root):
    """The texts that have less room than they need."""
    for shown in root.findChildren(QLabel) + root.findChildren(QAbstractButton):
        if shown.isVisible() and room_needed(shown) > shown.width():
            yield shown.text()
    for box in root.findChildren(QAbstractSpinBox):
        field = box.lineEdit()
        if box.isVisible() and width_of(field) > field.width() - 6:
            yield field.text()
    for area in root.findChildren(QScrollArea):
        margin = area.widget().layout().contentsMargins().right()
        if area.widget().width() - margin > area.viewport().width():
            yield "the right of all"


@pytest.mark.parametrize("points", [LARGE, LARGEST], indirect=True)
def test_everything_is_read_in_a_larger_font(
    qtbot, monkeypatch, subtests, language, enlarged, settings, runner
):
    """All about one window, which takes a while to make."""
    panel, batch = enlarged.pages.upscale.panel, enlarged.pages.batch
    choose_print(batch.panel)
    for code in LANGUAGES:
        with subtests.test("no text of the panels and the side bar is cut off", language=code):
            language.speak(code)
            enlarged.show_page(UPSCALE)
            qtbot.wait(1)
            panel.show_estimate("12,000 × 8,000 px", panel.time.text())
            qtbot.wait(1)
            assert list(cut_off(panel)) == list(cut_off(enlarged.side_bar)) == []
            row = panel.results.itemWidget(panel.results.item(0))
            assert row.height() >= row.layout().minimumSize().height()
            enlarged.show_page(BATCH)
            qtbot.wait(1)
            assert list(cut_off(batch.panel)) == []
    with subtests.test("the empty page of the batch is read in a window of the usual size"):
        language.speak("de")
        enlarged.resize(main_window.USUAL)
        qtbot.wait(1)
        assert list(cut_off(batch.list.drop_area)) == []
    with subtests.test("the picture page has room in the smallest window"):
        screen = SimpleNamespace(availableGeometry=lambda: QRect(0, 0, 1920, 1080))
        monkeypatch.setattr(MainWindow, "screen", lambda window: screen)
        language.speak("en")
        smallest = MainWindow(settings, runner).minimumWidth()
        page = enlarged.pages.upscale.minimumSizeHint().width()
        assert page + enlarged.side_bar.width() <= smallest


@pytest.mark.parametrize("points", [USUAL], indirect=True)
def test_with_the_usual_font_the_panels_keep_their_measures(enlarged):
    panel = enlarged.pages.upscale.panel
    assert (panel.width(), enlarged.pages.batch.panel.minimumWidth()) == (296, 296)
    assert enlarged.side_bar.width() == 80
    assert panel.results.item(0).sizeHint().height() == 52
    assert panel.form.size_form.dpi.minimumWidth() == 72
