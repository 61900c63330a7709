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
from torch import Tensor, nn
from torch.nn import functional

from engine.metrics import psnr_y
from engine.resample import imresize
from engine.weights import read_card
from training.config import RunConfig, read_config
from training.data import SUFFIXES, Tiles, draw_batch, load_tiles, read_rgb, to_tensor
from training.networks import Network, NetworkConfig, build
from training.start import adopt, load_arrays
from training.units import is_latent

CHECKPOINT = "checkpoint.pt"
LOG = "log.csv"
LOG_STEPS = 50
CHECKPOINT_SECONDS = 600.0
LOWEST_RATE = 0.01


@dataclass
class Run:
    """Everything that changes while training, and nothing else is needed to go on.

    Attributes:
        network: being trained.
        average: moving average of its parameters, what is evaluated and exported.
        optimizer: Adam over the network.
        random: draws the crops.
        step: steps done.
        seconds: spent in steps.
    """

    network: Network
    average: Network
    optimizer: torch.optim.Adam
    random: np.random.Generator
    step: int = 0
    seconds: float = 0.0
    losses: list[Tensor] = field(default_factory=list)


def start_run(config: RunConfig, device: str, starts: Sequence[dict[str, Tensor]] = ()) -> Run:
    """Make a run at step 0, from the configuration's seed and what fits of other networks."""
    torch.manual_seed(config.seed)
    network = build(config.network)
    for arrays in starts:
        left = adopt(network, arrays)
        print("not taken:", ", ".join(left) or "nothing", file=sys.stderr)
    if not config.learned_sign:
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not name.endswith((".threshold", ".gain")))
    network = network.to(device)
    optimizer = torch.optim.Adam(parameter_groups(network, config), fused=True)
    average = copy.deepcopy(network).requires_grad_(False)
    return Run(network, average, optimizer, np.random.default_rng(config.seed))


def parameter_groups(network: Network, config: RunConfig) -> list[dict[str, Any]]:
    """Sort what is trained by its highest rate.

    Adam moves every parameter by about its rate, whatever its size. A real-valued weight behind a
    sign must cross zero to matter at all, so it moves faster. The scale of a filter multiplies a
    sum of K = 9 channels signs, which spreads over sqrt(K), so it moves slower by as much.

    Returns:
        Adam's groups with "params" and "highest", the rate at the top of the schedule.
    """
    latent, scale, other = [], [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
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
    """Give the share of the highest rate: warm-up by steps, then a half cosine over the run.

    Args:
        config: with the steps of the warm-up.
        step: from 0.
        progress: of the whole run, 0..1; by steps, or by time where minutes are the budget.
    """
    cosine = 0.5 + 0.5 * math.cos(math.pi * min(progress, 1.0))
    rise = min(1.0, (step + 1) / max(1, config.warm_up))
    return rise * (LOWEST_RATE + (1 - LOWEST_RATE) * cosine)


def train_step(
    run: Run,
    config: RunConfig,
    tiles: Tiles,
    progress: float,
    forward: nn.Module,
    teacher: Network | None,
) -> None:
    """Do one step: batch, loss, gradients, clipping, Adam, moving average.

    Args:
        run: changed in place.
        config: of the run.
        tiles: to cut crops from.
        progress: of the whole run, 0..1.
        forward: run.network, or the same compiled.
        teacher: whose pictures are aimed at too, or None.
    """
    device = next(run.network.parameters()).device
    low, high = draw_batch(tiles, config.batch, config.crop, run.random, config.plain)
    low, high = low.to(device), high.to(device)
    result = forward(low, True)
    loss = functional.l1_loss(result, high)
    aim = loss
    if teacher is not None:
        with torch.no_grad():
            shown = teacher(low, True)
        aim = loss + config.distillation * functional.l1_loss(result, shown)
    share = schedule(config, run.step, progress)
    for group in run.optimizer.param_groups:
        group["lr"] = group["highest"] * share
    run.optimizer.zero_grad()
    aim.backward()
    nn.utils.clip_grad_norm_(run.network.parameters(), config.clip)
    run.optimizer.step()
    run.step += 1
    run.losses.append(loss.detach())
    update_average(run.average, run.network, config.average, run.step)


def update_average(average: Network, network: Network, decay: float, step: int) -> None:
    """Move the average towards the network; early steps count more, so that the start fades."""
    decay = min(decay, (1 + step) / (10 + step)) if decay else 0.0
    with torch.no_grad():
        torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - decay)


