"""The file from which a run goes on exactly where it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch

from bsr.engine.disk import write_file
from training.config import RunConfig
from training.run import Run, start_run

CHECKPOINT = "checkpoint.pt"


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
