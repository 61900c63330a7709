"""Measure and draw the plots of the README:  python packaging/make_plots.py.

Quality against time; clean pictures; pictures that were JPEGs.  All of it is measured here and now,
but Set5, whose scores stand in the models' cards.  Needs the extra `figures`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from photographs import PHOTOGRAPHS, photograph

from bsr import default_catalog, upscale
from bsr.engine import Picture, psnr_y
from bsr.engine.models.model import Model
from bsr.engine.quality.evaluate import as_jpeg
from bsr.engine.quality.imresize import imresize

TARGET = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
SCALE = 4
QUALITIES = (100, 95, 90, 80, 70, 60, 50, 40, 30)
# Shown as, model, its weights, colour.
MODELS = (
    ("Clean, binary", "bsr-x4", "binary", "#2a5bd7"),
    ("Clean, float", "bsr-x4", "float", "#e08a1e"),
    ("JPEG, binary", "bsr-jpeg-x4", "binary", "#2e9e6b"),
    ("JPEG, float", "bsr-jpeg-x4", "float", "#8e5bb5"),
)
COLOURS = {name: colour for name, _, _, colour in MODELS} | {"bicubic": "#8a94a6"}
SET5_BICUBIC = 28.42


def quality_of(models: dict[str, Model], jpeg: int | None) -> dict[str, float]:
    """Return the mean PSNR over the photographs, in dB, of bicubic and of every model."""
    found: dict[str, list[float]] = {name: [] for name in ("bicubic", *models)}
    for photo in PHOTOGRAPHS:
        large = photograph(photo, SCALE)
        small = imresize(large, 1 / SCALE)
        small = small if jpeg is None else as_jpeg(small, jpeg)
        found["bicubic"].append(psnr_y(large, imresize(small, SCALE), SCALE))
        for name, model in models.items():
            found[name].append(psnr_y(large, upscale(model, Picture(small)).pixels, SCALE))
    return {name: float(np.mean(values)) for name, values in found.items()}


def seconds_per_megapixel(model: Model) -> float:
    """Return the processor time of a million pixels of the result; other programs do not count."""
    small = Picture(imresize(photograph(PHOTOGRAPHS[0], SCALE), 1 / 2))
    times = []
    for _ in range(4):  # the first one loads the kernels
        start = time.process_time()
        larger = upscale(model, small, threads=1)
        times.append(time.process_time() - start)
    return min(times) / (larger.height * larger.width / 1e6)


def draw_time(models: dict[str, Model], axes: plt.Axes) -> None:
    """Draw quality against time."""
    for name, model in models.items():
        seconds = seconds_per_megapixel(model)
        score = model.card.scores["Set5"]["psnr"]
        axes.plot(seconds, score, "o", color=COLOURS[name], markersize=9)
        above = 10 if model.card.family == "clean" else -18  # points; the others score less
        axes.annotate(f"{name}, {seconds:.2f} s", (seconds, score), xytext=(0, above),
                      ha="center", textcoords="offset points")  # fmt: skip
    axes.axhline(SET5_BICUBIC, color=COLOURS["bicubic"], linestyle="--")
    axes.annotate("bicubic", (0.02, SET5_BICUBIC + 0.06), xycoords=("axes fraction", "data"))
    axes.set(xscale="log", xlim=(0.02, 20), ylim=(28, 32.5),
             xlabel="s of one core for a megapixel of the result", ylabel="PSNR on Set5, dB",
             title="Quality against time (×4)")  # fmt: skip


def draw_clean(clean: dict[str, float], axes: plt.Axes) -> None:
    """Draw what is gained beside bicubic on clean photographs."""
    names = [name for name in clean if name != "bicubic"]
    gains = [clean[name] - clean["bicubic"] for name in names]
    bars = axes.bar(names, gains, color=[COLOURS[name] for name in names], width=0.5)
    axes.bar_label(bars, [f"+{gain:.2f}" for gain in gains])
    axes.set(ylabel="dB above bicubic", ylim=(0, 2), title="Clean photographs (×4)")


def draw_jpeg(by_quality: dict[int, dict[str, float]], axes: plt.Axes) -> None:
    """Draw what is left of it where the picture was a JPEG."""
    for name, *_ in MODELS:
        gains = [by_quality[q][name] - by_quality[q]["bicubic"] for q in QUALITIES]
        axes.plot(QUALITIES, gains, "o-", color=COLOURS[name], label=name)
    axes.axhline(0, color=COLOURS["bicubic"], linestyle="--")
    axes.invert_xaxis()
    axes.set(xlabel="quality of the JPEG (4:2:0)", ylabel="dB above bicubic",
             title="Pictures that were JPEGs (×4)")  # fmt: skip
    axes.legend()


def main() -> int:
    """Measure, and write plots.png beside the screenshots."""
    catalog = default_catalog()
    models = {name: catalog.load(catalog.find(id, weights)) for name, id, weights, _ in MODELS}
    figure, axes = plt.subplots(1, 3, figsize=(13, 4), layout="constrained")
    draw_time(models, axes[0])
    draw_clean(quality_of(models, None), axes[1])
    draw_jpeg({quality: quality_of(models, quality) for quality in QUALITIES}, axes[2])
    figure.savefig(TARGET / "plots.png", dpi=110)
    return 0


if __name__ == "__main__":
    sys.exit(main())