def save_checkpoint(run: Run, config: RunConfig, path: Path) -> None:
    """Write all that resuming needs, beside the target first."""
    state = {
        "config": asdict(config),
        "network": run.network.state_dict(),
        "average": run.average.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "random": json.dumps(run.random.bit_generator.state),
        "step": run.step,
        "seconds": run.seconds,
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def resume_run(config: RunConfig, device: str, path: Path) -> Run:
    """Go on from a checkpoint exactly where it was written."""
    run = start_run(config, device)
    state = torch.load(path, weights_only=True, map_location=device)
    run.network.load_state_dict(state["network"])
    run.average.load_state_dict(state["average"])
    run.optimizer.load_state_dict(state["optimizer"])
    run.random.bit_generator.state = json.loads(state["random"])
    run.step, run.seconds = state["step"], state["seconds"]
    return run


def load_teacher(path: Path, config: RunConfig, device: str) -> Network:
    """Read a weights file as the network whose pictures are aimed at too.

    Raises:
        ValueError: it enlarges by another factor, or the configuration gives it no weight.
    """
    teacher = build(NetworkConfig(**read_card(path).config))
    if teacher.config.scale != config.network.scale:
        raise ValueError(f"{path.name} enlarges by {teacher.config.scale}, not as the network")
    if not config.distillation:
        raise ValueError("a teacher needs distillation above 0 in the configuration")
    adopt(teacher, load_arrays(path))
    return teacher.to(device).requires_grad_(False)


def measure(network: Network, folder: Path) -> float:
    """Give the mean PSNR on luma over the pictures of a folder, shrunk by imresize first."""
    scale = network.config.scale
    device = next(network.parameters()).device
    scores = []
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES):
        high = read_rgb(path, scale)
        with torch.no_grad():
            result = network(to_tensor(imresize(high, 1 / scale)[None]).to(device), True)[0]
        pixels = result.clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()
        scores.append(psnr_y(pixels, high, scale))
    return float(np.mean(scores))


def train(
    config: RunConfig,
    run: Run,
    tiles: Tiles,
    out: Path,
    *,
    steps: int | None = None,
    minutes: float | None = None,
    eval_folder: Path | None = None,
    eval_minutes: float = 5.0,
    teacher: Network | None = None,
    compiled: bool = False,
) -> None:
    """Train until the steps or the minutes are used up; exactly one of them is given.

    With steps a run is repeatable; with minutes the cosine follows the time spent, whatever the
    machine does besides. Writes checkpoint.pt and log.csv into out.
    """
    out.mkdir(parents=True, exist_ok=True)
    forward = torch.compile(run.network) if compiled else run.network
    saved = measured = run.seconds

    def progress() -> float:
        return run.step / steps if steps else run.seconds / (60 * (minutes or 0))

    while progress() < 1:
        began = time.monotonic()
        train_step(run, config, tiles, progress(), forward, teacher)
        run.seconds += time.monotonic() - began
        done = progress() >= 1
        due = done or run.seconds - measured > 60 * eval_minutes
        score = None
        if due and eval_folder:
            measured = run.seconds
            score = measure(run.average, eval_folder)
        if score is not None or run.step % LOG_STEPS == 0:
            _log(run, out / LOG, score)
        if done or run.seconds - saved > CHECKPOINT_SECONDS:
            saved = run.seconds
            save_checkpoint(run, config, out / CHECKPOINT)


def _log(run: Run, path: Path, score: float | None) -> None:
    """Append a line: step, seconds, rate, mean loss since the last line, PSNR or nothing."""
    new = not path.exists()
    loss = float(torch.stack(run.losses).mean())
    run.losses.clear()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(["step", "seconds", "rate", "loss", "psnr"])
        rate = run.optimizer.param_groups[-1]["lr"]
        shown = "" if score is None else f"{score:.3f}"
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
    parser.add_argument("--teacher", type=Path, help="weights file to distil from, e.g. a twin")
    parser.add_argument("--eval", type=Path, help="folder of HR pictures to measure on")
    parser.add_argument("--compile", action="store_true", help="use torch.compile")
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    checkpoint = options.out / CHECKPOINT
    if checkpoint.exists():
        run = resume_run(config, options.device, checkpoint)
    else:
        run = start_run(config, options.device, [load_arrays(path) for path in options.start])
    train(
        config,
        run,
        load_tiles(options.data, config.network.scale),
        options.out,
        steps=options.steps,
        minutes=options.minutes,
        eval_folder=options.eval,
        teacher=load_teacher(options.teacher, config, options.device) if options.teacher else None,
        compiled=options.compile,
    )


if __name__ == "__main__":
    main()
