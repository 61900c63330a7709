"""What the user is told stays one readable line, whatever a file is called."""

import os

import pytest

from bsr.engine.errors import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb\x1b[31m\x85\u2028\u2029", "a\\nb\\x1b[31m\\x85\\u2028\\u2029"),
        ("photo\u202egpj.exe\u2066\ufeff", "photo\\u202egpj.exe\\u2066\\ufeff"),
        (os.fsdecode(b"\xff.png"), "\\udcff.png"),
    ],
)
def test_what_would_steer_the_terminal_is_escaped(text, line):
    assert one_line(text) == line


@pytest.mark.parametrize(
    "text", ["照片　1.png", "a\u00a0b.png", "می\u200cخواهم", "👩\u200d🔬", "“a” – b …", "C:\\new"]
)
def test_what_names_are_made_of_stays(text):
    assert one_line(text) == text
