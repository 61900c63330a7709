"""Files are opened without waiting, written whole, and named without replacing anything."""

import errno
import os
from itertools import islice

import pytest

from bsr.engine.disk import (
    Naming,
    Seal,
    existing_folder,
    give_name,
    is_folder,
    is_held,
    is_inside,
    is_same_file,
    is_sealed,
    is_there,
    lock,
    numbered,
    open_file,
    seal_of,
    take_name,
    write_file,
    writing,
)

HELLO = Seal(5, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")


@pytest.fixture
def part(tmp_path):
    path = tmp_path / ".part"
    path.write_bytes(b"hello")
    return path


def refusing(*names):
    """Let some of the ways to take a name be unknown to the file system."""

    def refuse(part, path):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    return dict.fromkeys(names, refuse)


WAYS = {
    "link": {},
    "system call": refusing("_by_link"),
    "placeholder": refusing("_by_link", "_by_system_call"),
}


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    for name, refuse in WAYS[request.param].items():
        monkeypatch.setattr(writing, name, refuse)


def test_a_file_takes_a_free_name(part, tmp_path, way):
    take_name(part, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"hello"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"mine"), os.mkdir, os.mkfifo])
def test_a_name_that_is_taken_is_never_taken_away(part, tmp_path, way, make):
    make(tmp_path / "a.png")
    with pytest.raises(FileExistsError):
        take_name(part, tmp_path / "a.png")
    assert part.exists() and (tmp_path / "a.png").exists()
    assert not (tmp_path / "a.png").is_file() or (tmp_path / "a.png").read_bytes() == b"mine"


def test_a_dangling_link_counts_as_taken(part, tmp_path, way):
    (tmp_path / "a.png").symlink_to(tmp_path / "nowhere")
    assert give_name(part, tmp_path / "a.png", Naming(replace=False)) == tmp_path / "a (2).png"
    assert not (tmp_path / "nowhere").exists()


def test_a_full_disk_is_no_reason_to_try_another_way(part, tmp_path, monkeypatch):
    def full(part, path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing, "_by_link", full)
    with pytest.raises(OSError, match="space"):
        take_name(part, tmp_path / "a.png")
    assert [path.name for path in tmp_path.iterdir()] == [".part"]


def test_a_file_is_on_the_disk_before_it_takes_its_name(tmp_path, monkeypatch):
    steps = []
    fsync = os.fsync
    monkeypatch.setattr(writing.os, "fsync", lambda file: (steps.append("flushed"), fsync(file)))

    def name(part, path):
        steps.append("named")
        assert part.read_bytes() == b"whole"
        return part.replace(path)

    assert write_file(tmp_path / "a", lambda file: file.write(b"whole"), name) == tmp_path / "a"
    assert steps == ["flushed", "named"] and (tmp_path / "a").read_bytes() == b"whole"


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_file_that_is_not_completed_leaves_the_old_one_and_nothing_else(tmp_path, error):
    (tmp_path / "a").write_bytes(b"old")

    def fail(file):
        file.write(b"half")
        raise error

    with pytest.raises(error):
        write_file(tmp_path / "a", fail)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_file_that_may_replace_nothing_leaves_what_is_there(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "a", lambda file: file.write(b"new"), take_name)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_taken_name_gets_the_next_free_number(part, tmp_path):
    for taken in ("a.png", "a (2).png"):
        (tmp_path / taken).touch()
    assert give_name(part, tmp_path / "a.png", Naming(replace=False)) == tmp_path / "a (3).png"


def test_a_name_that_is_taken_in_the_last_moment_gets_the_next_number(part, tmp_path):
    told = []

    def steal(path, seal):
        told.append((path.name, seal))
        if len(told) == 1:
            path.write_bytes(b"mine")

    naming = Naming(replace=False, announce=steal)
    assert give_name(part, tmp_path / "a.png", naming) == tmp_path / "a (2).png"
    assert told == [("a.png", HELLO), ("a (2).png", HELLO)]
    assert (tmp_path / "a.png").read_bytes() == b"mine"


def test_what_was_written_before_is_replaced(part, tmp_path):
    (tmp_path / "a.png").write_bytes(b"hello")
    assert give_name(part, tmp_path / "a.png", Naming(replace=False, ours=HELLO)).name == "a.png"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_the_same_bytes_count_as_written_before_where_a_job_may_be_done_twice(part, tmp_path):
    (tmp_path / "a.png").write_bytes(b"mine!")
    (tmp_path / "a (2).png").write_bytes(b"hello")
    naming = Naming(replace=False, again=True)
    assert give_name(part, tmp_path / "a.png", naming).name == "a (2).png"
    assert (tmp_path / "a.png").read_bytes() == b"mine!"


def test_a_link_to_the_same_bytes_is_not_ours(part, tmp_path):
    (tmp_path / "b.png").write_bytes(b"hello")
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    assert not is_sealed(tmp_path / "a.png", HELLO)
    assert is_sealed(tmp_path / "b.png", None, HELLO)


