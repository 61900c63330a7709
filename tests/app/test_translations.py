import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from bsr.qt.language import TRANSLATIONS

sys.path.append(str(Path(__file__).parents[2] / "packaging"))
import make_translations

ROOT = Path(__file__).parents[2]
FILES = sorted(TRANSLATIONS.glob("*.ts"))
PLACEHOLDER = re.compile(r"\{\w*\}|%n")


def messages(file):
    return list(ElementTree.parse(file).getroot().iter("message"))


def forms(message):
    translation = message.find("translation")
    numbers = [form.text or "" for form in translation.iter("numerusform")]
    return numbers or [translation.text or ""]


def test_no_text_hides_from_the_translators():
    """Qt's tool does not look into the braces of an f-string."""
    for file in (ROOT / "bsr_app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FormattedValue):
                called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
                names = {getattr(one, "attr", getattr(one, "id", "")) for one in called}
                assert not names & {"tr", "translate"}, f"{file}:{node.lineno}"


def test_german_chinese_and_the_english_plurals_are_there():
    assert [file.stem for file in FILES] == ["bsr_de", "bsr_en", "bsr_zh_CN"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_unfinished(file):
    for message in messages(file):
        assert message.find("translation").get("type") is None, message.find("source").text
        assert all(forms(message))


def test_no_english_text_has_a_space_before_three_dots():
    for message in messages(FILES[0]):
        assert " …" not in message.find("source").text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_placeholder_is_translated_as_often_as_it_stands_in_the_source(file):
    for message in messages(file):
        wanted = sorted(PLACEHOLDER.findall(message.find("source").text))
        for form in forms(message):
            assert sorted(PLACEHOLDER.findall(form)) == wanted


def test_two_texts_of_a_class_are_one_in_all_languages_or_in_none():
    """Else one could not tell what a text that is shown is to become in another language."""
    tables = {}
    for file in FILES:
        if file.stem == "bsr_en":
            continue
        for context in ElementTree.parse(file).getroot().iter("context"):
            for message in context.iter("message"):
                key = context.find("name").text, message.find("source").text
                tables.setdefault(key, []).append(forms(message)[0])
    for place in range(2):
        seen = {}
        for (context, source), texts in tables.items():
            other = seen.setdefault((context, texts[place]), (source, texts))
            assert texts == other[1], f"{context}: {source!r} and {other[0]!r}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_menu_text_has_an_access_key_where_the_source_has_one(file):
    for message in messages(file):
        source = message.find("source").text
        assert source.count("&") == forms(message)[0].count("&"), source


@pytest.mark.parametrize(
    "language, context, text, expected",
    [
        ("de", "ControlPanel", "Enlarge", "Vergrößern"),
        ("zh_CN", "ControlPanel", "Enlarge", "放大"),
        ("de", "words", "Binary", "Binär"),
    ],
)
def test_the_compiled_files_are_those_of_the_texts(qapp, language, context, text, expected):
    translator = QTranslator()
    assert translator.load(QLocale(language), "bsr", "_", str(TRANSLATIONS))
    assert translator.translate(context, text) == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_text_is_in_the_compiled_file(qapp, file):
    translator = QTranslator()
    assert translator.load(str(file.with_suffix(".qm")))
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.find("name").text
        for message in context.iter("message"):
            number = 2 if message.get("numerus") else -1
            said = translator.translate(name, message.find("source").text, None, number)
            assert said == forms(message)[-1]


def test_english_counts_one_and_many(qapp):
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "bsr_en.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        said = [
            QCoreApplication.translate("Opener", "There are %n pictures.", None, number)
            for number in (1, 3)
        ]
    finally:
        QCoreApplication.removeTranslator(translator)
    assert said == ["There is 1 picture.", "There are 3 pictures."]


def test_every_text_of_window_and_engine_is_with_the_translators(tmp_path):
    fresh = tmp_path / "fresh.ts"
    lupdate = Path(sys.executable).parent / "pyside6-lupdate"
    sources = make_translations.sources_with_texts(tmp_path)
    subprocess.run([lupdate, *sources, "-ts", fresh], check=True, capture_output=True)

    def texts(file):
        return {
            (context.find("name").text, message.find("source").text)
            for context in ElementTree.parse(file).getroot().iter("context")
            for message in context.iter("message")
        }

    kept = texts(TRANSLATIONS / "bsr_de.ts")
    assert texts(fresh) == kept, "run packaging/make_translations.py and translate"


def test_every_sentence_of_the_engine_has_german_and_chinese_words(qapp):
    templates = make_translations.engine_templates()
    assert len(templates) > 100
    for language in ("de", "zh_CN"):
        translator = QTranslator()
        assert translator.load(str(TRANSLATIONS / f"bsr_{language}.qm"))
        assert [text for text in templates if not translator.translate("engine", text)] == []


@pytest.mark.parametrize("made", ['f"{x} is bad"', '"a" + b', '"%s is bad" % x'])
def test_a_sentence_that_nobody_can_translate_is_noticed(tmp_path, made):
    (tmp_path / "code.py").write_text(f"raise BsrError({made})")
    with pytest.raises(ValueError, match="not a constant"):
        list(make_translations.templates_in(tmp_path / "code.py"))
