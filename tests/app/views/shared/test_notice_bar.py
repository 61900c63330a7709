"""One notice at a time, with its buttons, in the room that there is."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from bsr.qt import theme
from bsr.views.shared.notice_bar import NoticeBar
from bsr.views.shared.widgets import ElidedLabel


def floating(qtbot, width=900):
    """A room on the screen, and a notice over it."""
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(width, 200)
    notice = NoticeBar(room, floating=True)
    with qtbot.waitExposed(room):
        room.show()
    notice.place(room.rect())
    return room, notice


def test_the_icon_of_a_notice_takes_the_colour_of_the_theme(qtbot):
    theme.apply_theme("light")
    notice = NoticeBar()
    qtbot.addWidget(notice)
    notice.say("info", "Something happened.")
    notice.ensurePolished()

    def drawn():
        image = notice._icon.pixmap().toImage()
        return {image.pixelColor(x, y).name() for x in range(20) for y in range(20)}

    assert theme.LIGHT.link in drawn()
    theme.apply_theme("dark")
    assert theme.DARK.link in drawn()
    theme.apply_theme("light")


def test_a_notice_is_one_line_whatever_it_is_given(qtbot):
    notice = NoticeBar()
    qtbot.addWidget(notice)
    done = []
    notice.say("error", "first\nsecond", [("Do it", lambda: done.append(1))])
    assert notice.text() == "first second"
    notice.choices()[0].click()
    assert done == [1]
    assert notice.isHidden()


def test_a_new_notice_takes_the_place_of_the_old_one(qtbot):
    room, notice = floating(qtbot, width=500)
    notice.say("info", "old", [("One", lambda: None), ("Two", lambda: None)])
    notice.say("success", "new " * 100)
    assert notice.choices() == []
    assert notice.text().startswith("new")
    assert room.rect().contains(notice.geometry())


def test_a_notice_after_another_has_room_for_its_text_and_its_buttons(qtbot):
    _, notice = floating(qtbot)
    for text in ("Saved.", "It is saved already."):
        notice.say("success", text, [("Show in folder", lambda: None)])
        QApplication.processEvents()
        assert notice.findChild(ElidedLabel).text() == text


def test_a_notice_that_waits_for_an_answer_is_not_taken_away_by_one_before_it(qtbot):
    _, notice = floating(qtbot)
    notice._timer.setInterval(50)
    notice.say("success", "Saved.")
    notice.say("info", "The result is closed.", [("Undo", lambda: None)])
    qtbot.wait(120)
    assert notice.text() == "The result is closed."
    notice.say("success", "Saved.")
    qtbot.waitUntil(lambda: notice.text() == "")


def test_what_went_well_meanwhile_waits_until_what_must_be_read_is_gone(qtbot):
    notice = NoticeBar()
    qtbot.addWidget(notice)
    notice.say("success", "Copied.")
    notice.say("success", "Saved.", waits=True)
    assert notice.text() == "Saved."
    notice.say("info", "The result is closed.", [("Undo", lambda: None)])
    notice.say("success", "Saved.", waits=True)
    assert notice.text() == "The result is closed."
    notice.choices()[0].click()
    assert notice.text() == "Saved."
    notice.dismiss()
    assert notice.text() == ""
    notice.say("info", "There is more.", until_answered=True)  # which comes back
    notice.say("success", "Saved.", waits=True)
    assert notice.text() == "Saved."


def test_a_notice_puts_its_buttons_below_before_it_leaves_a_narrow_room(qtbot):
    page, notice = floating(qtbot)
    narrow, text = QRect(0, 0, 500, 200), "A sentence of some length " * 2
    choices = [("One thing", lambda: None), ("Another thing", lambda: None)]
    notice.place(narrow, page.rect())
    notice.say("info", text, choices)
    QApplication.processEvents()
    label, first = notice.findChild(ElidedLabel), notice.choices()[0]
    assert narrow.contains(notice.geometry())
    assert label.text() == notice.text()
    below = first.mapTo(notice, first.rect().topLeft()).y()
    assert below > label.mapTo(notice, label.rect().bottomLeft()).y()
    assert notice.rect().contains(first.mapTo(notice, first.rect().bottomRight()))
    notice.place(page.rect())
    QApplication.processEvents()
    assert notice.height() < 2 * first.height()
