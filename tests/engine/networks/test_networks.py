"""The row pipeline against the plain forward on whole feature maps."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsr.engine.networks import current_name, lapsrn, light, network_module, srresnet
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from bsr.engine.verification import reference_networks
from tests.networks import EVERY_SCALE, FORWARDS, make_arrays, make_config

MIXED = ["binary", "float", "binary-weight", "binary"]


def pixels_of(height, width, dtype=np.uint8, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(0, np.iinfo(dtype).max, (height, width, 3), dtype, endpoint=True)


def run(network, pixels, tiles=None):
    height, width, _ = pixels.shape
    scale = network.config.scale
    result = np.zeros((scale * height, scale * width, 3), pixels.dtype)
    for tile in tiles or [Tile(0, height, 0, width)]:
        for _ in tile_pipeline(network, pixels, tile, result).run(lambda: None):
            pass
    return result


def network_of(config, name="light"):
    module = network_module(name)
    parsed = module.parse(config)
    arrays = make_arrays(config, network=name)
    return parsed, arrays, module.build(parsed, arrays)


@pytest.mark.parametrize(("name", "scale"), EVERY_SCALE)
@pytest.mark.parametrize("precision", ["binary", "binary-weight", "float", MIXED])
def test_the_pipeline_equals_the_plain_forward_to_the_bit(name, precision, scale):
    convolutions = 4 if precision == MIXED else 2  # a window of four moves in its own test
    written = make_config(precision, 32, convolutions, scale, name)
    config, arrays, network = network_of(written, name)
    pixels = pixels_of(5, 6)
    assert np.array_equal(run(network, pixels), FORWARDS[name](config, arrays, pixels))


@pytest.mark.parametrize("precision", ["binary", MIXED])
@pytest.mark.parametrize("channels", [32, 96])
def test_a_network_with_gates_equals_the_plain_forward_to_the_bit(precision, channels):
    config, arrays, network = network_of(make_config(precision, channels, 4) | {"gated": True})
    pixels = pixels_of(6, 71)
    expected = reference_networks.light(config, arrays, pixels)
    assert np.array_equal(run(network, pixels), expected)
    for name in arrays:
        if name.endswith("gate_bias"):
            arrays[name] = np.full(1, -10, np.float32)  # closed: only float units add
    closed = run(light.build(config, arrays), pixels)
    assert np.array_equal(closed, reference_networks.light(config, arrays, pixels))
    assert not np.array_equal(closed, expected)


@pytest.mark.parametrize("shape", [(1, 1), (1, 70), (70, 1), (2, 3), (33, 65), (5, 64), (20, 129)])
def test_every_size_equals_the_plain_forward(shape):
    config, arrays, network = network_of(make_config(convolutions=3))
    pixels = pixels_of(*shape, dtype=np.uint16)
    assert np.array_equal(run(network, pixels), reference_networks.light(config, arrays, pixels))


def test_rows_wider_than_a_register_equal_the_plain_forward():
    """Then what a layer must compute begins and ends within a row's registers."""
    config, arrays, network = network_of(make_config(convolutions=4))
    pixels = pixels_of(16, 1100)
    expected = reference_networks.light(config, arrays, pixels)
    for top, bottom in ((0, 16), (7, 16), (0, 9), (7, 9)):
        result = run(network, pixels, [Tile(top, bottom, 0, 1100)])
        assert np.array_equal(result[2 * top : 2 * bottom], expected[2 * top : 2 * bottom])


@cache
def mixed_network(name, scale):
    """A network of layers of every precision, built once for all examples."""
    return network_of(make_config(MIXED, 32, 4, scale, name), name)[2]


@pytest.mark.parametrize(("name", "scale"), EVERY_SCALE)
@settings(max_examples=15)
@given(
    data=st.data(),
    height=st.integers(1, 30),
    width=st.integers(1, 70),
)
def test_a_tile_holds_what_the_whole_picture_holds_there(name, scale, data, height, width):
    network = mixed_network(name, scale)
    top = data.draw(st.integers(0, height - 1))
    left = data.draw(st.integers(0, width - 1))
    tile = Tile(
        top,
        data.draw(st.integers(top + 1, height)),
        left,
        data.draw(st.integers(left + 1, width)),
    )
    pixels = pixels_of(height, width)
    whole, part = run(network, pixels), run(network, pixels, [tile])
    rows = slice(scale * tile.top, scale * tile.bottom)
    place = rows, slice(scale * tile.left, scale * tile.right)
    assert np.array_equal(part[place], whole[place])
    part[place] = 0
    assert not part.any()  # nothing was written outside the tile


