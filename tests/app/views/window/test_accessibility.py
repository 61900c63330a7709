"""What those hear who do not see: every control has a name and says what it is."""

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QScrollBar,
    QTabBar,
    QTabWidget,
    QWidget,
)

from bsr.engine.errors import ImageFileError
from bsr.qt import theme
from bsr.views.compare.canvas import Canvas
from bsr.views.compare.crop import CropOverlay
from bsr.views.upscale.quality_chart import QualityChart
from bsr.views.window import dialogs, errors
from bsr.views.window.help_dialog import HelpDialog
from bsr.views.window.settings_dialog import SettingsDialog

ROLE = QAccessible.Role
CONTROLS = {
    *(ROLE.Button, ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.SpinBox),
    *(ROLE.Slider, ROLE.EditableText, ROLE.List, ROLE.Table, ROLE.ProgressBar, ROLE.ButtonMenu),
    *(ROLE.ButtonDropDown, ROLE.PageTab, ROLE.MenuItem),
}
INSIDE = (QAbstractSpinBox, QComboBox, QHeaderView, QTabBar)
PAINTED = (Canvas, CropOverlay, QualityChart)


def controls_of(window):
    """The controls of a window, those too that are hidden now; (widget, interface)."""
    for widget in QApplication.allWidgets():
        if widget.window() is not window or isinstance(widget, QScrollBar | QHeaderView):
            continue
        if isinstance(widget.parent(), (*INSIDE, QTabWidget)):
            continue  # they are told with what they are a part of
        if widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        focusable = widget.focusPolicy() & widget.focusPolicy().TabFocus
        if interface.role() in CONTROLS or focusable:
            yield widget, interface


def nameless(window):
    return sorted(
        f"{type(widget.parent()).__name__} > {type(widget).__name__} {interface.role().name}"
        for widget, interface in controls_of(window)
        if not interface.text(QAccessible.Text.Name) and not isinstance(widget, QTabWidget)
    )


NOT_OBVIOUS = {
    *("Weights: Binary", "Kind of size", "Zoom", "Clean-up", "Dots per inch", "Magnifier"),
    *("Compare models here", "Difference", "Blink", "Crop", "Give other programs priority"),
    *("Keep EXIF and XMP", "Import…", "Check files", "Measure all", "Cores left free", "Name"),
}


