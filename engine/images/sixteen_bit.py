"""Pictures with 16 bits per channel, of which Pillow keeps 8 wherever there is more than grey.

Planes of 8 bits of a TIFF, too, where there are more than those of grey or colours.
"""

from __future__ import annotations

import io
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, TiffImagePlugin

from . import tiff_tags
from .errors import INCOMPLETE, Unreadable
from .pillow_arrays import Planes, alpha_of_key, packing, palette_is_grey, repack
from .plain import plain_numbers

# What all planes of a file share, and what is of each: its strips or tiles.
_COMMON = (
    tiff_tags.IMAGE_WIDTH,
    tiff_tags.IMAGE_LENGTH,
    tiff_tags.COMPRESSION,
    tiff_tags.FILL_ORDER,
    tiff_tags.ORIENTATION,
    tiff_tags.ROWS_PER_STRIP,
    tiff_tags.PREDICTOR,
    tiff_tags.TILE_WIDTH,
    tiff_tags.TILE_LENGTH,
)
_PARTS = (
    tiff_tags.STRIP_OFFSETS,
    tiff_tags.STRIP_BYTE_COUNTS,
    tiff_tags.TILE_OFFSETS,
    tiff_tags.TILE_BYTE_COUNTS,
)
_UNSPECIFIED, _PREMULTIPLIED = 0, 1  # what an extra channel may be, beside plain alpha
_COLOUR_PACKINGS = ("RGB;16", "RGBA;16", "RGBX;16", "RGBa;16")
_BAND = 256
_NUMBERS = ("ppm", "ppm_plain")  # Pillow decodes them in Python

Decoder = Callable[[ImageFile.ImageFile, BinaryIO], Planes]


def special_decoder(image: ImageFile.ImageFile) -> Decoder | None:
    """Return what decodes an opened picture in full depth, None where Pillow does so itself."""
    layout = packing(image)[0]
    if image.format == "TIFF":
        bits, tags = _depths(image), _tags(image)
        if len(bits) < 2 or image.mode == "CMYK":
            return None
        deep = max(bits) == 16
        separate = tags.get(tiff_tags.PLANAR_CONFIGURATION) == tiff_tags.SEPARATE
        if separate and (deep or _has_extra_bytes(tags, bits)):
            return _separate_planes
        if not deep:
            return None
        return _grey_alpha if len(bits) == 2 else _two_halves
    if image.tile and image.tile[0].codec_name in _NUMBERS and image.mode != "1":
        return _numbers
    if layout == "LA;16B":
        return _grey_alpha
    return _two_halves if layout.startswith(_COLOUR_PACKINGS) else None


def _has_extra_bytes(tags: TiffImagePlugin.ImageFileDirectory_v2, bits: tuple[int, ...]) -> bool:
    """Return whether grey or colours of 8 bits have channels beside them, which Pillow mixes up.

    Not every file says of what kind these are.
    """
    colours = {1: 1, 2: 3}.get(tags.get(tiff_tags.PHOTOMETRIC, 0), len(bits))
    return len(bits) > colours and set(bits) == {8}


def bits_of(image: ImageFile.ImageFile) -> int:
    """Return the bits of a channel, 8 or 16, as an opened picture will be decoded."""
    layout, levels = packing(image)
    if image.mode == "CMYK":
        deep = False  # it becomes sRGB of 8 bits
    elif image.format == "TIFF":
        deep = max(_depths(image)) > 8
    elif image.tile and image.tile[0].codec_name in _NUMBERS and image.mode != "1":
        deep = levels > 255
    else:
        deep = image.mode.startswith(("I", "F")) or layout.endswith(";16B")
    return 16 if deep else 8


def is_grey(image: ImageFile.ImageFile) -> bool:
    """Return whether an opened picture has no colours."""
    if image.mode in ("P", "PA"):
        return palette_is_grey(image)
    if image.format == "TIFF":
        return _tags(image).get(tiff_tags.PHOTOMETRIC, 0) in (0, 1)
    return image.mode in ("1", "L", "LA", "I", "F", "I;16") or packing(image)[0] == "LA;16B"


def _tags(image: ImageFile.ImageFile) -> TiffImagePlugin.ImageFileDirectory_v2:
    assert isinstance(image, TiffImagePlugin.TiffImageFile)
    return image.tag_v2


def _depths(image: ImageFile.ImageFile) -> tuple[int, ...]:
    """Return the bits of each channel of a TIFF, which may name one for all, or too many."""
    tags = _tags(image)
    channels = max(1, tags.get(tiff_tags.SAMPLES_PER_PIXEL, 1))
    depths: tuple[int, ...] = tags.get(tiff_tags.BITS_PER_SAMPLE, (8,))[:channels]
    return depths * channels if len(depths) == 1 else depths


def _two_halves(image: ImageFile.ImageFile, file: BinaryIO) -> Planes:
    """Decode twice: one of Pillow's packings takes the high byte of each channel, one the low."""
    key = image.info.get("transparency")
    base, order = packing(image)[0].split(";16")
    base = base.replace("a", "A")  # not divided by alpha
    if order == "N":
        order = sys.byteorder[0].upper()
    values = np.zeros((image.height, image.width, len(image.getbands())), np.uint16)
    _add_bytes(values, image, f"{base};16{order}", shift=8)
    _add_bytes(values, image, f"{base};16{'L' if order == 'B' else 'B'}", shift=0)
    planes = _parted(values, image)
    if isinstance(key, tuple) and planes.alpha is None:
        return Planes(planes.colour, alpha_of_key(planes.colour, key))
    return planes


