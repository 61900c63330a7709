import pytest
from PySide6.QtCore import QEvent, QLocale, QRect, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bsr.engine.models.catalog import default_catalog
from bsr.qt import theme
from bsr.views.shared import formatting, model_names
from bsr.views.shared.notice_bar import NoticeBar
from bsr.views.shared.widgets import ElidedLabel, Segments, button
from bsr.work.saving import Saved


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(before)


def luminance(colour):
    def linear(value):
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("current", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["text", "muted", "link", "success", "warning", "error"])
def test_text_has_enough_contrast_on_every_ground(current, role):
    for ground in (current.window, current.panel, current.field):
        assert contrast(getattr(current, role), ground) >= 4.5


@pytest.mark.parametrize("current", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_white_text_has_enough_contrast_on_the_accent(current):
    assert contrast("#ffffff", current.accent) >= 4.5


def test_icons_take_the_colour_of_the_theme(qapp):
    def darkest():
        image = theme.icon("open").pixmap(32, 32).toImage()
        colours = (image.pixelColor(x, y) for x in range(32) for y in range(32))
        return next(colour for colour in colours if colour.alpha() == 255)

    theme.apply_theme("light")
    assert darkest() == QColor(theme.LIGHT.text)
    theme.apply_theme("dark")
    assert darkest() == QColor(theme.DARK.text)
    theme.apply_theme("light")


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


class Witness(QWidget):
    """Remembers the kinds of changes that it was told of."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.changes = []

    def changeEvent(self, event):
        self.changes.append(event.type())
        super().changeEvent(event)


def test_a_theme_that_is_there_already_polishes_no_widget_anew(qtbot):
    theme.apply_theme("light")
    witness = Witness()
    qtbot.addWidget(witness)
    witness.ensurePolished()
    theme.apply_theme("light")
    assert QEvent.Type.StyleChange not in witness.changes
    theme.apply_theme("dark")
    assert QEvent.Type.StyleChange in witness.changes
    theme.apply_theme("light")


def test_a_theme_polishes_a_widget_no_oftener_however_deep_it_lies(qtbot):
    theme.apply_theme("light")
    outermost = Witness()
    qtbot.addWidget(outermost)
    innermost = outermost
    for _ in range(8):
        innermost = Witness(innermost)
    outermost.show()
    theme.apply_theme("dark")
    style_changes = [it.changes.count(QEvent.Type.StyleChange) for it in (outermost, innermost)]
    assert style_changes[0] == style_changes[1] > 0
    theme.apply_theme("light")


@pytest.mark.parametrize("file", sorted((theme.ICONS / "actions").glob("*.svg")), ids=str)
def test_every_icon_can_be_drawn(qapp, file):
    image = theme.icon(file.stem).pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_a_disabled_icon_is_pale(qapp):
    theme.apply_theme("light")
    image = theme.icon("stop").pixmap(24, 24, QIcon.Mode.Disabled).toImage()
    colours = {image.pixelColor(x, 12).name() for x in range(24)}
    assert theme.LIGHT.disabled in colours


def test_the_system_theme_is_followed(qapp):
    theme.apply_theme("dark")
    theme.apply_theme("system")
    wanted = theme.DARK if theme.is_dark_wanted("system") else theme.LIGHT
    ground = QApplication.palette().color(QPalette.ColorRole.Window)
    assert ground == QColor(wanted.window)
    theme.apply_theme("light")


def test_exactly_one_segment_is_chosen_and_arrows_move_it(qtbot):
    segments = Segments([("a", "A"), ("b", "B"), ("c", "C")], "Letters")
    qtbot.addWidget(segments)
    with qtbot.waitExposed(segments):
        segments.show()
    assert segments.value() == "a"
    segments.segment("a").setFocus()
    with qtbot.waitSignal(segments.chosen) as chosen:
        qtbot.keyClick(segments.segment("a"), Qt.Key.Key_Right)
        qtbot.keyClick(segments.segment("b"), Qt.Key.Key_Space)
    assert chosen.args == ["b"]
    assert segments.value() == "b"
    policies = [segments.segment(key).focusPolicy() for key in "abc"]
    none, strong = Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.StrongFocus
    assert policies == [none, strong, none]
    segments.set_available("c", False, "There is no C.")
    assert segments.segment("c").toolTip() == "There is no C."


def test_a_long_text_is_shortened_and_whole_in_the_tool_tip(qtbot):
    label = ElidedLabel("a very long name of a file.png", mode=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert "…" in label.text()
    assert label.toolTip() == "a very long name of a file.png"
    label.resize(600, 20)
    assert label.text() == "a very long name of a file.png"
    assert label.toolTip() == ""


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
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(500, 200)
    notice = NoticeBar(room, floating=True)
    room.show()
    notice.place(room.rect())
    notice.say("info", "old", [("One", lambda: None), ("Two", lambda: None)])
    notice.say("success", "new " * 100)
    assert notice.choices() == []
    assert notice.text().startswith("new")
    assert room.rect().contains(notice.geometry())


def test_a_notice_after_another_has_room_for_its_text_and_its_buttons(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(900, 200)
    notice = NoticeBar(room, floating=True)
    with qtbot.waitExposed(room):
        room.show()
    notice.place(room.rect())
    for text in ("Saved.", "It is saved already."):
        notice.say("success", text, [("Show in folder", lambda: None)])
        QApplication.processEvents()
        assert notice.findChild(ElidedLabel).text() == text


def test_a_notice_that_waits_for_an_answer_is_not_taken_away_by_one_before_it(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    notice = NoticeBar(room, floating=True)
    notice.place(room.rect())
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
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(900, 200)
    notice = NoticeBar(page, floating=True)
    with qtbot.waitExposed(page):
        page.show()
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


@pytest.mark.parametrize(
    "seconds, expected",
    [
        (0.04, "less than 0.1 s"),
        (9.4, "9.4 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (200, "3 min 20 s"),
        (3599.7, "1 h 0 min"),
        (7300, "2 h 1 min"),
    ],
)
def test_durations_are_said_as_a_person_would(seconds, expected):
    assert formatting.duration(seconds) == expected


def test_speeds_and_stages_are_said_in_words():
    assert formatting.speed(1.84) == "1.8 MP/s"
    assert formatting.stage("looking") == "Scanning files"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_icon_of_a_primary_button_is_as_white_as_its_text(qtbot, name):
    theme.apply_theme(name)
    image = button("Add", "folder", primary=True).icon().pixmap(64, 64).toImage()
    places = ((x, y) for x in range(64) for y in range(64))
    solid = [
        image.pixelColor(*place) for place in places if image.pixelColor(*place).alpha() == 255
    ]
    assert solid
    assert min(colour.lightness() for colour in solid) == 255


def test_what_is_next_to_nothing_is_not_said_as_nothing():
    assert formatting.duration(0.01) == "less than 0.1 s"
    assert formatting.megapixels(5, 5) == "25 pixels"


def test_numbers_are_written_as_in_the_language():
    assert formatting.size(1280, 12000) == "12,000 × 1,280"
    assert formatting.factor(2.5) == "2.5×"
    QLocale.setDefault(QLocale("de"))
    assert formatting.size(1280, 12000) == "12.000 × 1.280"
    assert formatting.factor(2.5) == "2,5×"


def test_what_was_saved_is_told_in_a_line(tmp_path):
    saved = Saved(tmp_path / "here" / "a.png", ("ICC", "16 bit"), ("EXIF",))
    expected = "Saved “a.png” in “here”. Kept: ICC profile, 16 bit. Not kept: EXIF."
    assert formatting.saved(saved) == expected
    assert "nothing was written" in formatting.saved(Saved(tmp_path / "a.png", skipped=True))


def test_a_models_title_does_not_repeat_its_weights():
    titles = {
        "SRResNet x4, binary weights": "SRResNet",
        "My own (float weights)": "My own",
        "ESPCN": "ESPCN",
        "BSR Sharp x2": "BSR Sharp",  # of somebody who trained it
    }
    for title, name in titles.items():
        assert model_names.model_name("mine-x2", title) == name


@pytest.mark.parametrize(
    "model_id, name", [("bsr-x4", "Clean"), ("bsr-jpeg-x2", "JPEG"), ("bsr-sharp-x3", "Sharp")]
)
def test_the_programs_models_are_named_by_what_they_are_for(model_id, name):
    assert model_names.model_name(model_id, "BSR x4, binary weights") == name


def test_each_of_the_programs_models_that_is_not_for_comparison_has_a_name(tmp_path):
    catalog = default_catalog(tmp_path)
    for card in catalog.cards():
        family = None if catalog.is_for_comparison(card) else card.family
        assert model_names.own_family(card.id) == family


def test_the_program_icon_is_there_in_every_size(qapp):
    assert not theme.app_icon().pixmap(48, 48).isNull()
    for size in (16, 32, 48, 128, 256, 512):
        image = QImage(str(theme.ICONS / f"bsr-{size}.png"))
        assert (image.width(), image.height()) == (size, size)
    assert (theme.ICONS / "bsr.ico").stat().st_size > 1000
    assert (theme.ICONS / "bsr.icns").stat().st_size > 1000
