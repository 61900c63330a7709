"""The window of rows that moves down a picture, in steps so small that its rings go round."""

from functools import cache

import numpy as np
import pytest

from bsr.engine.networks import network_module
from bsr.engine.networks.layers import float_layer
from bsr.engine.networks.row_pipeline import Buffer
from bsr.engine.networks.stages import AddBicubic, Convolution, Strip
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from tests.networks import FORWARDS, InSmallSteps, make_arrays, make_config

WIDTH, STEP_PIXELS = 5, 32  # six rows a step
# A binary body takes whole registers of rows, of which a narrow picture has many.
HEIGHTS = {"binary": 160, "float": 60}


@pytest.fixture
def wrapped(monkeypatch):
    """The buffers whose ring has gone round, one item a time."""
    seen = []
    seal = Buffer.seal

    def seal_and_note(buffer, start, end, height):
        if buffer.offset(end) < buffer.offset(start):
            seen.append(buffer)
        seal(buffer, start, end, height)

    monkeypatch.setattr(Buffer, "seal", seal_and_note)
    return seen


@cache
def case(name, scale, precision):
    """A network, a tall picture, and what the one makes of the other."""
    module = network_module(name)
    written = make_config(precision, 32, 4, scale, name)
    config = module.parse(written)
    arrays = make_arrays(written, network=name)
    shape = HEIGHTS[precision], WIDTH, 3
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    return module.build(config, arrays), pixels, FORWARDS[name](config, arrays, pixels)


@pytest.mark.parametrize(("name", "scale"), [("light", 2), ("srresnet", 2), ("lapsrn", 4)])
@pytest.mark.parametrize("precision", ["binary", "float"])
@pytest.mark.parametrize("ahead", [1, 3])
def test_a_tall_picture_in_small_steps_equals_the_plain_forward(
    name, scale, precision, ahead, wrapped
):
    network, pixels, expected = case(name, scale, precision)
    height = len(pixels)
    for top, bottom in ((0, height), (23, height), (0, height - 19)):
        wrapped.clear()
        result = np.zeros((scale * height, scale * WIDTH, 3), np.uint8)
        tile = Tile(top, bottom, 0, WIDTH)
        pipeline = tile_pipeline(InSmallSteps(network, STEP_PIXELS), pixels, tile, result, ahead)
        for _ in pipeline.run(lambda: None):
            pass
        rows = slice(scale * top, scale * bottom)
        assert np.array_equal(result[rows], expected[rows])
        assert set(wrapped) == set(pipeline.buffers)


class TwoInputs:
    """Many convolutions of one strip, added to the bicubic enlargement of another."""

    radius, step_pixels = 24, 1

    def __init__(self):
        random = np.random.default_rng(4)
        shapes = [(3, 3, 3, 3)] * 23 + [(12, 3, 3, 3)]
        weights = [random.normal(0, 0.2, shape).astype(np.float32) for shape in shapes]
        self.layers = [float_layer(w, np.zeros(len(w), np.float32)) for w in weights]

    def connect(self, pixels, left, right, target):
        deep, shallow = (Strip(pixels, left, right, 0) for _ in range(2))
        for layer in self.layers:
            deep = Convolution(deep, layer)
        return AddBicubic(deep, shallow, 2, target)


def test_inputs_that_begin_at_different_rows_enter_in_steps_that_their_buffers_hold(kernels):
    pixels = np.random.default_rng(5).integers(0, 256, (90, 20, 3), np.uint8)
    whole, part = np.zeros((2, 180, 40, 3), np.uint8)
    for result, top in ((whole, 0), (part, 40)):
        pipeline = tile_pipeline(TwoInputs(), pixels, Tile(top, 90, 0, 20), result)
        for _ in pipeline.run(lambda: None):
            pass
    assert np.array_equal(part[80:], whole[80:])


def test_a_whole_register_may_be_read_behind_the_last_row(kernels):
    network, pixels, _ = case("srresnet", 2, "binary")
    result = np.zeros((2 * len(pixels), 2 * WIDTH, 3), np.uint8)
    pipeline = tile_pipeline(network, pixels, Tile(0, len(pixels), 0, WIDTH), result)
    pipeline.allocate()
    for buffer in pipeline.buffers:
        assert buffer.flat.ctypes.data % 64 == 0
        assert buffer.flat.nbytes >= buffer.rows.nbytes + 1024
