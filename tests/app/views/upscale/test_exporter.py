"""Results on their way to files and to the clipboard."""

import gc
import threading
import time
import weakref
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from bsr.engine.images import png, read_picture
from bsr.engine.images.profile import make_profile
from bsr.engine.picture import Picture
from bsr.work import saving
from bsr.work.region import Region
from bsr.work.session import read_session
from tests.app.enlarging import run_upscale

on_screen = pytest.mark.usefixtures("shown")


@on_screen
def test_copy_puts_the_result_on_the_clipboard(qtbot, opened):
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.copied):
        opened.copy()
    image = QGuiApplication.clipboard().image()
    assert (image.height(), image.width()) == (result.picture.height, result.picture.width)


def test_what_is_dragged_has_the_colours_of_its_profile(qtbot, opened, monkeypatch):
    shown = []
    monkeypatch.setattr(QDrag, "setPixmap", lambda drag, pixmap: shown.append(pixmap.toImage()))
    monkeypatch.setattr(QDrag, "exec", lambda drag, action: action)
    linear = make_profile((1.0,), None, "linear grey")
    result = SimpleNamespace(picture=Picture(np.full((40, 60, 3), 100, np.uint8), icc=linear))
    opened.exporter._drag_file(Path("a.png"), result)
    assert shown[0].pixelColor(22, 15).red() in (167, 168)


@on_screen
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


def test_a_result_whose_file_holds_something_else_by_now_is_not_saved_any_more(
    qtbot, opened, monkeypatch
):
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    assert opened.session.unsaved() == []
    result.file.write_bytes(b"of another program")
    assert [unsaved for _, unsaved in opened.session.unsaved()] == [result]
    dragged = []
    monkeypatch.setattr(opened.exporter, "_drag_file", lambda path, result: dragged.append(path))
    taken = result.file
    opened.save_bar.drag_begun.emit()
    qtbot.waitUntil(lambda: not opened.exporter.busy)
    assert dragged == []
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert not saved.args[0].again and opened.session.unsaved() == []
    assert taken.read_bytes() == b"of another program" and result.file != taken
    np.testing.assert_array_equal(read_picture(result.file).pixels, result.picture.pixels)
    result.file.unlink()
    assert [unsaved for _, unsaved in opened.session.unsaved()] == [result]
    opened.exporter.close()


@on_screen
def test_a_result_is_said_to_be_saved_only_while_its_file_is_there(qtbot, opened):
    result, button = run_upscale(qtbot, opened), opened.save_bar.save
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    around, other = QWidget(), QWidget()
    QVBoxLayout(around).addWidget(opened)
    for window in (around, other, around):
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if window is other:
            assert button.text().startswith("Saved in")
            result.file.unlink()
    opened.setParent(None)
    assert button.text() == "Save" and button.toolTip() == ""


def test_a_result_that_was_made_again_is_saved_already(qtbot, opened, picture_file):
    for again in (False, True):
        run_upscale(qtbot, opened)
        with qtbot.waitSignal(opened.exporter.saved) as saved:
            opened.save()
        assert saved.args[0].again is again
    assert len(list(picture_file.parent.glob("*_bsr_x2*"))) == 1


def test_what_is_being_saved_is_not_saved_twice(qtbot, opened, picture_file):
    run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.idle):
        opened.save()
        opened.save()
        opened.save_all()
    assert len(list(picture_file.parent.glob("*_bsr_x2*"))) == 1


def test_only_settings_of_the_file_make_another_one(qtbot, opened, settings):
    run_upscale(qtbot, opened)
    again = []
    opened.exporter.saved.connect(lambda saved: again.append(saved.again))
    for change in ({}, {"theme": "dark", "free_cores": 1, "model": "small-x2"}, {"quality": 50}):
        settings.change(**change)
        opened.save()
        qtbot.waitUntil(lambda: not opened.exporter.busy)
    assert again == [False, True, False]


