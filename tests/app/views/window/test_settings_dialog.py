from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton, QWidget

from bsr.engine.machine import cores
from bsr.engine.models.catalog import Catalog
from bsr.languages import LANGUAGES
from bsr.qt import theme
from bsr.qt.settings import Preferences, Settings
from bsr.views.shared.widgets import Segments
from bsr.views.window import dialogs
from bsr.views.window.settings_dialog import SettingsDialog
from tests.small_models import save_small_model


@pytest.fixture
def dialog(qtbot, settings, catalog):
    window = QWidget()
    qtbot.addWidget(window)
    yield SettingsDialog(settings, catalog.cards(), window)


def press(dialog, kind):
    dialog.buttons.button(kind).click()


def test_every_preference_is_in_the_dialog(dialog):
    assert set(dialog.chosen()) == set(Preferences.__dataclass_fields__)
    assert Preferences(**dialog.chosen()) == Preferences()


@pytest.mark.parametrize("code", LANGUAGES)
def test_segments_show_their_whole_texts(qtbot, settings, catalog, language, code):
    theme.apply_theme("light")
    language.speak(code)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = SettingsDialog(settings, catalog.cards(), window)
    dialog.show()
    for segments in dialog.findChildren(Segments):
        for segment in segments.findChildren(QPushButton):
            segment.setChecked(True)  # and thereby bold
            assert segment.sizeHint().width() <= segment.width() or not segment.isVisible()


def test_a_model_is_listed_once_and_without_its_kind_of_weights(settings, tmp_path, qtbot):
    for weights in ("binary", "float"):
        save_small_model(tmp_path, weights=weights, title=f"Small x2, {weights} weights")
    window = QWidget()
    qtbot.addWidget(window)
    cards = Catalog(tmp_path, tmp_path / "own").cards()
    listed = SettingsDialog(settings, cards, window).model
    assert [listed.itemText(i) for i in range(1, listed.count())] == ["Small · 2×"]


def test_families_are_listed_beside_a_model_that_was_trained_alike(settings, tmp_path, qtbot):
    save_small_model(tmp_path, id="bsr-x2", title="BSR x2")
    save_small_model(tmp_path / "own", id="mine-x2", title="BSR x2")
    window = QWidget()
    qtbot.addWidget(window)
    cards = Catalog(tmp_path, tmp_path / "own").cards()
    listed = SettingsDialog(settings, cards, window).model
    shown = [(listed.itemText(i), listed.itemData(i)) for i in range(1, listed.count())]
    assert shown == [("Clean", "clean"), ("BSR · 2×", "mine-x2")]


def test_ok_keeps_what_was_chosen(dialog, settings):
    dialog.theme.set_value("dark")
    dialog.weights.set_value("float")
    dialog.model.setCurrentIndex(dialog.model.findData("small-x4"))
    dialog.format.setCurrentIndex(dialog.format.findData("webp"))
    dialog.quality.setValue(55)
    dialog.memory.setValue(1.5)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    kept = Settings(settings.file).preferences
    assert (kept.theme, kept.weights, kept.model) == ("dark", "float", "small-x4")
    assert (kept.format, kept.quality, kept.memory_limit_gigabytes) == ("webp", 55, 1.5)


@pytest.mark.parametrize(("model", "shown"), [("jpeg", "JPEG"), ("bsr-x4", "bsr-x4")])
def test_a_default_model_that_is_not_listed_is_shown_and_kept(qtbot, settings, model, shown):
    """None is listed while the pages load; a model of the program's own stands for its family."""
    settings.change(model=model)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = SettingsDialog(settings, [], window)
    assert dialog.model.currentText() == shown
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert settings.preferences.model == model


def test_cancel_changes_nothing(dialog, settings):
    dialog.quality.setValue(3)
    press(dialog, QDialogButtonBox.StandardButton.Cancel)
    assert settings.preferences == Preferences()


def test_restore_defaults_fills_in_the_fields_and_waits_for_ok(qtbot, settings, catalog):
    settings.change(quality=3, theme="dark")
    window = QWidget()
    qtbot.addWidget(window)
    dialog = SettingsDialog(settings, catalog.cards(), window)
    press(dialog, QDialogButtonBox.StandardButton.RestoreDefaults)
    assert settings.preferences.quality == 3
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert settings.preferences == Preferences()


@pytest.mark.parametrize("template", ["", "{nonsense}", "   "])
def test_a_template_that_gives_no_name_cannot_be_kept(dialog, template):
    dialog.template.setText(template)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.template.setText("{name}-{weights}")
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert "photo-binary.jpg" in dialog.example.text()


@pytest.mark.parametrize("folder", ["Pictures", "./results", "~nobody-of-that-name/results"])
def test_a_folder_that_depends_on_where_the_program_was_started_cannot_be_kept(dialog, folder):
    dialog.folder.setText(folder)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert "full path" in dialog.example.text()
    dialog.folder.clear()
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert "photo" in dialog.example.text()


def test_a_folder_that_was_kept_before_is_shown_where_it_keeps_the_rest(qtbot, settings, frame):
    settings.change(output_folder="results")
    dialog = SettingsDialog(settings, [], frame)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert dialog.example.isVisible() and "full path" in dialog.example.text()


def test_a_folder_may_be_named_from_the_users_own(dialog, settings):
    dialog.folder.setText(" ~/Pictures/results ")
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert settings.preferences.output_folder == str(Path.home() / "Pictures/results")


def test_at_least_one_core_is_left_to_work(dialog):
    assert dialog.free_cores.maximum() == max(0, cores() - 1)


def test_the_dialogs_of_a_window_are_gone_when_they_are_closed(qtbot, frame):
    for ask in (frame.qactions.settings.trigger, lambda: dialogs.ask_to_close(frame)):
        QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
        ask()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert frame.findChildren(QDialog) == []
