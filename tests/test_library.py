"""The example in docs/library.md works as it stands there."""

import re
from pathlib import Path

import numpy as np
import pytest

from bsr.engine import (
    ModelDescription,
    Picture,
    default_catalog,
    load_model,
    load_weights,
    probe,
    psnr_y,
    read_card,
    read_cards,
    read_picture,
    save_weights,
    ssim_y,
    upscale,
    write_picture,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "library.md"


def test_the_example_of_the_library_enlarges_a_picture(tmp_path, monkeypatch):
    [example] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    pixels = np.random.default_rng(1).integers(0, 256, (12, 10, 3), np.uint8)
    monkeypatch.chdir(tmp_path)
    write_picture(Picture(pixels), Path("photo.png"))
    exec(compile(example, str(PAGE), "exec"), {})
    assert read_picture(Path("photo_x4.png")).pixels.shape == (48, 40, 3)


@pytest.mark.parametrize(
    "call",
    [
        lambda array, model: upscale(model, array),
        lambda array, model: upscale(model.card, Picture(array)),
        lambda array, model: write_picture(array, "a.png"),
        lambda array, model: Picture([[[0, 0, 0]]]),
    ],
)
def test_what_is_no_picture_or_model_is_said(call):
    catalog = default_catalog()
    model = catalog.load(catalog.choose(scale=2))
    with pytest.raises(TypeError, match="must be a"):
        call(np.zeros((3, 4, 3), np.uint8), model)


@pytest.mark.parametrize("pixels", [np.zeros((20, 20, 3), np.uint16), np.zeros((20, 20), np.uint8)])
@pytest.mark.parametrize("measure", [psnr_y, ssim_y])
def test_what_cannot_be_measured_is_said(measure, pixels):
    with pytest.raises(ValueError, match="uint8"):
        measure(pixels, pixels, 0)


def test_paths_may_be_text(tmp_path):
    file, model = str(tmp_path / "a.png"), default_catalog().find("bsr-x2", "binary").path
    assert write_picture(Picture(np.zeros((3, 4, 3), np.uint8)), file) == Path(file)
    assert read_picture(file).width == 4
    assert probe(file).width == 4
    assert load_model(str(model), 2).card.id == "bsr-x2"
    card, arrays = load_weights(str(model), 2)
    assert read_card(str(model), 2) == card and card in read_cards(str(model))
    own = ModelDescription("own", card.weights, "", card.network, card.config, (2,), "", "")
    save_weights(str(tmp_path / "own.safetensors"), arrays, own)
    catalog = default_catalog(str(tmp_path / "models"))
    assert [card.id for card in catalog.import_file(str(tmp_path / "own.safetensors"))] == ["own"]
