import numpy as np
import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from bsr.engine.images import read_picture, write_picture
from bsr.engine.picture import Picture
from bsr.engine.progress import Progress
from bsr.engine.upscaling.goal import Goal
from bsr.engine.upscaling.mix import mixed
from bsr.engine.upscaling.upscale import upscale
from bsr.engine.verification.pace import Pace
from bsr.views.shared import formatting
from bsr.views.upscale.page_actions import UpscaleActions
from bsr.work.speeds import Speeds
from bsr.work.upscaling import OpenPicture
from tests.app.event_loop import longest_hold
from tests.networks import make_config
from tests.small_models import save_small_model


@pytest.fixture
def opened(qtbot, page, picture_file):
    with qtbot.waitSignal(page.opened):
        page.open(picture_file)
    return page


def test_actions_can_be_used_as_soon_as_they_make_sense(qtbot, page, picture_file):
    actions = page.keeper.actions
    watched = (actions.start, actions.cancel, actions.save, actions.show_in_folder)

    def enabled():
        return [action.isEnabled() for action in watched]

    assert enabled() == [False] * 4
    UpscaleActions(page, actions)
    assert enabled() == [False] * 4
    with qtbot.waitSignal(page.opened):
        page.open(picture_file)
    assert enabled() == [True, False, False, False]
    actions.start.trigger()
    assert enabled() == [False, True, False, False]
    qtbot.waitUntil(lambda: not page.running, timeout=20000)
    assert enabled() == [True, False, True, False]
    with qtbot.waitSignal(page.exporter.saved):
        actions.save.trigger()
    assert enabled() == [True, False, True, True]
    actions.close_result.trigger()
    assert enabled() == [True, False, False, True]


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_menu_and_the_panel_set_and_mark_the_same_scale(page, scale):
    actions = page.keeper.actions
    UpscaleActions(page, actions)
    page.panel.form.size_form.set_value(scale)
    assert actions.scales[scale].isChecked()
    page.panel.form.size_form.set_value(scale + 0.5)
    assert actions.custom_scale.isChecked()


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
        if "on_rows" in options:  # a preview has none
            ran.append(model.card.id)
        return real(model, *args, **options)

    monkeypatch.setattr("bsr.engine.upscaling.upscale.upscale", noted)

    def moved(percent):
        slider.set_clean_up(percent)
        qtbot.waitUntil(lambda: jpeg.result.percent == percent, timeout=20000)
        qtbot.waitUntil(lambda: not jpeg.running, timeout=20000)
        return jpeg.result

    half = moved(50)
    assert ran == ["small-x2"]  # the other part, once
    quarter, again = moved(25), moved(100)
    assert ran == ["small-x2"]
    parts = half.parts
    for result, percent in ((half, 50), (quarter, 25)):
        expected = mixed(parts["tidy-x2"], parts["small-x2"], percent)
        assert np.array_equal(result.picture.pixels, expected.pixels)
    assert np.array_equal(again.picture.pixels, whole.picture.pixels)
    assert jpeg.compare.results() == [again] and len(jpeg.kept.results) == 1


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


def run_upscale(qtbot, page):
    page.start()
    qtbot.waitUntil(lambda: not page.running, timeout=20000)
    return page.result


def test_an_opened_picture_is_described_with_what_it_will_become(qtbot, opened):
    assert opened.panel.name.whole_text() == "a small picture.png"
    assert "36 × 24" in opened.panel.facts.whole_text()
    qtbot.waitUntil(lambda: opened.panel.time_text() != "measuring …", timeout=20000)
    assert opened.panel.time_text().startswith(("about ", "less than "))
    assert opened.panel.result_text() == "72 × 48 px"
    assert opened.panel.start.isEnabled()


@pytest.mark.parametrize("size", [(5, 7), (13, 2)])
def test_the_size_that_is_said_is_the_size_that_is_made(qtbot, page, catalog, size):
    picture = Picture(np.zeros((*size, 3), np.uint8))
    page._show(OpenPicture(picture, "small", None))
    model = catalog.load(catalog.find("small-x2", "binary"))
    for tenths in range(10, 81):
        page.panel.form.size_form.set_value(tenths / 10)
        made = upscale(model, picture, scale=tenths / 10)
        said = page.panel.result_text()
        assert said == f"{formatting.size(made.height, made.width)} px", tenths


