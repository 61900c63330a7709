"""Enlarging whole pictures: sizes, threads, progress, rows, cancelling, transparency, memory."""

import threading
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsr.engine.errors import Cancelled, NotEnoughMemory
from bsr.engine.images import encoder_bytes
from bsr.engine.models.catalog import default_catalog
from bsr.engine.models.model import load_model
from bsr.engine.picture import Picture
from bsr.engine.progress import CancelToken
from bsr.engine.upscaling.memory import (
    Workload,
    check_memory,
    check_mix,
    check_saving,
    needed_memory,
)
from bsr.engine.upscaling.tiles import divide, output_size, pass_sizes
from bsr.engine.upscaling.upscale import _reduced, upscale
from bsr.engine.upscaling.warm_up import kernels_are_ready, warm_up
from tests.networks import InSmallSteps
from tests.small_models import save_small_model, save_small_pyramid


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return load_model(save_small_model(tmp_path_factory.mktemp("models")))


@pytest.fixture(scope="module")
def trained():
    catalog = default_catalog()
    return catalog.load(catalog.find("bsr-x4", "binary"))


def picture_of(height, width, dtype=np.uint8, **changes):
    rng = np.random.default_rng(height * width)
    pixels = rng.integers(0, np.iinfo(dtype).max, (height, width, 3), dtype, endpoint=True)
    return Picture(pixels, **changes)


def test_the_bytes_do_not_depend_on_the_threads(model):
    picture = picture_of(150, 70)
    expected = upscale(model, picture, threads=1).pixels
    for threads in (2, 3, 7):
        assert np.array_equal(upscale(model, picture, threads=threads).pixels, expected)


STRIP = "bsr.engine.upscaling.tiles._STRIP"


@pytest.fixture
def low_bands(monkeypatch):
    """Bands so low that a picture of a few dozen rows has two."""
    monkeypatch.setattr("bsr.engine.upscaling.tiles._LOWEST_BAND", 20)


@pytest.mark.parametrize(("step_pixels", "strip"), [(40, 12), (64, 18), (300, 80), (600, 79)])
def test_the_bytes_do_not_depend_on_the_strips_and_bands(
    model, step_pixels, strip, low_bands, monkeypatch
):
    picture = picture_of(50, 80)
    expected = upscale(model, picture, threads=1).pixels
    monkeypatch.setattr(STRIP, strip)
    in_parts = replace(model, network=InSmallSteps(model.network, step_pixels))
    for threads in (1, 2, 5, 16):
        assert np.array_equal(upscale(in_parts, picture, threads=threads).pixels, expected)


@pytest.mark.parametrize("scale", [2, 4, 8])
def test_the_bytes_of_a_pyramid_do_not_depend_on_strips_bands_and_threads(
    tmp_path, scale, low_bands, monkeypatch
):
    model = load_model(save_small_pyramid(tmp_path), scale)
    picture = picture_of(45, 33)
    expected = upscale(model, picture, threads=1).pixels
    for step_pixels, strip, threads in ((20, 10, 3), (64, 33, 2), (300, 17, 16), (100_000, 20, 7)):
        monkeypatch.setattr(STRIP, strip)
        in_parts = replace(model, network=InSmallSteps(model.network, step_pixels))
        assert np.array_equal(upscale(in_parts, picture, threads=threads).pixels, expected)


def test_many_threads_work_at_bands_and_few_share_one_tile():
    assert len(divide(1000, 1000, 4).tiles) == 1
    division = divide(1000, 1000, 8)
    assert (len(division.tiles), division.at_a_time, division.ahead) == (2, 2, 4)
    assert len(divide(100, 1000, 8).tiles) == 1


@settings(max_examples=100)
@given(st.integers(1, 9000), st.integers(1, 9000), st.integers(1, 32))
def test_tiles_cover_every_pixel_once(height, width, threads):
    tiles = divide(height, width, threads).tiles
    assert sum((t.bottom - t.top) * (t.right - t.left) for t in tiles) == height * width
    assert len({(t.top, t.left) for t in tiles}) == len(tiles)
    assert all(t.bottom > t.top and t.right > t.left for t in tiles)


@pytest.mark.parametrize(
    ("size", "scale", "expected"),
    [((1, 1), 1, (1, 1)), ((1, 1), 0.1, (1, 1)), ((3, 5), 1.5, (5, 8)), ((5, 3), 1.1, (6, 3))],
)
def test_a_size_is_rounded_half_up_and_never_nothing(size, scale, expected):
    assert output_size(*size, scale) == expected


@pytest.mark.parametrize("scale", [-2, 0, 1])
def test_a_model_that_does_not_enlarge_is_refused_and_not_asked_for_ever(scale):
    with pytest.raises(ValueError, match="does not enlarge"):
        pass_sizes(10, 10, 2.0, scale)


