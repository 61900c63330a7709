"""JPEG files with a hole: libjpeg fills what is missing with mid-grey and tells nobody."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageChops, JpegImagePlugin

from ..errors import Sentence
from .errors import INCOMPLETE, Unreadable

_START_OF_SCAN, _END_OF_IMAGE, _END = 0xDA, 0xD9, b"\xff\xd9"
_RESTART_INTERVAL, _RESTART = 0xDD, re.compile(rb"\xff[\xd0-\xd7]")
# A mark other than those that stand among the data of a scan.
_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_COEFFICIENTS, _ALL_BITS = 64, 16
_MISSING = Sentence("is incomplete: a part of the picture is missing")
_FILLED = {127, 128}
_SCAN_LIMIT = 500  # progressive files have about ten
_STEP_LIMIT = 200_000  # segments and bytes between them, before the first scan
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
        raise Unreadable(INCOMPLETE)
    if _has_many_scans(file):
        raise Unreadable("is damaged: it has too many scans")
    file.seek(position)


def check_complete(image: JpegImagePlugin.JpegImageFile, file: BinaryIO) -> None:
    """Refuse a picture of which the decoder invented a part.

    Such a file has an end mark before its data is complete, as careless repair tools write it, or
    a hole.  It lacks scans or restart marks, or its last block was invented: only a picture that
    ends in exactly mid-grey is suspected; it is decoded once more with other data before the end
    mark, which changes nothing where nothing was missing.

    Args:
        image: decoded from the file.
        file: the JPEG file.

    Raises:
        Unreadable: the data is incomplete.
    """
    if _lacks_scans(image, file) or _lacks_restarts(image, file):
        raise Unreadable(_MISSING)
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
            raise Unreadable(_MISSING)


def _lacks_scans(image: JpegImagePlugin.JpegImageFile, file: BinaryIO) -> bool:
    """Return whether the scans of a progressive file leave bits of a coefficient out."""
    if "progressive" not in image.info:
        return False
    missing_bits = {layer[0]: [_ALL_BITS] * _COEFFICIENTS for layer in image.layer}
    for mark, position in _marks(file, _first_scan(file)):
        if mark == _END_OF_IMAGE:
            break
        if mark == _START_OF_SCAN:
            file.seek(position + 4)
            layers = file.read(2 * file.read(1)[0])[::2]
            first, last, bits = file.read(3)
            for layer in layers:
                missing_bits[layer][first : last + 1] = [bits & 15] * (last + 1 - first)
    return any(map(any, missing_bits.values()))


def _lacks_restarts(image: JpegImagePlugin.JpegImageFile, file: BinaryIO) -> bool:
    """Return whether a file of one scan has fewer restart marks than its header promises."""
    interval = layers = 0
    for mark, position in _marks(file, 2):
        file.seek(position + 4)
        if mark == _RESTART_INTERVAL:
            interval = int.from_bytes(file.read(2), "big")
        elif mark == _START_OF_SCAN:
            layers = file.read(1)[0]
            break
    if interval == 0 or layers != len(image.layer):
        return False
    across, down = (
        8 if layers == 1 else 8 * max(layer[axis] for layer in image.layer) for axis in (1, 2)
    )
    units = -(-image.width // across) * -(-image.height // down)
    end = _find_end(file) or 0
    found = sum(
        start + match.start() < end
        for start, block in _blocks(file, _first_scan(file))
        for match in _RESTART.finditer(block)
    )
    return found < -(-units // interval) - 1


def _find_end(file: BinaryIO) -> int | None:
    """Return where the end mark of the picture is, None where there is none."""
    for start, block in _blocks(file, _first_scan(file)):
        if (found := block.find(_END)) >= 0:
            return start + found
    return None


def _has_many_scans(file: BinaryIO) -> bool:
    """Count scans to the picture's end; what lies behind it is none of them."""
    scans = 0
    for number, (mark, _) in enumerate(_marks(file, _first_scan(file))):
        scans += mark == _START_OF_SCAN
        if mark == _END_OF_IMAGE:
            return False
        if scans > _SCAN_LIMIT or number > _STEP_LIMIT:
            return True
    return False


def _marks(file: BinaryIO, position: int) -> Iterator[tuple[int, int]]:
    """Yield the marks from a position on, and where each is, without what their segments hold."""
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
            yield block[at + 1], position
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
