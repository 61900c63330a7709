"""The geometry of cropping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsr.views.compare.crop_frame import CropFrame


@st.composite
def frames(draw):
    height, width = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
    rows, columns = draw(st.integers(1, height - top)), draw(st.integers(1, width - left))
    frame = CropFrame(top, left, rows, columns, (height, width))
    return frame.shaped(draw(st.one_of(st.none(), st.floats(0.2, 5))))


places = st.tuples(st.floats(-50, 450), st.floats(-50, 450))
edges = st.sampled_from([(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x])
steps = st.integers(-500, 500)


def check(frame):
    """It lies in the picture, and has its shape to the pixel where there is room for it."""
    height, width = frame.bounds
    assert frame.height >= 1 and frame.width >= 1
    assert frame.top >= 0 and frame.top + frame.height <= height
    assert frame.left >= 0 and frame.left + frame.width <= width
    if frame.ratio is not None and min(frame.height, frame.width) > 1:
        assert (
            abs(frame.width - frame.height * frame.ratio) <= 0.5 + 1e-6
            or abs(frame.height - frame.width / frame.ratio) <= 0.5 + 1e-6
        )


@given(frames(), steps, steps)
def test_moving_keeps_the_size_and_stays_in_the_picture(frame, rows, columns):
    moved = frame.moved(rows, columns)
    check(moved)
    assert (moved.height, moved.width) == (frame.height, frame.width)


@given(frames(), edges, places)
def test_pulling_stays_in_the_picture_and_in_shape(frame, edges, place):
    check(frame.pulled(edges, place))


@given(frames(), places, places)
def test_drawing_anew_stays_in_the_picture_and_in_shape(frame, first, last):
    check(frame.between(first, last))


@given(frames(), steps, st.booleans())
def test_growing_stays_in_the_picture_and_in_shape(frame, step, down):
    check(frame.grown(step, 0) if down else frame.grown(0, step))


@given(frames(), st.floats(0.2, 5))
def test_another_shape_lies_in_the_last_one(frame, ratio):
    shaped = frame.shaped(ratio)
    check(shaped)
    assert shaped.top >= frame.top and shaped.left >= frame.left
    assert shaped.top + shaped.height <= frame.top + frame.height
    assert shaped.left + shaped.width <= frame.left + frame.width


@pytest.mark.parametrize(
    ("edges", "place", "expected"),
    [
        ((0, 1), (0, 90), (10, 20, 30, 70)),
        ((-1, 0), (5, 0), (5, 20, 35, 40)),
        ((1, 1), (50, 80), (10, 20, 40, 60)),
        ((-1, -1), (0, 0), (0, 0, 40, 60)),
        ((0, 1), (0, 10), (10, 10, 30, 10)),  # beyond the other edge
    ],
)
def test_an_edge_goes_where_it_is_pulled(edges, place, expected):
    frame = CropFrame(10, 20, 30, 40, (100, 200)).pulled(edges, place)
    assert (frame.top, frame.left, frame.height, frame.width) == expected


def test_a_square_stays_a_square():
    frame = CropFrame(0, 0, 100, 200, (100, 200)).shaped(1.0)
    assert (frame.top, frame.left, frame.height, frame.width) == (0, 50, 100, 100)
    frame = frame.pulled((1, 1), (60, 150))
    assert (frame.top, frame.left, frame.height, frame.width) == (0, 50, 60, 60)
