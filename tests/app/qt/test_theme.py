"""The palettes, the style sheet and the icons."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QSlider, QWidget

from bsr.qt import theme


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


def test_the_handle_of_a_slider_is_seen_whole(qtbot):
    theme.apply_theme("light")
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.resize(100, slider.sizeHint().height())
    image = slider.grab().toImage()
    ground = image.pixelColor(99, 0).lightness()
    for row in (0, image.height() - 1):
        assert all(abs(image.pixelColor(x, row).lightness() - ground) < 16 for x in range(100))


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


def test_the_program_icon_is_there_in_every_size(qapp):
    assert not theme.app_icon().pixmap(48, 48).isNull()
    for size in (16, 32, 48, 128, 256, 512):
        image = QImage(str(theme.ICONS / f"bsr-{size}.png"))
        assert (image.width(), image.height()) == (size, size)
    assert (theme.ICONS / "bsr.ico").stat().st_size > 1000
    assert (theme.ICONS / "bsr.icns").stat().st_size > 1000
