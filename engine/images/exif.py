"""EXIF: what it says of a picture, and what of it is kept and written again."""

from __future__ import annotations

import io
import math
from collections.abc import Container
from typing import BinaryIO

from PIL import Image

from . import tiff_tags
from .formats import LARGEST_DPI

EXIF_PREFIX = b"Exif\0\0"
_INCH = 2
_PER_INCH = {None: 1.0, 2.0: 1.0, 3.0: 2.54}  # by the unit: inches if unsaid, or centimetres
_WIDTH, _HEIGHT = 0xA002, 0xA003
_COLOUR_SPACE, _UNCALIBRATED = 0xA001, 65_535
_INTEROP_INDEX, _OPTIONAL_COLOURS = 1, b"R03"

# Of the first directory, what tells about the photograph: the rest describes the old file (its
# strips, its thumbnail).  0x9C9B and following are what Windows stores as title, author, ...
_KEPT = {0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x4746, 0x4749, 0x8298}
_KEPT |= {0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, tiff_tags.EXIF, tiff_tags.GPS}
_ASKED = _KEPT | {
    tiff_tags.ORIENTATION,
    tiff_tags.X_RESOLUTION,
    tiff_tags.Y_RESOLUTION,
    tiff_tags.RESOLUTION_UNIT,
}

# Of the EXIF directory, what counts in pixels of the old picture: its size, the subject's place,
# the pixels per centimetre of the sensor, the size again in the directory for exchange.
_STALE = {_WIDTH, _HEIGHT, 0x9214, 0xA20E, 0xA20F, 0xA210, 0xA214, 0x1001, 0x1002}


def exif_directory(source: bytes | BinaryIO) -> tiff_tags.Directory:
    """Return the tags of an EXIF block or of a TIFF file; empty where they are damaged."""
    if isinstance(source, bytes):
        while source.startswith(EXIF_PREFIX):
            source = source[len(EXIF_PREFIX) :]
        source = io.BytesIO(source)
    else:
        source.seek(0)
    try:
        return tiff_tags.read_block(source, _ASKED)
    except ValueError:
        return {}


def exif_source(image: Image.Image) -> bytes:
    """Return the EXIF block of an opened picture that is not a TIFF, empty where it has none."""
    block = image.info.get("exif")
    return block if isinstance(block, bytes) else b""


def orientation_of(directory: tiff_tags.Directory) -> int:
    """Return how the stored picture has to be turned, 1 (not at all) to 8."""
    value = tiff_tags.number(directory, tiff_tags.ORIENTATION)
    return int(value) if value is not None and 1 <= value <= 8 else 1


def is_transposed(orientation: int) -> bool:
    """Return whether an orientation exchanges rows and columns."""
    return orientation >= 5


def is_adobe_rgb(directory: tiff_tags.Directory) -> bool:
    """Return whether a camera says by EXIF that the colours are DCF's other ones, Adobe RGB."""
    exif = directory.get(tiff_tags.EXIF)
    if not isinstance(exif, dict):
        return False
    interop = exif.get(tiff_tags.INTEROP)
    index = interop.get(_INTEROP_INDEX) if isinstance(interop, dict) else None
    named = isinstance(index, tiff_tags.Field) and index.data.startswith(_OPTIONAL_COLOURS)
    return named and tiff_tags.number(exif, _COLOUR_SPACE) == _UNCALIBRATED


