"""The compare view as a person uses it."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from bsr_app.results import Result
from bsr_app.views.compare_view import CompareView
from engine.types import Picture

# The platform without a screen says so for every window with a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def noise(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def result_of(pixels, scale, model_id="bsr-x4", weights="binary"):
    return Result(Picture(pixels), "BSR", model_id, weights, 1.25, 184_000, scale)


def grabbed(widget):
    """What a widget shows, (height, width, 3) uint8 in device pixels."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@pytest.fixture
def view(qtbot):
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.set_original(Picture(noise(200, 240)), "noise.png")
    view.show()
    qtbot.waitExposed(view)
    return view


def test_a_result_at_100_percent_is_shown_pixel_for_pixel(view):
    large = noise(800, 960, seed=1)
    view.add_result(result_of(large, 4.0))
    view.zoom_to(1.0)
    region = view.visible_region()
    shown = grabbed(view.split)
    height, width = shown.shape[:2]
    top, left = (800 - height) // 2, (960 - width) // 2
    assert region.width() < 240
    middle = slice(height // 4, height // 2), slice(width * 6 // 10, width * 9 // 10)
    assert (shown[middle] == large[top : top + height, left : left + width][middle]).all()


def test_a_closed_result_leaves_the_original(view):
    result = result_of(noise(800, 960, seed=1), 4.0)
    view.add_result(result)
    assert view.results() == [result]
    view.remove_result(result)
    assert view.results() == []
    assert len(view.split.shown_layers()) == 1