@pytest.mark.parametrize(
    "goal",
    [
        Goal(width=150),
        Goal(height=71),
        Goal(100, 200),
        Goal(megapixels=0.0123),
        Goal(90, 120, dpi=300.0),
        Goal(width=36),
        Goal(height=192),
    ],
)
def test_the_size_that_a_goal_is_said_to_give_is_the_size_that_is_made(qtbot, opened, goal):
    opened.panel.form.size_form.set_value(goal)
    said = opened.panel.result_text()
    made = run_upscale(qtbot, opened).picture
    assert said == f"{formatting.size(made.height, made.width)} px"
    assert opened.panel.area_text().startswith(formatting.megapixels(made.height, made.width))


def test_a_goal_chooses_the_model_and_names_the_file(qtbot, opened, picture_file):
    opened.panel.form.size_form.set_value(Goal(width=110))
    assert run_upscale(qtbot, opened).model_id == "small-x4"
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert saved.args[0].path.name == "a small picture_bsr_w110.png"


def test_a_print_is_told_in_centimetres_and_written_into_the_file(qtbot, opened):
    opened.panel.form.size_form.set_value(Goal(90, 120, dpi=254.0))
    assert opened.panel.area_text() == "0.01 MP · 1.2 × 0.80 cm"
    run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert read_picture(saved.args[0].path).dpi == pytest.approx((254, 254), abs=0.1)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal(width=20), "The picture is larger than that already."),
        (Goal(width=360), "That would be 10.0 times as large; at most 8 times is possible."),
    ],
)
def test_a_goal_out_of_reach_is_said_and_keeps_the_start(opened, goal, said):
    opened.panel.form.size_form.set_value(goal)
    assert opened.panel.problem_text() == said and not opened.panel.start.isEnabled()
    opened.panel.form.size_form.set_value(2)
    assert opened.panel.problem_text() == "" and opened.panel.start.isEnabled()


def test_the_goal_of_a_picture_is_made_anew_for_the_next(opened):
    opened.panel.form.size_form.set_value(Goal(width=144))
    assert opened.panel.result_text() == "144 × 96 px"
    opened._show(OpenPicture(Picture(np.zeros((30, 30, 3), np.uint8)), "square", None))
    assert opened.panel.result_text() == "144 × 144 px"


def test_a_result_that_is_very_large_or_fits_no_jpeg_is_told_before(page, settings, tmp_path):
    strip = Picture(np.broadcast_to(np.uint8(9), (3, 9000, 3)))
    page._show(OpenPicture(strip, "strip.jpg", tmp_path / "strip.jpg"))
    page.panel.form.size_form.set_value(8)
    limit = QLocale().toString(65500)
    assert page.panel.advice_text() == (
        f"JPEG holds at most {limit} pixels a side; choose PNG or TIFF."
    )
    settings.change(format="png")
    assert page.panel.advice_text() == ""
    wide = Picture(np.broadcast_to(np.uint8(9), (4000, 4000, 3)))
    page._show(OpenPicture(wide, "wide", None))
    page.panel.form.size_form.set_value(4)
    assert page.panel.advice_text() == "A very large result: 256 MP, up to 768.0 MB as a file."


@pytest.mark.parametrize(
    "binary, said", [(5.1, "About 5.0 times as fast"), (1.0, "about as fast as float")]
)
def test_the_kinds_of_weights_are_told_by_what_was_measured_here(
    page, catalog, settings, binary, said
):
    form, threads = page.panel.form, settings.preferences.threads
    form.describe_weights()
    assert form.weights_hint.text() == "Much faster than float, a little less exact."
    for weights, speed in (("binary", binary), ("float", 1.0)):
        card = catalog.find("small-x2", weights)
        Speeds(settings).keep(card, threads, Pace(0.0, 1e-6 / speed, 1e-6 / speed))
    form.describe_weights()
    assert said in form.weights_hint.text()
    form.switch_weights()
    assert "A little more exact" in form.weights_hint.text()