def test_memory_of_a_pipeline_depends_on_the_width_and_not_on_the_height():
    _, _, network = network_of(make_config())

    def wave_bytes(height, width):
        pixels = np.zeros((height, width, 3), np.uint8)
        result = np.zeros((2 * height, 2 * width, 3), np.uint8)
        return tile_pipeline(network, pixels, Tile(0, height, 0, width), result).bytes

    assert wave_bytes(4000, 200) == wave_bytes(400, 200)
    assert wave_bytes(400, 400) < 2.2 * wave_bytes(400, 200)


def test_the_memory_that_a_pipeline_announces_is_what_it_takes():
    _, _, network = network_of(make_config(precision="float"))
    pixels = pixels_of(50, 40)
    result = np.zeros((100, 80, 3), np.uint8)
    pipeline = tile_pipeline(network, pixels, Tile(0, 50, 0, 40), result)
    announced = pipeline.bytes
    taken = {
        sum(buffer.rows.nbytes for buffer in pipeline.buffers) for _ in pipeline.run(lambda: None)
    }
    assert taken == {announced}
    pipeline.release()
    assert sum(buffer.rows.nbytes for buffer in pipeline.buffers) == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channels": 33}, "channels"),
        ({"channels": 288}, "channels"),
        ({"convolutions": 0}, "convolutions"),
        ({"scale": 5}, "factor"),
        ({"precision": "ternary"}, "precision"),
        ({"precision": ["binary"]}, "precision"),
        ({"scales": [2, 5]}, "factor"),
        ({"scales": [3, 4]}, "factor"),
        ({"scales": [4, 2]}, "factor"),
        ({"scales": [2, 2]}, "factor"),
        ({"scales": [2.0]}, "factor"),
        ({"scales": 2}, "factor"),
        ({"scales": []}, "factor"),
        ({"gated": 1}, "gated"),
        ({"gated": "yes"}, "gated"),
    ],
)
def test_a_configuration_out_of_range_is_refused_with_the_reason(change, words):
    with pytest.raises(ValueError, match=words):
        light.parse(make_config() | change)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_one_body_runs_the_tail_of_the_scale_asked_for(scale):
    config, arrays, network = network_of(make_config() | {"scales": [2, 3, 4], "scale": scale})
    assert {name for name in arrays if "tail" in name} == {
        f"tails.{s}.{part}" for s in (2, 3, 4) for part in ("weight", "bias")
    }
    pixels = pixels_of(9, 8)
    got = run(network, pixels)
    assert np.array_equal(got, reference_networks.light(config, arrays, pixels))
    alone = {name.replace(f"tails.{scale}", "tail"): array for name, array in arrays.items()}
    single = light.build(light.parse(make_config() | {"scale": scale}), alone)
    assert np.array_equal(got, run(single, pixels))


def test_srresnet_has_two_convolutions_to_a_block():
    with pytest.raises(ValueError, match="even"):
        srresnet.parse(make_config(convolutions=3))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"channels": 33}, "channels"),
        ({"levels": 4}, "levels"),
        ({"levels": True}, "levels"),
        ({"levels": 2, "scale": 8}, "factor"),
        ({"scale": 3}, "factor"),
        ({"scale": 2.0}, "factor"),
        ({"convolutions": 65}, "convolutions"),
        ({"convolutions": None}, "convolutions"),
        ({"precision": ["binary"]}, "precision"),
    ],
)
def test_a_pyramid_out_of_range_is_refused_with_the_reason(change, words):
    with pytest.raises(ValueError, match=words):
        lapsrn.parse(make_config(network="lapsrn") | change)


def test_a_pyramid_runs_no_more_levels_than_the_scale_asks_for():
    """So a scale costs what it costs alone, whatever else the file serves."""
    config = make_config(network="lapsrn")
    arrays = make_arrays(config, network="lapsrn")
    for scale, levels in ((2, 1), (4, 2), (8, 3)):
        network = lapsrn.build(lapsrn.parse(config | {"scale": scale}), arrays)
        assert len(network.levels) == levels


@pytest.mark.parametrize(("variant", "name"), [("light", "light"), ("classic", "srresnet")])
def test_older_files_tell_the_two_networks_apart_by_a_variant(variant, name):
    config = make_config()
    assert current_name("srresnet", {**config, "variant": variant}) == (name, config)
    assert current_name(name, config) == (name, config)


@pytest.mark.parametrize("variant", ["heavy", None, ["light"]])
def test_an_unknown_variant_is_refused(variant):
    with pytest.raises(ValueError, match="variant"):
        current_name("srresnet", {**make_config(), "variant": variant})
