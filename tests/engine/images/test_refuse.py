"""What is no complete picture is refused with one sentence, quickly and quietly."""

import io
import os
import socket
import struct
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bsr.engine import ImageFileError
from bsr.engine.images import jpeg, probe, read_picture, thumbnail, tiff_tags, write_picture
from bsr.engine.images.png import chunk
from bsr.engine.images.sniff import PNG_SIGNATURE
from tests.engine.images.picture_files import (
    as_nobody,
    encoded,
    noise,
    pillow,
    png,
    read_bytes,
    slope,
    tiff,
)

RGB, GREY = pillow(slope()), pillow(slope(channels=1))
DEEP = noise(40, 50, np.uint16, alpha=True)
STACKED = np.dstack((DEEP.pixels, DEEP.alpha))


def frames(format, **options):
    return encoded(RGB, format, save_all=True, append_images=[RGB.rotate(90)], **options)


COMPLETE = {
    "png": encoded(RGB, "PNG"),
    "png palette": encoded(RGB.quantize(16), "PNG"),
    "png 16": png(STACKED, 16, 6),
    "jpeg": encoded(RGB, "JPEG"),
    "jpeg progressive": encoded(RGB, "JPEG", progressive=True, quality=95),
    "jpeg restart": encoded(RGB, "JPEG", restart_marker_rows=1),
    "jpeg grey": encoded(GREY, "JPEG"),
    "jpeg cmyk": encoded(RGB.convert("CMYK"), "JPEG"),
    "webp": encoded(RGB, "WEBP"),
    "webp lossless": encoded(RGB, "WEBP", lossless=True),
    "webp alpha": encoded(RGB.convert("RGBA"), "WEBP"),
    "gif": encoded(RGB.quantize(64), "GIF"),
    "bmp": encoded(RGB, "BMP"),
    "ppm": encoded(RGB, "PPM"),
    "ppm 16": b"P6 64 48 65535\n" + bytes(64 * 48 * 6),
    "tiff": encoded(RGB, "TIFF"),
    "tiff lzw": encoded(RGB, "TIFF", compression="tiff_lzw"),
    "tiff deflate": encoded(RGB, "TIFF", compression="tiff_deflate"),
    "tiff jpeg": encoded(RGB, "TIFF", compression="jpeg"),
    "tiff 16": tiff(DEEP.pixels, 2, order=">"),
    "tiff planes": tiff(STACKED, 2, planar=True, tags={338: tiff_tags.short(2)}),
}


def refused(path, *words):
    """The sentence with which a file is refused: it names the file and holds the words."""
    with pytest.raises(ImageFileError) as caught:
        read_picture(path)
    text = str(caught.value)
    assert path.name in text and text.endswith(".") and "\n" not in text
    for word in words:
        assert word in text, text
    return text


# What the last bytes of a file may be that say nothing about the picture: the mark that a GIF
# ends, the place of a TIFF's next page.
SPARE = {"gif": 2, "tiff 16": 8, "tiff planes": 8}


