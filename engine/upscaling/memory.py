"""How much memory an enlargement takes, and whether there is as much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..errors import NotEnoughMemory, Sentence
from ..images import FORMATS, encoder_bytes
from ..machine import cores, memory
from ..models.card import ModelCard
from ..models.zero_weights import zero_weight_network
from ..networks import Network
from .tiles import Tile, divide, output_size, pass_sizes, tile_pipeline

# Python, NumPy, Numba and the kernels, while these are being compiled.
_PROGRAM = 240 << 20
# What is given back, but kept by the C library for later: up to so much of a pass's pipelines.
_KEPT = 96 << 20
# Decoding takes up to so many bytes a pixel beside what it gives (a WebP's). Spreading colour below
# transparency takes more, but less than the pass that follows.
_DECODER_BYTES = 13
# Of what is free; the rest is left to other programs.
_USABLE = 0.9


@dataclass(frozen=True)
class Workload:
    """What decides how much memory an enlargement takes.

    Attributes:
        card: the model.
        height: of the picture.
        width: of the picture.
        scale: the factor, 1..8.
        threads: None for one per core.
        bits: 8 or 16.
        alpha: whether there is transparency.
        encoder_bytes: a pixel, beside the result; see images.formats.encoder_bytes.
        file_bytes: of the file that are in memory while it is decoded.
        results: how many are made and then mixed.
        view_bytes: a pixel, for what shows the result of each pass while it grows.
    """

    card: ModelCard
    height: int
    width: int
    scale: float
    threads: int | None = None
    bits: int = 8
    alpha: bool = False
    encoder_bytes: int = 0
    file_bytes: int = 0
    results: int = 1
    view_bytes: int = 0


def needed_memory(work: Workload) -> int:
    """Return the bytes that enlarging and writing a picture takes at most, the program included."""
    card, height, width, scale = work.card, work.height, work.width, work.scale
    threads = cores() if work.threads is None else work.threads
    network = zero_weight_network(card.network, card.config)
    sample_bytes = work.bits // 8
    # Alpha is enlarged as a picture of three equal colours, and kept as one.
    pixel_bytes = sample_bytes * (3 + 3 + 1 if work.alpha else 3)
    peak = height * width * (pixel_bytes + _DECODER_BYTES) + work.file_bytes
    for rows, columns in pass_sizes(height, width, scale, card.scale):
        pipelines = _pipelines(network, card, rows, columns, threads)
        pictures = (1 + card.scale**2) * rows * columns * pixel_bytes
        view = card.scale**2 * rows * columns * work.view_bytes
        peak = max(peak, pictures + view + pipelines + min(pipelines, _KEPT))
    wanted = int(np.prod(output_size(height, width, scale), dtype=np.int64))
    reduced = wanted * pixel_bytes if scale % card.scale else 0
    mixing = work.results * wanted * pixel_bytes if work.results > 1 else 0
    return _PROGRAM + max(peak + reduced + mixing, wanted * (pixel_bytes + work.encoder_bytes))


def _pipelines(network: Network, card: ModelCard, height: int, width: int, threads: int) -> int:
    """Return the bytes that the pipelines of all threads take."""
    pixels = np.broadcast_to(np.zeros(1, np.uint8), (height, width, 3))
    result = np.broadcast_to(pixels[:1, :1], (card.scale * height, card.scale * width, 3))
    division = divide(height, width, threads)
    largest = max(tile.right - tile.left for tile in division.tiles)
    middle = (width - largest) // 2
    first = division.tiles[0]
    tile = Tile(first.top, first.bottom, middle, middle + largest)
    pipeline = tile_pipeline(network, pixels, tile, result, division.ahead)
    return division.at_a_time * pipeline.bytes


def check_memory(work: Workload, limit: int | None = None) -> int:
    """Refuse an enlargement that would not fit, before it starts.

    Args:
        work: the enlargement.
        limit: bytes that may be used; None for most of what is free now.

    Returns:
        The bytes that are needed.

    Raises:
        NotEnoughMemory: with what is needed, what there is, and what would fit.
    """
    available = _available(limit)
    wanted = needed_memory(work)
    if wanted <= available:
        return wanted
    smaller = (replace(work, scale=scale) for scale in (6, 4, 3, 2) if scale < work.scale)
    fitting = next((other.scale for other in smaller if needed_memory(other) <= available), None)
    advice = (
        Sentence("A scale of {scale} would fit.", scale=fitting)
        if fitting
        else Sentence("A smaller part of the picture would fit.")
    )
    raise NotEnoughMemory(
        "Enlarging {width} x {height} pixels by {scale} takes {wanted} GB of memory; "
        "{available} GB may be used. {advice}",
        width=work.width,
        height=work.height,
        scale=f"{work.scale:g}",
        wanted=round(wanted / 1e9, 1),
        available=round(available / 1e9, 1),
        advice=advice,
    )


def check_mix(cards: Sequence[ModelCard], work: Workload, limit: int | None = None) -> None:
    """Refuse what several models make of one picture where one of them would not fit.

    Args:
        cards: the models whose results are mixed, or the only one.
        work: what each of them does; `card` and `results` are filled in here.
        limit: as for `check_memory`.

    Raises:
        NotEnoughMemory: as `check_memory`.
    """
    for card in cards:
        check_memory(replace(work, card=card, results=len(cards)), limit)


def check_saving(
    height: int, width: int, format: str, quality: int, limit: int | None = None
) -> None:
    """Refuse to write a picture that is already there where its encoder would not fit beside it.

    Args:
        height: of the picture.
        width: of the picture.
        format: a key of FORMATS.
        quality: as for `encoder_bytes`.
        limit: as for `check_memory`.

    Raises:
        NotEnoughMemory: with what is needed, what there is, and what would fit.
    """
    wanted, available = height * width * encoder_bytes(format, quality), _available(limit)
    if wanted > available:
        raise NotEnoughMemory(
            "Writing {width} x {height} pixels as {format} takes {wanted} GB of memory; "
            "{available} GB may be used. PNG, JPEG and TIFF take less.",
            width=width,
            height=height,
            format=FORMATS[format].title,
            wanted=round(wanted / 1e9, 1),
            available=round(available / 1e9, 1),
        )


def _available(limit: int | None) -> int:
    return int(memory().available * _USABLE) if limit is None else limit
