"""The note of batches that did not end."""

from pathlib import Path

import pytest

from bsr.work.interrupted import forget, remember, unfinished


def test_what_is_remembered_is_known_until_it_is_forgotten(tmp_path):
    file = tmp_path / "data" / "note.json"
    remember(Path("/one"), file)
    remember(Path("/tw\no\udcff"), file)
    remember(Path("/one"), file)
    assert unfinished(file) == [Path("/tw\no\udcff"), Path("/one")]
    forget(Path("/one"), file)
    forget(Path("/never"), file)
    assert unfinished(file) == [Path("/tw\no\udcff")]
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("text", ["", "{", "{}", '["/a", 3]', "\xff"])
def test_a_damaged_note_is_no_hindrance(tmp_path, text):
    file = tmp_path / "note.json"
    file.write_text(text, encoding="latin-1")
    assert unfinished(file) in ([], [Path("/a")])
    remember(Path("/b"), file)
    assert unfinished(file)[-1] == Path("/b")
