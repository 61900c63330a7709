"""Nothing of a session is lost: not by what comes later, a crash, a damaged file or an end."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.qt.job_runner import JobRunner, Worker
from bsr.qt.session import Session
from bsr.work import session as files
from bsr.work.results import Result
from bsr.work.session import SessionPicture, read_session
from bsr.work.upscaling import OpenPicture


def opened(value=0):
    return OpenPicture(Picture(np.full((4, 5, 3), value, np.uint8)), f"{value}.png", None, None)


def result(value):
    picture = Picture(np.full((8, 10, 3), value, np.uint8))
    return Result(picture, "BSR x2", "bsr-x2", "binary", 0.1, 100, 2.0)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "sessions"


@pytest.fixture
def session(runner, root):
    return Session(runner, root)


@pytest.fixture
def crashed(qtbot, root):
    """Leave the results of values behind as a crash does; return their folder."""

    def crashed(*values):
        runner = JobRunner()
        session = Session(runner, root)
        kept = session.add(opened())
        for value in values:
            session.keep(kept, result(value))
        runner.shutdown()
        session.close(delete=False)
        return kept.folder

    return crashed


def values_of(kept):
    return [int(result.picture.pixels[0, 0, 0]) for result in kept.results]


def found_by(qtbot, session):
    """What a session finds, or nothing."""
    found = []
    session.found.connect(found.append)
    with qtbot.waitSignal(session.look_for_lost().finished):
        pass
    qtbot.waitUntil(lambda: session._runner.idle)
    return found[0] if found else []


def test_no_result_takes_the_place_of_one_that_was_closed_and_brought_back(qtbot, runner, session):
    kept = session.add(opened())
    first, second = result(1), result(2)
    session.keep(kept, first)
    session.drop(kept, first)
    session.keep(kept, first)  # it was brought back
    session.keep(kept, second)
    qtbot.waitUntil(lambda: runner.idle)
    session.rest(kept)
    assert values_of(kept) == [1, 2]
    assert [values_of(one) for one in read_session(kept.folder.parent)[0]] == [[1, 2]]


def test_no_result_takes_the_place_of_one_that_was_found_after_a_crash(qtbot, session, crashed):
    folder = crashed(1, 2)
    for file in folder.glob("result-0001*"):
        file.unlink()
    (kept,) = found_by(qtbot, session)
    session.adopt([kept])
    session.keep(kept, result(3))
    qtbot.waitUntil(lambda: session._runner.idle)
    session.rest(kept)
    assert values_of(kept) == [2, 3]


def test_what_was_found_and_not_answered_for_is_offered_again(qtbot, runner, root, crashed):
    folder = crashed(1)
    first = Session(runner, root)
    assert len(found_by(qtbot, first)) == 1
    first.close(delete=True)
    assert folder.exists()
    second = Session(runner, root)
    (kept,) = found_by(qtbot, second)
    second.adopt([kept])
    second.close(delete=True)
    assert not folder.exists()


def test_what_was_found_is_shown_beside_the_same_picture_opened_anew(session, tmp_path):
    photo = replace(opened(), path=tmp_path / "photo.png")
    anew, found = (
        session.add(photo),
        SessionPicture(replace(photo, content=object()), tmp_path / "found"),
    )
    session.adopt([found])
    assert session.add(found.opened) is found
    assert session.add(photo) is anew
    assert session.add(replace(photo)) is anew


@pytest.mark.parametrize("damaged", ["json", "pixels.npy"])
@pytest.mark.parametrize("data", [b"", b"{}", b"\x93NUMPY\x01\x00"])
def test_a_damaged_result_takes_no_other_with_it(qtbot, session, crashed, damaged, data):
    folder = crashed(1, 2, 3)
    (folder / f"result-0002.{damaged}").write_bytes(data)
    (kept,) = found_by(qtbot, session)
    assert values_of(kept) == [1, 3]


@pytest.mark.parametrize("name", ["original.json", "original.pixels.npy", "result-0001.json"])
def test_what_cannot_be_read_is_not_deleted(qtbot, session, crashed, name):
    folder = crashed(1)
    (folder / name).write_bytes(b"")
    assert found_by(qtbot, session) == []
    session.close(delete=True)
    assert (folder / "result-0001.pixels.npy").exists()


@pytest.mark.parametrize("answer", [Session.adopt, Session.discard])
def test_what_cannot_be_read_outlives_what_can(qtbot, runner, root, session, crashed, answer):
    folder = crashed(1, 2)
    (folder / "result-0002.json").write_bytes(b"")
    answer(session, found_by(qtbot, session))
    qtbot.waitUntil(lambda: runner.idle)
    session.close(delete=True)
    left = {file.stem.partition(".")[0] for file in folder.iterdir()}
    assert left == {"original", "result-0002"}
    assert found_by(qtbot, Session(runner, root)) == []


def test_what_is_discarded_is_deleted_beside_the_window(
    qtbot, runner, session, crashed, monkeypatch
):
    folder, threads, remove = crashed(1).parent, [], files.remove_folder

    def noted(gone):
        threads.append(threading.current_thread())
        remove(gone)

    monkeypatch.setattr(files, "remove_folder", noted)
    session.discard(found_by(qtbot, session))
    qtbot.waitUntil(lambda: runner.idle)
    assert not folder.exists() and threading.main_thread() not in threads


def test_what_is_discarded_at_the_end_is_not_offered_again(qtbot, root, crashed, ending):
    """Though the worker was reading something else until then."""
    folder, runner = crashed(1).parent, JobRunner()
    session = Session(runner, root)
    lost = found_by(qtbot, session)
    runner.submit(lambda context: ending.wait(10), worker=Worker.IO)
    session.discard(lost)
    runner.shutdown(essential=False)
    session.close(delete=True)
    assert not folder.exists()


def test_what_was_saved_before_the_end_is_deleted(qtbot, session, crashed):
    folder = crashed(1)
    note = folder / "result-0001.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"file": "/somewhere/a.png"}))
    assert found_by(qtbot, session) == []
    assert not folder.exists()


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"another")])
def test_a_result_whose_file_is_not_as_it_was_written_is_offered_after_a_crash(
    qtbot, runner, root, tmp_path, change
):
    session, made, file = Session(runner, root), result(1), tmp_path / "a.png"
    file.write_bytes(b"the result")
    made.take_file(file)
    kept = session.add(opened())
    session.keep(kept, made)
    qtbot.waitUntil(lambda: runner.idle)
    assert read_session(kept.folder.parent)[0] == []
    change(file)
    (read,) = read_session(kept.folder.parent)[0]
    assert values_of(read) == [1]


def test_what_made_a_result_outlives_a_crash(qtbot, runner, root):
    session, made = Session(runner, root), result(1)
    made.checksums, made.asked = {"bsr-x2": "5" * 64}, "clean"
    kept = session.add(opened())
    session.keep(kept, made)
    qtbot.waitUntil(lambda: runner.idle)
    (read,) = read_session(kept.folder.parent)[0]
    assert read.results[0].checksums == made.checksums
    assert read.results[0].asked == made.asked


def test_a_result_of_an_earlier_edition_is_read_without_what_it_did_not_know(
    qtbot, session, crashed
):
    folder = crashed(1)
    note = folder / "result-0001.json"
    values = json.loads(note.read_text())
    del values["size"], values["percent"], values["asked"], values["frames"]
    note.write_text(json.dumps(values))
    (kept,) = found_by(qtbot, session)
    assert values_of(kept) == [1] and kept.results[0].percent == 100
    assert kept.results[0].asked is None  # so it is never taken for one of another clean-up


def test_a_result_whose_writing_still_waits_is_written_before_the_end(runner, root, ending):
    session = Session(runner, root)
    busy = runner.submit(lambda context: ending.wait(10), worker=Worker.IO)
    kept = session.add(opened())
    session.keep(kept, result(1))
    runner.shutdown()
    session.close(delete=False)
    assert busy.ended
    assert [values_of(one) for one in read_session(kept.folder.parent)[0]] == [[1]]


def test_what_is_deleted_at_once_is_not_written_first(runner, root, ending):
    session = Session(runner, root)
    runner.submit(lambda context: ending.wait(10), worker=Worker.IO)
    kept = session.add(opened())
    session.keep(kept, result(1))
    runner.shutdown(essential=False)
    assert not kept.folder.exists()


def test_a_closed_result_is_let_go(session):
    kept = session.add(opened())
    session.keep(kept, closed := result(1))
    session.drop(kept, closed)
    assert kept.names == {} and kept.results == []