@pytest.mark.parametrize("kind", COMPLETE)
def test_a_file_cut_anywhere_is_refused(tmp_path, kind, capfd):
    data, path = COMPLETE[kind], tmp_path / "cut"
    path.write_bytes(data)
    read_picture(path)
    longest = len(data) - SPARE.get(kind, 0) - 1
    lengths = {len(data) * percent // 100 for percent in range(1, 100)}
    for length in sorted(lengths | {1, 2, 4, 8, 16, longest}):
        if length <= longest:
            path.write_bytes(data[:length])
            refused(path)
    assert capfd.readouterr() == ("", "")


def test_a_file_written_by_us_and_cut_anywhere_is_refused(tmp_path):
    for suffix in (".png", ".tif", ".jpg", ".webp", ".bmp"):
        path = tmp_path / f"a{suffix}"
        write_picture(DEEP, path)
        data = path.read_bytes()
        for percent in range(1, 100, 3):
            path.write_bytes(data[: len(data) * percent // 100])
            refused(path)


@pytest.mark.parametrize("kind", ["jpeg", "jpeg grey", "jpeg cmyk"])
@pytest.mark.parametrize("percent", [5, 30, 60, 90])
def test_a_jpeg_whose_missing_part_the_decoder_makes_up_is_refused(tmp_path, kind, percent):
    data, path = COMPLETE[kind], tmp_path / "a.jpg"
    start = data.index(b"\xff\xda") + 14
    path.write_bytes(data[: start + (len(data) - start) * percent // 100] + b"\xff\xd9")
    with Image.open(path) as image:
        image.load()  # the decoder is content
    refused(path, "incomplete")


@cache
def photograph(mode):
    """Pillow's picture of smooth and random parts, larger than a few blocks."""
    random = np.random.default_rng(0)
    values = slope(200, 300) // 2 + random.integers(0, 100, (200, 300, 3), np.uint8)
    return Image.fromarray(values).convert(mode)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("percent", [5, 20, 40])
def test_a_progressive_jpeg_that_lacks_scans_is_refused(tmp_path, mode, percent):
    data, path = encoded(photograph(mode), "JPEG", progressive=True), tmp_path / "a.jpg"
    start = data.index(b"\xff\xda")
    path.write_bytes(data[: start + (len(data) - start) * percent // 100] + b"\xff\xd9")
    with Image.open(path) as image:
        image.load()  # the decoder is content
    refused(path, "incomplete")


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_that_lacks_restart_marks_is_refused(tmp_path, mode):
    data = encoded(photograph(mode), "JPEG", restart_marker_blocks=3)
    start, path = data.index(b"\xff\xda"), tmp_path / "a.jpg"
    first, second = data.index(b"\xff\xd2", start), data.index(b"\xff\xd4", start)
    path.write_bytes(data[:first] + data[second:])
    with Image.open(path) as image:
        image.load()
    refused(path, "incomplete")


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("every", [{}, {"restart_marker_rows": 1}, {"restart_marker_blocks": 7}])
def test_a_whole_jpeg_lacks_nothing(tmp_path, mode, progressive, every):
    for size in ((150, 100), (17, 33), (1, 1)):
        for quality in (10, 75, 95):
            for subsampling in (0, 1, 2):
                image = photograph(mode).crop((0, 0, *size))
                options = {"quality": quality, "subsampling": subsampling} | every
                data = encoded(image, "JPEG", progressive=progressive, **options)
                assert read_bytes(tmp_path, data).width == size[0]


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_that_ends_in_mid_grey_is_a_picture(tmp_path, mode, progressive):
    for level in (127, 128):
        image = Image.new(mode, (50, 40), (level,) * len(mode) if mode != "L" else level)
        read_bytes(tmp_path, encoded(image, "JPEG", progressive=progressive))


def test_a_wrong_check_sum_in_a_png_is_refused(tmp_path):
    path = tmp_path / "a.png"
    data = bytearray(COMPLETE["png"])
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    refused(path, "check sum")


def test_a_png_with_sound_check_sums_and_too_few_pixels_is_refused(tmp_path, capfd):
    path = tmp_path / "a.png"
    for bits, colour_type in ((8, 2), (16, 2), (16, 4), (1, 0)):
        path.write_bytes(png(np.zeros((50, 50, 3)), bits, colour_type, pixels=bytes(70)))
        refused(path)
    path.write_bytes(PNG_SIGNATURE + chunk(b"IHDR", bytes(13)) + chunk(b"IEND", b""))
    refused(path)
    assert capfd.readouterr() == ("", "")


def png_header(width, height):
    header = chunk(b"IHDR", struct.pack(">IIBB3x", width, height, 8, 2))
    return PNG_SIGNATURE + header + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def bmp_header(width, height, bits=24, compression=0):
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54 + 1024) + info + bytes(1024) + bytes(64)


def jpeg_header(width, height):
    data = COMPLETE["jpeg"]
    position = data.index(b"\xff\xc0") + 5
    return data[:position] + struct.pack(">HH", height, width) + data[position + 4 :]


GIANTS = {
    "png": png_header(40_000, 40_000),
    "png wide": png_header(2**31 - 1, 1),
    "bmp": bmp_header(30_000, 30_000),
    "gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(3) + b",",
    "jpeg": jpeg_header(30_000, 30_000),
    "webp animation": frames("WEBP", lossless=True).replace(
        b"\x3f\0\0\x2f\0\0", b"\xff\x3f\0\xff\x3f\0", 1
    ),
    "webp": b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff" + bytes(8),
    "tiff": tiff(
        np.zeros((1, 1, 3), np.uint8),
        2,
        tags={256: tiff_tags.long(40_000), 257: tiff_tags.long(40_000)},
    ),
    "tiff 16": tiff(
        np.zeros((1, 1, 3), np.uint16),
        2,
        tags={256: tiff_tags.long(1 << 31), 257: tiff_tags.long(9)},
    ),
    "ppm": b"P6 99999 99999 255\n",
}


@pytest.mark.parametrize("kind", GIANTS)
def test_a_header_of_a_giant_is_refused_before_decoding(tmp_path, kind):
    path = tmp_path / "giant"
    path.write_bytes(GIANTS[kind])
    text = refused(path)
    assert "too large" in text or kind in ("gif", "webp"), text
    with pytest.raises(ImageFileError):
        probe(path)


def test_a_small_file_that_promises_much_costs_little(tmp_path):
    """At most 512 megapixels are promised, 1.5 GB; each has to fail in little memory and time."""
    for name, data in {
        "a.jpg": jpeg_header(20_000, 20_000),
        "a.bmp": bmp_header(20_000, 20_000),
        "rle.bmp": bmp_header(20_000, 20_000, 8, 1),
        "a.png": png_header(20_000, 20_000),
        "a.ppm": b"P6 20000 20000 255\n" + bytes(999),
        "deep.ppm": b"P6 20000 20000 65535\n" + bytes(999),
        "plain.ppm": b"P3 20000 20000 255\n" + b"1 " * 999,
    }.items():
        (tmp_path / name).write_bytes(data)
    code = (
        "import re, sys; from pathlib import Path; from bsr.engine.images import read_picture\n"
        "for path in sys.argv[1:]:\n"
        "    try: read_picture(Path(path))\n"
        "    except Exception as error: print(type(error).__name__)\n"
        # Not ru_maxrss, which a process inherits from the one that started it.
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) >> 10)"
    )
    paths = sorted(map(str, tmp_path.iterdir()))
    root = Path(__file__).resolve().parents[3]
    result = subprocess.run(
        [sys.executable, "-c", code, *paths], capture_output=True, text=True, cwd=root
    )
    *errors, megabytes = result.stdout.split()
    assert errors == ["ImageFileError"] * 7 and result.stderr == ""
    assert int(megabytes) < 300


STRANGERS = {
    "text": (b"Once upon a time there was a picture.", "not a picture"),
    "html": (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
    "zip": (b"PK\x03\x04" + bytes(40), "ZIP"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "xml": (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
    "pdf": (b"%PDF-1.7 ", "PDF"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC"),
    "avif": (b"\0\0\0\x18ftypavif" + bytes(20), "AVIF"),
    "mp4": (b"\0\0\0\x18ftypmp42" + bytes(20), "video"),
    "canon": (b"II*\0\x10\0\0\0CR\x02" + bytes(40), "raw file"),
    "raw": (
        tiff(slope(), 2, tags={254: tiff_tags.long(1), 271: tiff_tags.Field(2, b"NIKON\0")}),
        "raw file",
    ),
    "a small copy first": (tiff(slope(), 2, tags={254: tiff_tags.long(1)}), "a small copy"),
    "dng": (
        tiff(slope(), 2, tags={50706: tiff_tags.Field(tiff_tags.BYTE, bytes((1, 4, 0, 0)))}),
        "raw file",
    ),
    "targa": (b"\0\0\2" + bytes(9) + b"\5\0\4\0\x18\x20" + bytes(60), "TGA"),
    "exr": (b"v/1\1\2\0\0\0" + bytes(40), "OpenEXR"),
    "photoshop": (b"8BPS\0\1" + bytes(40), "Photoshop"),
    "zeros": (bytes(1000), "not a picture"),
    "one byte": (b"B", "not a picture"),
    "bm": (b"BM is a company", "damaged"),
    "p5": (b"P5 is a digit", "damaged"),
    "executable": (b"\x7fELF" + bytes(60), "not a picture"),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_what_is_no_picture_is_told_as_what_it_is(tmp_path, kind):
    data, word = STRANGERS[kind]
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    refused(path, word)
    for look in (probe, lambda path: thumbnail(path, 64)):
        with pytest.raises(ImageFileError):
            look(path)


def test_a_raw_file_whose_pixels_pillow_does_not_know_is_told_as_one(tmp_path):
    dng = {
        50706: tiff_tags.Field(tiff_tags.BYTE, bytes((1, 4, 0, 0))),
        259: tiff_tags.short(34_892),
    }
    path = tmp_path / "a.dng"
    path.write_bytes(tiff(slope().astype(np.float32), 32_803, tags=dng))
    refused(path, "raw file")


def test_what_is_no_file_is_refused_without_waiting(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    os.mkfifo("pipe.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "loop.png").symlink_to("loop.png")
    (tmp_path / "dangling.png").symlink_to("nothing.png")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.png")
        refused(Path("socket.png"), "pipe, socket or device")
    refused(Path("pipe.png"), "pipe, socket or device")
    refused(Path("/dev/zero"), "pipe, socket or device")
    refused(Path("folder.png"), "folder")
    refused(Path("empty.png"), "empty")
    refused(Path("missing.png"), "does not exist")
    refused(Path("dangling.png"), "does not exist")
    refused(Path("loop.png"), "circles")
    refused(Path("empty.png/a.png"), "not a folder")
    refused(Path("x" * 300), "too long")
    with pytest.raises(ImageFileError, match="null character"):
        read_picture(Path("a\0b.png"))
    if os.name != "nt":  # where half a character may stand in a name
        with pytest.raises(ImageFileError, match="characters that the system does not know"):
            read_picture(Path("a\ud800b.png"))


def test_a_name_of_two_lines_is_told_in_one(tmp_path):
    path = tmp_path / "two\nlines\x1b[31m.png"
    path.write_bytes(b"no picture at all")
    with pytest.raises(ImageFileError) as caught:
        read_picture(path)
    assert "two\\nlines\\x1b[31m.png" in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_file_that_may_not_be_read_gives_a_sentence(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(COMPLETE["png"])
    path.chmod(0)
    with as_nobody():
        refused(path, "permission")


@pytest.mark.parametrize(
    "values, photometric",
    [
        (slope().astype(np.float32), 2),
        (slope()[..., :1].astype(np.float16), 1),
        (np.dstack((slope(), slope()[..., :2])).astype(np.uint16), 2),
    ],
    ids=["colour of floats", "half", "two more channels of 16 bits"],
)
def test_an_unsupported_kind_of_tiff_gives_a_sentence(tmp_path, values, photometric):
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(values, photometric))
    refused(path, "stored in a way that BSR does not know: save it as PNG first")


def test_trouble_in_the_details_is_no_warning(tmp_path, capfd):
    """What Pillow warns about, and what it logs as an error, is not for the user."""
    with io.BytesIO(encoded(RGB, "TIFF")) as source, Image.open(source) as image:
        offset = image.tag_v2.offset
    data = bytearray(encoded(RGB, "TIFF"))
    data[offset + 6 : offset + 10] = (
        b"\xff\xff\xff\x7f"  # the first tag has 2 thousand million values
    )
    path = tmp_path / "a.tif"
    path.write_bytes(data)
    refused(path)
    many = tiff(slope(channels=1), 1, tags={277: tiff_tags.short(9999)})
    path.write_bytes(many)
    refused(path)
    assert capfd.readouterr() == ("", "")


def test_thumbnails_are_small_and_true(tmp_path):
    path = tmp_path / "a"
    wide = np.kron(slope(), np.ones((10, 10, 1), np.uint8))
    for format in ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"):
        path.write_bytes(encoded(pillow(wide), format))
        small = thumbnail(path, 32)
        assert small.shape == (24, 32, 3) and small.dtype == np.uint8
        expected = np.asarray(pillow(wide).resize((32, 24), Image.Resampling.BOX))
        assert np.abs(small.astype(int) - expected).mean() < 25
    path.write_bytes(png(STACKED, 16, 6))
    small = thumbnail(path, 500)
    np.testing.assert_array_equal(small, np.rint(STACKED / 257))
    path.write_bytes(png(STACKED[..., :1], 16, 0))
    assert thumbnail(path, 10).shape == (8, 10, 3)


def test_looking_at_a_header_needs_no_opencv(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(COMPLETE["png 16"])
    code = "import sys; from pathlib import Path; from bsr.engine.images import probe\n"
    code += f"print(probe(Path({str(path)!r}))); assert 'cv2' not in sys.modules"
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=root)


def test_naming_the_formats_needs_neither_numpy_nor_pillow():
    code = "import sys; from bsr.engine.images import FORMATS, check_output, format_of\n"
    code += "assert 'numpy' not in sys.modules and 'PIL' not in sys.modules"
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_a_jpeg_is_whole_wherever_blocks_of_the_file_end(tmp_path, monkeypatch):
    monkeypatch.setattr(jpeg, "_BLOCK", 1)
    assert read_bytes(tmp_path, encoded(pillow(slope()), "JPEG")).width == 64
