"""Compare choices with small equal budgets: `python -m training.choices --data DIR --eval DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.checkpoint import CHECKPOINT
from training.config import read_config
from training.data import Patches, load_patches
from training.run import start_run
from training.train import measure, of_steps, train

CONFIGS = Path(__file__).parent / "configs" / "choices"
SCALE = 4
# What is compared, and the configurations that share its steps, each started from the one before.
CHOICES = {
    "base: skip round every convolution, learned signs, 32 convolutions": ["base"],
    "(a) skip round every block of two convolutions": ["skip-block"],
    "(b) threshold and gain fixed": ["fixed-sign"],
    "(d) float for half of the steps, then binary": ["float", "base"],
    "(e) 8 convolutions": ["convolutions-8"],
    "(e) 16 convolutions": ["convolutions-16"],
    "(f) as (d), aiming at a teacher": ["taught-float", "taught"],
    "(g) as (f), with gates": ["taught-float", "gated"],
    "(h) as (f), harder patches drawn more often": ["hard-float", "hard"],
    "(i) as (g), filters moved by Muon": ["muon-float", "muon"],
}


@dataclass(frozen=True)
class Score:
    """What one run of a choice gave.

    Attributes:
        averaged: PSNR of the moving average of the weights, dB.
        last: PSNR of the weights themselves, dB.
        seconds: spent in steps.
    """

    averaged: float
    last: float
    seconds: float


def run_choice(
    names: Sequence[str],
    seed: int,
    steps: int,
    patches: Sequence[Patches],
    eval_folder: Path,
    out: Path,
    *,
    device: str = "cpu",
    compiled: bool = False,
) -> Score:
    """Train the configurations of one choice one after another and measure the last.

    Args:
        names: of files in configs/choices; every one takes an equal share of the steps.
        seed: of parameters and crops.
        steps: of all together.
        patches: to train on.
        eval_folder: pictures to measure on.
        out: folder for the logs.
        device: "cpu" or "cuda".
        compiled: whether to use torch.compile.
    """
    starts: list[dict[str, Tensor]] = []
    seconds = 0.0
    for name in names:
        config = replace(read_config(CONFIGS / f"{name}.toml"), seed=seed)
        run = start_run(config, device, starts, patches)
        torch.compiler.reset()  # graphs of earlier runs would count as recompilations
        train(
            config,
            run,
            patches,
            out / name,
            of_steps(steps // len(names)),
            compiled=compiled,
            half=True,
        )
        (out / name / CHECKPOINT).unlink()
        starts = [{key: value.cpu() for key, value in run.average.state_dict().items()}]
        seconds += run.seconds
    return Score(
        measure(run.average, eval_folder, SCALE), measure(run.network, eval_folder, SCALE), seconds
    )


def row(label: str, scores: Sequence[Score]) -> str:
    """Return a line of the table: means over the seeds, the range of the averaged, minutes."""
    averaged = [score.averaged for score in scores]
    last = np.mean([score.last for score in scores])
    minutes = np.mean([score.seconds for score in scores]) / 60
    cells = [
        label,
        f"{np.mean(averaged):.3f} ({min(averaged):.3f} to {max(averaged):.3f})",
        f"{last:.3f}",
        f"{minutes:.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, run every choice with every seed, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures")
    parser.add_argument("--eval", type=Path, required=True, help="folder of HR pictures")
    parser.add_argument("--taught", type=Path, required=True, help="folder of training.teach")
    parser.add_argument("--out", type=Path, required=True, help="folder of the logs")
    parser.add_argument("--steps", type=int, default=3000, help="of each run")
    parser.add_argument("--seeds", type=int, default=3, help="runs of each choice")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--compile", action="store_true", help="use torch.compile")
    options = parser.parse_args(arguments)
    patches = load_patches(options.data, [SCALE], options.taught)
    print("| choice | PSNR (range) | without the average | minutes |\n|---|---|---|---|")
    for label, names in CHOICES.items():
        scores = [
            run_choice(
                names,
                seed,
                options.steps,
                patches,
                options.eval,
                options.out / f"{names[-1]}-after-{len(names) - 1}" / str(seed),
                device=options.device,
                compiled=options.compile,
            )
            for seed in range(1, options.seeds + 1)
        ]
        print(row(label, scores), flush=True)


if __name__ == "__main__":
    main()