def test_a_seal_tells_files_of_one_size_apart(tmp_path, part):
    with part.open("rb") as file:
        assert seal_of(file) == HELLO
    part.write_bytes(b"hallo")
    assert not is_sealed(part, HELLO)
    part.unlink()
    assert not is_sealed(part, HELLO)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "a named pipe"),
        (os.mkdir, "a folder"),
        (lambda p: p.symlink_to("/dev/zero"), "a device"),
    ],
)
def test_what_is_no_file_is_refused_at_once(tmp_path, make, reason):
    make(tmp_path / "a")
    with pytest.raises(OSError, match=f"it is {reason}, not a file"):
        open_file(tmp_path / "a")


def test_a_pipe_that_takes_the_place_of_a_file_is_refused_at_once(part, monkeypatch):
    before = part.stat()
    part.unlink()
    os.mkfifo(part)
    monkeypatch.setattr("pathlib.Path.stat", lambda path, **options: before)
    with pytest.raises(OSError, match="a named pipe"):
        open_file(part)


def test_a_file_larger_than_a_block_has_one_seal(part, monkeypatch):
    monkeypatch.setattr("bsr.engine.disk.files._BLOCK", 2)
    with part.open("rb") as file:
        assert seal_of(file) == HELLO
    assert is_sealed(part, HELLO)


@pytest.mark.parametrize("looks", [0, 1])
def test_sealing_can_be_stopped_at_every_block_and_before_the_name(part, tmp_path, looks):
    left = iter(range(looks))
    naming = Naming(announce=lambda path, seal: None)
    with pytest.raises(StopIteration):
        give_name(part, tmp_path / "a.png", naming, lambda: next(left))
    assert [path.name for path in tmp_path.iterdir()] == [".part"]


def test_only_the_first_name_may_be_that_of_the_own_file(part, tmp_path):
    (tmp_path / "a.png").write_bytes(b"mine!")
    (tmp_path / "a (2).png").write_bytes(b"hello")
    naming = Naming(replace=False, ours=HELLO)
    assert give_name(part, tmp_path / "a.png", naming).name == "a (3).png"


def test_inside_is_below_and_neither_beside_nor_behind_a_link(tmp_path):
    for name in ("out/sub", "out of it"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "out" / "link").symlink_to(tmp_path / "out of it")
    assert is_inside(tmp_path / "out", tmp_path / "out" / "sub" / "a.png")
    assert not is_inside(tmp_path / "out", tmp_path / "out of it")
    assert not is_inside(tmp_path / "out", tmp_path / "out" / "link" / "a.png")


def test_a_file_that_is_gone_leaves_no_empty_one_under_its_name(tmp_path, monkeypatch):
    for name, refuse in WAYS["placeholder"].items():
        monkeypatch.setattr(writing, name, refuse)
    with pytest.raises(FileNotFoundError):
        take_name(tmp_path / "gone", tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["EINVAL", "EMLINK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM"])
def test_whatever_a_file_system_says_it_cannot_another_way_is_tried(
    part, tmp_path, monkeypatch, name
):
    def refuse(part, path):
        raise OSError(getattr(errno, name), "")

    monkeypatch.setattr(writing, "_by_link", refuse)
    monkeypatch.setattr(writing, "_by_system_call", refuse)
    take_name(part, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == b"hello"


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(part, tmp_path, monkeypatch):
    before = part.lstat()
    part.rename(tmp_path / "other")
    part.symlink_to("other")
    monkeypatch.setattr("pathlib.Path.lstat", lambda path: before)
    with pytest.raises(OSError, match="symbolic"):
        open_file(part, links=False)


def test_a_path_that_the_system_refuses_is_no_folder_and_is_not_there(tmp_path):
    """On Python before 3.14, pathlib raises what the system says."""
    for path in (tmp_path / ("long" * 100), tmp_path / "nul\0"):
        assert not is_folder(path) and not is_there(path)
    assert is_folder(tmp_path) and is_there(tmp_path)
    assert existing_folder(tmp_path / ("long" * 100) / "a") == tmp_path


def test_a_file_is_the_same_by_another_name_and_not_where_the_system_does_not_say(tmp_path):
    (tmp_path / "a").touch()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert is_same_file(tmp_path / "a", tmp_path / "b")
    for other in (tmp_path, tmp_path / "none", tmp_path / ("long" * 100)):
        assert not is_same_file(tmp_path / "a", other)
        assert not is_same_file(other, tmp_path / "a")


def test_numbers_go_on_where_they_are_told_to(tmp_path):
    first = tmp_path / "a.b.png"
    assert [path.name for path in islice(numbered(first), 3)] == [
        "a.b.png",
        "a.b (2).png",
        "a.b (3).png",
    ]
    assert next(numbered(first, 7)).name == "a.b (7).png"


def test_a_lock_is_had_by_one_until_its_file_is_closed(part):
    with part.open("rb+") as mine, part.open("rb+") as other:
        assert lock(mine.fileno()) is True
        assert lock(other.fileno()) is False
        mine.close()
        assert lock(other.fileno()) is True


@pytest.mark.skipif(os.name == "nt", reason="Windows knows locks everywhere")
def test_where_there_are_no_locks_nothing_is_claimed(part, monkeypatch):
    monkeypatch.setattr(writing.fcntl, "flock", refusing_lock)
    with part.open("rb+") as file:
        assert lock(file.fileno()) is None
    assert not is_held(part)


def refusing_lock(file, operation):
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
