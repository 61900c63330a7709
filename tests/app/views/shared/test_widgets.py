"""Small widgets that several pages are made of."""

import pytest
from PySide6.QtCore import Qt

from bsr.qt import theme
from bsr.views.shared.widgets import ElidedLabel, Segments, button


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
