"""The size that a person asks for becomes a factor, and the factor that very size."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bsr.engine.errors import BsrError
from bsr.engine.upscaling.goal import (
    Goal,
    GoalOutOfReach,
    parse_box,
    parse_print,
    print_goal,
)
from bsr.engine.upscaling.tiles import output_size

sides = st.integers(1, 20_000)
factors = st.floats(1, 8)


@given(sides, sides, factors)
def test_a_width_and_a_height_are_met_to_the_pixel(height, width, factor):
    columns, rows = int(width * factor), int(height * factor)
    scale = Goal(width=columns).scale(height, width)
    assert output_size(height, width, scale)[1] == columns
    scale = Goal(height=rows).scale(height, width)
    assert output_size(height, width, scale)[0] == rows


@given(sides, sides, factors, st.floats(1, 30), st.booleans())
def test_a_box_is_filled_and_never_left(height, width, near, far, turned):
    rows, columns = int(height * (far if turned else near)), int(width * (near if turned else far))
    scale = Goal(columns, rows).scale(height, width)
    made = output_size(height, width, scale)
    assert made[0] <= rows and made[1] <= columns
    assert made[0] == rows or made[1] == columns
    assert abs(made[0] - height * scale) <= 0.5 and abs(made[1] - width * scale) <= 0.5


@given(st.integers(100, 5000), st.integers(100, 5000), st.floats(1.001, 7.999))
def test_megapixels_are_met_as_nearly_as_whole_pixels_can(height, width, factor):
    asked = height * width * factor**2 / 1e6
    assume(asked <= 10_000)
    made = output_size(height, width, Goal(megapixels=asked).scale(height, width))
    rounding = (made[0] + made[1]) / 2 + 1
    assert abs(made[0] * made[1] - asked * 1e6) <= rounding


@given(sides, sides, factors, st.floats(1, 30))
def test_paper_is_turned_as_the_picture_lies(height, width, near, far):
    rows, columns = int(max(height, width) * near), int(min(height, width) * far)
    assume(min(rows, columns) >= min(height, width) and max(rows, columns) == rows)
    goal, turned = Goal(columns, rows, dpi=300.0), Goal(rows, columns, dpi=300.0)
    scale = goal.scale(height, width)
    assert goal.scale(width, height) == scale == turned.scale(height, width)
    made = output_size(height, width, scale)
    assert max(made) <= max(rows, columns) and min(made) <= min(rows, columns)


def test_the_size_said_in_the_task_is_the_size_of_the_factor():
    scale = Goal(width=6000).scale(3024, 4032)
    assert output_size(3024, 4032, scale) == (4500, 6000)


@pytest.mark.parametrize("goal", [Goal(width=99), Goal(height=49), Goal(megapixels=0.004)])
def test_a_picture_that_is_larger_already_is_refused_in_a_sentence(goal):
    with pytest.raises(GoalOutOfReach, match=r"100 x 50 pixels, .* nothing to enlarge\."):
        goal.scale(50, 100)


def test_a_picture_that_is_too_small_is_refused_in_a_sentence():
    with pytest.raises(BsrError, match=r"100 x 50 .* 8\.1 times; at most 8 times is possible\."):
        Goal(width=810).scale(50, 100)


def test_the_limits_themselves_are_within_reach():
    assert Goal(width=100).scale(50, 100) == 1
    assert Goal(width=800).scale(50, 100) == 8


@pytest.mark.parametrize(
    ("text", "goal"),
    [("1920x1080", Goal(1920, 1080)), (" 1920 X 1080 ", Goal(1920, 1080))],
)
def test_a_box_is_read_as_people_write_it(text, goal):
    assert parse_box(text) == goal


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("30x20cm@300", Goal(3543, 2362, dpi=300.0)),
        ("8x10in@240", Goal(1920, 2400, dpi=240.0)),
        ("8.5 x 11 inch @ 100 dpi", Goal(850, 1100, dpi=100.0)),
    ],
)
def test_a_print_is_read_as_people_write_it(text, goal):
    assert parse_print(text) == goal


@pytest.mark.parametrize(
    "text", ["", "x", "30x20", "30x20cm", "30x20mm@300", "30x20cm@0", "0x0cm@300", "9x9cm@99999"]
)
def test_what_is_no_print_is_refused(text):
    with pytest.raises(ValueError):
        parse_print(text)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"width": 0},
        {"width": 1.5},
        {"width": True},
        {"width": 5, "megapixels": 1.0},
        {"megapixels": 0.0},
        {"megapixels": float("nan")},
        {"width": 5, "dpi": 300.0},
        {"width": 5, "height": 5, "dpi": float("inf")},
    ],
)
def test_an_impossible_goal_cannot_be_made(values):
    with pytest.raises(ValueError):
        Goal(**values)


def test_labels_are_short_and_fit_into_names_of_files():
    goals = Goal(1920, 1080), Goal(width=6000), Goal(height=70), Goal(megapixels=12.5)
    assert [goal.label for goal in goals] == ["1920x1080", "w6000", "h70", "12.5MP"]
    assert print_goal(10, 15, "cm", 254).label == "1000x1500"
