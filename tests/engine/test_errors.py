"""What the user is told stays one readable line, whatever a file is called."""

import errno
import os

import pytest

from bsr.engine.errors import one_line, system_reason


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


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "invalid cross-device link"),
        (OSError("the archive has no end"), "the archive has no end"),
        (ValueError("embedded null byte"), "the file name holds a null character"),
        (
            UnicodeEncodeError("ascii", "\xe9.png", 0, 1, "ordinal not in range(128)"),
            "the file name has characters that the system does not know",
        ),
    ],
)
def test_the_system_refuses_in_words_of_our_own_where_there_are_some(error, words):
    assert system_reason(error) == words


def test_a_file_that_another_program_of_windows_uses_is_not_called_forbidden():
    error = OSError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32
    assert system_reason(error) == "another program is using the file"
