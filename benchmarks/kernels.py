"""Layers beside other libraries.

The binary layer is the whole of it, one of eight that run together: signs in; convolution, scale,
bias, PReLU, residual, signs out.  The others compute the same eight layers in floats, or with 8-bit
weights and activations: convolution, PReLU, sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch

from bsr.engine.kernels.packing import pack_filters
from bsr.engine.networks.binary_stages import BinaryBody
from bsr.engine.networks.layers import binary_layer, float_layer
from bsr.engine.networks.row_pipeline import RowPipeline, Stage
from bsr.engine.networks.stages import Convolution
from bsr.engine.networks.tables import tables
from bsr.engine.verification.kernel_checks import InputFeature
from bsr.engine.verification.selftest import check_kernels

from . import graphs, rivals
from .targets import BINARY
from .timing import Effort, Run, clock_for, take_turns

SIDE = 128
LAYERS = 8
"""Whole layers that run together, as in a network; the time of one is told."""
FLOAT_TOLERANCE = 1e-4
INT8_TOLERANCE = 0.2


class Shape(NamedTuple):
    """A layer's channels, filters, and the height and width of a filter."""

    channels: int
    filters: int
    size: int


CONVOLUTIONS = {
    "float convolution 64 -> 64, 3x3": Shape(64, 64, 3),
    "float convolution 64 -> 48, 3x3": Shape(64, 48, 3),
    "float convolution 3 -> 64, 9x9": Shape(3, 64, 9),
    "float convolution 64 -> 3, 9x9": Shape(64, 3, 9),
}


def measure(effort: Effort) -> Iterator[dict[str, Any]]:
    """Yield a row for every layer and contestant, one thread each."""
    for check in check_kernels():
        if not check.passed:
            raise SystemExit(f"the kernel {check.name} differs from its reference; not measured")
    yield from _rows(BINARY, whole_layers(), effort, LAYERS)
    for name, shape in CONVOLUTIONS.items():
        yield from _rows(name, convolutions(shape), effort, 1)


def whole_layers() -> dict[tuple[str, str], Run]:
    """Return LAYERS whole layers by library and precision."""
    model = graphs.layers(64, 64, 3, LAYERS, whole=True)
    runs = {("BSR", "binary"): our_binary_layers(64)}
    runs |= _loaded(model, 64, int8=True)
    return runs | {("PyTorch", "float"): _pytorch(Shape(64, 64, 3), LAYERS, whole=True)}


def convolutions(shape: Shape) -> dict[tuple[str, str], Run]:
    """Return a plain convolution by library and precision."""
    model = graphs.layers(*shape, 1, whole=False)
    runs = {("BSR", "float"): our_convolution(shape)} | _loaded(model, shape.channels, int8=False)
    return runs | {("PyTorch", "float"): _pytorch(shape, 1, whole=False)}


def our_binary_layers(channels: int) -> Run:
    """Return LAYERS whole binary layers, with the way into fixed point and back."""
    random = np.random.default_rng(0)
    sign = pack_filters(random.random((channels, channels, 3, 3)) < 0.5)
    layers = [
        binary_layer(sign, *random.normal(0, 0.01, (4, channels)).astype(np.float32))
        for _ in range(LAYERS)
    ]
    features = InputFeature(random.standard_normal((channels, SIDE, SIDE)).astype(np.float32))
    return _prepared(BinaryBody(features, tables(layers, [True] * LAYERS)))


def our_convolution(shape: Shape) -> Run:
    """Return a plain float convolution."""
    random = np.random.default_rng(0)
    sides = shape.filters, shape.channels, shape.size, shape.size
    weights = random.normal(0, 0.1, sides).astype(np.float32)
    values = random.standard_normal((shape.channels, SIDE, SIDE)).astype(np.float32)
    layer = float_layer(weights, np.zeros(shape.filters, np.float32))
    return _prepared(Convolution(InputFeature(values), layer))


def _prepared(stage: Stage) -> Run:
    """Return a function that runs just this stage on all rows, its sources being there."""
    pipeline = RowPipeline(stage, 0, SIDE, SIDE)
    for _ in pipeline.run(lambda: None):
        pass
    return lambda: stage.advance(pipeline.front(0), pipeline.front(pipeline.steps))


def _loaded(model: Any, channels: int, int8: bool) -> dict[tuple[str, str], Run]:
    """Return a model in the other libraries, after comparing what they compute."""
    x = np.random.default_rng(1).standard_normal((1, channels, SIDE, SIDE)).astype(np.float32)
    whole = graphs.sized(model, SIDE, SIDE)
    expected = np.array(rivals.onnx_runtime(whole, 1)(x))
    runs: dict[tuple[str, str], Run] = {}

    def add(library: str, precision: str, infer: rivals.Infer, tolerance: float) -> None:
        rivals.require_close(f"{library} in {precision}", infer(x), expected, tolerance)
        runs[library, precision] = lambda: infer(x)

    for library, load in (*rivals.RUNTIMES.items(), ("OpenCV", rivals.opencv)):
        add(library, "float", load(whole, 1), FLOAT_TOLERANCE)
    if int8:
        small = graphs.sized(rivals.quantized(whole, x), SIDE, SIDE)
        for library, load in rivals.RUNTIMES.items():
            add(library, "int8", load(small, 1), INT8_TOLERANCE)
    return runs


def _pytorch(shape: Shape, count: int, whole: bool) -> Run:
    """Return the layers in PyTorch, channels last."""
    torch.set_grad_enabled(False)
    last = torch.channels_last
    conv = torch.nn.Conv2d(shape.channels, shape.filters, shape.size, padding=shape.size // 2)
    conv, prelu = conv.to(memory_format=last), torch.nn.PReLU(shape.filters)
    x = torch.randn(1, shape.channels, SIDE, SIDE).to(memory_format=last)

    def run() -> None:
        torch.set_num_threads(1)
        f = x
        for _ in range(count):
            f = prelu(conv(f)).add_(f) if whole else conv(f)

    run()
    return run


def _rows(
    layer: str, runs: dict[tuple[str, str], Run], effort: Effort, count: int
) -> Iterator[dict[str, Any]]:
    """Measure the contestants of one layer and yield a row for each."""
    named = {"\t".join(key): run for key, run in runs.items()}
    for key, timing in take_turns(named, effort, clock_for(1)).items():
        library, precision = key.split("\t")
        row = {"layer": layer, "library": library, "precision": precision, "threads": 1}
        yield row | timing.as_json(1 / count)
