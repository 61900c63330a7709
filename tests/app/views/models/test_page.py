import shutil

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from bsr.engine.models.weights_file import read_card
from bsr.engine.upscaling.pace import Pace
from bsr.views.models.card import ModelPanel
from bsr.views.models.page import ModelsPage
from bsr.views.shared.actions import Actions
from bsr.work.model_files import Examined
from bsr.work.speeds import Speeds
from tests.networks import make_config
from tests.small_models import save_small_model, save_small_pyramid


@pytest.fixture
def page(qtbot, runner, catalog, settings, kernels):
    page = ModelsPage(runner, catalog, settings, Speeds(settings), Actions(QObject(runner)))
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.errors, page.news = [], []
    page.failed.connect(page.errors.append)
    page.told.connect(page.news.append)
    return page


def texts(panel):
    return [child.text() for child in panel.findChildren(QLabel)]


def panel_of(page, model_id):
    return next(panel for panel in page.panels if panel.model_id == model_id)


def test_every_model_is_a_row_with_what_a_person_wants_to_know(page):
    assert [panel.model_id for panel in page.panels] == ["small-x2", "small-x4"]
    shown = texts(panel_of(page, "small-x2"))
    for text in ("Small", "2×", "Binary", "Float", "not checked", "–"):
        assert text in shown
    assert any("% of float" in text for text in shown)
    assert any("CC0-1.0" in text for text in shown)
    assert "Float" not in texts(panel_of(page, "small-x4"))


def test_scores_are_shown_where_the_file_has_some(page, settings, runner, catalog, tmp_path, qtbot):
    scores = {"Set5": {"psnr": 31.256, "ssim": 0.8871}}
    save_small_model(catalog.user_folder, id="scored-x2", scores=scores)
    page.refresh()
    shown = texts(panel_of(page, "scored-x2"))
    assert "PSNR / SSIM, Set5" in shown
    assert any("31" in text and "26 dB" in text and "887" in text for text in shown)


def test_measuring_all_shows_and_keeps_the_speeds(qtbot, page, settings, catalog):
    page.measure_all()
    qtbot.waitUntil(lambda: page.idle, timeout=30000)
    card = catalog.find("small-x2", "float")
    assert Speeds(settings).pixels_per_second(card, settings.preferences.threads) > 0
    assert sum("MP/s" in text for text in texts(panel_of(page, "small-x2"))) == 2


def test_measuring_goes_on_past_a_damaged_file_and_keeps_what_was_measured(
    qtbot, page, settings, catalog, monkeypatch
):
    """The number of cores that are left free may change meanwhile."""
    path = save_small_model(catalog.user_folder, id="a-mine-x2")
    whole = bytearray(path.read_bytes())
    whole[-3] ^= 0xFF
    path.write_bytes(whole)
    page.refresh()
    before = settings.preferences.threads
    page.measure_all()
    monkeypatch.setattr(type(settings.preferences), "threads", before + 3)
    qtbot.waitUntil(lambda: page.idle, timeout=30000)
    assert "damaged" in texts(panel_of(page, "a-mine-x2"))
    card = catalog.find("small-x4", "binary")
    assert list(settings.speeds(card.key[0] + "-" + card.key[1])) == [before]


def test_checking_finds_a_file_that_was_changed(qtbot, page, catalog):
    path = save_small_model(catalog.user_folder, id="mine-x2")
    whole = bytearray(path.read_bytes())
    whole[-3] ^= 0xFF
    path.write_bytes(whole)
    page.refresh()
    page.check_all()
    qtbot.waitUntil(lambda: page.idle, timeout=10000)
    assert "damaged" in texts(panel_of(page, "mine-x2"))
    assert texts(panel_of(page, "small-x2")).count("intact") == 2


def test_an_imported_model_appears_and_can_be_removed(qtbot, page, catalog, tmp_path):
    path = save_small_model(tmp_path / "download", id="mine-x2")
    with qtbot.waitSignal(page.catalog_changed):
        page.import_files([path])
    assert page.news == ["Imported: Small x2."]
    panel = panel_of(page, "mine-x2")
    assert not panel.remove.isHidden()
    assert panel_of(page, "small-x2").remove.isHidden()

    def agree():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.button(QMessageBox.StandardButton.Yes).click()

    QTimer.singleShot(0, agree)
    with qtbot.waitSignal(page.catalog_changed):
        panel.remove.click()
    assert [panel.model_id for panel in page.panels] == ["small-x2", "small-x4"]
    assert page.errors == []


