"""The arithmetic of predictions: what a picture's division costs, and what samples tell."""

from itertools import count

import pytest

from bsr.engine import Cancelled, CancelToken
from bsr.engine.upscaling import pace
from bsr.engine.upscaling.pace import Pace, Work, fit, predict, tile_work
from bsr.engine.upscaling.tiles import Tile

FLAT = Pace(0.0, 1e-6, 1e-6)


@pytest.fixture
def card(small_catalog):
    return small_catalog.choose(2)


def test_a_tile_alone_costs_its_pixels():
    assert tile_work(Tile(0, 100, 0, 70), 100, 70, 10, words=False) == Work(7000, 70)


def test_a_seam_costs_half_a_radius_of_rows_and_a_radius_of_columns():
    above = tile_work(Tile(0, 100, 0, 70), 300, 70, 10, words=False)
    between = tile_work(Tile(100, 200, 0, 70), 300, 70, 10, words=False)
    left = tile_work(Tile(0, 100, 0, 70), 100, 140, 10, words=False)
    assert above.pixels == 105 * 70
    assert between.pixels == 110 * 70
    assert left == Work(100 * 80, 80)


def test_binary_layers_compute_whole_words_of_columns():
    assert tile_work(Tile(0, 10, 0, 64), 10, 64, 3, words=True).pixels == 640
    assert tile_work(Tile(0, 10, 0, 65), 10, 65, 3, words=True).pixels == 10 * (65 + 0.75 * 63)


def test_a_pixel_of_a_wide_tile_costs_more():
    slow = Pace(0.5, 1.0, 2.0)
    assert slow.seconds(Work(10, 100)) == 10.5
    assert slow.seconds(Work(10, 256)) == 10.5
    assert slow.seconds(Work(10, 828)) == 15.5
    assert slow.seconds(Work(10, 4000)) == 20.5


def test_every_pass_of_the_network_counts(card):
    once = predict(FLAT, card, 10, 64, 2, 1)
    assert once == pytest.approx(640e-6)
    assert predict(FLAT, card, 10, 64, 1.5, 1) == once
    assert predict(FLAT, card, 10, 64, 4, 1) == pytest.approx(640e-6 + 2560e-6)


def test_transparency_takes_as_long_as_the_colour(card):
    assert predict(FLAT, card, 10, 64, 2, 1, alpha=True) == pytest.approx(1280e-6)


def test_a_start_is_taken_for_every_tile(card):
    start = Pace(1.0, 1e-12, 1e-12)
    assert predict(start, card, 100, 100, 2, 1) == pytest.approx(1)
    assert predict(start, card, 100, 10_000, 2, 1) == pytest.approx(7)
    assert predict(start, card, 4000, 100, 2, 8) == pytest.approx(2)


def test_three_samples_tell_the_pace_they_were_made_with():
    true = Pace(0.004, 1.5e-6, 1.9e-6)
    works = Work(2048, 64), Work(32768, 256), Work(65536, 1400)
    found = fit([true.seconds(work) for work in works], [work.pixels for work in works])
    assert [found.start, found.narrow, found.wide] == pytest.approx([0.004, 1.5e-6, 1.9e-6])


@pytest.mark.parametrize("seconds", [(2.0, 1.0, 1.0), (0.001, 1.0, 1e-9), (1.0, 1.0, 0.5)])
def test_samples_that_cannot_be_give_a_pace_that_can(seconds):
    found = fit(seconds, (2048, 32768, 65536))
    assert found.start >= 0
    assert found.narrow > 0
    assert found.wide >= found.narrow / 2


def test_the_least_of_several_runs_counts(small_catalog, card):
    """Runs take 0.04, 0.03, 0.04, ... of a second by this clock."""
    ticks = (0.01 * n for k in count() for n in (10 * k, 10 * k + (4 if k % 2 == 0 else 3)))
    model = small_catalog.load(card)
    assert pace._sample(model, (8, 8), 1, None, ticks.__next__) == pytest.approx(0.03)


def test_a_stall_is_outrun(small_catalog, card):
    """The first run takes 0.12 s by this clock, the second 0.4 s, the others 0.1 s."""
    ticks = (n + end for n in count() for end in (0, (0.12, 0.4, 0.1)[min(n, 2)]))
    model = small_catalog.load(card)
    assert pace._sample(model, (8, 8), 1, None, ticks.__next__) == pytest.approx(0.1)


def test_measuring_can_be_cancelled(small_catalog, card):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        pace.measure_pace(small_catalog.load(card), cancel=cancel)


def test_the_kernels_are_warmed_up_before_anything_is_timed(small_catalog, card, monkeypatch):
    begun = []
    monkeypatch.setattr(pace, "warm_up", lambda: begun.append("kernels"))
    monkeypatch.setattr(pace, "_sample", lambda *_: begun.append("sample") or 1.0)
    pace.measure_pace(small_catalog.load(card))
    assert begun == ["kernels"] + 3 * ["sample"]
