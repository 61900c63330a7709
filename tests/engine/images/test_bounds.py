"""Looking at a file takes little time and memory, whatever lies in it."""

import io
import os
import struct
import time
import tracemalloc
import zlib

import numpy as np
import pytest

from bsr.engine import ImageFileError
from bsr.engine.images import probe, read_picture, thumbnail, tiff_tags
from bsr.engine.images.png import chunk
from bsr.engine.images.sniff import PNG_SIGNATURE
from bsr.engine.machine import Memory
from tests.engine.images.picture_files import encoded, pillow, png, read_bytes, slope, tiff

SECONDS = 2
JPEG = encoded(pillow(slope()), "JPEG")
PNG = encoded(pillow(slope()), "PNG")
WEBP = encoded(pillow(slope()), "WEBP")
GIF = encoded(pillow(slope()).quantize(16), "GIF")
MEGA = 1 << 20


def sparse(path, data, size, tail=b""):
    """A file of `size` bytes that begins and ends as told and is nothing but zeros between."""
    with path.open("wb") as file:
        file.write(data)
        file.truncate(size)
        file.seek(0, os.SEEK_END)
        file.write(tail)


def fill_bytes(path):
    path.write_bytes(JPEG[:2] + b"\xff" * (4 * MEGA) + JPEG[2:])


def empty_segments(path):
    path.write_bytes(JPEG[:2] + b"\xff\xe5\0\2" * MEGA + JPEG[2:])


def escapes(path):
    path.write_bytes(JPEG[:2] + b"\xff\0" * (4 * MEGA) + JPEG[2:])


def escapes_behind_a_start(path):
    """The walks of Pillow and of BSR differ behind a second start mark."""
    path.write_bytes(JPEG[:2] + b"\xff\xd8" + b"\xff\0" * (4 * MEGA) + JPEG[2:])


def segments_behind_a_scan(path):
    segment = b"\xff\xe5\0\2" + bytes(80)
    path.write_bytes(JPEG[:-2] + segment * (MEGA // 8) + JPEG[-2:])


def exif_segments(path, count=800):
    segment = b"\xff\xe1\xff\xff" + b"Exif\0\0" + bytes(65_527)
    path.write_bytes(JPEG[:2] + segment * count + JPEG[2:])


def empty_chunks(path):
    path.write_bytes(PNG[:33] + chunk(b"teSt", b"") * MEGA + PNG[33:])


def a_long_comment_chunk(path):
    with path.open("wb") as file:
        file.write(PNG[:33] + struct.pack(">I4s", (1 << 31) - 1, b"tEXt"))
        file.seek((1 << 31) + 3, os.SEEK_CUR)
        file.write(PNG[33:])


def packed_texts(path):
    packed = zlib.compress(bytes(32 * MEGA), 9)
    texts = chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed)
    texts += chunk(b"zTXt", b"Raw profile type exif\0\0" + packed)
    path.write_bytes(PNG[:33] + 50 * texts + PNG[33:])


def a_long_pixel_chunk(path):
    with path.open("wb") as file:
        file.write(PNG[:33] + struct.pack(">I4s", (1 << 31) - 1, b"IDAT"))
        file.seek((1 << 31) + 3, os.SEEK_CUR)
        file.write(PNG[33:])


def a_long_palette(path):
    with path.open("wb") as file:
        file.write(PNG[:33] + struct.pack(">I4s", (1 << 31) - 1, b"PLTE"))
        file.seek((1 << 31) + 3, os.SEEK_CUR)
        file.write(PNG[33:])


def a_comment_in_a_header(path):
    path.write_bytes(b"P6 #" + b"x" * (16 * MEGA) + b"\n2 2 255\n" + bytes(12))


def a_gif_full_of_comments(path):
    start = 13 + 3 * 16
    path.write_bytes(GIF[:start] + b"!\xfe" + b"\1x" * (4 * MEGA) + b"\0" + GIF[start:])


def a_directory_without_end(path):
    sparse(path, b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 1 << 40), 2 << 30)


