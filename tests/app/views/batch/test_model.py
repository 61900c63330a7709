"""The table of a batch: light rows, found by their paths."""

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester

from bsr.engine.upscaling.goal import Goal
from bsr.views.batch import model as batch_model
from bsr.views.batch.model import BatchModel, Row, State, StateFilter


@pytest.fixture
def model(qapp):
    model = BatchModel()
    model.add([Row("/in/a.png", 10, 20), Row("/in/b.png"), Row("/in/c.png", state=State.FAILED)])
    return model


def shown(model, column):
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_qt(qapp):
    model = BatchModel()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    proxy = StateFilter(model)
    model.add([Row("/a.png"), Row("/b.png")])
    model.change("/a.png", state=State.DONE)
    proxy.set_wanted([State.DONE])
    model.remove(["/a.png"])
    model.clear()
    assert tester.model() is model and proxy.rowCount() == 0


def test_a_file_is_in_the_table_once(model):
    model.add([Row("/in/a.png"), Row("/in/d.png"), Row("/in/d.png")])
    assert shown(model, batch_model.PICTURE) == ["a.png", "b.png", "c.png", "d.png"]


def test_a_change_shows_and_is_counted(model):
    model.change("/in/b.png", state=State.DONE, seconds=2.0, output="/out/b.png")
    assert shown(model, batch_model.STATE) == ["Waiting", "Done", "Failed"]
    assert shown(model, batch_model.SECONDS)[1] == "2.0 s"
    assert model.counts[State.WAITING] == model.counts[State.DONE] == 1


def test_a_change_announces_its_row_and_nothing_does_not(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.change("/in/b.png", state=State.WORKING)
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.change("/in/b.png", state=State.WORKING)
        model.change("/in/unknown.png", state=State.DONE)


def test_rows_are_found_after_others_were_removed(model):
    model.remove(["/in/a.png"])
    model.change("/in/c.png", state=State.DONE)
    assert shown(model, batch_model.STATE) == ["Waiting", "Done"]
    assert sum(model.counts.values()) == 2


def test_the_sizes_follow_the_scale(model):
    model.set_size(2.5)
    assert shown(model, batch_model.SIZE) == ["20 × 10 → 50 × 25", "", ""]
    model.set_size(2.25)
    assert shown(model, batch_model.SIZE)[0] == "20 × 10 → 45 × 23"  # half a pixel is rounded up
    model.set_size(Goal(width=70))
    assert shown(model, batch_model.SIZE)[0] == "20 × 10 → 70 × 35"
    model.set_size(Goal(width=10))
    assert shown(model, batch_model.SIZE)[0] == "20 × 10"  # it is larger already
    model.set_size(Goal(width=70))
    assert shown(model, batch_model.SIZE)[0] == "20 × 10 → 70 × 35"
    model.set_size(Goal(width=10))
    assert shown(model, batch_model.SIZE)[0] == "20 × 10"  # it is larger already


def test_a_reason_does_not_repeat_the_path(model):
    model.change("/in/c.png", reason="/in/c.png is no picture.")
    assert shown(model, batch_model.REASON)[2] == "Is no picture."


def test_the_filter_follows_the_states(model):
    proxy = StateFilter(model)
    proxy.set_wanted([State.FAILED])
    assert shown(proxy, batch_model.PICTURE) == ["c.png"]
    model.change("/in/a.png", state=State.FAILED)
    assert shown(proxy, batch_model.PICTURE) == ["a.png", "c.png"]


def test_only_so_many_thumbnails_are_kept(model, monkeypatch):
    monkeypatch.setattr(batch_model, "MAX_THUMBNAILS", 2)
    for name in ("a", "b", "c"):
        model.set_thumbnail(f"/in/{name}.png", QPixmap(1, 1))
    assert model.thumbnail("/in/a.png") is None
    assert model.thumbnail("/in/c.png") is not None
