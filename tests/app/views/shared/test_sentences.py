"""What the engine says, in the language of the window."""

import copy
import json
import pickle

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from bsr.engine.batch.journal import check_settings
from bsr.engine.batch.journal_lines import History
from bsr.engine.errors import BsrError, ImageFileError, ModelFileError, Sentence
from bsr.engine.images import read_picture
from bsr.messages import explain
from bsr.qt.language import TRANSLATIONS
from bsr.views.shared.sentences import in_words
from bsr.views.window import errors


@pytest.fixture
def speaking(qapp):
    translator, before = QTranslator(), QLocale()

    def speak(language):
        assert translator.load(str(TRANSLATIONS / f"bsr_{language}.qm"))
        QCoreApplication.installTranslator(translator)
        QLocale.setDefault(QLocale(language))

    yield speak
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def error_of(path):
    with pytest.raises(ImageFileError) as caught:
        read_picture(path)
    return caught.value


def test_the_engine_and_the_command_line_speak_english(speaking, tmp_path):
    speaking("de")
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    assert explain(error_of(path)).text.endswith("is not a picture of a kind that BSR knows.")


@pytest.mark.parametrize(
    "language, words",
    [
        ("de", "notes.jpg ist kein Bild einer Art, die BSR kennt."),
        ("zh_CN", "notes.jpg 不是 BSR 认识的图片类型。"),
    ],
)
def test_an_error_is_told_in_the_language_of_the_window(speaking, tmp_path, language, words):
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    speaking(language)
    assert errors.in_one_line(explain(error_of(path))) == words


def test_numbers_are_written_as_in_the_language(speaking):
    text = Sentence("{file} is cut short: {count} bytes are missing.", file="a", count=12345)
    assert text == "a is cut short: 12,345 bytes are missing."
    speaking("de")
    assert in_words(text) == "a ist abgeschnitten: 12.345 Bytes fehlen."


def test_a_sentence_in_a_sentence_is_translated_too(speaking):
    speaking("de")
    inner = Sentence("A scale of {scale} would fit.", scale=3)
    text = Sentence("{file}: {problem}", file="{odd}.png", problem=inner)
    assert in_words(text) == "{odd}.png: Ein Faktor von 3 würde passen."


def test_settings_that_differ_are_told_in_the_language_of_the_window(speaking, tmp_path):
    speaking("de")
    history = History(settings={"scale": 4.0, "quality": None})
    with pytest.raises(BsrError) as raised:
        check_settings(history, {"scale": 2.0, "quality": 80}, tmp_path)
    said = in_words(str(raised.value))
    assert "scale war 4.0 und ist jetzt 2.0, quality war nicht gesetzt und ist jetzt 80" in said


def test_braces_in_a_name_are_no_places():
    assert str(ModelFileError("{file} is empty.", file="{a}{0}.png")) == "{a}{0}.png is empty."
    assert str(ModelFileError("a {brace} without places")) == "a {brace} without places"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_an_error_that_travels_keeps_its_template(copied):
    error = copied(ImageFileError("{file} is empty.", file="{a}.png"))
    assert str(error) == "{a}.png is empty."
    assert str(error).template == "{file} is empty."
    assert str(error).places == {"file": "{a}.png"}


def test_a_sentence_is_written_as_a_text():
    text = Sentence("{file} is empty.", file="a")
    assert json.loads(json.dumps([text])) == ["a is empty."]


def test_words_without_a_template_stay(speaking):
    speaking("de")
    assert in_words("from an old journal: broken") == "from an old journal: broken"


@pytest.mark.parametrize(
    "error, title",
    [
        (ImageFileError("broken"), "Das Bild kann nicht verwendet werden"),
        (BsrError("broken"), "Etwas ist schiefgegangen"),
        (OSError(28, "full"), "Eine Datei kann nicht verwendet werden"),
        (MemoryError(), "Nicht genug Speicher"),
        (KeyError("x"), "Unerwarteter Fehler"),
    ],
)
def test_titles_of_errors_are_translated_too(speaking, error, title):
    speaking("de")
    assert in_words(explain(error).title) == title


def test_reasons_of_the_system_are_translated_too(speaking):
    speaking("de")
    denied = PermissionError(13, "Permission denied", "/a/b.png")
    assert errors.in_one_line(explain(denied)) == "b.png: die Berechtigung fehlt."
