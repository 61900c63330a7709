"""The first result without a click."""

import threading

import numpy as np
import pytest

from bsr.engine.images import write_picture
from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale
from bsr.work.upscaling import OpenPicture
from tests.app.event_loop import longest_hold
from tests.small_models import save_small_pyramid

LIMIT = 20_000

pytestmark = pytest.mark.usefixtures("shown")


@pytest.fixture
def picture():
    return Picture(np.random.default_rng(5).integers(0, 256, (60, 80, 3), np.uint8))


def second(page):
    """The layer that is compared with the original."""
    return page.compare.layers.slot(1)


def wait_for_preview(qtbot, page):
    qtbot.waitUntil(lambda: second(page).name.startswith("Preview"), timeout=LIMIT)
    qtbot.waitUntil(lambda: not page.previewer.busy, timeout=LIMIT)


@pytest.fixture
def opened(qtbot, page, picture):
    page.reader.read.emit(OpenPicture(picture, "noise", None), None)
    wait_for_preview(qtbot, page)
    return page


def seen(page):
    """The second layer's pixels at twice the size of the original."""
    view = page.compare.viewport.view(120, 160)
    whole = type(view)(0, 0, 120, 160, 2.0)
    return second(page).source.render(whole)


def test_an_opened_picture_shows_a_preview_that_is_marked_as_one(opened, picture, catalog):
    assert second(opened).name == "Preview · Small · Binary"
    model = catalog.load(catalog.find("small-x2", "binary"))
    assert np.array_equal(seen(opened), upscale(model, picture).pixels)
    assert opened.result is None and not opened.save_bar.isVisible()


def test_another_kind_of_weights_makes_another_preview(qtbot, opened):
    opened.panel.form.switch_weights()
    qtbot.waitUntil(lambda: "Float" in second(opened).name, timeout=LIMIT)
    assert second(opened).name.startswith("Preview")


def test_another_scale_of_the_same_file_makes_another_preview(qtbot, page, picture, catalog):
    save_small_pyramid(catalog.user_folder)
    form = page.panel.form
    form.reload()
    form.set_model("pyramid-x2", "binary")
    page.reader.read.emit(OpenPicture(picture, "noise", None), None)
    wait_for_preview(qtbot, page)
    form.set_model("pyramid-x4", "binary")
    shown = page.previewer._shown
    qtbot.waitUntil(lambda: page.previewer._shown is not shown, timeout=LIMIT)
    assert page.previewer._shown.options.card.id == "pyramid-x4"


def test_the_whole_takes_the_place_of_the_preview(qtbot, opened):
    opened.start()
    assert not opened.previewer.busy
    qtbot.waitUntil(lambda: not opened.running, timeout=LIMIT)
    assert second(opened).result is opened.result
    opened.panel.form.switch_weights()
    assert not opened.previewer.busy  # there is a result to look at
    opened.close_result(opened.result)
    wait_for_preview(qtbot, opened)


def test_what_comes_into_sight_is_previewed_and_what_was_seen_is_not(qtbot, page, picture):
    large = Picture(np.tile(picture.pixels, (20, 20, 1)))
    page.reader.read.emit(OpenPicture(large, "large", None), None)
    wait_for_preview(qtbot, page)
    first = page.previewer._shown
    page.compare.viewport.zoom_to(4.0)
    qtbot.waitUntil(lambda: page.previewer._shown is not first or not page.previewer.busy)
    page.compare.viewport.pan(10_000, 10_000)
    qtbot.waitUntil(lambda: not page.previewer.busy, timeout=LIMIT)
    corner = page.previewer._shown
    assert corner.region.top + corner.region.height == 1200
    page.compare.viewport.zoom_to(16.0)  # a part of what is there
    assert not page.previewer.busy and page.previewer._shown is corner


def test_a_preview_waits_for_no_other_work_and_for_the_kernels(qtbot, page, runner, picture):
    gate = threading.Event()
    runner.submit(lambda context: gate.wait(LIMIT / 1000))  # a long batch
    runner.pause_queue(True)  # the kernels are being compiled
    page.reader.read.emit(OpenPicture(picture, "noise", None), None)
    assert page.previewer.busy
    runner.pause_queue(False)
    wait_for_preview(qtbot, page)
    gate.set()


def test_a_preview_ends_with_its_picture(qtbot, page, runner, picture):
    page.reader.read.emit(OpenPicture(picture, "noise", None), None)
    page.close_picture()
    assert not page.previewer.busy
    qtbot.waitUntil(lambda: runner.idle, timeout=LIMIT)
    assert page.compare.layers.slot(1) is None


def test_a_result_that_comes_back_is_not_covered_by_a_preview_under_way(qtbot, opened):
    opened.start()
    qtbot.waitUntil(lambda: opened.result is not None and not opened.running, timeout=LIMIT)
    result = opened.result
    opened.close_result(result)
    assert opened.previewer.busy
    opened.bring_back(opened.kept, result)
    qtbot.waitUntil(lambda: not opened.previewer.busy, timeout=LIMIT)
    assert second(opened).result is opened.result is result


def test_a_result_that_is_opened_is_not_covered_by_a_preview(
    qtbot, page, picture, picture_file, tmp_path
):
    write_picture(picture, tmp_path / "made before.png")
    with qtbot.waitSignal(page.opened):
        page.open_pair(picture_file, tmp_path / "made before.png")
    qtbot.waitUntil(lambda: not page.previewer.busy, timeout=LIMIT)
    assert second(page).result is page.result is not None


def test_a_preview_that_fails_says_nothing(qtbot, page, runner, picture, catalog, monkeypatch):
    def damaged(card):
        raise ValueError("damaged")

    monkeypatch.setattr(catalog, "load", damaged)
    failures = []
    page.failed.connect(failures.append)
    page.reader.read.emit(OpenPicture(picture, "noise", None), None)
    qtbot.waitUntil(lambda: runner.idle and not page.previewer.busy, timeout=LIMIT)
    assert second(page).name.startswith("Original") and failures == []


def test_the_window_answers_while_previews_are_made(qtbot, page, picture):
    large = Picture(np.tile(picture.pixels, (20, 20, 1)))
    page.reader.read.emit(OpenPicture(large, "large", None), None)
    with longest_hold() as hold:
        wait_for_preview(qtbot, page)
    assert hold.milliseconds < 250
