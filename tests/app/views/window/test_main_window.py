import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from bsr.engine.batch.request import BatchRequest
from bsr.engine.errors import BsrError
from bsr.engine.images import read_picture, write_picture
from bsr.engine.images.profile import make_profile
from bsr.engine.picture import Picture
from bsr.languages import LANGUAGES
from bsr.qt import theme
from bsr.qt.job_runner import JobRunner, Worker
from bsr.qt.settings import Settings
from bsr.views.shared.widgets import LargeIcon
from bsr.views.window import dialogs
from bsr.views.window.main_window import MainWindow
from bsr.views.window.pages import Pages
from bsr.views.window.session_strip import SessionStrip
from bsr.views.window.shortcuts_list import ShortcutsList, keys_of, plain, shortcuts_of
from bsr.views.window.side_bar import BATCH, MODELS, UPSCALE
from bsr.work import saving
from bsr.work.batch import Interrupted
from bsr.work.comparison import picture_of
from bsr.work.region import Region
from bsr.work.saving import SAMPLES
from bsr.work.session import SessionPicture
from bsr.work.upscaling import OpenPicture
from tests.app.event_loop import longest_hold


@pytest.fixture
def upscale(window):
    return window.pages.upscale


@pytest.fixture
def another_file(tmp_path):
    path = tmp_path / "cat.png"
    write_picture(Picture(np.full((20, 30, 3), 90, np.uint8)), path)
    return path


