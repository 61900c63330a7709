from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from tests.small_runs import SMALL, kept_pictures
from training.checkpoint import resume_run, save_checkpoint
from training.data import load_patches
from training.run import start_run
from training.train import train_step


def assert_equal(ours, theirs):
    for name, tensor in ours.items():
        assert torch.equal(tensor, theirs[name]), name


def do_steps(run, config, patches, first, last, total=6):
    for step in range(first, last):
        train_step(run, config, patches, step / total)


@pytest.mark.parametrize(("hard", "muon_rate"), [(False, 0.0), (True, 2e-3)])
def test_a_resumed_run_equals_an_unbroken_one_to_the_bit(folder, tmp_path, hard, muon_rate):
    noise = np.random.default_rng(0).integers(0, 256, (48, 48, 3), np.uint8)
    Image.fromarray(noise).save(folder / "noise.png")
    patches = load_patches(folder, [2])
    config = replace(SMALL, hard=hard, muon_rate=muon_rate)
    whole = start_run(config, "cpu")
    do_steps(whole, config, patches, 0, 6)
    broken = start_run(config, "cpu")
    do_steps(broken, config, patches, 0, 3)
    save_checkpoint(broken, config, tmp_path / "c.pt")
    resumed = resume_run(config, "cpu", tmp_path / "c.pt")
    do_steps(resumed, config, patches, 3, 6)
    for scale, hardness in whole.hardness.items():
        assert hard and np.array_equal(resumed.hardness[scale], hardness) and hardness.all()
    assert resumed.step == 6
    for part in ("network", "average"):
        assert_equal(getattr(resumed, part).state_dict(), getattr(whole, part).state_dict())


def test_a_resumed_discriminator_goes_on_where_it_was(folder, tmp_path):
    config = replace(SMALL, taught=1.0, adversarial=0.1, crop=16)
    patches = load_patches(folder, [2], kept_pictures(tmp_path, 2, 200))
    runs = [start_run(config, "cpu"), start_run(config, "cpu")]
    for run in runs:
        for _ in range(2):
            train_step(run, config, patches, 0.0)
    save_checkpoint(runs[1], config, tmp_path / "c.pt")
    runs[1] = resume_run(config, "cpu", tmp_path / "c.pt")
    for run in runs:
        train_step(run, config, patches, 0.0)
    for part in ("network", "average"):
        assert_equal(*(getattr(run, part).state_dict() for run in runs))
    assert_equal(*(run.adversary.discriminator.state_dict() for run in runs))
