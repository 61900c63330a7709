"""The compare view as a user uses it."""

import os
import subprocess
import sys

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColorSpace
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton

from bsr.engine.images.profile import SRGB, make_profile
from bsr.engine.picture import Picture
from bsr.engine.progress import FinishedRows
from bsr.views.compare.bar import CompareBar
from bsr.views.compare.difference import coloured, difference
from bsr.views.compare.layers import performance
from bsr.views.compare.pane import Caption
from bsr.views.compare.view import CompareView
from bsr.work.preview import Preview
from bsr.work.region import Region
from bsr.work.results import Result
from tests.app.looking import grabbed, made_with, move_mouse, noise, result_of, turn_wheel

# The platform without a screen says so for every window with a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HEIGHT, WIDTH, SCALE = 200, 240, 4


@pytest.fixture
def view(qtbot):
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.set_original(Picture(noise(HEIGHT, WIDTH)), "noise.png")
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def large():
    return noise(HEIGHT * SCALE, WIDTH * SCALE, seed=1)


def add(view, pixels, title="bsr-x4", scale=float(SCALE)):
    result = result_of(pixels, scale, title)
    view.layers.add_result(result)
    return result


def part_of(pixels, canvas):
    """The pixels of a result of SCALE that a canvas should show at 100 %."""
    shown = canvas.view()
    return pixels[shown.top : shown.top + shown.height, shown.left : shown.left + shown.width]


