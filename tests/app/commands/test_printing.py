"""Times and sizes as the command line says them."""

import pytest

from bsr.commands.printing import duration, size


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((0, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s")),
        *((185, "3 min 05 s"), (7800, "2 h 10 min")),
    ],
)
def test_durations_are_told_as_a_person_says_them(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_900, "1 MB"), (263_512, "264 kB")],
)
def test_sizes_are_told_as_a_person_says_them(number, text):
    assert size(number) == text
