"""Every kind of picture file comes out with the right pixels, depth, grey and alpha."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from bsr.engine.images import probe, read_picture, thumbnail, tiff_tags
from bsr.engine.images.png import chunk
from tests.engine.images.picture_files import (
    cmyk_profile,
    encoded,
    pillow,
    png,
    read_bytes,
    slope,
    tiff,
)

DEEP = np.random.default_rng(1).integers(0, 65_536, (9, 13, 4), np.uint16)


def equal(picture, colours, alpha=None, grey=False):
    """Whether a picture has exactly these pixels, depth and properties."""
    assert picture.pixels.dtype == colours.dtype
    np.testing.assert_array_equal(picture.pixels, np.broadcast_to(colours, picture.pixels.shape))
    assert picture.pixels.shape[:2] == colours.shape[:2]
    assert picture.pixels.flags.c_contiguous and picture.pixels.flags.writeable
    assert picture.grey == grey
    if alpha is None:
        assert picture.alpha is None
    else:
        np.testing.assert_array_equal(picture.alpha, alpha)
        assert picture.alpha.dtype == colours.dtype


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "PPM", "WEBP"])
def test_eight_bit_colours_are_read_exactly(tmp_path, format):
    options = {"lossless": True} if format == "WEBP" else {}
    equal(read_bytes(tmp_path, encoded(pillow(slope()), format, **options)), slope())


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "PPM", "GIF"])
def test_grey_is_read_as_grey(tmp_path, format):
    level = slope(channels=1)
    equal(read_bytes(tmp_path, encoded(pillow(level), format)), level, grey=True)


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "PPM"])
def test_one_bit_is_read_as_black_and_white(tmp_path, format):
    bits = slope(channels=1) > 127
    image = Image.fromarray(bits.squeeze(2))
    equal(read_bytes(tmp_path, encoded(image, format)), bits * np.uint8(255), grey=True)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "packbits", "group4", "raw"])
def test_tiff_of_every_lossless_compression_is_read(tmp_path, compression):
    if compression == "group4":
        bits = slope(channels=1) > 127
        data = encoded(Image.fromarray(bits.squeeze(2)), "TIFF", compression=compression)
        equal(read_bytes(tmp_path, data), bits * np.uint8(255), grey=True)
    else:
        data = encoded(pillow(slope()), "TIFF", compression=compression)
        equal(read_bytes(tmp_path, data), slope())


@pytest.mark.parametrize("format", ["PNG", "TIFF", "WEBP"])
def test_alpha_is_read_beside_colours_that_are_not_premultiplied(tmp_path, format):
    values = slope(channels=4)
    options = {"lossless": True, "exact": True} if format == "WEBP" else {}
    picture = read_bytes(tmp_path, encoded(pillow(values), format, **options))
    equal(picture, values[..., :3], values[..., 3])


@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_grey_with_alpha_is_read_as_grey(tmp_path, format):
    values = slope(channels=2)
    picture = read_bytes(tmp_path, encoded(Image.fromarray(values, "LA"), format))
    equal(picture, values[..., :1], values[..., 1], grey=True)


def test_an_opaque_alpha_is_kept(tmp_path):
    picture = read_bytes(tmp_path, encoded(pillow(slope()).convert("RGBA"), "PNG"))
    equal(picture, slope(), np.full((48, 64), 255, np.uint8))


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_palette_becomes_colours(tmp_path, format):
    image = pillow(slope()).quantize(16)
    equal(read_bytes(tmp_path, encoded(image, format)), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("factor", [1, 257])
@pytest.mark.parametrize("coloured", [False, True])
def test_a_palette_of_bytes_in_a_tiff_is_read_as_one_of_words(tmp_path, factor, coloured):
    indices = slope(channels=1)
    colours = np.repeat(np.arange(256)[:, None], 3, axis=1)
    if coloured:
        colours = np.random.default_rng(0).permuted(colours, axis=0)
    values = colours.T.ravel() * factor
    data = tiff(indices, 3, tags={320: tiff_tags.short(*map(int, values))})
    (tmp_path / "a.tif").write_bytes(data)
    expected = colours[indices[..., 0]].astype(np.uint8)
    equal(read_picture(tmp_path / "a.tif"), expected, grey=not coloured)
    assert probe(tmp_path / "a.tif").grey is not coloured


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_the_transparent_entry_of_a_palette_becomes_alpha(tmp_path, format):
    image = pillow(slope()).quantize(16)
    picture = read_bytes(tmp_path, encoded(image, format, transparency=3))
    transparent = np.asarray(image) == 3
    assert transparent.any()
    np.testing.assert_array_equal(picture.alpha, np.where(transparent, 0, 255))
    np.testing.assert_array_equal(
        picture.pixels[~transparent], np.asarray(image.convert("RGB"))[~transparent]
    )


def gif_with_margin(frame, height, width, top, left):
    """A GIF whose first frame covers a part of its screen."""
    data = bytearray(encoded(frame, "GIF", optimize=False))
    described = 13 + 3 * (2 << (data[10] & 7))  # behind the header and the palette
    assert data[described : described + 5] == b"\x2c\0\0\0\0"
    struct.pack_into("<2H", data, 6, width, height)
    struct.pack_into("<2H", data, described + 1, left, top)
    return bytes(data)


def test_what_the_first_frame_of_a_gif_does_not_cover_is_transparent(tmp_path):
    frame = Image.fromarray(slope(5, 7)).quantize(16)
    alpha = np.zeros((9, 12), np.uint8)
    alpha[2:7, 3:10] = 255
    data = gif_with_margin(frame, 9, 12, 2, 3)
    picture = read_bytes(tmp_path, data)
    np.testing.assert_array_equal(picture.alpha, alpha)
    np.testing.assert_array_equal(picture.pixels[2:7, 3:10], np.asarray(frame.convert("RGB")))
    assert probe(tmp_path / "picture").alpha
    assert thumbnail(tmp_path / "picture", 20)[0, 0, 3] == 0
    assert read_bytes(tmp_path, gif_with_margin(frame, 5, 7, 0, 0)).alpha is None


def test_a_palette_with_an_alpha_for_each_entry_becomes_alpha(tmp_path):
    image = pillow(slope()).quantize(4)
    picture = read_bytes(tmp_path, encoded(image, "PNG", transparency=bytes([0, 80, 160, 255])))
    np.testing.assert_array_equal(
        picture.alpha,
        np.asarray(image) * 0 + np.array([0, 80, 160, 255], np.uint8)[np.asarray(image)],
    )


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_the_transparent_level_of_a_grey_png_becomes_alpha(tmp_path, bits):
    max_value = 2**bits - 1
    values = DEEP[..., :1] & np.uint16(max_value)
    values[0, 0] = level = min(max_value, 3)
    data = png(values, bits, 0, chunk(b"tRNS", level.to_bytes(2, "big")))
    scale, dtype = (1, np.uint16) if bits == 16 else (255 // max_value, np.uint8)
    alpha = np.where(values[..., 0] == level, 0, 65_535 if bits == 16 else 255)
    equal(read_bytes(tmp_path, data), (values * scale).astype(dtype), alpha, grey=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_transparent_colour_of_an_rgb_png_becomes_alpha(tmp_path, dtype):
    values = DEEP[..., :3].astype(dtype)
    values[4:6, 5:9] = key = values[0, 0].copy()
    values[0, 1] = key ^ [0, 0, 1]  # differs in the lowest bit alone
    data = png(values, 8 * values.itemsize, 2, chunk(b"tRNS", key.astype(">u2").tobytes()))
    alpha = np.where((values == key).all(axis=2), 0, np.iinfo(dtype).max)
    assert alpha[0, 1] > 0
    equal(read_bytes(tmp_path, data), values, alpha)


def test_sixteen_bit_grey_png_is_read_exactly(tmp_path):
    equal(read_bytes(tmp_path, png(DEEP[..., :1], 16, 0)), DEEP[..., :1], grey=True)


def test_sixteen_bit_grey_png_with_alpha_is_read_exactly(tmp_path):
    picture = read_bytes(tmp_path, png(DEEP[..., :2], 16, 4))
    equal(picture, DEEP[..., :1], DEEP[..., 1], grey=True)


def test_sixteen_bit_colour_png_is_read_exactly(tmp_path):
    equal(read_bytes(tmp_path, png(DEEP[..., :3], 16, 2)), DEEP[..., :3])


def test_sixteen_bit_colour_png_with_alpha_is_read_exactly(tmp_path):
    equal(read_bytes(tmp_path, png(DEEP, 16, 6)), DEEP[..., :3], DEEP[..., 3])


@pytest.mark.parametrize("channels", [3, 4])
def test_a_sixteen_bit_png_of_another_program_is_read_exactly(tmp_path, channels):
    cv2 = pytest.importorskip("cv2")
    values = DEEP[..., :channels]
    order = [2, 1, 0, 3][:channels]
    data = cv2.imencode(".png", np.ascontiguousarray(values[..., order]))[1].tobytes()
    equal(read_bytes(tmp_path, data), values[..., :3], values[..., 3] if channels == 4 else None)


@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])
def test_sixteen_bit_colour_tiff_is_read_exactly_in_any_layout(tmp_path, order, planar, big):
    data = tiff(DEEP[..., :3], 2, order=order, planar=planar, big=big)
    equal(read_bytes(tmp_path, data), DEEP[..., :3])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("planar", [False, True])
def test_sixteen_bit_tiff_with_alpha_is_read_exactly(tmp_path, order, planar):
    data = tiff(DEEP, 2, order=order, planar=planar, tags={338: tiff_tags.short(2)})
    equal(read_bytes(tmp_path, data), DEEP[..., :3], DEEP[..., 3])


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("planar", [False, True])
def test_sixteen_bit_grey_tiff_with_alpha_is_read_exactly(tmp_path, order, planar):
    data = tiff(DEEP[..., :2], 1, order=order, planar=planar, tags={338: tiff_tags.short(2)})
    equal(read_bytes(tmp_path, data), DEEP[..., :1], DEEP[..., 1], grey=True)


@pytest.mark.parametrize("order", ["<", ">"])
def test_sixteen_bit_grey_tiff_is_read_exactly(tmp_path, order):
    data = tiff(DEEP[..., :1], 1, order=order)
    equal(read_bytes(tmp_path, data), DEEP[..., :1], grey=True)


@pytest.mark.parametrize("compression", [5, 8])
def test_a_sixteen_bit_tiff_of_another_program_is_read_exactly(tmp_path, compression):
    cv2 = pytest.importorskip("cv2")
    bgr = np.ascontiguousarray(DEEP[..., 2::-1])
    data = cv2.imencode(".tif", bgr, [cv2.IMWRITE_TIFF_COMPRESSION, compression])[1].tobytes()
    equal(read_bytes(tmp_path, data), DEEP[..., :3])


def test_premultiplied_colours_of_a_tiff_are_divided_by_alpha(tmp_path):
    alpha = np.array([[65_535, 32_768, 1, 0]], np.uint16)
    colour = np.array([[(60_000, 30_000, 7)] * 4], np.uint16)
    stored = (colour * (alpha[..., None] / 65_535)).round().astype(np.uint16)
    data = tiff(np.dstack((stored, alpha)), 2, tags={338: tiff_tags.short(1)})
    picture = read_bytes(tmp_path, data)
    np.testing.assert_allclose(picture.pixels[0, :2].astype(int), colour[0, :2], atol=1)
    np.testing.assert_array_equal(picture.pixels[0, 3], 0)
    np.testing.assert_array_equal(picture.alpha, alpha)


@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("channels", [2, 4])
def test_premultiplied_channels_are_divided_in_any_layout(tmp_path, channels, planar):
    alpha = np.full((5, 6, 1), 32_768, np.uint16)
    stored = np.full((5, 6, channels - 1), 10_000, np.uint16)
    photometric = 1 if channels == 2 else 2
    values = np.concatenate((stored, alpha), axis=2)
    data = tiff(values, photometric, planar=planar, tags={338: tiff_tags.short(1)})
    picture = read_bytes(tmp_path, data)
    assert (picture.pixels == 20_000).all() and (picture.alpha == 32_768).all()


@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize("planar", [False, True])
def test_a_fourth_channel_that_is_no_alpha_is_left_out(tmp_path, planar, deflated):
    for values in (DEEP, DEEP.astype(np.uint8)):
        tags = {338: tiff_tags.short(0)}
        data = tiff(values, 2, planar=planar, deflated=deflated, tags=tags)
        equal(read_bytes(tmp_path, data), values[..., :3])


@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize("channels", [2, 4, 5])
def test_planes_of_eight_bits_are_read_exactly(tmp_path, channels, deflated):
    values = np.dstack((DEEP, DEEP[..., :1]))[..., :channels].astype(np.uint8)
    colours = 1 if channels == 2 else 3
    extra = (2,) if channels < 5 else (2, 0)
    for kinds, alpha in ((extra, values[..., colours]), ((0, 0)[: len(extra)], None)):
        tags = {338: tiff_tags.short(*kinds)}
        data = tiff(values, min(colours, 2), planar=True, deflated=deflated, tags=tags)
        equal(read_bytes(tmp_path, data), values[..., :colours], alpha, grey=colours == 1)


@pytest.mark.parametrize("deflated", [False, True])
def test_a_fourth_plane_of_no_kind_that_is_said_is_alpha(tmp_path, deflated):
    values = DEEP.astype(np.uint8)
    data = tiff(values, 2, planar=True, deflated=deflated)
    equal(read_bytes(tmp_path, data), values[..., :3], values[..., 3])


@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize("channels", [2, 4])
def test_premultiplied_planes_of_eight_bits_are_divided(tmp_path, channels, deflated):
    values = np.full((5, 6, channels), 20, np.uint8)
    values[..., -1] = 51
    tags = {338: tiff_tags.short(1)}
    data = tiff(values, 1 if channels == 2 else 2, planar=True, deflated=deflated, tags=tags)
    picture = read_bytes(tmp_path, data)
    assert (picture.pixels == 100).all() and (picture.alpha == 51).all()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("deflated", [False, True])
def test_white_is_zero_is_turned_round(tmp_path, order, deflated):
    for values in (DEEP[..., :1], DEEP[..., :1].astype(np.uint8)):
        max_value = np.iinfo(values.dtype).max
        data = tiff(values, 0, order=order, deflated=deflated)
        equal(read_bytes(tmp_path, data), max_value - values, grey=True)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("deflated", [False, True])
def test_unsigned_32_bits_keep_their_upper_half(tmp_path, order, deflated):
    values = DEEP[..., :1].astype(np.uint32) << 16
    data = tiff(values, 1, order=order, deflated=deflated)
    equal(read_bytes(tmp_path, data), DEEP[..., :1], grey=True)


def test_fractions_of_one_fill_sixteen_bits(tmp_path):
    values = (DEEP[..., :1] / 65_535).astype(np.float32)
    values[0, 0] = np.nan
    expected = DEEP[..., :1].copy()
    expected[0, 0] = 0
    equal(read_bytes(tmp_path, tiff(values, 1)), expected, grey=True)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("deflated", [False, True])
@pytest.mark.parametrize("photometric", [0, 1])
def test_grey_of_doubles_is_read_as_that_of_floats(tmp_path, photometric, deflated, order):
    values = DEEP[..., :1] / 65_535
    expected = DEEP[..., :1] if photometric else 65_535 - DEEP[..., :1]
    data = tiff(values, photometric, order=order, deflated=deflated)
    equal(read_bytes(tmp_path, data), expected, grey=True)


@pytest.mark.parametrize("kind", ["f4", "i2", "i4", "u2"])
def test_compressed_numbers_are_read_in_either_byte_order(tmp_path, kind):
    values = (DEEP[..., :1] >> 1).astype(kind)
    expected = read_bytes(tmp_path, tiff(values, 1))
    for order in "<>":
        picture = read_bytes(tmp_path, tiff(values, 1, order=order, deflated=True))
        equal(picture, expected.pixels, grey=True)


def test_numbers_of_unknown_range_are_stretched(tmp_path):
    values = np.array([[-1000.0, 0.0, 3000.0]], np.float32)[..., None]
    picture = read_bytes(tmp_path, tiff(values, 1))
    assert picture.pixels[0, :, 0].tolist() == [0, 16_384, 65_535]


def test_all_fractions_equal_is_a_picture(tmp_path):
    picture = read_bytes(tmp_path, tiff(np.full((3, 4, 1), -5.0, np.float32), 1))
    assert not picture.pixels.any()


@pytest.mark.parametrize("levels", [1, 3, 100, 255, 256, 1023, 65_535])
@pytest.mark.parametrize("kind", [b"P5", b"P6"])
def test_binary_ppm_of_any_depth_fills_eight_or_sixteen_bits(tmp_path, levels, kind):
    channels = 1 if kind == b"P5" else 3
    values = DEEP[..., :channels].astype(int) % (levels + 1)
    stored = values.astype(">u2" if levels > 255 else "u1").tobytes()
    picture = read_bytes(tmp_path, b"%s\n# made by hand\n13 9\n%d\n%s" % (kind, levels, stored))
    max_value, dtype = (65_535, np.uint16) if levels > 255 else (255, np.uint8)
    expected = ((values * max_value + levels // 2) // levels).astype(dtype)
    equal(picture, expected, grey=channels == 1)


def test_plain_ppm_is_read(tmp_path):
    equal(
        read_bytes(tmp_path, b"P3 2 1 255\n1 2 3  250 251 252\n"),
        np.array([[(1, 2, 3), (250, 251, 252)]], np.uint8),
    )


def test_the_first_frame_of_an_animation_is_read(tmp_path):
    first, second = pillow(slope()).quantize(8), pillow(255 - slope()).quantize(8)
    for format in ("GIF", "PNG", "WEBP", "TIFF"):
        frames = (
            [first.convert("RGB"), second.convert("RGB")] if format != "GIF" else [first, second]
        )
        options = {"lossless": True} if format == "WEBP" else {}
        data = encoded(frames[0], format, save_all=True, append_images=frames[1:], **options)
        with Image.open(io.BytesIO(data)) as image:
            assert image.n_frames == 2
        equal(read_bytes(tmp_path, data), np.asarray(first.convert("RGB")))


def test_the_first_picture_of_a_telephone_s_double_jpeg_is_read(tmp_path):
    data = encoded(
        pillow(slope()), "MPO", save_all=True, append_images=[pillow(255 - slope())], quality=100
    )
    picture = read_bytes(tmp_path, data)
    assert np.abs(picture.pixels.astype(int) - slope()).mean() < 4
    assert probe(tmp_path / "picture").format == "jpeg"


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_is_read_with_no_more_loss_than_its_own(tmp_path, progressive):
    data = encoded(pillow(slope()), "JPEG", quality=95, progressive=progressive)
    picture = read_bytes(tmp_path, data)
    assert np.abs(picture.pixels.astype(int) - slope()).mean() < 4


def test_grey_jpeg_is_read_as_grey(tmp_path):
    assert read_bytes(tmp_path, encoded(pillow(slope(channels=1)), "JPEG")).grey


def cmyk(level):
    """A picture of cyan in one half and of black ink in the other."""
    ink = np.zeros((16, 16, 4), np.uint8)
    ink[:, :8, 0] = ink[:, 8:, 3] = level
    return Image.fromarray(ink, "CMYK")


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_without_a_profile_is_taken_for_plain_ink(tmp_path, format):
    picture = read_bytes(tmp_path, encoded(cmyk(255), format))
    np.testing.assert_allclose(picture.pixels[8, 3].astype(int), (0, 255, 255), atol=3)
    np.testing.assert_allclose(picture.pixels[8, 12].astype(int), (0, 0, 0), atol=3)
    assert picture.icc is None and not picture.grey


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_is_converted_by_its_profile_which_is_then_gone(tmp_path, format):
    picture = read_bytes(tmp_path, encoded(cmyk(255), format, icc_profile=cmyk_profile()))
    red, green, blue = picture.pixels[8, 3].astype(int)
    assert red > 200 and green < 60 and blue < 60  # its "cyan" is red
    np.testing.assert_allclose(picture.pixels[8, 12].astype(int), (0, 0, 0), atol=12)
    assert picture.icc is None


def test_cmyk_with_a_damaged_profile_is_still_read(tmp_path):
    damaged = cmyk_profile()[:200]
    picture = read_bytes(tmp_path, encoded(cmyk(255), "TIFF", icc_profile=damaged))
    np.testing.assert_array_equal(picture.pixels[8, 3], (0, 255, 255))


def test_ycck_as_photoshop_writes_it_is_read(tmp_path):
    """Cyan, magenta and yellow stored as the YCC of red, green and blue; black is inverted."""
    luma, blue, red = np.asarray(Image.new("RGB", (1, 1), (255, 0, 0)).convert("YCbCr"))[0, 0]
    stored = np.full((16, 16, 4), (255 - luma, 255 - blue, 255 - red, 0), np.uint8)
    data = encoded(Image.fromarray(stored, "CMYK"), "JPEG", quality=100, subsampling=0)
    position = data.index(b"Adobe")
    data = data[: position + 11] + b"\x02" + data[position + 12 :]
    picture = read_bytes(tmp_path, data)
    with Image.open(tmp_path / "picture") as image:
        assert image.info["adobe_transform"] == 2
    np.testing.assert_allclose(picture.pixels[8, 8].astype(int), (0, 255, 255), atol=6)


def test_sixteen_bit_cmyk_is_read(tmp_path):
    ink = np.full((2, 2, 4), (65_535, 0, 0, 0), np.uint16)
    np.testing.assert_array_equal(read_bytes(tmp_path, tiff(ink, 5)).pixels[0, 0], (0, 255, 255))


def test_lab_becomes_srgb(tmp_path):
    colours = np.array([[(255, 255, 255), (128, 128, 128), (200, 60, 40), (20, 90, 180)]], np.uint8)
    lab = ImageCms.profileToProfile(
        pillow(colours),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    picture = read_bytes(tmp_path, encoded(lab, "TIFF"))
    np.testing.assert_allclose(picture.pixels.astype(int), colours, atol=4)
    assert picture.icc is None and not picture.grey


def test_content_counts_and_not_the_name(tmp_path):
    equal(read_bytes(tmp_path, encoded(pillow(slope()), "PNG"), "picture.jpg"), slope())
    equal(read_bytes(tmp_path, encoded(pillow(slope()), "BMP"), "picture.txt"), slope())


KINDS = {
    "grey": (png(DEEP[..., :1], 16, 0), "png", 16, False, True),
    "grey alpha": (png(DEEP[..., :2], 16, 4), "png", 16, True, True),
    "deep": (png(DEEP, 16, 6), "png", 16, True, False),
    "tiff": (tiff(DEEP[..., :3], 2), "tiff", 16, False, False),
    "tiff planes": (
        tiff(DEEP[..., :2], 1, planar=True, tags={338: tiff_tags.short(2)}),
        "tiff",
        16,
        True,
        True,
    ),
    "fractions": (tiff(DEEP[..., :1].astype(np.float32), 1), "tiff", 16, False, True),
    "cmyk": (tiff(DEEP, 5), "tiff", 8, False, False),
    "ppm": (b"P6 13 9 1000\n" + DEEP[..., :3].tobytes(), "ppm", 16, False, False),
    "pgm": (b"P5 13 9 20\n" + bytes(117), "ppm", 8, False, True),
    "key": (png(DEEP[..., :3], 16, 2, chunk(b"tRNS", bytes(6))), "png", 16, True, False),
    "jpeg": (encoded(pillow(DEEP[..., :3].astype(np.uint8)), "JPEG"), "jpeg", 8, False, False),
    "webp": (encoded(pillow(DEEP.astype(np.uint8)), "WEBP"), "webp", 8, True, False),
    "gif": (encoded(pillow(DEEP[..., :1].astype(np.uint8)), "GIF"), "gif", 8, False, True),
    "bmp": (encoded(pillow(DEEP[..., :3].astype(np.uint8)), "BMP"), "bmp", 8, False, False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_header_promises_what_reading_gives(tmp_path, kind):
    data, format, bits, alpha, grey = KINDS[kind]
    path = tmp_path / "picture"
    path.write_bytes(data)
    info, picture = probe(path), read_picture(path)
    assert (info.format, info.bits, info.alpha, info.grey) == (format, bits, alpha, grey)
    assert (info.height, info.width) == (picture.height, picture.width) == (9, 13)
    assert info.bits == 8 * picture.pixels.itemsize
    assert info.alpha == (picture.alpha is not None)
    assert info.grey == picture.grey


def test_depths_of_channels_that_a_tiff_does_not_have_do_not_count(tmp_path):
    level = slope(channels=1)
    data = tiff(level, 1, tags={258: tiff_tags.short(8, 16, 16), 339: tiff_tags.short(1)})
    equal(read_bytes(tmp_path, data), level, grey=True)
    assert probe(tmp_path / "picture").bits == 8


def test_one_depth_counts_for_all_channels_of_a_tiff(tmp_path):
    tags = {258: tiff_tags.short(16), 339: tiff_tags.short(1)}
    equal(read_bytes(tmp_path, tiff(DEEP[..., :3], 2, tags=tags)), DEEP[..., :3])
    assert probe(tmp_path / "picture").bits == 16
