import pytest

from bsr.engine.progress import CancelToken
from bsr.engine.upscaling.pace import Pace, predict
from bsr.work.speeds import Speeds, measure

PACE = Pace(0.001, 2e-6, 3e-6)


@pytest.fixture
def card(catalog):
    return catalog.find("small-x2", "binary")


def test_a_pace_is_kept_for_each_model_weights_and_threads(settings, catalog, card):
    speeds = Speeds(settings)
    assert speeds.predict(card, 100, 100, 2, 2) is None
    speeds.keep(card, 2, PACE)
    expected = predict(PACE, card, 100, 100, 2, 2)
    assert Speeds(settings).predict(card, 100, 100, 2, 2) == pytest.approx(expected)
    assert speeds.predict(catalog.find("small-x2", "float"), 100, 100, 2, 2) is None


def test_a_pace_measured_with_other_threads_is_taken_in_proportion(settings, card):
    speeds = Speeds(settings)
    speeds.keep(card, 2, PACE)
    half = Pace(PACE.start, PACE.narrow / 2, PACE.wide / 2)
    expected = predict(half, card, 1000, 1000, 2, 4)
    assert speeds.predict(card, 1000, 1000, 2, 4) == pytest.approx(expected)
    four, two = (speeds.pixels_per_second(card, threads) for threads in (4, 2))
    assert four == pytest.approx(2 * two, rel=0.02)


def test_what_a_run_took_changes_the_next_prediction_more_when_it_was_long(settings, card):
    speeds = Speeds(settings)
    speeds.keep(card, 1, PACE)
    before = speeds.predict(card, 500, 500, 2, 1)
    speeds.learn(card, 1, before, 2 * before)
    after = speeds.predict(card, 500, 500, 2, 1)
    assert after == pytest.approx(before * 2**0.5, rel=1e-4)
    speeds.learn(card, 1, 0.001, 0.002)
    assert speeds.predict(card, 500, 500, 2, 1) == pytest.approx(after, rel=0.01)


def test_a_run_before_anything_was_measured_teaches_nothing(settings, card):
    speeds = Speeds(settings)
    speeds.learn(card, 1, 1.0, 2.0)
    assert speeds.pace(card, 1) is None


def test_a_model_is_measured(catalog, card, kernels):
    pace = measure(catalog, card, 1, CancelToken())
    assert pace.start >= 0
    assert 1e-9 < pace.narrow < 1e-3
    assert 1e-9 < pace.wide < 1e-3
