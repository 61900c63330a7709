"""Draw loss and PSNR over time: `python -m training.plot RUN [RUN ...] --out curves.png`."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import matplotlib.pyplot as plt

from training.train import LOG


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="folders with a log.csv")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    plot({run.name: run / LOG for run in options.runs}, options.out)


def plot(logs: dict[str, Path], out: Path) -> None:
    """Draw the logs' loss (left) and PSNR (right) over minutes of training into one picture."""
    figure, (losses, scores) = plt.subplots(1, 2, figsize=(11, 4), layout="constrained")
    for name, path in logs.items():
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        curve = [(float(row["seconds"]) / 60, float(row["loss"])) for row in rows]
        losses.plot(*zip(*_smoothed(curve), strict=True), label=name)
        measured = [row for row in rows if row["psnr"]]
        minutes = [float(row["seconds"]) / 60 for row in measured]
        for psnr in zip(*(row["psnr"].split() for row in measured), strict=True):
            scores.plot(minutes, [float(score) for score in psnr], marker=".", label=name)
    losses.set(xlabel="minutes", ylabel="L1 loss", yscale="log")
    scores.set(xlabel="minutes", ylabel="PSNR on luma, dB")
    losses.legend()
    figure.savefig(out, dpi=100)
    plt.close(figure)


def _smoothed(curve: list[tuple[float, float]], width: int = 9) -> list[tuple[float, float]]:
    """Average the values over the last `width` points."""
    result = []
    for end in range(1, len(curve) + 1):
        window = curve[max(0, end - width) : end]
        result.append((curve[end - 1][0], sum(value for _, value in window) / len(window)))
    return result


if __name__ == "__main__":
    main()