@settings(max_examples=200)
@given(
    st.integers(1, 3000),
    st.integers(1, 3000),
    st.floats(1, 8),
    st.sampled_from([2, 3, 4, 8]),
)
def test_passes_end_at_or_just_above_the_wanted_size(height, width, scale, factor):
    sizes = pass_sizes(height, width, scale, factor)
    wanted = output_size(height, width, scale)
    reached = [factor * side for side in sizes[-1]]
    assert all(r >= w for r, w in zip(reached, wanted, strict=True))
    if len(sizes) > 1:
        assert all(r < w + factor for r, w in zip(reached, wanted, strict=True))
    for before, after in pairwise(sizes):
        assert all(b <= factor * a for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("scale", [1, 1.5, 2, 2.5, 3, 4, 7.3, 8])
def test_any_scale_gives_its_size(model, scale):
    result = upscale(model, picture_of(11, 7), scale=scale)
    assert result.pixels.shape == (*output_size(11, 7, scale), 3)


@pytest.mark.parametrize("scale", [0.5, 8.1, float("nan")])
def test_a_scale_out_of_range_is_refused(model, scale):
    with pytest.raises(ValueError, match="scale"):
        upscale(model, picture_of(4, 4), scale=scale)


def test_progress_never_runs_backwards_and_ends_complete(model):
    seen = []
    upscale(model, picture_of(90, 40), scale=5, threads=3, on_progress=seen.append)
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].done == seen[-1].total
    assert len({progress.total for progress in seen}) == 1


def test_the_rows_handed_out_make_up_the_result(model):
    picture = picture_of(200, 50)
    seen = np.zeros((400, 100, 3), np.uint8)
    count = np.zeros((400, 100), int)
    overlaps = []
    inside = threading.Lock()

    def on_rows(rows):
        overlaps.append(not inside.acquire(blocking=False))
        assert (rows.height, rows.width) == (400, 100)
        height, width, _ = rows.pixels.shape
        place = np.s_[rows.top : rows.top + height, rows.left : rows.left + width]
        seen[place] = rows.pixels
        count[place] += 1
        inside.release()

    result = upscale(model, picture, threads=3, on_rows=on_rows)
    assert np.array_equal(seen, result.pixels)
    assert (count == 1).all()
    assert not any(overlaps)
    assert len(overlaps) >= 3


def test_cancelling_stops_between_rows(model):
    token = CancelToken()
    steps = []

    def on_progress(progress):
        steps.append(progress)
        token.cancel()

    with pytest.raises(Cancelled):
        upscale(model, picture_of(3000, 30), threads=2, on_progress=on_progress, cancel=token)
    assert steps[-1].done < steps[-1].total


@pytest.mark.parametrize("scale", [2, 1.5])
def test_what_is_cancelled_at_the_last_row_gives_no_picture(model, scale):
    alpha = np.full((20, 30), 128, np.uint8)
    for picture in (picture_of(20, 30), replace(picture_of(20, 30), alpha=alpha)):
        token = CancelToken()

        def on_progress(progress, token=token):
            if progress.done == progress.total:
                token.cancel()

        with pytest.raises(Cancelled):
            upscale(model, picture, scale=scale, on_progress=on_progress, cancel=token)


def test_an_error_in_one_thread_stops_the_others_and_is_shown(model):
    handed_out = []

    def on_rows(rows):
        handed_out.append(len(rows.pixels))
        if len(handed_out) == 1:
            raise RuntimeError("from below")

    # Each of the two threads has hundreds of steps to go when the first one fails.
    patient = replace(model, network=InSmallSteps(model.network))
    with pytest.raises(RuntimeError, match="from below"):
        upscale(patient, picture_of(4000, 30), threads=2, on_rows=on_rows)
    assert sum(handed_out) < 2 * 4000 / 4


def test_a_paused_upscale_goes_on_to_the_same_result(model):
    picture = picture_of(300, 40)
    token = CancelToken()
    timers = []

    def on_progress(progress):
        if not timers:
            token.pause()
            timers.append(threading.Timer(0.1, token.resume))
            timers[0].start()

    result = upscale(model, picture, threads=2, on_progress=on_progress, cancel=token)
    assert np.array_equal(result.pixels, upscale(model, picture).pixels)


def test_sixteen_bits_agree_with_eight(trained):
    eight = picture_of(20, 30)
    sixteen = Picture(eight.pixels.astype(np.uint16) * 257)
    fine = upscale(trained, sixteen).pixels
    assert fine.dtype == np.uint16
    assert np.abs(fine / 257 - upscale(trained, eight).pixels).max() <= 0.5001


def test_grey_stays_grey_and_metadata_stay(model):
    pixels = np.repeat(picture_of(20, 30).pixels[..., :1], 3, axis=2)
    result = upscale(model, Picture(pixels, grey=True, icc=b"i", exif=b"e", dpi=(72, 72)))
    assert (result.pixels == result.pixels[..., :1]).all()
    assert (result.grey, result.icc, result.exif, result.dpi) == (True, b"i", b"e", (72, 72))


