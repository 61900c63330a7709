"""Which files of a folder become work, and what is said about the others."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from bsr.engine.batch.journal import Journal
from bsr.engine.batch.journal_lines import DONE, Entry
from bsr.engine.batch.scan import Found, Rejected, Rules, collision_key, is_junction, scan

RULES = Rules(suffixes=frozenset({".png", ".jpg"}), recursive=True)


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def found(*inputs: Path, **rules: object) -> list[str]:
    chosen = Rules(**{**vars(RULES), **rules})  # type: ignore[arg-type]
    return [item.relative for item in scan(inputs, chosen) if isinstance(item, Found)]


def rejected(*inputs: Path, **rules: object) -> list[Rejected]:
    chosen = Rules(**{**vars(RULES), **rules})  # type: ignore[arg-type]
    return [item for item in scan(inputs, chosen) if isinstance(item, Rejected)]


def test_only_pictures_are_found_and_in_the_order_of_their_names(tmp_path: Path) -> None:
    touch(tmp_path, "b.png", "a.JPG", "notes.txt", "c/d.jpg")
    assert found(tmp_path) == ["a.JPG", "b.png", "c/d.jpg"]


def test_subfolders_are_left_alone_unless_asked_for(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "sub/b.png")
    assert found(tmp_path, recursive=False) == ["a.png"]


def test_a_named_file_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    touch(tmp_path, "scan.dat", ".hidden.png")
    assert found(tmp_path / "scan.dat", tmp_path / ".hidden.png") == ["scan.dat", ".hidden.png"]


def test_a_file_named_twice_comes_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "b.png")
    assert found(tmp_path / "b.png", tmp_path, tmp_path) == [
        "b.png",
        f"{tmp_path.name}/a.png",
    ]


def test_a_folder_that_is_named_again_by_a_link_comes_once(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.png", "in/sub/b.png")
    (tmp_path / "link").symlink_to("in")
    assert found(tmp_path / "in", tmp_path / "link") == ["in/a.png", "in/sub/b.png"]
    assert found(tmp_path / "link" / "a.png", tmp_path / "in") == ["a.png", "sub/b.png"]


def test_several_folders_are_kept_apart_by_their_names(tmp_path: Path) -> None:
    touch(tmp_path, "one/a.png", "two/a.png")
    assert found(tmp_path / "one", tmp_path / "two") == ["one/a.png", "two/a.png"]


def test_hidden_and_system_files_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, ".a.png", "._b.png", ".cache/c.png", "__MACOSX/d.png", "@eaDir/e.png", "f.png")
    assert found(tmp_path) == ["f.png"]


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (["*.jpg"], ["a.jpg", "sub/c.JPG"]),
        (["A*"], ["a.jpg"]),
        (["sub/*"], ["sub/b.png", "sub/c.JPG", "sub/deep/d.png"]),
        (["**/c.jpg", "**/a.jpg"], ["a.jpg", "sub/c.JPG"]),
        (["sub/**/*.png"], ["sub/b.png", "sub/deep/d.png"]),
    ],
)
def test_include_patterns_choose(tmp_path: Path, include: list[str], expected: list[str]) -> None:
    touch(tmp_path, "a.jpg", "sub/b.png", "sub/c.JPG", "sub/deep/d.png")
    assert found(tmp_path, include=include) == expected


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_patterns_fit_names_with_composed_and_decomposed_letters(tmp_path: Path, form: str) -> None:
    touch(tmp_path, unicodedata.normalize(form, "K\u00fcche.png"), "a.png")
    pattern = "K\u00dc*"
    assert len(found(tmp_path, include=[pattern])) == 1
    assert found(tmp_path, exclude=[unicodedata.normalize("NFD", pattern)]) == ["a.png"]


@pytest.mark.parametrize("pattern", ["drafts", "DRAFTS/", "drafts/*", "**/drafts"])
def test_exclude_patterns_leave_out_whole_folders(tmp_path: Path, pattern: str) -> None:
    touch(tmp_path, "a.png", "drafts/b.png", "drafts/deep/c.png")
    assert found(tmp_path, exclude=[pattern]) == ["a.png"]


def test_the_output_folder_inside_the_input_is_not_read(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "out/a_bsr_x4.png", "out/sub/b_bsr_x4.png")
    other_name = tmp_path / "sub" / ".." / "out"
    (tmp_path / "sub").mkdir()
    assert found(tmp_path, output=other_name) == ["a.png"]


def test_results_of_another_batch_are_no_input_unless_named(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "earlier/a_bsr_x4.png", "earlier/deep/b_bsr_x4.png", "earlier/own.png")
    made = ("a_bsr_x4.png", "deep/b_bsr_x4.png")
    with Journal(tmp_path / "earlier") as journal:
        journal.begin({}, {})
        journal.add(Entry(f"/in/{output}", DONE, output) for output in made)
    assert found(tmp_path) == ["a.png", "earlier/own.png"]
    assert rejected(tmp_path) == []
    assert found(tmp_path / "earlier") == ["a_bsr_x4.png", "own.png", "deep/b_bsr_x4.png"]


def test_a_journal_of_a_batch_that_never_began_leaves_nothing_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "sub/b.png", "sub/.bsr-batch.jsonl")
    assert found(tmp_path) == ["a.png", "sub/b.png"]


def test_a_folder_whose_results_cannot_be_told_is_a_failure(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "sub/b.png")
    (tmp_path / "sub" / ".bsr-batch.jsonl").write_bytes(b"no journal")
    assert found(tmp_path) == ["a.png"]
    (item,) = rejected(tmp_path)
    assert (item.path, item.failed) == (str(tmp_path / "sub"), True)


def test_what_was_written_before_is_not_read_again(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "a_bsr_x4.png")
    assert found(tmp_path, made={str(tmp_path / "a_bsr_x4.png"): 0}) == ["a.png"]
    assert found(tmp_path, without=frozenset({str(tmp_path / "a.png")})) == ["a_bsr_x4.png"]


def test_another_file_that_has_the_name_of_a_result_is_not_left_out_without_a_word(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.png").write_bytes(b"12345")
    (tmp_path / "b.png").write_bytes(b"12345")
    made = {str(tmp_path / "a.png"): 5, str(tmp_path / "b.png"): 6}
    assert found(tmp_path, made=made) == []
    (item,) = rejected(tmp_path, made=made)
    assert (item.path, item.failed) == (str(tmp_path / "b.png"), False)
    assert "the name of an earlier result" in item.reason
    assert "name the file itself" in item.reason


def test_a_file_that_is_named_itself_is_not_left_out_for_what_a_folder_holds(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.png").write_bytes(b"12345")
    made, own = {str(tmp_path / "a.png"): 6}, tmp_path / "a.png"
    for inputs in ((tmp_path, own), (own, tmp_path)):
        assert found(*inputs, made=made) == ["a.png"]
        assert rejected(*inputs, made=made) == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path, "sub/a.png")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "sub" / "self.png").symlink_to("self.png")
    assert found(tmp_path) == ["sub/a.png"]
    assert [(Path(item.path).name, item.failed) for item in rejected(tmp_path)] == [
        ("self.png", True)
    ]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    touch(tmp_path, "outside/a.png", "in/b.png", "in/sub/c.png")
    root = tmp_path / "in"
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "folder.png").symlink_to(tmp_path / "outside")
    (root / "file.png").symlink_to(tmp_path / "outside" / "a.png")
    (root / "own.png").symlink_to(root / "sub" / "c.png")
    assert found(root) == ["b.png", "own.png", "sub/c.png"]
    (item,) = rejected(root)
    assert (item.path, item.failed) == (str(root / "file.png"), False)
    assert "outside" in item.reason


def test_a_folder_reached_by_a_link_is_walked_when_it_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.png")
    (tmp_path / "link").symlink_to("real")
    assert found(tmp_path / "link") == ["a.png"]


def test_pipes_and_sockets_named_like_pictures_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket has to be short
    os.mkfifo("a.png")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.png")
        touch(tmp_path, "c.png/d.png")
        assert found(tmp_path) == ["c.png/d.png"]
        reasons = [item.reason for item in rejected(tmp_path)]
    assert reasons == ["It is a named pipe, not a file.", "It is a socket, not a file."]


def test_a_missing_input_is_a_failure(tmp_path: Path) -> None:
    (item,) = rejected(tmp_path / "nowhere")
    assert item.failed
    assert "does not exist" in item.reason


def test_names_that_are_no_text_are_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"gr\xfc\xdfe.png")
    touch(tmp_path, name, "two\nlines.png", "\"quoted'.png")
    assert found(tmp_path) == sorted([name, "two\nlines.png", "\"quoted'.png"])


def test_names_that_some_file_systems_take_for_one_share_a_key() -> None:
    assert collision_key("Caf\u00e9.PNG") == collision_key("cafe\u0301.png")
    assert collision_key("a.png") != collision_key("b.png")


def test_a_path_that_the_system_refuses_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    endless = tmp_path / ("long" * 100 + ".png")
    assert found(endless, tmp_path) == ["a.png"]
    assert len(rejected(endless, tmp_path)) == 1


def test_a_junction_of_windows_is_told_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with os.scandir(tmp_path) as entries:
        assert [is_junction(entry) for entry in entries] == [False]
    status = SimpleNamespace(st_reparse_tag=0xA0000003)
    assert is_junction(SimpleNamespace(stat=lambda follow_symlinks: status))  # type: ignore[arg-type]


def test_a_link_to_another_drive_ends_no_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no path that two drives share."""

    def no_common(_: object) -> str:
        raise ValueError("Paths don't have the same drive")

    touch(tmp_path, "in/a.png", "elsewhere.png")
    (tmp_path / "in" / "b.png").symlink_to(tmp_path / "elsewhere.png")
    monkeypatch.setattr(os.path, "commonpath", no_common)
    assert found(tmp_path / "in") == ["a.png"]
    assert len(rejected(tmp_path / "in")) == 1
