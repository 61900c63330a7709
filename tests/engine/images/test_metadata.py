"""Orientation, EXIF, colour profile and resolution survive; what would be a lie does not."""

import io
import struct

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps, PngImagePlugin

from bsr.engine.images import FORMATS, probe, read_picture, thumbnail, tiff_tags, write_picture
from bsr.engine.images.png import chunk
from bsr.engine.jobs.properties import kept_properties, lost_properties
from tests.engine.images.picture_files import (
    encoded,
    grey_profile,
    noise,
    pillow,
    png,
    read_bytes,
    slope,
    tiff,
)

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXIF, GPS, INTEROP = 0x8769, 0x8825, 0xA005
ARTIST, ORIENTATION, TAKEN, WIDTH, HEIGHT = 0x013B, 0x0112, 0x9003, 0xA002, 0xA003
MAKER_NOTE, COMMENT, LATITUDE = 0x927C, 0x9286, 0x0002


def exif_block(orientation=1, endian="<", **more):
    """An EXIF block with a tag of every directory, and a thumbnail of another picture."""
    exif = Image.Exif()
    exif.endian = endian
    exif[ARTIST] = "Ada"
    exif[ORIENTATION] = orientation
    exif[EXIF] = {TAKEN: "2020:02:02 20:20:20", WIDTH: 7, HEIGHT: 5, COMMENT: b"\0\1\2\xff"} | {
        int(tag, 16): value for tag, value in more.items()
    }
    exif[EXIF][INTEROP] = {1: "R98"}
    exif[GPS] = {LATITUDE: (51.5, 28.0, 38.25)}
    return exif.tobytes()


def tags_of(path):
    """All EXIF tags that Pillow finds in a file: (first directory, EXIF, GPS)."""
    with Image.open(path) as image:
        image.load()
        exif = image.getexif()
        return dict(exif), dict(exif.get_ifd(EXIF)), dict(exif.get_ifd(GPS))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_orientation_is_applied_and_reset(tmp_path, format, orientation):
    stored = pillow(slope())
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 100, "subsampling": 0}}
    data = encoded(stored, format, exif=exif_block(orientation), **options.get(format, {}))
    picture = read_bytes(tmp_path, data)

    stored.getexif()[ORIENTATION] = orientation
    upright = np.asarray(ImageOps.exif_transpose(stored))
    assert np.abs(picture.pixels.astype(int) - upright).max() <= (4 if format == "JPEG" else 0)
    assert (picture.height, picture.width) == upright.shape[:2]
    info = probe(tmp_path / "picture")
    assert (info.height, info.width) == upright.shape[:2]
    small = thumbnail(tmp_path / "picture", 16)
    assert (small.shape[0] > small.shape[1]) == (orientation >= 5)

    write_picture(picture, tmp_path / "again.jpg")
    assert tags_of(tmp_path / "again.jpg")[0][ORIENTATION] == 1
    assert read_picture(tmp_path / "again.jpg").pixels.shape == picture.pixels.shape


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sixteen_bits_and_alpha_are_turned_together(tmp_path, orientation):
    values = noise(dtype=np.uint16, alpha=True)
    stacked = np.dstack((values.pixels, values.alpha))
    upright = stacked
    if orientation in (2, 3, 6, 7):
        upright = upright[:, ::-1] if orientation in (2, 3) else upright[::-1]
    if orientation in (3, 4, 7, 8):
        upright = upright[::-1] if orientation in (3, 4) else upright[:, ::-1]
    if orientation >= 5:
        upright = upright.swapaxes(0, 1)
    tag = {274: tiff_tags.short(orientation)}
    as_png = png(stacked, 16, 6, chunk(b"eXIf", tiff_tags.write_block(tag)))
    as_tiff = tiff(stacked, 2, order=">", tags=tag | {338: tiff_tags.short(2)})
    as_planes = tiff(stacked, 2, planar=True, tags=tag | {338: tiff_tags.short(2)})
    for data in (as_png, as_tiff, as_planes):
        picture = read_bytes(tmp_path, data)
        np.testing.assert_array_equal(picture.pixels, upright[..., :3])
        np.testing.assert_array_equal(picture.alpha, upright[..., 3])
        assert probe(tmp_path / "picture").width == picture.width


