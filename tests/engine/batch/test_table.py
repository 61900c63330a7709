"""The table of a batch holds every file, and takes the place of nothing but an earlier table."""

import csv
import os
from pathlib import Path

import pytest

from bsr.engine.batch.journal import read_history
from bsr.engine.batch.journal_lines import CLAIMED, Entry
from bsr.engine.batch.table import check_table, write_table
from bsr.engine.errors import BsrError
from tests.engine.batch.test_journal import DONE_A, FAILED_B, written


@pytest.fixture
def history(tmp_path):
    written(tmp_path, DONE_A, FAILED_B)
    return read_history(tmp_path)


def test_the_table_has_a_line_for_every_file(tmp_path):
    waiting = Entry('/in/"c",\n.png', CLAIMED, "c_x4.png")
    written(tmp_path, DONE_A, FAILED_B, waiting)
    write_table(read_history(tmp_path), tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["state"]) for row in rows] == [
        ("/in/a.png", "done"),
        ("/in/b.png", "failed"),
        (waiting.file, "waiting"),
    ]
    assert rows[0]["seconds"] == "1.500"
    assert rows[1]["error"] == "b.png is no picture."


def test_a_table_leaves_nothing_of_the_longer_one_before_it(history, tmp_path):
    new, old, empty = (tmp_path / f"{name}.csv" for name in ("new", "old", "empty"))
    write_table(history, new)
    old.write_bytes(new.read_bytes() * 99)
    empty.touch()
    for path in (old, empty):
        write_table(history, path)
        assert path.read_bytes() == new.read_bytes()


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", b"file,size\n", b"f"])
def test_a_table_takes_the_place_of_nothing_else(history, tmp_path, data):
    path = tmp_path / "holiday.png"
    path.write_bytes(data)
    for ask in (check_table, lambda path: write_table(history, path)):
        with pytest.raises(BsrError, match=r"holiday\.png is not a batch table"):
            ask(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "it is a folder"),
        ("link.csv", "it is a folder"),
        ("a.txt/table.csv", "a part of the path is not a folder"),
        ("locked/table.csv", "permission is denied"),
        ("locked/new/table.csv", "permission is denied"),
    ],
)
def test_a_place_where_no_table_could_be_written_is_refused(tmp_path, monkeypatch, name, reason):
    (tmp_path / "a.txt").touch()
    (tmp_path / "locked").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path)
    monkeypatch.setattr(os, "access", lambda folder, _: folder.name != "locked")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BsrError, match=f"cannot be written: {reason}"):
        check_table(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_of_a_table_is_made_where_it_is_missing(history, tmp_path):
    path = tmp_path / "new" / "tables" / "table.csv"
    check_table(path)
    assert not path.parent.parent.exists()
    write_table(history, path)
    assert path.is_file()


def test_a_table_that_cannot_be_finished_leaves_the_earlier_one(history, tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    write_table(history, path)
    before, names = path.read_bytes(), set(tmp_path.iterdir())

    def fail(_):
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BsrError, match="cannot be written"):
        write_table(history, path)
    assert path.read_bytes() == before and set(tmp_path.iterdir()) == names


def test_a_table_behind_a_link_is_written_where_it_lies(history, tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "table.csv")
    write_table(history, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "table.csv").is_file()


def test_a_table_that_others_read_through_a_pipe_reaches_them(history, tmp_path):
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as reader:
        write_table(history, Path(f"/dev/fd/{writing}"))
        os.close(writing)
        assert reader.read().startswith(b"file,state,output,")
