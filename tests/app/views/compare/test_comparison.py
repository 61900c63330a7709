"""What the compare view shows, taken out of it."""

import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.views.compare.view import CompareView
from bsr.work.comparison import slider_picture
from tests.app.looking import result_of

HEIGHT, WIDTH, SCALE = 200, 240, 2


@pytest.fixture
def view(qtbot):
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(900, 640)
    view.set_original(Picture(np.full((HEIGHT, WIDTH, 3), 60, np.uint8)), "flat")
    view.show()
    qtbot.waitExposed(view)
    return view


def add(view):
    view.layers.add_result(
        result_of(np.full((HEIGHT * SCALE, WIDTH * SCALE, 3), 180, np.uint8), SCALE)
    )


def enabled(view):
    return {action.isEnabled() for action in view._actions.share}


def test_there_is_nothing_to_share_without_a_result(view):
    assert view.comparison(beside=False) is None and enabled(view) == {False}
    add(view)
    assert enabled(view) == {True}
    view.layers.choose(1, view.layers.slot(0))
    assert view.comparison(beside=False) is None and enabled(view) == {False}


def test_what_is_visible_is_taken_with_labels_in_its_corners(view):
    add(view)
    view.viewport.zoom_to(1.0)
    taken = view.comparison(beside=False)
    assert taken.before.shape == taken.after.shape == (HEIGHT * SCALE, WIDTH * SCALE, 3)
    assert (taken.before[60:] == 60).all() and (taken.after[60:] == 180).all()
    left, right = taken.before[10:40, :60], taken.after[10:40, -60:]
    assert (left != 60).any() and (right != 180).any()
    assert (taken.before[10:40, -60:] == 60).all() and (taken.after[10:40, :60] == 180).all()
    beside = view.comparison(beside=True)
    assert (beside.after[10:40, :60] != 180).any()


def test_the_line_is_where_it_is_seen(view):
    add(view)
    view.viewport.zoom_to(1.0)
    middle = WIDTH * SCALE // 2
    assert view.comparison(beside=False).divider == pytest.approx(middle, abs=1)
    view.split.set_divider(0.5 + 100 / view.split.width())
    assert view.comparison(beside=False).divider == pytest.approx(middle + 100, abs=1)
    shown = slider_picture(view.comparison(beside=False))[100]
    assert shown[middle + 90, 0] == 60 and shown[middle + 110, 0] == 180


def test_a_part_is_taken_where_a_part_is_seen(view):
    add(view)
    view.viewport.zoom_to(8.0)
    height, width = view.comparison(beside=False).before.shape[:2]
    assert (height, width) == view.split.device_size()


def test_the_actions_ask_for_what_they_say(qtbot, view):
    add(view)
    copy, *kinds = view._actions.share
    with qtbot.waitSignal(view.copy_requested):
        copy.trigger()
    asked = []
    view.save_requested.connect(asked.append)
    for action in kinds:
        action.trigger()
    assert asked == ["slider", "side", "animation"]