def test_it_is_said_where_binary_weights_are_not_faster(page, catalog, tmp_path):
    signs, numbers = (make_config(kind, network="srresnet") for kind in ("binary-weight", "float"))
    save_small_model(tmp_path, "classic-x2", network="srresnet", config=signs)
    save_small_model(tmp_path, "classic-x2", "float", network="srresnet", config=numbers)
    for kind in ("binary", "float"):
        catalog.import_file(tmp_path / f"classic-x2-{kind}.safetensors")
    form = page.panel.form
    form.reload()
    form.set_model("classic-x2", "binary")
    assert form.weights_hint.text().startswith("Smaller than float, but not faster")
    form.switch_weights()
    assert "about as fast as binary" in form.weights_hint.text()


def test_a_picture_that_cannot_be_read_changes_nothing(qtbot, opened, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    before = opened.current
    with qtbot.waitSignal(opened.failed):
        opened.open(broken)
    assert "broken.jpg" in str(opened.errors[0])
    assert opened.current is before
    assert opened.compare.layers.slot(0) is not None


def test_enlarging_gives_the_result_of_the_engine(qtbot, opened, catalog, picture_file):
    result = run_upscale(qtbot, opened)
    model = catalog.load(catalog.find("small-x2", "binary"))
    expected = upscale(model, read_picture(picture_file), scale=2)
    np.testing.assert_array_equal(result.picture.pixels, expected.pixels)
    assert (result.model_id, result.weights, result.scale) == ("small-x2", "binary", 2)
    assert opened.compare.results() == [result]
    assert not opened.save_bar.isHidden()


def test_the_time_left_is_held_back_until_a_twentieth_is_done(opened, monkeypatch):
    now = 100.0
    monkeypatch.setattr("bsr.views.upscale.page.time.monotonic", lambda: now)
    opened._work_started()
    opened.panel.begin()
    now += 2
    opened._show_progress(Progress("upscaling", 1, 100))
    assert opened.panel._left.text() == ""
    opened._show_progress(Progress("upscaling", 20, 100))
    assert opened.panel._left.text() == "8.0 s left"


def test_rows_are_shown_while_they_are_computed(qtbot, opened, monkeypatch):
    shown = []
    begun = []
    begin = opened.compare.begin_live
    monkeypatch.setattr(
        opened.compare, "begin_live", lambda *values: (begun.append(values), begin(*values))
    )
    monkeypatch.setattr(opened.compare, "show_rows", shown.append)
    result = run_upscale(qtbot, opened)
    assert [values[:2] for values in begun] == [(48, 72)]
    whole = np.zeros_like(result.picture.pixels)
    for rows in shown:
        assert (rows.height, rows.width) == (48, 72)
        height, width, _ = rows.pixels.shape
        whole[rows.top : rows.top + height, rows.left : rows.left + width] = rows.pixels
    np.testing.assert_array_equal(whole, result.picture.pixels)
    assert opened.compare.layers.live is None


def test_switching_weights_is_instant_once_both_results_exist(qtbot, opened):
    binary = run_upscale(qtbot, opened)
    opened.panel.form.switch_weights()
    assert opened.result is binary  # nothing there yet for float
    floating = run_upscale(qtbot, opened)
    assert floating.weights == "float"
    opened.panel.form.switch_weights()
    assert opened.result is binary
    assert opened.compare.layers.slot(1).result is binary
    opened.panel.form.switch_weights()
    assert opened.compare.layers.slot(1).result is floating
    assert not opened.running


def test_the_same_wish_again_takes_the_place_of_the_older_result(qtbot, opened):
    first = run_upscale(qtbot, opened)
    second = run_upscale(qtbot, opened)
    assert first is not second
    assert opened.compare.results() == [second]
    assert opened.panel.results.count() == 1


def test_closing_results_takes_them_away_everywhere(qtbot, opened):
    result = run_upscale(qtbot, opened)
    opened.panel.results.setFocus()
    qtbot.keyClick(opened.panel.results, Qt.Key.Key_Delete)
    assert opened.compare.results() == []
    assert opened.result is None
    assert opened.save_bar.isHidden()
    opened.close_result(result)  # a second time does no harm


def test_cancel_ends_the_work_soon_and_leaves_no_result(qtbot, opened, runner):
    opened.panel.form.size_form.set_value(8)
    opened.start()
    opened.cancel()
    assert not opened.panel.cancel.isEnabled()
    qtbot.waitUntil(lambda: not opened.running, timeout=500)
    assert opened.compare.results() == []
    assert not opened.panel.start.isHidden()
    assert opened.errors == []


@pytest.fixture
def another_file(tmp_path):
    path = tmp_path / "another.png"
    write_picture(Picture(np.full((20, 30, 3), 90, np.uint8), np.full((20, 30), 9, np.uint8)), path)
    return path


def test_results_survive_the_look_at_another_picture(qtbot, opened, picture_file, another_file):
    result = run_upscale(qtbot, opened)
    pixels = result.picture.pixels.copy()
    with qtbot.waitSignal(opened.opened):
        opened.open(another_file)
    assert opened.compare.results() == []
    assert opened.panel.results.count() == 0
    assert [kept.results for kept in opened.session.pictures] == [[result], []]
    other = run_upscale(qtbot, opened)
    opened.show_kept(opened.session.pictures[0])
    assert opened.current.path == picture_file
    assert opened.compare.results() == [result]
    assert opened.result is result
    np.testing.assert_array_equal(result.picture.pixels, pixels)
    with qtbot.waitSignal(opened.opened):
        opened.open(another_file)  # not from the list of this session: by its file
    assert opened.compare.results() == [other]
    assert other.picture.alpha.shape == (40, 60)


def test_results_survive_a_pasted_picture(qtbot, opened):
    result = run_upscale(qtbot, opened)
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    with qtbot.waitSignal(opened.opened):
        opened.open_image(image, "Pasted picture")
    assert opened.session.pictures[0].results == [result]


def test_the_memory_of_a_picture_that_is_not_looked_at_is_let_go(qtbot, opened, another_file):
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.opened):
        opened.open(another_file)
    for picture in (result.picture, opened.session.pictures[0].opened.picture):
        assert isinstance(picture.pixels.base, np.memmap)


