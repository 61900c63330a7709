from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from bsr.views.window import help_dialog
from bsr.views.window.shortcuts_list import ShortcutsList


def texts(dialog, topic):
    return [child.text() for child in dialog.tabs.widget(topic).findChildren(QLabel)]


def test_f1_opens_the_help_beside_the_work(qtbot, frame):
    qtbot.keyClick(frame, Qt.Key.Key_F1)
    assert frame.help.isVisible() and not frame.help.isModal()
    frame.qactions.start.trigger()  # the window can be used
    qtbot.keyClick(frame.help, Qt.Key.Key_Escape)
    assert not frame.help.isVisible()


def test_the_menu_and_the_side_bar_lead_to_the_help(frame):
    help_menu = frame.menuBar().actions()[-1].menu()
    assert help_menu.actions()[0] is frame.qactions.help
    buttons = frame.side_bar.findChildren(QToolButton)
    next(it for it in buttons if it.accessibleName() == "Help").click()
    assert frame.help.isVisible()


def test_the_help_explains_every_family_and_kind_of_weights(frame):
    frame.qactions.help.trigger()
    said = texts(frame.help, help_dialog.MODELS)
    for heading in ("Binary and float", "Clean", "JPEG", "Sharp", "Automatic"):
        assert heading in said
        assert len(said[said.index(heading) + 1]) > 60
    assert {"PSNR", "SSIM"} < set(texts(frame.help, help_dialog.QUALITY))
    assert any("never uses the network" in it for it in texts(frame.help, help_dialog.PRIVACY))


def test_the_shortcuts_are_a_topic_of_the_help(frame):
    frame.qactions.shortcuts.trigger()
    assert frame.help.tabs.currentIndex() == help_dialog.SHORTCUTS
    assert "Ctrl+O" in texts(frame.help, help_dialog.SHORTCUTS)


def test_the_shortcuts_are_listed_anew_only_in_another_language(qtbot, language, frame):
    shortcuts = ShortcutsList(frame.menuBar())
    qtbot.addWidget(shortcuts)
    before = shortcuts.widget()
    QApplication.sendEvent(shortcuts, QEvent(QEvent.Type.LanguageChange))  # Qt says it twice
    assert shortcuts.widget() is before
    language.speak("de")
    QApplication.sendEvent(shortcuts, QEvent(QEvent.Type.LanguageChange))
    assert "Speichern" in {label.text() for label in shortcuts.findChildren(QLabel)}


def test_the_topics_are_reached_with_the_keyboard(qtbot, frame):
    frame.qactions.help.trigger()
    qtbot.waitUntil(frame.help.isActiveWindow)
    for topic in range(1, frame.help.tabs.count()):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert frame.help.tabs.currentIndex() == topic


def test_no_text_of_the_help_is_cut_off(qtbot, frame):
    frame.qactions.help.trigger()
    for topic in range(frame.help.tabs.count()):
        frame.help.tabs.setCurrentIndex(topic)
        for label in frame.help.tabs.widget(topic).findChildren(QLabel):
            if label.wordWrap():
                qtbot.waitUntil(lambda it=label: it.height() >= it.heightForWidth(it.width()))
            else:
                qtbot.waitUntil(lambda it=label: it.width() >= it.sizeHint().width())