def test_no_result_that_is_shown_takes_the_place_of_another(qtbot, opened, settings, picture_file):
    settings.change(if_exists="replace")
    older = picture_file.with_name("a small picture_bsr_x2.png")
    older.write_bytes(b"of an earlier day")
    results = []
    for kind in ("binary", "float"):
        opened.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, opened))
    second, until = older.with_stem(f"{older.stem} (2)"), time.monotonic() + 10
    with qtbot.waitSignal(opened.exporter.idle):
        opened.save_all()
        while not second.exists() and time.monotonic() < until:
            threading.Event().wait(0.002)  # the window is busy, and hears of neither meanwhile
    names = [result.file.name for result in results]
    assert names == ["a small picture_bsr_x2.png", "a small picture_bsr_x2 (2).png"]
    for result in results:
        written = read_picture(result.file).pixels
        np.testing.assert_array_equal(written, result.picture.pixels)
    opened.close_result(results[0])  # its file may be replaced now
    settings.change(quality=50)
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert saved.args[0].path == older


def test_a_result_that_was_just_written_is_protected_until_its_file_is_known(
    qtbot, opened, settings, monkeypatch
):
    """The second was asked for at once, and is written when the window knows the first."""
    settings.change(if_exists="replace")
    results = []
    for kind in ("binary", "float"):
        opened.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, opened))
    known, target_of = threading.Event(), saving.target_of
    opened.exporter.written.connect(lambda _: known.set())

    def second_waits(source, name, result, *arguments):
        assert result is results[0] or known.wait(10)
        return target_of(source, name, result, *arguments)

    monkeypatch.setattr(saving, "target_of", second_waits)
    with qtbot.waitSignal(opened.exporter.idle):
        opened.save_all()
    assert results[0].file != results[1].file


def test_no_result_takes_the_place_of_one_of_another_picture(qtbot, opened, settings, picture_file):
    settings.change(if_exists="replace")
    results = [run_upscale(qtbot, opened)]
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    with qtbot.waitSignal(opened.opened):
        opened.crop(Region(2, 2, 12, 10))
    results.append(run_upscale(qtbot, opened))
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    assert results[0].file != results[1].file
    for result in results:
        assert read_picture(result.file).height == result.picture.height


def test_a_result_that_was_made_again_keeps_its_file_from_others(qtbot, opened, settings):
    settings.change(if_exists="replace")
    run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    again = run_upscale(qtbot, opened)  # it takes the place of the first one
    opened.panel.form.set_model("", "float")
    other = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    assert again.file != other.file
    np.testing.assert_array_equal(read_picture(again.file).pixels, again.picture.pixels)


def test_a_result_whose_file_another_took_is_not_saved_any_more(qtbot, opened, runner):
    results = []
    for kind in ("binary", "float"):
        opened.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, opened))
    opened.panel.results.choose(results[0])
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    taken = results[0].file
    with qtbot.waitSignal(opened.exporter.saved):
        opened.exporter.save_as(taken, opened.current.path, results[1])
    assert [kept_result for _, kept_result in opened.session.unsaved()] == [results[0]]
    qtbot.waitUntil(lambda: runner.idle)
    left, _ = read_session(opened.kept.folder.parent)
    assert [result.file for result in left[0].results] == [None, taken]
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert not saved.args[0].again
    np.testing.assert_array_equal(read_picture(results[0].file).pixels, results[0].picture.pixels)


def test_a_result_whose_file_a_comparison_took_is_not_saved_any_more(qtbot, opened):
    result = run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
    comparison = opened.sharing.comparison("slider")
    with qtbot.waitSignal(opened.exporter.saved):
        opened.sharing.save(comparison, "slider", result.file, opened.current)
    assert result.file is None


