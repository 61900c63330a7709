"""The ratios that BSR is held to, from what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .predictions import share_within

Row = Mapping[str, Any]
BINARY = "binary layer 64 -> 64, 3x3"
"""The layer that all is about, by its name in the rows."""
SIDE = 256


@dataclass(frozen=True)
class Target:
    """A ratio or figure that is aimed at.

    Attributes:
        what: is measured.
        aim: how it must come out, in words.
        value: what was found, or None where it was not measured.
        met: whether it came out so.
    """

    what: str
    aim: str
    value: float | None
    met: bool


def targets(found: Mapping[str, Any]) -> list[Target]:
    """Return all, in the order of the page.

    Args:
        found: rows by subject, as `benchmarks.run` writes them.
    """
    rows = {subject: about["rows"] for subject, about in found.items()}
    layers = [row for row in rows.get("kernels", []) if row["layer"] == BINARY]
    nets = [r for r in rows.get("networks", []) if r["scale"] == 4 and r["threads"] == 1]
    nets = [row for row in nets if row["side"] == SIDE]
    ours = network_time(nets, "bsr-x4", "binary")
    floats = network_time(nets, "bsr-x4", "float", others=True)
    srresnet = network_time(nets, "srresnet-x4", "float", others=True)
    layer = _fastest(layers, "binary")
    size = f"bsr-x4 binary, {SIDE} x {SIDE}, beside"
    return [
        _least("a binary layer beside the fastest in floats", 18, _fastest(layers, "float"), layer),
        _least("a binary layer beside the fastest in int8", 5, _fastest(layers, "int8"), layer),
        _least(f"{size} its float weights in the fastest library", 12, floats, ours),
        _least(f"{size} SRResNet in the fastest library", 25, srresnet, ours),
        _threads(rows.get("threads", [])),
        _flatness(rows.get("sizes", [])),
        _memory(rows.get("memory", [])),
        _predictions(rows.get("predictions", [])),
    ]


def network_time(
    rows: Iterable[Row], network: str, precision: str, others: bool = False
) -> float | None:
    """Return the milliseconds of a network in the library that is fastest.

    Args:
        rows: of one scale, size and number of threads.
        network: its name.
        precision: of it.
        others: only in libraries that are not BSR.
    """
    times = [
        row["ms"]
        for row in rows
        if (row["network"], row["precision"]) == (network, precision)
        and not (others and row["library"] == "BSR")
    ]
    return min(times, default=None)


def _fastest(layers: Iterable[Row], precision: str) -> float | None:
    return min((row["ms"] for row in layers if row["precision"] == precision), default=None)


def _least(what: str, aim: float, theirs: float | None, ours: float | None) -> Target:
    value = theirs / ours if theirs and ours else None
    return Target(what, f"{aim:g} times as fast", value, value is not None and value >= aim)


def _threads(rows: Sequence[Row]) -> Target:
    value = min((row["times_as_fast"] for row in rows if row["threads"] == 2), default=None)
    what = f"two threads beside one, bsr-x4 binary, from {SIDE} x {SIDE}, the least"
    return Target(what, "1.9 times as fast", value, value is not None and value >= 1.9)


def _flatness(rows: Sequence[Row]) -> Target:
    costs = {row["megapixels"]: row["s_per_megapixel"] for row in rows if row["threads"] == 1}
    value = costs[24.0] / costs[1.0] if {24.0, 1.0} <= set(costs) else None
    what = "seconds a megapixel at 24 megapixels beside 1, one thread"
    return Target(what, "within 10 %", value, value is not None and abs(value - 1) <= 0.1)


def _memory(rows: Sequence[Row]) -> Target:
    value = max((row["megabytes"] for row in rows), default=None)
    what = "megabytes at most for 24 megapixels to x2, 6 to x4"
    return Target(what, "under 700", value, value is not None and value < 700)


def _predictions(rows: Sequence[Row]) -> Target:
    value = share_within(rows) if rows else None
    what = "share of predicted times within 20 %"
    return Target(what, "nine of ten", value, value is not None and value >= 0.9)
