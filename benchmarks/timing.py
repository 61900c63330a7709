"""Measures that take turns in one run, so that all see the same machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Run = Callable[[], object]
Clock = Callable[[], float]


SHORT_SECONDS = 0.1


@dataclass(frozen=True)
class Effort:
    """How long to measure.

    Attributes:
        seconds: a contestant that took so long altogether stops,
        least: but not before so many turns,
        most: and at the latest after so many.
    """

    seconds: float = 2.0
    least: int = 3
    most: int = 15


QUICK = Effort(0.3, 1, 5)


@dataclass(frozen=True)
class Timing:
    """The turns of one contestant; at least one.

    Attributes:
        seconds: of every turn, by the chosen clock.
        passed: the time that passed meanwhile, which other programs lengthen.
    """

    seconds: tuple[float, ...]
    passed: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of the turns took longer."""
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The seconds that a quarter, and three quarters, of the turns did not exceed."""
        if len(self.seconds) < 2:
            return self.seconds[0], self.seconds[0]
        low, _, high = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return low, high

    def as_json(self, share: float = 1.0) -> dict[str, float]:
        """Return the figures in milliseconds.

        Args:
            share: of the time that counts, for a run that does a thing several times.
        """
        low, high = self.quartiles
        ms = {"ms": self.median, "ms_low": low, "ms_high": high, "wall_ms": min(self.passed)}
        return {name: 1e3 * share * value for name, value in ms.items()} | {
            "turns": len(self.seconds)
        }


def clock_for(threads: int) -> Clock:
    """Return the clock to measure with.

    One thread is measured by the processor's time, which does not count what other programs take;
    several are measured by the time that passes.
    """
    return time.process_time if threads == 1 else time.perf_counter


def take_turns(
    runs: Mapping[str, Run], effort: Effort, clock: Clock, wall: Clock = time.perf_counter
) -> dict[str, Timing]:
    """Measure every run.

    Args:
        runs: by name; warmed up already.
        effort: how long to measure.
        clock: seconds.
        wall: seconds that pass.
    """
    passed: dict[str, list[float]] = {name: [] for name in runs}
    times: dict[str, list[float]] = {name: [] for name in runs}
    waiting = list(runs)
    while waiting:
        for name in waiting:
            if times[name] and times[name][-1] < SHORT_SECONDS:
                runs[name]()  # what the others have pushed out of the caches comes back
            began, start = wall(), clock()
            runs[name]()
            times[name].append(clock() - start)
            passed[name].append(wall() - began)
        waiting = [name for name in waiting if not _done(times[name], effort)]
    return {name: Timing(tuple(times[name]), tuple(passed[name])) for name in runs}


def _done(seconds: list[float], effort: Effort) -> bool:
    turns = len(seconds)
    return turns >= effort.most or (turns >= effort.least and sum(seconds) >= effort.seconds)
