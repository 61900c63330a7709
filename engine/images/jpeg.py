"""JPEG files with a hole: libjpeg fills what is missing with mid-grey and tells nobody."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageChops

from .errors import Unreadable

_START_OF_SCAN, _END_OF_IMAGE, _END = 0xDA, 0xD9, b"\xff\xd9"
# A mark other than those that stand among the data of a scan.
_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_FILLED = {127, 128}
_SCAN_LIMIT = 500  # progressive files have about ten
_STEP_LIMIT = 500_000  # segments and bytes between them, before the first scan
# A file may go on behind its picture, with a short film for example, but not for ever.
_BYTES_BESIDE, _BYTES_A_PIXEL = 1 << 30, 8
_BLOCK = 1 << 20
# Anything that decodes to something else than grey: it takes the place of missing data.
_OTHER_DATA = bytes(range(1, 241)) * 4


def check_plausible(file: BinaryIO, size: tuple[int, int]) -> None:
    """Refuse files without an end mark, and those that would keep libjpeg busy for minutes.

    Args:
        file: the JPEG file; its position is kept.
        size: (width, height) of the picture.

    Raises:
        Unreadable: the file is incomplete or damaged.
    """
    if os.fstat(file.fileno()).st_size > _BYTES_BESIDE + _BYTES_A_PIXEL * size[0] * size[1]:
        raise Unreadable("is damaged: it is far larger than its picture")
    position = file.tell()
    if _find_end(file) is None:
        raise Unreadable("is incomplete: the file ends too early")
    if _has_many_scans(file):
        raise Unreadable("is damaged: it has too many scans")
    file.seek(position)


def check_complete(image: Image.Image, file: BinaryIO) -> None:
    """Refuse a picture whose last block was invented by the decoder.

    Such a file has an end mark before its data is complete, as careless repair tools write it.
    Only a picture that ends in exactly mid-grey is suspected; it is decoded once more with other
    data before the end mark, which changes nothing where nothing was missing.

    Args:
        image: decoded from the file.
        file: the JPEG file.

    Raises:
        Unreadable: the data is incomplete.
    """
    corner = image.getpixel((image.width - 1, image.height - 1))
    if not set(corner if isinstance(corner, tuple) else (corner,)) <= _FILLED:
        return
    padded = io.BytesIO()
    end = _find_end(file) or 0
    for start, block in _blocks(file, 0):
        padded.seek(start)
        padded.write(block[: max(0, end - start)])
    padded.write(_OTHER_DATA + _END)
    with Image.open(padded, formats=("JPEG",)) as again:
        if ImageChops.difference(again, image).getbbox(alpha_only=False):
            raise Unreadable("is incomplete: a part of the picture is missing")


def _find_end(file: BinaryIO) -> int | None:
    """Return where the end mark of the picture is, None where there is none."""
    for start, block in _blocks(file, _first_scan(file)):
        if (found := block.find(_END)) >= 0:
            return start + found
    return None


def _has_many_scans(file: BinaryIO) -> bool:
    """Count scans to the picture's end; what lies behind it is none of them."""
    scans = 0
    for number, mark in enumerate(_marks(file, _first_scan(file))):
        scans += mark == _START_OF_SCAN
        if mark == _END_OF_IMAGE:
            return False
        if scans > _SCAN_LIMIT or number > _STEP_LIMIT:
            return True
    return False


def _marks(file: BinaryIO, position: int) -> Iterator[int]:
    """Yield the marks from a position on, without what is written in their segments."""
    start, block = position, b""
    while True:
        if position + 4 > start + len(block):
            file.seek(position)
            start, block = position, file.read(_BLOCK)
            if len(block) < 4:
                return
        found = _MARK.search(block, position - start)
        if found is None and len(block) < _BLOCK:
            return
        position = start + (len(block) - 1 if found is None else found.start())
        if position + 4 <= start + len(block):
            at = position - start
            yield block[at + 1]
            position += 2 + int.from_bytes(block[at + 2 : at + 4], "big")


def _blocks(file: BinaryIO, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield (position, bytes) of the file from a position on, each block with a byte of the next.

    So a mark of two bytes is in exactly one block.
    """
    while True:
        file.seek(position)
        block = file.read(_BLOCK + 1)
        if not block:
            return
        yield position, block
        position += _BLOCK


def _first_scan(file: BinaryIO) -> int:
    """Return where the first scan begins; the thumbnail in the EXIF block has its own end mark.

    Raises:
        Unreadable: it is behind more than a header holds.
    """
    position = 2
    for _ in range(_STEP_LIMIT):
        file.seek(position)
        start = file.read(4)
        if len(start) < 4 or start[1] == _START_OF_SCAN:
            return position
        if start[0] != 0xFF or start[1] == 0xFF:
            position += 1
        else:
            position += 2 + int.from_bytes(start[2:4], "big")
    raise Unreadable("is damaged: its header has too many parts")