def test_an_orientation_after_the_pixels_of_a_png_counts(tmp_path):
    data = encoded(pillow(slope()), "PNG")
    exif = encoded(pillow(slope()), "PNG", exif=exif_block(6))
    start = exif.index(b"eXIf") - 4
    late = exif[start : start + 12 + int.from_bytes(exif[start : start + 4], "big")]
    picture = read_bytes(tmp_path, data[:-12] + late + data[-12:])
    assert (picture.height, picture.width) == (64, 48)
    assert probe(tmp_path / "picture").width == 48


def test_exif_as_imagemagick_writes_it_into_a_png_is_read(tmp_path):
    block = exif_block(6)[6:]
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", f"\nexif\n{len(block):8}\n{block.hex()}\n", zip=True)
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "PNG", pnginfo=text))
    assert (picture.height, picture.width) == (64, 48)
    assert b"Ada" in picture.exif


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_is_ignored(tmp_path, orientation):
    data = encoded(pillow(slope()), "JPEG", exif=exif_block(orientation))
    assert read_bytes(tmp_path, data).width == 64


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize("source", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_exif_is_kept_from_any_format_to_any_other(tmp_path, source, suffix, endian):
    block = exif_block(endian=endian)
    picture = read_bytes(tmp_path, encoded(pillow(slope()), source, exif=block))
    write_picture(picture, tmp_path / f"again{suffix}")
    first, exif, gps = tags_of(tmp_path / f"again{suffix}")
    assert first[ARTIST] == "Ada"
    assert exif[TAKEN] == "2020:02:02 20:20:20"
    assert exif[COMMENT] == b"\0\1\2\xff"
    assert [float(value) for value in gps[LATITUDE]] == [51.5, 28.0, 38.25]
    if source != "TIFF":  # where Pillow does not write it
        with Image.open(tmp_path / f"again{suffix}") as image:
            assert image.getexif().get_ifd(INTEROP)[1] == "R98"


def test_text_in_any_encoding_is_kept(tmp_path):
    block = exif_block().replace(b"Ada\0", "é\0".encode() + b"\0")
    write_picture(noise(exif=block), tmp_path / "a.png")
    again = read_picture(tmp_path / "a.png").exif
    assert "é".encode() in again


SUFFIXES = [".jpg", ".png", ".webp", ".tif"]
SENTENCE = b"UNICODE\0" + "Grüße".encode("utf-16-be")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_comment_that_hangs_on_the_byte_order_is_kept_in_it(tmp_path, suffix):
    block = exif_block(endian=">", **{hex(COMMENT): SENTENCE})
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "JPEG", exif=block))
    write_picture(picture, tmp_path / f"a{suffix}")
    assert tags_of(tmp_path / f"a{suffix}")[1][COMMENT] == SENTENCE
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert image.getexif().endian == ">"


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_maker_s_note_stays_in_its_place(tmp_path, suffix, endian):
    """Its offsets count from the beginning of the block, not of the note."""
    note = bytes(range(1, 100))
    block = exif_block(endian=endian, **{hex(MAKER_NOTE): note})
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "JPEG", exif=block))
    path = tmp_path / f"a{suffix}"
    write_picture(picture, path)
    again = path.read_bytes()
    with Image.open(path) as image:
        written = again if suffix == ".tif" else image.info["exif"].removeprefix(b"Exif\0\0")
    assert written.index(note) == block[6:].index(note)
    assert tags_of(path)[1][MAKER_NOTE] == note
    assert read_picture(path).exif.index(note) == block.index(note)