def test_a_file_that_was_changed_is_another_picture(qtbot, opened, picture_file):
    run_upscale(qtbot, opened)
    write_picture(Picture(np.zeros((24, 36, 3), np.uint8)), picture_file)
    with qtbot.waitSignal(opened.opened):
        opened.open(picture_file)
    assert opened.compare.results() == []
    assert len(opened.session.pictures) == 2


def test_a_picture_without_results_is_not_kept(qtbot, opened, another_file):
    with qtbot.waitSignal(opened.opened):
        opened.open(another_file)
    assert [kept.opened.path for kept in opened.session.pictures] == [another_file]


def test_what_is_saved_or_closed_is_no_longer_unsaved(qtbot, opened):
    run_upscale(qtbot, opened)
    assert len(opened.session.unsaved()) == 1
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    assert opened.session.unsaved() == []
    run_upscale(qtbot, opened)  # the same again has the same pixels
    assert opened.session.unsaved() == []
    opened.panel.form.size_form.set_value(3)
    result = run_upscale(qtbot, opened)
    assert [kept for _, kept in opened.session.unsaved()] == [result]
    opened.close_result(result)
    assert opened.session.unsaved() == []


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


def test_a_pasted_picture_is_opened_by_name(qtbot, page):
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    with qtbot.waitSignal(page.opened):
        page.open_image(image, "Pasted picture")
    assert page.current.path is None
    assert page.current.picture.pixels[5, 5].tolist() == [10, 20, 30]


def test_copy_puts_the_result_on_the_clipboard(qtbot, opened):
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.copied):
        opened.copy()
    image = QGuiApplication.clipboard().image()
    assert (image.height(), image.width()) == (result.picture.height, result.picture.width)


def test_save_writes_beside_the_original_and_never_overwrites(qtbot, opened, picture_file):
    result = run_upscale(qtbot, opened)
    taken = picture_file.with_name("a small picture_bsr_x2.png")
    taken.write_bytes(b"the user's own")
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert saved.args[0].path.name == "a small picture_bsr_x2 (2).png"
    assert saved.args[0].kept == ("DPI",)
    assert taken.read_bytes() == b"the user's own"
    written = read_picture(saved.args[0].path)
    np.testing.assert_array_equal(written.pixels, result.picture.pixels)


