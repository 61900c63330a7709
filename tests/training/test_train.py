import copy
import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.config import RunConfig, read_config
from training.data import load_tiles, to_tensor
from training.export import main as export
from training.networks import NetworkConfig, build
from training.start import adopt, load_arrays
from training.train import (
    LOWEST_RATE,
    load_teacher,
    main,
    parameter_groups,
    resume_run,
    save_checkpoint,
    schedule,
    start_run,
    train_step,
    update_average,
)

SMALL = RunConfig(NetworkConfig(channels=8, convolutions=2, scale=2), batch=2, crop=8, warm_up=2)
CONFIGS = sorted((Path(__file__).parents[2] / "training" / "configs").glob("*.toml"))
CHOICES = sorted((CONFIGS[0].parent / "choices").glob("*.toml"))


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "pictures"
    place.mkdir()
    rows, columns = np.mgrid[:48, :48]
    wave = 128 + 90 * np.sin(rows[..., None] / [3, 4, 5]) * np.cos(columns[..., None] / 4)
    Image.fromarray(wave.astype(np.uint8)).save(place / "wave.png")
    return place


def do_steps(run, tiles, first, last, total=6):
    for step in range(first, last):
        train_step(run, SMALL, tiles, step / total, run.network, None)


def test_a_resumed_run_equals_an_unbroken_one_to_the_bit(folder, tmp_path):
    tiles = load_tiles(folder, 2)
    whole = start_run(SMALL, "cpu")
    do_steps(whole, tiles, 0, 6)
    broken = start_run(SMALL, "cpu")
    do_steps(broken, tiles, 0, 3)
    save_checkpoint(broken, SMALL, tmp_path / "c.pt")
    resumed = resume_run(SMALL, "cpu", tmp_path / "c.pt")
    do_steps(resumed, tiles, 3, 6)
    assert resumed.step == 6
    for part in ("network", "average"):
        expected = getattr(whole, part).state_dict()
        for name, tensor in getattr(resumed, part).state_dict().items():
            assert torch.equal(tensor, expected[name]), name


def test_training_lowers_the_loss_and_writes_a_log(folder, tmp_path):
    config = tmp_path / "run.toml"
    config.write_text(
        '[network]\nprecision = "float"\nchannels = 8\nconvolutions = 2\nscale = 2\n'
        "[training]\nbatch = 2\ncrop = 8\nwarm_up = 5\nrate = 3e-3\n"
    )
    out = tmp_path / "out"
    main(f"--config {config} --data {folder} --eval {folder} --out {out} --steps 100".split())
    lines = list(csv.DictReader((out / "log.csv").read_text().splitlines()))
    assert [line["step"] for line in lines] == ["50", "100"]
    assert float(lines[1]["loss"]) < float(lines[0]["loss"])
    assert float(lines[1]["psnr"]) > 20
    assert (out / "checkpoint.pt").exists()


def test_fixed_signs_stay_where_they_are(folder):
    config = RunConfig(SMALL.network, batch=2, crop=8, warm_up=1, learned_sign=False)
    run = start_run(config, "cpu")
    for _ in range(3):
        train_step(run, config, load_tiles(folder, 2), 0.0, run.network, None)
    assert torch.all(run.network.body[0].gain == 4)
    assert torch.all(run.network.body[0].threshold == 0)
    assert not torch.all(run.network.body[0].bias == 0)


def written_teacher(folder, **shape):
    """A float network's weights file, whose pictures are darker than any in the data."""
    config = RunConfig(replace(SMALL.network, precision="float", channels=32, **shape))
    run = start_run(config, "cpu")
    with torch.no_grad():
        run.average.tail.bias.fill_(-0.3)
    save_checkpoint(run, config, folder / "teacher.pt")
    export([str(folder / "teacher.pt"), "--id", "teacher", "--out", str(folder)])
    return folder / "teacher-float.safetensors"


def test_a_distilled_network_comes_nearer_to_its_teacher(folder, tmp_path):
    teacher_file = written_teacher(tmp_path)
    tiles = load_tiles(folder, 2)
    low = to_tensor(tiles.low[0][None])
    away = {}
    for weight in (0.0, 5.0):
        config = replace(SMALL, distillation=weight, rate=1e-2)
        teacher = load_teacher(teacher_file, config, "cpu") if weight else None
        run = start_run(config, "cpu")
        for _ in range(20):
            train_step(run, config, tiles, 0.0, run.network, teacher)
        with torch.no_grad():
            aim = load_teacher(teacher_file, replace(config, distillation=1.0), "cpu")(low)
            away[weight] = (run.network(low) - aim).abs().mean().item()
    assert away[5.0] < 0.5 * away[0.0]


