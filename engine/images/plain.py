"""The numbers of a plain PGM or PPM, which are text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from .errors import Unreadable

_BLOCK = 1 << 20
_SPACE = b" \t\n\v\f\r"
_LONGEST = 10  # digits of a number


def plain_numbers(file: BinaryIO, count: int, most: int) -> NDArray[np.uint16]:
    """Read numbers that are written as text, with comments between them.

    Args:
        file: at the first number.
        count: how many are read at most.
        most: the largest value that is allowed.

    Returns:
        (numbers,) uint16, fewer than `count` where the file ends.

    Raises:
        Unreadable: there is something else than numbers, or one that is too large.
    """
    parts: list[NDArray[np.uint16]] = []
    missing = count
    for text in _whole_numbers(file):
        if text.translate(None, b"0123456789" + _SPACE):
            raise Unreadable("is damaged")
        if not text.strip():
            continue  # NumPy would find a zero
        values = np.fromstring(text, np.int64, sep=" ")[:missing]
        if values.size and int(values.max()) > most:
            raise Unreadable("is damaged: a value is too large")
        parts.append(values.astype(np.uint16))
        missing -= len(values)
        if missing == 0:
            break
    return np.concatenate(parts) if parts else np.zeros(0, np.uint16)


def _whole_numbers(file: BinaryIO) -> Iterator[bytes]:
    """Yield the text in pieces that end between two numbers."""
    rest = b""
    for block in _without_comments(file):
        head = (rest + block).rstrip(b"0123456789")
        rest = (rest + block)[len(head) :]
        if len(rest) > _LONGEST:
            raise Unreadable("is damaged")
        yield head
    yield rest


def _without_comments(file: BinaryIO) -> Iterator[bytes]:
    """Yield the text without what stands between a # and the end of its line."""
    inside = False
    while block := file.read(_BLOCK):
        if not inside and b"#" not in block:
            yield block
            continue
        pieces = block.replace(b"\r", b"\n").split(b"\n")
        kept = []
        for number, line in enumerate(pieces):
            inside = inside and number == 0
            text, mark, _ = (b"", b"#", b"") if inside else line.partition(b"#")
            inside = bool(mark)
            kept.append(text)
        yield b"\n".join(kept)
