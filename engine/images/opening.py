"""Opening a picture file with Pillow: by its content, and only what can be decoded in good time.

What is refused here is refused before a pixel is read.
"""

from __future__ import annotations

import io
import logging
import os
from typing import BinaryIO

from PIL import (
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,  # noqa: F401 (importing it registers the format)
)

from . import jpeg, png, tiff
from .bounded import BYTES, HeaderReader, check_free_memory
from .errors import INCOMPLETE, Unreadable
from .profile import bmp_profile
from .sixteen_bit import bits_of, is_grey, special_decoder
from .sniff import kind_of

PIXEL_LIMIT = 512_000_000
# For run-length encoded BMPs, which Pillow decodes in Python, and animated WebPs, whose decoder
# keeps two more pictures, however little of them the first frame covers.
SLOW_LIMIT = 16_000_000

# By Pillow's decoder, what a byte can hold at best: a bit each, two bytes for a run of 255, twelve
# bits for a string of 4,096, a bit for a block of 8 x 8, a thousandth of itself when deflated.
_PIXELS_PER_BYTE = {
    "raw": 8,
    "ppm": 8,
    "ppm_plain": 8,
    "bmp_rle": 128,
    "gif": 4096,
    "jpeg": 1024,
    "zip": 8 * 1032,
}

# How much of some kinds may be read before the header is known: Pillow copies what it has of a
# JPEG's EXIF with each new part, reads a WebP whole, and layers of a TIFF are values of its tags.
_HEADER_BYTES = {"JPEG": 1 << 24, "WEBP": 1 << 30, "TIFF": 1 << 30}
# How often the file's bytes are in memory at a time while it is decoded.
_COPIES = {"png": 2, "jpeg": 1, "webp": 3}

# The limit is checked here, with a sentence instead of a warning.
Image.MAX_IMAGE_PIXELS = None
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 24  # profiles of more than 1 MiB exist
logging.getLogger("PIL").addHandler(logging.NullHandler())
tiff.prepare_pillow()

_NAMES = {
    "PNG": "png",
    "JPEG": "jpeg",
    "MPO": "jpeg",  # several JPEGs in one file, as telephones write them
    "WEBP": "webp",
    "TIFF": "tiff",
    "BMP": "bmp",
    "GIF": "gif",
    "PPM": "ppm",
}


def open_image(
    file: HeaderReader, pixels: bool = True, side: int | None = None
) -> ImageFile.ImageFile:
    """Open a file with Pillow, by its content and not its name, if its size is reasonable.

    Args:
        file: the file.
        pixels: whether they will be decoded.
        side: in pixels, to which a JPEG may be reduced while it is decoded.

    Raises:
        Unreadable: it has no reasonable size, or is plainly incomplete.
        MemoryError: it would take more than there is.
    """
    kind = kind_of(file.read(32))
    size = os.fstat(file.fileno()).st_size
    file.allow(_HEADER_BYTES.get(kind, BYTES))
    if kind == "WEBP":
        check_free_memory(_COPIES["webp"] * size)
    if kind == "TIFF":
        tiff.check_directory(file)
    source: BinaryIO = io.BytesIO(png.tidied(file, pixels=False)) if kind == "PNG" else file
    image = Image.open(source, formats=(kind,))
    _check_size(image, size)
    whole = image.size
    if side is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, (side, side))
    if pixels:
        check_free_memory(_decoding_bytes(image, size))
    file.release()
    if kind == "PNG" and pixels:
        tidied = png.tidied(file)
        image = Image.open(io.BytesIO(tidied), formats=(kind,))
        png.check_plausible(tidied)
    elif kind == "JPEG" and pixels:
        jpeg.check_plausible(file, whole)
    elif kind == "TIFF":
        tiff.check_plausible(image, file)
        tiff.widen_palette(image)
    elif kind == "BMP" and (profile := bmp_profile(file)):
        image.info["icc_profile"] = profile
    return image


def format_name(image: ImageFile.ImageFile) -> str:
    """Return the name of a file's format, as in PictureInfo."""
    return _NAMES[str(image.format)]


def file_bytes(image: ImageFile.ImageFile, size: int) -> int:
    """Return how many bytes of a file of `size` bytes are in memory at a time while decoded."""
    format = format_name(image)
    whole = format == "tiff" and (bits_of(image) == 16 or special_decoder(image) is not None)
    return size * (2 if whole else _COPIES.get(format, 0))


def _check_size(image: ImageFile.ImageFile, size: int) -> None:
    """Refuse what would take minutes or all memory, as far as the header and `size` bytes tell."""
    width, height = image.size
    if width < 1 or height < 1:
        raise Unreadable("has no pixels")
    if width * height > PIXEL_LIMIT:
        raise Unreadable(
            "is too large: {width} x {height} pixels, and BSR reads at most {limit} megapixels",
            width=width,
            height=height,
            limit=PIXEL_LIMIT // 1000000,
        )
    codec = image.tile[0].codec_name if image.tile else ""
    if image.info.get("compression") == "raw":
        codec = "raw"  # of a TIFF, which libtiff decodes all the same
    if width * height > size * _PIXELS_PER_BYTE.get(codec, PIXEL_LIMIT):
        raise Unreadable(INCOMPLETE)
    slow = codec == "bmp_rle" or (image.format == "WEBP" and getattr(image, "is_animated", False))
    if slow and width * height > SLOW_LIMIT:
        raise Unreadable(
            "is too large: {width} x {height} pixels in a file of this kind, of which BSR "
            "reads at most {limit} megapixels",
            width=width,
            height=height,
            limit=SLOW_LIMIT // 1000000,
        )


def _decoding_bytes(image: ImageFile.ImageFile, size: int) -> int:
    """Return the bytes that a picture of a file of `size` bytes takes at least, while decoded."""
    # The channels in the file, and those of a Picture.
    channels = (1 if is_grey(image) else 3) + 3 + 2 * image.has_transparency_data
    pixel_bytes = channels * bits_of(image) // 8
    return image.width * image.height * pixel_bytes + file_bytes(image, size)
