"""What happens to the pictures before and while a batch runs."""

import json
import os
import shutil
import socket
from pathlib import Path

import pytest

from bsr.engine.images import read_picture
from tests.engine.batch.batches import put
from tests.faults.child import Batch, parts, pictures
from tests.faults.conftest import FORTY

NAMES = [
    "Ansicht vom Gr\u00fcnen B\u00e4r.png",
    "\u0432\u0438\u0434 \u0438\u0437 \u043e\u043a\u043d\u0430.png",
    "\u7a97\u5916\u7684\u98ce\u666f.png",
    "\u0645\u0646\u0638\u0631.png",
    "\u0916\u093f\u0921\u093c\u0915\u0940 \U0001f5bc.png",
    "two\nlines\r\n.png",
    "\"both\" 'quotes' & $HOME `id` %s {name}.png",
    " leading and trailing .png",
    "-o.png",
    "n" * 246 + ".png",
    "\u7a97" * 82 + ".png",
    os.fsdecode(b"latin-1 \xfc\xdf.png"),
]


def changed_midway(folder: Path, data: Path, change, count=5) -> tuple[Batch, Path]:
    """Run a batch in which the last picture is changed when `count` files are done."""
    batch = Batch(folder, data, stop_after=count)
    batch.wait_until_it_stands_still()
    victim = folder / "in" / max(FORTY)
    change(victim)
    batch.go_on()
    return batch, victim


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Path.unlink, "not exist"),
        (lambda path: os.truncate(path, path.stat().st_size // 2), ""),
        (lambda path: os.truncate(path, 0), "empty"),
        (lambda path: path.write_bytes(os.urandom(500)), ""),
    ],
    ids=["deleted", "truncated", "emptied", "garbled"],
)
def test_a_picture_that_goes_bad_midway_fails_alone(forty, data, change, reason):
    batch, victim = changed_midway(forty, data, change)
    assert batch.end() == 1
    assert "39 done, 0 skipped, 1 failed" in batch.text()
    assert victim.name in batch.text() and reason in batch.text()
    assert "Traceback" not in batch.text()
    assert len(pictures(batch.output)) == 39 and not parts(batch.output)


def test_a_picture_that_is_exchanged_midway_is_done_as_it_is_now(forty, data):
    other = put(forty, "other.png")
    batch, victim = changed_midway(forty, data, lambda path: shutil.copy(other, path))
    assert batch.end() == 0
    shutil.copy(other, forty / "in" / "other.png")
    assert Batch(forty, data, "--resume").end() == 0
    made = pictures(batch.output)
    assert made[f"c/{victim.stem}_bsr_x2.png"] == made["other_bsr_x2.png"]


def test_a_picture_that_changed_after_it_was_done_is_done_again(forty, data):
    batch = Batch(forty, data, stop_after=20)
    batch.wait_until_it_stands_still()
    batch.kill()
    first = forty / "in" / min(FORTY)
    shutil.copy(put(forty, "other.png"), first)
    before = pictures(batch.output)
    assert Batch(forty, data, "--resume").end() == 0
    after = pictures(batch.output)
    assert [name for name in before if after[name] != before[name]] == [
        f"a/{first.stem}_bsr_x2.png"
    ]


def test_a_picture_that_may_not_be_read_fails_alone(forty, data):
    (forty / "in" / FORTY[0]).chmod(0)
    batch = Batch(forty, data, plain_user=True)
    assert batch.end() == 1
    assert "39 done, 0 skipped, 1 failed" in batch.text()
    assert "permission" in batch.text()


def test_a_folder_that_may_not_be_read_is_told(forty, data):
    (forty / "in" / "a").chmod(0)
    batch = Batch(forty, data, plain_user=True)
    code = batch.end()
    (forty / "in" / "a").chmod(0o755)
    assert code == 1
    assert "26 done, 0 skipped, 1 failed" in batch.text()


def test_names_of_every_kind_come_through(tmp_path, data):
    put(tmp_path / "in", *NAMES)
    batch = Batch(tmp_path, data, "--json")
    assert batch.end() == 0, batch.text()
    told = [json.loads(line) for line in batch.text().splitlines() if line.startswith('{"input"')]
    assert len(told) == len(NAMES)
    made = pictures(batch.output)
    assert len(made) == len(NAMES)
    assert {Path(one["output"]).name for one in told} == set(made)
    assert all(read_picture(batch.output / name).width == 24 for name in made)
    assert {entry.file for entry in batch.history().entries.values()} == {
        str(tmp_path / "in" / name) for name in NAMES
    }
    again = Batch(tmp_path, data, "--resume")
    assert again.end() == 0
    assert f"0 done, 0 skipped, 0 failed, {len(NAMES)} finished before" in again.text()


def test_more_files_than_may_be_open_come_through_from_nested_folders(tmp_path, data):
    original = put(tmp_path, "original.bmp")
    for i in range(300):
        path = tmp_path / "in" / f"{i // 100}" / f"{i // 10 % 10}" / f"{i:04}.bmp"
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(original, path)
    batch = Batch(tmp_path, data, "--quiet", open_limit=256)
    assert batch.wait_until(lambda: len(parts(batch.output)) > 0)
    assert batch.end() == 0, batch.text()
    made = pictures(batch.output)
    assert len(made) == 300 and len(set(made.values())) == 1
    assert "2/4/0240_bsr_x2.bmp" in made


def test_what_is_no_file_is_left_out_and_told(forty, data, monkeypatch):
    monkeypatch.chdir(forty / "in" / "a")  # the address of a socket has to be short
    os.mkfifo("pipe.png")
    Path("folder.png").mkdir()
    Path("circle.png").symlink_to("circle.png")
    Path("up").symlink_to(forty / "in")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.png")
        batch = Batch(forty, data)
        assert batch.end() == 1
    assert "pipe.png: It is a named pipe" in batch.text()
    assert "socket.png: It is a socket" in batch.text()
    assert "circle.png" in batch.text()
    assert "40 done, 0 skipped, 1 failed" in batch.text()
    assert len(pictures(batch.output)) == 40


def test_a_pipe_that_takes_the_place_of_a_picture_does_not_hang(forty, data):
    def exchange(path):
        path.unlink()
        os.mkfifo(path)

    batch, victim = changed_midway(forty, data, exchange)
    assert batch.end() == 1
    assert victim.name in batch.text() and "39 done" in batch.text()