def test_a_maker_s_note_far_from_the_beginning_is_left_out(tmp_path):
    note = tiff_tags.Field(tiff_tags.UNDEFINED, bytes(99))
    about = {MAKER_NOTE: note, TAKEN: tiff_tags.Field(tiff_tags.ASCII, b"2020\0")}
    data = tiff(slope(200, 200), 2, tags={EXIF: about})
    write_picture(read_bytes(tmp_path, data), tmp_path / "a.tif")
    exif = tags_of(tmp_path / "a.tif")[1]
    assert MAKER_NOTE not in exif and exif[TAKEN] == "2020"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_tiff_in_the_order_of_its_exif_gives_the_picture_back(tmp_path, dtype):
    block = exif_block(endian=">", **{hex(MAKER_NOTE): bytes(99)})
    for grey, alpha in ((False, False), (True, False), (False, True), (True, True)):
        picture = noise(40, 50, dtype, grey, alpha, exif=block)
        write_picture(picture, tmp_path / "a.tif")
        assert (tmp_path / "a.tif").read_bytes().startswith(b"MM")
        again = read_picture(tmp_path / "a.tif")
        np.testing.assert_array_equal(again.pixels, picture.pixels)
        if alpha:
            np.testing.assert_array_equal(again.alpha, picture.alpha)


def test_the_old_size_is_gone_from_the_directory_for_exchange(tmp_path):
    size = {0x1001: tiff_tags.long(64), 0x1002: tiff_tags.long(48)}
    rule = {1: tiff_tags.Field(tiff_tags.ASCII, b"R98\0")}
    block = b"Exif\0\0" + tiff_tags.write_block({EXIF: {INTEROP: rule | size}})
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "JPEG", exif=block))
    write_picture(picture, tmp_path / "a.jpg")
    with Image.open(tmp_path / "a.jpg") as image:
        assert image.getexif().get_ifd(INTEROP) == {1: "R98"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_exif_tells_the_size_of_the_written_picture(tmp_path, suffix):
    write_picture(noise(20, 30, exif=exif_block()), tmp_path / f"a{suffix}")
    _, exif, _ = tags_of(tmp_path / f"a{suffix}")
    assert (exif[WIDTH], exif[HEIGHT]) == (30, 20)


def test_the_thumbnail_of_the_old_picture_is_gone(tmp_path):
    old = encoded(pillow(slope()), "JPEG")
    block = bytearray(
        tiff_tags.write_block({ARTIST: tiff_tags.Field(tiff_tags.ASCII, b"Ada Lovelace\0")})
    )
    end = 8 + 2 + 12  # header, count and one entry; then the place of the second directory
    block[end : end + 4] = len(block).to_bytes(4, "little")
    jpeg = {
        0x0103: tiff_tags.short(6),
        0x0201: tiff_tags.long(len(block) + 42),
        0x0202: tiff_tags.long(len(old)),
    }
    block = b"Exif\0\0" + bytes(block) + tiff_tags.write_directory(jpeg, len(block)) + old
    data = encoded(pillow(slope()), "JPEG", exif=block)
    with Image.open(io.BytesIO(data)) as image:
        assert image.getexif().get_ifd(ExifTags.IFD.IFD1)[0x0202] == len(old)  # the link is sound
    picture = read_bytes(tmp_path, data)
    assert b"Ada" in picture.exif and old not in picture.exif
    write_picture(picture, tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").read_bytes().count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("tag", ["0x9214", "0xa20e", "0xa20f", "0xa210", "0xa214"])
def test_what_counts_in_pixels_of_the_old_picture_is_gone(tmp_path, tag):
    block = exif_block(**{tag: 3})
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "JPEG", exif=block))
    write_picture(picture, tmp_path / "a.jpg")
    _, exif, _ = tags_of(tmp_path / "a.jpg")
    assert int(tag, 16) not in exif and TAKEN in exif


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_exif_is_left_out_on_request_but_the_profile_stays(tmp_path, suffix):
    picture = noise(exif=exif_block(), icc=SRGB, dpi=(300.0, 300.0))
    write_picture(picture, tmp_path / f"a{suffix}", keep_metadata=False)
    assert b"Ada" not in (tmp_path / f"a{suffix}").read_bytes()
    again = read_picture(tmp_path / f"a{suffix}")
    assert again.exif is None and again.icc == SRGB
    if suffix != ".webp":
        assert again.dpi == pytest.approx((300, 300), abs=0.01)


