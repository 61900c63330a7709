"""The weights file: a safetensors file whose header says all about the model.

`__metadata__` holds, as strings: format (its version), id, weights ("binary" or "float"), title,
network, config (JSON), scale, licence, training, scores (JSON) and sha256; family where it is not
"clean".  A network that enlarges by several factors says "2,4,8" as its scale: the file then has
a card for each, whose id and title end in the factor ("lapsrn-x4"), whose scores are found under
it, and whose config has it as its scale.  The checksum is that of the whole file with its own 64
digits replaced by zeros, so no byte can change unnoticed.
Nothing in a file is ever executed.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..disk import read_file, write_file
from ..errors import ModelFileError, system_reason
from ..networks import current_name, network_module
from .card import METADATA, ModelCard, ModelDescription, cards_of, config_of, metadata_of

if TYPE_CHECKING:
    from ..networks.layers import ArrayType

LARGEST_FILE = 1 << 30
_LARGEST_HEADER = 1 << 20
_MOST_DIMENSIONS = 8
_BLANK = "0" * 64
_ITEM_BYTES = {"U8": 1, "F16": 2, "F32": 4}

Arrays = Mapping[str, NDArray[Any]]


def read_cards(path: str | Path) -> list[ModelCard]:
    """Read the header of a weights file; the arrays are neither read nor checked.

    Args:
        path: of the file.

    Returns:
        A card for each scale that it serves.

    Raises:
        ModelFileError: it is missing, unreadable, not a weights file, cut short, or of a newer
            kind.
    """
    return _read(Path(path))[0]


def read_card(path: str | Path, scale: int | None = None) -> ModelCard:
    """Read the header of a weights file for one of its scales; see read_cards.

    Args:
        path: of the file.
        scale: one that it serves, its first by default.

    Raises:
        ModelFileError: as read_cards; or it does not serve the scale.
    """
    path = Path(path)
    return _of_scale(path, read_cards(path), scale)


def load_weights(
    path: str | Path, scale: int | None = None
) -> tuple[ModelCard, dict[str, NDArray[Any]]]:
    """Read and check a whole weights file.

    Args:
        path: of the file.
        scale: one that it serves, its first by default.

    Returns:
        Its card, and its arrays: float32, or uint8 where signs are packed.

    Raises:
        ModelFileError: as read_card; or its arrays do not fit its configuration, or it was altered.
    """
    path = Path(path)
    cards, header, start, body = _read(path, whole=True)
    card = _of_scale(path, cards, scale)
    _check_shapes(path, card, header)
    if _checksum(start + body, card.sha256) != card.sha256:
        raise ModelFileError("{file} was altered or damaged: its checksum differs.", file=path.name)
    arrays = {name: _array(body, entry) for name, entry in header.items() if name != METADATA}
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ModelFileError(
                "{file} holds a number that is not finite, in {array}.", file=path.name, array=name
            )
    return card, arrays


def save_weights(path: str | Path, arrays: Arrays, description: ModelDescription) -> None:
    """Write a weights file beside its target and rename it there.

    Args:
        path: of the file.
        arrays: as the network's `array_types` names them; float16 may stand for float32.
        description: what the header says.

    Raises:
        ValueError: the arrays do not fit the configuration.
        OSError: the file could not be written.
    """
    from safetensors.numpy import save

    network, config = current_name(description.network, description.config)
    shapes = {name: array.shape for name, array in arrays.items()}
    for scale in description.scales:
        expected = _expected(network, config_of(config, scale, description.scales), scale)
        if shapes != {name: kind.shape for name, kind in expected.items()}:
            raise ValueError("the arrays do not fit the configuration")
    metadata = metadata_of(replace(description, network=network, config=config)) | {
        "sha256": _BLANK
    }
    blank = save({name: np.ascontiguousarray(a) for name, a in arrays.items()}, metadata)
    digest = hashlib.sha256(blank).hexdigest()
    whole = blank.replace(_BLANK.encode(), digest.encode(), 1)
    write_file(Path(path), lambda file: file.write(whole))


def _read(path: Path, whole: bool = False) -> tuple[list[ModelCard], dict[str, Any], bytes, bytes]:
    """Return a file's cards, its parsed header, the bytes up to its end, and those of the arrays.

    The last are read only where the `whole` file is asked for.
    """
    try:
        with read_file(path) as file:
            size = os.fstat(file.fileno()).st_size
            start = file.read(8)
            length = _header_length(path, start, size)
            start += file.read(length)
            header = _parse_header(path, start[8:], size - len(start))
            cards = cards_of(path, header, size)
            return cards, header, start, file.read(size) if whole else b""
    except OSError as error:
        raise ModelFileError(
            "{file} could not be read: {reason}.", file=path.name, reason=system_reason(error)
        ) from error


def _checksum(raw: bytes, claimed: str) -> str:
    return hashlib.sha256(raw.replace(claimed.encode(), _BLANK.encode(), 1)).hexdigest()


def _header_length(path: Path, start: bytes, size: int) -> int:
    """Return the length of the header, from the first eight bytes of a file of `size` bytes."""
    length = int.from_bytes(start, "little")
    possible = size >= 8 and 2 <= length <= _LARGEST_HEADER
    # A length may begin with a pickle's byte, but a pickle's bytes never make a possible length.
    if not possible and start.startswith((b"\x80", b"PK\x03\x04")):
        raise ModelFileError(
            "{file} is a pickle or an archive, such as PyTorch writes; BSR never loads these.",
            file=path.name,
        )
    if size > LARGEST_FILE:
        raise ModelFileError("{file} is too large for a weights file.", file=path.name)
    if not possible:
        raise ModelFileError("{file} is not a safetensors file.", file=path.name)
    if 8 + length > size:
        raise ModelFileError("{file} is cut short: its header does not end.", file=path.name)
    return length


def _parse_header(path: Path, header: bytes, body_bytes: int) -> dict[str, Any]:
    """Parse the header; check that its arrays fill the `body_bytes` after it exactly."""
    try:
        parsed = json.loads(header)
        metadata = parsed[METADATA]
        entries = [entry for name, entry in parsed.items() if name != METADATA]
        # Python takes 32.0 and true for numbers that they equal; NumPy does not.  And it
        # repeats a text as often as the number beside it says.
        whole = all(type(n) is int for e in entries for n in (*e["shape"], *e["data_offsets"]))
        if not whole or any(len(entry["shape"]) > _MOST_DIMENSIONS for entry in entries):
            raise ValueError("no shape of an array")
        spans = sorted(tuple(entry["data_offsets"]) for entry in entries)
        expected = [
            _ITEM_BYTES[entry["dtype"]] * math.prod(entry["shape"])
            for entry in sorted(entries, key=lambda entry: entry["data_offsets"])
        ]
        sizes = [end - begin for begin, end in spans]
        strings = all(isinstance(value, str) for value in metadata.values())
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ModelFileError("{file} is not a BSR weights file.", file=path.name) from None
    starts = [begin for begin, _ in spans]
    ends = [end for _, end in spans]
    if sizes != expected or starts != [0, *ends][: len(starts)] or not (strings and ends):
        raise ModelFileError("{file} is damaged: its header contradicts itself.", file=path.name)
    if body_bytes < ends[-1]:
        raise ModelFileError(
            "{file} is cut short: {count} bytes are missing.",
            file=path.name,
            count=ends[-1] - body_bytes,
        )
    if body_bytes > ends[-1]:
        raise ModelFileError("{file} is damaged: there are bytes behind its end.", file=path.name)
    result: dict[str, Any] = parsed
    return result


def _of_scale(path: Path, cards: list[ModelCard], scale: int | None) -> ModelCard:
    """Return the card of a scale, the first by default."""
    for card in cards:
        if scale in (None, card.scale):
            return card
    raise ModelFileError("{file} does not enlarge by {scale}.", file=path.name, scale=scale)


def _expected(network: str, config: Mapping[str, Any], scale: int) -> dict[str, ArrayType]:
    module = network_module(network)
    parsed = module.parse(config)
    if parsed.scale != scale:
        raise ValueError(f"its factor is {scale} in one place and {parsed.scale} in another")
    return module.array_types(parsed)


def _check_shapes(path: Path, card: ModelCard, header: dict[str, Any]) -> None:
    """Hold the arrays in the header to what the network's configuration asks for."""
    try:
        expected = _expected(card.network, card.config, card.scale)
    except ValueError as error:
        raise ModelFileError(
            "{file} does not describe a network: {problem}.", file=path.name, problem=error
        ) from None
    for name, kind in expected.items():
        entry = header.get(name)
        if entry is None:
            raise ModelFileError(
                "{file} is damaged: the array {array} is missing.", file=path.name, array=name
            )
        if tuple(entry["shape"]) != kind.shape:
            raise ModelFileError(
                "{file} is damaged: {array} has the shape {shape} where {expected} is expected.",
                file=path.name,
                array=name,
                shape=tuple(entry["shape"]),
                expected=kind.shape,
            )
        if (entry["dtype"] == "U8") != (kind.dtype is np.uint8):
            raise ModelFileError(
                "{file} is damaged: {array} is of the wrong type.", file=path.name, array=name
            )
    surplus = header.keys() - expected.keys() - {METADATA}
    if surplus:
        raise ModelFileError(
            "{file} holds an array too many: {array}.", file=path.name, array=min(surplus)[:40]
        )


def _array(body: bytes, entry: dict[str, Any]) -> NDArray[Any]:
    begin, end = entry["data_offsets"]
    kind = {"U8": np.uint8, "F16": np.float16, "F32": np.float32}[entry["dtype"]]
    array = np.frombuffer(body[begin:end], kind).reshape(entry["shape"])
    return array if kind is np.uint8 else array.astype(np.float32)
