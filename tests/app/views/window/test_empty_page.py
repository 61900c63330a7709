"""What is seen before a picture is open."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from bsr.views.window.empty_page import EmptyPage


def test_nothing_overlaps_in_a_small_window(qtbot, runner, settings):
    page = EmptyPage(runner, settings, QAction("open"), QAction("paste"))
    qtbot.addWidget(page)
    page.resize(500, 260)
    page.show()
    QApplication.processEvents()
    assert (page.width(), page.height()) == (500, 260)
    seen = [
        (shown, QRect(shown.mapTo(page, shown.rect().topLeft()), shown.size()))
        for kind in (QLabel, QPushButton)
        for shown in page.findChildren(kind)
        if shown.isVisible()
    ]
    seen += [
        (shown, QRect(shown.mapTo(page, shown.rect().topLeft()), shown.size()))
        for shown in page.thumbnail_buttons()
    ]
    apart = [
        (one, other)
        for number, (one, first) in enumerate(seen)
        for other, second in seen[number + 1 :]
        if first.intersects(second) and not (one.isAncestorOf(other) or other.isAncestorOf(one))
    ]
    assert apart == []
