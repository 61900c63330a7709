"""Train a network: `python -m training.train --config FILE --data DIR --minutes N --out DIR`."""

from __future__ import annotations

import argparse
import copy
import csv
import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bsr.engine.disk import write_file
from bsr.engine.images.compression import LUMA
from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y
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
from training.discriminator import Adversary
from training.muon import Muon
from training.networks import Network, build, largest
from training.start import adopt, are_float, fit_signs, load_arrays
from training.units import is_filter, is_latent

CHECKPOINT = "checkpoint.pt"
LOG = "log.csv"
LOG_STEPS = 50
CHECKPOINT_SECONDS = 600.0
LOWEST_RATE = 0.01
CHARBONNIER = 1e-3  # where the distance turns from a square to a straight line (LapSRN, 2017)
LATE = 2 / 3  # of a run; from here on the truth takes a part of the teacher's share
TIMED_STEPS = 3
HARDNESS_RATE = 0.2
SHOWN_CROPS = 48  # to a float network whose features thresholds are fitted to


@dataclass
class Run:
    """Everything that changes while training, and nothing else is needed to go on.

    Attributes:
        network: being trained.
        average: moving average of its parameters, what is evaluated and exported.
        optimizers: what moves the network: Adam, and Muon where the configuration gives it a rate.
        adversary: a discriminator that learns beside the network, or None.
        random: draws the crops.
        hardness: of each scale's patches, a moving average of their losses.
        step: steps done.
        seconds: spent in steps.
    """

    network: Network
    average: Network
    optimizers: list[torch.optim.Optimizer]
    adversary: Adversary | None
    random: np.random.Generator
    hardness: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    step: int = 0
    seconds: float = 0.0
    losses: list[Tensor] = field(default_factory=list)


def start_run(
    config: RunConfig,
    device: str,
    starts: Sequence[dict[str, Tensor]] = (),
    patches: Sequence[Patches] = (),
) -> Run:
    """Make a run at step 0, from the configuration's seed and what fits of other networks.

    Where a binary network starts from a float one, patches are what its thresholds are fitted to.
    """
    torch.manual_seed(config.seed)
    network = build(config.network)
    for arrays in starts:
        left = adopt(network, arrays)
        print("not taken:", ", ".join(left) or "nothing", file=sys.stderr)
    if patches and starts and are_float(starts[-1]) and config.network.precision == "binary":
        random = np.random.default_rng(config.seed)
        shown = draw_batch(patches[0], SHOWN_CROPS, config.crop, random)
        fit_signs(network, starts[-1], shown.low)
    if not config.learned_sign:
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.endswith((".threshold", ".gain")))
    network = network.to(device)
    average = copy.deepcopy(network).requires_grad_(False)
    adversary = Adversary(device) if config.adversarial else None
    return Run(
        network, average, optimizers(network, config), adversary, np.random.default_rng(config.seed)
    )


def optimizers(network: Network, config: RunConfig) -> list[torch.optim.Optimizer]:
    """Return Adam, and Muon for the body's filters if it has a rate.

    Their groups have "highest", the rate at the top of the schedule.
    """
    made: list[torch.optim.Optimizer]
    made = [torch.optim.Adam(parameter_groups(network, config), fused=True)]
    if config.muon_rate:
        filters = [unit.weight for unit in network.body]
        made.append(Muon([{"params": filters, "highest": config.muon_rate}], config.muon_rate))
    return made


def parameter_groups(network: Network, config: RunConfig) -> list[dict[str, Any]]:
    """Sort what Adam trains by its highest rate.

    It moves every parameter by about its rate, whatever its size. A real-valued weight behind a
    sign must cross zero to matter at all, so it moves faster. The scale of a filter multiplies a
    sum of K = 9 channels signs, which spreads over sqrt(K), so it moves slower by as much.

    Returns:
        Adam's groups with "params" and "highest", the rate at the top of the schedule.
    """
    latent, scale, other = [], [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad or (config.muon_rate and is_filter(name)):
            continue
        if name.endswith(".scale"):
            scale.append(parameter)
        elif is_latent(name, network.config.precision):
            latent.append(parameter)
        else:
            other.append(parameter)
    of_scale = config.rate / math.sqrt(9 * network.config.channels)
    rates = ((latent, config.latent_rate), (scale, of_scale), (other, config.rate))
    return [{"params": params, "highest": highest} for params, highest in rates if params]


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
        chosen, config.batch, config.crop, run.random, config.plain, degrade, config.clean, hardness
    )


def note_hardness(run: Run, result: Tensor, batch: Batch) -> None:
    """Note how far each crop's result is from what it aims at."""
    aim = batch.high if batch.taught is None else batch.taught
    away = (result.detach() - aim.to(result.device)).abs().mean(dim=(1, 2, 3)).cpu().numpy()
    hardness = run.hardness[batch.scale]
    for index, loss in zip(batch.drawn, away, strict=True):
        known = hardness[index] > 0
        hardness[index] += (HARDNESS_RATE if known else 1) * (loss - hardness[index])