def mime_of(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


PLACE, DRAGGED_BY = QPointF(400, 300), (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def enter(window, data):
    """Drag something over a window; return whether it may be dropped there."""
    entering = QDragEnterEvent(PLACE.toPoint(), Qt.DropAction.CopyAction, data, *DRAGGED_BY)
    QApplication.sendEvent(window, entering)
    return entering.isAccepted()


def drop(window, data):
    assert enter(window, data)
    dropping = QDropEvent(PLACE, Qt.DropAction.CopyAction, data, *DRAGGED_BY)
    QApplication.sendEvent(window, dropping)


def menu_actions(window):
    found = []

    def walk(menu):
        for action in menu.actions():
            if isinstance(action.menu(), QMenu):
                walk(action.menu())
            elif not action.isSeparator():
                found.append(action)

    for top in window.menuBar().actions():
        walk(top.menu())
    return found


def test_what_is_dropped_is_opened_or_it_is_said_why_not(
    qtbot, window, upscale, picture_file, tmp_path, settings, subtests
):
    with subtests.test("a text says why in one line and changes nothing"):
        text = tmp_path / "notes.txt"
        text.write_text("just words")
        with qtbot.waitSignal(upscale.failed):
            drop(window, mime_of(text))
        assert window.notice.text().startswith("notes.txt is not a picture")
        assert "\n" not in window.notice.text()
        assert window.upscale_stack.currentWidget() is window.empty
        assert settings.recent_files == []
        window.notice.choices()[0].click()
        details = QGuiApplication.clipboard().text()
        assert "ImageFileError" in details
        assert str(text) in details
        assert window.notice.text() == ""
    with subtests.test("an image without a file is opened"):
        image = QImage(12, 8, QImage.Format.Format_RGB32)
        image.fill(QColor(9, 8, 7))
        data = QMimeData()
        data.setImageData(image)
        with qtbot.waitSignal(upscale.opened):
            drop(window, data)
        assert upscale.current.picture.pixels[0, 0].tolist() == [9, 8, 7]
        assert window.upscale_stack.currentWidget() is upscale
        assert settings.recent_files == []
    with subtests.test("a picture is opened and remembered"):
        with qtbot.waitSignal(upscale.opened):
            drop(window, mime_of(picture_file))
        assert window.windowTitle() == "a small picture.png – BSR"
        assert window.upscale_stack.currentWidget() is upscale
        assert settings.recent_files == [picture_file]
        assert window.menus.recent.actions()[0].text() == picture_file.name


def test_a_recent_picture_that_is_gone_leaves_the_list(
    qtbot, window, upscale, settings, picture_file, tmp_path
):
    kept, gone = tmp_path / "kept.txt", tmp_path / "gone.png"
    kept.write_text("just words")
    for path in (picture_file, kept, gone):
        settings.add_recent(path)
    for path in (kept, gone):
        actions = window.menus.recent.actions()
        with qtbot.waitSignal(upscale.failed):
            next(action for action in actions if action.text() == path.name).trigger()
    assert "gone.png" in window.notice.text()
    assert settings.recent_files == [kept, picture_file]


def test_what_is_dropped_to_be_moved_stays_where_it_is(frame, picture_file):
    data, actions = mime_of(picture_file), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    rest = actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    for event in (QDragEnterEvent(PLACE.toPoint(), *rest), QDropEvent(PLACE, *rest)):
        assert event.proposedAction() == Qt.DropAction.MoveAction
        QApplication.sendEvent(frame, event)
        assert event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction


def test_what_is_dragged_out_of_the_window_is_not_taken_in_again(frame, picture_file, monkeypatch):
    assert enter(frame, mime_of(picture_file))
    monkeypatch.setattr(QDragEnterEvent, "source", lambda event: frame)
    assert not enter(frame, mime_of(picture_file))


def test_of_many_dropped_files_the_first_can_be_opened_or_all_be_added_to_the_batch(
    qtbot, window, upscale, picture_file, another_file
):
    drop(window, mime_of(picture_file, another_file))
    with qtbot.waitSignal(upscale.opened):
        window.notice.choices()[1].click()
    assert upscale.current.path == picture_file
    drop(window, mime_of(picture_file, another_file))
    assert window.stack.currentIndex() == UPSCALE
    add = window.notice.choices()[0]
    assert "2" in window.notice.text()
    add.click()
    assert window.stack.currentIndex() == BATCH
    qtbot.waitUntil(lambda: len(window.pages.batch.model.rows()) == 2, timeout=20000)


def test_a_folder_goes_straight_to_the_batch(
    qtbot, window, picture_file, tmp_path, monkeypatch, subtests
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    batch = window.pages.batch
    for way, page, give in (
        ("drop", UPSCALE, lambda: drop(window, mime_of(tmp_path))),
        ("argument", UPSCALE, lambda: window.open_paths([tmp_path])),
        ("menu", BATCH, window.qactions.open_folder.trigger),
    ):
        with subtests.test(way=way):
            window.show_page(page)
            give()
            assert window.notice.text() == ""
            assert window.stack.currentIndex() == BATCH
            qtbot.waitUntil(lambda: len(batch.model.rows()) == 1, timeout=20000)
            batch.clear()
            assert not batch.model.rows()


def test_paste_opens_a_picture_a_file_or_says_that_there_is_none(
    clipboard, qtbot, window, upscale, picture_file
):
    clipboard.setText("words")
    window.qactions.paste.trigger()
    assert window.notice.text() == "There is no picture on the clipboard."
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    clipboard.setImage(image)
    with qtbot.waitSignal(upscale.opened):
        window.qactions.paste.trigger()
    assert upscale.current.name == "Pasted picture"
    assert window.notice.text() == ""
    clipboard.setMimeData(mime_of(picture_file))
    with qtbot.waitSignal(upscale.opened):
        window.qactions.paste.trigger()
    assert upscale.current.path == picture_file


def test_what_is_dropped_or_pasted_on_the_batch_page_goes_to_the_batch(
    clipboard, qtbot, window, listed, tmp_path, picture_file
):
    drop(window, mime_of(picture_file))
    qtbot.waitUntil(lambda: len(listed.model.rows()) == 4, timeout=20000)
    assert window.notice.text() == ""
    pasted = tmp_path / "pasted.png"
    pasted.write_bytes(picture_file.read_bytes())
    clipboard.setMimeData(mime_of(pasted))
    window.qactions.paste.trigger()
    qtbot.waitUntil(lambda: len(listed.model.rows()) == 5, timeout=20000)
    assert window.stack.currentIndex() == BATCH


def test_recent_pictures_are_shown_while_they_exist(qtbot, frame, settings, picture_file):
    gone = picture_file.with_name("gone.png")
    for path in (gone, picture_file):
        settings.add_recent(path)
    qtbot.waitUntil(lambda: frame.runner.idle, timeout=20000)
    names = [thumbnail_button.path.name for thumbnail_button in frame.empty.thumbnail_buttons()]
    assert names == ["cat.png", "coffee.png", picture_file.name]
    frame.qactions.forget_recent.trigger()
    assert len(frame.empty.thumbnail_buttons()) == 2
    assert not frame.menus.recent.isEnabled()


def test_a_picture_that_another_window_opened_is_offered_when_this_one_is_looked_at(
    qtbot, frame, settings, picture_file, another_file
):
    settings.add_recent(picture_file)
    qtbot.waitUntil(lambda: frame.runner.idle, timeout=20000)
    Settings(settings.file).add_recent(another_file)
    QApplication.sendEvent(frame, QEvent(QEvent.Type.WindowActivate))
    assert frame.menus.recent.actions()[0].text() == another_file.name
    qtbot.waitUntil(lambda: len(frame.empty.thumbnail_buttons()) == 4, timeout=20000)
    shown = frame.empty.thumbnail_buttons()
    QApplication.sendEvent(frame, QEvent(QEvent.Type.WindowActivate))
    assert frame.empty.thumbnail_buttons() == shown


def test_enlarge_save_and_close_from_the_menus(qtbot, window, upscale, picture_file, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "bsr.views.upscale.exporter.QDesktopServices.openUrl",
        lambda url: shown.append(url.toLocalFile()),
    )
    actions = window.qactions
    assert not actions.start.isEnabled()
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    assert actions.start.isEnabled()
    assert not actions.save.isEnabled()
    actions.start.trigger()
    assert actions.cancel.isEnabled()
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    with qtbot.waitSignal(upscale.exporter.saved):
        actions.save.trigger()
    folder = picture_file.parent.name
    file = "“a small picture_bsr_x2.png”"
    assert window.notice.text() == f"Saved {file} in “{folder}”. Kept: resolution."
    assert upscale.save_bar.save.toolTip() == str(upscale.result.file)
    assert upscale.save_bar.save.text().startswith("Saved in ")
    actions.save.trigger()
    assert window.notice.text() == f"{file} is saved in “{folder}” already."
    assert window.notice.choices()[0].text() == "Show in folder"
    assert len(list(picture_file.parent.glob("*_bsr_x2*"))) == 1
    assert actions.show_in_folder.isEnabled()
    actions.show_in_folder.trigger()
    assert shown == [str(picture_file.parent)]
    actions.close_picture.trigger()
    assert window.upscale_stack.currentWidget() is window.empty
    assert window.windowTitle() == "BSR"
    assert not actions.save.isEnabled()


def test_the_folder_that_is_shown_is_that_of_the_file_that_is_named(
    qtbot, window, upscale, tmp_path, monkeypatch
):
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    folders = [str(tmp_path / name) for name in "ab"]
    for number, folder in enumerate(folders):
        path = Path(folder) / f"{number}.png"
        path.parent.mkdir()
        write_picture(Picture(np.full((20, 30, 3), number, np.uint8)), path)
        enlarged(qtbot, window, path)
        with qtbot.waitSignal(upscale.exporter.saved):
            upscale.save()
    window.strip.buttons[0].click()
    window.qactions.show_in_folder.trigger()
    assert shown == folders[:1]
    upscale.save()
    assert window.notice.text() == "“0_bsr_x2.png” is saved in “a” already."
    (show,) = window.notice.choices()
    show.click()
    assert shown == [folders[0], folders[0]]
    window.strip.buttons[1].click()
    window.qactions.show_in_folder.trigger()
    assert shown == [folders[0], folders[0], folders[1]]


def test_files_are_told_by_their_folders_however_they_were_named(
    qtbot, window, upscale, picture_file, tmp_path, monkeypatch
):
    (tmp_path / "notes.txt").write_text("just words")
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(upscale.failed):
        window.open_paths([Path("../" + tmp_path.name) / "notes.txt"])
    assert window.notice.text().startswith("notes.txt is not a picture")
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([Path(picture_file.name)])
    assert upscale.current.path == picture_file


def test_a_sample_is_opened_by_its_tile_and_never_saved_into_the_program(
    qtbot, window, upscale, tmp_path, monkeypatch
):
    monkeypatch.setattr("bsr.views.upscale.exporter.pictures_folder", lambda: tmp_path / "Pictures")
    window.empty.refresh()
    qtbot.waitUntil(window.empty.thumbnails_ready, timeout=20000)
    with qtbot.waitSignal(upscale.opened):
        window.empty.thumbnail_buttons()[0].click()
    assert upscale.current.path == SAMPLES / "cat.png"
    upscale.start()
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    with qtbot.waitSignal(upscale.exporter.saved) as saved:
        window.qactions.save.trigger()
    assert saved.args[0].path == tmp_path / "Pictures" / "cat_bsr_x2.png"


def test_what_ends_the_enlarging_of_a_picture_asks_first(
    qtbot, window, upscale, picture_file, another_file, subtests
):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    with subtests.test("opening another"):
        window.runner.pause_queue(True)
        upscale.start()
        window.open_paths([another_file])
        assert upscale.current.path == picture_file
        assert upscale.running
        with qtbot.waitSignal(upscale.opened):
            window.notice.choices()[0].click()
        assert upscale.current.path == another_file
        assert not upscale.running
        window.runner.pause_queue(False)
    with subtests.test("closing it"):
        upscale.start()
        window.qactions.close_picture.trigger()
        assert upscale.running and upscale.current.path == another_file
        assert window.notice.text() == "A picture is being enlarged."
        (stop,) = window.notice.choices()
        assert stop.text() == "Stop and close it"
        stop.click()
        assert not upscale.running and upscale.current is None and window.notice.text() == ""
        qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
        assert upscale.session.pictures == []


def test_a_notice_goes_when_what_it_says_is_so_no_more(
    qtbot, window, upscale, language, picture_file, another_file, tmp_path, subtests
):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    with subtests.test("a picture is being enlarged"):
        window.runner.pause_queue(True)
        upscale.start()
        window.open_paths([another_file])
        assert window.notice.text() == "A picture is being enlarged."
        window.runner.pause_queue(False)
        qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
        assert window.notice.text() == ""
    with subtests.test("it could not be enlarged, and is tried again"):
        upscale.failed.emit(BsrError("There is no room."))
        upscale.start()
        assert window.notice.text() == ""
        qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    with subtests.test("a batch could not begin, and is begun again"):
        batch = window.pages.batch
        batch.failed.emit(BsrError("There is no room."))
        batch.begun.emit()
        assert window.notice.text() == ""
    with subtests.test("a batch can be resumed, in another language too"):
        request = BatchRequest((picture_file,), tmp_path / "out")
        batch.resume_offered.emit(Interrupted(request, 1, 2))
        language.speak("de")
        assert window.notice.text()
        window.show_page(BATCH)
        assert window.notice.text() == ""


def test_what_goes_to_the_batch_takes_away_what_was_said_before(
    clipboard, qtbot, window, picture_file
):
    batch = window.pages.batch
    clipboard.setText("words")
    window.qactions.paste.trigger()
    assert window.notice.text()
    drop(window, mime_of(picture_file.parent))
    assert window.stack.currentIndex() == BATCH and window.notice.text() == ""
    qtbot.waitUntil(lambda: len(batch.model.rows()) == 1, timeout=20000)


def test_what_is_said_while_the_pages_are_loaded_stays_when_a_picture_comes(
    qtbot, frame, bundled, kernels, picture_file
):
    frame.open_paths([picture_file])
    frame.notice.say("warning", "The settings were damaged.")
    with qtbot.waitSignal(frame.pages_loaded, timeout=20000):
        frame.load_pages()
    with qtbot.waitSignal(frame.pages.upscale.opened, timeout=20000):
        pass
    assert frame.notice.text() == "The settings were damaged."
    qtbot.waitUntil(lambda: frame.runner.idle, timeout=20000)


def test_a_picture_that_waits_for_a_paused_batch_says_so(qtbot, window, listed, picture_file):
    listed.start()
    listed.toggle_pause()
    window.show_page(UPSCALE)
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    upscale.start()
    assert upscale.panel.stage_text() == "The batch is paused"
    listed.toggle_pause()
    assert upscale.panel.stage_text() == "Waiting for other tasks…"
    listed.toggle_pause()
    listed.cancel()
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    assert not listed.running and not listed.paused


def test_the_side_bar_and_the_keys_change_the_page(frame):
    for number in (MODELS, BATCH, UPSCALE):
        frame.qactions.pages[number].trigger()
        assert frame.stack.currentIndex() == number
        assert frame.qactions.pages[number].isChecked()
    assert frame.stack.currentWidget() is frame.upscale_stack


def test_enlarge_by_key_on_another_page_shows_what_it_does(qtbot, window, upscale, picture_file):
    with qtbot.waitSignal(upscale.opened):
        drop(window, mime_of(picture_file))
    window.show_page(BATCH)
    assert window.qactions.start.isEnabled()
    window.qactions.start.trigger()
    assert window.stack.currentIndex() == UPSCALE
    qtbot.waitUntil(lambda: not upscale.running and upscale.result is not None)


def test_closing_during_work_asks_once_and_stops_cleanly(
    qtbot, window, upscale, picture_file, monkeypatch
):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    answers = [False, True]
    asked = []

    def ask(parent):
        asked.append(parent)
        return answers[len(asked) - 1]

    monkeypatch.setattr(dialogs, "ask_to_close", ask)
    window.runner.pause_queue(True)  # so that the work cannot end before the question
    upscale.start()
    assert not window.close()
    assert window.isVisible()
    assert window.close()
    assert len(asked) == 2
    assert window.runner.idle


def test_a_busy_window_is_closed_without_a_question_when_the_system_asks(window, monkeypatch):
    monkeypatch.setattr(Pages, "busy", True)
    monkeypatch.setattr(dialogs, "ask_to_close", lambda parent: False)
    assert not window.close()
    window.close_unasked()
    assert not window.isVisible()


def test_closing_without_work_asks_nothing(window, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_to_close", lambda parent: pytest.fail("asked"))
    assert window.close()


def enlarged(qtbot, window, path):
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([path])
    upscale.start()
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    return upscale.result


def test_what_is_saved_is_what_was_there_before_it_was_asked_where_to(
    qtbot, window, upscale, picture_file, another_file, tmp_path, monkeypatch, subtests
):
    chosen, target = enlarged(qtbot, window, picture_file), tmp_path / "chosen.png"

    def ask(parent, start):
        enlarged(qtbot, window, another_file)
        return target

    monkeypatch.setattr(dialogs, "ask_target", ask)
    monkeypatch.setattr(dialogs, "ask_comparison_target", ask)
    with subtests.test("a result"):
        with qtbot.waitSignal(upscale.exporter.saved):
            window.qactions.save_as.trigger()
        np.testing.assert_array_equal(read_picture(target).pixels, chosen.picture.pixels)
        assert chosen.file == target
    with subtests.test("a comparison"):
        window.strip.buttons[0].click()
        assert upscale.current.path == picture_file and upscale.result is chosen
        comparison, target = upscale.compare.comparison(beside=True), tmp_path / "both.png"
        with qtbot.waitSignal(upscale.exporter.saved):
            upscale.compare.save_requested.emit("side")
        np.testing.assert_array_equal(read_picture(target).pixels, picture_of(comparison, "side"))


def test_a_picture_that_was_closed_while_another_is_read_leaves_no_note(
    qtbot, window, picture_file, another_file
):
    enlarged(qtbot, window, picture_file)
    release = threading.Event()
    window.runner.submit(lambda context: release.wait(10), worker=Worker.IO)
    window.open_paths([another_file])
    assert window._note.text() == "Opening…"
    window.qactions.close_picture.trigger()
    release.set()
    assert window._note.text() == ""
    window.close_unasked()


def test_closing_asks_about_unsaved_results_by_name(
    qtbot, window, picture_file, another_file, monkeypatch
):
    enlarged(qtbot, window, picture_file)
    enlarged(qtbot, window, another_file)
    asked, answers = [], iter(["stay", "discard"])

    def ask(parent, names, busy):
        asked.append((names, busy))
        return next(answers)

    monkeypatch.setattr(dialogs, "ask_about_unsaved", ask)
    assert not window.close()
    assert asked == [(["a small picture.png", "cat.png"], False)]
    assert window.close()
    assert len(asked) == 2


def test_save_all_saves_every_result_and_closes(
    qtbot, window, picture_file, another_file, settings, monkeypatch
):
    settings.change(output_folder=str(picture_file.parent / "results"))
    enlarged(qtbot, window, picture_file)
    enlarged(qtbot, window, another_file)
    monkeypatch.setattr(dialogs, "ask_about_unsaved", lambda *_: "save")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20000)
    names = sorted(file.name for file in (picture_file.parent / "results").iterdir())
    assert names == ["a small picture_bsr_x2.png", "cat_bsr_x2.png"]


def test_save_all_does_not_end_what_was_begun_meanwhile(
    qtbot, window, upscale, picture_file, monkeypatch
):
    enlarged(qtbot, window, picture_file)
    asked = []
    monkeypatch.setattr(dialogs, "ask_about_unsaved", lambda *_: "save")
    monkeypatch.setattr(dialogs, "ask_to_close", asked.append)  # no answer: it stays open
    window.runner.pause_queue(True)  # only what computes
    window.close()
    upscale.start()
    qtbot.waitUntil(lambda: bool(asked), timeout=20000)
    assert window.isVisible() and upscale.running
    window.runner.pause_queue(False)
    window.close_unasked()


def test_the_window_stays_where_a_result_cannot_be_saved(
    qtbot, window, picture_file, settings, monkeypatch
):
    (picture_file.parent / "no folder").write_text("")
    settings.change(output_folder=str(picture_file.parent / "no folder"))
    enlarged(qtbot, window, picture_file)
    monkeypatch.setattr(dialogs, "ask_about_unsaved", lambda *_: "save")
    with qtbot.waitSignal(window.pages.upscale.exporter.idle):
        window.close()
    assert window.isVisible()
    assert window.pages.upscale.session.unsaved()
    window.close_unasked()


def test_what_keeps_the_window_open_stays_to_be_read(
    qtbot, window, upscale, picture_file, another_file, settings, monkeypatch
):
    settings.change(output_folder=str(picture_file.parent))
    enlarged(qtbot, window, picture_file)
    enlarged(qtbot, window, another_file)
    real, full = saving.save, [OSError(28, "No space left on device")]

    def save(*arguments):
        if full:
            raise full.pop()
        return real(*arguments)

    monkeypatch.setattr(saving, "save", save)
    monkeypatch.setattr(dialogs, "ask_about_unsaved", lambda *_: "save")
    with qtbot.waitSignal(upscale.exporter.idle):
        window.close()
    assert len(upscale.session.unsaved()) == 1 and window.isVisible()
    assert "disk is full" in window.notice.text()
    window.notice.dismiss()
    assert window.notice.text().startswith("Saved “cat")
    window.tell_error(OSError("of an earlier hour"))
    with qtbot.waitSignal(upscale.exporter.saved):
        upscale.save_all()
    assert window.notice.text().startswith("Saved “a small picture")
    window.close_unasked()


def test_the_strip_shows_the_colours_of_a_picture_s_profile(qtbot, tmp_path):
    strip = SessionStrip()
    qtbot.addWidget(strip)
    linear = make_profile((1.0,), None, "linear grey")
    picture = Picture(np.full((40, 60, 3), 100, np.uint8), icc=linear)
    kept = SessionPicture(OpenPicture(picture, "a", None), tmp_path)
    strip.show_pictures([kept], None)
    icon = strip.buttons[0].icon().pixmap(44, 30).toImage()
    assert icon.pixelColor(22, 15).red() in (167, 168)


def test_the_strip_leads_back_to_a_picture_with_its_results(
    qtbot, window, upscale, picture_file, another_file
):
    first = enlarged(qtbot, window, picture_file)
    assert not window.strip.isVisible()
    enlarged(qtbot, window, another_file)
    assert window.strip.isVisible()
    names = [button.accessibleName() for button in window.strip.buttons]
    assert names == ["a small picture.png: not saved", "cat.png: not saved"]
    window.strip.buttons[0].click()
    qtbot.waitUntil(lambda: upscale.current.path == picture_file)
    assert upscale.result is first
    assert [button.isChecked() for button in window.strip.buttons] == [True, False]
    window.qactions.close_picture.trigger()  # its result is kept
    assert window.upscale_stack.currentWidget() is window.empty
    assert [button.isChecked() for button in window.strip.buttons] == [False, False]
    assert window.strip.isVisible()
    window.show_page(BATCH)
    assert not window.strip.isVisible()
    window.close_unasked()


def test_what_was_lost_in_a_crash_is_offered_at_the_next_start(
    qtbot, window, upscale, picture_file, settings, home, monkeypatch
):
    result = enlarged(qtbot, window, picture_file)
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    expected = result.picture.pixels.copy()
    window.close_unasked()
    runner = JobRunner()
    second = MainWindow(settings, runner)
    qtbot.addWidget(second)
    second.show()
    with qtbot.waitSignal(second.pages_loaded, timeout=20000):
        second.load_pages()
    qtbot.waitUntil(lambda: "a small picture.png" in second.notice.text(), timeout=20000)
    second.notice.choices()[0].click()
    qtbot.waitUntil(lambda: second.pages.upscale.result is not None, timeout=20000)
    np.testing.assert_array_equal(second.pages.upscale.result.picture.pixels, expected)
    assert second.pages.upscale.session.unsaved()
    monkeypatch.setattr(dialogs, "ask_about_unsaved", lambda *_: "discard")
    second.close()
    assert list((home / "sessions").iterdir()) == []
    runner.shutdown()


def test_lost_results_are_offered_until_that_is_answered(
    qtbot, window, upscale, picture_file, home, subtests
):
    lost = OpenPicture(Picture(np.zeros((4, 4, 3), np.uint8)), "lost.png", None)
    for answer in ("Delete them", "Close this message"):
        with subtests.test(answer=answer):
            window.pages.session.found.emit([SessionPicture(lost, home / "sessions" / "lost")])
            offer = window.notice.text()
            assert "lost.png" in offer
            with qtbot.waitSignal(upscale.opened):
                window.open_paths([picture_file])
            assert window.notice.text() == offer
            window.notice.say("success", "Something went well.")
            window.notice.dismiss()
            assert window.notice.text() == offer
            buttons = window.notice.findChildren(QAbstractButton)
            next(made for made in buttons if answer in (made.text(), made.accessibleName())).click()
            assert window.notice.text() == ""
            window.notice.say("success", "Something went well.")
            window.notice.dismiss()
            assert window.notice.text() == ""


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    "button, answer", [("Save all", "save"), ("Discard", "discard"), ("Cancel", "stay")]
)
def test_the_question_about_unsaved_results_names_them(parent, button, answer):
    def press():
        box = QApplication.activeModalWidget()
        assert "cat.png" in box.text()
        next(made for made in box.buttons() if made.text() == button).click()

    QTimer.singleShot(0, press)
    assert dialogs.ask_about_unsaved(parent, ["cat.png", "cat.png"], True) == answer


@pytest.mark.parametrize("button, stops", [(0, True), (1, False)])
def test_the_question_before_closing_has_two_plain_answers(parent, button, stops):
    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.buttons()[button].click()

    QTimer.singleShot(0, answer)
    assert dialogs.ask_to_close(parent) is stops


def test_every_menu_action_has_a_key_that_is_listed_under_f1(qtbot, window, subtests):
    with subtests.test("every one has a key"):
        without = [action.text() for action in menu_actions(window) if not action.shortcuts()]
        assert without == ["&Clear this list", "2 panes", "3 panes", "4 panes"]
    with subtests.test("no key is taken twice"):
        keys = [key.toString() for action in menu_actions(window) for key in action.shortcuts()]
        assert len(keys) == len(set(keys))
    with subtests.test("every key is listed"):
        dialog = ShortcutsList(window.menuBar())
        qtbot.addWidget(dialog)
        shown = {child.text() for child in dialog.findChildren(QLabel)}
        for action in menu_actions(window):
            if action.shortcuts():
                assert keys_of(action) in shown
        assert dict(shortcuts_of(window.menus.view))["Split"] == "S"


def test_the_list_of_keys_shows_no_marks_of_access_keys():
    assert plain("&Open…") == "Open"
    assert plain("打开(&O)…") == "打开"  # where no letter of the word can be marked
    assert plain("Salt && pepper") == "Salt & pepper"


def test_tab_walks_through_the_panel_from_top_to_bottom(qtbot, window, upscale, picture_file):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    panel = upscale.panel
    order = [
        panel.form.size_form.choice.segment("2"),
        panel.form.model_form.model,
        panel.form.weights.segment("binary"),
        panel.start,
    ]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    order[0].setFocus()
    for widget in order[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is widget


def test_a_pair_from_the_batch_is_compared(qtbot, window, upscale, picture_file, tmp_path):
    upscaled = tmp_path / "enlarged.png"
    write_picture(Picture(np.zeros((48, 72, 3), np.uint8)), upscaled)
    with qtbot.waitSignal(upscale.opened):
        window.pages.batch.open_in_compare.emit(picture_file, upscaled)
    assert upscale.current.path == picture_file
    assert upscale.result.title == "enlarged.png"
    assert upscale.result.scale == 2.0
    assert window.stack.currentIndex() == UPSCALE


def test_notices_float_over_the_picture_inside_the_window(qtbot, window, upscale, picture_file):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    left = window.side_bar.width()
    window.notice.say("success", "Short.")
    assert left <= window.notice.geometry().left()
    assert window.notice.geometry().right() <= left + upscale.compare.width()
    window.notice.say("error", "A rather long text that says what went wrong. " * 5)
    assert left <= window.notice.geometry().left()
    assert window.notice.geometry().right() <= window.width()


def test_the_newest_result_is_seen_whole_in_a_small_window(
    qtbot, language, window, upscale, picture_file, subtests
):
    window.resize(800, 500)
    results = upscale.panel.results
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    for spoken in LANGUAGES:
        with subtests.test(spoken=spoken):
            language.speak(spoken)
            upscale.start()
            qtbot.waitUntil(lambda: results.count() == 1, timeout=20000)
            row = results.itemWidget(results.item(0))
            qtbot.waitUntil(lambda row=row: row.visibleRegion().boundingRect() == row.rect())
            window.qactions.close_result.trigger()
            assert results.count() == 0


def test_the_colours_change_with_the_theme_at_once(frame):
    light = frame.grab().toImage().pixelColor(450, 590)
    theme.apply_theme("dark")
    QApplication.sendEvent(frame, QEvent(QEvent.Type.PaletteChange))
    dark = frame.grab().toImage().pixelColor(450, 590)
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_the_icons_of_empty_pages_change_with_the_theme(qtbot, window):
    shown = []
    for page in (UPSCALE, BATCH):
        window.show_page(page)
        shown += [made for made in window.findChildren(LargeIcon) if made.isVisible()]
    assert len(shown) == 2
    light = [large.pixmap().toImage() for large in shown]
    theme.apply_theme("dark")
    for large, before in zip(shown, light, strict=True):
        qtbot.waitUntil(lambda large=large, before=before: large.pixmap().toImage() != before)
    theme.apply_theme("light")
    for large, before in zip(shown, light, strict=True):
        qtbot.waitUntil(lambda large=large, before=before: large.pixmap().toImage() == before)


SCREENS = {
    "1366x768": (1366, 768),
    "1920x1080 at 200 %": (1920 // 2, 1080 // 2),
    "1280x800 at 150 %": (1280 * 2 // 3, 800 * 2 // 3),
    "the smallest": (800, 500),
}


def test_what_is_pressed_is_on_every_screen(
    qtbot, window, upscale, runner, settings, monkeypatch, picture_file, subtests
):
    enlarged(qtbot, window, picture_file)
    compare, room = upscale.compare, SimpleNamespace()
    monkeypatch.setattr(MainWindow, "screen", lambda self: room)
    for screen, (width, height) in SCREENS.items():
        with subtests.test(screen=screen):
            room.availableGeometry = lambda size=(width, height): QRect(0, 0, *size)
            made = MainWindow(settings, runner)  # for its measures
            qtbot.addWidget(made)
            window.setMinimumSize(made.minimumSize())
            window.resize(made.size())
            qtbot.wait(1)
            assert window.width() <= width
            assert window.height() <= height
            for widget in (upscale.panel.start, upscale.save_bar.save, compare.split):
                assert is_whole_in(window, widget), widget
            assert is_whole_in(window, window.side_bar)
            assert not compare.split.geometry().isEmpty()
            panel_left = upscale.panel.mapTo(window, QPoint(0, 0)).x()
            assert compare.mapTo(window, compare.rect().topRight()).x() < panel_left


def is_whole_in(window, widget):
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return window.rect().contains(place) and not widget.visibleRegion().isEmpty()


def test_enlarging_while_the_kernels_are_compiled_says_what_it_waits_for(
    qtbot, window, upscale, picture_file
):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    window.runner.pause_queue(True)
    warm_up = window.pages.warm_up
    warm_up.progressed.emit(0)
    upscale.start()
    assert upscale.panel.stage_text() == "Preparing for this processor, once…"
    assert upscale.panel.progress.maximum() == 0  # no share is told, for none is known
    warm_up.finished.emit()
    assert upscale.panel.stage_text() == "Waiting for other tasks…"
    window.runner.pause_queue(False)
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    window.close_unasked()


def test_a_result_is_saved_again_in_another_format(qtbot, window, upscale, picture_file, settings):
    enlarged(qtbot, window, picture_file)
    for format in ("png", "jpeg"):
        settings.change(format=format)
        with qtbot.waitSignal(upscale.exporter.saved):
            window.qactions.save.trigger()
    names = sorted(path.suffix for path in picture_file.parent.glob("*_bsr_x2*"))
    assert names == [".jpg", ".png"]


def test_a_long_notice_keeps_its_beginning(frame):
    frame.notice.say("success", "Saved as a name. " + "And much more is to be said. " * 20)
    assert frame.notice._text.text().startswith("Saved as a name.")


def test_the_batch_menu_offers_only_what_does_something(qtbot, window, picture_file):
    actions = window.qactions
    menu = [action for name, action in vars(actions).items() if name.startswith("batch_")]
    assert menu and not [action.text() for action in menu if action.isEnabled()]
    window.opener.batch_wanted.emit([picture_file])
    batch = window.pages.batch
    qtbot.waitUntil(lambda: batch.panel.start.isEnabled(), timeout=20000)
    assert actions.batch_start.isEnabled() and actions.batch_clear.isEnabled()
    assert not batch.list.remove.isEnabled() and not actions.batch_remove.isEnabled()
    batch.list.table.selectAll()
    assert batch.list.remove.isEnabled() and actions.batch_remove.isEnabled()
    window.runner.pause_queue(True)
    actions.batch_start.trigger()
    enabled = [action for action in menu if action.isEnabled()]
    assert enabled == [actions.batch_pause, actions.batch_cancel]
    window.runner.pause_queue(False)
    qtbot.waitUntil(lambda: not batch.running, timeout=20000)
    assert not actions.batch_cancel.isEnabled()


def test_the_focus_stays_where_the_person_was(qtbot, window, upscale, picture_file):
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    model = upscale.panel.form.model_form.model
    model.setFocus()
    window.runner.pause_queue(True)
    window.qactions.start.trigger()
    assert window.focusWidget() is upscale.panel.cancel
    window.qactions.cancel.trigger()
    qtbot.waitUntil(lambda: not upscale.running, timeout=20000)
    assert window.focusWidget() is model
    window.runner.pause_queue(False)
    for number in (BATCH, MODELS):
        window.qactions.pages[number].trigger()
        assert window.stack.currentWidget().isAncestorOf(window.focusWidget()), number
    window.qactions.pages[UPSCALE].trigger()
    assert window.focusWidget() is model


class ShownWindows(QObject):
    """Remembers every widget that was shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.types = []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.types.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(
    qtbot, runner, settings, bundled, kernels, monkeypatch, picture_file
):
    monkeypatch.setattr("bsr.engine.models.catalog.BUNDLED_MODELS", bundled)
    shown = ShownWindows()
    QApplication.instance().installEventFilter(shown)
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.pages_loaded, timeout=20000):
        window.load_pages()
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    upscale.compare.set_mode("side")
    upscale.compare_here(Region(0, 0, 10, 10))
    upscale.measure_quality()
    window.show_page(MODELS)
    window.show_page(BATCH)
    QApplication.instance().removeEventFilter(shown)
    assert shown.types == ["MainWindow"]


def test_loading_does_not_hold_the_event_loop(
    qtbot, runner, settings, bundled, kernels, monkeypatch
):
    monkeypatch.setattr("bsr.engine.models.catalog.BUNDLED_MODELS", bundled)

    def load():
        window = MainWindow(settings, runner)
        qtbot.addWidget(window)
        window.show()
        with longest_hold() as loading, qtbot.waitSignal(window.pages_loaded, timeout=20000):
            window.load_pages()
        with longest_hold() as settling:
            qtbot.waitUntil(lambda: runner.idle, timeout=20000)
        return max(loading.milliseconds, settling.milliseconds)

    assert any(load() < 100 for _ in range(3))  # what is held once may be another program's doing


def test_a_window_closed_while_it_loads_takes_no_pages(qtbot, runner, settings):
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    window.show()
    window.load_pages()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    window.close()  # the pages are built after this
    with qtbot.waitSignal(window.pages_loaded, timeout=500, raising=False) as loaded:
        pass
    assert not loaded.signal_triggered
    assert window.pages is None


def test_enlarging_never_waits_for_the_measuring_of_all_models(
    qtbot, window, picture_file, monkeypatch
):
    began = []

    def measure(catalog, card, threads, cancel):
        began.append(card)
        while True:
            cancel.check()

    monkeypatch.setattr("bsr.work.model_files.measure", measure)
    upscale, batch, models = window.pages.upscale, window.pages.batch, window.pages.models
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    batch.add_paths([picture_file])
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    for page in (upscale, batch):
        began.clear()
        models.measure_all()
        qtbot.waitUntil(lambda: len(began) == 1)
        page.start()
        assert page.running
        qtbot.waitUntil(lambda: window.runner.idle, timeout=10000)
    assert upscale.result is not None
    assert len(began) == 1 and models.idle
