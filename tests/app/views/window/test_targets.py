"""Where results and comparisons are saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from bsr.views.window.dialogs import ask_comparison_target, ask_target

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


@pytest.mark.parametrize("ask", [ask_target, ask_comparison_target])
@pytest.mark.parametrize("answer", ["Replace", "Cancel", None])
def test_a_file_is_not_replaced_unasked_where_the_suffix_was_left_out(
    monkeypatch, qapp, tmp_path, ask, answer
):
    """None is a push on the enter key."""
    taken = tmp_path / "<b>holiday.png"
    taken.write_bytes(b"the user's own")
    named = str(taken.with_suffix(""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (named, ""))
    asked = []

    def press():
        box = QApplication.activeModalWidget()
        asked.append(box.text())
        buttons = {button.text(): button for button in box.buttons()}
        (box.defaultButton() if answer is None else buttons[answer]).click()

    QTimer.singleShot(0, press)
    target = ask(None, tmp_path / "proposal.png")
    assert asked == ["<b>holiday.png exists already. Replace it?"]
    assert target == (taken if answer == "Replace" else None)
