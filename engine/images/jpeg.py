"""JPEG files with a hole: libjpeg fills what is missing with mid-grey and tells nobody."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageChops

from bsr.engine.images.errors import Unreadable

_START_OF_SCAN, _END = 0xDA, b"\xff\xd9"
_FILLED = {127, 128}
_SCAN_LIMIT = 500  # progressive files have about ten
# Anything that decodes to something else than grey: it takes the place of missing data.
_OTHER_DATA = bytes(range(1, 241)) * 4


def check_plausible(file: BinaryIO) -> None:
    """Refuse files without an end mark, and those that would keep libjpeg busy for minutes.

    Args:
        file: the JPEG file; its position is kept.

    Raises:
        Unreadable: the file is incomplete or damaged.
    """
    position = file.tell()
    file.seek(0)
    data = file.read()
    file.seek(position)
    if data.find(_END, _scan(data)) < 0:
        raise Unreadable("is incomplete: the file ends too early")
    if data.count(b"\xff\xda") > _SCAN_LIMIT:
        raise Unreadable("is damaged: it has too many scans")


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
    file.seek(0)
    data = file.read()
    end = data.find(_END, _scan(data))
    padded = io.BytesIO(b"".join((data[:end], _OTHER_DATA, _END)))
    with Image.open(padded, formats=("JPEG",)) as again:
        if ImageChops.difference(again, image).getbbox(alpha_only=False):
            raise Unreadable("is incomplete: a part of the picture is missing")


def _scan(data: bytes) -> int:
    """Return where the first scan begins; the thumbnail in the EXIF block has its own end mark."""
    position = 2
    while position + 4 <= len(data) and data[position + 1] != _START_OF_SCAN:
        if data[position] != 0xFF or data[position + 1] == 0xFF:
            position += 1
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return position
