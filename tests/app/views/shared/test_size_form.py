"""The size of a result in the person's own words."""

import pytest
from PySide6.QtCore import Qt

from bsr.engine.upscaling.goal import LARGEST_MEGAPIXELS, LARGEST_SIDE, Goal, parse_print
from bsr.views.shared.size_form import OTHER, SizeForm


@pytest.fixture
def form(qtbot):
    form = SizeForm()
    qtbot.addWidget(form)
    form.show()
    return form


def choose(form, kind):
    form.choice.segment(OTHER).click()
    form.kind.setCurrentIndex(form.kind.findData(kind))


def test_a_factor_is_a_click(form, qtbot):
    with qtbot.waitSignal(form.changed):
        form.choice.segment("3").click()
    assert form.value() == 3.0 and not form.kind.isVisible()


@pytest.mark.parametrize(
    ("kind", "fields", "size"),
    [
        ("factor", {"factor": 2.5}, 2.5),
        ("width", {"width_field": 6000}, Goal(width=6000)),
        ("height", {"height_field": 4500}, Goal(height=4500)),
        ("fit", {"fit_width": 1920, "fit_height": 1080}, Goal(1920, 1080)),
        ("megapixels", {"megapixels": 12.5}, Goal(megapixels=12.5)),
        ("print", {"paper_width": 30, "dpi": 300}, Goal(3543, 2362, dpi=300.0)),
    ],
)
def test_every_kind_of_size_can_be_set_and_shows_its_own_fields(form, qtbot, kind, fields, size):
    choose(form, kind)
    for name, value in fields.items():
        getattr(form, name).setValue(value)
    assert form.value() == size
    assert all(getattr(form, name).isVisible() for name in fields)
    hidden = {"factor": form.width_field}.get(kind, form.factor)
    assert not hidden.isVisible()


def test_inches_are_as_long_as_they_are(form):
    choose(form, "print")
    form.unit.setCurrentIndex(form.unit.findData("in"))
    form.paper_width.setValue(8)
    form.paper_height.setValue(10)
    form.dpi.setValue(240)
    assert form.value() == Goal(1920, 2400, dpi=240.0)


@pytest.mark.parametrize(
    "size",
    [
        2.0,
        2.5,
        Goal(width=123),
        Goal(height=45),
        Goal(1920, 1080),
        Goal(megapixels=0.123),
        Goal(1001, 777, dpi=299.5),
        parse_print("8x10in@240"),
    ],
)
def test_a_size_that_was_set_comes_back_to_the_pixel_until_it_is_changed(form, size):
    form.set_value(size)
    assert form.value() == size
    if isinstance(size, Goal):
        form.choice.segment("2").click()
        assert form.value() == 2.0


@pytest.mark.parametrize("unit", ["cm", "in"])
@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_the_smallest_and_the_largest_print_are_sizes(form, unit, end):
    choose(form, "print")
    form.unit.setCurrentIndex(form.unit.findData(unit))
    for field in (form.paper_width, form.paper_height, form.dpi):
        field.setValue(getattr(field, end)())
    assert isinstance(form.value(), Goal)


def test_a_side_and_an_area_can_be_as_large_as_on_the_command_line(form):
    choose(form, "width")
    form.width_field.setValue(LARGEST_SIDE)
    assert form.value() == Goal(width=LARGEST_SIDE)
    choose(form, "megapixels")
    form.megapixels.setValue(LARGEST_MEGAPIXELS)
    assert form.value() == Goal(megapixels=LARGEST_MEGAPIXELS)


def test_a_size_can_be_typed_with_the_keys_alone(form, qtbot):
    choose(form, "width")
    form.width_field.setFocus()
    form.width_field.selectAll()
    qtbot.keyClicks(form.width_field, "6000")
    qtbot.keyClick(form.width_field, Qt.Key.Key_Return)
    assert form.value() == Goal(width=6000)
