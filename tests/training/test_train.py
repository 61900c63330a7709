import copy
import csv
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from tests.small_runs import NETWORK, SMALL, kept_pictures
from training.checkpoint import save_checkpoint
from training.config import RunConfig, read_config
from training.data import Batch, load_patches
from training.networks import NetworkConfig, build
from training.run import start_run
from training.start import adopt, load_arrays
from training.train import (
    LOWEST_RATE,
    PAUSE_SECONDS,
    faster_in_bfloat16,
    main,
    note_hardness,
    of_minutes,
    of_steps,
    schedule,
    train,
    train_step,
    update_average,
)

CONFIGS = sorted((Path(__file__).parents[2] / "training" / "configs").glob("*.toml"))
CHOICES = sorted((CONFIGS[0].parent / "choices").glob("*.toml"))


def test_what_the_discriminator_says_changes_the_step(folder, tmp_path):
    patches = load_patches(folder, [2], kept_pictures(tmp_path, 2, 200))
    stepped = []
    for weight in (0.0, 1.0):
        config = replace(SMALL, taught=1.0, adversarial=weight, crop=16)
        run = start_run(config, "cpu")
        for _ in range(3):
            train_step(run, config, patches, 0.0)
        stepped.append(run.network.tails["2"].weight.detach())
    assert not torch.allclose(*stepped, atol=1e-5)


def test_training_lowers_the_loss_and_writes_a_log(folder, tmp_path):
    config = tmp_path / "run.toml"
    config.write_text(
        '[network]\nprecision = "float"\nchannels = 8\nconvolutions = 2\nscales = [2]\n'
        "[training]\nbatch = 2\ncrop = 8\nwarm_up = 5\nrate = 3e-3\n"
    )
    out = tmp_path / "out"
    main(f"--config {config} --data {folder} --eval {folder} --out {out} --steps 100".split())
    lines = list(csv.DictReader((out / "log.csv").read_text().splitlines()))
    assert [line["step"] for line in lines] == ["50", "100"]
    assert float(lines[1]["loss"]) < float(lines[0]["loss"])
    assert float(lines[1]["psnr"]) > 20
    assert (out / "checkpoint.pt").exists()


@pytest.mark.parametrize("precision", ["binary", "float"])
def test_muon_moves_the_filters_and_adam_all_else(folder, precision):
    config = replace(SMALL, network=replace(NETWORK, precision=precision), muon_rate=2e-3)
    run = start_run(config, "cpu")
    adam, muon = ([p for g in one.param_groups for p in g["params"]] for one in run.optimizers)
    assert [id(each) for each in muon] == [id(unit.weight) for unit in run.network.body]
    assert {id(each) for each in adam + muon} == {id(each) for each in run.network.parameters()}
    patches = load_patches(folder, [2])
    train_step(run, config, patches, 0.9)  # tails begin as zero and let no gradient through
    before = [each.detach().clone() for each in muon]
    train_step(run, config, patches, 0.9)
    rate = 2e-3 * schedule(config, 1, 0.9)
    assert run.optimizers[1].param_groups[0]["lr"] == pytest.approx(rate)
    for each, old in zip(muon, before, strict=True):
        assert 0.1 * rate < (each.detach() - old).square().mean().sqrt() < 0.25 * rate


def test_fixed_signs_stay_where_they_are(folder):
    config = RunConfig(SMALL.network, batch=2, crop=8, warm_up=1, learned_sign=False)
    run = start_run(config, "cpu")
    for _ in range(3):
        train_step(run, config, load_patches(folder, [2]), 0.0)
    assert torch.all(run.network.body[0].gain == 4)
    assert torch.all(run.network.body[0].threshold == 0)
    assert not torch.all(run.network.body[0].bias == 0)


def test_a_taught_network_comes_nearer_to_its_teacher(folder, tmp_path):
    taught = kept_pictures(tmp_path, 2, 200)
    brightness = {}
    for share in (0.0, 1.0):
        config = replace(SMALL, taught=share, rate=1e-2)
        run = start_run(config, "cpu")
        patches = load_patches(folder, [2], taught)
        for _ in range(20):
            train_step(run, config, patches, 0.0)
        with torch.no_grad():
            brightness[share] = run.network(torch.full((1, 3, 9, 9), 0.5)).mean().item()
    assert brightness[1.0] > brightness[0.0] + 0.1


