"""The language changes at once, everywhere: in all pages, in open dialogs, in numbers."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from bsr.engine.batch.request import BatchRequest
from bsr.engine.images import write_picture
from bsr.engine.picture import Picture
from bsr.qt import language as languages
from bsr.views.shared import formatting
from bsr.views.window.help_dialog import HelpDialog
from bsr.views.window.settings_dialog import SettingsDialog
from bsr.work.batch import Interrupted
from bsr.work.region import Region
from bsr.work.results import Result
from bsr.work.saving import Saved
from tests.app.enlarging import run_upscale
from tests.app.looking import made_with
from tests.app.said import leftovers, said_by


@pytest.fixture(autouse=True)
def notices_stay(monkeypatch):
    """What went well is else taken away while a busy machine changes its language."""
    monkeypatch.setattr("bsr.views.shared.notice_bar.SUCCESS_MILLISECONDS", 1_000_000)


def change(language, code):
    language.speak(code)
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()


def dialogs_of(qtbot, window, settings):
    made = [
        SettingsDialog(settings, window.pages.catalog.cards(), window),
        HelpDialog(window.menuBar(), window),
    ]
    for dialog in made:
        qtbot.addWidget(dialog)
    return made


def test_every_page_and_every_open_dialog_changes_its_language(qtbot, language, filled, settings):
    shown = [filled, *dialogs_of(qtbot, filled, settings)]
    assert len(said_by(filled)) > 300
    before, said = "en", {}
    for code in ("de", "zh_CN", "en", "zh_CN", "de", "en"):
        change(language, code)
        for window in shown:
            now = set(said_by(window))
            assert leftovers(now, before, code) == set(), f"{before} to {code}"
            assert said.setdefault((window, code), now) ^ now == set(), f"{code} again"
        before = code


def test_a_number_in_the_settings_is_written_as_in_the_language(qtbot, language, settings):
    settings.change(memory_limit_gigabytes=1.5)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SettingsDialog(settings, [], parent)
    change(language, "de")
    assert dialog.memory.text() == "1,5 GB"


def test_the_settings_change_the_language_at_once(language, frame, settings):
    from bsr import app

    assert frame.menus.view.title() == "&View"
    app.follow_settings(settings, language)
    settings.change(language="de")
    assert frame.menus.view.title() == "&Ansicht"
    settings.change(language="zh_CN")
    assert frame.menus.view.title() == "视图(&V)"


def test_a_notice_keeps_its_names_when_the_language_changes(language, frame):
    name = "die Ansicht {0}.png"
    text = QCoreApplication.translate(
        "WindowSession", "BSR ended before these results were saved: {0}"
    )
    frame.notice.say("info", text.format(name))
    change(language, "de")
    assert frame.notice.text().endswith(f": {name}")
    assert not frame.notice.text().startswith("BSR ended")


def test_a_notice_of_several_sentences_changes_its_language_whole(
    qtbot, language, window, tmp_path
):
    saved = Saved(tmp_path / "in" / "Saved.png", kept=("ICC",), lost=("EXIF",))
    window.pages.upscale.exporter.saved.emit(saved)
    change(language, "de")
    assert window.notice.text() == (
        "„Saved.png“ in „in“ gespeichert. Behalten: ICC-Profil. Nicht behalten: EXIF."
    )
    assert window.notice.accessibleName() == window.notice.text()
    window.tell_error(MemoryError())
    change(language, "en")
    assert window.notice.text() == (
        "There is not enough memory for this. "
        "Close other programs, or choose a smaller picture or scale."
    )


def test_a_notice_has_room_for_its_button_in_another_language(qtbot, language, frame):
    with_names = formatting.saved(Saved(Path("a.png")))
    frame.notice.say("success", with_names, [(frame.tr("Show in folder"), lambda: None)])
    change(language, "de")
    (show,) = frame.notice.choices()
    assert show.text() == "Im Ordner zeigen"
    qtbot.waitUntil(lambda: frame.notice.width() == frame.notice.sizeHint().width())
    qtbot.waitUntil(lambda: show.width() >= show.sizeHint().width())


def test_what_a_batch_says_in_several_sentences_changes_its_language_whole(
    language, batch_page, tmp_path
):
    batch = batch_page
    batch._added = [tmp_path / "a", tmp_path / "b"]
    batch._take_back_empty()
    change(language, "de")
    assert batch.notice.text().count("sind keine Bilder.") == 2
    batch._offer([Interrupted(BatchRequest((), tmp_path / "out"), 3, 2, failed=1)])
    change(language, "en")
    assert batch.notice.text() == (
        f"A batch into {tmp_path / 'out'} was interrupted: 3 done, 2 remaining. "
        "1 could not be enlarged."
    )


def test_what_is_being_made_and_what_was_cleaned_up_change_their_names(
    qtbot, language, upscale_page, picture_file
):
    upscale = upscale_page
    with qtbot.waitSignal(upscale.opened):
        upscale.open(picture_file)
    pixels = np.zeros((48, 72, 3), np.uint8)
    result = Result(
        Picture(pixels), "BSR JPEG x2", "bsr-jpeg-x2", "binary", 1.0, 1, 2.0, percent=40
    )
    upscale.bring_back(upscale.kept, result)
    upscale.compare.layers.begin_live(48, 72, made_with("bsr-x2", percent=60))
    layers = upscale.compare.layers
    assert layers.live.name == "Clean, clean-up 60 % · Binary"
    assert layers.results[0].name == "JPEG, clean-up 40 % · Binary"
    change(language, "de")
    assert layers.live.name == "Sauber, Bereinigung 60 % · Binär"
    assert layers.live.details.endswith("wird berechnet …")
    assert layers.results[0].name == "JPEG, Bereinigung 40 % · Binär"
    row = upscale.panel.results.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.startswith("JPEG, Bereinigung 40 % · Binär")


def test_a_picture_that_is_called_like_a_button_keeps_its_name(qtbot, language, window, tmp_path):
    path = tmp_path / "Cancel"
    write_picture(Picture(np.zeros((20, 20, 3), np.uint8)), path, format="png")
    with qtbot.waitSignal(window.pages.upscale.opened):
        window.open_paths([path])
    change(language, "de")
    assert window.pages.upscale.panel.name.whole_text() == "Cancel"
    assert window.windowTitle() == "Cancel – BSR"


def test_a_file_that_is_called_like_what_the_window_says_keeps_its_name(
    qtbot, language, window, picture_file, tmp_path
):
    name = "All cats.png"  # as in "All 3"
    (tmp_path / name).write_bytes(picture_file.read_bytes())
    window.pages.batch.list.show_counts()
    upscale = window.pages.upscale
    for path in (tmp_path / name, picture_file):
        with qtbot.waitSignal(upscale.opened):
            window.open_paths([path])
        run_upscale(qtbot, upscale)
    qtbot.waitUntil(lambda: window.runner.idle)

    def names():
        files = [*window.empty.thumbnail_buttons(), *window.menus.recent.actions()]
        texts = [shown.text() for shown in [*window.strip.buttons, *files]]
        return [window.windowTitle(), *(text for text in texts if "cats" in text)]

    with qtbot.waitSignal(upscale.opened):
        window.strip.buttons[0].click()
    qtbot.waitUntil(lambda: window.runner.idle)  # thumbnails of what was opened are there
    assert names() == [f"{name} – BSR", f"● {name}", name, name]
    change(language, "de")
    assert names() == [f"{name} – BSR", f"● {name}", name, name]
    assert "Alle 0" in window.pages.batch.list.filter.segment("all").text()
    assert window.strip.buttons[0].accessibleName() == f"{name}: nicht gespeichert"


def test_the_languages_of_the_settings_are_those_that_are_translated():
    from bsr.qt.settings import CHOICES

    there = {file.stem.removeprefix("bsr_") for file in languages.TRANSLATIONS.glob("*.qm")}
    assert there == set(CHOICES["language"]) - {""}


def test_a_folder_that_is_called_like_what_the_window_says_keeps_its_name(
    language, batch_page, tmp_path
):
    panel, folder = batch_page.panel, tmp_path / "many pixels"
    assert formatting.megapixels(10, 10) == "100 pixels"
    panel.set_output(folder)
    for code, new in (("de", "Neuer Ordner"), ("en", "A new folder")):
        change(language, code)
        assert panel._folder.whole_text() == str(folder)
        panel.set_output(None)
        assert panel._folder.whole_text().startswith(new)
        panel.set_output(folder)


def test_a_cropped_picture_is_called_so_in_every_language(
    qtbot, language, upscale_page, picture_file
):
    upscale = upscale_page
    with qtbot.waitSignal(upscale.opened):
        upscale.open(picture_file)
    upscale.crop(Region(0, 0, 10, 10))
    for code, cropped in (("de", "zugeschnitten"), ("en", "cropped")):
        change(language, code)
        assert upscale.panel.facts.whole_text().endswith(cropped)
