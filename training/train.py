"""Train a network: `python -m training.train --config FILE --data DIR --minutes N --out DIR`."""

from __future__ import annotations

import argparse
import copy
import csv
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y
from training.checkpoint import CHECKPOINT, resume_run, save_checkpoint
from training.config import RunConfig, read_config
from training.data import (
    Batch,
    Patches,
    draw_batch,
    load_patches,
    picture_paths,
    read_rgb,
    to_pixels,
    to_tensor,
)
from training.degrade import degraded
from training.losses import losses
from training.networks import Network, largest
from training.run import Run, start_run
from training.start import load_arrays

LOG = "log.csv"
LOG_STEPS = 50
CHECKPOINT_SECONDS = 600.0
PAUSE_SECONDS = 30  # a step that takes longer was compiled, or the process was stopped meanwhile
EVAL_SECONDS = 300.0
LOWEST_RATE = 0.01
TIMED_STEPS = 3
HARDNESS_RATE = 0.2

Budget = Callable[[Run], float]
"""Returns how much of a run is done, 0 at its start; from 1 on it ends."""


def of_steps(steps: int) -> Budget:
    """Return the budget of so many steps: with a given arithmetic a run is then repeatable."""
    return lambda run: run.step / steps


def of_minutes(minutes: float) -> Budget:
    """Return the budget of so much time spent in steps, whatever the machine does besides."""
    return lambda run: run.seconds / (60 * minutes)


def schedule(config: RunConfig, step: int, progress: float) -> float:
    """Return the share of the highest rate: warm-up by steps, flat, then half a cosine.

    Args:
        config: with the steps of the warm-up and the flat share of the run.
        step: from 0.
        progress: of the whole run, 0..1; by steps, or by time where minutes are the budget.
    """
    falling = max(0.0, min(progress, 1.0) - config.hold) / (1 - config.hold)
    cosine = 0.5 + 0.5 * math.cos(math.pi * falling)
    rise = min(1.0, (step + 1) / max(1, config.warm_up))
    return rise * (LOWEST_RATE + (1 - LOWEST_RATE) * cosine)


def draw_step(run: Run, config: RunConfig, patches: Sequence[Patches]) -> Batch:
    """Draw the batch of a step, at one of the scales."""
    chosen = patches[int(run.random.integers(len(patches)))] if len(patches) > 1 else patches[0]
    degrade = degraded if config.degraded else None
    hardness = None
    if config.hard:
        hardness = run.hardness.setdefault(chosen.scale, np.zeros(len(chosen.high)))
    return draw_batch(
        chosen,
        config.batch,
        config.crop,
        run.random,
        plain=config.plain,
        degrade=degrade,
        clean=config.clean,
        hardness=hardness,
    )


def note_hardness(run: Run, result: Tensor, batch: Batch) -> None:
    """Note how far each crop's result is from what it aims at."""
    aim = batch.high if batch.taught is None else batch.taught
    away = (result.detach() - aim.to(result.device)).abs().mean(dim=(1, 2, 3)).cpu().numpy()
    hardness = run.hardness[batch.scale]
    for index, loss in zip(batch.drawn, away, strict=True):
        known = hardness[index] > 0
        hardness[index] += (HARDNESS_RATE if known else 1) * (loss - hardness[index])


def faster_in_bfloat16(run: Run, config: RunConfig, patches: Sequence[Patches]) -> bool:
    """Time steps in bfloat16 and in float32 and say which is faster, changing nothing.

    Processors without bfloat16 emulate it some ten times slower than float32.
    """
    network, spare = run.network, copy.deepcopy(run.random.bit_generator.state)
    low = draw_step(run, config, patches).low.to(next(network.parameters()).device)
    run.random.bit_generator.state = spare
    seconds = {}
    for half in (False, True):
        largest(network(low, half)).mean().backward()  # the first step chooses algorithms
        began = time.perf_counter()
        for _ in range(TIMED_STEPS):
            largest(network(low, half)).mean().backward()
        if low.is_cuda:
            torch.cuda.synchronize()
        seconds[half] = (time.perf_counter() - began) / TIMED_STEPS
    run.network.zero_grad()
    print(f"a step: bfloat16 {seconds[True]:.3f} s, float32 {seconds[False]:.3f} s", flush=True)
    return seconds[True] < seconds[False]


def train_step(
    run: Run,
    config: RunConfig,
    patches: Sequence[Patches],
    progress: float,
    forward: nn.Module | None = None,
    half: bool = True,
) -> None:
    """Do one step: batch, loss, gradients, clipping, optimizers, moving average.

    Args:
        run: changed in place.
        config: of the run.
        patches: to cut crops from, for each scale.
        progress: of the whole run, 0..1.
        forward: run.network compiled, or None for the network itself.
        half: whether the body's convolutions run in bfloat16.
    """
    device = next(run.network.parameters()).device
    batch = draw_step(run, config, patches)
    shown = run.network if forward is None else forward
    result = shown(batch.low.to(device), half, batch.scale)
    loss, aim = losses(result, batch, config, progress)
    if config.hard and isinstance(result, Tensor):
        note_hardness(run, result, batch)
    if run.adversary and batch.taught is not None and isinstance(result, Tensor):
        pictures = (result, batch.taught.to(device), batch.low.to(device))
        aim = aim + config.adversarial * run.adversary.cost(*pictures, half)
        run.adversary.learn(*pictures, half)
    share = schedule(config, run.step, progress)
    run.network.zero_grad()
    aim.backward()
    nn.utils.clip_grad_norm_(run.network.parameters(), config.clip)
    for optimizer in run.optimizers:
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * share
        optimizer.step()
    run.step += 1
    run.losses.append(loss.detach())
    update_average(run.average, run.network, config.average, run.step)


