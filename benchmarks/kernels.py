"""The kernels beside other libraries, one thread each, in one run.

    python benchmarks/kernels.py [--size 128] [--rounds 9]

The binary layer is the whole of it, one of eight that run together: signs in; convolution, scale,
bias, PReLU, residual, signs out.  The others compute the same layer in floats: convolution, PReLU,
sum.  The plain float convolutions are measured without.  Rivals that are not installed are left out
(`pip install .[bench]` brings ONNX Runtime and OpenVINO).  Programs take turns; medians are shown.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from bsr.engine.kernels.packing import pack_filters
from bsr.engine.networks.binary_stages import BinaryBody
from bsr.engine.networks.layers import binary_layer, float_layer
from bsr.engine.networks.row_pipeline import RowPipeline, Stage
from bsr.engine.networks.stages import Convolution
from bsr.engine.networks.tables import tables
from bsr.engine.verification.kernel_checks import InputFeature

Run = Callable[[], object]


def prepared(stage: Stage, height: int) -> Run:
    """Return a function that runs just this stage on all rows, its sources being there."""
    pipeline = RowPipeline(stage, 0, height, height)
    for _ in pipeline.run(lambda: None):
        pass
    return lambda: stage.advance(pipeline.front(0), pipeline.front(pipeline.steps))


BINARY = "binary layer 64 -> 64, 3x3"
LAYERS = 8
"""Binary layers that run together, as in a network; the table shows the time of one."""


def our_binary_layers(channels: int, size: int) -> Run:
    """LAYERS whole binary layers, with the way into fixed point and back."""
    rng = np.random.default_rng(0)
    sign = pack_filters(rng.random((channels, channels, 3, 3)) < 0.5)
    layers = [
        binary_layer(sign, *rng.normal(0, 0.01, (4, channels)).astype(np.float32))
        for _ in range(LAYERS)
    ]
    features = InputFeature(rng.standard_normal((channels, size, size)).astype(np.float32))
    return prepared(BinaryBody(features, tables(layers, [True] * LAYERS)), size)


def our_convolution(channels: int, filters: int, kernel: int, size: int) -> Run:
    """Return the plain float convolution."""
    rng = np.random.default_rng(0)
    weights = rng.normal(0, 0.1, (filters, channels, kernel, kernel)).astype(np.float32)
    features = InputFeature(rng.standard_normal((channels, size, size)).astype(np.float32))
    layer = float_layer(weights, np.zeros(filters, np.float32))
    return prepared(Convolution(features, layer), size)


def onnx_model(channels: int, filters: int, kernel: int, size: int, whole: bool) -> bytes:
    """Return a convolution, or convolution + PReLU + add, as an ONNX model."""
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(0)
    weights = rng.normal(0, 0.1, (filters, channels, kernel, kernel)).astype(np.float32)
    slopes = np.full((filters, 1, 1), 0.25, np.float32)
    names = ("y", "p", "z") if whole else ("z",)
    nodes = [helper.make_node("Conv", ["x", "w"], [names[0]], pads=[kernel // 2] * 4)]
    if whole:
        nodes += [
            helper.make_node("PRelu", ["y", "s"], ["p"]),
            helper.make_node("Add", ["p", "x"], ["z"]),
        ]
    initializers = [numpy_helper.from_array(weights, "w")]
    if whole:
        initializers.append(numpy_helper.from_array(slopes, "s"))
    graph = helper.make_graph(
        nodes,
        "layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, channels, size, size])],
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, filters, size, size])],
        initializers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return bytes(model.SerializeToString())


def onnx_runtime(channels: int, filters: int, kernel: int, size: int, whole: bool) -> Run:
    """Return the layer of onnx_model in ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        onnx_model(channels, filters, kernel, size, whole), options, ["CPUExecutionProvider"]
    )
    x = np.random.default_rng(1).standard_normal((1, channels, size, size)).astype(np.float32)
    return lambda: session.run(None, {"x": x})


def openvino(channels: int, filters: int, kernel: int, size: int, whole: bool) -> Run:
    """Return the layer of onnx_model in OpenVINO, in single precision."""
    import openvino

    core = openvino.Core()
    model = core.read_model(onnx_model(channels, filters, kernel, size, whole), b"")
    # Its default is half precision on some processors; all are measured in single here.
    config = {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32"}
    request = core.compile_model(model, "CPU", config).create_infer_request()
    x = np.random.default_rng(1).standard_normal((1, channels, size, size)).astype(np.float32)
    return lambda: request.infer({"x": x}, share_inputs=True)


def pytorch(channels: int, filters: int, kernel: int, size: int, whole: bool) -> Run:
    """Return the same in PyTorch, channels last."""
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    conv = torch.nn.Conv2d(channels, filters, kernel, padding=kernel // 2, bias=False)
    conv = conv.to(memory_format=torch.channels_last)
    prelu = torch.nn.PReLU(filters)
    x = torch.randn(1, channels, size, size).to(memory_format=torch.channels_last)
    return lambda: prelu(conv(x)).add_(x) if whole else conv(x)


RIVALS = {"ONNX Runtime": onnx_runtime, "OpenVINO": openvino, "PyTorch": pytorch}


def medians(runs: dict[str, Run], rounds: int) -> dict[str, float]:
    """Milliseconds of every run; they take turns, so that all see the same machine."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(1e3 * (time.perf_counter() - start))
    return {name: statistics.median(values[1:]) for name, values in times.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    size = options.size
    layers = {
        BINARY: (our_binary_layers(64, size), (64, 64, 3, size, True)),
        "float conv 64 -> 64, 3x3": (our_convolution(64, 64, 3, size), (64, 64, 3, size, False)),
        "float conv 64 -> 48, 3x3": (our_convolution(64, 48, 3, size), (64, 48, 3, size, False)),
        "float conv 3 -> 64, 9x9": (our_convolution(3, 64, 9, size), (3, 64, 9, size, False)),
        "float conv 64 -> 3, 9x9": (our_convolution(64, 3, 9, size), (64, 3, 9, size, False)),
    }
    print(f"{size} x {size} pixels, one thread; milliseconds, and the rival's time over BSR's")
    for name, (ours, shape) in layers.items():
        runs = {"BSR": ours}
        for rival, make in RIVALS.items():
            try:
                runs[rival] = make(*shape)
            except ImportError:
                continue
        times = medians(runs, options.rounds)
        if name == BINARY:
            times["BSR"] /= LAYERS
        cells = [f"BSR {times.pop('BSR'):7.2f}"]
        cells += [
            f"{rival} {ms:7.2f} ({ms / float(cells[0][4:]):5.1f} x)" for rival, ms in times.items()
        ]
        print(f"{name:27}  " + "   ".join(cells), flush=True)


if __name__ == "__main__":
    main()