def test_measuring_can_be_stopped_where_it_was_begun(qtbot, page, monkeypatch):
    """With the keyboard alone; what was measured until then is kept."""
    measured = []

    def measure(catalog, card, threads, cancel):
        while measured:
            cancel.check()
        measured.append(card)
        return Pace(0, 1e-6, 1e-6)

    monkeypatch.setattr("bsr.work.model_files.measure", measure)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    begin = next(made for made in page.findChildren(QPushButton) if made.text() == "Measure all")
    assert begin.isVisible() and not page.stop.isVisible()
    begin.setFocus()
    qtbot.keyClick(begin, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(measured) == 1)
    assert page.stop.hasFocus() and not begin.isVisible()
    qtbot.keyClick(page.stop, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.idle)
    assert begin.hasFocus() and begin.isEnabled() and not page.stop.isVisible()
    shown = [text for panel in page.panels for text in texts(panel)]
    assert sum("MP/s" in text for text in shown) == 1 and "…" not in shown
    assert page.errors == []


def test_each_scale_of_a_file_has_a_speed_of_its_own(qtbot, page, catalog, monkeypatch):
    def measure(catalog, card, threads, cancel):
        return Pace(0, card.scale**3 * 1e-6, card.scale**3 * 1e-6)

    monkeypatch.setattr("bsr.work.model_files.measure", measure)
    save_small_pyramid(catalog.user_folder)
    page.refresh()
    page.measure_all()
    qtbot.waitUntil(lambda: page.idle, timeout=10000)
    shown = {
        scale: next(text for text in texts(panel_of(page, f"pyramid-x{scale}")) if "MP/s" in text)
        for scale in (2, 4, 8)
    }
    assert len(set(shown.values())) == 3


def test_a_speed_shows_only_where_it_was_measured(page, catalog, settings):
    """The panels of one file's scales show that they wait until their own turn comes."""
    save_small_pyramid(catalog.user_folder)
    page.refresh()
    page._busy = {card.key for card in catalog.cards()}
    page._show_busy()
    card, threads = catalog.find("pyramid-x2", "binary"), settings.preferences.threads
    page._take_item(Examined(card, pace=Pace(0, 1e-6, 1e-6), threads=threads))
    assert "MP/s" in " ".join(texts(panel_of(page, "pyramid-x2")))
    page.refresh()
    assert "…" in texts(panel_of(page, "pyramid-x4"))


def test_removing_one_scale_of_a_file_asks_for_all(qtbot, page, catalog, tmp_path):
    path = save_small_pyramid(tmp_path / "download")
    with qtbot.waitSignal(page.catalog_changed):
        page.import_files([path])
    assert page.news == ["Imported: Pyramid x2, Pyramid x4, Pyramid x8."]
    asked = []

    def agree():
        box = QApplication.activeModalWidget()
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Yes).click()

    QTimer.singleShot(0, agree)
    with qtbot.waitSignal(page.catalog_changed):
        panel_of(page, "pyramid-x4").remove.click()
    assert "“pyramid-x2, pyramid-x4, pyramid-x8”" in asked[0]
    assert [panel.model_id for panel in page.panels] == ["small-x2", "small-x4"]


def test_a_damaged_file_is_not_imported_and_says_why(qtbot, page, catalog, tmp_path):
    path = save_small_model(tmp_path, id="mine-x2")
    path.write_bytes(path.read_bytes()[:-100])
    with qtbot.waitSignal(page.failed):
        page.import_files([path])
    assert path.name in str(page.errors[0])
    assert not catalog.user_folder.exists() or not list(catalog.user_folder.iterdir())


def test_a_bad_file_keeps_no_other_from_being_imported(qtbot, page, catalog, tmp_path):
    first, last = (save_small_model(tmp_path, id=f"{name}-x2", title=name) for name in "ac")
    bad, worse = tmp_path / "bad.safetensors", tmp_path / "worse.safetensors"
    for file in (bad, worse):
        file.write_bytes(b"no model")
    with qtbot.waitSignal(page.failed):
        page.import_files([first, bad, last, worse])
    assert {"a-x2", "c-x2"} <= {card.id for card in catalog.cards()}
    told = str(page.errors[0])
    assert told.startswith("Imported: a, c. ")
    assert bad.name in told and worse.name in told
    assert page.news == []


def test_a_file_in_the_folder_that_is_no_model_is_named(page, catalog):
    catalog.user_folder.mkdir(parents=True)
    (catalog.user_folder / "junk-x2-binary.safetensors").write_bytes(b"junk")
    page.refresh()
    assert any("junk-x2" in text for text in texts(page))


def test_a_model_says_why_its_binary_weights_are_not_faster(qtbot, page, catalog, tmp_path):
    config = make_config("binary-weight", network="srresnet")
    catalog.import_file(save_small_model(tmp_path, "classic-x2", network="srresnet", config=config))
    page.refresh()
    said = [any("not faster" in text for text in texts(panel)) for panel in page.panels]
    assert said == [panel.model_id == "classic-x2" for panel in page.panels]


def test_the_default_weights_and_the_default_model_take_effect_at_once(qtbot, page, settings):
    qtbot.mouseClick(page.weights.segment("float"), Qt.MouseButton.LeftButton)
    assert settings.preferences.weights == "float"
    panel_of(page, "small-x4").default.click()
    assert settings.preferences.model == "small-x4"
    assert panel_of(page, "small-x4").default.isChecked()
    panel_of(page, "small-x4").default.click()
    assert settings.preferences.model == ""


