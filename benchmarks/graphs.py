"""ONNX graphs: our float networks from their weights files, and the shapes of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from bsr.engine.kernels.pointwise import bicubic_first, bicubic_taps
from bsr.engine.networks.body import CENTRE, dense_filters
from bsr.engine.networks.srresnet import FACTORS

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]
OPERATORS, FORMAT = 17, 9
"""Versions that all libraries read."""


class Graph:
    """A graph in the making: every method adds an operation and returns its result's name."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._arrays: list[TensorProto] = []

    def add(self, x: str, y: str) -> str:
        """Return the sum."""
        return self._node("Add", [x, y])

    def shift(self, x: str, by: float) -> str:
        """Subtract a number."""
        return self._node("Sub", [x, self._array(np.float32([by]))])

    def conv(self, x: str, weights: Floats, bias: Floats | None = None, groups: int = 1) -> str:
        """Convolve, zeros outside.

        Args:
            x: the features.
            weights: (O, C / groups, size, size).
            bias: (O,).
            groups: of channels.
        """
        names = [x, self._array(weights)] + ([] if bias is None else [self._array(bias)])
        pads = [weights.shape[-1] // 2] * 4
        return self._node("Conv", names, pads=pads, group=groups)

    def prelu(self, x: str, slopes: Floats) -> str:
        """Add a PReLU with a slope for every channel."""
        return self._node("PRelu", [x, self._array(slopes.reshape(-1, 1, 1))])

    def shuffle(self, x: str, factor: int) -> str:
        """Add a pixel shuffle."""
        return self._node("DepthToSpace", [x], blocksize=factor, mode="CRD")

    def enlarge(self, x: str, weights: Floats, scale: int) -> str:
        """Deconvolve by (C, O, size, size) weights, `scale` times as large."""
        pads, spare = [weights.shape[-1] // 2] * 4, [scale - 1] * 2
        names = [x, self._array(weights)]
        return self._node(
            "ConvTranspose", names, pads=pads, strides=[scale] * 2, output_padding=spare
        )

    def bicubic(self, x: str, scale: int) -> str:
        """Return the bicubic enlargement of three planes, before its pixel shuffle."""
        pads = self._array(np.array([0, 0, 2, 2, 0, 0, 2, 2], np.int64))
        wider = self._node("Pad", [x, pads], mode="edge")
        names = [wider, self._array(_bicubic_filters(scale))]
        return self._node("Conv", names, group=3)

    def model(self, output: str, channels: int, filters: int) -> ModelProto:
        """Return the graph from "x" to a result as a model; `sized` gives it a size."""
        graph = helper.make_graph(
            self._nodes,
            "network",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, channels, None, None])],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, filters, None, None])],
            self._arrays,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPERATORS)])
        model.ir_version = FORMAT
        return model

    def _array(self, values: NDArray[Any]) -> str:
        name = f"w{len(self._arrays)}"
        self._arrays.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: list[str], **attributes: Any) -> str:
        name = f"y{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], name, **attributes))
        return name


def sized(model: ModelProto, height: int, width: int) -> bytes:
    """Return a model for pictures of one size."""
    copy = ModelProto()
    copy.CopyFrom(model)
    dims = copy.graph.input[0].type.tensor_type.shape.dim
    dims[2].dim_value, dims[3].dim_value = height, width
    return bytes(copy.SerializeToString())


def dense(arrays: Arrays) -> Arrays:
    """Return a body's binary weights as floats: signs times the scale of their filter."""
    bodies = {name.removesuffix(".sign") for name in arrays if name.endswith(".sign")}
    return dict(arrays) | {
        f"{body}.weight": dense_filters(arrays[f"{body}.sign"], arrays[f"{body}.scale"])
        for body in bodies
    }


def light(arrays: Arrays, convolutions: int, scale: int) -> ModelProto:
    """Return the light network in floats; the same arithmetic as networks/light.py."""
    graph = Graph()
    first = f = graph.conv(graph.shift("x", CENTRE), arrays["head.weight"], arrays["head.bias"])
    for i in range(convolutions):
        y = graph.conv(f, arrays[f"body.{i}.weight"], arrays[f"body.{i}.bias"])
        f = graph.add(graph.prelu(y, arrays[f"body.{i}.slope"]), f)
    tail = "tail" if "tail.weight" in arrays else f"tails.{scale}"
    detail = graph.conv(graph.add(f, first), arrays[f"{tail}.weight"], arrays[f"{tail}.bias"])
    whole = graph.add(detail, graph.bicubic("x", scale))
    return graph.model(graph.shuffle(whole, scale), 3, 3)


