"""Other libraries: each turns a model into a function from an array to an array."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Infer = Callable[[Floats], Floats]
PACKAGES = ("numba", "numpy", "onnxruntime", "openvino", "torch", "opencv-python-headless")


def versions() -> dict[str, str]:
    """Return the versions of the libraries that are installed."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def onnx_runtime(model: bytes, threads: int) -> Infer:
    """Load a model into ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
    return lambda x: session.run(None, {"x": x})[0]


def openvino(model: Any, threads: int) -> Infer:
    """Load a model into OpenVINO, in single precision (or int8, where the model is).

    Args:
        model: ONNX as bytes, or a model of OpenVINO's own.
        threads: how many.
    """
    import openvino

    core = openvino.Core()
    read = core.read_model(model, b"") if isinstance(model, bytes) else model
    # Its default is half precision on some processors; all are measured in single here.
    config = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
    compiled = core.compile_model(read, "CPU", config)
    request, output = compiled.create_infer_request(), compiled.output(0)
    return lambda x: request.infer([x], share_inputs=True, share_outputs=True)[output]


def opencv(model: bytes, threads: int) -> Infer:
    """Load a model into OpenCV's module for networks."""
    import cv2

    net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))

    def infer(x: Floats) -> Floats:
        cv2.setNumThreads(threads)
        net.setInput(x)
        return net.forward()

    return infer


RUNTIMES: dict[str, Callable[[bytes, int], Infer]] = {
    "ONNX Runtime": onnx_runtime,
    "OpenVINO": openvino,
}


def quantized(model: bytes, sample: Floats) -> onnx.ModelProto:
    """Return a model with 8-bit weights and activations, the latter measured on a sample.

    The activations of convolutions and sums are quantized; libraries fuse what lies between.

    Args:
        model: of the sample's size; the result is of any size.
        sample: (1, C, H, W).
    """
    import logging

    from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static

    logging.getLogger().setLevel(logging.ERROR)  # it advises to prepare models; these need none

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self._samples = iter([{"x": sample}])

        def get_next(self) -> dict[str, Any] | None:
            return next(self._samples, None)

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "float.onnx", Path(folder) / "int8.onnx"
        source.write_bytes(model)
        quantize_static(
            source, target, Reader(), per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
        )  # fmt: skip
        result = onnx.load(target)
    del result.graph.value_info[:]
    for value in (*result.graph.input, *result.graph.output):
        for side in value.type.tensor_type.shape.dim[2:]:
            side.Clear()
    return result


def difference(result: Floats, expected: Floats) -> float:
    """Return the largest difference, as a share of the largest expected value."""
    if result.shape != expected.shape:
        return float("inf")
    return float(np.abs(result - expected).max() / np.abs(expected).max())


def require_close(name: str, result: Floats, expected: Floats, tolerance: float) -> None:
    """End the run where a contestant does not compute what it should.

    Raises:
        SystemExit: its result differs by more than the tolerance, a share.
    """
    found = difference(result, expected)
    if not found <= tolerance:
        raise SystemExit(f"{name} differs by {found:.2g} of the largest value; not measured")
