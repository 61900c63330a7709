import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from bsr.engine.images import read_picture
from bsr.engine.images.compression import (
    CLEAN_QUALITY,
    Compression,
    compression_of,
    jpeg_quality,
)
from bsr.engine.picture import Picture
from bsr.work.saving import SAMPLES


def saved(image, quality, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, **options)
    return Image.open(file)


def blocks(image):
    """Whether the pixels show the blocks of a JPEG."""
    return compression_of(Picture(np.array(image.convert("RGB")))).blocks


def drawing(zoom, levels):
    """Squares of `zoom` pixels in some shades of grey."""
    shades = np.random.default_rng(4).integers(0, levels, (64, 64)) * (255 // levels)
    return Image.fromarray(shades.astype(np.uint8).repeat(zoom, 0).repeat(zoom, 1))


def checkerboard(side):
    y, x = np.mgrid[:256, :256] // side
    return Image.fromarray(((x + y) % 2 * 200).astype(np.uint8))


def text(mode):
    """Lines of small letters, smooth ("L") or not ("1")."""
    image = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(image)
    draw.fontmode = mode
    letters = np.random.default_rng(2).integers(97, 123, (25, 60), np.uint8)
    for row, line in enumerate(letters):
        draw.text((4, 16 * row), bytes(line).decode(), "black", ImageFont.load_default(12))
    return image


def halftone(image, period):
    grey = np.asarray(image.convert("L"), float)
    y, x = 2 * np.pi / period * np.indices(grey.shape)
    return Image.fromarray((grey > 127 + 120 * np.cos(x) * np.cos(y)).astype(np.uint8) * 255)


@pytest.fixture(params=["cat.png", "coffee.png"])
def photograph(request):
    """A photograph that shows no blocks, for it was shrunk."""
    with Image.open(SAMPLES / request.param) as image:
        return image.convert("RGB").reduce(2)


@pytest.mark.parametrize("quality", [*range(20, 100, 7), 99])
@pytest.mark.parametrize("subsampling", ["4:2:0", "4:4:4"])
def test_the_quality_of_libjpegs_own_files_is_read_from_their_tables(quality, subsampling):
    jpeg = saved(Image.new("RGB", (16, 16)), quality, subsampling=subsampling)
    assert jpeg_quality(jpeg.quantization[0]) == pytest.approx(quality, abs=1)


def test_the_order_of_a_tables_steps_does_not_matter():
    table = saved(Image.new("RGB", (16, 16)), 63).quantization[0]
    assert jpeg_quality(sorted(table)) == jpeg_quality(table) == 63


@pytest.mark.parametrize("table", [[1] * 64, [255] * 64, [65535] * 64])
def test_tables_at_the_ends_give_a_quality_within_bounds(table):
    assert 1 <= jpeg_quality(table) <= 100


def test_finer_flat_tables_mean_a_better_quality():
    qualities = [jpeg_quality([step] * 64) for step in (2, 8, 30, 90, 250)]
    assert qualities == sorted(qualities, reverse=True)


@pytest.mark.parametrize("subsampling", ["4:2:0", "4:4:4"])
@pytest.mark.parametrize("quality", [10, 30, 50, 70, 80, 85])
def test_a_picture_that_was_a_jpeg_is_known(photograph, quality, subsampling):
    assert blocks(saved(photograph, quality, subsampling=subsampling))


@pytest.mark.parametrize("quality", [92, 95, 98])
def test_a_picture_that_was_a_good_jpeg_counts_as_clean(photograph, quality):
    assert not blocks(photograph) and not blocks(saved(photograph, quality))


@pytest.mark.parametrize("quality", [40, 80])
@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 5), (7, 1), (4, 4)])
def test_blocks_are_found_wherever_the_picture_was_cut(photograph, top, left, quality):
    jpeg = saved(photograph, quality)
    assert blocks(jpeg.crop((left, top, *jpeg.size)))


def test_a_jpeg_that_was_cut_and_saved_as_a_better_one_is_known(photograph):
    cut = saved(photograph, 70).crop((3, 5, *photograph.size))
    assert blocks(saved(cut, 92))


def test_a_file_whose_lowest_steps_alone_are_coarse_is_no_former_jpeg(photograph, tmp_path):
    steps = [4, 3, 4, 7, 9, 12, 12, 14]  # about those of Photoshop's quality 9
    table = [steps[max(u, v)] for u in range(8) for v in range(8)]
    photograph.save(tmp_path / "flat.jpg", qtables=[table] * 2)
    picture = read_picture(tmp_path / "flat.jpg")
    assert picture.jpeg_quality >= CLEAN_QUALITY and not compression_of(picture).visible
    assert blocks(Image.open(tmp_path / "flat.jpg"))