def test_hardness_is_the_moving_average_of_each_patchs_loss():
    run = start_run(SMALL, "cpu")
    run.hardness[2] = np.zeros(3)
    aim = torch.zeros(2, 3, 4, 4)
    batch = Batch(torch.zeros(2, 3, 2, 2), aim + 9, taught=aim, scale=2, drawn=np.array([2, 0]))
    note_hardness(run, aim + torch.tensor([0.5, 0.25]).view(2, 1, 1, 1), batch)
    assert run.hardness[2].tolist() == [0.25, 0, 0.5]
    note_hardness(run, aim + 1, batch)
    assert run.hardness[2].tolist() == pytest.approx([0.4, 0, 0.6])


def test_kept_pictures_are_given_on_the_command_line(folder, tmp_path):
    taught = kept_pictures(tmp_path / "taught", 2, 255)
    biases = {}
    for share in (0.0, 1.0):
        config = tmp_path / "run.toml"
        config.write_text(
            "[network]\nchannels = 8\nconvolutions = 2\nscales = [2]\n"
            f"[training]\nbatch = 2\ncrop = 8\ntaught = {share}\n"
        )
        out = tmp_path / str(share)
        command = f"--config {config} --data {folder} --steps 2 --out {out}".split()
        main([*command, "--taught", str(taught)] if share else command)
        biases[share] = load_arrays(out / "checkpoint.pt")["tails.2.bias"]
    assert not torch.equal(biases[0.0], biases[1.0])


def test_kept_pictures_without_a_share_of_the_loss_are_refused(folder, tmp_path, capsys):
    config = tmp_path / "run.toml"
    config.write_text("[network]\nscales = [2]\n")
    command = f"--config {config} --data {folder} --steps 2 --out {tmp_path} --taught {tmp_path}"
    with pytest.raises(SystemExit):
        main(command.split())
    assert "share of the loss" in capsys.readouterr().err


def test_one_body_learns_every_scale(folder):
    config = replace(SMALL, network=replace(NETWORK, scales=(2, 3)), warm_up=1)
    run = start_run(config, "cpu")
    patches = load_patches(folder, [2, 3])
    seen = set()
    for _ in range(12):
        before = {scale: tail.bias.detach().clone() for scale, tail in run.network.tails.items()}
        train_step(run, config, patches, 0.0)
        moved = [
            s for s, tail in run.network.tails.items() if not torch.equal(tail.bias, before[s])
        ]
        seen.update(moved)
    assert seen == {"2", "3"}
    low = torch.rand(1, 3, 5, 7)
    assert run.network(low, scale=2).shape == (1, 3, 10, 14)
    assert run.network(low, scale=3).shape == (1, 3, 15, 21)


def test_timing_a_step_changes_nothing(folder):
    patches = load_patches(folder, [2])
    run, other = start_run(SMALL, "cpu"), start_run(SMALL, "cpu")
    assert faster_in_bfloat16(run, SMALL, patches) in (True, False)
    for each in (run, other):
        train_step(each, SMALL, patches, 0.0)
    for name, tensor in run.network.state_dict().items():
        assert torch.equal(tensor, other.network.state_dict()[name]), name


@pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning")  # torch's own
def test_a_compiled_network_takes_the_same_step(folder):
    patches = load_patches(folder, [2])
    run, other = start_run(SMALL, "cpu"), start_run(SMALL, "cpu")
    train_step(run, SMALL, patches, 0.0)
    train_step(other, SMALL, patches, 0.0, torch.compile(other.network, backend="eager"))
    assert torch.equal(run.network.head.weight, other.network.head.weight)


def test_a_budget_is_used_up_by_steps_or_by_the_time_spent_in_them():
    run = start_run(SMALL, "cpu")
    run.step, run.seconds = 30, 90.0
    assert of_steps(60)(run) == 0.5
    assert of_minutes(2)(run) == 0.75


def test_a_pause_of_the_process_uses_up_no_budget(folder, tmp_path, monkeypatch):
    run, clock = start_run(SMALL, "cpu"), iter([0.0, 1.0, 2.0, 3602.0, 3603.0, 3604.0])
    monkeypatch.setattr("training.train.time", SimpleNamespace(monotonic=lambda: next(clock)))
    train(SMALL, run, load_patches(folder, [2]), tmp_path, of_steps(3), half=False)
    assert run.seconds == 1 + PAUSE_SECONDS + 1


def test_the_rate_is_held_before_the_cosine():
    config = replace(SMALL, warm_up=1, hold=0.7)
    assert schedule(config, 5, 0.0) == schedule(config, 5, 0.7) == 1.0
    assert schedule(config, 5, 0.85) == pytest.approx((1 + LOWEST_RATE) / 2)
    assert schedule(config, 5, 1.0) == pytest.approx(LOWEST_RATE)