def losses(
    result: Tensor | tuple[Tensor, ...], batch: Batch, config: RunConfig, progress: float
) -> tuple[Tensor, Tensor]:
    """Return the distance to the truth, and what is minimised.

    A teacher's picture is easier to reach than the truth, which holds noise, so it is aimed at
    first; in the last third of the run the truth takes a part of its share. A pyramid has no
    teacher.
    """
    if isinstance(result, tuple):
        loss = pyramid_loss(result, batch.high.to(result[0].device))
        return loss, loss
    device = result.device
    high = batch.high.to(device)
    loss = functional.l1_loss(result, high)
    to_truth = distance(result, high, config.luma)
    if batch.taught is None or not config.taught:
        return loss, to_truth
    share = config.taught * (config.late if progress >= LATE else 1.0)
    aim = batch.taught.to(device)
    taught = distance(result, aim, config.luma)
    if config.edges:
        taught = taught + config.edges * edge_loss(result, aim)
    if config.tones:
        taught = taught + config.tones * tone_loss(result, aim, batch.scale)
    return loss, share * taught + (1 - share) * to_truth


def distance(result: Tensor, aim: Tensor, luma: float) -> Tensor:
    """Return the L1 distance, of which a share is that of the luma alone."""
    away = result - aim
    if not luma:
        return away.abs().mean()
    brighter = (away * away.new_tensor(LUMA).view(1, 3, 1, 1)).sum(dim=1)
    return (1 - luma) * away.abs().mean() + luma * brighter.abs().mean()


def pyramid_loss(pictures: Sequence[Tensor], truth: Tensor) -> Tensor:
    """Return the sum of the levels' Charbonnier distances to the truth, shrunk to each size."""
    total = truth.new_zeros(())
    for picture in pictures:
        aim = truth
        if picture.shape != truth.shape:
            aim = functional.interpolate(
                truth, picture.shape[2:], mode="bicubic", align_corners=False, antialias=True
            )
        total = total + ((picture - aim).square() + CHARBONNIER**2).sqrt().mean()
    return total


def tone_loss(result: Tensor, aim: Tensor, scale: int) -> Tensor:
    """Return the L1 distance between the means of squares of scale x scale pixels."""
    return functional.avg_pool2d(result - aim, scale).abs().mean()


def edge_loss(result: Tensor, aim: Tensor) -> Tensor:
    """Return the L1 distance between the steps from pixel to pixel, along both axes."""
    difference = result - aim
    return difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()


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


def save_checkpoint(run: Run, config: RunConfig, path: Path) -> None:
    """Write all that resuming needs."""
    state = {
        "config": asdict(config),
        "network": run.network.state_dict(),
        "average": run.average.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in run.optimizers],
        "adversary": run.adversary and run.adversary.state(),
        "hardness": {scale: torch.from_numpy(each) for scale, each in run.hardness.items()},
        "random": json.dumps(run.random.bit_generator.state),
        "step": run.step,
        "seconds": run.seconds,
    }
    write_file(path, lambda file: torch.save(state, file))


def resume_run(config: RunConfig, device: str, path: Path) -> Run:
    """Go on from a checkpoint exactly where it was written."""
    run = start_run(config, device)
    state = torch.load(path, weights_only=True, map_location=device)
    run.network.load_state_dict(state["network"])
    run.average.load_state_dict(state["average"])
    for optimizer, stored in zip(run.optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(stored)
    if run.adversary:
        run.adversary.restore(state["adversary"])
    run.hardness = {scale: each.numpy() for scale, each in state.get("hardness", {}).items()}
    run.random.bit_generator.state = json.loads(state["random"])
    run.step, run.seconds = state["step"], state["seconds"]
    return run


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
    *,
    steps: int | None = None,
    minutes: float | None = None,
    eval_folder: Path | None = None,
    eval_minutes: float = 5.0,
    compiled: bool = False,
    half: bool | None = None,
) -> None:
    """Train until the steps or the minutes are used up; exactly one of them is given.

    With steps and a given arithmetic a run is repeatable; with minutes the cosine follows the
    time spent, whatever the machine does besides. `half` says whether the body's convolutions run
    in bfloat16, None takes what is faster here. Writes checkpoint.pt and log.csv into out.
    """
    out.mkdir(parents=True, exist_ok=True)
    half = faster_in_bfloat16(run, config, patches) if half is None else half
    forward = torch.compile(run.network) if compiled else run.network
    saved = measured = run.seconds

    def progress() -> float:
        return run.step / steps if steps else run.seconds / (60 * (minutes or 0))

    while progress() < 1:
        began = time.monotonic()
        train_step(run, config, patches, progress(), forward, half)
        run.seconds += time.monotonic() - began
        done = progress() >= 1
        due = done or run.seconds - measured > 60 * eval_minutes
        scores: list[float] = []
        if due and eval_folder:
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
    budget = parser.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float)
    budget.add_argument("--steps", type=int)
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
        steps=options.steps,
        minutes=options.minutes,
        eval_folder=options.eval,
        compiled=options.compile,
        half=options.arithmetic and options.arithmetic == "bfloat16",
    )


if __name__ == "__main__":
    main()