def update_average(average: Network, network: Network, decay: float, step: int) -> None:
    """Move the average towards the network; early steps count more, so that the start fades."""
    decay = min(decay, (1 + step) / (10 + step)) if decay else 0.0
    with torch.no_grad():
        torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - decay)


def measure(network: Network, folder: Path, scale: int, half: bool = True) -> float:
    """Return the mean PSNR on luma over the pictures of a folder, shrunk by imresize first."""
    device = next(network.parameters()).device
    scores = []
    for path in picture_paths(folder):
        high = read_rgb(path, scale)
        low = to_tensor(imresize(high, 1 / scale)[None]).to(device)
        with torch.no_grad():
            result = largest(network(low, half, scale))
        scores.append(psnr_y(to_pixels(result), high, scale))
    return float(np.mean(scores))


def train(
    config: RunConfig,
    run: Run,
    patches: Sequence[Patches],
    out: Path,
    budget: Budget,
    *,
    eval_folder: Path | None = None,
    compiled: bool = False,
    half: bool | None = None,
) -> None:
    """Train until the budget is used up.

    Args:
        config: of the run.
        run: trained in place.
        patches: to cut crops from, for each scale.
        out: where checkpoint.pt and log.csv are written; made where it is missing.
        budget: how long the run lasts.
        eval_folder: pictures to measure on every few minutes, or None.
        compiled: whether to use torch.compile.
        half: whether the body's convolutions run in bfloat16; None for what is faster here.
    """
    out.mkdir(parents=True, exist_ok=True)
    half = faster_in_bfloat16(run, config, patches) if half is None else half
    forward = torch.compile(run.network) if compiled else run.network
    saved = measured = run.seconds
    while budget(run) < 1:
        began = time.monotonic()
        train_step(run, config, patches, budget(run), forward, half)
        run.seconds += min(time.monotonic() - began, PAUSE_SECONDS)
        done = budget(run) >= 1
        scores: list[float] = []
        if eval_folder and (done or run.seconds - measured > EVAL_SECONDS):
            measured = run.seconds
            scales = config.network.scales
            scores = [measure(run.average, eval_folder, scale, half) for scale in scales]
        if scores or run.step % LOG_STEPS == 0:
            _log(run, out / LOG, scores)
        if done or run.seconds - saved > CHECKPOINT_SECONDS:
            saved = run.seconds
            save_checkpoint(run, config, out / CHECKPOINT)


def _log(run: Run, path: Path, scores: Sequence[float]) -> None:
    """Append a line: step, seconds, rate, mean loss since the last line, PSNR of each scale."""
    new = not path.exists()
    loss = float(torch.stack(run.losses).mean())
    run.losses.clear()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(["step", "seconds", "rate", "loss", "psnr"])
        rate = run.optimizers[0].param_groups[-1]["lr"]
        shown = " ".join(f"{score:.3f}" for score in scores)
        writer.writerow([run.step, f"{run.seconds:.1f}", f"{rate:.2e}", f"{loss:.5f}", shown])


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, start or resume, train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint and log")
    lasting = parser.add_mutually_exclusive_group(required=True)
    lasting.add_argument("--minutes", type=float)
    lasting.add_argument("--steps", type=int)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument(
        "--start", type=Path, nargs="+", default=[], help="networks to take from, the last wins"
    )
    parser.add_argument("--taught", type=Path, help="folder of a teacher's pictures (teach.py)")
    parser.add_argument("--eval", type=Path, help="folder of HR pictures to measure on")
    parser.add_argument("--compile", action="store_true", help="use torch.compile")
    parser.add_argument("--arithmetic", choices=["bfloat16", "float32"], help="default: the faster")
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    if bool(options.taught) != bool(config.taught):
        parser.error("--taught belongs to a configuration that gives it a share of the loss")
    checkpoint = options.out / CHECKPOINT
    patches = load_patches(options.data, config.network.scales, options.taught)
    if checkpoint.exists():
        run = resume_run(config, options.device, checkpoint)
    else:
        starts = [load_arrays(path) for path in options.start]
        run = start_run(config, options.device, starts, patches)
    train(
        config,
        run,
        patches,
        options.out,
        of_minutes(options.minutes) if options.steps is None else of_steps(options.steps),
        eval_folder=options.eval,
        compiled=options.compile,
        half=options.arithmetic and options.arithmetic == "bfloat16",
    )


if __name__ == "__main__":
    main()