def test_exif_too_long_for_a_jpeg_loses_the_maker_s_note_first(tmp_path):
    note = exif_block(**{"0x927c": bytes(65_000), "0xfe00": bytes(400)})
    write_picture(noise(exif=note), tmp_path / "a.jpg")
    _, exif, _ = tags_of(tmp_path / "a.jpg")
    assert MAKER_NOTE not in exif and exif[TAKEN].startswith("2020")
    write_picture(noise(exif=note), tmp_path / "a.png")
    assert len(tags_of(tmp_path / "a.png")[1][MAKER_NOTE]) == 65_000
    too_long = exif_block(**{"0xfe00": bytes(70_000)})
    write_picture(noise(exif=too_long), tmp_path / "b.jpg")
    assert read_picture(tmp_path / "b.jpg").exif is None


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_a_damaged_exif_block_does_not_cost_the_picture(tmp_path, cut):
    block = exif_block(6)[: 6 + cut]
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "PNG", exif=block))
    assert {picture.height, picture.width} == {48, 64}
    write_picture(noise(exif=block), tmp_path / "again.png")
    read_picture(tmp_path / "again.png")


def test_exif_directories_that_contain_themselves_end(tmp_path):
    pointer = tiff_tags.long(8)
    block = tiff_tags.write_block(
        {ARTIST: tiff_tags.Field(tiff_tags.ASCII, b"Ada\0"), EXIF: pointer, GPS: pointer}
    )
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "PNG", exif=block))
    assert b"Ada" in picture.exif


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
@pytest.mark.parametrize("size", [500, 200_000, 1_500_000])
def test_a_profile_of_any_size_is_kept(tmp_path, suffix, size):
    profile = SRGB + np.random.default_rng(0).bytes(size)
    write_picture(noise(icc=profile), tmp_path / f"a{suffix}")
    assert read_picture(tmp_path / f"a{suffix}").icc == profile


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_keep_profile_exif_and_resolution(tmp_path, suffix):
    picture = noise(dtype=np.uint16, alpha=True, icc=SRGB, exif=exif_block(), dpi=(240.0, 120.0))
    write_picture(picture, tmp_path / f"a{suffix}")
    again = read_picture(tmp_path / f"a{suffix}")
    assert again.icc == SRGB and b"Ada" in again.exif
    assert again.dpi == pytest.approx((240, 120), abs=0.02)
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert image.info["icc_profile"] == SRGB


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
def test_grey_keeps_its_grey_profile(tmp_path, suffix):
    write_picture(noise(grey=True, icc=grey_profile()), tmp_path / f"a{suffix}")
    again = read_picture(tmp_path / f"a{suffix}")
    assert again.grey and again.icc == grey_profile()


def test_a_grey_profile_is_applied_where_the_format_has_no_grey(tmp_path):
    picture = noise(16, 16, grey=True, icc=grey_profile())
    write_picture(picture, tmp_path / "a.webp", quality=100)
    again = read_picture(tmp_path / "a.webp")
    assert again.icc is None
    lightness = picture.pixels[..., 0] / 255 * 100
    luminance = np.where(lightness > 8, ((lightness + 16) / 116) ** 3, lightness / 903.3)
    expected = np.where(
        luminance > 0.0031308, 1.055 * luminance ** (1 / 2.4) - 0.055, 12.92 * luminance
    )
    np.testing.assert_allclose(again.pixels[..., 1] / 255, expected, atol=0.02)