def test_saving_the_same_again_writes_nothing(qtbot, opened, picture_file):
    run_upscale(qtbot, opened)
    for again in (False, True):
        with qtbot.waitSignal(opened.exporter.saved) as saved:
            opened.save()
        assert saved.args[0].again is again
    assert len(list(picture_file.parent.glob("*_bsr_x2*"))) == 1
    saved.args[0].path.unlink()  # the user threw it away
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert saved.args[0].path.exists()


def test_saving_as_jpeg_says_what_is_left_out(qtbot, page, tmp_path):
    image = QImage(20, 10, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    with qtbot.waitSignal(page.opened):
        page.open_image(image, "Pasted picture")
    run_upscale(qtbot, page)
    with qtbot.waitSignal(page.exporter.saved) as saved:
        page.save_as(tmp_path / "result.jpg")
    assert saved.args[0].path == tmp_path / "result.jpg"
    assert saved.args[0].lost == ("alpha",)


def test_a_result_is_written_once_for_dragging_and_its_saved_file_is_dragged(
    qtbot, opened, monkeypatch
):
    dragged = []
    monkeypatch.setattr(opened.exporter, "_drag_file", lambda path, result: dragged.append(path))
    result = run_upscale(qtbot, opened)
    opened.save_bar.drag_begun.emit()
    qtbot.waitUntil(lambda: not opened.exporter.busy, timeout=5000)
    assert dragged == []  # the button was let go before the file was there
    opened.save_bar.drag_begun.emit()
    assert len(dragged) == 1
    assert read_picture(dragged[0]).height == result.picture.height
    assert dragged[0].name == "a small picture_bsr_x2.png"
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    opened.save_bar.drag_begun.emit()
    assert dragged[1] == saved.args[0].path
    opened.exporter.close()
    assert not dragged[0].exists()
    assert dragged[1].exists()


def test_a_folder_that_is_gone_is_an_error_and_no_crash(qtbot, opened, settings, tmp_path):
    run_upscale(qtbot, opened)
    (tmp_path / "a file").write_text("")
    settings.change(output_folder=str(tmp_path / "a file" / "folder"))
    with qtbot.waitSignal(opened.failed):
        opened.save()
    assert opened.errors


def test_a_wish_beyond_the_memory_limit_cannot_be_started(qtbot, opened, settings):
    settings.change(memory_limit_gigabytes=0.1)
    assert not opened.panel.start.isEnabled()
    assert "memory" in opened.panel.problem_text()
    opened.start()
    assert not opened.running
    settings.change(memory_limit_gigabytes=0)
    assert opened.panel.start.isEnabled()


def test_models_are_compared_on_a_region_and_one_is_picked(qtbot, opened):
    opened.compare_here(QRect(4, 4, 16, 12))
    assert opened.currentWidget() is opened.grid
    cell = next(cell for cell in opened.grid.cells if cell.card and cell.card.weights == "float")
    qtbot.waitUntil(cell.use.isEnabled, timeout=20000)
    cell.use.click()
    assert opened.currentIndex() == 0
    qtbot.waitUntil(lambda: opened.result is not None, timeout=20000)
    assert opened.result.weights == "float"


def test_the_event_loop_is_not_held_while_a_picture_is_enlarged(qtbot, opened):
    with longest_hold() as hold:
        run_upscale(qtbot, opened)
    assert hold.milliseconds < 100


def test_work_that_waits_for_other_work_says_so(qtbot, opened, runner):
    runner.pause_queue(True)
    opened.start()
    assert opened.panel.stage_text() == "Waiting for other tasks …"
    assert opened.panel.progress.maximum() == 0
    runner.pause_queue(False)
    qtbot.waitUntil(lambda: opened.result is not None, timeout=20000)


def test_a_crop_is_enlarged_and_undone_and_done_again(qtbot, opened):
    whole = opened.current
    opened.crop(QRect(4, 6, 20, 10))
    cropped = opened.current
    assert np.array_equal(cropped.picture.pixels, whole.picture.pixels[6:16, 4:24])
    assert cropped.picture.dpi == whole.picture.dpi and cropped.path == whole.path
    assert opened.panel.result_text() == "40 × 20 px"
    assert opened.panel.facts.whole_text().endswith("cropped")
    result = run_upscale(qtbot, opened)
    assert (result.picture.height, result.picture.width) == (20, 40)
    opened.undo_crop()
    assert np.array_equal(opened.current.picture.pixels, whole.picture.pixels)
    assert "cropped" not in opened.panel.facts.whole_text()
    opened.redo_crop()
    assert opened.current.picture.height == 10 and opened.result is result


def test_a_crop_of_a_crop_is_undone_step_by_step(opened):
    opened.crop(QRect(0, 0, 30, 20))
    opened.crop(QRect(0, 0, 10, 5))
    opened.undo_crop()
    assert opened.current.picture.width == 30
    opened.undo_crop()
    assert opened.current.picture.width == 36
    opened.undo_crop()  # nothing is left
    assert opened.current.picture.width == 36
    opened.redo_crop()
    opened.redo_crop()
    assert opened.current.picture.width == 10 and not opened.crops.can_redo


def test_the_results_of_the_whole_stay_in_the_session(qtbot, opened, runner):
    result = run_upscale(qtbot, opened)
    opened.crop(QRect(0, 0, 10, 10))
    assert opened.result is None and [r for _, r in opened.session.unsaved()] == [result]
    opened.undo_crop()
    assert opened.result is result and len(opened.session.pictures) == 1


def test_the_whole_of_a_pasted_picture_comes_back_as_itself(qtbot, page, runner):
    page._show(OpenPicture(Picture(np.zeros((30, 40, 3), np.uint8)), "pasted", None))
    run_upscale(qtbot, page)
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)  # it is on disk
    whole = page.kept
    page.crop(QRect(0, 0, 10, 10))
    page.undo_crop()
    assert page.kept is whole and page.result is not None


