"""What happens to the disk and the folder of the results while a batch runs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.engine.batch.batches import noise, put
from tests.faults.child import Batch, parts, pictures
from tests.faults.conftest import FORTY


@pytest.fixture(scope="module")
def expected(data, tmp_path_factory):
    """What an undisturbed run makes of the forty pictures."""
    folder = tmp_path_factory.mktemp("undisturbed")
    put(folder / "in", *FORTY)
    batch = Batch(folder, data)
    assert batch.end() == 0, batch.text()
    return pictures(batch.output)


@pytest.fixture
def small_disk(forty):
    """The output folder on a disk of 24 pages of memory."""
    output = forty / "out"
    output.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96k", "bsr-test", str(output)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a small disk")
    yield output
    subprocess.run(["umount", str(output)], check=True)


def check_stopped(batch: Batch, reason: str, expected) -> None:
    """It ended by itself, said why, and everything it left is whole."""
    assert batch.end() == 1
    assert reason in batch.text()
    assert "waiting" in batch.text() and "Traceback" not in batch.text()
    assert not parts(batch.output)
    assert pictures(batch.output).items() <= expected.items()


def test_a_full_disk_stops_the_batch_and_it_is_resumed(expected, small_disk, forty, data):
    batch = Batch(forty, data)
    check_stopped(batch, "is full", expected)
    assert 0 < batch.finished() < len(FORTY)
    remount = ["mount", "-o", "remount,size=4m", str(small_disk)]
    subprocess.run(remount, check=True, capture_output=True)
    again = Batch(forty, data, "--resume")
    assert again.end() == 0, again.text()
    assert pictures(again.output) == expected


def test_files_that_may_not_grow_fail_alone(forty, data):
    from bsr.engine.images import write_picture

    write_picture(noise(150, 150), forty / "in" / "large.bmp")
    batch = Batch(forty, data, file_limit=100_000)
    assert batch.end() == 1
    assert "large" in batch.text() and "larger than the system allows" in batch.text()
    assert "40 done, 0 skipped, 1 failed" in batch.text()
    assert not parts(batch.output)
    again = Batch(forty, data, "--retry-failed")
    assert again.end() == 0
    assert "1 done" in again.text()


def test_a_read_only_output_folder_stops_the_batch(expected, forty, data):
    batch = Batch(forty, data, plain_user=True, stop_after=5)
    batch.wait_until_it_stands_still()
    batch.output.chmod(0o555)
    batch.go_on()
    check_stopped(batch, "can no longer be written to", expected)
    batch.output.chmod(0o755)
    assert Batch(forty, data, "--resume").end() == 0
    assert pictures(batch.output) == expected


def test_a_deleted_output_folder_stops_the_batch(expected, forty, data):
    batch = Batch(forty, data, stop_after=5)
    batch.wait_until_it_stands_still()
    shutil.rmtree(batch.output)
    batch.go_on()
    check_stopped(batch, "was deleted", expected)
    again = Batch(forty, data, "--resume")
    assert again.end() == 0
    assert pictures(again.output) == expected


def test_a_moved_output_folder_stops_the_batch_until_it_is_back(expected, forty, data):
    batch = Batch(forty, data, stop_after=5)
    batch.wait_until_it_stands_still()
    moved = forty / "moved"
    batch.output.rename(moved)
    batch.go_on()
    check_stopped(batch, "moved", expected)
    shutil.rmtree(batch.output, ignore_errors=True)
    moved.rename(batch.output)
    again = Batch(forty, data, "--resume")
    assert again.end() == 0
    assert pictures(again.output) == expected


def test_a_subfolder_that_cannot_be_made_fails_its_files_alone(expected, forty, data):
    (forty / "out").mkdir()
    (forty / "out" / "b").write_bytes(b"in the way")
    batch = Batch(forty, data)
    assert batch.end() == 1
    left = {name: made for name, made in expected.items() if not name.startswith("b/")}
    assert pictures(batch.output) == {**left, "b": b"in the way"}
    assert f"{len(expected) - len(left)} failed" in batch.text()


def test_an_output_folder_that_cannot_be_made_is_told_at_once(forty, data):
    put(forty, "out.png")
    (forty / "out").symlink_to(forty / "out.png")
    batch = Batch(forty, data)
    assert batch.end() == 2
    assert "is not a folder" in batch.text()


def test_an_output_folder_on_a_read_only_place_is_told_at_once(forty, data):
    forty.chmod(0o555)
    batch = Batch(forty, data, plain_user=True)
    code = batch.end()
    Path(forty).chmod(0o755)
    assert code == 1
    assert not batch.output.exists()