@pytest.mark.parametrize("rule", ["skip", "replace", "rename"])
def test_every_result_is_dragged_as_itself(qtbot, opened, settings, monkeypatch, rule):
    settings.change(if_exists=rule)
    dragged = []
    monkeypatch.setattr(opened.exporter, "_drag_file", lambda path, result: dragged.append(path))
    results = []
    for kind in ("binary", "float"):
        opened.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, opened))
        opened.save_bar.drag_begun.emit()
        qtbot.waitUntil(lambda: not opened.exporter.busy, timeout=5000)
    for result in results:
        opened.panel.results.choose(result)
        opened.save_bar.drag_begun.emit()
        written = read_picture(dragged[-1]).pixels
        np.testing.assert_array_equal(written, result.picture.pixels)
    opened.exporter.close()


def test_saving_stops_where_the_window_closes(qtbot, opened, runner, tmp_path, monkeypatch, ending):
    """Between two bands, of which this picture has many; the window waits no longer."""
    monkeypatch.setattr("bsr.engine.images.raster._BAND_BYTES", 64)
    run_upscale(qtbot, opened)
    filtered, begun = png._filtered, threading.Event()

    def slow(*arguments):
        begun.set()
        ending.wait(10)
        return filtered(*arguments)

    monkeypatch.setattr(png, "_filtered", slow)
    opened.exporter.save_as(tmp_path / "a.png", opened.current.path, opened.result)
    assert begun.wait(10)
    runner.shutdown()
    assert not list(tmp_path.glob("*.png.*")) and not (tmp_path / "a.png").exists()
    assert not list(tmp_path.glob(".*"))


def test_saving_as_jpeg_says_what_is_left_out(qtbot, page, tmp_path):
    image = QImage(20, 10, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    with qtbot.waitSignal(page.opened):
        page.open_image(image, "Pasted picture")
    result = run_upscale(qtbot, page)
    with qtbot.waitSignal(page.exporter.saved) as saved:
        page.exporter.save_as(tmp_path / "result.jpg", None, result)
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


def test_what_is_dragged_is_what_the_bar_says_by_then(qtbot, opened, settings, monkeypatch):
    dragged = []
    monkeypatch.setattr(opened.exporter, "_drag_file", lambda path, result: dragged.append(path))
    run_upscale(qtbot, opened)
    for format, metadata in (("png", True), ("jpeg", True), ("jpeg", False), ("png", True)):
        settings.change(format=format, keep_metadata=metadata)
        for _ in range(2):  # it is dragged as soon as its file is there
            opened.save_bar.drag_begun.emit()
            qtbot.waitUntil(lambda: not opened.exporter.busy, timeout=5000)
    assert [path.suffix for path in dragged] == [".png", ".jpg", ".jpg", ".png", ".png"]
    assert dragged[1] != dragged[2] and dragged[3] == dragged[0]
    opened.exporter.close()


def test_a_result_that_is_closed_while_it_is_saved_is_let_go(qtbot, opened, runner):
    run_upscale(qtbot, opened)
    result = weakref.ref(opened.result)
    opened.save()
    opened.close_result(result())
    qtbot.waitUntil(lambda: not opened.exporter.busy and runner.idle, timeout=5000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # jobs that are over
    gc.collect()
    assert result() is None


def test_a_saved_result_that_is_closed_and_brought_back_is_not_saved_twice(
    qtbot, opened, picture_file
):
    result = run_upscale(qtbot, opened)
    for again in (False, True):
        with qtbot.waitSignal(opened.exporter.saved) as saved:
            opened.save()
        assert saved.args[0].again is again
        opened.close_result(result)
        opened.bring_back(opened.kept, result)
    assert len(list(picture_file.parent.glob("*_bsr_x2*"))) == 1


def test_a_folder_that_is_gone_is_an_error_and_no_crash(qtbot, opened, settings, tmp_path):
    run_upscale(qtbot, opened)
    (tmp_path / "a file").write_text("")
    settings.change(output_folder=str(tmp_path / "a file" / "folder"))
    with qtbot.waitSignal(opened.failed):
        opened.save()
    assert opened.errors
    (tmp_path / "a file").unlink()
    with qtbot.waitSignal(opened.exporter.saved):
        opened.save()
