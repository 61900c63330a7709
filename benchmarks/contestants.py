"""Who takes part in the measure of whole networks: ours, ours elsewhere, and what others offer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import openvino
import torch
from numpy.typing import NDArray
from onnx import ModelProto

from bsr.engine.images import read_picture
from bsr.engine.models.card import ModelCard
from bsr.engine.models.catalog import Catalog
from bsr.engine.models.model import Model
from bsr.engine.models.weights_file import load_weights
from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale
from bsr.engine.verification import reference, reference_networks
from training.published import set5_psnr
from training.teachers import SMFANet, load_teacher

from . import graphs, rivals
from .scores import Enlarge
from .timing import Run

Pixels = NDArray[np.uint8]
Score = Callable[[Enlarge], float | None]
SAMPLE = Path(__file__).resolve().parent.parent / "resources" / "samples" / "coffee.png"
CHECKED_SIDE = 64
REFERENCE_SIDE = 12
"""The specification in NumPy takes its time."""
SIXTEEN_LEVELS = 16 / 255


@dataclass(frozen=True)
class Contestant:
    """A network in some program.

    Attributes:
        network: its name.
        precision: "binary", "binary weights", "float" or "int8".
        library: what runs it.
        planes: 3, or 1 where it enlarges luma alone.
        floats: numbers in the largest feature map for a pixel of the input; 0 where rows stream.
        psnr: on Set5 in dB, or None where unknown.
        source: of the PSNR: "measured" or "published".
        load: (side, threads) -> a function that enlarges a square once.
    """

    network: str
    precision: str
    library: str
    planes: int
    floats: int
    psnr: float | None
    source: str
    load: Callable[[int, int], Run]


def photograph(side: int) -> Pixels:
    """Return a square of a photograph, repeated where it is too small, (side, side, 3)."""
    pixels = read_picture(SAMPLE).pixels
    height, width, _ = pixels.shape
    times = (-(-side // height), -(-side // width), 1)
    return np.ascontiguousarray(np.tile(pixels, times)[:side, :side])


def planes_of(pixels: Pixels, planes: int) -> rivals.Floats:
    """Return a picture as a library takes it: (1, planes, height, width) in 0..1."""
    whole = reference.planes(pixels)[None]
    return np.ascontiguousarray(whole[:, :planes])


def pixels_of(planes: rivals.Floats) -> Pixels:
    """Return (1, 3, height, width) in 0..1 as a picture."""
    return reference.round_pixels(planes[0], np.uint8)


def contestants(
    catalog: Catalog, scale: int, weights_folder: Path | None, score: Score
) -> Iterator[Contestant]:
    """Yield all for one scale, each after a look at what it computes.

    Args:
        catalog: of the installed models; those of equal shape run equally long: one is measured.
        scale: 2 or 4.
        weights_folder: with `smfanet-x2.safetensors`, `smfanet-x4.safetensors`, where there.
        score: measures the PSNR of what enlarges pictures, or does not.
    """
    seen: set[str] = set()
    # Those for clean pictures speak for their shape.
    for card in sorted(catalog.cards(), key=lambda card: card.family != "clean"):
        shape = json.dumps([card.network, {**card.config, "scales": None}], sort_keys=True)
        if card.scale == scale and shape not in seen:
            seen.add(shape)
            yield from _ours(catalog, card, score)
    yield from _shapes(scale)
    yield from _smfanet(scale, weights_folder, score)
    yield from _resizing(scale, score)


def _ours(catalog: Catalog, card: ModelCard, score: Score) -> Iterator[Contestant]:
    """Yield a model of ours, and in other libraries, too, one that computes in floats."""
    model = catalog.load(card)
    psnr = card.scores.get("Set5", {}).get("psnr")
    small = photograph(REFERENCE_SIDE)
    _, arrays = load_weights(card.path, card.scale)
    made = upscale(model, Picture(small), threads=1).pixels
    forward = getattr(reference_networks, card.network)
    if not np.array_equal(made, forward(model.network.config, arrays, small)):  # type: ignore[attr-defined]
        raise SystemExit(f"{card.id} {card.weights} differs from its reference; not measured")
    precision = "binary weights" if "binary-weight" in str(card.config) else card.weights
    yield Contestant(card.id, precision, "BSR", 3, 0, psnr, "measured", partial(_our_run, model))
    if card.config["precision"] != "binary" and card.network in graphs.OURS:
        dense = graphs.dense(arrays)
        graph = graphs.OURS[card.network](dense, card.config["convolutions"], card.scale)
        floats = 64 * (card.scale**2 if card.network == "srresnet" else 1)
        expected = planes_of(upscale(model, Picture(photograph(CHECKED_SIDE))).pixels, 3)
        yield from _elsewhere(card.id, graph, 3, floats, psnr, "measured", expected, score)


def _our_run(model: Model, side: int, threads: int) -> Run:
    picture = Picture(photograph(side))
    return lambda: upscale(model, picture, threads=threads)


def _shapes(scale: int) -> Iterator[Contestant]:
    """Yield small networks of others; random weights suffice for their time."""
    networks = {
        "FSRCNN": (graphs.fsrcnn(scale), 56),
        "ECBSR-M10C16": (graphs.ecbsr(10, 16, scale), 16),
        "ECBSR-M10C32": (graphs.ecbsr(10, 32, scale), 32),
        "ECBSR-M16C64": (graphs.ecbsr(16, 64, scale), 64),
    }
    for name, (graph, floats) in networks.items():
        psnr = set5_psnr(name, scale)
        yield from _elsewhere(name, graph, 1, floats, psnr, "published", None, _no_score)


def _elsewhere(
    name: str,
    graph: ModelProto,
    planes: int,
    floats: int,
    psnr: float | None,
    source: str,
    expected: rivals.Floats | None,
    score: Score,
) -> Iterator[Contestant]:
    """Yield a graph in the other libraries, in floats and with 8-bit numbers.

    Args:
        name: of the network.
        graph: the network.
        planes: see Contestant.
        floats: see Contestant.
        psnr: see Contestant; that of the floats.
        source: see Contestant.
        expected: the enlarged sample, (1, planes, height, width); None for what ONNX Runtime makes.
        score: of the 8-bit numbers, where the network takes colour.
    """
    x = planes_of(photograph(CHECKED_SIDE), planes)
    whole = graphs.sized(graph, CHECKED_SIDE, CHECKED_SIDE)
    int8 = rivals.quantized(whole, x)
    psnr8 = score(partial(_enlarged, rivals.onnx_runtime(int8.SerializeToString(), 1)))
    if expected is None:
        expected = np.array(rivals.onnx_runtime(whole, 1)(x))
    for precision, model, tolerance in (("float", graph, 0.01), ("int8", int8, SIXTEEN_LEVELS * 4)):
        for library, load in rivals.RUNTIMES.items():
            made = np.array(load(graphs.sized(model, CHECKED_SIDE, CHECKED_SIDE), 1)(x))
            made = made.clip(0, 1) if planes == 3 else made
            rivals.require_close(f"{name} in {library}, {precision}", made, expected, tolerance)
            known = psnr if precision == "float" else psnr8
            run = partial(_rival_run, model, load, planes)
            yield Contestant(name, precision, library, planes, floats, known, source, run)


def _no_score(enlarge: Enlarge) -> float | None:
    """Return nothing: random weights have no quality."""
    return None


def _enlarged(infer: rivals.Infer, pixels: Pixels) -> Pixels:
    return pixels_of(np.asarray(infer(planes_of(pixels, 3))))


def _rival_run(model: ModelProto, load: Any, planes: int, side: int, threads: int) -> Run:
    infer, x = load(graphs.sized(model, side, side), threads), planes_of(photograph(side), planes)
    return lambda: infer(x)


def _smfanet(scale: int, folder: Path | None, score: Score) -> Iterator[Contestant]:
    """Yield SMFANet in PyTorch and OpenVINO, with its weights where they are there."""
    torch.set_grad_enabled(False)
    file = None if folder is None else folder / f"smfanet-x{scale}.safetensors"
    there = file is not None and file.is_file()
    network = load_teacher(file) if there else SMFANet(scale).eval()

    def in_torch(side: int, threads: int) -> Run:
        x = torch.from_numpy(planes_of(photograph(side), 3))

        def run() -> Any:
            torch.set_num_threads(threads)
            return network(x)

        return run

    def in_openvino(side: int, threads: int) -> Run:
        x = planes_of(photograph(side), 3)
        shape = [(1, 3, side, side)]
        model = openvino.convert_model(network, example_input=torch.from_numpy(x), input=shape)
        infer = rivals.openvino(model, threads)
        return lambda: infer(x)

    made, expected = in_openvino(CHECKED_SIDE, 1)(), in_torch(CHECKED_SIDE, 1)().numpy()
    rivals.require_close("SMFANet in OpenVINO", np.asarray(made), expected, 0.01)
    enlarge = partial(_enlarged, lambda x: network(torch.from_numpy(x)).numpy())
    psnr = score(enlarge) if there else None
    for library, load in (("PyTorch", in_torch), ("OpenVINO", in_openvino)):
        yield Contestant("SMFANet", "float", library, 3, 72, psnr, "measured", load)


def _resizing(scale: int, score: Score) -> Iterator[Contestant]:
    """Yield OpenCV's interpolations."""
    for name, filter in (("bicubic", cv2.INTER_CUBIC), ("Lanczos", cv2.INTER_LANCZOS4)):

        def load(side: int, threads: int, filter: int = filter) -> Run:
            pixels, size = photograph(side), (scale * side, scale * side)

            def run() -> Any:
                cv2.setNumThreads(threads)
                return cv2.resize(pixels, size, interpolation=filter)

            return run

        def enlarge(pixels: Pixels, filter: int = filter) -> Pixels:
            size = (scale * pixels.shape[1], scale * pixels.shape[0])
            return cv2.resize(pixels, size, interpolation=filter)

        yield Contestant(name, "float", "OpenCV", 3, 0, score(enlarge), "measured", load)
