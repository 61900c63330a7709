"""TIFF: the kinds that Pillow leaves out, and a writer that streams strips."""

from __future__ import annotations

import ctypes
import os
import zlib
from contextlib import suppress
from struct import pack
from typing import Any, BinaryIO

from numpy.typing import NDArray
from PIL import Image, ImagePalette, TiffImagePlugin, _imaging

from . import tiff_tags
from .bounded import check_free_memory
from .errors import INCOMPLETE, OVERFULL, Unreadable
from .raster import Raster

_LEVEL = 4
_CLASSIC_LIMIT = (1 << 32) - (1 << 26)  # beyond it, offsets need the 64 bits of BigTIFF
_TABLE_BYTES = 32 << 20  # of the places of strips and tiles
_VALUE_COPIES = 3  # that Pillow makes of what its tags hold
_TILE_PIXELS = 1 << 24  # of a tile, which may be larger than its picture
_PREVIEW = 1  # a kind of subfile
_ABOUT_RAW = (tiff_tags.SUBFILE_TYPE, tiff_tags.MAKE, tiff_tags.DNG_VERSION)
_DEFLATE, _DIFFERENCES, _UNASSOCIATED_ALPHA = 8, 2, 2


def prepare_pillow() -> None:
    """Teach Pillow's TIFF reader kinds it does not know, and its C library to keep quiet.

    Grey with alpha in 16 bits is passed through as four bytes per pixel; `sixteen_bit` puts them
    together.  libtiff writes its complaints straight to stderr; a damaged file is reported by the
    error that Pillow raises.  Where the library's functions cannot be reached, nothing else is
    lost.
    """
    TiffImagePlugin.READ_LIBTIFF = True  # uncompressed ones too: Pillow's decoder loses planes
    for order in (b"II", b"MM"):
        for alpha in (1, 2):
            TiffImagePlugin.OPEN_INFO[order, 1, (1,), 1, (16, 16), (alpha,)] = ("RGBA", "RGBA")
        for grey in (0, 1):
            TiffImagePlugin.OPEN_INFO[order, grey, (3,), 1, (64,), ()] = ("F", "F;64NF")
    TiffImagePlugin.OPEN_INFO[b"MM", 0, (1,), 1, (16,), ()] = ("I;16B", "I;16B")
    TiffImagePlugin.OPEN_INFO[b"MM", 1, (1,), 1, (32,), ()] = ("I", "I;32N")
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(_imaging.__file__)
        for name in ("TIFFSetErrorHandler", "TIFFSetWarningHandler"):
            handler = getattr(library, name)
            handler.argtypes, handler.restype = [ctypes.c_void_p], ctypes.c_void_p
            handler(None)


def check_directory(file: BinaryIO) -> None:
    """Refuse a raw file, and a directory that would keep Pillow busy for minutes.

    Args:
        file: the TIFF file.

    Raises:
        Unreadable: it has too many tags, a list of too many numbers, or a preview as its first
            page, as the raw files of cameras do, which are TIFFs by their form.
        MemoryError: its tags hold more than fits in memory.
    """
    file.seek(0)
    entries, longest, total = tiff_tags.extent(file, os.fstat(file.fileno()).st_size)
    if entries > tiff_tags.ENTRIES or longest > _TABLE_BYTES:
        raise Unreadable("is damaged: its directory is too long")
    check_free_memory(total * _VALUE_COPIES)
    file.seek(0)
    with suppress(ValueError):
        tags = tiff_tags.read_block(file, _ABOUT_RAW)
        preview = int(tiff_tags.number(tags, tiff_tags.SUBFILE_TYPE) or 0) & _PREVIEW
        if tiff_tags.DNG_VERSION in tags or (preview and tiff_tags.MAKE in tags):
            raise Unreadable("is a camera's raw file: develop it to TIFF, PNG or JPEG first")
        if preview:
            raise Unreadable(
                "begins with a small copy of its picture, and BSR reads the first page only"
            )
    file.seek(0)


