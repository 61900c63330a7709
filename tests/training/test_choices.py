import csv

import numpy as np
import pytest
from PIL import Image

from training import choices
from training.choices import CHOICES, CONFIGS, SCALE, Score, row, run_choice
from training.config import read_config
from training.data import load_patches


@pytest.fixture
def folder(tmp_path):
    random = np.random.default_rng(0)
    (tmp_path / "tiles").mkdir()
    pixels = random.integers(0, 256, (48, 48, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "tiles" / "a.png")
    return tmp_path / "tiles"


def test_every_configuration_is_compared_at_one_scale():
    named = {name for names in CHOICES.values() for name in names}
    assert named == {path.stem for path in CONFIGS.glob("*.toml")}
    assert {read_config(path).network.scale for path in CONFIGS.glob("*.toml")} == {SCALE}


def test_a_choice_of_two_parts_shares_the_steps_and_hands_its_weights_on(
    folder, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(choices, "CONFIGS", tmp_path)
    for precision in ("float", "binary"):
        (tmp_path / f"{precision}.toml").write_text(
            f'[network]\nchannels = 8\nconvolutions = 2\nscales = [4]\nprecision = "{precision}"\n'
            "[training]\nbatch = 2\ncrop = 8\naverage = 0.5\nrate = 1e-2\n"
        )
    patches = load_patches(folder, [SCALE])
    score = run_choice(["float", "binary"], 1, 200, patches, folder, tmp_path / "out")
    assert "not taken" in capsys.readouterr().err
    for name in ("float", "binary"):
        with (tmp_path / "out" / name / "log.csv").open() as file:
            assert [line["step"] for line in csv.DictReader(file)] == ["50", "100"]
    assert score.averaged != score.last and score.seconds > 0
    again = run_choice(["float", "binary"], 1, 200, patches, folder, tmp_path / "again")
    assert (again.averaged, again.last) == (score.averaged, score.last)


def test_a_row_gives_the_mean_and_the_range():
    scores = [Score(26.5, 26.0, 60), Score(26.7, 26.2, 120)]
    assert row("base", scores) == "| base | 26.600 (26.500 to 26.700) | 26.100 | 1.5 |"
