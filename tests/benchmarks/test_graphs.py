"""Our float networks as ONNX graphs compute what the engine computes."""

import numpy as np
import onnx.reference
import pytest

from benchmarks import graphs
from bsr.engine.networks import network_module
from bsr.engine.verification import reference
from tests.networks import FORWARDS, make_arrays, make_config


@pytest.mark.parametrize("name", sorted(graphs.OURS))
@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("precision", ["float", "binary-weight"])
def test_a_graph_makes_the_picture_that_the_specification_makes(name, scale, precision):
    config = make_config(precision, scale=scale)
    arrays = make_arrays(config, network=name)
    pixels = np.random.default_rng(1).integers(0, 256, (9, 7, 3), np.uint8)
    model = graphs.OURS[name](graphs.dense(arrays), config["convolutions"], scale)
    evaluator = onnx.reference.ReferenceEvaluator(model)
    [made] = evaluator.run(None, {"x": reference.planes(pixels)[None]})
    expected = FORWARDS[name](network_module(name).parse(config), arrays, pixels)
    levels = reference.round_pixels(made[0], np.uint8).astype(int) - expected
    assert np.abs(levels).max() <= 1
    assert np.mean(levels != 0) < 0.02


def test_a_body_with_several_tails_uses_that_of_the_scale():
    config = make_config("float") | {"scales": [2, 4]}
    arrays = make_arrays(config, network="light")
    for scale in (2, 4):
        made = graphs.light(arrays, config["convolutions"], scale)
        alone = {name.replace(f"tails.{scale}", "tail"): values for name, values in arrays.items()}
        assert made == graphs.light(alone, config["convolutions"], scale)


def test_a_sized_model_says_its_size():
    model = graphs.ecbsr(2, 8, 2)
    graphs.sized(model, 5, 6)
    dims = model.graph.input[0].type.tensor_type.shape.dim
    assert not dims[2].dim_value  # the model itself stays of any size
    again = type(model).FromString(graphs.sized(model, 5, 6))
    assert [dim.dim_value for dim in again.graph.input[0].type.tensor_type.shape.dim] == [
        1,
        1,
        5,
        6,
    ]


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("make", [graphs.fsrcnn, lambda scale: graphs.ecbsr(2, 8, scale)])
def test_small_networks_of_others_enlarge(make, scale):
    evaluator = onnx.reference.ReferenceEvaluator(make(scale))
    [made] = evaluator.run(None, {"x": np.ones((1, 1, 6, 5), np.float32)})
    assert made.shape == (1, 1, 6 * scale, 5 * scale)
