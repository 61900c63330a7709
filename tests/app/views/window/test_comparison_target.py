"""Where a comparison is saved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from bsr.views.window.dialogs import ask_comparison_target

ANIMATION, PICTURE = Path("/a/wipe.webp"), Path("/a/both.png")


@pytest.mark.parametrize(
    ("start", "answer", "target"),
    [
        (PICTURE, ("/b/x.png", "PNG (*.png)"), "/b/x.png"),
        (PICTURE, ("/b/x.jpg", "PNG (*.png)"), "/b/x.jpg.png"),
        (ANIMATION, ("/b/x.WEBP", "GIF (*.gif)"), "/b/x.WEBP"),
        (ANIMATION, ("/b/x", "GIF (*.gif)"), "/b/x.gif"),
        (ANIMATION, ("/b/x", ""), "/b/x.webp"),
    ],
)
def test_a_comparison_gets_a_suffix_that_fits(monkeypatch, qapp, start, answer, target):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    assert ask_comparison_target(None, start) == Path(target)


def test_thinking_better_of_it_saves_nothing(monkeypatch, qapp):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert ask_comparison_target(None, PICTURE) is None