def check_plausible(image: Image.Image, file: BinaryIO) -> None:
    """Refuse a file that lacks strips, which Pillow leaves black, or has a giant's tiles.

    Args:
        image: opened from the file, not yet decoded.
        file: the TIFF file.

    Raises:
        Unreadable: the file is incomplete or damaged.
    """
    assert isinstance(image, TiffImagePlugin.TiffImageFile)
    tags = image.tag_v2
    width, height = tags[tiff_tags.IMAGE_WIDTH], tags[tiff_tags.IMAGE_LENGTH]
    if (offsets := tags.get(tiff_tags.TILE_OFFSETS)) is not None:
        across, down = tags[tiff_tags.TILE_WIDTH], tags[tiff_tags.TILE_LENGTH]
        if across * down > max(_TILE_PIXELS, 4 * width * height):
            raise Unreadable(OVERFULL)
        parts = -(-width // across) * -(-height // down)
    elif (offsets := tags.get(tiff_tags.STRIP_OFFSETS)) is not None:
        parts = -(-height // tags.get(tiff_tags.ROWS_PER_STRIP, height))
    else:
        return
    separate = tags.get(tiff_tags.PLANAR_CONFIGURATION) == tiff_tags.SEPARATE
    planes = tags.get(tiff_tags.SAMPLES_PER_PIXEL, 1) if separate else 1
    if len(offsets) < parts * planes or max(offsets) >= os.fstat(file.fileno()).st_size:
        raise Unreadable(INCOMPLETE)


def widen_palette(image: Image.Image) -> None:
    """Take a palette whose values are all below 256 for one of bytes, as old writers store it.

    Args:
        image: opened from a TIFF file, not yet decoded; changed in place.
    """
    assert isinstance(image, TiffImagePlugin.TiffImageFile)
    values = image.tag_v2.get(tiff_tags.COLOR_MAP, ())
    if image.mode == "P" and max(values, default=256) < 256:
        image.palette = ImagePalette.raw("RGB;L", bytes(values))


def write_tiff(file: BinaryIO, raster: Raster, tags: tiff_tags.Directory) -> None:
    """Write rows as a TIFF file, compressed without loss.

    Args:
        file: open for writing, at its start.
        raster: the rows, with their profile.
        tags: that tell about the picture: EXIF, resolution.
    """
    row = raster.width * raster.channels * raster.bits // 8
    big = row * raster.height > _CLASSIC_LIMIT
    order = tiff_tags.order_of(tags)
    file.write(tiff_tags.beginning(tags, big))
    offsets, sizes = [], []
    for band in raster.bands():
        offsets.append(file.tell())
        sizes.append(file.write(_compressed(band, order)))
    file.write(b"\0" * (file.tell() % 2))
    start = file.tell()
    directory = _layout(raster, offsets, sizes, big) | tags
    if raster.icc:
        directory[tiff_tags.ICC_PROFILE] = tiff_tags.Field(tiff_tags.UNDEFINED, raster.icc)
    note = tiff_tags.maker_note(tags)
    file.write(tiff_tags.write_directory(directory, start, order=order, big=big, note=note))
    file.seek(8 if big else 4)
    file.write(pack(f"{order}Q" if big else f"{order}I", start))


def _compressed(band: NDArray[Any], order: str) -> bytes:
    """Return a band as the differences of neighbouring pixels, deflated."""
    values = band.astype(f"{order}u{band.itemsize}")
    values[:, 1:] -= band[:, :-1]
    return zlib.compress(values.tobytes(), _LEVEL)


def _layout(raster: Raster, offsets: list[int], sizes: list[int], big: bool) -> tiff_tags.Directory:
    """Return the tags that say how the strips are to be read."""
    tags: tiff_tags.Directory = {
        tiff_tags.IMAGE_WIDTH: tiff_tags.long(raster.width),
        tiff_tags.IMAGE_LENGTH: tiff_tags.long(raster.height),
        tiff_tags.BITS_PER_SAMPLE: tiff_tags.short(*[raster.bits] * raster.channels),
        tiff_tags.COMPRESSION: tiff_tags.short(_DEFLATE),
        tiff_tags.PHOTOMETRIC: tiff_tags.short(1 if raster.grey else 2),
        tiff_tags.STRIP_OFFSETS: tiff_tags.long8(*offsets) if big else tiff_tags.long(*offsets),
        tiff_tags.ORIENTATION: tiff_tags.short(1),
        tiff_tags.SAMPLES_PER_PIXEL: tiff_tags.short(raster.channels),
        tiff_tags.ROWS_PER_STRIP: tiff_tags.long(raster.band_height),
        tiff_tags.STRIP_BYTE_COUNTS: tiff_tags.long(*sizes),
        tiff_tags.PREDICTOR: tiff_tags.short(_DIFFERENCES),
    }
    if raster.alpha:
        tags[tiff_tags.EXTRA_SAMPLES] = tiff_tags.short(_UNASSOCIATED_ALPHA)
    return tags
