"""Dialogs offer what can be read, in the language of the window, and remember where they ended."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QFileDialog, QWidget

from bsr.qt.language import Language
from bsr.views.shared.choosing import choose_folder, choose_pictures


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def german(qapp):
    spoken = Language(qapp)
    spoken.speak("de")
    yield
    spoken.speak("en")
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)


def test_pictures_are_offered_by_their_endings_and_the_folder_is_remembered(
    parent, settings, monkeypatch, tmp_path, german
):
    asked = []
    answers = [[str(tmp_path / "a" / "b.png")], []]

    def ask(parent, title, start, kinds):
        asked.append((Path(start), kinds))
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    assert choose_pictures(parent, "", settings) == [tmp_path / "a" / "b.png"]
    assert choose_pictures(parent, "", settings) == []
    assert asked[1][0] == settings.last_folder == tmp_path / "a"
    assert asked[0][1].startswith("Bilder (*") and "*.gif" in asked[0][1]
    assert asked[0][1].endswith(";;Alle Dateien (*)")


def test_a_folder_is_looked_for_beside_the_last_one(parent, settings, monkeypatch, tmp_path):
    answers = [str(tmp_path / "a" / "b"), ""]
    ask = lambda *_: answers.pop(0)  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    assert choose_folder(parent, "", settings) == tmp_path / "a" / "b"
    assert choose_folder(parent, "", settings) is None
    assert settings.last_folder == tmp_path / "a"
