"""The keyboard alone does everything, and the focus stays where the person was."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from bsr.views.compare.crop import CropOverlay
from bsr.views.window.side_bar import BATCH, MODELS, UPSCALE
from bsr.work.region import Region
from tests.app.enlarging import run_upscale

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(qtbot, window):
    qtbot.waitUntil(window.isActiveWindow)
    return Keys(qtbot, window)


class Keys:
    """Presses keys where the focus is, as a person does."""

    def __init__(self, qtbot, window):
        self.qtbot, self.window = qtbot, window

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def tab_to(self, name):
        """Go on with Tab to a control of this name; every stop on the way has a name."""
        passed = []
        while name_of_focus() != name:
            assert len(passed) < 60, passed
            self.press(Qt.Key.Key_Tab)
            passed.append(name_of_focus())
            assert passed[-1], QApplication.focusWidget()


def name_of_focus():
    widget = QApplication.focusWidget()
    return widget.accessibleName() or widget.text().replace("&", "")


def test_from_the_start_to_a_saved_result_with_keys_alone(qtbot, window, keys, settings, tmp_path):
    settings.change(output_folder=str(tmp_path / "results"))
    upscale = window.pages.upscale
    keys.tab_to("Cat")
    with qtbot.waitSignal(upscale.opened):
        keys.press(Qt.Key.Key_Space)
    keys.tab_to("Size: 2×")
    assert upscale.panel.form.scale() == 2
    keys.tab_to("Enlarge")
    with qtbot.waitSignal(upscale.panel.results.chosen, timeout=60000):
        keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not upscale.running)
    assert name_of_focus() == "Enlarge"
    keys.tab_to("Save")
    with qtbot.waitSignal(upscale.exporter.saved, timeout=20000):
        keys.press(Qt.Key.Key_Space)
    assert [file.name for file in (tmp_path / "results").iterdir()] == ["cat_bsr_x2.png"]


def test_keys_of_the_picture_do_nothing_unseen(qtbot, window, listed, keys, picture_file):
    """But the batch has its own Undo."""
    window.show_page(UPSCALE)
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    with qtbot.waitSignal(upscale.panel.results.chosen, timeout=20000):
        upscale.start()
    with qtbot.waitSignal(upscale.opened):
        upscale.crop(Region(0, 0, 10, 10))
    part, scale = upscale.current, upscale.panel.form.scale()
    window.show_page(BATCH)
    listed.list.table.selectRow(0)
    listed.remove_selected()
    keys.press(Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(listed.model.rows()) == 3)
    assert upscale.current is part
    window.runner.pause_queue(True)
    upscale.start()
    window.show_page(MODELS)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_W, Qt.Key.Key_M):
        keys.press(key, CONTROL)
    keys.press(Qt.Key.Key_4, CONTROL | Qt.KeyboardModifier.AltModifier)
    keys.press(Qt.Key.Key_Escape)
    assert upscale.running and upscale.current is part and upscale.panel.form.scale() == scale
    window.show_page(UPSCALE)
    keys.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not upscale.running)
    window.runner.pause_queue(False)


def test_a_folder_becomes_a_finished_batch_with_keys_alone(
    clipboard, qtbot, window, keys, settings, tmp_path, picture_file
):
    settings.change(output_folder=str(tmp_path / "results"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture_file.parent))])
    clipboard.setMimeData(data)
    batch = window.pages.batch
    keys.press(Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: window.stack.currentIndex() == BATCH and window.runner.idle)
    keys.tab_to("Enlarge 1 pictures")
    keys.press(Qt.Key.Key_Space)
    assert name_of_focus() == "Cancel"
    qtbot.waitUntil(lambda: not batch.running, timeout=20000)
    assert QApplication.focusWidget() is batch.list.table
    assert len(list((tmp_path / "results").glob("*.png"))) == 1


def test_a_question_that_is_answered_gives_the_focus_back(qtbot, frame):
    qtbot.waitUntil(frame.isActiveWindow)
    frame.empty.paste_button.setFocus()
    frame.notice.say("info", "Two ways.", [("This", lambda: None), ("That", lambda: None)])
    frame.notice.choices()[0].setFocus()
    Keys(qtbot, frame).press(Qt.Key.Key_Space)
    assert frame.notice.isHidden()
    assert QApplication.focusWidget() is frame.empty.paste_button


def test_the_focus_goes_into_the_page_that_is_chosen_whatever_floats_over_it(window):
    window.notice.say("info", "Two ways.", [("This", lambda: None)])
    window.empty.paste_button.setFocus()
    for number in (BATCH, MODELS):
        window.show_page(number)
        assert window.stack.currentWidget().isAncestorOf(QApplication.focusWidget())
    window.show_page(UPSCALE)
    assert QApplication.focusWidget() is window.empty.paste_button


def test_removed_rows_leave_the_focus_in_the_table_and_come_back_with_a_key(keys, listed, subtests):
    batch, table = listed, listed.list.table
    first, _, last = [row.path for row in batch.model.rows()]
    with subtests.test("the focus stays"):
        table.setFocus()
        table.selectRow(1)
        keys.press(Qt.Key.Key_Delete)
        assert [row.path for row in batch.model.rows()] == [first, last]
        assert QApplication.focusWidget() is table
        assert table.currentIndex().row() == 1
    with subtests.test("the key is the same in another language"):
        batch.notice.choices()[0].setText("Rückgängig")
        keys.press(Qt.Key.Key_Z, CONTROL)
        assert len(batch.model.rows()) == 3


def test_actions_of_the_models_page_need_models(qtbot, window, bundled):
    actions, page = window.qactions, window.pages.models
    assert actions.measure_speeds.isEnabled() and actions.check_models.isEnabled()
    page.check_all()
    assert not actions.check_models.isEnabled() and not actions.measure_speeds.isEnabled()
    qtbot.waitUntil(lambda: page.idle)
    assert actions.check_models.isEnabled()


def test_the_view_offers_only_what_its_mode_has(qtbot, upscale_page, picture_file):
    upscale = upscale_page
    upscale.show()
    with qtbot.waitSignal(upscale.opened):
        upscale.open(picture_file)
    actions = upscale.compare._actions
    for mode in ("split", "side", "difference", "blink"):
        upscale.compare.set_mode(mode)
        for choices, wanted in ((actions.panes, "side"), (actions.amplifications, "difference")):
            assert {action.isEnabled() for action in choices.values()} == {mode == wanted}, mode


def test_escape_ends_the_choice_on_the_picture_and_not_the_work(qtbot, window, picture_file):
    """Its key is also that of "Cancel", which is enabled while something runs."""
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    stopped = []
    window.qactions.cancel.setEnabled(True)
    window.qactions.cancel.triggered.connect(lambda: stopped.append(True))
    canvas = upscale.compare.canvases()[0]
    canvas.select_region()
    with qtbot.waitSignal(canvas.selection_ended):
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert stopped == []
    upscale.compare.begin_crop()
    overlay = window.findChild(CropOverlay)
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible() and stopped == []
    window.qactions.cancel.setEnabled(True)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert stopped == [True]


def test_letters_choose_from_a_list_of_choices_that_has_the_focus(
    qtbot, window, keys, picture_file
):
    upscale = window.pages.upscale
    with qtbot.waitSignal(upscale.opened):
        window.open_paths([picture_file])
    box = upscale.panel.form.model_form.model
    box.setFocus()
    keys.press(Qt.Key.Key_C)  # crops the picture where nothing else takes letters
    assert box.currentText() == "Clean"
    assert not upscale.compare.findChild(CropOverlay).isVisible()
    keys.press(Qt.Key.Key_M, CONTROL)
    assert upscale.examinations.quality.isVisible()


@pytest.mark.qt_log_ignore("raise", "grabbing the keyboard")
def test_the_picture_has_its_keys_after_a_click_on_what_a_pane_shows(
    qtbot, window, keys, picture_file
):
    with qtbot.waitSignal(window.pages.upscale.opened):
        window.open_paths([picture_file])
    run_upscale(qtbot, window.pages.upscale)
    compare = window.pages.upscale.compare
    compare.split.setFocus()
    boxes = [box for box in compare.findChildren(QComboBox) if box.isVisible()]
    for box in boxes:
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
        box.hidePopup()
    keys.press(Qt.Key.Key_B)
    assert len(boxes) == 2 and compare.mode == "blink"


def test_a_selected_text_is_copied_before_the_result(qtbot, window, keys, picture_file):
    with qtbot.waitSignal(window.pages.upscale.opened):
        window.open_paths([picture_file])
    run_upscale(qtbot, window.pages.upscale)
    window.show_page(MODELS)
    panel = window.pages.models.panels[0]
    text = next(text for text in panel.findChildren(QLabel) if "CC0-1.0" in text.text())
    text.setFocus()
    text.setSelection(0, 7)
    keys.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "CC0-1.0"