def test_the_rate_rises_then_falls_by_a_cosine():
    config = replace(SMALL, warm_up=10)
    assert schedule(config, 0, 0.0) == pytest.approx(0.1)
    assert schedule(config, 50, 0.0) == pytest.approx(1.0)
    assert schedule(config, 50, 0.5) == pytest.approx((1 + LOWEST_RATE) / 2)
    assert schedule(config, 50, 1.0) == pytest.approx(LOWEST_RATE)


def test_a_step_uses_the_rates_of_the_groups(folder):
    run = start_run(SMALL, "cpu")
    before = copy.deepcopy(run.network)
    train_step(run, replace(SMALL, warm_up=1), load_patches(folder, [2]), 0.0)
    moved = {
        name: (new - old).abs().max().item()
        for (name, new), old in zip(
            run.network.named_parameters(), before.parameters(), strict=True
        )
    }
    assert moved["tails.2.bias"] == pytest.approx(SMALL.rate, rel=0.01)
    assert moved["body.1.weight"] <= SMALL.latent_rate * 1.01


def test_the_average_follows_slowly_and_early_steps_faster():
    network = build(SMALL.network)
    average = build(SMALL.network)
    with torch.no_grad():
        network.head.bias.fill_(1)
        average.head.bias.fill_(0)
    update_average(average, network, 0.999, step=1_000_000)
    assert average.head.bias[0].item() == pytest.approx(0.001, rel=1e-3)
    update_average(average, network, 0.0, step=5)
    assert torch.equal(average.head.bias, network.head.bias)
    with torch.no_grad():
        average.head.bias.fill_(0)
    update_average(average, network, 0.999, step=8)
    assert average.head.bias[0].item() == pytest.approx(0.5)


def test_a_body_is_shared_between_scales(tmp_path):
    given = start_run(SMALL, "cpu")
    save_checkpoint(given, SMALL, tmp_path / "c.pt")
    other = build(NetworkConfig(channels=8, convolutions=2, scales=(4,)))
    left = adopt(other, load_arrays(tmp_path / "c.pt"))
    assert left == ["tails.4.weight", "tails.4.bias"]
    assert torch.equal(other.body[1].weight, given.network.body[1].weight)


def test_a_binary_network_starts_from_a_float_one(tmp_path):
    float_network = build(NetworkConfig(channels=8, convolutions=2, precision="float"))
    arrays = dict(float_network.named_parameters())
    binary = build(NetworkConfig(channels=8, convolutions=2))
    left = adopt(binary, arrays)
    assert all(name.endswith((".threshold", ".gain")) for name in left)
    expected = arrays["body.0.weight"].abs().mean(dim=(1, 2, 3)) / 4
    assert torch.allclose(binary.body[0].scale, expected)


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_every_configuration_builds(path):
    config = read_config(path)
    assert len(config.network.scales) > 1 or f"x{config.network.scale}" in path.stem
    assert config.network.precision in path.stem
    assert build(config.network).config == config.network


@pytest.mark.parametrize("path", CHOICES, ids=lambda path: path.stem)
def test_every_compared_choice_builds(path):
    config = read_config(path)
    assert build(config.network)(torch.rand(1, 3, 8, 8)).shape == (1, 3, 32, 32)


def test_a_float_network_starts_from_a_binary_one_with_linear_signs():
    binary = build(NetworkConfig(channels=8, convolutions=2))
    with torch.no_grad():
        for name, parameter in binary.named_parameters():
            if name.endswith((".threshold", ".scale", ".bias")):
                parameter.uniform_(-0.1, 0.1)
    counterpart = build(NetworkConfig(channels=8, convolutions=2, precision="float"))
    assert adopt(counterpart, dict(binary.named_parameters())) == []
    unit = binary.body[0]
    features = torch.randn(1, 8, 6, 6)
    linear = unit.gain.view(1, -1, 1, 1) * (features - unit.threshold.view(1, -1, 1, 1))
    signs = torch.where(unit.weight >= 0, 1.0, -1.0)
    sums = torch.nn.functional.conv2d(linear, signs)
    total = unit.scale.view(-1, 1, 1) * sums + unit.bias.view(-1, 1, 1)
    expected = torch.where(total > 0, total, unit.slope.view(-1, 1, 1) * total)
    assert torch.allclose(counterpart.body[0](features)[:, :, 1:-1, 1:-1], expected, atol=1e-4)


def test_a_float_network_starts_from_binary_weights_with_the_same_picture():
    shape = replace(SMALL.network, name="srresnet", precision="binary-weight")
    given = build(shape)
    counterpart = build(replace(shape, precision="float"))
    assert adopt(counterpart, dict(given.named_parameters())) == []
    low = torch.rand(1, 3, 9, 7)
    assert torch.allclose(counterpart(low), given(low), atol=1e-5)
