from types import SimpleNamespace

import pytest

from bsr.engine.progress import CancelToken
from bsr.work.speeds import Speeds, measure, network_pixels

CARD = SimpleNamespace(id="bsr-x4", weights="binary", scale=4)


def test_every_pass_of_the_network_counts():
    assert network_pixels(CARD, 10, 20, 4) == 200
    assert network_pixels(CARD, 10, 20, 2) == 200
    assert network_pixels(CARD, 10, 20, 8) == 200 + 20 * 40


def test_a_speed_is_kept_for_each_model_weights_and_threads(settings):
    speeds = Speeds(settings)
    assert speeds.predict(CARD, 100, 100, 4, 2) is None
    speeds.learn(CARD, 2, 10_000, 2.0)
    assert Speeds(settings).predict(CARD, 100, 100, 4, 2) == pytest.approx(2.0)
    other = SimpleNamespace(id="bsr-x4", weights="float", scale=4)
    assert speeds.predict(other, 100, 100, 4, 2) is None


def test_the_speed_with_other_threads_is_taken_in_proportion(settings):
    speeds = Speeds(settings)
    speeds.learn(CARD, 2, 10_000, 1.0)
    assert speeds.of(CARD, 4) == pytest.approx(20_000)


def test_a_long_run_counts_more_than_a_short_one(settings):
    speeds = Speeds(settings)
    speeds.learn(CARD, 1, 10_000, 1.0)
    speeds.learn(CARD, 1, 20_000, 1.0)
    assert speeds.of(CARD, 1) == pytest.approx(15_000)
    speeds.learn(CARD, 1, 300, 0.001)
    assert speeds.of(CARD, 1) == pytest.approx(15_000, rel=0.05)


def test_a_model_is_measured_in_network_pixels_a_second(catalog, kernels):
    speed = measure(catalog, catalog.find("small-x2", "binary"), 1, CancelToken())
    assert 1e3 < speed < 1e9
