"""Memory is not cleared before it is used, so what was left in it must not show in any result."""

import numpy as np
import pytest

from bsr.engine.networks import network_module
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from tests.networks import FORWARDS, InSmallSteps, make_arrays, make_config

# Numbers that would spread through any sum, and bits of both kinds.
REMAINS = {"nan": 0xFF, "zeros": 0x00, "huge": 0x7E, "small": 0x01}
HEIGHT = 20  # many steps of the wide picture, two of the narrow one


@pytest.fixture(scope="module", params=["light", "srresnet"])
def name(request):
    return request.param


@pytest.fixture(scope="module", params=["binary", "float"])
def precision(request):
    return request.param


@pytest.fixture(scope="module", params=[9, 70])
def case(request, name, precision):
    """A network, a picture, and what the one makes of the other."""
    module = network_module(name)
    config = module.parse(make_config(precision, 32, 2, 2))
    arrays = make_arrays(make_config(precision, 32, 2, 2), network=name)
    network = InSmallSteps(module.build(config, arrays), 256)
    pixels = np.random.default_rng(0).integers(0, 256, (HEIGHT, request.param, 3), np.uint8)
    return network, pixels, FORWARDS[name](config, arrays, pixels)


@pytest.mark.parametrize("remains", REMAINS)
def test_what_was_left_in_memory_changes_no_byte(monkeypatch, remains, case):
    network, pixels, expected = case
    width = pixels.shape[1]
    result = np.zeros((2 * HEIGHT, 2 * width, 3), np.uint8)
    empty = np.empty

    def as_found(shape, dtype=float):
        array = empty(shape, dtype)
        array.view(np.uint8)[...] = REMAINS[remains]
        return array

    monkeypatch.setattr(np, "empty", as_found)
    for top, bottom in ((0, HEIGHT), (7, 15)):
        pipeline = tile_pipeline(network, pixels, Tile(top, bottom, 0, width), result)
        for _ in pipeline.run(lambda: None):
            pass
        assert np.array_equal(result[2 * top : 2 * bottom], expected[2 * top : 2 * bottom])
