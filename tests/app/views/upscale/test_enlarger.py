"""The work of the upscale page: progress, rows, mixtures of results, cancelling."""

import threading

import numpy as np
import pytest

from bsr.engine.images import read_picture, write_picture
from bsr.engine.progress import FinishedRows, Progress
from bsr.engine.upscaling.mix import mixed
from bsr.engine.upscaling.upscale import upscale
from bsr.qt.job_runner import Worker
from tests.app.enlarging import run_upscale
from tests.app.event_loop import longest_hold
from tests.small_models import save_small_model

on_screen = pytest.mark.usefixtures("shown")


@pytest.fixture
def jpeg(qtbot, page, catalog, bundled, picture_file, tmp_path):
    """A page with a JPEG of quality 50 open, and a model for such pictures."""
    path = save_small_model(bundled, "tidy-x2", seed=5, family="jpeg")
    page.panel.form.reload()
    file = tmp_path / "poor.jpg"
    write_picture(read_picture(picture_file), file, quality=50)
    with qtbot.waitSignal(page.opened):
        page.open(file)
    yield page
    path.unlink()


def test_a_jpeg_is_cleaned_up_by_itself_and_that_is_said(qtbot, jpeg):
    assert "quality about 50" in jpeg.panel.form.model_form.hint.text()
    assert run_upscale(qtbot, jpeg).model_id == "tidy-x2"


def test_a_result_follows_the_clean_up_without_being_computed_anew(qtbot, jpeg, monkeypatch):
    whole = run_upscale(qtbot, jpeg)
    slider = jpeg.panel.form.model_form
    ran = []
    real = upscale

    def noted(model, *args, **options):
        ran.append(model.card.id)
        return real(model, *args, **options)

    monkeypatch.setattr("bsr.engine.jobs.steps.upscale", noted)

    def moved(percent):
        slider.set_clean_up(percent)
        qtbot.waitUntil(lambda: jpeg.result.percent == percent, timeout=20000)
        qtbot.waitUntil(lambda: not jpeg.running, timeout=20000)
        return jpeg.result

    half = moved(50)
    assert ran == ["small-x2"]  # the other part, once
    quarter, again = moved(25), moved(100)
    assert ran == ["small-x2"]
    parts = {model: made for (model, _), made in half.parts.items()}
    for result, percent in ((half, 50), (quarter, 25)):
        expected = mixed(parts["tidy-x2"], parts["small-x2"], percent)
        assert np.array_equal(result.picture.pixels, expected.pixels)
    assert np.array_equal(again.picture.pixels, whole.picture.pixels)
    assert jpeg.compare.results() == [again] and len(jpeg.kept.results) == 1


def test_a_result_follows_the_clean_up_after_another_picture_was_looked_at(
    qtbot, jpeg, picture_file
):
    """What the models made is let go then, so they run again."""
    run_upscale(qtbot, jpeg)
    kept = jpeg.kept
    with qtbot.waitSignal(jpeg.opened):
        jpeg.open(picture_file)
    jpeg.show_kept(kept)
    jpeg.panel.form.model_form.set_clean_up(60)
    qtbot.waitUntil(lambda: jpeg.result.percent == 60 and not jpeg.running, timeout=20000)
    assert jpeg.compare.results() == [jpeg.result]


@on_screen
def test_a_slider_that_is_held_is_never_taken_out_of_the_hand(qtbot, jpeg):
    run_upscale(qtbot, jpeg)
    form = jpeg.panel.form.model_form
    form.slider.setSliderDown(True)
    with qtbot.waitSignal(form.clean_up_changed):
        form.set_clean_up(80)
    assert not jpeg.running  # computing the other part waits until the slider is let go
    with qtbot.waitSignal(form.clean_up_changed):
        form.slider.setSliderDown(False)
    qtbot.waitUntil(lambda: jpeg.result.percent == 80 and not jpeg.running, timeout=20000)

    form.slider.setSliderDown(True)
    disabled = []
    jpeg.state_changed.connect(lambda: disabled.append(not jpeg.panel.form.isEnabled()))
    for percent in (60, 30):
        form.set_clean_up(percent)
        qtbot.waitUntil(lambda percent=percent: jpeg.result.percent == percent, timeout=20000)
    assert disabled and not any(disabled)
    assert len(jpeg.compare.results()) == 1


def test_a_mixture_that_waits_gives_way_to_an_enlargement(qtbot, jpeg, runner):
    run_upscale(qtbot, jpeg)
    enlarger, options, made = jpeg.enlarger, jpeg.panel.form.options(), []
    enlarger.made.connect(lambda options, result: made.append(result))
    free = threading.Event()
    runner.submit(lambda context: free.wait(20), worker=Worker.IO)
    enlarger.mix(jpeg.current, options)
    enlarger.start(jpeg.current, options)
    qtbot.waitUntil(lambda: not jpeg.running, timeout=20000)
    free.set()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    assert len(made) == 1


def test_a_clean_result_stays_beside_one_that_is_cleaned_up(qtbot, jpeg):
    form = jpeg.panel.form
    form.set_model("clean", "binary")
    clean = run_upscale(qtbot, jpeg)
    form.set_model("", "binary")
    run_upscale(qtbot, jpeg)
    form.model_form.set_clean_up(30)
    qtbot.waitUntil(lambda: jpeg.result.percent == 30 and not jpeg.running, timeout=20000)
    assert len(jpeg.compare.results()) == 2 and clean in jpeg.compare.results()


def test_a_moved_slider_computes_nothing_before_there_is_a_result(qtbot, jpeg):
    form = jpeg.panel.form.model_form
    with qtbot.waitSignal(form.clean_up_changed):
        form.set_clean_up(40)
    assert not jpeg.running and not jpeg.compare.results()
    assert run_upscale(qtbot, jpeg).percent == 40