def test_a_teacher_is_given_on_the_command_line(folder, tmp_path):
    config = tmp_path / "run.toml"
    config.write_text(
        "[network]\nchannels = 8\nconvolutions = 2\nscale = 2\n"
        "[training]\nbatch = 2\ncrop = 8\ndistillation = 1.0\n"
    )
    command = f"--config {config} --data {folder} --steps 2".split()
    main([*command, "--out", str(tmp_path / "alone")])
    teacher = ["--teacher", str(written_teacher(tmp_path))]
    main([*command, *teacher, "--out", str(tmp_path / "taught")])
    alone, taught = (load_arrays(tmp_path / out / "checkpoint.pt") for out in ("alone", "taught"))
    assert not torch.equal(taught["tail.bias"], alone["tail.bias"])


def test_a_teacher_that_cannot_teach_is_refused(tmp_path):
    with pytest.raises(ValueError, match="enlarges by 3"):
        load_teacher(written_teacher(tmp_path, scale=3), replace(SMALL, distillation=1.0), "cpu")
    with pytest.raises(ValueError, match="distillation above 0"):
        load_teacher(written_teacher(tmp_path), SMALL, "cpu")


def test_the_rate_rises_then_falls_by_a_cosine():
    config = replace(SMALL, warm_up=10)
    assert schedule(config, 0, 0.0) == pytest.approx(0.1)
    assert schedule(config, 50, 0.0) == pytest.approx(1.0)
    assert schedule(config, 50, 0.5) == pytest.approx((1 + LOWEST_RATE) / 2)
    assert schedule(config, 50, 1.0) == pytest.approx(LOWEST_RATE)


@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_every_trained_parameter_moves_at_the_rate_of_its_kind(precision):
    network = build(replace(SMALL.network, precision=precision))
    config = replace(SMALL, network=network.config, rate=3e-4, latent_rate=1e-3)
    groups = parameter_groups(network, config)
    rate = {id(p): group["highest"] for group in groups for p in group["params"]}
    assert len(rate) == len(list(network.parameters()))
    unit = network.body[0]
    assert rate[id(unit.weight)] == (3e-4 if precision == "float" else 1e-3)
    assert rate[id(network.head.weight)] == rate[id(unit.bias)] == 3e-4
    if precision != "float":
        assert rate[id(unit.scale)] == pytest.approx(3e-4 / 72**0.5)


def test_a_step_uses_the_rates_of_the_groups(folder):
    run = start_run(SMALL, "cpu")
    before = copy.deepcopy(run.network)
    train_step(run, replace(SMALL, warm_up=1), load_tiles(folder, 2), 0.0, run.network, None)
    moved = {
        name: (new - old).abs().max().item()
        for (name, new), old in zip(
            run.network.named_parameters(), before.parameters(), strict=True
        )
    }
    assert moved["tail.bias"] == pytest.approx(SMALL.rate, rel=0.01)
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
    other = build(NetworkConfig(channels=8, convolutions=2, scale=4))
    left = adopt(other, load_arrays(tmp_path / "c.pt"))
    assert left == ["tail.weight", "tail.bias"]
    assert torch.equal(other.body[1].weight, given.network.body[1].weight)


def test_the_last_start_wins_where_it_fits():
    networks = [build(replace(SMALL.network, scale=scale)) for scale in (2, 3)]
    for value, network in enumerate(networks):
        torch.nn.init.constant_(network.head.bias, value)
        torch.nn.init.constant_(network.tail.bias, value + 5)
    run = start_run(SMALL, "cpu", [dict(network.named_parameters()) for network in networks])
    assert torch.all(run.network.head.bias == 1)
    assert torch.all(run.network.tail.bias == 5)
    assert torch.all(run.average.head.bias == 1)


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
    assert f"x{config.network.scale}" in path.stem
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
    twin = build(NetworkConfig(channels=8, convolutions=2, precision="float"))
    assert adopt(twin, dict(binary.named_parameters())) == []
    unit = binary.body[0]
    features = torch.randn(1, 8, 6, 6)
    linear = unit.gain.view(1, -1, 1, 1) * (features - unit.threshold.view(1, -1, 1, 1))
    signs = torch.where(unit.weight >= 0, 1.0, -1.0)
    sums = torch.nn.functional.conv2d(linear, signs)
    total = unit.scale.view(-1, 1, 1) * sums + unit.bias.view(-1, 1, 1)
    expected = torch.where(total > 0, total, unit.slope.view(-1, 1, 1) * total)
    assert torch.allclose(twin.body[0](features)[:, :, 1:-1, 1:-1], expected, atol=1e-4)


def test_a_float_network_starts_from_binary_weights_with_the_same_picture():
    shape = replace(SMALL.network, variant="classic", precision="binary-weight")
    given = build(shape)
    twin = build(replace(shape, precision="float"))
    assert adopt(twin, dict(given.named_parameters())) == []
    low = torch.rand(1, 3, 9, 7)
    assert torch.allclose(twin(low), given(low), atol=1e-5)