def a_list_without_end(path):
    tags = {273: tiff_tags.Field(tiff_tags.LONG, b"")}
    data = bytearray(tiff(slope(), 2, tags=tags | {278: tiff_tags.long(1)}))
    position = data.index(struct.pack("<HHI", 273, tiff_tags.LONG, 0))
    data[position : position + 12] = struct.pack("<HHII", 273, tiff_tags.LONG, 200 * MEGA, 8)
    sparse(path, bytes(data), 1 << 30)


def directories_in_directories(path):
    """Every tag of a directory leads to a directory whose every tag leads to the last."""
    count, size = 4000, 2 + 4000 * 12 + 4
    block = b"II*\0\x08\0\0\0"
    for level in range(3):
        target = 8 + min(level + 1, 2) * size
        entry = struct.pack("<HHII", tiff_tags.EXIF, tiff_tags.LONG, 1, target)
        block += struct.pack("<H", count) + entry * count + bytes(4)
    path.write_bytes(PNG[:33] + chunk(b"eXIf", block) + PNG[33:])


ENDLESS = [
    fill_bytes,
    empty_segments,
    escapes,
    escapes_behind_a_start,
    segments_behind_a_scan,
    exif_segments,
    empty_chunks,
    a_long_comment_chunk,
    packed_texts,
    a_long_pixel_chunk,
    a_long_palette,
    a_comment_in_a_header,
    a_gif_full_of_comments,
    a_directory_without_end,
    a_list_without_end,
    directories_in_directories,
]


@pytest.fixture(scope="module", params=ENDLESS, ids=lambda make: make.__name__)
def endless(request, tmp_path_factory):
    """A file, made once for every way of looking at it."""
    path = tmp_path_factory.mktemp("endless") / "endless"
    request.param(path)
    yield path
    path.unlink()


@pytest.mark.parametrize("look", [probe, read_picture])
def test_a_header_without_end_is_soon_refused_or_passed_over(endless, look):
    start = time.process_time()
    try:
        look(endless)
    except ImageFileError as error:
        assert str(error).startswith(str(endless))
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    ("data", "size", "tail"),
    [(JPEG, 10 << 30, b""), (JPEG[:-2], 10 << 30, b"\xff\xd9"), (WEBP, 10 << 30, b"")],
    ids=["jpeg behind", "jpeg within", "webp"],
)
def test_a_file_far_larger_than_its_picture_is_refused(tmp_path, data, size, tail):
    path = tmp_path / "padded"
    sparse(path, data, size, tail)
    with pytest.raises(ImageFileError):
        read_picture(path)


def test_the_bytes_of_a_file_count_as_memory(tmp_path):
    for data, copies in ((JPEG, 1), (PNG, 2), (WEBP, 3), (GIF, 0)):
        path = tmp_path / "a"
        path.write_bytes(data)
        assert probe(path).file_bytes == copies * len(data)


def test_a_file_that_takes_too_long_to_be_looked_at_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(JPEG)
    clock = iter(range(1000))
    monkeypatch.setattr("bsr.engine.images.bounded.time.monotonic", lambda: next(clock))
    with pytest.raises(ImageFileError, match="takes too long to be looked at"):
        probe(path, 5)
    assert probe(path).width == 64


def test_a_jpeg_with_four_megabytes_of_exif_is_read(tmp_path):
    exif_segments(tmp_path / "a.jpg", 64)
    assert read_picture(tmp_path / "a.jpg").width == 64


def test_a_jpeg_with_a_film_behind_it_is_read(tmp_path):
    """A film's bytes look like a scan's mark once in 65,536."""
    for film in (bytes(40 * MEGA), b"\xff\xda\x00\x08" * 1000):
        assert read_bytes(tmp_path, JPEG + film).width == 64


COMMENT = b"\xff\xfe\x00\x06\xff\xd9\xff\xd9"  # which holds the mark of the end


@pytest.mark.parametrize("between", [b"", b"\xff\xff", COMMENT, b"\xff\xd0", b"\xff\x00"])
def test_a_jpeg_of_very_many_scans_is_refused(tmp_path, between):
    progressive = encoded(pillow(slope()), "JPEG", progressive=True)
    start = progressive.rindex(b"\xff\xda")
    scan, end = progressive[start:-2], progressive[-2:]
    assert read_bytes(tmp_path, progressive).width == 64
    with pytest.raises(ImageFileError, match="too many scans"):
        read_bytes(tmp_path, progressive[:-2] + (between + scan) * 600 + end)


