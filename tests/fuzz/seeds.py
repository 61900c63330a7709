"""Small files of every kind that decode, to be mutated."""

import itertools
import struct

import numpy as np

from bsr.engine.images import FORMATS, tiff_tags, write_picture
from bsr.engine.images.png import chunk
from bsr.engine.images.profile import PRIMARIES, make_profile
from tests.engine.images.picture_files import (
    cmyk_profile,
    encoded,
    grey_profile,
    noise,
    pillow,
    png,
    slope,
    tiff,
)
from tests.engine.images.test_metadata import SRGB, exif_block

XMP = b'<x:xmpmeta><rdf:Description tiff:Orientation="6" exif:PixelXDimension="10"/></x:xmpmeta>'
METADATA = {"exif": exif_block(6), "icc": SRGB, "dpi": (300.0, 300.0), "xmp": XMP}
COLOURS = (
    chunk(b"gAMA", struct.pack(">I", 60_000)),
    chunk(b"cHRM", struct.pack(">8I", *(round(value * 100_000) for value in PRIMARIES[9]))),
    chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes(4) + XMP),
    chunk(b"eXIf", exif_block(8)[6:]),
    chunk(b"pHYs", struct.pack(">IIB", 11_811, 11_811, 1)),
)


def seeds(folder):
    """Kind of file -> files of it; `folder` is written to."""
    image = pillow(slope(12, 10))
    frames = {"save_all": True, "append_images": [image.rotate(90), image.rotate(180)]}
    others = {"save_all": True, "append_images": [image.rotate(90)]}
    wide = make_profile((1.8,), PRIMARIES[12], "wide")
    files = {
        "png": [*pngs(image), encoded(image, "PNG", **frames)],
        "jpeg": [
            encoded(image, "JPEG", exif=exif_block(5), icc_profile=SRGB, xmp=XMP, dpi=(96, 96)),
            encoded(image, "JPEG", progressive=True, quality=95, subsampling=0),
            encoded(image, "JPEG", restart_marker_rows=1, optimize=True),
            encoded(image.convert("L"), "JPEG", icc_profile=wide),
            encoded(image.convert("CMYK"), "JPEG", icc_profile=cmyk_profile()),
            encoded(image.copy(), "MPO", **others),
        ],
        "webp": [
            encoded(image, "WEBP", exif=exif_block(7), icc_profile=SRGB, xmp=XMP),
            encoded(image.convert("RGBA"), "WEBP", lossless=True),
            encoded(image, "WEBP"),
            encoded(image, "WEBP", **frames),
        ],
        "tiff": [*tiffs(image), encoded(image, "TIFF", **frames)],
        "bmp": [
            encoded(image, "BMP", dpi=(200, 200)),
            encoded(image.quantize(5), "BMP"),
            encoded(image.convert("1"), "BMP"),
            *packed_bmps(),
        ],
        "gif": [
            encoded(image.quantize(32), "GIF", transparency=3, comment=b"a comment"),
            encoded(image, "GIF", interlace=1, **frames),
        ],
        "ppm": [
            b"P1 6 4\n" + b"0 1 1 0 1 0\n" * 4,
            b"P2 6 4 99 # a comment\n" + b"9 12 " * 12,
            b"P3 6 4\n1000\n" + b"9 128 999\n" * 24,
            b"P4 9 4\n" + bytes(range(8)),
            b"P5 6 4 99\n" + bytes(range(24)),
            b"P6 6 4 255\n" + bytes(range(72)),
            b"P6 6 4 9999\n" + bytes(range(144)),
        ],
    }
    for (format, deep), alpha in itertools.product(
        itertools.product(FORMATS, ("uint8", "uint16")), (False, True)
    ):
        path = folder / "seed"
        write_picture(noise(8, 9, deep, alpha=alpha, **METADATA), path, format=format)
        files[format].append(path.read_bytes())
    return files


def pngs(image):
    random = np.random.default_rng(0)
    for colour_type, channels, depths in (
        (0, 1, (1, 2, 4, 8, 16)),
        (2, 3, (8, 16)),
        (4, 2, (8, 16)),
        (6, 4, (8, 16)),
    ):
        for bits in depths:
            values = random.integers(0, 1 << bits, (7, 9, channels)).astype(np.uint16)
            yield png(values, bits, colour_type, *COLOURS)
    yield encoded(image.quantize(9), "PNG", transparency=2)
    yield encoded(image.convert("L"), "PNG", icc_profile=grey_profile())
    yield png(slope(7, 9), 8, 2, chunk(b"cICP", bytes((9, 16, 0, 1))))
    yield png(slope(7, 9), 8, 2, chunk(b"tRNS", bytes((0, 5, 0, 6, 0, 7))))


def tiffs(image):
    random = np.random.default_rng(0)
    for order, planar, big in itertools.product("<>", (False, True), (False, True)):
        if big and order == ">":
            continue  # Pillow does not know it
        values = random.integers(0, 65_536, (5, 6, 3), np.uint16)
        yield tiff(values, 2, order=order, planar=planar, big=big)
    yield tiff(random.integers(0, 65_536, (5, 6, 4), np.uint16), 2, tags={338: tiff_tags.short(1)})
    yield tiff(random.integers(0, 256, (5, 6, 1), np.uint8), 0)
    yield tiff(random.random((5, 6, 1)).astype(np.float32), 1)
    for compression in ("tiff_lzw", "tiff_deflate", "packbits", "jpeg", None):
        yield encoded(image, "TIFF", compression=compression, tiffinfo={700: XMP, 274: 5})
    for mode in ("1", "L", "P", "CMYK", "LAB", "LA", "I;16"):
        source = image.convert("L").convert(mode) if mode in ("LA", "I;16") else image
        yield encoded(source if source.mode == mode else source.convert(mode), "TIFF")
    yield encoded(image.convert("1"), "TIFF", compression="group4")


def packed_bmps():
    """Run lengths, 16 bits, and a mask for alpha."""
    palette = bytes(range(64))
    runs = b"\4\1\0\0\2\2\2\3\0\0\0\1"
    info = struct.pack("<IiiHHIIiiII", 40, 4, 2, 1, 8, 1, len(runs), 0, 0, 16, 0)
    yield b"BM" + struct.pack("<IHHI", 118 + len(runs), 0, 0, 118) + info + palette + runs
    info = struct.pack("<IiiHHIIiiII", 40, 4, 2, 1, 16, 0, 16, 0, 0, 0, 0)
    yield b"BM" + struct.pack("<IHHI", 70, 0, 0, 54) + info + bytes(range(16))
    masks = (0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000)
    info = struct.pack("<IiiHHIIiiII4I", 108, 4, -2, 1, 32, 3, 32, 0, 0, 0, 0, *masks) + bytes(52)
    yield b"BM" + struct.pack("<IHHI", 154, 0, 0, 122) + info + bytes(range(32))