def test_enlarging_gives_the_result_of_the_engine(qtbot, opened, catalog, picture_file):
    result = run_upscale(qtbot, opened)
    model = catalog.load(catalog.find("small-x2", "binary"))
    expected = upscale(model, read_picture(picture_file), scale=2)
    np.testing.assert_array_equal(result.picture.pixels, expected.pixels)
    assert (result.model_id, result.weights, result.scale) == ("small-x2", "binary", 2)
    assert opened.compare.results() == [result]
    assert not opened.save_bar.isHidden()


def test_a_model_that_was_replaced_by_another_file_enlarges_anew(qtbot, opened, catalog):
    made = []
    for seed in (7, 8):
        save_small_model(catalog.user_folder, "mine-x2", seed=seed)
        opened.panel.form.reload()
        opened.panel.form.set_model("mine-x2", "binary")
        assert not opened._show_existing()
        made.append(run_upscale(qtbot, opened))
        model = catalog.load(catalog.find("mine-x2", "binary"))
        expected = upscale(model, opened.current.picture, scale=2)
        np.testing.assert_array_equal(made[-1].picture.pixels, expected.pixels)
    assert opened.compare.results() == made
    assert opened._show_existing() and opened.result is made[-1]


def test_the_time_left_is_held_back_until_a_twentieth_is_done(opened, monkeypatch):
    now = 100.0
    monkeypatch.setattr("bsr.views.upscale.enlarger.time.monotonic", lambda: now)
    opened.enlarger._note_start()
    opened.panel.begin()
    now += 2
    opened.enlarger._show_progress(Progress("upscaling", 1, 100))
    assert opened.panel._left.text() == ""
    opened.enlarger._show_progress(Progress("upscaling", 20, 100))
    assert opened.panel._left.text() == "8.0 s left"


@on_screen
def test_rows_are_shown_while_they_are_computed(qtbot, opened, monkeypatch):
    shown = []
    begun = []
    begin = opened.compare.layers.begin_live
    monkeypatch.setattr(
        opened.compare.layers, "begin_live", lambda *values: (begun.append(values), begin(*values))
    )
    monkeypatch.setattr(opened.compare.layers, "show_rows", shown.append)
    result = run_upscale(qtbot, opened)
    assert [values[:2] for values in begun] == [(48, 72)]
    whole = np.zeros_like(result.picture.pixels)
    for rows in shown:
        assert (rows.height, rows.width) == (48, 72)
        height, width, _ = rows.pixels.shape
        whole[rows.top : rows.top + height, rows.left : rows.left + width] = rows.pixels
    np.testing.assert_array_equal(whole, result.picture.pixels)
    assert opened.compare.layers.live is None


@on_screen
def test_rows_of_another_pass_start_the_live_picture_anew(opened, runner):
    runner.pause_queue(True)  # no other rows come
    opened.start()
    for scale in (2, 4):
        height, width = 24 * scale, 36 * scale
        rows = np.full((10, width, 3), 200, np.uint8)
        opened.enlarger._show_rows(FinishedRows(0, 0, rows, height, width))
        live = opened.compare.layers.live
        assert live.source.pyramid.shape(0) == (height, width)
        assert live.name == "Small · Binary"


def test_what_is_being_enlarged_is_not_begun_again(qtbot, opened, runner):
    begun = []
    opened.enlarger.begun.connect(lambda: begun.append("once"))
    runner.pause_queue(True)
    opened.start()
    opened.start()
    runner.pause_queue(False)
    qtbot.waitUntil(lambda: not opened.running, timeout=20000)
    assert begun == ["once"] and len(opened.compare.results()) == 1


@on_screen
def test_cancel_ends_the_work_soon_and_leaves_no_result(qtbot, opened, runner):
    opened.panel.form.size_form.set_value(8)
    opened.start()
    opened.cancel()
    assert not opened.panel.cancel.isEnabled()
    with longest_hold() as hold:
        qtbot.waitUntil(lambda: not opened.running, timeout=20000)
    assert hold.all_milliseconds < 500
    assert opened.compare.results() == []
    assert not opened.panel.start.isHidden()
    assert opened.errors == []


def test_a_result_of_the_picture_before_is_never_shown_with_the_next(
    qtbot, opened, runner, picture_file
):
    runner.pause_queue(True)
    opened.start()
    with qtbot.waitSignal(opened.opened):
        opened.open(picture_file)
    assert not opened.running
    runner.pause_queue(False)
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    assert opened.compare.results() == []
    assert not opened.panel.start.isHidden()


@on_screen
def test_the_event_loop_is_not_held_while_a_picture_is_enlarged(qtbot, opened):
    with longest_hold() as hold:
        run_upscale(qtbot, opened)
    assert hold.milliseconds < 100


@on_screen
def test_no_crop_is_offered_or_chosen_while_work_waits(qtbot, opened, runner):
    runner.pause_queue(True)
    opened.compare.begin_crop()
    opened.start()
    assert not opened.compare.crop_overlay.isVisible()
    crop = next(made for made in opened.compare.menu_actions() if made.text() == "Crop…")
    assert not crop.isEnabled()
    runner.pause_queue(False)
    qtbot.waitUntil(lambda: not opened.running, timeout=20000)
    assert crop.isEnabled()


@on_screen
def test_work_that_waits_for_other_work_says_so(qtbot, opened, runner):
    runner.pause_queue(True)
    opened.start()
    assert opened.panel.stage_text() == "Waiting for other tasks…"
    assert opened.panel.progress.maximum() == 0
    runner.pause_queue(False)
    qtbot.waitUntil(lambda: opened.result is not None, timeout=20000)