def _add_bytes(values: NDArray[Any], image: ImageFile.ImageFile, rawmode: str, shift: int) -> None:
    """Decode one byte of each channel and add it to (height, width, channels) uint16 in place."""
    assert image.fp is not None
    again = Image.open(image.fp, formats=(str(image.format),))
    again.info.pop("xmp", None)  # Pillow would turn it by that
    repack(again, rawmode)
    again.load()
    for top in range(0, again.height, _BAND):
        box = (0, top, again.width, min(top + _BAND, again.height))
        values[top : box[3]] |= np.asarray(again.crop(box)).astype(np.uint16) << shift


def _grey_alpha(image: ImageFile.ImageFile, file: BinaryIO) -> Planes:
    """Read two channels of 16 bits, which pass through Pillow as four of 8."""
    big_endian = image.format == "PNG" or _tags(image).prefix == b"MM"
    if image.tile[0].codec_name == "libtiff":  # it gives the machine's own order
        big_endian = sys.byteorder == "big"
    repack(image, "RGBA")
    values = np.asarray(image).view(">u2" if big_endian else "<u2")
    image.close()
    return _parted(values.astype(np.uint16), image)


def _numbers(image: ImageFile.ImageFile, file: BinaryIO) -> Planes:
    """Read a PPM, which is nothing but numbers after its header, binary or as text."""
    channels, levels = len(image.getbands()), int(packing(image)[1])
    source, max_value = (np.dtype(">u2"), 65_535) if levels > 255 else (np.dtype("u1"), 255)
    count = image.height * image.width * channels
    file.seek(image.tile[0].offset)
    if image.tile[0].codec_name == "ppm_plain":
        values = plain_numbers(file, count, levels)
    else:
        values = np.frombuffer(file.read(count * source.itemsize), source)
    if len(values) < count:
        raise Unreadable(INCOMPLETE)
    values = values.reshape(image.height, image.width, channels)
    if levels != max_value:
        values = np.minimum(
            (values.astype(np.uint32) * max_value + levels // 2) // levels, max_value
        )
    return Planes(values.astype(source.newbyteorder("=")))


def _separate_planes(image: ImageFile.ImageFile, file: BinaryIO) -> Planes:
    """Read a TIFF that stores its channels one after the other as one grey picture each."""
    file.seek(0)
    data = file.read()
    tags = _tags(image)
    channels = int(tags[tiff_tags.SAMPLES_PER_PIXEL])
    image.close()
    bits = max(_depths(image))
    values = [_plane(data, tags, channel, channels, bits) for channel in range(min(channels, 4))]
    return _parted(np.stack(values, axis=2), image)


def _plane(
    data: bytes,
    tags: TiffImagePlugin.ImageFileDirectory_v2,
    channel: int,
    channels: int,
    bits: int,
) -> NDArray[Any]:
    """Read a channel (height, width) uint8 or uint16, by a directory of its own behind the data."""
    order, big = "<" if tags.prefix == b"II" else ">", data[2:4] in (b"+\0", b"\0+")
    single: tiff_tags.Directory = {
        tag: tiff_tags.long(*tags[tag])
        if isinstance(tags[tag], tuple)
        else tiff_tags.long(tags[tag])
        for tag in _COMMON
        if tag in tags
    }
    single |= {
        tiff_tags.BITS_PER_SAMPLE: tiff_tags.short(bits),
        tiff_tags.PHOTOMETRIC: tiff_tags.short(1),
        tiff_tags.SAMPLES_PER_PIXEL: tiff_tags.short(1),
    }
    for tag in _PARTS:
        if tag in tags:
            count = len(tags[tag]) // channels
            single[tag] = tiff_tags.long(*tags[tag][channel * count : (channel + 1) * count])
    start = len(data) + len(data) % 2
    pointer = struct.pack(f"{order}{'Q' if big else 'I'}", start)
    head = data[: 8 if big else 4] + pointer
    block = tiff_tags.write_directory(single, start, order=order, big=big)
    source = b"".join((head, data[len(head) :], b"\0" * (len(data) % 2), block))
    with Image.open(io.BytesIO(source), formats=("TIFF",)) as image:
        return np.asarray(image).astype(np.uint8 if bits == 8 else np.uint16)


def _parted(values: NDArray[Any], image: ImageFile.ImageFile) -> Planes:
    """Part (height, width, 2..4) into colour and alpha, divided where a file multiplied them."""
    extra = _tags(image).get(tiff_tags.EXTRA_SAMPLES, ())[:1] if image.format == "TIFF" else ()
    channels = 1 if values.shape[2] == 2 else 3
    colour = np.ascontiguousarray(values[..., :channels])
    if values.shape[2] == channels or extra == (_UNSPECIFIED,):
        return Planes(colour)
    alpha = np.ascontiguousarray(values[..., channels])
    if extra == (_PREMULTIPLIED,):
        _divide(colour, alpha)
    return Planes(colour, alpha)


def _divide(colour: NDArray[Any], alpha: NDArray[Any]) -> None:
    """Undo premultiplication in place; what is wholly transparent becomes black."""
    white = np.uint64(np.iinfo(colour.dtype).max)
    for top in range(0, len(colour), _BAND):
        share = alpha[top : top + _BAND, :, None].astype(np.uint64)
        band = colour[top : top + _BAND]
        whole = (band * white + share // 2) // np.maximum(share, 1)
        band[:] = np.where(share > 0, np.minimum(whole, white), 0)