def test_a_scan_that_is_written_in_its_tables_is_none(tmp_path):
    tables = (b"\xff\xfe\x04\x02" + b"\xff\xda" * 512) * 2
    assert read_bytes(tmp_path, JPEG[:2] + tables + JPEG[2:]).width == 64


def test_a_tiff_with_layers_of_its_own_program_is_read(tmp_path):
    layers = {37724: tiff_tags.Field(tiff_tags.UNDEFINED, bytes(36 * MEGA))}
    assert read_bytes(tmp_path, tiff(slope(), 2, tags=layers)).width == 64


def test_a_tiff_whose_layers_do_not_fit_in_memory_is_refused(tmp_path, monkeypatch):
    layers = {37724: tiff_tags.Field(tiff_tags.UNDEFINED, bytes(8 * MEGA))}
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(slope(), 2, tags=layers))
    for available, fits in ((23 * MEGA, False), (25 * MEGA, True)):
        free = Memory(available, available)
        monkeypatch.setattr("bsr.engine.images.bounded.memory", lambda free=free: free)
        for look in (probe, read_picture):
            if fits:
                assert look(path).width == 64
            else:
                with pytest.raises(ImageFileError, match="more memory than there is"):
                    look(path)


def test_a_tag_that_says_more_than_its_file_holds_takes_no_memory(tmp_path):
    data = bytearray(tiff(slope(), 2, tags={37724: tiff_tags.Field(7, bytes(99))}))
    position = data.index(struct.pack("<HHI", 37724, 7, 99))
    data[position + 4 : position + 8] = b"\xff" * 4
    assert read_bytes(tmp_path, bytes(data)).width == 64


@pytest.mark.parametrize("side", [64, 4096, 20_000])
def test_a_tile_may_be_larger_than_its_picture_but_no_giant(tmp_path, side):
    rows = zlib.compress(bytes(3 * min(side, 4096) ** 2))
    tags = {
        259: tiff_tags.short(8),
        322: tiff_tags.long(side),
        323: tiff_tags.long(side),
        324: tiff_tags.long(8),
        325: tiff_tags.long(len(rows)),
    }
    directory = {
        256: tiff_tags.long(16),
        257: tiff_tags.long(16),
        258: tiff_tags.short(8, 8, 8),
        262: tiff_tags.short(2),
        277: tiff_tags.short(3),
    }
    start = 8 + len(rows)
    head = b"II*\0" + struct.pack("<I", start) + rows
    data = head + tiff_tags.write_directory(directory | tags, start)
    if side < 20_000:
        assert not read_bytes(tmp_path, data).pixels.any()
    else:
        with pytest.raises(ImageFileError, match="far more than a picture of its size"):
            read_bytes(tmp_path, data)


def test_a_png_in_very_many_pieces_is_read(tmp_path):
    image = np.random.default_rng(0).integers(0, 256, (100, 100, 3), np.uint8)
    rows = b"".join(b"\0" + row.tobytes() for row in image)
    pixels = zlib.compress(rows)
    header = png(image, 8, 2)[8:33]
    pieces = b"".join(chunk(b"IDAT", pixels[i : i + 1]) for i in range(len(pixels)))
    data = PNG_SIGNATURE + header + pieces + chunk(b"IEND", b"")
    np.testing.assert_array_equal(read_bytes(tmp_path, data).pixels, image)