def dpi_of(image: Image.Image, directory: tiff_tags.Directory) -> tuple[float, float] | None:
    """Return the dots per inch (x, y) that the file or its EXIF block says, or None."""
    pair = image.info.get("dpi")
    # Of a JPEG without a density of its own, Pillow makes one up from half of the EXIF block.
    own = image.format not in ("TIFF", "JPEG", "MPO") or image.info.get("jfif_unit") in (1, 2)
    if not own or not isinstance(pair, tuple) or len(pair) != 2:
        factor = _PER_INCH.get(tiff_tags.number(directory, tiff_tags.RESOLUTION_UNIT), 0.0)
        pair = tuple(
            (tiff_tags.number(directory, tag) or 0.0) * factor
            for tag in (tiff_tags.X_RESOLUTION, tiff_tags.Y_RESOLUTION)
        )
    x, y = float(pair[0]), float(pair[1])
    # One dot per inch is what writers put where they know nothing.
    return (x, y) if all(math.isfinite(v) and v > 1 for v in (x, y)) else None


def kept_exif(directory: tiff_tags.Directory) -> bytes | None:
    """Return the EXIF block to keep with an upright picture, without thumbnail and stale sizes."""
    kept = _only(directory, _KEPT)
    exif = kept.get(tiff_tags.EXIF)
    if isinstance(exif, dict):
        kept[tiff_tags.EXIF] = exif = _lasting(exif)
        if tiff_tags.maker_note(kept) is None:
            exif.pop(tiff_tags.MAKER_NOTE, None)
        if is_adobe_rgb(directory):  # a profile says so from now on, or the colours were converted
            exif.pop(tiff_tags.INTEROP)
    if not kept:
        return None
    return EXIF_PREFIX + tiff_tags.write_block(kept | {tiff_tags.ORIENTATION: tiff_tags.short(1)})


def renewed_exif(
    exif: bytes | None, height: int, width: int, dpi: tuple[float, float] | None
) -> tiff_tags.Directory:
    """Return the tags to write with a picture: those of its EXIF block, with its present size.

    Args:
        exif: a picture's EXIF block, or None.
        height: rows of the picture as it is written.
        width: its columns.
        dpi: dots per inch (x, y), or None.

    Returns:
        A directory, empty where the picture has no EXIF block.
    """
    directory = _only(exif_directory(exif or b""), _KEPT)
    if not directory:
        return {}
    inner = directory.get(tiff_tags.EXIF)
    size = {_WIDTH: tiff_tags.long(width), _HEIGHT: tiff_tags.long(height)}
    directory[tiff_tags.EXIF] = (inner if isinstance(inner, dict) else {}) | size
    return directory | {tiff_tags.ORIENTATION: tiff_tags.short(1)} | resolution(dpi)


def resolution(dpi: tuple[float, float] | None) -> tiff_tags.Directory:
    """Return the tags that say dots per inch, none where they are unknown or beyond all measure."""
    if dpi is None or max(dpi) > LARGEST_DPI:
        return {}
    return {
        tiff_tags.X_RESOLUTION: tiff_tags.rational(dpi[0]),
        tiff_tags.Y_RESOLUTION: tiff_tags.rational(dpi[1]),
        tiff_tags.RESOLUTION_UNIT: tiff_tags.short(_INCH),
    }


def exif_block(directory: tiff_tags.Directory, limit: int | None = None) -> bytes | None:
    """Return an EXIF block's bytes, without the maker's note or none at all beyond the limit."""
    if not directory:
        return None
    block = EXIF_PREFIX + tiff_tags.write_block(directory)
    exif = directory.get(tiff_tags.EXIF)
    if limit is not None and len(block) > limit and isinstance(exif, dict):
        smaller = {tag: value for tag, value in exif.items() if tag != tiff_tags.MAKER_NOTE}
        block = EXIF_PREFIX + tiff_tags.write_block(directory | {tiff_tags.EXIF: smaller})
    return block if limit is None or len(block) <= limit else None


def _lasting(directory: tiff_tags.Directory) -> tiff_tags.Directory:
    return {
        tag: value if isinstance(value, tiff_tags.Field) else _lasting(value)
        for tag, value in directory.items()
        if tag not in _STALE
    }


def _only(directory: tiff_tags.Directory, tags: Container[int]) -> tiff_tags.Directory:
    return {tag: value for tag, value in directory.items() if tag in tags}
