import json

import numpy as np
import pytest
import torch
from PIL import Image

from bsr.engine.kernels.packing import pack_filters
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import load_weights, read_card, read_cards
from bsr.engine.picture import Picture
from bsr.engine.quality.evaluate import evaluate
from bsr.engine.quality.metrics import psnr_y
from bsr.engine.upscaling.upscale import upscale
from training.checkpoint import save_checkpoint
from training.config import RunConfig
from training.data import to_tensor
from training.export import calmed, main, merit
from training.networks import NetworkConfig, build, largest
from training.run import start_run
from training.start import adopt, load_arrays


def lively_run(config):
    """A run whose every parameter matters to the picture."""
    run = start_run(RunConfig(config), "cpu")
    random = torch.Generator().manual_seed(9)
    with torch.no_grad():
        for name, parameter in run.average.named_parameters():
            if name.endswith((".threshold", ".bias", ".slope", ".lean", ".level")):
                parameter.add_(0.05 * torch.randn(parameter.shape, generator=random))
            elif name.startswith(("tail", "detail")) and name.endswith("weight"):
                parameter.copy_(0.02 * torch.randn(parameter.shape, generator=random))
    return run


def exported(tmp_path, config, *more):
    run = lively_run(config)
    save_checkpoint(run, RunConfig(config), tmp_path / "c.pt")
    main([str(tmp_path / "c.pt"), "--family", "small", "--out", str(tmp_path), *more])
    return run.average, next(tmp_path.glob("small-*.safetensors"))


@pytest.mark.parametrize(
    ("name", "scale"),
    [("light", 2), ("light", 3), ("srresnet", 2), ("lapsrn", 2), ("lapsrn", 4), ("lapsrn", 8)],
)
@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float"])
def test_the_engine_gives_the_picture_of_pytorch(tmp_path, name, scale, precision):
    scales, convolutions = ((2, 4, 8), 2) if name == "lapsrn" else ((scale,), 4)
    scales = (2, 3, 4) if scale == 3 else scales
    config = NetworkConfig(
        name=name,
        precision=precision,
        channels=32,
        convolutions=convolutions,
        scales=scales,
    )
    network, path = exported(tmp_path, config)
    rows, columns = np.mgrid[:40, :53]
    low = np.stack([rows * 5, columns * 4, 128 + 100 * np.sin(rows * columns / 90)], axis=2)
    low = low.astype(np.uint8)
    with torch.no_grad():
        result = largest(network(to_tensor(low[None]), scale=scale))[0].clamp(0, 1)
    expected = result.mul(255).round().byte().permute(1, 2, 0).numpy()
    assert expected.std() > 10
    got = upscale(load_model(path, scale), Picture(low)).pixels
    assert psnr_y(got, expected, 0) > 55


def test_a_network_with_gates_gives_the_picture_of_pytorch_and_can_be_trained_on(tmp_path):
    config = NetworkConfig(channels=32, convolutions=4, scales=(2, 4), gated=True)
    network, path = exported(tmp_path, config)
    assert all(unit.lean.abs().sum() > 0 for unit in network.body)
    low = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    with torch.no_grad():
        result = largest(network(to_tensor(low[None]), scale=4))[0].clamp(0, 1)
    expected = result.mul(255).round().byte().permute(1, 2, 0).numpy()
    assert psnr_y(upscale(load_model(path, 4), Picture(low)).pixels, expected, 0) > 55
    again = build(config)
    left = adopt(again, load_arrays(path))
    assert {name.rsplit(".", 1)[1] for name in left} == {"gain"}
    with torch.no_grad():
        ours = again(to_tensor(low[None]), scale=4)[0].clamp(0, 1)
        assert torch.allclose(ours, result, atol=1e-5)


def test_an_exported_network_can_be_trained_on(tmp_path):
    network, path = exported(tmp_path, NetworkConfig(channels=32, convolutions=2, scales=(3,)))
    arrays = load_arrays(path)
    given = dict(network.named_parameters())
    assert torch.equal(arrays["body.1.weight"] < 0, given["body.1.weight"] < 0)
    assert torch.equal(arrays["body.1.scale"], given["body.1.scale"])
    assert torch.equal(arrays["tails.3.weight"], given["tails.3.weight"])


def test_the_weights_behind_the_signs_are_kept(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,))
    (tmp_path / "starts").mkdir()
    network, _ = exported(tmp_path, config, "--keep-start", str(tmp_path / "starts"))
    kept = load_arrays(tmp_path / "starts" / "small-binary.safetensors")
    assert kept.keys() == dict(network.named_parameters()).keys()
    for name, parameter in network.named_parameters():
        assert torch.equal(kept[name], parameter.half().float()), name


def test_the_weights_behind_the_signs_do_not_replace_the_exported_file(tmp_path, capsys):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,))
    with pytest.raises(SystemExit):
        exported(tmp_path, config, "--keep-start", str(tmp_path))
    assert "another folder" in capsys.readouterr().err