@pytest.mark.parametrize("kind", [2, 3])
@pytest.mark.parametrize("levels", [99, 255, 65_535])
def test_numbers_in_text_are_read_whatever_stands_between_them(tmp_path, monkeypatch, kind, levels):
    monkeypatch.setattr("bsr.engine.images.plain._BLOCK", 1000)
    channels = {2: 1, 3: 3}[kind]
    values = np.random.default_rng(0).integers(0, levels + 1, (40, 50, channels))
    words = [str(value) for value in values.ravel()]
    words[7] = "# a comment with 12 numbers\r" + words[7]
    words[-1] += "#"
    text = io.StringIO()
    for number, word in enumerate(words):
        text.write(word + " \n\t\r\v\f"[number % 6])
    data = f"P{kind}\n50 40\n{levels}\n{text.getvalue()}".encode()
    picture = read_bytes(tmp_path, data)
    white = 65_535 if levels > 255 else 255
    expected = (values * white + levels // 2) // levels
    np.testing.assert_array_equal(picture.pixels, np.broadcast_to(expected, (40, 50, 3)))
    assert picture.max_value == white and picture.grey == (channels == 1)
    assert probe(tmp_path / "picture").bits == (16 if levels > 255 else 8)


@pytest.mark.parametrize(
    "text", ["", "1 2", "1 2 3 4 5 x", "1 2 3 4 5 -6", "1 2 3 4 5 300", "9" * 40, "1 2 3 4 5 6.5"]
)
def test_numbers_that_are_none_are_refused(tmp_path, text):
    with pytest.raises(ImageFileError):
        read_bytes(tmp_path, b"P3 2 1 255\n" + text.encode())


def test_a_long_comment_between_numbers_is_passed_over(tmp_path):
    data = b"P3 2 1 255\n1 2 3 #" + b"9 " * (4 * MEGA) + b"\n4 5 6"
    assert read_bytes(tmp_path, data).pixels.tolist() == [[[1, 2, 3], [4, 5, 6]]]


def test_spaces_between_numbers_are_no_numbers(tmp_path):
    data = b"P3 2 1 255\n1 2 3" + b" " * (4 * MEGA) + b"\n4 5 6"
    assert read_bytes(tmp_path, data).pixels.tolist() == [[[1, 2, 3], [4, 5, 6]]]


def test_four_megapixels_of_text_are_read_soon(tmp_path):
    path = tmp_path / "a.ppm"
    path.write_bytes(b"P3 2000 2000 255\n" + b"123 45 6\n" * 4_000_000)
    start = time.process_time()
    assert read_picture(path).pixels[-1, -1].tolist() == [123, 45, 6]
    assert time.process_time() - start < 1.25


@pytest.mark.parametrize("look", [read_picture, lambda path: thumbnail(path, 32)])
@pytest.mark.parametrize("values", [slope(300, 400), slope(300, 400, 1)])
def test_a_picture_that_does_not_fit_in_memory_is_refused_before_it_is_decoded(
    tmp_path, monkeypatch, look, values
):
    path = tmp_path / "a"
    needed = (3 + values.shape[2]) * 300 * 400
    for format in ("PNG", "BMP", "TIFF"):
        path.write_bytes(encoded(pillow(values), format))
        for available, fits in ((needed - 1, False), (needed + 2 * path.stat().st_size, True)):
            free = Memory(available, available)
            monkeypatch.setattr("bsr.engine.images.bounded.memory", lambda free=free: free)
            assert probe(path).width == 400
            if fits:
                look(path)
            else:
                with pytest.raises(ImageFileError, match="more memory than there is"):
                    look(path)


@pytest.mark.parametrize("format", ["PNG", "TIFF", "WEBP"])
def test_how_much_memory_is_free_is_not_asked_for_a_small_picture(tmp_path, monkeypatch, format):
    path = tmp_path / "a"
    path.write_bytes(encoded(pillow(slope()), format))
    monkeypatch.setattr("bsr.engine.images.bounded.memory", lambda: pytest.fail("asked"))
    for look in (probe, read_picture, lambda path: thumbnail(path, 32)):
        look(path)


def test_a_jpeg_is_reduced_while_it_is_decoded_whatever_it_would_take(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded(pillow(slope(600, 800)), "JPEG"))
    free = Memory(600 * 800, 600 * 800)
    monkeypatch.setattr("bsr.engine.images.bounded.memory", lambda: free)
    assert thumbnail(path, 100).shape == (75, 100, 3)
    with pytest.raises(ImageFileError, match="more memory than there is"):
        read_picture(path)


def test_a_thumbnail_copies_no_whole_picture(tmp_path):
    """Pillow's own memory is not counted here: what is left are the decoded values."""
    path = tmp_path / "a.png"
    path.write_bytes(png(np.zeros((1500, 2000, 4), np.uint16), 16, 6))
    tracemalloc.start()
    try:
        thumbnail(path, 100)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 17 * 1500 * 2000