def below_labels(image):
    """Without the rows where labels lie, and without the lines of the divider's grip."""
    return image[60 : image.shape[0] // 2 - 30]


# Pixels ------------------------------------------------------------------------------------------


def test_a_result_at_100_percent_is_shown_pixel_for_pixel(view, large):
    add(view, large)
    view.split.set_divider(0)
    view.viewport.zoom_to(1.0)
    shown, expected = grabbed(view.split), part_of(large, view.split)
    assert (below_labels(shown)[:, 10:] == below_labels(expected)[:, 10:]).all()


def test_left_of_the_divider_is_the_bicubic_original(view, large):
    add(view, large)
    view.split.set_divider(1)
    view.viewport.zoom_to(1.0)
    bicubic = cv2.resize(
        noise(HEIGHT, WIDTH), None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC
    )
    shown, expected = grabbed(view.split), part_of(bicubic, view.split)
    assert (below_labels(shown)[:, :-10] == below_labels(expected)[:, :-10]).all()


def test_at_300_percent_every_pixel_is_three_wide_and_high(view, large):
    add(view, large)
    view.split.set_divider(0)
    view.viewport.zoom_to(3.0)
    canvas = view.split.view()
    shown = below_labels(grabbed(view.split))
    rows = (canvas.top + 60 + np.arange(shown.shape[0])) // 3
    columns = (canvas.left + np.arange(shown.shape[1])) // 3
    assert (shown[:, 10:] == large[rows][:, columns][:, 10:]).all()


@pytest.mark.parametrize("factor", ["1.25", "2"])
def test_100_percent_is_one_device_pixel_also_on_a_scaled_screen(factor):
    program = """
import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from bsr.views.compare.bar import CompareBar
from bsr.views.compare.view import CompareView
from bsr.views.compare.layers import performance
from bsr.engine.picture import Picture
from tests.app.looking import grabbed, move_mouse, noise, result_of
application = QApplication([])
window = QWidget()
layout = QHBoxLayout(window)
layout.setContentsMargins(7, 3, 5, 9)
view = CompareView()
layout.addWidget(view)
window.resize(613, 517)
view.set_original(Picture(noise(300, 340)), "noise")
window.show()
large = noise(1200, 1360, seed=1)
view.layers.add_result(result_of(large, 4.0))
view.split.set_divider(0)
view.viewport.zoom_to(1.0)
application.processEvents()
ratio = view.devicePixelRatioF()
corner = view.split.mapTo(window, QPoint(0, 0))
top, left = round(corner.y() * ratio), round(corner.x() * ratio)
shown = view.split.view()
place = np.s_[80 : shown.height // 2 - 60, 40 : shown.width - 10]
seen = grabbed(window)[top : top + shown.height, left : left + shown.width]
wanted = large[shown.top : shown.top + shown.height, shown.left : shown.left + shown.width]
assert (seen[place] == wanted[place]).all()
print("ratio", ratio, "rows", seen[place].shape[0])
"""
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert f"ratio {float(factor)} rows" in done.stdout, done.stderr


def test_a_foreign_profile_is_shown_as_srgb(view):
    profile = QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data()
    green = np.zeros((50, 50, 3), np.uint8)
    green[...] = (100, 200, 100)
    view.set_original(Picture(green, icc=bytes(profile)), "green")
    view.viewport.zoom_to(4.0)
    red = grabbed(view.split)[view.split.height() // 2, view.split.width() // 2, 0]
    assert red < 60  # Adobe's green is greener than sRGB's: red falls
    view.set_original(Picture(green), "green")
    view.viewport.zoom_to(4.0)
    assert grabbed(view.split)[view.split.height() // 2, view.split.width() // 2].tolist() == [
        100,
        200,
        100,
    ]


@pytest.mark.parametrize("alpha", [False, True])
def test_a_grey_profile_is_shown_as_srgb(view, alpha):
    """Qt knows no grey colour space for pixels of three channels."""
    grey = np.full((50, 50, 3), 100, np.uint8)
    opaque = np.full((50, 50), 255, np.uint8) if alpha else None
    icc = make_profile((1.0,), None, "linear grey")
    view.set_original(Picture(grey, opaque, icc=icc), "grey")
    view.viewport.zoom_to(4.0)
    seen = grabbed(view.split)[view.split.height() // 2, view.split.width() // 2]
    expected = 255 * (1.055 * (100 / 255) ** (1 / 2.4) - 0.055)
    assert abs(seen.astype(float) - expected).max() < 1


@pytest.mark.qt_log_ignore("fromIccProfile", "propagateSizeHints")
def test_pixels_that_a_profile_does_not_fit_are_shown_as_they_are(view):
    icc = make_profile((2.2,), None, "grey")
    broken = icc[:16] + b"RGB " + icc[20:]
    view.set_original(Picture(np.full((50, 50, 3), 90, np.uint8), icc=broken), "broken")
    view.viewport.zoom_to(4.0)
    seen = grabbed(view.split)[view.split.height() // 2, view.split.width() // 2]
    assert seen.tolist() == [90, 90, 90]


def test_a_preview_in_the_first_slot_gives_way_to_the_next_one(view):
    view.set_original(Picture(noise(60, 80)), "a picture")
    for value in (40, 90):
        part = Picture(np.full((40, 40, 3), value, np.uint8))
        options = made_with("model")
        view.layers.show_preview(Preview(Region(10, 20, 20, 20), part, 2.0, options))
        view.layers.swap()
    assert [view.layers.slot(number) in view.layers.all for number in range(4)] == [True] * 4


def test_transparency_is_shown_over_a_pattern(view):
    pixels, alpha = np.full((50, 50, 3), 90, np.uint8), np.zeros((50, 50), np.uint8)
    alpha[:25] = 255
    view.set_original(Picture(pixels, alpha), "half")
    view.viewport.zoom_to(6.0)
    seen = grabbed(view.split)
    middle = seen[view.split.height() // 2 - 100 :, view.split.width() // 2 - 30 :][:200, :60]
    assert (middle[:99] == 90).all()
    assert len(np.unique(middle[101:].reshape(-1, 3), axis=0)) == 2


# Modes -------------------------------------------------------------------------------------------


def test_four_panes_move_and_zoom_in_step(view, large, qtbot):
    for number in range(3):
        add(view, large, f"model {number}")
    view.set_mode("side")
    view.side.set_count(4)
    qtbot.wait(0)
    first = view.canvases()[0]
    turn_wheel(first, first.rect().center(), 3)
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(80, 80))
    qtbot.mouseMove(first, QPoint(60, 70))
    qtbot.mouseMove(first, QPoint(40, 60))
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    views = [canvas.view() for canvas in view.canvases()]
    assert len(views) == 4
    assert (
        len({(v.scale, round(v.top + v.height / 2), round(v.left + v.width / 2)) for v in views})
        == 1
    )
    assert views[0].to_original(60, 40) != (0, 0)


def test_a_pane_can_show_any_layer(view, large):
    add(view, large, "first")
    add(view, large, "second")
    view.set_mode("side")
    boxes = [caption.findChild(QComboBox) for caption in view.side.findChildren(Caption)]
    texts = [boxes[0].itemText(n) for n in range(boxes[0].count())]
    assert len(texts) == 4 and texts[2].startswith("first") and texts[3].startswith("second")
    boxes[0].activated.emit(1)
    boxes[1].activated.emit(2)
    assert view.canvases()[0].shown_layers()[0].name == texts[1]
    assert view.canvases()[1].shown_layers()[0].name == texts[2]
    assert view.split.shown_layers()[1].name == texts[2]


def test_captions_are_written_where_they_are_seen(view, large):
    """Each picture has ten, and eight of them belong to another mode."""
    boxes = [caption.findChild(QComboBox) for caption in view.side.findChildren(Caption)]
    for shown, title in enumerate(("first", "second"), 1):
        written = [box.count() for box in boxes]
        add(view, large, title)
        assert [box.count() for box in boxes] == written
        view.set_mode("side")
        assert [box.count() for box in boxes] == [2 + shown] * 2 + [0, 0]
        assert boxes[1].currentText().startswith(title)
        view.set_mode("split")


def test_the_caption_names_size_seconds_speed_and_bytes(view, large):
    add(view, large)
    details = view.layers.slot(1).details
    for part in ("960 × 800", "1.5 s", "MP/s", "184"):
        assert part in details


def test_the_difference_is_that_of_the_pixels_amplified(view):
    first = noise(HEIGHT * SCALE, WIDTH * SCALE, seed=1) // 2
    second = first.copy()
    second[..., 1] += 9
    view.layers.choose(0, view.layers.all[0])
    one, two = add(view, first, "one"), add(view, second, "two")
    by_result = {layer.result: layer for layer in view.layers.results}
    view.layers.choose(0, by_result[one])
    view.layers.choose(1, by_result[two])
    view.set_mode("difference")
    view.difference.set_amplification(16)
    view.viewport.zoom_to(1.0)
    expected = coloured(np.full((1, 1), 9, np.uint8), 16)[0, 0]
    shown = below_labels(grabbed(view.difference))
    assert (shown == expected).all()


def test_colours_that_look_alike_do_not_differ_whatever_their_profiles(view):
    linear = make_profile((1.0,), SRGB, "linear")
    original = Picture(np.full((HEIGHT, WIDTH, 3), 100, np.uint8), icc=linear)
    view.set_original(original, "linear.png")
    add(view, np.full((HEIGHT * SCALE, WIDTH * SCALE, 3), 168, np.uint8))
    view.set_mode("difference")
    view.difference.set_amplification(1)
    view.viewport.zoom_to(1.0)
    shown = below_labels(grabbed(view.difference))
    assert (shown <= coloured(np.full((1, 1), 1, np.uint8), 1)[0, 0]).all()


def test_differences_are_the_largest_of_the_channels_and_amplified_to_the_end_of_the_scale():
    first = np.array([[[10, 20, 30], [0, 0, 0], [255, 0, 9]]], np.uint8)
    second = np.array([[[13, 15, 30], [0, 0, 0], [0, 0, 9]]], np.uint8)
    distance = difference(first, second)
    assert distance.tolist() == [[5, 0, 255]]
    colours = coloured(distance, 8)
    assert (colours[0, 0] == coloured(np.array([[40]], np.uint8), 1)[0, 0]).all()
    assert (colours[0, 2] == coloured(np.array([[32]], np.uint8), 8)[0, 0]).all()
    assert colours[0, 1].sum() < colours[0, 0].sum() < colours[0, 2].sum()


def test_no_part_of_a_comparison_is_a_window_that_outlives_it(qtbot):
    before = set(QApplication.topLevelWidgets())
    view = CompareView()
    qtbot.addWidget(view)
    new = set(QApplication.topLevelWidgets()) - before
    assert {widget for widget in new if widget.parent() is None} == {view}


def test_blinking_shows_one_after_the_other_until_it_is_held(view, large, qtbot):
    add(view, large)
    view.set_mode("blink")
    assert view.blink.blinking
    first = view.blink.current()
    qtbot.waitUntil(lambda: view.blink.current() is not first, timeout=3000)
    qtbot.keyClick(view.blink, Qt.Key.Key_Left)
    assert not view.blink.blinking and view.blink.current() is view.layers.slot(0)
    qtbot.keyClick(view.blink, Qt.Key.Key_Right)
    assert view.blink.current() is view.layers.slot(1)
    qtbot.keyClick(view.blink, Qt.Key.Key_Up)
    assert view.blink.blinking
    view.set_mode("split")
    assert not view.blink.blinking


def test_every_mode_has_an_action_that_says_so(view, large):
    add(view, large)
    modes = [action for action in view.menu_actions() if action.isCheckable()][:4]
    for action, mode in zip(modes, ("split", "side", "difference", "blink"), strict=True):
        if mode != view.mode:
            action.trigger()
        assert view.mode == mode and action.isChecked()


# Hands -------------------------------------------------------------------------------------------


def test_arrow_keys_move_the_divider_and_with_shift_the_picture(view, large, qtbot):
    add(view, large)
    view.viewport.zoom_to(1.0)
    qtbot.keyClick(view.split, Qt.Key.Key_Right)
    qtbot.keyClick(view.split, Qt.Key.Key_Right)
    assert view.split.divider == pytest.approx(0.52)
    before = view.split.view()
    qtbot.keyClick(view.split, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.split.view().left > before.left
    assert view.split.divider == pytest.approx(0.52)


def test_dragging_anywhere_moves_the_divider_and_with_space_the_picture(view, large, qtbot):
    add(view, large)
    view.viewport.zoom_to(1.0)
    canvas, y = view.split, view.split.height() // 3

    def drag(start, end):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(start, y))
        qtbot.mouseMove(canvas, QPoint((start + end) // 2, y))
        qtbot.mouseMove(canvas, QPoint(end, y))
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(end, y))

    drag(100, 175)
    assert canvas.divider == pytest.approx(175 / canvas.width())
    before = canvas.view().left
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    drag(175, 145)
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view().left == before + 30
    assert canvas.divider == pytest.approx(175 / canvas.width())


def test_the_wheel_zooms_at_the_pointer(view, large):
    add(view, large)
    view.viewport.zoom_to(2.0)
    position = QPoint(200, 150)
    before = view.split.original_place(position)
    turn_wheel(view.split, position, 2)
    assert view.viewport.zoom == 4.0
    after = view.split.original_place(position)
    assert after == pytest.approx(before, abs=0.51 / view.viewport.scale)


def test_a_double_click_changes_between_the_whole_picture_and_100_percent(view, large, qtbot):
    add(view, large)
    view.viewport.fit()
    whole = view.viewport.zoom
    qtbot.mouseDClick(view.split, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.viewport.zoom == 1.0
    qtbot.mouseDClick(view.split, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.viewport.zoom == whole


def test_the_loupe_enlarges_what_is_under_the_pointer_in_every_pane(view, large, qtbot):
    add(view, large)
    view.set_mode("side")
    view.viewport.zoom_to(1.0)
    first, second = view.canvases()
    qtbot.waitUntil(lambda: first.size() == second.size())
    plain = grabbed(second)
    view.magnifier.set_active(True)
    move_mouse(first, QPoint(150, 200))
    shown = grabbed(second)
    y, x = 200, 150
    place = first.view().to_original(y, x)
    row, column = (int(value * SCALE) for value in place)
    assert (shown[y, x] == large[row, column]).all()
    assert (shown[y - 6 : y + 6, x - 6 : x + 6] != plain[y - 6 : y + 6, x - 6 : x + 6]).any()
    same = (shown[y - 1 : y + 2, x - 1 : x + 2] == large[row, column]).all(2)
    assert same.sum() >= 4  # one pixel covers four by four
    view.magnifier.set_active(False)
    assert (grabbed(second) == plain).all()


def test_a_region_is_chosen_by_dragging_and_given_in_pixels_of_the_original(view, large, qtbot):
    add(view, large)
    view.viewport.zoom_to(1.0)
    view.select_region()
    canvas = view.split
    first, last = (canvas.original_place(point) for point in (QPoint(100, 90), QPoint(180, 150)))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 90))
    qtbot.mouseMove(canvas, QPoint(140, 120))
    qtbot.mouseMove(canvas, QPoint(180, 150))
    with qtbot.waitSignal(view.compare_here_requested) as asked:
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(180, 150))
    (region,) = asked.args
    assert (region.top, region.left) == (int(first[0]), int(first[1]))
    assert region.top + region.height == int(last[0]) + 1
    assert region.left + region.width == int(last[1]) + 1


def test_another_button_does_not_end_the_choice_of_a_region(view, large, qtbot):
    add(view, large)
    view.select_region()
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    qtbot.mousePress(view.split, left, pos=QPoint(100, 90))
    with qtbot.assertNotEmitted(view.compare_here_requested):
        qtbot.mouseClick(view.split, right, pos=QPoint(140, 120))
    with qtbot.waitSignal(view.compare_here_requested):
        qtbot.mouseRelease(view.split, left, pos=QPoint(180, 150))


@pytest.mark.parametrize("zoom", [1.0, 4.0])
def test_a_click_chooses_a_square_inside_the_picture(view, large, qtbot, zoom):
    add(view, large)
    view.viewport.zoom_to(zoom)
    view.select_region()
    y, x = view.split.original_place(QPoint(300, 250))
    with qtbot.waitSignal(view.compare_here_requested) as asked:
        qtbot.mouseClick(view.split, Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    (region,) = asked.args
    assert (region.width, region.height) == (128, 128)
    assert Region(0, 0, HEIGHT, WIDTH).contains(region)
    assert region.contains(Region(int(y), int(x), 1, 1))


def test_return_takes_the_visible_region_and_escape_none(view, large, qtbot):
    add(view, large)
    view.viewport.zoom_to(2.0)
    view.select_region()
    with qtbot.assertNotEmitted(view.compare_here_requested):
        qtbot.keyClick(view.split, Qt.Key.Key_Escape)
    view.select_region()
    with qtbot.waitSignal(view.compare_here_requested) as asked:
        qtbot.keyClick(view.split, Qt.Key.Key_Return)
    assert asked.args == [view.viewport.visible()]
    assert Region(0, 0, HEIGHT, WIDTH).contains(view.viewport.visible())


def test_labels_do_not_cover_a_low_picture(view):
    view.set_original(Picture(noise(24, 600)), "panorama.png")
    shown = grabbed(view.split)
    height, width = view.viewport.size
    place = view.split.widget_rect(Region(0, 0, height, width)).toRect()
    strip = shown[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    assert place.top() > 60  # the label lies over it
    assert strip.std(axis=(1, 2)).min() > 30  # noise in every row


@pytest.mark.parametrize("mode", ["difference", "blink", "side"])
def test_without_a_result_the_picture_is_shown_and_what_to_do(view, monkeypatch, mode):
    said = []
    for canvas in (view.difference, view.blink, *view.side.canvases):
        monkeypatch.setattr(canvas, "draw_hint", lambda painter, text: said.append(text))
    view.set_mode(mode)
    shown = grabbed(view.canvases()[-1])
    assert said and all(text.startswith("Enlarge the picture") for text in said)
    assert shown[shown.shape[0] // 2].std() > 30  # not black: the noise is seen


def test_100_percent_is_that_of_the_result_that_is_shown(view, large):
    small = add(view, noise(HEIGHT * 2, WIDTH * 2, seed=2), "bsr-x2", 2.0)
    largest = add(view, large)
    place = view.split.view()
    before = view.viewport.zoom
    view.layers.show_result(small)
    assert view.split.view() == place  # nothing jumps
    assert view.viewport.zoom == 2 * before
    view.viewport.zoom_to(1.0)
    assert view.split.view().scale == 2.0  # its pixels are the screen's
    view.layers.show_result(largest)
    assert view.viewport.zoom == 0.5


# Results come and go -----------------------------------------------------------------------------


def test_live_rows_appear_where_they_belong(view, large):
    view.layers.begin_live(HEIGHT * SCALE, WIDTH * SCALE, made_with("bsr-x4"))
    view.split.set_divider(0)
    view.viewport.zoom_to(1.0)
    canvas = view.split.view()
    top = canvas.top + 100
    rows = large[top : top + 50]
    view.layers.show_rows(FinishedRows(top, 0, rows, HEIGHT * SCALE, WIDTH * SCALE))
    shown, expected = grabbed(view.split), part_of(large, view.split)
    assert (shown[100:150, 10:] == expected[100:150, 10:]).all()
    assert (shown[155:200, 10:] != expected[155:200, 10:]).any(2).mean() > 0.9
    view.layers.end_live()
    assert len(view.split.shown_layers()) == 1


def test_a_new_result_takes_the_place_of_the_live_one_and_pushes_the_last_one_on(view, large):
    first = add(view, large, "first")
    view.layers.begin_live(HEIGHT * SCALE, WIDTH * SCALE, made_with("second"))
    second = add(view, large, "second")
    view.layers.end_live()
    shown = [view.layers.slot(number).result for number in range(3)]
    assert shown == [None, second, first]


def test_what_is_seen_stays_when_a_larger_result_comes(view, large):
    add(view, noise(HEIGHT * 2, WIDTH * 2), "bsr-x2", 2.0)
    view.viewport.zoom_to(2.0)
    before = view.split.view()
    add(view, large)
    assert view.split.view() == before
    assert view.viewport.zoom == 1.0


def test_a_closed_result_leaves_the_others(view, large, qtbot):
    first, second = add(view, large, "first"), add(view, large, "second")
    caption = view.split.parent().findChildren(Caption)[1]
    close = next(b for b in caption.findChildren(QToolButton) if b.isVisible())
    with qtbot.waitSignal(view.result_closed) as closed:
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert closed.args == [second]
    assert view.results() == [first]
    assert view.layers.slot(1).result is first
    view.layers.remove_result(first)
    assert view.results() == [] and len(view.split.shown_layers()) == 1


def test_a_result_can_be_shown_again(view, large):
    first, second = add(view, large, "first"), add(view, large, "second")
    view.layers.show_result(first)
    assert view.layers.slot(1).result is first
    view.layers.show_result(second)
    assert view.layers.slot(1).result is second


def test_the_whole_picture_fits_the_pane_that_is_seen_and_no_hidden_one(view, large, qtbot):
    view.set_original(Picture(noise(100, 150)), "small")
    add(view, large[:400, :600])
    qtbot.wait(1)
    assert view.viewport.zoom == 1.0
    view.set_mode("side")
    qtbot.wait(1)
    view.set_mode("split")
    assert view.viewport.fitted and view.viewport.zoom == 1.0


def test_nothing_is_said_of_the_speed_of_a_result_that_was_saved_before(large):
    saved = Result(Picture(large), "saved", "", "", 0, 0, 4)
    assert performance(saved) == []


def test_another_picture_takes_everything_with_it(view, large):
    add(view, large)
    view.set_original(Picture(noise(30, 50)), "other")
    assert view.results() == []
    assert view.viewport.visible() == Region(0, 0, 30, 50)
    view.set_original(None, "")
    assert view.layers.slot(0) is None
    assert not any(a.isEnabled() for a in view.menu_actions() if not a.isSeparator())
    grabbed(view)


def test_keys_do_nothing_while_the_view_is_hidden(view, large):
    add(view, large)
    actions = [a for a in view.menu_actions() if a.shortcuts()]
    assert len(actions) >= 10 and all(action.isEnabled() for action in actions)
    view.hide()
    assert not any(action.isEnabled() for action in actions)


def test_a_reduced_result_lines_up_by_the_scale_that_was_asked_for(view):
    pixels = noise(round(HEIGHT * 2.5), round(WIDTH * 2.5))
    view.layers.add_result(Result(Picture(pixels), "bsr-x4", "bsr-x4", "binary", 1.0, 1, 2.5))
    assert view.viewport.reference == 2.5


# The bar and the menu -----------------------------------------------------------------------------


def test_the_bar_writes_texts_only_where_there_is_room(view, qtbot):
    buttons = view.findChild(CompareBar).findChildren(QToolButton)
    icons_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    for width, written in ((1200, True), (520, False)):
        view.resize(width, 600)
        qtbot.waitUntil(lambda width=width: view.width() == width)
        split = next(button for button in buttons if button.text() == "Split")
        assert (split.toolButtonStyle() != icons_only) == written
        assert all(b.geometry().right() < width for b in buttons if b.isVisible())


def test_every_action_has_a_name_and_a_key_of_its_own(view):
    actions = [a for a in view.menu_actions() if not a.isSeparator()]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert all(action.text() for action in actions)
    assert len(keys) == len(set(keys))
    assert {"S", "A", "D", "B", "L", "0", "1", "+", "-"} <= set(keys)


def test_the_tab_key_goes_from_the_bar_to_the_picture_and_its_names(view, large):
    add(view, large)
    chain = [view]
    while (following := chain[-1].nextInFocusChain()) is not view:
        chain.append(following)
    bar = [chain.index(button) for button in view.findChild(CompareBar).findChildren(QToolButton)]
    names = [
        chain.index(caption.findChild(QComboBox))
        for caption in view.findChildren(Caption)
        if caption.isVisible()
    ]
    assert max(bar) < chain.index(view.split) < min(names)