def srresnet(arrays: Arrays, convolutions: int, scale: int) -> ModelProto:
    """Return SRResNet in floats; the same arithmetic as networks/srresnet.py."""
    graph = Graph()
    head = graph.conv("x", arrays["head.weight"], arrays["head.bias"])
    first = f = graph.prelu(head, arrays["head.slope"])
    for i in range(0, convolutions, 2):
        y = graph.conv(f, arrays[f"body.{i}.weight"], arrays[f"body.{i}.bias"])
        y = graph.prelu(y, arrays[f"body.{i}.slope"])
        y = graph.conv(y, arrays[f"body.{i + 1}.weight"], arrays[f"body.{i + 1}.bias"])
        f = graph.add(y, f)
    f = graph.add(graph.conv(f, arrays["join.weight"], arrays["join.bias"]), first)
    for k, factor in enumerate(FACTORS[scale]):
        wide = graph.conv(f, arrays[f"up.{k}.weight"], arrays[f"up.{k}.bias"])
        f = graph.prelu(graph.shuffle(wide, factor), arrays[f"up.{k}.slope"])
    return graph.model(graph.conv(f, arrays["tail.weight"], arrays["tail.bias"]), 3, 3)


OURS: dict[str, Callable[[Arrays, int, int], ModelProto]] = {"light": light, "srresnet": srresnet}


def fsrcnn(scale: int) -> ModelProto:
    """Return FSRCNN(56, 12, 4) on luma (Dong et al. 2016) with random weights."""
    graph, random = Graph(), _Random()
    f = random.unit(graph, "x", 56, 1, 5)
    f = random.unit(graph, f, 12, 56, 1)
    for _ in range(4):
        f = random.unit(graph, f, 12, 12, 3)
    f = random.unit(graph, f, 56, 12, 1)
    weights = random.weights(1, 56, 9).transpose(1, 0, 2, 3)
    return graph.model(graph.enlarge(f, weights, scale), 1, 1)


def ecbsr(blocks: int, channels: int, scale: int) -> ModelProto:
    """Return ECBSR on luma as it is deployed (Zhang et al. 2021) with random weights."""
    graph, random = Graph(), _Random()
    f = random.unit(graph, "x", channels, 1, 3)
    for _ in range(blocks):
        f = random.unit(graph, f, channels, channels, 3)
    detail = graph.conv(f, random.weights(scale**2, channels, 3), random.bias(scale**2))
    return graph.model(graph.shuffle(graph.add(detail, "x"), scale), 1, 1)


def layers(channels: int, filters: int, size: int, count: int, whole: bool) -> ModelProto:
    """Return convolutions in a row with random weights; whole ones have a PReLU and a skip."""
    graph, random = Graph(), _Random()
    f = "x"
    for _ in range(count):
        weights, bias = random.weights(filters, channels, size), random.bias(filters)
        y = graph.conv(f, weights, bias)
        f = graph.add(graph.prelu(y, random.slopes(filters)), f) if whole else y
    return graph.model(f, channels, filters)


class _Random:
    """Weights that keep features near one."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def weights(self, filters: int, channels: int, size: int) -> Floats:
        deviation = (channels * size**2) ** -0.5
        shape = filters, channels, size, size
        return self._random.normal(0, deviation, shape).astype(np.float32)

    def bias(self, filters: int) -> Floats:
        return self._random.normal(0, 0.1, filters).astype(np.float32)

    def slopes(self, filters: int) -> Floats:
        return self._random.uniform(0, 0.5, filters).astype(np.float32)

    def unit(self, graph: Graph, x: str, filters: int, channels: int, size: int) -> str:
        y = graph.conv(x, self.weights(filters, channels, size), self.bias(filters))
        return graph.prelu(y, self.slopes(filters))


def _bicubic_filters(scale: int) -> Floats:
    """Return bicubic interpolation as (3 scale^2, 1, 5, 5) filters, phase after phase."""
    rows = np.zeros((scale, 5), np.float32)
    for phase, (first, taps) in enumerate(
        zip(bicubic_first(scale), bicubic_taps(scale), strict=True)
    ):
        rows[phase, first + 2 : first + 6] = taps
    one = np.einsum("ay,bx->abyx", rows, rows).reshape(scale**2, 1, 5, 5)
    return np.tile(one, (3, 1, 1, 1))