@pytest.mark.parametrize("brighter", [0.9, 1.1])
def test_a_jpeg_whose_brightness_was_changed_is_known(photograph, brighter):
    assert blocks(ImageEnhance.Brightness(saved(photograph, 70)).enhance(brighter))


@pytest.mark.parametrize(
    "plain",
    [
        *(Image.new("RGB", (64, 64), colour) for colour in ("black", "white", "red")),
        Image.fromarray(np.add.outer(np.arange(64), np.arange(64)).astype(np.uint8)),
        Image.fromarray(np.tile(np.uint8([0, 255] * 32), (64, 1))),
        Image.fromarray(np.tile(np.uint8(([0] * 7 + [200]) * 8), (64, 1))),
        Image.fromarray(np.random.default_rng(0).integers(0, 256, (96, 96), np.uint8)),
        *(drawing(zoom, levels) for zoom in (1, 2, 4, 8, 16) for levels in (2, 5, 16)),
        *(checkerboard(side) for side in (4, 8, 16)),
        text("1"),
        text("L"),
    ],
)
def test_what_was_never_compressed_shows_no_blocks(plain):
    assert not blocks(plain)


@pytest.mark.parametrize("period", [4, 8, 16])
def test_a_halftone_is_no_jpeg(photograph, period):
    assert not blocks(halftone(photograph, period))


@pytest.mark.parametrize("side", [8, 16])
def test_squares_that_hide_a_face_are_no_jpeg(photograph, side):
    assert not blocks(photograph.reduce(side).resize(photograph.size, Image.Resampling.NEAREST))


@pytest.mark.parametrize("size", [(1, 1), (200, 8), (14, 200), (24, 24)])
def test_small_pictures_tell_nothing(photograph, size):
    assert not blocks(saved(photograph.crop((0, 0, *size)), 40))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": "4:4:4"}])
@pytest.mark.parametrize("quality", [30, 75, 88, 97])
def test_a_jpeg_that_is_read_brings_its_quality(photograph, tmp_path, quality, options):
    path = tmp_path / "picture.jpg"
    photograph.save(path, quality=quality, **options)
    picture = read_picture(path)
    assert picture.jpeg_quality == pytest.approx(quality, abs=1)
    assert compression_of(picture).visible == (picture.jpeg_quality < CLEAN_QUALITY)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_cmyk_jpegs_bring_their_quality_too(photograph, tmp_path, mode):
    path = tmp_path / "picture.jpg"
    photograph.convert(mode).save(path, quality=60)
    assert read_picture(path).jpeg_quality == pytest.approx(60, abs=1)


def test_a_picture_of_another_kind_has_no_quality(photograph, tmp_path):
    photograph.save(tmp_path / "picture.png")
    assert compression_of(read_picture(tmp_path / "picture.png")) == Compression(None, False)


@pytest.mark.parametrize("suffix", ["png", "tif", "bmp", "jpg"])
def test_a_bad_jpeg_that_was_saved_again_is_known_by_its_blocks(photograph, tmp_path, suffix):
    path = tmp_path / f"again.{suffix}"
    saved(photograph, 40).save(path, **({"quality": 97} if suffix == "jpg" else {}))
    found = compression_of(read_picture(path))
    assert found.blocks and found.visible


def test_pictures_of_16_bits_are_looked_at_in_the_same_levels(photograph):
    bad = np.asarray(saved(photograph, 40).convert("RGB"))
    picture, same = Picture(bad.astype(np.uint16) * 257), Picture(np.ascontiguousarray(bad))
    assert compression_of(picture) == compression_of(same) == Compression(None, True)


def test_only_the_middle_of_a_large_picture_is_looked_at(photograph):
    bad = np.asarray(saved(photograph, 40).convert("RGB"))
    large = np.zeros((bad.shape[0], 5000, 3), np.uint8)
    large[:, 1986 : 1986 + min(1024, bad.shape[1])] = bad[:, :1024]
    large[:, :1900] = np.random.default_rng(2).integers(0, 256, (bad.shape[0], 1900, 3))
    assert compression_of(Picture(large)).blocks


@pytest.mark.parametrize(("quality", "visible"), [(89, True), (90, False)])
def test_a_jpeg_shows_its_artefacts_below_quality_90(quality, visible):
    assert Compression(quality, False).visible == visible
