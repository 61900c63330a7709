"""Colours look as the original's, whatever the file says them with; what is said is kept."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from bsr.engine import ImageFileError, Picture
from bsr.engine.images import (
    check_output,
    probe,
    read_picture,
    thumbnail,
    tiff_tags,
    write_picture,
)
from bsr.engine.images.colour import _transform, to_srgb
from bsr.engine.images.metadata import kept_xmp
from bsr.engine.images.png import chunk
from bsr.engine.images.profile import SRGB, make_profile
from bsr.engine.jobs.job import SaveOptions
from bsr.engine.jobs.properties import kept_properties, lost_properties
from tests.engine.batch.batches import planned, request
from tests.engine.images.picture_files import (
    cmyk_profile,
    encoded,
    grey_profile,
    noise,
    pillow,
    png,
    read_bytes,
    slope,
    tiff,
)

WIDE = (0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060)
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="%d" '
    b'exif:PixelXDimension="64" tiff:ImageLength="48" dc:title="Ada"/></x:xmpmeta>'
)


def gamma(value):
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def primaries(values=WIDE):
    return chunk(b"cHRM", struct.pack(">8I", *(round(value * 100_000) for value in values)))


def seen(pixels, icc):
    """What a viewer that manages colours shows on an sRGB screen."""
    if icc is None:
        return pixels.astype(int)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    image = Image.fromarray(pixels)
    shown = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"))
    return np.asarray(shown).astype(int)


def light(values):
    return np.where(values > 0.0031308, 1.055 * values ** (1 / 2.4) - 0.055, 12.92 * values)


def test_gamma_far_from_usual_becomes_a_profile(tmp_path):
    picture = read_bytes(tmp_path, png(slope(), 8, 2, gamma(1.0)))
    assert picture.made_profile
    np.testing.assert_array_equal(picture.pixels, slope())
    expected = 255 * light(slope() / 255)
    assert np.abs(seen(picture.pixels, picture.icc) - expected).max() < 3


def test_gamma_of_a_grey_picture_becomes_a_grey_profile(tmp_path):
    picture = read_bytes(tmp_path, png(slope(channels=1), 8, 0, gamma(1 / 1.8)))
    assert picture.grey and picture.icc[16:20] == b"GRAY"
    write_picture(picture, tmp_path / "a.webp", quality=100)
    expected = 255 * light((slope(channels=1) / 255) ** 1.8)
    assert np.abs(read_picture(tmp_path / "a.webp").pixels - expected).mean() < 2


def test_primaries_become_a_profile(tmp_path):
    values = np.full((4, 4, 3), (200, 100, 100), np.uint8)
    picture = read_bytes(tmp_path, png(values, 8, 2, primaries()))
    assert np.abs(seen(picture.pixels, picture.icc)[0, 0] - (215, 93, 97)).max() <= 1


@pytest.mark.parametrize(
    "chunks",
    [
        (gamma(1 / 2.2),),
        (gamma(0.45455), primaries(SRGB)),
        (gamma(1.0), chunk(b"sRGB", b"\0")),
        (gamma(0.0),),
        (gamma(1e-4),),
        (primaries((0.0,) * 8),),
        (primaries((0.3,) * 8),),
        (chunk(b"cHRM", b"short"),),
        (chunk(b"gAMA", b"\0\0"),),
        (chunk(b"gAMA", b"\0\1\0\0")[:-1] + b"x",),
        (chunk(b"cICP", bytes((1, 13, 0, 1))), gamma(1.0)),
    ],
)
def test_what_says_srgb_or_nonsense_makes_no_profile(tmp_path, chunks):
    picture = read_bytes(tmp_path, png(slope(), 8, 2, *chunks))
    assert picture.icc is None and not picture.made_profile


def test_a_profile_in_the_file_wins_over_gamma(tmp_path):
    icc = chunk(b"iCCP", b"x\0\0" + zlib.compress(PROFILE))
    picture = read_bytes(tmp_path, png(slope(), 8, 2, gamma(1.0), icc))
    assert picture.icc == PROFILE and not picture.made_profile


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif", ".bmp"])
def test_colours_said_by_gamma_look_the_same_in_every_format(tmp_path, suffix):
    smooth = np.linspace(10, 240, 64 * 48 * 3).reshape(48, 64, 3).astype(np.uint8)
    picture = read_bytes(tmp_path, png(smooth, 8, 2, gamma(0.6), primaries()))
    write_picture(picture, tmp_path / f"a{suffix}", quality=100)
    again = read_picture(tmp_path / f"a{suffix}")
    before, after = seen(picture.pixels, picture.icc), seen(again.pixels, again.icc)
    assert np.abs(before - after).mean() < 1.5
    format = {".jpg": "jpeg", ".tif": "tiff"}.get(suffix, suffix[1:])
    kept = kept_properties(picture, format)
    assert kept == (("colours as sRGB",) if suffix == ".bmp" else ("colours as ICC",))


@pytest.mark.parametrize(("primary", "transfer"), [(9, 16), (9, 18), (2, 16)])
def test_an_hdr_picture_stays_one_in_a_png_and_is_refused_elsewhere(tmp_path, primary, transfer):
    cicp = bytes((primary, transfer, 0, 1))
    data = png(noise(4, 5, np.uint16).pixels, 16, 2, chunk(b"cICP", cicp))
    picture = read_bytes(tmp_path, data)
    assert picture.cicp == cicp and probe(tmp_path / "picture").hdr
    write_picture(picture, tmp_path / "a.png")
    assert chunk(b"cICP", cicp) in (tmp_path / "a.png").read_bytes()
    assert read_picture(tmp_path / "a.png").cicp == cicp
    assert "cICP" in kept_properties(picture, "png")
    with pytest.raises(ImageFileError, match="HDR picture: save it as PNG"):
        write_picture(picture, tmp_path / "a.jpg")
    with pytest.raises(ImageFileError, match="HDR"):
        check_output(4, 5, "tiff", hdr=True)


def test_wide_colours_said_by_cicp_become_a_profile(tmp_path):
    values = np.full((4, 4, 3), (200, 100, 100), np.uint8)
    picture = read_bytes(tmp_path, png(values, 8, 2, chunk(b"cICP", bytes((12, 13, 0, 1)))))
    assert picture.cicp is None
    assert np.abs(seen(picture.pixels, picture.icc)[0, 0] - (215, 93, 97)).max() <= 1


@pytest.mark.parametrize("numbers", [(2, 2, 0, 1), (1, 2, 0, 1), (2, 13, 0, 1), (12, 2, 2, 1)])
def test_colours_that_cicp_leaves_unspecified_are_said_by_the_rest(tmp_path, numbers):
    cicp = chunk(b"cICP", bytes(numbers))
    picture = read_bytes(tmp_path, png(slope(), 8, 2, cicp))
    assert picture.cicp is None and picture.icc is None and not probe(tmp_path / "picture").hdr
    write_picture(picture, tmp_path / "a.jpg")
    picture = read_bytes(tmp_path, png(slope(), 8, 2, cicp, gamma(1.0)))
    assert picture.icc is not None and picture.made_profile


def camera_jpeg(image, colour_space=65_535, index="R03", **options):
    """A JPEG that tells its colours by EXIF, as cameras write it that follow DCF."""
    exif = Image.Exif()
    exif[tiff_tags.EXIF] = {0xA001: colour_space, tiff_tags.INTEROP: {1: index}}
    return encoded(image, "JPEG", quality=100, exif=exif, **options)


def test_adobe_rgb_that_a_camera_says_by_exif_alone_becomes_a_profile(tmp_path):
    colour = np.full((16, 16, 3), (110, 190, 130), np.uint8)
    picture = read_bytes(tmp_path, camera_jpeg(pillow(colour)))
    assert picture.made_profile
    for name in ("a.jpg", "a.webp", "a.bmp"):
        write_picture(picture, tmp_path / name, quality=100)
        again = read_picture(tmp_path / name)
        assert np.abs(seen(again.pixels, again.icc)[8, 8] - (28, 191, 128)).max() <= 3
    grey = read_bytes(tmp_path, camera_jpeg(pillow(colour[..., :1])))
    assert grey.grey and grey.icc == make_profile((563 / 256,), None, "Adobe RGB (1998)")


def test_other_colours_of_cameras_make_no_profile(tmp_path):
    for said in ({"colour_space": 1}, {"index": "R98"}):
        assert read_bytes(tmp_path, camera_jpeg(pillow(slope()), **said)).icc is None
    own = read_bytes(tmp_path, camera_jpeg(pillow(slope()), icc_profile=PROFILE))
    assert own.icc == PROFILE and not own.made_profile
    assert read_bytes(tmp_path, camera_jpeg(pillow(slope()).convert("CMYK"))).icc is None


def test_colours_that_were_converted_are_no_longer_said_to_be_the_camera_s(tmp_path):
    picture = read_bytes(tmp_path, camera_jpeg(pillow(slope()).convert("CMYK")))
    write_picture(picture, tmp_path / "a.jpg")
    assert read_picture(tmp_path / "a.jpg").icc is None


def test_a_grey_picture_with_a_profile_of_colours_keeps_it_in_a_png(tmp_path):
    wide = make_profile((1.8,), WIDE, "wide")
    picture = read_bytes(tmp_path, encoded(pillow(slope(channels=1)), "JPEG", icc_profile=wide))
    assert picture.grey
    write_picture(picture, tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert image.mode == "RGB" and image.info["icc_profile"] == wide
    np.testing.assert_array_equal(read_picture(tmp_path / "a.png").pixels, picture.pixels)
    assert kept_properties(picture, "png") == ("ICC",)


@pytest.mark.parametrize("icc", [make_profile((1.0,), WIDE, "wide"), grey_profile()])
def test_a_bmp_gets_the_colours_of_srgb(tmp_path, icc):
    grey = icc[16:20] == b"GRAY"
    pixels = np.repeat(slope(channels=1), 3, axis=2) if grey else slope()
    picture = Picture(pixels, grey=grey, icc=icc)
    write_picture(picture, tmp_path / "a.bmp")
    again = read_picture(tmp_path / "a.bmp")
    before = seen(pixels[..., 0] if grey else pixels, None if grey else icc)
    if not grey:
        assert np.abs(again.pixels - before).max() <= 2
    assert np.abs(again.pixels.astype(int) - pixels).max() > 5
    kept = kept_properties(picture, "bmp")
    assert "colours as sRGB" in kept and "ICC" not in kept


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
@pytest.mark.parametrize("icc", [make_profile((1.0,), WIDE, "wide"), grey_profile()])
def test_a_thumbnail_has_the_colours_of_its_picture(tmp_path, format, icc):
    channels = 1 if icc[16:20] == b"GRAY" else 3
    image = pillow(np.full((40, 60, 3), (120, 40, 60), np.uint8)[..., :channels])
    (tmp_path / "a").write_bytes(encoded(image, format, icc_profile=icc))
    expected = np.asarray(to_srgb(image, icc))[0, 0].astype(int)
    assert np.abs(thumbnail(tmp_path / "a", 8)[3, 3] - expected).max() <= 2


@pytest.mark.parametrize("background", [(255, 255, 255), (0, 0, 255)])
def test_a_profile_of_grey_is_told_to_be_kept_where_the_background_leaves_it(tmp_path, background):
    pixels = np.repeat(slope(channels=1), 3, axis=2)
    half = np.full(pixels.shape[:2], 128, np.uint8)
    picture = Picture(pixels, half, grey=True, icc=grey_profile())
    write_picture(picture, tmp_path / "a.jpg", background=background)
    kept = kept_properties(picture, "jpeg", background=background)
    assert ("ICC" in kept) == (read_picture(tmp_path / "a.jpg").icc is not None)
    assert ("ICC" in kept) == (background == (255, 255, 255))


def with_xmp(format, xmp):
    image = pillow(slope())
    if format == "PNG":
        text = chunk(b"iTXt", b"XML:com.adobe.xmp\0" + bytes(4) + xmp)
        return encoded(image, "PNG")[:-12] + text + chunk(b"IEND", b"")
    if format == "TIFF":
        return encoded(image, "TIFF", tiffinfo={700: xmp})
    return encoded(image, format, xmp=xmp)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF"])
@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif", ".bmp"])
def test_xmp_is_kept_where_the_format_can_carry_it(tmp_path, format, suffix):
    picture = read_bytes(tmp_path, with_xmp(format, XMP % 1))
    assert picture.xmp == XMP % 1
    path = tmp_path / f"a{suffix}"
    larger = Picture(np.repeat(picture.pixels, 2, axis=1), xmp=picture.xmp)
    write_picture(larger, path)
    again = read_picture(path).xmp
    name = {".jpg": "jpeg", ".tif": "tiff"}.get(suffix, suffix[1:])
    kept = kept_properties(larger, name)
    assert ("XMP" in kept) == (again is not None) == (suffix != ".bmp")
    assert lost_properties(larger, kept) == (() if again else ("XMP",))
    if again:
        assert again == (XMP % 1).replace(b'XDimension="64"', b'XDimension="128"')
    write_picture(larger, path, keep_metadata=False)
    assert read_picture(path).xmp is None


def test_packed_xmp_is_read(tmp_path):
    text = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP % 1)
    data = encoded(pillow(slope()), "PNG")
    data = data[:33] + chunk(b"iTXt", text) + data[33:]
    assert read_bytes(tmp_path, data).xmp == XMP % 1


def test_xmp_as_imagemagick_writes_it_into_a_png_is_read(tmp_path):
    picture = read_bytes(tmp_path, with_profile_as_text(b"xmp", XMP % 6))
    assert (picture.height, picture.xmp) == (64, XMP % 1) and picture.left_behind == ()


@pytest.mark.parametrize("text", [b"", b"\n\n\nno digits", b"\n\n\n\xff"])
def test_a_damaged_profile_in_a_text_does_not_cost_the_picture(tmp_path, text):
    kinds = (chunk(b"tEXt", b"Raw profile type %s\0" % kind + text) for kind in (b"xmp", b"exif"))
    picture = read_bytes(tmp_path, png(slope(), 8, 2, *kinds))
    assert picture.xmp is None and picture.exif is None


@pytest.mark.parametrize("body", [b"", b"\1", b"\1\0\0\0no deflated text", b"\0\0no end"])
def test_a_damaged_packet_does_not_cost_the_picture(tmp_path, body):
    data = encoded(pillow(slope()), "PNG")
    data = data[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0" + body) + data[33:]
    picture = read_bytes(tmp_path, data)
    assert picture.xmp is None and picture.width == 64


@pytest.mark.parametrize("kind", [b"exif", b"xmp"])
def test_a_text_whose_check_sum_is_wrong_counts_for_nothing(tmp_path, kind):
    exif = Image.Exif()
    exif[tiff_tags.MAKE] = "Ada"
    data = with_profile_as_text(kind, exif.tobytes() if kind == b"exif" else XMP % 6)
    intact = read_bytes(tmp_path, data)
    at = data.index(b"Raw profile")
    end = at + int.from_bytes(data[at - 8 : at - 4])
    picture = read_bytes(tmp_path, data[:end] + bytes(4) + data[end + 4 :])
    assert (picture.exif, picture.xmp) == (None, None) != (intact.exif, intact.xmp)


def test_xmp_too_long_for_a_jpeg_is_left_out(tmp_path):
    picture = Picture(slope(), xmp=b"x" * 65_503)
    write_picture(picture, tmp_path / "a.jpg")
    assert read_picture(tmp_path / "a.jpg").xmp is None
    assert "XMP" not in kept_properties(picture, "jpeg")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_an_orientation_that_only_xmp_tells_counts(tmp_path, format):
    picture = read_bytes(tmp_path, with_xmp(format, XMP % 6))
    assert (picture.height, picture.width) == (64, 48)
    info = probe(tmp_path / "picture")
    assert (info.height, info.width) == (64, 48)
    assert b'Orientation="1"' in picture.xmp
    if format in ("PNG", "TIFF"):
        np.testing.assert_array_equal(picture.pixels, np.rot90(slope(), -1))


@pytest.mark.parametrize("channels", [2, 3, 4])
def test_an_orientation_that_only_xmp_tells_counts_in_deep_tiffs(tmp_path, channels):
    values = np.random.default_rng(0).integers(0, 65_536, (5, 7, channels), np.uint16)
    tags = {700: tiff_tags.Field(tiff_tags.BYTE, XMP % 6)}
    if channels != 3:
        tags[338] = tiff_tags.short(2)
    picture = read_bytes(tmp_path, tiff(values, 1 if channels == 2 else 2, tags=tags))
    colour = values[..., : 1 if channels == 2 else 3]
    expected = np.broadcast_to(np.rot90(colour, -1), (7, 5, 3))
    np.testing.assert_array_equal(picture.pixels, expected)


def test_an_orientation_in_exif_wins_over_that_of_xmp(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 1
    data = encoded(pillow(slope()), "JPEG", xmp=XMP % 6, exif=exif.tobytes())
    assert read_bytes(tmp_path, data).width == 64


OTHER_DATA = [b"hdrgm:Version", b"GCamera:MicroVideo", b"GCamera:MotionPhoto"]
OTHER_DATA += [b"Container:Directory", b"xmpNote:HasExtendedXMP"]


@pytest.mark.parametrize("word", OTHER_DATA)
def test_xmp_that_tells_of_other_data_in_the_old_file_is_left_out(word):
    assert kept_xmp(XMP % 1 + word) is None


PROFILE = make_profile((2.2,), SRGB, "of 2.2")
CAPTION = b"\x1c\x02\x78\0\4left"
RESOURCES = b"8BIM\4\4\0\0\0\0\0\x09" + CAPTION + b"\0"
BY_PHOTOSHOP = b"Photoshop 3.0\0" + RESOURCES


def with_caption():
    """A JPEG that tells its caption as IPTC does."""
    data = encoded(pillow(slope()), "JPEG")
    segment = b"\xff\xed" + struct.pack(">H", len(BY_PHOTOSHOP) + 2) + BY_PHOTOSHOP
    return data[:2] + segment + data[2:]


def test_what_a_program_writes_of_itself_is_not_missed(tmp_path):
    chunks = chunk(b"tEXt", b"Software\0Paint"), chunk(b"tEXt", b"date:create\x002026-01-01")
    assert read_bytes(tmp_path, png(slope(), 8, 2, *chunks)).left_behind == ()


def with_profile_as_text(name, body):
    """A PNG that holds something as ImageMagick writes it: as a packed text of hex digits."""
    text = b"\n%s\n%8d\n%s\n" % (name, len(body), body.hex().encode())
    packed = b"Raw profile type %s\0\0" % name + zlib.compress(text)
    return png(slope(), 8, 2, chunk(b"zTXt", packed))


def tiff_with(tag, value):
    return tiff(slope(), 2, tags={tag: tiff_tags.Field(tiff_tags.BYTE, value)})


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (encoded(pillow(slope()), "JPEG", xmp=XMP % 1 + b"hdrgm:Version"), ("XMP",)),
        (encoded(pillow(slope()), "JPEG", icc_profile=grey_profile()), ("ICC",)),
        (encoded(pillow(slope()).convert("CMYK"), "JPEG", icc_profile=cmyk_profile()), ("ICC",)),
        (encoded(pillow(slope()), "JPEG", xmp=XMP % 1, icc_profile=PROFILE), ()),
        (encoded(pillow(slope(channels=1)), "JPEG", icc_profile=grey_profile()), ()),
        (with_caption(), ("IPTC",)),
        (tiff_with(33723, CAPTION), ("IPTC",)),
        (tiff_with(34377, RESOURCES), ("IPTC",)),
        (tiff_with(34377, RESOURCES.replace(b"\4\4", b"\4\5", 1)), ()),
        (with_profile_as_text(b"iptc", RESOURCES), ("IPTC",)),
        (png(slope(), 8, 2, chunk(b"tEXt", b"Author\0Ada")), ("text",)),
        (png(slope(), 8, 2, chunk(b"zTXt", b"Author\0\0" + zlib.compress(b"Ada"))), ("text",)),
        (png(slope(), 8, 2, chunk(b"iTXt", b"Author\0\0\0\0\0Ada")), ("text",)),
        (encoded(pillow(slope()), "JPEG", comment=b"by Ada"), ("text",)),
        (encoded(pillow(slope()), "GIF", comment=b"by Ada"), ("text",)),
        (png(slope(), 8, 2, chunk(b"mDCV", bytes(24))), ("HDR light levels",)),
        (png(slope(), 8, 2, chunk(b"cLLI", bytes(8))), ("HDR light levels",)),
    ],
    ids=[
        *("other data", "profile of grey", "inks", "kept", "grey"),
        *("IPTC", "IPTC in TIFF", "IPTC of Photoshop in TIFF", "of Photoshop", "IPTC as text"),
        *("text", "packed text", "text of the world", "comment", "comment in a GIF"),
        *("light of the screen", "light of the picture"),
    ],
)
def test_what_is_left_behind_in_the_old_file_is_told(tmp_path, data, lost):
    picture = read_bytes(tmp_path, data)
    assert lost_properties(picture, kept_properties(picture, "jpeg")) == lost


def test_the_first_of_several_frames_is_told(tmp_path):
    image = pillow(slope())
    others = [image.rotate(90 * turn) for turn in (1, 2)]
    for format in ("GIF", "PNG", "WEBP", "TIFF", "MPO"):
        data = encoded(image, format, save_all=True, append_images=others)
        picture = read_bytes(tmp_path, data)
        assert picture.frames == 3, format
        single = read_bytes(tmp_path, encoded(image, format))
        assert single.frames == 1, format
        if format not in ("GIF", "WEBP"):
            np.testing.assert_array_equal(picture.pixels, single.pixels)


@pytest.mark.parametrize(
    ("attribute", "frames"),
    [(0x010001, 1), (0x40010002, 1), (0x40000000, 1), (0x40FF0000, 1), (0, 2), (0x40020001, 2)],
    ids=["preview", "large preview", "gain map", "new kind of map", "picture", "panorama"],
)
def test_previews_and_gain_maps_of_a_jpeg_are_no_pictures(tmp_path, attribute, frames):
    image = pillow(slope())
    data = encoded(image, "MPO", save_all=True, append_images=[image.reduce(2)])
    sizes = data.index(b"MPF\0") + 4 + 8 + 2 + 3 * 12 + 4  # behind the header and three tags
    second = sizes + 16
    data = data[:second] + struct.pack("<I", attribute) + data[second + 4 :]
    assert read_bytes(tmp_path, data).frames == frames


def test_very_many_frames_are_not_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("bsr.engine.images.bounded.CALLS", 60)
    image = pillow(slope(8, 8))
    others = [image.rotate(angle) for angle in range(1, 90, 3)]
    data = encoded(image, "GIF", save_all=True, append_images=others)
    assert read_bytes(tmp_path, data).frames == 0


def bmp_with_alpha(most=255):
    """A BMP of 32 bits with a mask for alpha, as the fourth version of its header has it."""
    pixels = np.random.default_rng(0).integers(0, 256, (4, 5, 4), np.uint8)
    pixels[..., 3] = np.minimum(pixels[..., 3], most)
    masks = (0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000)
    info = struct.pack("<IiiHHIIiiII4I", 108, 5, -4, 1, 32, 3, 80, 0, 0, 0, 0, *masks) + bytes(52)
    return b"BM" + struct.pack("<IHHI", 202, 0, 0, 122) + info + pixels.tobytes()


def test_a_bmp_with_alpha_goes_to_a_png_by_itself(tmp_path, small_catalog):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bmp").write_bytes(bmp_with_alpha())
    assert read_picture(tmp_path / "in" / "a.bmp").alpha is not None
    write_picture(noise(), tmp_path / "in" / "b.bmp")
    (tmp_path / "in" / "c.bmp").write_bytes(b"BM")

    def suffixes(format):
        plan = planned(request(tmp_path, save=SaveOptions(format=format)), small_catalog)
        return [Path(item.output).suffix for item in plan.items]

    assert suffixes(None) == [".png", ".bmp", ".bmp"]
    (tmp_path / "in" / "c.bmp").unlink()
    write_picture(noise(alpha=True), tmp_path / "in" / "c.png")
    (tmp_path / "in" / "c.png").rename(tmp_path / "in" / "c.jpg")  # as downloads are called
    (tmp_path / "in" / "d.jpg").write_bytes(encoded(pillow(slope()), "JPEG"))
    assert suffixes(None) == [".png", ".bmp", ".png", ".jpg"]
    (tmp_path / "in" / "c.jpg").unlink()
    (tmp_path / "in" / "d.jpg").unlink()
    (tmp_path / "in" / "c.bmp").write_bytes(b"BM")
    assert suffixes("bmp") == [".bmp", ".bmp", ".bmp"]


def test_a_bmp_whose_alpha_nobody_wrote_is_opaque(tmp_path):
    picture, empty = (read_bytes(tmp_path, bmp_with_alpha(most)) for most in (255, 0))
    assert empty.alpha is None and thumbnail(tmp_path / "picture", 8).shape == (4, 5, 3)
    np.testing.assert_array_equal(empty.pixels, picture.pixels)
    assert read_bytes(tmp_path, bmp_with_alpha(1)).alpha is not None


def test_a_damaged_profile_costs_no_picture(tmp_path):
    broken = PROFILE[:40] + b"xxxx" + PROFILE[44:90]
    write_picture(Picture(slope(), icc=broken), tmp_path / "a.bmp")
    np.testing.assert_array_equal(read_picture(tmp_path / "a.bmp").pixels, slope())
    ink = encoded(
        pillow(slope()).convert("CMYK"), "JPEG", icc_profile=b"x" * 16 + b"CMYK" + bytes(40)
    )
    assert read_bytes(tmp_path, ink).width == 64


def test_pictures_of_one_profile_share_what_converts_them_and_of_two_do_not(monkeypatch):
    built = []
    build = ImageCms.buildTransform
    monkeypatch.setattr(ImageCms, "buildTransform", lambda *a: built.append(a) or build(*a))
    wide, other = (make_profile((2.2,), each, "x") for each in (WIDE, SRGB))
    images = [Image.fromarray(pixels) for pixels in (slope(), slope()[::-1].copy())]
    alone = {}
    for icc in (wide, other):
        _transform.cache_clear()
        alone[icc] = [np.asarray(to_srgb(image, icc)) for image in images]
    assert len(built) == 2
    for icc in (wide, other, wide, other):
        for image, expected in zip(images, alone[icc], strict=True):
            np.testing.assert_array_equal(np.asarray(to_srgb(image, icc)), expected)
    assert len(built) == 3 and (alone[wide][0] != alone[other][0]).any()


def test_threads_may_convert_by_one_profile_at_once():
    generator = np.random.default_rng(5)
    pictures = [generator.integers(0, 256, (60, 50, 4), np.uint8) for _ in range(24)]
    images = [Image.fromarray(pixels, "CMYK") for pixels in pictures]
    expected = [np.asarray(to_srgb(image, cmyk_profile())) for image in images]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda image: np.asarray(to_srgb(image, cmyk_profile())), images))
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)
