"""The two plots: quality against time, and how many times as fast BSR is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

from .report import fastest
from .targets import BINARY, SIDE, network_time

Row = Mapping[str, Any]
OURS, THEIRS, INT8 = "#2a5bd7", "#8a94a6", "#e08a1e"
mpl.rcParams.update({"svg.hashsalt": "bsr", "font.size": 9})


def frontier(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points that no other beats in both, by time.

    Args:
        points: (time, quality).
    """
    best: list[tuple[float, float]] = []
    for time, quality in sorted(points, key=lambda point: (point[0], -point[1])):
        if not best or quality > best[-1][1]:
            best.append((time, quality))
    return best


def draw_frontier(rows: Sequence[Row], target: Path) -> None:
    """Draw PSNR against milliseconds per megapixel, a panel for each scale."""
    rows = [row for row in rows if row["side"] == SIDE and row["threads"] == 1]
    scales = sorted({row["scale"] for row in rows}, reverse=True)
    if not scales:
        return
    figure, panels = plt.subplots(
        1, len(scales), figsize=(6.2 * len(scales), 4.4), layout="constrained", squeeze=False
    )
    for axes, scale in zip(panels[0], scales, strict=True):
        _draw_scale([row for row in rows if row["scale"] == scale], axes)
        axes.set_title(f"Set5, ×{scale}")
    _save(figure, target)


def _draw_scale(rows: Sequence[Row], axes: Any) -> None:
    known = [row for row in fastest(rows).values() if row["psnr"] is not None]
    points = [(row["ms_per_megapixel"], row["psnr"]) for row in known]
    line = frontier(points)
    axes.step(*zip(*line, strict=True), where="post", color="#c9cfda", zorder=0)
    for row, point in zip(known, points, strict=True):
        ours = row["library"] == "BSR"
        colour = OURS if ours else INT8 if row["precision"] == "int8" else THEIRS
        face = "none" if row["luma_only"] else colour
        axes.plot(*point, "o", color=colour, markerfacecolor=face, markersize=7)
        kind = "" if row["precision"] == "float" and not ours else f", {row['precision']}"
        axes.annotate(f"{row['network']}{kind}", point, xytext=(6, -11), textcoords="offset points")
    across = f"ms for a megapixel of the result, one thread, {SIDE} x {SIDE} in"
    axes.set(xscale="log", xlabel=across, ylabel="PSNR, dB")
    axes.margins(x=0.3, y=0.12)
    axes.grid(alpha=0.3)


def draw_speedups(found: Mapping[str, Any], target: Path) -> None:
    """Draw how many times as long other libraries take as BSR's binary layer and networks."""
    bars = _layer_bars(found["kernels"]["rows"]) + _network_bars(found["networks"]["rows"])
    figure, axes = plt.subplots(figsize=(8, 0.3 * len(bars) + 1), layout="constrained")
    names, ratios, kinds = zip(*reversed(bars), strict=True)
    colours = [INT8 if kind == "int8" else THEIRS for kind in kinds]
    axes.bar_label(axes.barh(names, ratios, color=colours), [f" {ratio:.1f}" for ratio in ratios])
    axes.axvline(1, color=OURS)
    axes.set(xlabel="times as long as BSR, one thread")
    axes.margins(x=0.1)
    _save(figure, target)


def _layer_bars(rows: Sequence[Row]) -> list[tuple[str, float, str]]:
    bars = []
    for layer in dict.fromkeys(row["layer"] for row in rows):
        chosen = [row for row in rows if row["layer"] == layer]
        ours = next(row["ms"] for row in chosen if row["library"] == "BSR")
        for row in chosen:
            if row["library"] != "BSR":
                kind = f" {row['precision']}" if layer == BINARY else ""
                name = f"{layer}: {row['library']}{kind}"
                bars.append((name, row["ms"] / ours, row["precision"]))
    return bars


def _network_bars(rows: Sequence[Row]) -> list[tuple[str, float, str]]:
    bars = []
    for scale in sorted({row["scale"] for row in rows}):
        chosen = [r for r in rows if (r["scale"], r["side"], r["threads"]) == (scale, SIDE, 1)]
        ours = network_time(chosen, f"bsr-x{scale}", "binary")
        for name in (f"bsr-x{scale}", f"srresnet-x{scale}"):
            for precision in ("float", "int8"):
                theirs = network_time(chosen, name, precision, others=True)
                if ours and theirs:
                    label = f"network bsr-x{scale} binary: {name} {precision}, fastest library"
                    bars.append((label, theirs / ours, precision))
    return bars


def _save(figure: Any, target: Path) -> None:
    figure.savefig(target, metadata={"Date": None})
    plt.close(figure)
