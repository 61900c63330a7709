"""Picture files for tests, made by hand where no library writes their kind."""

import io
import os
import struct
import zlib
from contextlib import contextmanager

import numpy as np
from PIL import Image

from bsr.engine import Picture
from bsr.engine.images import tiff_tags
from bsr.engine.images.png import chunk
from bsr.engine.images.sniff import PNG_SIGNATURE


def noise(height=9, width=13, dtype=np.uint8, grey=False, alpha=False, seed=0, **metadata):
    """A picture of random pixels."""
    random = np.random.default_rng(seed)
    white = np.iinfo(dtype).max
    pixels = random.integers(0, white + 1, (height, width, 1 if grey else 3), dtype)
    return Picture(
        np.repeat(pixels, 3, axis=2) if grey else pixels,
        random.integers(0, white + 1, (height, width), dtype) if alpha else None,
        grey,
        **metadata,
    )


def slope(height=48, width=64, channels=3):
    """Smooth uint8 pixels, each row, column and channel different: (height, width, channels)."""
    y, x = np.mgrid[:height, :width]
    planes = [(3 * x + y) % 256, (x + 4 * y) % 256, 255 - (2 * x + 2 * y) % 256, (5 * x) % 256]
    return np.stack(planes[:channels], axis=2).astype(np.uint8)


def encoded(image, format, **options):
    """The bytes of Pillow's picture in a format."""
    target = io.BytesIO()
    image.save(target, format, **options)
    return target.getvalue()


def png(values, bits, colour_type, *chunks, pixels=None):
    """A PNG of samples as they stand in the file.

    Args:
        values: (height, width, channels) samples of `bits` bits.
        bits: 1, 2, 4, 8 or 16.
        colour_type: 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA.
        chunks: complete chunks between header and pixels.
        pixels: the bytes of the rows instead of those of `values`.
    """
    height, width = values.shape[:2]
    if pixels is None:
        rows = values.reshape(height, -1)
        if bits == 16:
            rows = rows.astype(">u2").view(np.uint8)
        elif bits < 8:
            rows = np.packbits(
                np.unpackbits(rows.astype(np.uint8)[..., None], axis=2)[..., -bits:].reshape(
                    height, -1
                ),
                axis=1,
            )
        pixels = b"".join(b"\0" + row.tobytes() for row in rows.astype(np.uint8))
    header = chunk(b"IHDR", struct.pack(">IIBB3x", width, height, bits, colour_type))
    data = chunk(b"IDAT", zlib.compress(pixels))
    return b"".join((PNG_SIGNATURE, header, *chunks, data, chunk(b"IEND", b"")))


def tiff(values, photometric, *, order="<", planar=False, big=False, deflated=False, tags=None):
    """A TIFF of one strip, or of one for each channel.

    Args:
        values: (height, width, channels).
        photometric: 0 white is zero, 1 grey, 2 RGB, 5 CMYK.
        order: "<" or ">".
        planar: store channel after channel.
        big: BigTIFF.
        deflated: compress the strips.
        tags: more tags -> fields.
    """
    height, width, channels = values.shape
    stored = values.astype(values.dtype.newbyteorder(order))
    strips = [stored[..., i].tobytes() for i in range(channels)] if planar else [stored.tobytes()]
    if deflated:
        strips = [zlib.compress(strip) for strip in strips]
    start = 16 if big else 8
    offsets = [start + sum(map(len, strips[:i])) for i in range(len(strips))]
    kind = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    directory = {
        256: tiff_tags.long(width),
        257: tiff_tags.long(height),
        258: tiff_tags.short(*[8 * values.itemsize] * channels),
        259: tiff_tags.short(8 if deflated else 1),
        262: tiff_tags.short(photometric),
        273: tiff_tags.long(*offsets),
        277: tiff_tags.short(channels),
        278: tiff_tags.long(height),
        279: tiff_tags.long(*map(len, strips)),
        284: tiff_tags.short(2 if planar else 1),
        339: tiff_tags.short(*[kind] * channels),
    } | (tags or {})
    end = start + sum(map(len, strips))
    mark = b"II" if order == "<" else b"MM"
    if big:
        head = mark + struct.pack(f"{order}HHHQ", 43, 8, 0, end)
    else:
        head = mark + struct.pack(f"{order}HI", 42, end)
    block = tiff_tags.write_directory(directory, end, order=order, big=big)
    return b"".join((head, *strips, block))


def profile(space, table):
    """A colour profile whose colours come from a table alone.

    Args:
        space: b"CMYK" or b"GRAY".
        table: Lab values of 0..255 for every corner of the space, (2 ** channels, 3); the last
            channel changes fastest.
    """
    channels = {b"CMYK": 4, b"GRAY": 1}[space]
    identity = struct.pack(">9I", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ramp = bytes(range(256))
    table_tag = b"".join(
        (
            b"mft1" + bytes(4) + bytes([channels, 3, 2, 0]),
            identity,
            ramp * channels,
            np.asarray(table, np.uint8).tobytes(),
            ramp * 3,
        )
    )
    tags = {b"A2B0": table_tag, b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3I", 63190, 65536, 54061)}
    position = 132 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        data += bytes(-len(data) % 4)
        index += struct.pack(">4sII", name, position + len(body), len(data))
        body += data
    header = struct.pack(
        ">I4sI4s4s4s12s4s4sIII8sI3I4s44x",
        position + len(body),
        b"test",
        0x02400000,
        b"prtr" if space == b"CMYK" else b"scnr",
        space,
        b"Lab ",
        struct.pack(">6H", 2020, 1, 1, 0, 0, 0),
        b"acsp",
        b"APPL",
        0,
        0,
        0,
        bytes(8),
        0,
        63190,
        65536,
        54061,
        b"test",
    )
    return header + index + body


def cmyk_profile():
    """A printer whose cyan ink is red, and whose other inks do nothing but the black."""
    white, red, black = (255, 128, 128), (138, 208, 195), (0, 128, 128)
    corners = np.indices((2, 2, 2, 2)).reshape(4, -1).T
    return profile(b"CMYK", [black if k else red if c else white for c, _, _, k in corners])


def grey_profile():
    """A grey whose levels are lightnesses, unlike those of sRGB."""
    return profile(b"GRAY", [(0, 128, 128), (255, 128, 128)])


def read_bytes(tmp_path, data, name="picture"):
    """What read_picture makes of some bytes."""
    from bsr.engine.images import read_picture

    path = tmp_path / name
    path.write_bytes(data)
    return read_picture(path)


def pillow(pixels):
    """Pillow's picture of (height, width, channels) uint8."""
    return Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels)


@contextmanager
def as_nobody():
    """Give up the rights of root, which permissions do not stop."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