def test_the_card_says_what_was_trained(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(3,))
    _, path = exported(tmp_path, config, "--started-from", "a stone")
    card, arrays = load_weights(path)
    assert path.name == "small-x3-binary.safetensors"
    assert (card.scale, card.config["convolutions"]) == (3, 2)
    assert "started from a stone" in card.training and "0 steps" in card.training
    assert json.loads(json.dumps(card.config))["precision"] == "binary"
    assert not any("gain" in name for name in arrays)


@pytest.mark.parametrize(
    ("name", "precision", "title"),
    [
        ("light", "binary", "BSR x2, binary weights"),
        ("light", "float", "BSR x2, float weights"),
        ("srresnet", "binary-weight", "SRResNet x2, binary weights"),
    ],
)
def test_the_title_names_network_scale_and_kind(tmp_path, name, precision, title):
    shape = NetworkConfig(name=name, precision=precision, channels=32, convolutions=2, scales=(2,))
    assert load_weights(exported(tmp_path, shape)[1])[0].title == title


def test_float16_halves_the_file(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,), precision="float")
    whole = exported(tmp_path, config)[1].stat().st_size
    assert exported(tmp_path, config, "--half")[1].stat().st_size < 0.6 * whole


def test_a_skip_round_two_convolutions_is_not_exported(tmp_path):
    with pytest.raises(ValueError, match="skip"):
        exported(tmp_path, NetworkConfig(channels=32, convolutions=2, skip=2))


def test_signs_are_packed_lowest_bit_first():
    weight = np.ones((1, 8, 3, 3), np.float32)
    weight[0, 0, 0, 1] = weight[0, 7, 2, 2] = -1
    assert pack_filters(weight < 0).tolist() == [[2, 0, 0, 0, 0, 0, 0, 0, 128]]


def test_every_scale_of_one_body_is_in_one_file(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2, 3))
    network, path = exported(tmp_path, config)
    assert [path.name for path in tmp_path.glob("*.safetensors")] == ["small-binary.safetensors"]
    for scale in (2, 3):
        card, arrays = load_weights(path, scale)
        assert (card.id, card.title, card.scale) == (f"small-x{scale}", f"BSR x{scale}", scale)
        tail = network.tails[str(scale)].weight.detach().numpy()
        assert np.array_equal(arrays[f"tails.{scale}.weight"], tail)


@pytest.mark.parametrize("more", [[], ["--better"]])
def test_one_file_takes_the_place_of_those_whose_models_it_holds(tmp_path, more):
    asked = ["--sets", pictures(tmp_path), *more]
    for scale in (2, 3, 4):
        exported(tmp_path, NetworkConfig(channels=32, convolutions=2, scales=(scale,)), *asked)
    # With tails of zero it is the bicubic picture, which is better than random ones.
    config = NetworkConfig(channels=32, convolutions=2, scales=(2, 3))
    save_checkpoint(start_run(RunConfig(config), "cpu"), RunConfig(config), tmp_path / "c.pt")
    main([str(tmp_path / "c.pt"), "--family", "small", "--out", str(tmp_path), *asked])
    left = {path.name for path in tmp_path.glob("*.safetensors")}
    assert left == {"small-binary.safetensors", "small-x4-binary.safetensors"}


def test_a_pyramid_is_one_file_for_all_its_scales(tmp_path):
    """Its scores are those of each scale, and together they say whether it is replaced."""
    config = NetworkConfig(name="lapsrn", channels=32, convolutions=1, scales=(2, 4))
    sets = pictures(tmp_path)
    _, path = exported(tmp_path, config, "--sets", sets)
    assert [card.path.name for card in read_cards(path)] == ["small-binary.safetensors"] * 2
    for card, scale in zip(read_cards(path), (2, 4), strict=True):
        assert (card.id, card.title, card.scale) == (f"small-x{scale}", f"LapSRN x{scale}", scale)
        psnr = evaluate(load_model(path, scale), tmp_path / "sets" / "Set5").psnr
        assert card.scores["Set5"]["psnr"] == round(psnr, 3)
    assert merit([card.scores for card in read_cards(path)], "clean") == pytest.approx(
        np.mean([card.scores["Set5"]["psnr"] for card in read_cards(path)])
    )
    before = path.read_bytes()
    exported(tmp_path, config, "--sets", sets, "--better", "--started-from", "the same")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("family", "title"), [("jpeg", "BSR JPEG x2"), ("sharp", "BSR Sharp x2"), ("clean", "BSR x2")]
)
def test_the_name_of_the_files_says_the_family(tmp_path, family, title):
    run = lively_run(NetworkConfig(channels=32, convolutions=2, scales=(2,)))
    save_checkpoint(run, RunConfig(run.network.config), tmp_path / "c.pt")
    main([str(tmp_path / "c.pt"), "--family", f"small-{family}", "--out", str(tmp_path)])
    card, _ = load_weights(tmp_path / f"small-{family}-x2-binary.safetensors")
    assert (card.family, card.title) == (family, f"{title}, binary weights")


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_tail_can_be_held_to_lightness(share):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2, 3))
    run = lively_run(config)
    low = torch.rand(1, 3, 9, 9)
    whole = run.average(low, scale=3)
    base = torch.nn.functional.interpolate(low, scale_factor=3, mode="bicubic", align_corners=False)
    run.average.load_state_dict(calmed(run.average.state_dict(), share))
    weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    detail, held = whole - base, run.average(low, scale=3) - base
    lightness = (weights * detail).sum(dim=1, keepdim=True)
    assert torch.allclose(held, lightness + share * (detail - lightness), atol=1e-5)