@pytest.mark.parametrize(("kind", "missing"), [(b"DEBM", 0), (b"DEBM", 1), (b"BGRs", 0)])
def test_the_profile_inside_a_bmp_is_kept(tmp_path, kind, missing):
    plain = encoded(pillow(slope()), "BMP")
    pixels = plain[54:]
    header = struct.pack("<I", 124) + plain[18:54] + bytes(16) + kind + bytes(48)
    header += struct.pack("<4I", 0, 124 + len(pixels), len(SRGB), 0)
    start = b"BM" + struct.pack("<3I", 138 + len(pixels) + len(SRGB), 0, 138)
    data = start + header + pixels + SRGB[: len(SRGB) - missing]
    picture = read_bytes(tmp_path, data)
    np.testing.assert_array_equal(picture.pixels, slope())
    assert picture.icc == (SRGB if kind == b"DEBM" and not missing else None)


def test_a_profile_of_other_channels_is_dropped(tmp_path):
    assert (
        read_bytes(tmp_path, encoded(pillow(slope()), "PNG", icc_profile=grey_profile())).icc
        is None
    )
    grey = pillow(slope(channels=1))
    kept = read_bytes(tmp_path, encoded(grey, "JPEG", icc_profile=SRGB))
    assert kept.icc == SRGB
    write_picture(kept, tmp_path / "a.jpg")
    assert read_picture(tmp_path / "a.jpg").icc == SRGB
    write_picture(kept, tmp_path / "a.png")  # as RGB: its specification forbids it on grey
    assert read_picture(tmp_path / "a.png").icc == SRGB


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".bmp"])
def test_the_resolution_is_kept(tmp_path, suffix):
    write_picture(noise(dpi=(300.0, 150.0)), tmp_path / f"a{suffix}")
    assert read_picture(tmp_path / f"a{suffix}").dpi == pytest.approx((300, 150), abs=0.02)
    with Image.open(tmp_path / f"a{suffix}") as image:
        assert [float(value) for value in image.info["dpi"]] == pytest.approx([300, 150], abs=0.02)


@pytest.mark.parametrize("exif", [None, exif_block()])
@pytest.mark.parametrize("format", FORMATS)
def test_the_resolution_of_a_microscope_is_kept_or_said_to_be_lost(tmp_path, format, exif):
    picture = noise(dpi=(508_000.0, 65_536.0), exif=exif)
    write_picture(picture, tmp_path / "a", format=format)
    kept = kept_properties(picture, format)
    assert ("DPI" in kept) == (format in ("png", "tiff", "bmp") or exif is not None)
    assert ("DPI" in lost_properties(picture, kept)) != ("DPI" in kept)
    expected = pytest.approx(picture.dpi, abs=0.02) if "DPI" in kept else None
    assert read_picture(tmp_path / "a").dpi == expected


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"bmp"}))  # which always says one
def test_a_resolution_that_no_format_holds_is_left_out(tmp_path, format):
    picture = noise(dpi=(1e12, 1e12), exif=exif_block())
    write_picture(picture, tmp_path / "a", format=format)
    assert "DPI" in lost_properties(picture, kept_properties(picture, format))
    assert read_picture(tmp_path / "a").dpi is None


def test_the_resolution_in_the_exif_block_of_a_webp_is_read(tmp_path):
    write_picture(noise(dpi=(300.0, 150.0), exif=exif_block()), tmp_path / "a.webp")
    assert read_picture(tmp_path / "a.webp").dpi == (300, 150)


def test_a_resolution_per_centimetre_becomes_dots_per_inch(tmp_path):
    data = encoded(pillow(slope()), "TIFF", resolution_unit=3, x_resolution=100, y_resolution=50)
    assert read_bytes(tmp_path, data).dpi == pytest.approx((254, 127))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "PPM"])
def test_a_file_that_says_no_resolution_has_none(tmp_path, format):
    picture = read_bytes(tmp_path, encoded(pillow(slope()), format))
    assert (picture.dpi, picture.exif, picture.icc) == (None, None, None)


