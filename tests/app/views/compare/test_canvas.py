"""Where pixels land: the shared view, and what the sources render of it."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsr.engine.picture import Picture
from bsr.views.compare.frame_cache import RenderCache, around, overlap
from bsr.views.compare.pyramid import GrowingPyramid, Pyramid
from bsr.views.compare.sources import BicubicSource, LiveSource, PictureSource
from bsr.views.compare.viewport import (
    ABOVE_ONE,
    View,
    Viewport,
    narrow_zoom,
    next_zoom,
    shown_length,
)
from bsr.work.region import Region
from tests.app.looking import noise

ZOOMS = st.one_of(
    st.sampled_from(ABOVE_ONE), st.floats(0.05, 1.0).map(narrow_zoom), st.floats(1.0, 8.0)
)


def viewport_of(size, pane, reference=4.0):
    viewport = Viewport()
    viewport.set_picture(*size)
    viewport.set_reference(reference)
    viewport.set_pane(*pane)
    return viewport


def whole(source, height, width, scale):
    view = View(0, 0, shown_length(height, scale), shown_length(width, scale), scale)
    return source.render(view)


def built(picture, factor):
    source = PictureSource(picture, factor)
    assert source.pyramid.build(60)
    return source


# The shared view ---------------------------------------------------------------------------------


@given(
    start=st.floats(0.5, 4.0),
    end=st.floats(0.5, 8.0),
    y=st.integers(100, 300),
    x=st.integers(100, 400),
)
def test_zooming_keeps_the_place_under_the_pointer(start, end, y, x):
    viewport = viewport_of((4000, 6000), (400, 500))
    viewport.zoom_to(start)
    before = viewport.view(400, 500).to_original(y, x)
    viewport.zoom_to(end, (y, x))
    after = viewport.view(400, 500).from_original(*before)
    assert after == pytest.approx((y, x), abs=0.51)


@given(zoom=st.floats(0.01, 0.999))
def test_a_narrow_zoom_is_at_most_a_64th_smaller(zoom):
    narrowed = narrow_zoom(zoom)
    assert zoom * 64 / 65 * 0.9999 <= narrowed <= zoom * 1.0001
    assert narrow_zoom(narrowed) == pytest.approx(narrowed)


@given(zoom=st.floats(0.02, 30.0))
def test_a_step_in_makes_larger_and_a_step_out_smaller(zoom):
    assert next_zoom(zoom, 1) > zoom
    assert next_zoom(zoom, -1) < zoom


def test_steps_meet_100_percent_from_below_and_above():
    zoom = 0.3
    while zoom < 1:
        zoom = next_zoom(zoom, 1)
    assert zoom == 1
    zoom = 5.0
    while zoom > 1:
        zoom = next_zoom(zoom, -1)
    assert zoom == 1


@given(rows=st.integers(-5000, 5000), columns=st.integers(-5000, 5000))
def test_panning_stops_at_the_edges_of_the_picture(rows, columns):
    viewport = viewport_of((300, 400), (200, 300))
    viewport.zoom_to(1.0)
    viewport.pan(rows, columns)
    view = viewport.view(200, 300)
    assert 0 <= view.top <= 300 * 4 - 200 and 0 <= view.left <= 400 * 4 - 300


def test_the_whole_picture_is_shown_until_somebody_zooms():
    viewport = viewport_of((1000, 2000), (400, 500))
    assert viewport.fitted and viewport.visible() == Region(0, 0, 1000, 2000)
    viewport.set_pane(100, 900)
    assert viewport.visible() == Region(0, 0, 1000, 2000)
    viewport.toggle((50, 450))
    assert viewport.zoom == 1
    viewport.toggle()
    assert viewport.fitted


@pytest.mark.parametrize(("size", "zoom"), [((100, 100), 4.0), ((160, 160), 3.0), ((600, 9), 1.0)])
def test_a_small_original_fills_the_pane_by_a_whole_factor_up_to_4(size, zoom):
    viewport = viewport_of(size, (600, 900), reference=1.0)
    assert viewport.zoom == zoom


def test_a_picture_of_a_few_pixels_can_be_seen_and_does_not_jump():
    viewport = viewport_of((5, 5), (600, 900), reference=1.0)
    before = viewport.view(600, 900)
    assert 5 * viewport.scale >= 150
    viewport.set_reference(4.0)
    assert viewport.view(600, 900) == before


def test_a_small_picture_does_not_jump_when_its_result_comes():
    viewport = viewport_of((100, 150), (600, 900), reference=1.0)
    before = viewport.view(600, 900)
    viewport.set_reference(4.0)
    assert viewport.zoom == 1.0 and viewport.view(600, 900) == before


@pytest.mark.parametrize(("size", "zoom"), [((30, 40), 3.0), ((100, 20), 1.0), ((400, 400), 1.0)])
def test_a_filling_view_has_a_whole_zoom_of_at_least_100_percent(size, zoom):
    viewport = viewport_of(size, (400, 500))
    viewport.fit(filling=True)
    assert viewport.zoom == zoom
    viewport.fit()
    assert viewport.zoom <= 1


def test_panes_that_differ_by_a_pixel_show_the_same_pixels():
    viewport = viewport_of((1000, 2000), (400, 500))
    viewport.zoom_to(1.0)
    for _ in range(50):
        viewport.pan(1, 1)
        first, second = viewport.view(400, 500), viewport.view(400, 501)
        assert second.left in (first.left, first.left - 1)
        steps = {second.left - first.left}
    assert len(steps) == 1


# What is rendered --------------------------------------------------------------------------------


@settings(max_examples=40)
@given(data=st.data(), zoom=ZOOMS, factor=st.sampled_from([1, 2, 3, 4]))
def test_a_part_is_what_the_whole_shows_there(data, zoom, factor):
    height, width, scale = 37, 61, 4 * zoom
    source = built(Picture(noise(height * factor, width * factor)), float(factor))
    full = whole(source, height, width, scale)
    top = data.draw(st.integers(0, full.shape[0] - 1))
    left = data.draw(st.integers(0, full.shape[1] - 1))
    rows = data.draw(st.integers(1, full.shape[0] - top))
    columns = data.draw(st.integers(1, full.shape[1] - left))
    part = source.render(View(top, left, rows, columns, scale))
    assert np.array_equal(part, full[top : top + rows, left : left + columns])


@pytest.mark.parametrize("factor", [1.0, 2.0, 4.0])
def test_whole_zooms_repeat_each_pixel_evenly(factor):
    pixels = noise(30, 40)
    source = built(Picture(pixels), factor)
    shown = whole(source, round(30 / factor), round(40 / factor), 3 * factor)
    assert (shown[: 3 * 28, : 3 * 40] == pixels.repeat(3, 0).repeat(3, 1)[: 3 * 28]).all()


@pytest.mark.parametrize("zoom", [0.5, 0.25, narrow_zoom(0.7), narrow_zoom(0.3)])
def test_fine_patterns_become_even_and_not_moire(zoom):
    checks = np.indices((600, 900)).sum(0) % 2 * 255
    picture = Picture(np.repeat(checks[..., None], 3, 2).astype(np.uint8))
    shown = whole(built(picture, 1.0), 600, 900, zoom)
    inside = shown[1:-1, 1:-1].astype(int)
    limit = 1 if zoom in (0.5, 0.25, narrow_zoom(0.3)) else 90
    assert abs(inside.mean() - 127.5) < 1
    assert abs(inside - 127).max() <= limit


@settings(max_examples=30)
@given(data=st.data(), factor=st.sampled_from([2.0, 3.0, 4.0, 2.5]))
def test_the_bicubic_original_is_opencvs_to_the_pixel(data, factor):
    pixels = noise(40, 56)
    expected = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    source = BicubicSource(built(Picture(pixels), 1.0), factor)
    height, width = expected.shape[:2]
    top = data.draw(st.integers(0, height - 20))
    left = data.draw(st.integers(0, width - 30))
    shown = source.render(View(top, left, 20, 30, factor))
    assert (shown == expected[top : top + 20, left : left + 30]).all()


@pytest.mark.parametrize("factor", [1.5, 2.5, 1.25, 3.7])
@pytest.mark.parametrize("side", range(57, 62))
def test_the_bicubic_original_reaches_every_side(side, factor):
    source = BicubicSource(built(Picture(noise(side, side)), 1.0), factor)
    length = shown_length(side, factor)
    full = whole(source, side, side, factor)
    assert full.shape == (length, length, 3)
    for top in range(length - 10, length):
        part = source.render(View(top, top, length - top, length - top, factor))
        assert (abs(part.astype(int) - full[top:, top:])[:-1, :-1] <= 16).all()


def test_a_bicubic_edge_of_transparency_has_no_colour_above_its_alpha():
    alpha = np.repeat(np.arange(56, dtype=np.uint8)[None] % 2 * 255, 40, 0)
    source = BicubicSource(built(Picture(noise(40, 56), alpha), 1.0), 4.0)
    shown = source.render(View(0, 0, 160, 224, 4.0))
    assert (shown[..., :3] <= shown[..., 3:]).all()


def test_results_of_other_scales_and_the_original_line_up():
    edge = np.zeros((40, 60, 3), np.uint8)
    edge[:, 30:] = 255
    for factor in (1, 2, 3, 4):
        large = edge.repeat(factor, 0).repeat(factor, 1)
        shown = whole(built(Picture(large), float(factor)), 40, 60, 12.0)
        assert (shown[:, :360] == 0).all() and (shown[:, 360:] == 255).all()


def test_16_bit_is_shown_as_8():
    picture = Picture(np.array([[[0, 257, 65535]]], np.uint16))
    assert whole(built(picture, 1.0), 1, 1, 1.0).tolist() == [[[0, 1, 255]]]


def test_transparent_pixels_give_no_colour_to_their_neighbours():
    pixels = np.zeros((600, 600, 3), np.uint8)
    pixels[:, ::2] = (255, 0, 0)
    alpha = np.zeros((600, 600), np.uint8)
    alpha[:, 1::2] = 255  # the black columns are opaque, the red ones are not there
    shown = whole(built(Picture(pixels, alpha), 1.0), 600, 600, 0.5)
    assert (shown[..., :3] == 0).all()
    assert set(np.unique(shown[..., 3])) <= {127, 128}


@pytest.mark.parametrize("size", [(513, 700), (1025, 3), (1, 2049)])
def test_halvings_of_odd_sizes_cover_the_picture(size):
    pyramid = Pyramid(np.full((*size, 3), 77, np.uint8))
    assert pyramid.build(60)
    for level in range(1, pyramid.last_level + 1):
        assert pyramid.shape(level) == tuple(-(-side // 2**level) for side in size)
        height, width = pyramid.shape(level)
        assert (pyramid.read(level, 0, height, 0, width) == 77).all()


def test_a_picture_without_its_halvings_yet_is_shown_at_once():
    pixels = noise(1200, 1600)
    source = PictureSource(Picture(pixels), 1.0)
    assert not source.pyramid.ready
    shown = whole(source, 1200, 1600, 0.25)
    assert (shown == pixels[::4, ::4]).all()


VIEWS = st.builds(View, *[st.integers(0, 40)] * 2, *[st.integers(1, 40)] * 2, st.just(1.0))


@given(view=VIEWS, other=VIEWS)
def test_a_part_and_the_strips_around_it_cover_a_view_once(view, other):
    known = overlap(view, other)
    covered = np.zeros((80, 80), int)
    for part in [*around(view, known), known] if known else [view]:
        covered[part.top : part.top + part.height, part.left : part.left + part.width] += 1
    wanted = np.zeros_like(covered)
    wanted[view.top : view.top + view.height, view.left : view.left + view.width] = 1
    assert (covered == wanted).all()


@settings(max_examples=20)
@given(views=st.lists(VIEWS, min_size=2, max_size=6), zoom=ZOOMS)
def test_a_moved_frame_is_what_would_be_rendered_anew(views, zoom):
    original = built(Picture(noise(300, 300)), 4.0)
    cache = RenderCache(original)
    for view in views:
        moved = View(view.top, view.left, view.height, view.width, 4 * zoom)
        moved = moved.clipped(75, 75)
        if moved.height and moved.width:
            assert (cache.render(moved) == original.render(moved)).all()


@settings(max_examples=20)
@given(order=st.permutations(range(7)), wide=st.booleans())
def test_rows_in_any_order_grow_into_the_same_picture(order, wide):
    pixels = noise(1300, 70)
    growing, ready = GrowingPyramid(1300, 70), Pyramid(pixels, np.full((1300, 70), 255, np.uint8))
    ready.build(60)
    for part in order:
        top, bottom = 1300 * part // 7, 1300 * (part + 1) // 7
        columns = [(0, 70)] if wide else [(31, 70), (0, 31)]
        for left, right in columns:
            growing.write(top, left, pixels[top:bottom, left:right])
    for level in range(ready.last_level + 1):
        height, width = ready.shape(level)
        box = (level, 0, height, 0, width)
        assert (growing.read(*box) == ready.read(*box)).all()


def test_what_is_not_finished_shows_the_original_dimmed():
    original = built(Picture(np.full((20, 30, 3), 200, np.uint8)), 1.0)
    source = LiveSource(40, 60, 2.0, original)
    source.write(10, 0, np.full((10, 60, 3), 50, np.uint8))
    shown = whole(source, 20, 30, 2.0)
    assert (shown[10:20] == 50).all()
    assert (shown[:10] == 90).all() and (shown[20:] == 90).all()
