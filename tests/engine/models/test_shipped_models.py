"""The weights in resources/models: what a person would see at once if it were wrong."""

import io
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bsr.engine.images import read_picture
from bsr.engine.models import CLEAN, JPEG, SHARP
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import read_cards
from bsr.engine.picture import Picture
from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y
from bsr.engine.upscaling.upscale import upscale

RESOURCES = Path(__file__).parents[3] / "resources"
PATHS = sorted((RESOURCES / "models").glob("*.safetensors"))
CARDS = [card for path in PATHS for card in read_cards(path)]


@pytest.fixture(scope="module", params=CARDS, ids=lambda card: "-".join(card.key))
def model(request):
    return load_model(request.param.path, request.param.scale)


@pytest.fixture(scope="module")
def sample():
    return read_picture(RESOURCES / "samples" / "coffee.png").pixels[60:180, 60:180]


def test_a_plain_area_stays_plain(model):
    """The others add to bicubic, which keeps them; SRResNet had to learn it."""
    scale = model.card.scale
    limit, rim = (6, 80) if model.card.network == "srresnet" else (2, 26)
    for colour in product((0, 255), (0, 128, 255), (0, 255)):
        plain = np.full((18, 18, 3), colour, np.uint8)
        away = np.abs(upscale(model, Picture(plain)).pixels.astype(int) - colour)
        assert away[8 * scale : -8 * scale, 8 * scale : -8 * scale].max() <= limit, colour
        assert away.max() <= rim, colour  # by the edges, whose surroundings are not known


def test_a_result_is_better_than_bicubic_and_shrinks_to_what_it_was_made_from(model, sample):
    scale = model.card.scale
    low = imresize(sample, 1 / scale)
    result = upscale(model, Picture(low)).pixels
    bicubic = imresize(low, scale)
    assert psnr_y(result, sample, scale) > psnr_y(bicubic, sample, scale) + 0.5
    change, bicubic_change = (
        imresize(pixels, 1 / scale).astype(int) - low for pixels in (result, bicubic)
    )
    clean = model.card.family == CLEAN
    if clean:  # what the others take away, they take from the small picture
        assert np.abs(change).mean() < 0.5 * np.abs(bicubic_change).mean()
    assert np.abs(change.mean(axis=(0, 1))).max() < (1 if clean else 1.5)


@pytest.mark.parametrize("quality", [40, 75, 90])
@pytest.mark.parametrize(
    "card", [card for card in CARDS if card.family == JPEG], ids=lambda card: card.id
)
def test_a_jpeg_is_better_than_bicubic_by_the_family_for_it(card, sample, quality):
    model, scale = load_model(card.path, card.scale), card.scale
    stored = io.BytesIO()
    low = Image.fromarray(imresize(sample, 1 / scale))
    low.save(stored, "JPEG", quality=quality, subsampling="4:2:0")
    low = np.array(Image.open(stored))
    result = upscale(model, Picture(low)).pixels
    assert psnr_y(result, sample, scale) > psnr_y(imresize(low, scale), sample, scale) + 0.4


@pytest.mark.parametrize(
    "card", [card for card in CARDS if card.family == SHARP], ids=lambda card: card.id
)
def test_a_sharp_result_is_crisper_and_keeps_the_tones(card, sample):
    """Reduced again it is near its small picture: what is made up is no more than texture."""
    scale = card.scale
    low = Picture(imresize(sample, 1 / scale))
    (twin,) = [one for one in CARDS if one.key == (f"bsr-x{scale}", card.weights)]
    sharp, clean = (upscale(load_model(one.path, scale), low).pixels for one in (card, twin))
    assert steepest(sharp) > 1.1 * steepest(clean)
    if card.weights == "binary":  # floats are crisp at edges alone: the mean of all steps is equal
        assert mean_step(sharp) > (1.03 if scale == 4 else 1) * mean_step(clean)
    again = imresize(sharp, 1 / scale).astype(int)
    assert np.abs(again - low.pixels).mean() < 2.5


def steps_of(pixels):
    """The steps from pixel to pixel, down and across."""
    return [np.abs(np.diff(pixels.astype(int), axis=axis)).ravel() for axis in (0, 1)]


def mean_step(pixels):
    return sum(steps.mean() for steps in steps_of(pixels))


def steepest(pixels):
    """The mean of the largest hundredth of the steps: how steep edges are."""
    steps = np.sort(np.concatenate(steps_of(pixels)))
    return steps[-len(steps) // 100 :].mean()