@pytest.mark.parametrize("hidden", [(0, 0, 0), (255, 255, 255), (0, 255, 0)])
def test_an_opaque_disc_keeps_its_colour_at_the_edge(trained, hidden):
    y, x = np.mgrid[:48, :48]
    inside = (y - 24) ** 2 + (x - 24) ** 2 < 18**2
    pixels = np.where(inside[..., None], (200, 60, 40), hidden).astype(np.uint8)
    result = upscale(trained, Picture(pixels, np.where(inside, 255, 0).astype(np.uint8)))
    visible = result.alpha > 0
    assert np.abs(result.pixels[visible].astype(int) - (200, 60, 40)).max() <= 3
    y, x = np.mgrid[:192, :192] - 97.5  # the disc's centre, 4 times 24 and half a pixel
    far = y**2 + x**2
    assert (result.alpha[far < 64**2] == 255).all()
    assert (result.alpha[far > 80**2] == 0).all()


def test_an_even_alpha_stays_as_it_is(model):
    alpha = np.full((9, 8), 77, np.uint8)
    assert (upscale(model, picture_of(9, 8, alpha=alpha), scale=3).alpha == 77).all()


def test_writing_what_the_encoder_has_no_room_for_is_refused():
    pixels, each = 3000 * 2000, encoder_bytes("webp", 90)
    check_saving(3000, 2000, "webp", 90, pixels * each)
    with pytest.raises(NotEnoughMemory, match=r"2,000 x 3,000 pixels as WebP takes 0.1 GB.*PNG"):
        check_saving(3000, 2000, "webp", 90, pixels * each - 1)
    check_saving(3000, 2000, "png", 90, 0)


def test_the_estimate_of_memory_counts_all_that_is_held(model):
    whole = Workload(model.card, 1000, 1000, 2, 2)
    reduced, mixed = replace(whole, scale=1.99), replace(whole, results=2)
    assert needed_memory(reduced) > needed_memory(whole) + 3 * 1900**2
    assert needed_memory(mixed) == needed_memory(whole) + 2 * 3 * 2000**2
    four, eight = replace(whole, threads=4), replace(whole, threads=8)
    assert needed_memory(eight) > 1.02 * needed_memory(four)
    assert needed_memory(Workload(model.card, 10, 10, 2, 1, file_bytes=1 << 32)) > 1 << 32


def test_a_grey_picture_is_as_bright_as_the_same_in_colours(model):
    pixels = np.repeat(picture_of(20, 30).pixels[..., :1], 3, axis=2)
    colours = upscale(model, Picture(pixels)).pixels
    grey = upscale(model, Picture(pixels, grey=True)).pixels
    assert np.abs(grey - colours.mean(axis=2, keepdims=True)).max() <= 0.5


def test_the_estimate_of_memory_grows_with_the_picture_and_names_what_fits(model):
    small, large = (Workload(model.card, side, side, 2, 2) for side in (100, 3000))
    least = needed_memory(small)
    assert least < needed_memory(large)
    assert least < needed_memory(replace(small, bits=16, alpha=True))
    assert needed_memory(large) < needed_memory(replace(large, encoder_bytes=32))
    assert check_memory(small, least) == least
    huge = Workload(model.card, 9000, 9000, 8, 2)
    with pytest.raises(NotEnoughMemory, match=r"GB may be used. A scale of 2 would fit"):
        check_memory(huge, needed_memory(replace(huge, scale=2)))
    with pytest.raises(NotEnoughMemory, match="smaller part"):
        check_memory(replace(small, scale=8), 1)


def test_a_mixture_is_refused_for_the_model_that_takes_most(model):
    other = replace(model.card, scale=2 * model.card.scale)
    work = Workload(model.card, 1000, 1000, model.card.scale, 2)
    each = [needed_memory(replace(work, card=card, results=2)) for card in (model.card, other)]
    check_mix((model.card, other), work, max(each))
    with pytest.raises(NotEnoughMemory):
        check_mix((model.card, other), work, max(each) - 1)


def test_warming_up_reports_and_is_remembered():
    seen = []
    warm_up(seen.append)
    assert seen[-1].done == seen[-1].total
    assert kernels_are_ready()


@pytest.mark.parametrize(("before", "after"), [(400, 360), (400, 300), (400, 210)])
def test_a_slight_reduction_keeps_fine_detail_evenly(before, after):
    def waves(length):
        places = (np.arange(length) + 0.5) * before / length
        wave = 127.5 + 100 * np.cos(2 * np.pi * places / 7)
        return np.repeat(np.rint(wave)[None, :, None], 3, axis=2).repeat(length, axis=0)

    large = waves(before).astype(np.uint8)
    error = _reduced(large, after, after)[20:-20, 20:-20] - waves(after)[20:-20, 20:-20]
    assert np.abs(error).max() < 8  # the mean over areas: up to 20


def test_alpha_does_not_overshoot_when_it_is_reduced():
    alpha = np.full((40, 40), 100, np.uint8)
    alpha[:, 20:] = 200
    reduced = _reduced(alpha, 33, 33)
    assert reduced.min() == 100 and reduced.max() == 200


def test_half_the_size_and_less_is_the_mean_over_areas():
    large = picture_of(40, 60).pixels
    means = large.reshape(20, 2, 30, 2, 3).mean(axis=(1, 3))
    assert np.abs(_reduced(large, 20, 30) - means).max() <= 0.5