ABOUT = [0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298]


@pytest.mark.parametrize("tag", ABOUT, ids=hex)
def test_what_tells_of_the_picture_stays(tmp_path, tag):
    exif = Image.Exif()
    exif[tag] = "something"
    picture = read_bytes(tmp_path, encoded(pillow(slope()), "JPEG", exif=exif.tobytes()))
    write_picture(picture, tmp_path / "again.jpg")
    assert tags_of(tmp_path / "again.jpg")[0][tag] == "something"


def test_a_jpeg_keeps_exif_up_to_what_a_segment_holds(tmp_path):
    kept = []
    for spare in range(65_290, 65_325):
        write_picture(noise(4, 4, exif=exif_block(**{"0xfe00": bytes(spare)})), tmp_path / "a.jpg")
        kept.append(read_picture(tmp_path / "a.jpg").exif is not None)
    assert kept == sorted(kept, reverse=True)
    assert kept[0] and not kept[-1]


@pytest.mark.parametrize("order", ["<", ">"])
def test_directories_inside_a_large_tiff_lie_beyond_four_gigabytes(order):
    """The offset of a directory is a number of 8 bytes there, and is said to be one."""
    offset = (1 << 32) + 200
    inside = {TAKEN: tiff_tags.short(7)}
    block = tiff_tags.write_directory({EXIF: inside}, offset, order=order, big=True)
    tag, kind, length, target = struct.unpack_from(f"{order}HHQQ", block, 8)
    assert (tag, kind, length) == (EXIF, tiff_tags.LONG8, 1)
    assert target == offset + 8 + 20 + 8


@pytest.mark.parametrize("kind", [tiff_tags.LONG, 13, tiff_tags.LONG8])
@pytest.mark.parametrize("order", ["<", ">"])
def test_directories_inside_a_large_tiff_are_found_by_narrow_and_wide_offsets(order, kind):
    start = 16 + 8 + 20 + 8
    word = "Q" if kind == tiff_tags.LONG8 else "I4x"
    head = (b"II+\0" if order == "<" else b"MM\0+") + struct.pack(f"{order}HHQ", 8, 0, 16)
    outer = struct.pack(f"{order}QHHQ{word}Q", 1, EXIF, kind, 1, start, 0)
    inside = tiff_tags.write_directory({TAKEN: tiff_tags.short(7)}, start, order=order, big=True)
    found = tiff_tags.read_block(io.BytesIO(head + outer + inside), {EXIF})
    assert found == {EXIF: {TAKEN: tiff_tags.short(7)}}


RESOLUTION = {"x": 0x011A, "y": 0x011B, "unit": 0x0128}


def jpeg_with(unit=None, jfif=None, orientation=1, **dots):
    """A JPEG whose resolution stands in its EXIF block, or in its JFIF header."""
    tags = {ORIENTATION: tiff_tags.short(orientation)}
    tags |= {RESOLUTION[axis]: tiff_tags.rational(value) for axis, value in dots.items()}
    if unit is not None:
        tags[RESOLUTION["unit"]] = tiff_tags.short(unit)
    block = b"Exif\0\0" + tiff_tags.write_block(tags)
    return encoded(pillow(slope()), "JPEG", exif=block, **({"dpi": jfif} if jfif else {}))


@pytest.mark.parametrize(
    ("about", "dpi"),
    [
        ({}, None),
        ({"x": 300, "y": 150}, (300, 150)),
        ({"x": 300, "y": 150, "unit": 2}, (300, 150)),
        ({"x": 100, "y": 50, "unit": 3}, (254, 127)),
        ({"x": 300, "y": 150, "unit": 2, "jfif": (96, 48)}, (96, 48)),
        ({"x": 300, "y": 150, "orientation": 6}, (150, 300)),
        ({"x": 300, "y": 150, "orientation": 3}, (300, 150)),
    ],
)
def test_the_resolution_of_a_jpeg_is_what_its_file_says(tmp_path, about, dpi):
    picture = read_bytes(tmp_path, jpeg_with(**about))
    assert picture.dpi == (None if dpi is None else pytest.approx(dpi))


