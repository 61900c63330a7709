"""A journal outlives what happens to it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsr.engine.batch.journal import Journal, check_settings, read_history
from bsr.engine.batch.journal_lines import CLAIMED, DONE, FAILED, JOURNAL_NAME, WRITING, Entry
from bsr.engine.errors import BsrError

SETTINGS = {"model": "bsr-x4", "scale": 4.0}
DONE_A = Entry(
    "/in/a.png", DONE, "a_x4.png", source=(10, 20), bytes=300, seconds=1.5, megapixels=0.25
)
FAILED_B = Entry("/in/b.png", FAILED, "b_x4.png", error="b.png is no picture.")


def written(folder: Path, *entries: Entry) -> Path:
    with Journal(folder) as journal:
        journal.begin(SETTINGS, {"inputs": ["/in"]})
        journal.add(entries)
    return folder / JOURNAL_NAME


def test_a_journal_tells_what_was_written(tmp_path: Path) -> None:
    written(tmp_path, DONE_A, FAILED_B)
    history = read_history(tmp_path)
    assert history.settings == SETTINGS
    assert history.request == {"inputs": ["/in"]}
    assert list(history.entries.values()) == [DONE_A, FAILED_B]
    assert history.made == {"a_x4.png": 300}


def test_no_journal_tells_nothing(tmp_path: Path) -> None:
    assert read_history(tmp_path).settings is None
    assert not list(tmp_path.iterdir())


def test_the_last_line_of_a_file_counts(tmp_path: Path) -> None:
    written(tmp_path, replace(DONE_A, state=CLAIMED), replace(DONE_A, state=WRITING), DONE_A)
    assert read_history(tmp_path).entries == {DONE_A.file: DONE_A}


def test_a_new_run_starts_empty_but_knows_what_was_made(tmp_path: Path) -> None:
    written(tmp_path, DONE_A)
    written(tmp_path, FAILED_B)
    history = read_history(tmp_path)
    assert list(history.entries) == [FAILED_B.file]
    assert history.made == {"a_x4.png": 300}


def can_be_a_name(name: bytes) -> bool:
    return b"/" not in name and b"\0" not in name and name not in (b".", b"..")


@given(name=st.binary(min_size=1, max_size=250).filter(can_be_a_name))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_name_survives(tmp_path: Path, name: bytes) -> None:
    path = os.fsdecode(name)
    entry = replace(DONE_A, file=path, output=path, error=path)
    written(tmp_path, entry)
    assert read_history(tmp_path).entries == {path: entry}


def test_a_journal_cut_anywhere_keeps_its_whole_lines_and_goes_on(tmp_path: Path) -> None:
    path = written(tmp_path, DONE_A, FAILED_B)
    whole = path.read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        with Journal(tmp_path) as journal:
            history = journal.read()
            assert path.stat().st_size == max([0, *(end for end in ends if end <= cut)])
            if history.settings is None:
                journal.begin(SETTINGS, {"inputs": ["/in"]})
            journal.add([FAILED_B])
        entries = read_history(tmp_path).entries
        assert entries == {**history.entries, FAILED_B.file: FAILED_B}


@pytest.mark.parametrize("tail", [b"\0" * 100, b"\0\0\0\n", b'{"file": 3}', b"[]\n", b"\xff\xfe\n"])
def test_rubbish_at_the_end_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    path = written(tmp_path, DONE_A)
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    with Journal(tmp_path) as journal:
        assert list(journal.read().entries.values()) == [DONE_A]
    assert path.read_bytes() == whole


def test_a_damaged_line_in_the_middle_is_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, DONE_A, FAILED_B)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"#" + lines[1] + lines[2])
    assert list(read_history(tmp_path).entries) == [FAILED_B.file]


@pytest.mark.parametrize(
    "change",
    [{"bytes": "many"}, {"source": [1]}, {"file": 7}, {"seconds": None}, {"unknown": 1}],
)
def test_a_line_with_wrong_values_is_passed_over(tmp_path: Path, change: dict[str, object]) -> None:
    path = written(tmp_path, DONE_A, FAILED_B)
    lines = path.read_text().splitlines(keepends=True)
    lines[1] = json.dumps({**json.loads(lines[1]), **change}) + "\n"
    path.write_text("".join(lines))
    assert list(read_history(tmp_path).entries) == [FAILED_B.file]


def test_other_settings_are_refused_with_the_difference(tmp_path: Path) -> None:
    written(tmp_path, DONE_A)
    history = read_history(tmp_path)
    check_settings(history, SETTINGS, tmp_path)
    with pytest.raises(BsrError, match=r"scale was 4\.0 and is now 2\.0"):
        check_settings(history, {**SETTINGS, "scale": 2.0}, tmp_path)


def test_a_journal_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_NAME).write_text('{"bsr_batch": 99}\n')
    with Journal(tmp_path) as journal, pytest.raises(BsrError, match="99"):
        journal.read()


def test_a_second_batch_is_kept_out_until_the_first_ends(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(BsrError, match="Another batch"):
        Journal(tmp_path)
    with Journal(tmp_path):
        pass


@pytest.mark.skipif(not hasattr(psutil.Process, "num_fds"), reason="Windows has no descriptors")
def test_a_batch_that_is_kept_out_leaves_no_file_open(tmp_path: Path) -> None:
    def open_here() -> list[str]:
        """Its files alone: threads of other tests may open and close theirs meanwhile."""
        opened = [file.path for file in psutil.Process().open_files()]
        return [path for path in opened if Path(path).parent == tmp_path]

    with Journal(tmp_path):
        before = open_here()
        with pytest.raises(BsrError, match="Another batch"):
            Journal(tmp_path)
        assert before and open_here() == before


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BsrError, match="output folder"):
        Journal(tmp_path / "file")


def test_a_journal_notices_that_its_folder_went(tmp_path: Path) -> None:
    with Journal(tmp_path / "out") as journal:
        assert not journal.lost()
        (tmp_path / "out").rename(tmp_path / "elsewhere")
        assert journal.lost()


def test_what_is_to_outlive_the_machine_is_flushed_to_the_disk(tmp_path, monkeypatch) -> None:
    flushed = []

    def fsync(file):
        flushed.append(os.fstat(file).st_size)
        os_fsync(file)

    os_fsync = os.fsync
    monkeypatch.setattr("bsr.engine.batch.journal.os.fsync", fsync)
    with Journal(tmp_path) as journal:
        size = lambda: journal.path.stat().st_size  # noqa: E731
        journal.begin(SETTINGS, {})
        assert flushed == [size()]
        journal.add([DONE_A], flush=False)
        assert len(flushed) == 1
        journal.add([FAILED_B])
        assert flushed[1:] == [size()]


def test_a_link_in_place_of_the_journal_is_not_followed(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes(b"my notes")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / JOURNAL_NAME).symlink_to(notes)
    with pytest.raises(BsrError, match="symbolic link"):
        Journal(tmp_path / "out")
    with pytest.raises(BsrError, match="symbolic link"):
        read_history(tmp_path / "out")
    assert notes.read_bytes() == b"my notes"


def test_a_dangling_link_in_place_of_the_journal_makes_no_file(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_NAME).symlink_to(tmp_path / "nowhere")
    with pytest.raises(BsrError, match="symbolic link"):
        Journal(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def test_a_pipe_in_place_of_the_journal_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / JOURNAL_NAME)
    with pytest.raises(BsrError, match="named pipe"):
        Journal(tmp_path)
    with pytest.raises(BsrError, match="named pipe"):
        read_history(tmp_path)


@pytest.mark.parametrize("data", [os.urandom(5000), b"my notes\n", b"{}", bytes(100)])
def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / JOURNAL_NAME).write_bytes(data)
    with pytest.raises(BsrError, match="is not a journal of BSR"):
        Journal(tmp_path)
    assert (tmp_path / JOURNAL_NAME).read_bytes() == data


def test_a_journal_too_large_to_be_one_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, DONE_A)
    os.truncate(path, 1 << 40)
    with pytest.raises(BsrError, match="too large"):
        read_history(tmp_path)


def test_opening_a_journal_removes_only_parts_of_this_program(tmp_path: Path) -> None:
    written(tmp_path, replace(DONE_A, state=WRITING))
    ours, foreign = tmp_path / ".0123456789ab.bsr-part", tmp_path / ".keep.bsr-part"
    for path in (ours, foreign):
        path.write_bytes(b"half")
    (tmp_path / ".ba9876543210.bsr-part").mkdir()
    with Journal(tmp_path) as journal:
        journal.read()
    assert not ours.exists() and foreign.exists()


def test_what_is_written_in_pieces_is_written_to_its_end(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(
        "bsr.engine.batch.journal.os.write", lambda file, data: write(file, data[:7])
    )
    written(tmp_path, DONE_A, FAILED_B)
    assert list(read_history(tmp_path).entries.values()) == [DONE_A, FAILED_B]


def test_what_was_being_written_may_have_been_made(tmp_path):
    written(tmp_path, replace(DONE_A, state=WRITING))
    written(tmp_path, FAILED_B)
    assert read_history(tmp_path).made == {"a_x4.png": 300}


def test_a_journal_in_whose_place_another_stands_is_lost(tmp_path):
    with Journal(tmp_path) as journal:
        journal.path.unlink()
        journal.path.touch()
        assert journal.lost()


def test_a_journal_of_an_earlier_edition_is_understood(tmp_path):
    lines = (
        '{"bsr_batch":1,"started":"2026-11-01T10:00:00+0100","settings":{"a":1},"request":{"b":2}}',
        '{"file":"/in/a.png","state":"done","output":"a.png","source":[5,7],"bytes":9,'
        '"seconds":0.5,"megapixels":0.1,"error":null,"sha256":null}',
    )
    (tmp_path / JOURNAL_NAME).write_text("".join(f"{line}\n" for line in lines))
    history = read_history(tmp_path)
    assert (history.settings, history.request) == ({"a": 1}, {"b": 2})
    assert history.entries["/in/a.png"] == Entry(
        "/in/a.png", "done", "a.png", source=(5, 7), bytes=9, seconds=0.5, megapixels=0.1
    )
