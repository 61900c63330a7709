"""Turns, medians and quartiles, with clocks that the test moves."""

import pytest

from benchmarks.timing import Effort, Timing, clock_for, take_turns


class Clock:
    """Moves only when a run takes time."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def runs_of(clock, taken):
    """Runs that take the seconds in their lists, the last for ever; and the order they ran in."""
    order = []

    def make(name, seconds):
        waiting = list(seconds)

        def run():
            order.append(name)
            clock.now += waiting.pop(0) if len(waiting) > 1 else waiting[0]

        return run

    return {name: make(name, seconds) for name, seconds in taken.items()}, order


def test_runs_take_turns_until_each_had_enough(clock):
    runs, order = runs_of(clock, {"slow": [4.0], "fast": [1.0]})
    timings = take_turns(runs, Effort(3.0, least=2, most=9), clock, clock)
    assert order == ["slow", "fast", "slow", "fast", "fast"]
    assert timings["slow"].seconds == (4.0, 4.0)
    assert timings["fast"].seconds == timings["fast"].passed == (1.0, 1.0, 1.0)


def test_no_run_takes_more_turns_than_the_most(clock):
    runs, _ = runs_of(clock, {"quick": [0.5]})
    assert len(take_turns(runs, Effort(99.0, 1, 4), clock, clock)["quick"].seconds) == 4


def test_a_short_run_is_done_once_unmeasured_before_each_further_turn(clock):
    runs, order = runs_of(clock, {"short": [0.09, 7.0, 0.08, 8.0, 0.07]})
    timing = take_turns(runs, Effort(0.2, 3, 3), clock, clock)["short"]
    assert timing.seconds == pytest.approx((0.09, 0.08, 0.07))
    assert len(order) == 5


def test_medians_and_quartiles_tell_the_spread():
    timing = Timing((4.0, 1.0, 2.0, 3.0, 100.0), (5.0, 2.0, 3.0, 4.0, 101.0))
    assert timing.median == 3.0
    assert timing.quartiles == (2.0, 4.0)
    assert timing.as_json(1 / 2) == {
        "ms": 1500, "ms_low": 1000, "ms_high": 2000, "wall_ms": 1000, "turns": 5,
    }  # fmt: skip


def test_a_single_turn_has_no_spread():
    assert Timing((2.0,), (2.0,)).quartiles == (2.0, 2.0)


def test_several_threads_are_measured_by_the_time_that_passes():
    before = clock_for(1)(), clock_for(2)()
    assert clock_for(1) is not clock_for(2)
    assert clock_for(2)() >= before[1]