@pytest.mark.parametrize(("orientation", "dpi"), [(1, (204, 98)), (6, (98, 204)), (8, (98, 204))])
def test_the_resolution_of_a_tiff_turns_with_it(tmp_path, orientation, dpi):
    tags = {
        ORIENTATION: tiff_tags.short(orientation),
        RESOLUTION["x"]: tiff_tags.rational(204),
        RESOLUTION["y"]: tiff_tags.rational(98),
        RESOLUTION["unit"]: tiff_tags.short(2),
    }
    picture = read_bytes(tmp_path, tiff(slope(), 2, tags=tags))
    assert picture.dpi == dpi
    assert (picture.width > picture.height) == (orientation == 1)


def test_the_xmp_says_the_resolution_of_the_result(tmp_path):
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:XResolution="720000/10000" '
        b"tiff:ResolutionUnit='3'><tiff:YResolution> 72/1</tiff:YResolution></rdf:Description>"
    )
    write_picture(noise(xmp=xmp, dpi=(300.0, 150.5)), tmp_path / "a.png")
    written = read_picture(tmp_path / "a.png").xmp
    assert b'tiff:XResolution="3000000/10000"' in written
    assert b"tiff:ResolutionUnit='2'" in written
    assert b"<tiff:YResolution>1505000/10000<" in written
    write_picture(noise(xmp=xmp), tmp_path / "b.png")
    assert read_picture(tmp_path / "b.png").xmp == xmp


PANORAMA = (
    b'<rdf:Description GPano:ProjectionType="equirectangular" GPano:FullPanoWidthPixels="%d" '
    b'GPano:FullPanoHeightPixels="%d" GPano:CroppedAreaImageHeightPixels="%d" '
    b"GPano:CroppedAreaLeftPixels='%d' dc:title=\"Ada\">"
    b"<GPano:CroppedAreaImageWidthPixels>%d</GPano:CroppedAreaImageWidthPixels>"
    b"<GPano:LargestValidInteriorRectTop> %d</GPano:LargestValidInteriorRectTop></rdf:Description>"
)


def test_the_places_of_a_panorama_grow_with_it(tmp_path):
    before, after = (80, 50, 9, 30, 13, 4), (160, 150, 27, 60, 26, 12)
    write_picture(noise(27, 26, xmp=PANORAMA % before), tmp_path / "a.png")
    written = read_picture(tmp_path / "a.png").xmp
    assert written == (PANORAMA % after).replace(b"> 12<", b">12<")


@pytest.mark.parametrize("width", [b"0", b"9" * 5000, b"-3", b""])
def test_a_panorama_of_no_size_is_written_as_it_is(tmp_path, width):
    xmp = b'<x GPano:FullPanoWidthPixels="%s" GPano:CroppedAreaLeftPixels="7"/>' % width
    write_picture(noise(xmp=xmp), tmp_path / "a.png")
    assert read_picture(tmp_path / "a.png").xmp == xmp


@pytest.mark.parametrize(("size", "kept"), [(1000, True), (70_000, False)])
def test_what_is_said_of_exif_is_what_the_file_holds(tmp_path, size, kept):
    """A JPEG has 64 kB for it."""
    tags = {ARTIST: tiff_tags.Field(tiff_tags.ASCII, b"a" * size + b"\0")}
    picture = noise(exif=b"Exif\0\0" + tiff_tags.write_block(tags))
    for name, there in (("jpeg", kept), ("png", True), ("webp", True), ("tiff", True)):
        path = tmp_path / f"a.{name}"
        write_picture(picture, path)
        assert ("EXIF" in kept_properties(picture, name)) is there
        assert (read_picture(path).exif is not None) is there
