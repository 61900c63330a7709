"""A part of a picture enlarged before the whole."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsr.engine.jobs.model_choice import Mix
from bsr.engine.picture import Picture
from bsr.engine.progress import CancelToken
from bsr.engine.upscaling.mix import mixed
from bsr.engine.upscaling.upscale import upscale
from bsr.work.preview import MOST_PIXELS, SECONDS, make_preview, region_to_preview
from bsr.work.region import Region
from bsr.work.upscaling import UpscaleOptions

regions = st.builds(Region, *[st.integers(0, 9000)] * 2, *[st.integers(1, 20_000)] * 2)


@given(regions, st.one_of(st.none(), st.floats(1, 1e9)))
def test_a_preview_is_bounded_and_lies_in_what_is_visible(visible, speed):
    region = region_to_preview(visible, speed)
    assert visible.contains(region)
    assert region.height * region.width <= max(MOST_PIXELS, visible.height, visible.width)


def test_a_slow_machine_previews_less():
    visible = Region(0, 0, 1000, 1000)
    region = region_to_preview(visible, 100_000)
    assert 0.9 * 100_000 * SECONDS <= region.height * region.width <= 100_000 * SECONDS


@pytest.mark.parametrize("region", [Region(0, 0, 20, 30), Region(31, 17, 25, 40)])
@pytest.mark.parametrize("alpha", [False, True])
def test_a_preview_is_what_the_whole_picture_will_be(catalog, region, alpha):
    random = np.random.default_rng(4)
    pixels = random.integers(0, 256, (90, 80, 3), np.uint8)
    cover = random.integers(1, 256, (90, 80), np.uint8) if alpha else None
    picture, card = Picture(pixels, cover), catalog.find("small-x2", "binary")
    options = UpscaleOptions(Mix(card), 2.0, 2)
    context = SimpleNamespace(cancel=CancelToken())
    preview = make_preview(catalog, picture, options, region, context)
    whole = region.of(upscale(catalog.load(card), picture), 2)
    assert np.array_equal(preview.picture.pixels, whole.pixels)
    assert np.array_equal(preview.picture.alpha, whole.alpha)


def test_a_mixture_is_previewed_as_a_mixture(catalog):
    pixels = np.random.default_rng(4).integers(0, 256, (60, 70, 3), np.uint8)
    cards = [catalog.find("small-x2", weights) for weights in ("binary", "float")]
    options = UpscaleOptions(Mix(*cards, 30), 2.0, 2)
    region, context = Region(10, 20, 30, 40), SimpleNamespace(cancel=CancelToken())
    preview = make_preview(catalog, Picture(pixels), options, region, context)
    both = [upscale(catalog.load(card), Picture(pixels)) for card in cards]
    assert np.array_equal(preview.picture.pixels, region.of(mixed(*both, 30), 2).pixels)
