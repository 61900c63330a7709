"""Cropping in the compare view, with the mouse and with the keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from bsr.engine.picture import Picture
from bsr.views.compare.crop import OWN
from bsr.views.compare.view import CompareView
from bsr.work.region import Region
from tests.app.looking import grabbed, move_mouse, noise

HEIGHT, WIDTH = 200, 240
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot):
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.set_original(Picture(noise(HEIGHT, WIDTH)), "noise.png")
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.begin_crop()
    view.chosen = []
    view.crop_requested.connect(view.chosen.append)
    return view


def place(view, y, x):
    """A place of the picture in the overlay."""
    return view.split.widget_rect(Region(y, x, 1, 1)).topLeft().toPoint()


def drag(qtbot, view, first, last):
    overlay = view.crop_overlay
    qtbot.mousePress(overlay, LEFT, pos=place(view, *first))
    for where in (QPoint(3, 3), QPoint(0, 0)):
        move_mouse(overlay, place(view, *last) + where, LEFT)
    qtbot.mouseRelease(overlay, LEFT, pos=place(view, *last))


def frame(view):
    kept = view.crop_overlay.frame
    return kept.top, kept.left, kept.height, kept.width


def test_a_crop_begins_with_what_is_visible_and_ends_with_return(qtbot, view):
    assert frame(view) == (0, 0, HEIGHT, WIDTH)
    assert view.crop_bar.isVisible() and view.crop_overlay.hasFocus()
    qtbot.keyClick(view.crop_overlay, Qt.Key.Key_Return)
    assert view.chosen == [Region(0, 0, HEIGHT, WIDTH)]
    assert not view.crop_bar.isVisible() and not view.crop_overlay.isVisible()
    assert view.split.hasFocus()


def test_escape_and_the_button_keep_the_picture_whole(qtbot, view):
    qtbot.keyClick(view.crop_overlay, Qt.Key.Key_Escape)
    assert view.chosen == [] and not view.crop_overlay.isVisible()


def test_corners_edges_and_the_inside_are_dragged(qtbot, view):
    drag(qtbot, view, (0, 0), (40, 60))
    assert frame(view) == (40, 60, 160, 180)
    drag(qtbot, view, (100, 60), (100, 80))
    assert frame(view) == (40, 80, 160, 160)
    drag(qtbot, view, (100, 150), (80, 140))
    assert frame(view) == (20, 70, 160, 160)
    drag(qtbot, view, (5, 5), (15, 25))  # outside: a new one
    assert frame(view) == (5, 5, 10, 20)


def test_a_shape_is_kept_and_turned(qtbot, view):
    shape = view.crop_bar.shape
    shape.setCurrentIndex(shape.findText("1 : 1"))
    assert frame(view) == (0, 20, HEIGHT, HEIGHT)
    drag(qtbot, view, (200, 220), (100, 200))
    assert frame(view)[2] == frame(view)[3] == 100
    shape.setCurrentIndex(shape.findText("4 : 3"))
    assert frame(view) == (10, 0, 180, 240)
    view.crop_bar.turn.click()
    assert frame(view) == (0, 45, 200, 150)
    shape.setCurrentIndex(shape.findData(OWN))
    assert frame(view) == (0, 0, HEIGHT, WIDTH)


def test_the_keys_move_and_resize_by_a_pixel_or_ten(qtbot, view):
    overlay, keys, modifiers = view.crop_overlay, Qt.Key, Qt.KeyboardModifier
    shift = modifiers.ShiftModifier
    qtbot.keyClick(overlay, keys.Key_Up, shift | modifiers.ControlModifier)
    qtbot.keyClick(overlay, keys.Key_Left, shift)
    assert frame(view) == (0, 0, HEIGHT - 10, WIDTH - 1)
    qtbot.keyClick(overlay, keys.Key_Down)
    qtbot.keyClick(overlay, keys.Key_Right, modifiers.ControlModifier)
    assert frame(view) == (1, 1, HEIGHT - 10, WIDTH - 1)


def test_zooming_goes_on_while_a_part_is_chosen_and_a_zoomed_view_begins_with_it(qtbot, view):
    view.viewport.zoom_to(8.0)
    assert frame(view) == (0, 0, HEIGHT, WIDTH)
    view.begin_crop()
    seen = view.viewport.visible()
    assert frame(view) == (seen.top, seen.left, seen.height, seen.width)


def test_another_mode_another_picture_or_work_ends_the_choosing(view):
    for end in (
        lambda: view.set_mode("side"),
        lambda: view.set_original(Picture(noise(50, 60)), "other"),
        lambda: view.allow_cropping(False),
    ):
        view.begin_crop()
        assert view.crop_overlay.isVisible()
        end()
        assert not view.crop_overlay.isVisible() and not view.crop_bar.isVisible()


def test_nothing_is_cropped_while_that_is_not_allowed(view):
    view.crop_overlay.cancel()
    assert view._actions.crop.isEnabled()
    for allowed in (False, True):
        view.allow_cropping(allowed)
        view.layers.listed.emit()
        assert view._actions.crop.isEnabled() is allowed


def test_the_overlay_grows_with_the_window_and_is_painted(qtbot, view):
    view.resize(1000, 700)
    QApplication.processEvents()
    assert view.crop_overlay.size() == view.split.size()
    drag(qtbot, view, (0, 0), (100, 120))
    drag(qtbot, view, (HEIGHT, WIDTH), (150, 180))
    shown = grabbed(view.crop_overlay)
    mean = {}
    for name, y, x in (("outside", 20, 20), ("inside", 110, 130)):
        at = place(view, y, x)
        mean[name] = shown[at.y() : at.y() + 40, at.x() : at.x() + 40].mean()
    assert mean["outside"] < 0.7 * mean["inside"]