def test_sharp_models_are_not_chosen_by_psnr(tmp_path, capsys):
    asked = ["--family", "small-sharp", "--better", "--sets", pictures(tmp_path)]
    with pytest.raises(SystemExit):
        main([str(tmp_path / "c.pt"), "--out", str(tmp_path), *asked])
    assert "look at the pictures" in capsys.readouterr().err


def test_jpegs_are_measured_and_count_where_they_are_what_the_family_is_for(tmp_path):
    sets = pictures(tmp_path, "Set14")
    run = lively_run(NetworkConfig(channels=32, convolutions=2, scales=(2,)))
    save_checkpoint(run, RunConfig(run.network.config), tmp_path / "c.pt")
    arguments = [str(tmp_path / "c.pt"), "--out", str(tmp_path), "--sets", sets]
    merits = {}
    for family in ("small", "small-jpeg"):
        main([*arguments, "--family", family])
        card = read_card(tmp_path / f"{family}-x2-binary.safetensors")
        assert set(card.scores["Set14 JPEG 75"]) == {"psnr", "ssim", "bicubic"}
        merits[family] = merit([card.scores], card.family)
    assert merits["small"] == card.scores["Set14"]["psnr"]
    jpegs = [card.scores[f"Set14 JPEG {quality}"]["psnr"] for quality in (90, 75, 60, 40)]
    assert merits["small-jpeg"] == pytest.approx(sum(jpegs) / 4)


def pictures(tmp_path, name="Set5"):
    place = tmp_path / "sets" / name
    place.mkdir(parents=True)
    noise = np.random.default_rng(0).integers(0, 256, (48, 48, 3), np.uint8)
    Image.fromarray(noise).save(place / "noise.png")
    return str(tmp_path / "sets")


def test_a_file_that_scores_more_is_kept(tmp_path, capsys):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,))
    asked = ["--sets", pictures(tmp_path), "--better"]
    run = start_run(RunConfig(config), "cpu")
    path = tmp_path / "small-x2-binary.safetensors"
    sizes = []
    for bias in (0.3, 0.0, 0.5):
        torch.nn.init.constant_(run.average.tails["2"].bias, bias)
        save_checkpoint(run, RunConfig(config), tmp_path / "c.pt")
        main([str(tmp_path / "c.pt"), "--family", "small", "--out", str(tmp_path), *asked])
        sizes.append(load_arrays(path)["tails.2.bias"][0].item())
    assert sizes == pytest.approx([0.3, 0.0, 0.0])
    assert "not replaced" in capsys.readouterr().out


def test_folders_that_are_missing_are_made(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,))
    save_checkpoint(start_run(RunConfig(config), "cpu"), RunConfig(config), tmp_path / "c.pt")
    out, starts = tmp_path / "new" / "folder", tmp_path / "starts"
    folders = ["--out", str(out), "--keep-start", str(starts)]
    main([str(tmp_path / "c.pt"), "--family", "small", *folders])
    assert (out / "small-x2-binary.safetensors").is_file()
    assert (starts / "small-binary.safetensors").is_file()


def test_a_share_of_the_weights_of_another_file_is_taken(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,), precision="float")
    save_checkpoint(start_run(RunConfig(config), "cpu"), RunConfig(config), tmp_path / "other.pt")
    theirs = load_arrays(tmp_path / "other.pt")
    network, path = exported(tmp_path, config, "--blend", str(tmp_path / "other.pt"), "0.25")
    got = load_arrays(path)
    for name, values in network.named_parameters():
        assert torch.allclose(got[name], 0.75 * values + 0.25 * theirs[name], atol=1e-6), name
    assert not torch.equal(theirs["head.bias"], network.head.bias)


def test_weights_with_signs_are_not_blended(tmp_path):
    config = NetworkConfig(channels=32, convolutions=2, scales=(2,))
    _, path = exported(tmp_path, config)
    with pytest.raises(ValueError, match="same float network"):
        exported(tmp_path, config, "--blend", str(path), "0.5")
