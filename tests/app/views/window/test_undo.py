"""What the user took away comes back with Undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from bsr.work.region import Region
from tests.app.enlarging import run_upscale


def undo(notice):
    assert [choice.text() for choice in notice.choices()] == ["Undo"]
    notice.choices()[0].click()


@pytest.fixture
def enlarged(qtbot, window, picture_file):
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    with qtbot.waitSignal(upscale.panel.results.chosen, timeout=20000):
        upscale.start()
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    return upscale


def test_a_closed_result_comes_back(window, enlarged, subtests):
    result, name = enlarged.result, enlarged.current.name
    for way, close in {
        "list": lambda: enlarged.panel.results.close_requested.emit(result),
        "pane": lambda: enlarged.compare.side.panes[1].closed.emit(result),
        "menu": window.qactions.close_result.trigger,
    }.items():
        with subtests.test("however it was closed", way=way):
            close()
            assert enlarged.result is None and enlarged.session.unsaved() == []
            undo(window.notice)
            assert enlarged.result is result and enlarged.compare.results() == [result]
            assert [kept for _, kept in enlarged.session.unsaved()] == [result]
    with subtests.test("with its picture, which was closed since"):
        window.qactions.close_result.trigger()
        window.qactions.close_picture.trigger()
        assert enlarged.current is None
        undo(window.notice)
        assert enlarged.current.name == name and enlarged.compare.results() == [result]


def test_a_closed_result_comes_back_to_the_same_pasted_picture(qtbot, window):
    upscale, image = window.pages.upscale, QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    with qtbot.waitSignal(upscale.opened):
        window.opener.image_wanted.emit(image)
    results = []
    for kind in ("binary", "float"):
        upscale.panel.form.set_model("", kind)
        results.append(run_upscale(qtbot, upscale))
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    kept = upscale.kept
    window.qactions.close_result.trigger()
    upscale.crop(Region(0, 0, 10, 10))
    undo(window.notice)
    assert upscale.session.pictures == [kept] and upscale.kept is kept
    assert kept.results == results


def test_files_taken_out_of_a_batch_come_back(qtbot, window, listed, tmp_path, subtests):
    before, output = [(row.path, row.width) for row in listed.model.rows()], listed.panel.output()
    with subtests.test("one of them"):
        listed.list.table.selectRow(1)
        qtbot.keyClick(listed.list.table, Qt.Key.Key_Delete)
        assert len(listed.model.rows()) == 2
        assert listed.notice.text() == "1 files were taken out of the list."
        undo(listed.notice)
        assert [(row.path, row.width) for row in listed.model.rows()] == before
        assert listed.panel.start.isEnabled()
        assert listed.panel.start.text() == "Enlarge 3 pictures"
    with subtests.test("all of them, with their folder"):
        window.qactions.batch_clear.trigger()
        assert not listed.model.rows()
        undo(listed.notice)
        assert [(row.path, row.width) for row in listed.model.rows()] == before
        assert listed.panel.output() == output
    with subtests.test("but not with what was done since"):
        listed.list.table.selectRow(0)
        listed.remove_selected()
        undone = listed.notice.text()
        fresh = tmp_path / "d.png"
        fresh.write_bytes((tmp_path / "a.png").read_bytes())
        listed.add_paths([fresh])
        assert undone and listed.notice.text() == ""
