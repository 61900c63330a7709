"""Numbers and outcomes in the language of the window."""

import pytest
from PySide6.QtCore import QLocale

from bsr.views.shared import formatting
from bsr.work.saving import Saved


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    "seconds, expected",
    [
        (0.04, "less than 0.1 s"),
        (9.4, "9.4 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (200, "3 min 20 s"),
        (3599.7, "1 h 0 min"),
        (7300, "2 h 1 min"),
    ],
)
def test_durations_are_said_as_a_person_would(seconds, expected):
    assert formatting.duration(seconds) == expected


def test_speeds_and_stages_are_said_in_words():
    assert formatting.speed(1.84) == "1.8 MP/s"
    assert formatting.stage("looking") == "Scanning files"


def test_what_is_next_to_nothing_is_not_said_as_nothing():
    assert formatting.duration(0.01) == "less than 0.1 s"
    assert formatting.megapixels(5, 5) == "25 pixels"


def test_numbers_are_written_as_in_the_language():
    assert formatting.size(1280, 12000) == "12,000 × 1,280"
    assert formatting.factor(2.5) == "2.5×"
    QLocale.setDefault(QLocale("de"))
    assert formatting.size(1280, 12000) == "12.000 × 1.280"
    assert formatting.factor(2.5) == "2,5×"


def test_what_was_saved_is_told_in_a_line(tmp_path):
    saved = Saved(tmp_path / "here" / "a.png", ("ICC", "16 bit"), ("EXIF",))
    expected = "Saved “a.png” in “here”. Kept: ICC profile, 16 bit. Not kept: EXIF."
    assert formatting.saved(saved) == expected
    assert "nothing was written" in formatting.saved(Saved(tmp_path / "a.png", skipped=True))