@pytest.fixture
def asked(qtbot, filled, settings):
    """A filled window and its dialogs."""
    dialogs = [
        SettingsDialog(settings, filled.pages.catalog.cards(), filled),
        HelpDialog(filled.menuBar(), filled),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
    return [filled, *dialogs]


def test_every_page_and_dialog_is_told_to_those_who_do_not_see(asked, subtests):
    """Everything about one filled window, which takes a while to fill."""
    with subtests.test("every control has a name"):
        for window in asked:
            assert len(list(controls_of(window))) > 5
            assert nameless(window) == []
    filled, settings, _ = asked
    with subtests.test("every control says what it is"):
        roles = {interface.role() for _, interface in controls_of(filled)}
        assert ROLE.NoRole not in roles
        assert roles >= {ROLE.RadioButton, ROLE.ComboBox, ROLE.Table, ROLE.Slider, ROLE.List}
    with subtests.test("one of several segments is told as such"):
        segments = filled.pages.upscale.panel.form.weights
        told = QAccessible.queryAccessibleInterface(segments.segment("binary"))
        assert told.role() == ROLE.RadioButton
        assert told.text(QAccessible.Text.Name) == "Weights: Binary"
    with subtests.test("pictures and charts are graphics"):
        painted = [found for kind in PAINTED for found in filled.findChildren(kind)]
        assert len(painted) > 8
        for widget in painted:
            told = QAccessible.queryAccessibleInterface(widget)
            assert told.role() == ROLE.Graphic
            assert told.text(QAccessible.Text.Name)
    with subtests.test("what is not obvious is explained under the pointer"):
        tips = {}
        for widget, interface in (*controls_of(filled), *controls_of(settings)):
            tip = widget.toolTip()
            name = widget.accessibleName() or interface.text(QAccessible.Text.Name)
            tips[name] = max(tips.get(name, ""), tip if tip != name else "", key=len)
        assert set(tips) >= NOT_OBVIOUS
        assert {name for name in NOT_OBVIOUS if not tips[name]} == set()
    with subtests.test("every menu item has a name"):
        for menu in filled.menuBar().actions():
            for action in menu.menu().actions():
                assert action.isSeparator() or action.text().strip("&… ")


def message_boxes(parent):
    """The dialogs that wait for an answer, each with what opens it."""
    error = ImageFileError("{file} is broken.", file="a.png")
    return {
        "close": lambda: dialogs.ask_to_close(parent),
        "unsaved": lambda: dialogs.ask_about_unsaved(parent, ["a.png"], True),
        "about": lambda: dialogs.show_about(parent),
        "unexpected": lambda: errors.show_unexpected(parent, error),
    }


@pytest.mark.parametrize("which", ["close", "unsaved", "about", "unexpected"])
def test_every_question_says_what_it_asks_and_names_its_answers(qtbot, which):
    heard, parent = [], QWidget()
    qtbot.addWidget(parent)

    def listen():
        box = QApplication.activeModalWidget()
        told = QAccessible.queryAccessibleInterface(box)
        heard.append(told.text(QAccessible.Text.Name))
        heard.append(nameless(box))
        heard.append([box.text() in text.text() for text in box.findChildren(QLabel)])
        box.reject()

    QTimer.singleShot(0, listen)
    message_boxes(parent)[which]()
    assert heard[0]
    assert heard[1] == []
    assert any(heard[2])


def contrast(first, second):
    """Contrast of two colours as WCAG defines it, 1 to 21."""
    dark, light = sorted((luminance(QColor(first)), luminance(QColor(second))))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def strongest(icon, ground):
    """The largest contrast of a full pixel of an icon with the colour behind it."""
    image = icon.pixmap(32, 32).toImage()
    colours = {image.pixel(x, y) for x in range(32) for y in range(32)}
    full = (QColor(colour) for colour in colours if colour >> 24 > 250)
    return max((contrast(colour, ground) for colour in full), default=0.0)


@pytest.fixture(params=["light", "dark", "contrast"])
def colours(qapp, request, monkeypatch):
    # Windows of earlier tests wait for an event loop to be deleted; a theme would dress them anew.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if request.param == "contrast":
        system = QPalette(QColor("#000000"))
        for role, colour in (
            *((QPalette.ColorRole.WindowText, "#ffffff"), (QPalette.ColorRole.Base, "#000000")),
            *((QPalette.ColorRole.Highlight, "#1aebff"), (QPalette.ColorRole.Link, "#ffff00")),
            (QPalette.ColorRole.HighlightedText, "#000000"),
        ):
            system.setColor(role, QColor(colour))
        monkeypatch.setattr(theme, "is_contrast_wanted", lambda: True)
        monkeypatch.setattr(theme, "system_palette", lambda _: system)
    theme.apply_theme("light" if request.param == "contrast" else request.param)
    yield theme.colours()
    monkeypatch.undo()
    theme.apply_theme("light")


def test_every_icon_is_seen_on_every_ground(colours):
    names = [file.stem for file in (theme.ICONS / "actions").glob("*.svg")]
    assert len(names) > 30
    for name in names:
        assert strongest(theme.icon(name), colours.panel) >= 4.5, name
        assert strongest(theme.icon(name, "on_accent"), colours.accent) >= 4.5, name


def test_texts_are_read_on_every_ground(colours):
    for text in (
        colours.text,
        colours.muted,
        colours.link,
        colours.success,
        colours.warning,
        colours.error,
    ):
        for ground in (colours.window, colours.panel):
            assert contrast(text, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.text, colours.accent_soft) >= 4.5


@pytest.mark.parametrize("colours", ["contrast"], indirect=True)
def test_high_contrast_takes_the_colours_of_the_system(colours, qapp):
    assert (colours.window, colours.text, colours.accent) == ("#000000", "#ffffff", "#1aebff")
    assert qapp.palette().color(QPalette.ColorRole.Highlight) == QColor("#1aebff")
    assert "#1aebff" in qapp.styleSheet() and "/dark/" in qapp.styleSheet()


def test_a_notice_is_announced(frame, monkeypatch):
    heard = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda it: heard.append(it.message()))
    frame.tell_error(ImageFileError("a.png is damaged."))
    assert heard == ["a.png is damaged."]