def test_cropping_can_be_undone_in_the_menu_only_when_there_is_something(opened):
    actions = opened.keeper.actions
    UpscaleActions(opened, actions)
    both = actions.undo_crop, actions.redo_crop
    assert [action.isEnabled() for action in both] == [False, False]
    opened.crop(QRect(0, 0, 36, 24))  # all of it
    assert [action.isEnabled() for action in both] == [False, False]
    opened.crop(QRect(0, 0, 10, 10))
    assert [action.isEnabled() for action in both] == [True, False]
    actions.undo_crop.trigger()
    assert [action.isEnabled() for action in both] == [False, True]
    opened.close_picture()
    assert [action.isEnabled() for action in both] == [False, False]


@pytest.mark.parametrize("mode", ["split", "side"])
def test_the_comparison_is_copied_as_it_is_seen(qtbot, opened, mode):
    run_upscale(qtbot, opened)
    opened.compare.set_mode(mode)
    comparison = opened.compare.comparison(beside=mode == "side")
    with qtbot.waitSignal(opened.sharing.copied):
        opened.sharing.copy()
    image = QGuiApplication.clipboard().image()
    height, width = comparison.before.shape[:2]
    assert (image.height(), image.width()) == (height, 2 * width + 8 if mode == "side" else width)


@pytest.mark.parametrize("kind, suffix", [("slider", ".png"), ("animation", ".webp")])
def test_the_comparison_is_saved_beside_the_picture(qtbot, opened, picture_file, kind, suffix):
    run_upscale(qtbot, opened)
    target = opened.sharing.proposal(kind, opened.current)
    assert target == picture_file.with_name(f"a small picture_comparison{suffix}")
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.sharing.save(kind, target, opened.current)
    assert saved.args[0].path == target and target.exists()
    assert opened.exporter.last_saved == target and opened.result.file is None


def test_the_comparison_never_replaces_the_original(qtbot, opened, picture_file):
    run_upscale(qtbot, opened)
    before = picture_file.read_bytes()
    with qtbot.waitSignal(opened.failed) as failed:
        opened.sharing.save("slider", picture_file, opened.current)
    assert "would overwrite the original" in str(failed.args[0])
    assert picture_file.read_bytes() == before
    opened.errors.clear()