def test_the_focus_stays_on_the_button_that_makes_a_model_the_default(qtbot, page):
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    made = panel_of(page, "small-x4").default
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert made.text() == "Default"
    assert QApplication.focusWidget() is made
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert made.text() == "Make default"


def test_only_settings_that_are_seen_here_are_shown_anew(page, settings, monkeypatch):
    shown = []
    monkeypatch.setattr(ModelPanel, "show_speed", lambda self, card, speed: shown.append(card))
    panels = list(page.panels)
    settings.change(quality=51)
    assert (page.panels, shown) == (panels, [])
    settings.change(free_cores=1 if settings.preferences.threads > 1 else 0, weights="float")
    assert page.panels == panels and len(shown) == 3
    assert page.weights.value() == "float"


def test_no_model_at_all_is_said(qtbot, runner, settings, tmp_path):
    from bsr.engine.models.catalog import Catalog

    empty = Catalog(tmp_path / "none", tmp_path / "neither")
    page = ModelsPage(runner, empty, settings, Speeds(settings), Actions(QObject(runner)))
    qtbot.addWidget(page)
    assert "No model is installed. Import one." in [
        child.text() for child in page.findChildren(QLabel) if not child.isHidden()
    ]


def test_a_model_that_vanishes_is_an_error_and_no_crash(qtbot, page, catalog, settings):
    path = save_small_model(catalog.user_folder, id="mine-x2")
    page.refresh()
    page.measure_all()
    path.unlink()
    shutil.rmtree(catalog.user_folder)
    qtbot.waitUntil(lambda: page.idle, timeout=30000)
    assert len(page.panels) == 2


def test_networks_that_came_to_be_compared_with_stand_last_under_a_heading(
    qtbot, runner, settings, catalog, kernels, tmp_path
):
    for name in ("a-classic-x2", "small-x2"):
        network = "srresnet" if "classic" in name else "light"
        save_small_model(tmp_path / "bundled", id=name, network=network)
    catalog = type(catalog)(tmp_path / "bundled", tmp_path / "user")
    page = ModelsPage(runner, catalog, settings, Speeds(settings), Actions(QObject(runner)))
    qtbot.addWidget(page)
    assert [panel.model_id for panel in page.panels] == ["small-x2", "a-classic-x2"]
    heading = next(it for it in page.findChildren(QLabel) if it.text() == "For comparison")
    layout = page.panels[0].parentWidget().layout()
    places = [layout.indexOf(widget) for widget in (page.panels[0], heading, page.panels[1])]
    assert places == sorted(places)


def test_the_note_on_the_training_is_shown_whole(qtbot, page, catalog):
    note = "a long story of many tiles and steps " * 12
    save_small_model(catalog.user_folder, id="told-x2", training=note.strip())
    page.refresh()
    page.show()
    told = next(
        it for it in panel_of(page, "told-x2").findChildren(QLabel) if note[:30] in it.text()
    )
    assert told.text().endswith(note.strip()) and told.wordWrap()
    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))


def test_the_default_says_what_it_is(page, settings):
    panel = panel_of(page, "small-x2")
    assert panel.default.text() == "Make default"
    panel.default.click()
    assert settings.preferences.model == "small-x2"
    assert panel_of(page, "small-x2").default.text() == "Default"


def test_the_programs_own_models_say_what_they_are_for_and_are_the_default_as_a_family(
    page, catalog, settings
):
    for scale in (2, 4):
        save_small_model(catalog.user_folder, id=f"bsr-x{scale}", title=f"BSR x{scale}")
    page.refresh()
    assert "Keeps everything that is in the picture." in texts(panel_of(page, "bsr-x2"))
    panel_of(page, "bsr-x2").default.click()
    assert settings.preferences.model == "clean"
    assert panel_of(page, "bsr-x4").default.isChecked()


def test_a_model_with_a_title_of_the_programs_own_is_not_taken_for_one(page, catalog, settings):
    """The project's tools give these titles to all that is trained with them."""
    save_small_model(catalog.user_folder, id="mine-x2", title="BSR x2, binary weights")
    page.refresh()
    panel = panel_of(page, "mine-x2")
    assert panel.accessibleName() == "BSR · 2×"
    assert "Keeps everything that is in the picture." not in texts(panel)
    panel.default.click()
    assert settings.preferences.model == "mine-x2" and panel.default.isChecked()


def test_a_family_is_judged_by_what_it_is_for(qtbot, tmp_path):
    scores = {"Set5": {"psnr": 30.1}, "Set14 JPEG 75": {"psnr": 26.3, "bicubic": 25.5}}
    cards = [
        read_card(save_small_model(tmp_path, f"a-{family}", family=family, scores=scores))
        for family in ("clean", "jpeg")
    ]
    for card, measured in zip(cards, ("30.10 dB", "26.30 dB"), strict=True):
        panel = ModelPanel([card], own=False)
        qtbot.addWidget(panel)
        assert measured in texts(panel)
