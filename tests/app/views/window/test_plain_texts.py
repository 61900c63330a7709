"""Names that look like HTML: Qt would load the files that they name, of any size or without end."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

import bsr.views
from bsr import paths
from bsr.engine.errors import ImageFileError
from bsr.views.models.page import ModelsPage
from bsr.views.shared.actions import Actions
from bsr.views.shared.widgets import ElidedLabel
from bsr.views.window import dialogs, errors
from bsr.views.window.help_dialog import HelpDialog
from bsr.views.window.settings_dialog import SettingsDialog
from bsr.work.speeds import Speeds
from tests.app.enlarging import run_upscale
from tests.small_models import save_small_model

MARKED = "<img src='nothing'>"
VIEWS = Path(bsr.views.__file__).parent


def tool_tips(window):
    """The tool tips of a window's widgets and of the cells of its table."""
    yield from (widget.toolTip() for widget in window.findChildren(QWidget))
    model = window.pages.batch.list.table.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            yield model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""


def shown_as_html(window):
    """The texts of labels and tool tips that Qt takes for HTML though they have tags of names."""
    labels = [label for label in window.findChildren(QLabel) if label.pixmap().isNull()]
    loose = [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText]
    return loose + [tip for tip in tool_tips(window) if "<img" in tip]


@pytest.fixture
def marked(qtbot, window, tmp_path, picture_file, settings):
    """A window that is full of names with tags."""
    folder = tmp_path / MARKED
    folder.mkdir()
    picture, broken = folder / f"{MARKED}.png", folder / f"broken{MARKED}.png"
    picture.write_bytes(picture_file.read_bytes())
    broken.write_bytes(b"no picture")
    card = {"title": MARKED, "licence": MARKED, "training": MARKED}
    mine = save_small_model(paths.models_folder(), id="mine-x2", **card)
    mine.with_name("bad<img src='nothing'>.safetensors").write_bytes(b"no model")
    window.pages.models.refresh()
    upscale, batch = window.pages.upscale, window.pages.batch
    upscale.panel.form.reload()
    for path in (picture_file, picture):
        with qtbot.waitSignal(upscale.opened):
            window.open_paths([path])
        upscale.panel.form.set_model("mine-x2", "binary")
        run_upscale(qtbot, upscale)
    with qtbot.waitSignal(upscale.exporter.saved):
        upscale.save()
    batch.add_paths([picture, broken])
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    batch.start()
    qtbot.waitUntil(lambda: not batch.running and window.runner.idle, timeout=20000)
    mine.write_bytes(mine.read_bytes()[:-100])
    window.pages.models.check_all()
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    for narrow in window.findChildren(ElidedLabel):
        narrow.resize(8, narrow.height())
    return window


def test_no_name_in_the_window_is_taken_for_html(marked, subtests):
    """All about one window, which takes a while to fill."""
    with subtests.test("in labels and tool tips"):
        told = [text.text() for text in marked.findChildren(QLabel)] + list(tool_tips(marked))
        assert sum("img" in text for text in told) >= 10  # there are some to be taken so
        assert shown_as_html(marked) == []
    with subtests.test("and tool tips show the tags"):
        tips = [tip for tip in tool_tips(marked) if "&lt;img" in tip]
        assert tips
        assert all(Text.mightBeRichText(tip) for tip in tips)  # else the escapes would be seen


def test_labels_of_dialogs_are_plain(frame, settings, catalog):
    for dialog in (
        SettingsDialog(settings, catalog.cards(), frame),
        HelpDialog(frame.menuBar(), frame),
    ):
        formats = {text.textFormat() for text in dialog.findChildren(QLabel)}
        assert formats == {Qt.TextFormat.PlainText}


@pytest.fixture
def models(qtbot, runner, catalog, settings):
    """The page of the models, with one of the user's."""
    save_small_model(paths.models_folder(), id="mine-x2")
    page = ModelsPage(runner, catalog, settings, Speeds(settings), Actions(QObject(runner)))
    qtbot.addWidget(page)
    return page


QUESTIONS = {
    "unsaved": lambda page: dialogs.ask_about_unsaved(page, [MARKED], True),
    "unexpected": lambda page: errors.show_unexpected(
        page, ImageFileError("{file} is broken.", file=MARKED)
    ),
    "remove": lambda page: page._remove("mine-x2"),
}


@pytest.mark.parametrize("which", QUESTIONS)
def test_no_question_takes_a_name_for_html(models, which):
    formats = {}

    def look():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts = [text for text in box.findChildren(QLabel) if text.text()]
        formats.update({text.text(): text.textFormat() for text in texts})
        box.reject()

    QTimer.singleShot(0, look)
    QUESTIONS[which](models)
    assert set(formats.values()) == {Qt.TextFormat.PlainText}


def test_labels_and_questions_are_made_in_one_place():
    """Elsewhere they would guess whether their text is HTML."""
    made = re.compile(r"\b(QLabel|QMessageBox)\((?!QLabel)|QMessageBox\.(question|warning)")
    users = {file.name for file in VIEWS.rglob("*.py") if made.search(file.read_text())}
    assert users == {"widgets.py"}
