"""The upscale page: pictures that are opened, and their results."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog

from bsr.engine.images import read_picture, write_picture
from bsr.engine.picture import Picture
from bsr.engine.upscaling.goal import Goal
from bsr.qt.job_runner import Worker
from bsr.views.upscale.page_actions import UpscaleActions
from bsr.work import session as session_files
from bsr.work.region import Region
from bsr.work.saving import SAMPLES
from bsr.work.session import SessionPicture
from tests.app.enlarging import run_upscale

on_screen = pytest.mark.usefixtures("shown")


@on_screen
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
    assert enabled() == [True, False, False, False]


@on_screen
@pytest.mark.parametrize("look", ["compare_here", "measure_quality"])
def test_nothing_is_done_unseen_while_models_are_examined(qtbot, opened, runner, look):
    actions = opened.keeper.actions
    UpscaleActions(opened, actions)
    run_upscale(qtbot, opened)
    examine = {
        "compare_here": lambda: opened.compare_here(Region(0, 0, 20, 20)),
        "measure_quality": opened.measure_quality,
    }[look]
    examine()
    unseen = (actions.save, actions.copy, actions.close_result, actions.switch_weights)
    assert not any(action.isEnabled() for action in (*unseen, actions.scales[3]))
    actions.start.trigger()  # shows what it does
    assert opened.running and opened.currentIndex() == 0 and actions.cancel.isEnabled()
    examine()
    assert opened.running and not actions.cancel.isEnabled()
    opened.show_picture()
    assert actions.cancel.isEnabled()
    opened.cancel()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    assert all(action.isEnabled() for action in unseen)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_menu_and_the_panel_set_and_mark_the_same_scale(page, scale):
    actions = page.keeper.actions
    UpscaleActions(page, actions)
    page.panel.form.size_form.set_value(scale)
    assert actions.scales[scale].isChecked()
    page.panel.form.size_form.set_value(scale + 0.5)
    assert actions.custom_scale.isChecked()


@on_screen
def test_a_picture_that_cannot_be_read_changes_nothing(qtbot, opened, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    before = opened.current
    with qtbot.waitSignal(opened.failed):
        opened.open(broken)
    assert "broken.jpg" in str(opened.errors[0])
    assert opened.current is before
    assert opened.compare.layers.slot(0) is not None


@on_screen
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


def test_the_same_options_again_take_the_place_of_the_older_result(qtbot, opened):
    first = run_upscale(qtbot, opened)
    second = run_upscale(qtbot, opened)
    assert first is not second
    assert opened.compare.results() == [second]
    assert opened.panel.results.count() == 1


def test_a_print_at_other_dots_per_inch_is_another_result(qtbot, opened):
    """Its pixels are the same, and the file says another size on paper."""
    goals = [Goal(72, 48, dpi=150.0), Goal(72, 48, dpi=600.0), Goal(72, 48)]
    for goal in goals:
        opened.panel.form.size_form.set_value(goal)
        run_upscale(qtbot, opened)
        with qtbot.waitSignal(opened.exporter.saved) as saved:
            opened.save()
        assert not saved.args[0].again
    results = opened.compare.results()
    assert len(results) == 3
    for result, dpi in zip(results, (150.0, 600.0, 300.0), strict=True):
        assert read_picture(result.file).dpi == pytest.approx((dpi, dpi), abs=0.1)
    opened.panel.form.size_form.set_value(goals[0])
    run_upscale(qtbot, opened)
    assert len(opened.compare.results()) == 3 and opened.result.saved


def test_an_older_result_is_on_disk_until_the_newer_one_is(qtbot, opened, runner, monkeypatch):
    run_upscale(qtbot, opened)
    folder, left = opened.kept.folder, []
    remove = session_files.remove_result

    def look_and_remove(*arguments):
        left.append([file.stem for file in sorted(folder.glob("result-*.json"))])
        remove(*arguments)

    monkeypatch.setattr(session_files, "remove_result", look_and_remove)
    run_upscale(qtbot, opened)
    qtbot.waitUntil(lambda: runner.idle)
    assert left == [["result-0001", "result-0002"]]


@on_screen
def test_the_result_that_is_seen_at_the_right_is_the_one_that_is_saved(qtbot, opened):
    results = []
    for kind in ("binary", "float"):
        opened.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, opened))
    layers = opened.compare.layers
    assert opened.result is results[1] is layers.slot(1).result
    layers.choose(1, layers.results[0])
    assert opened.result is results[0]
    layers.choose(0, layers.results[1])
    assert opened.result is results[0]
    layers.swap()
    assert opened.result is results[1] is layers.slot(1).result


@on_screen
def test_closing_results_takes_them_away_everywhere(qtbot, opened):
    result = run_upscale(qtbot, opened)
    opened.panel.results.setFocus()
    qtbot.keyClick(opened.panel.results, Qt.Key.Key_Delete)
    assert opened.compare.results() == []
    assert opened.result is None
    assert opened.save_bar.isHidden()
    opened.close_result(result)  # a second time does no harm


@on_screen
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


def test_a_picture_that_is_opened_again_is_compared_beside_the_window(
    qtbot, opened, picture_file, monkeypatch
):
    """All pixels of a large one, which may lie on the disk only."""
    result, threads, shows = run_upscale(qtbot, opened), [], SessionPicture.shows

    def noted(*arguments):
        threads.append(threading.current_thread())
        return shows(*arguments)

    monkeypatch.setattr(SessionPicture, "shows", noted)
    with qtbot.waitSignal(opened.opened):
        opened.open(picture_file)
    assert opened.compare.results() == [result]
    assert threads and threading.main_thread() not in threads


def test_a_result_stays_whose_file_is_opened_with_something_else_in_it(qtbot, opened):
    """As after a batch that replaced it."""
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    result.file.unlink()
    write_picture(opened.current.picture, result.file)
    with qtbot.waitSignal(opened.opened):
        opened.open_pair(opened.current.path, result.file)
    assert opened.compare.results()[0] is result and len(opened.compare.results()) == 2
    assert [unsaved for _, unsaved in opened.session.unsaved()] == [result]


def test_a_pair_that_is_opened_again_shows_its_result_once(qtbot, page, picture_file, tmp_path):
    file = tmp_path / "made before.png"
    write_picture(Picture(np.zeros((48, 72, 3), np.uint8)), file)
    for _ in range(2):
        with qtbot.waitSignal(page.opened):
            page.open_pair(picture_file, file)
    assert [result.file for result in page.compare.results()] == [file]


@pytest.mark.parametrize(
    "change", [lambda file: file.unlink(), lambda file: file.write_bytes(b"of another program")]
)
def test_a_result_that_was_opened_counts_as_saved_while_its_file_is_as_it_was(
    qtbot, page, picture_file, tmp_path, change
):
    file = tmp_path / "made before.png"
    write_picture(Picture(np.zeros((48, 72, 3), np.uint8)), file)
    with qtbot.waitSignal(page.opened):
        page.open_pair(picture_file, file)
    assert page.result.saved
    change(file)
    assert [unsaved for _, unsaved in page.session.unsaved()] == [page.result]


def test_the_same_crop_again_is_the_same_picture(qtbot, opened):
    whole = opened.kept
    run_upscale(qtbot, opened)
    for _ in range(2):
        opened.show_kept(whole)
        opened.crop(Region(0, 0, 12, 10))
        part = opened.kept
        run_upscale(qtbot, opened)
    assert opened.session.pictures == [whole, part]


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


def test_a_pasted_picture_is_opened_by_name(qtbot, page):
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    with qtbot.waitSignal(page.opened):
        page.open_image(image, "Pasted picture")
    assert page.current.path is None
    assert page.current.picture.pixels[5, 5].tolist() == [10, 20, 30]


@on_screen
def test_models_are_compared_on_a_region_and_one_is_picked(qtbot, opened):
    opened.compare_here(Region(4, 4, 12, 16))
    assert opened.currentWidget() is opened.examinations.grid
    cell = next(
        cell
        for cell in opened.examinations.grid.cells
        if cell.card and cell.card.weights == "float"
    )
    qtbot.waitUntil(cell.use.isEnabled, timeout=20000)
    cell.use.click()
    assert opened.currentIndex() == 0
    qtbot.waitUntil(lambda: opened.result is not None, timeout=20000)
    assert opened.result.weights == "float"


@on_screen
def test_a_result_that_comes_back_while_models_are_examined_is_seen(qtbot, opened):
    result = run_upscale(qtbot, opened)
    opened.close_result(result)
    opened.compare_here(Region(0, 0, 12, 10))
    opened.bring_back(opened.kept, result)
    assert opened.shows_picture and opened.result is result


CHOICES = {
    "another": lambda page, result: page.show_kept(page.session.pictures[0]),
    "the same": lambda page, result: page.show_kept(page.kept),
    "none": lambda page, result: page.close_picture(),
    "a part": lambda page, result: page.crop(Region(2, 2, 12, 10)),
    "a closed result": lambda page, result: page.bring_back(page.kept, result),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_picture_that_is_read_slowly_takes_the_place_of_nothing_chosen_since(
    qtbot, opened, runner, another_file, choice
):
    run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.opened):
        opened.open(another_file)
    opened.panel.form.set_model("", "float")
    run_upscale(qtbot, opened)
    opened.panel.form.set_model("", "binary")
    result = run_upscale(qtbot, opened)
    opened.close_result(result)
    release = threading.Event()
    runner.submit(lambda context: release.wait(10), worker=Worker.IO)
    opened.open(SAMPLES / "cat.png")
    CHOICES[choice](opened, result)
    chosen = opened.current
    assert not opened.opening
    release.set()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    assert opened.current is chosen
    assert chosen is None or opened.panel.start.isEnabled()


def test_nothing_is_begun_that_an_opening_picture_would_end(qtbot, opened, runner, picture_file):
    release = threading.Event()
    runner.submit(lambda context: release.wait(10), worker=Worker.IO)
    opened.open(picture_file)
    assert opened.opening and not opened.panel.start.isEnabled()
    opened.panel.form.size_form.set_value(3)
    assert not opened.panel.start.isEnabled()
    opened.start()
    assert not opened.running
    release.set()
    qtbot.waitUntil(lambda: not opened.opening and opened.panel.start.isEnabled())
    run_upscale(qtbot, opened)


def test_what_was_measured_is_proposed_beside_the_picture_and_gets_its_suffix(
    opened, picture_file, tmp_path, monkeypatch
):
    opened.measure_quality()
    quality = opened.examinations.quality
    asked = []

    def answer(parent, title, start, kinds):
        asked.append(start)
        return str(tmp_path / "named"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    for save in (quality.save_chart, quality.save_table):
        save()
    stem = picture_file.with_suffix("")
    assert asked == [f"{stem}_quality.png", f"{stem}_quality.csv"]
    assert (tmp_path / "named.png").exists() and (tmp_path / "named.csv").exists()


def test_what_was_measured_is_never_written_over_the_original(opened, picture_file, monkeypatch):
    original = picture_file.read_bytes()
    opened.measure_quality()
    quality = opened.examinations.quality
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(picture_file), ""))
    for save in (quality.save_chart, quality.save_table):
        save()
        assert picture_file.read_bytes() == original
        assert "would overwrite the original" in quality.note()
