"""Written pictures come back as they were, and a failure leaves nothing behind."""

import os
import resource
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, JpegImagePlugin

from bsr.engine import Cancelled, CancelToken, ImageFileError, Picture
from bsr.engine.images import (
    FORMATS,
    check_output,
    format_of,
    read_picture,
    tiff,
    write_picture,
)
from tests.engine.images.picture_files import as_nobody, noise, slope

LOSSLESS = {"png": {}, "tiff": {}, "bmp": {}, "webp": {"quality": 100}}


def same(first, second):
    """Whether two pictures have the same pixels, depth and alpha."""
    assert first.pixels.dtype == second.pixels.dtype
    np.testing.assert_array_equal(first.pixels, second.pixels)
    assert (first.alpha is None) == (second.alpha is None)
    if first.alpha is not None:
        np.testing.assert_array_equal(first.alpha, second.alpha)


@settings(max_examples=60)
@given(
    format=st.sampled_from(sorted(LOSSLESS)),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    deep=st.booleans(),
    grey=st.booleans(),
    alpha=st.booleans(),
    seed=st.integers(0, 99),
)
def test_lossless_formats_give_every_picture_back(
    tmp_path_factory, format, height, width, deep, grey, alpha, seed
):
    target = FORMATS[format]
    dtype = np.uint16 if deep and target.bits16 else np.uint8
    picture = noise(height, width, dtype, grey, alpha and target.alpha, seed)
    path = tmp_path_factory.mktemp("trip") / f"picture{target.suffixes[0]}"
    write_picture(picture, path, **LOSSLESS[format])
    again = read_picture(path)
    same(picture, again)
    assert again.grey == (grey and target.grey)


@pytest.fixture
def low_bands(monkeypatch):
    """Bands so low that a small picture has several."""
    monkeypatch.setattr("bsr.engine.images.raster._BAND_BYTES", 4096)


@pytest.mark.parametrize("format", ["png", "tiff"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(1, 5000), (5000, 1), (70, 90)])
def test_pictures_of_several_bands_come_back(tmp_path, low_bands, format, dtype, shape):
    picture = noise(*shape, dtype, alpha=True)
    path = tmp_path / f"a.{format}"
    write_picture(picture, path)
    same(picture, read_picture(path))


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("alpha", [False, True])
def test_other_programs_read_what_is_written(tmp_path, low_bands, suffix, alpha):
    cv2 = pytest.importorskip("cv2")
    path = tmp_path / f"a{suffix}"
    picture = noise(30, 70, np.uint16, alpha=alpha)
    write_picture(picture, path)
    values = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    np.testing.assert_array_equal(values[..., 2::-1], picture.pixels)
    if alpha:
        np.testing.assert_array_equal(values[..., 3], picture.alpha)
    picture = noise(30, 70, alpha=alpha)
    write_picture(picture, path)
    with Image.open(path) as image:
        values = np.asarray(image)
    np.testing.assert_array_equal(values[..., :3], picture.pixels)
    if alpha:
        np.testing.assert_array_equal(values[..., 3], picture.alpha)


def test_a_tiff_beyond_four_gigabytes_has_wide_offsets(tmp_path, monkeypatch):
    monkeypatch.setattr(tiff, "_CLASSIC_LIMIT", 0)
    picture = noise(300, 700, np.uint16, alpha=True, exif=b"Exif\0\0II*\0", dpi=(300.0, 300.0))
    write_picture(picture, tmp_path / "a.tif")
    assert (tmp_path / "a.tif").read_bytes()[:4] == b"II+\0"
    again = read_picture(tmp_path / "a.tif")
    same(picture, again)
    assert again.dpi == (300, 300)


@pytest.mark.parametrize("quality", [1, 50, 89, 90, 100])
def test_the_quality_of_a_jpeg_decides_its_chroma(tmp_path, quality):
    write_picture(Picture(slope()), tmp_path / "a.jpg", quality=quality)
    with Image.open(tmp_path / "a.jpg") as image:
        assert JpegImagePlugin.get_sampling(image) == (0 if quality >= 90 else 2)


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("quality", [10, 85, 95])
@pytest.mark.parametrize(("height", "width"), [(1, 1), (200, 70), (161, 33), (15, 300)])
def test_a_jpeg_in_strips_shows_what_one_in_a_piece_shows(
    tmp_path, low_bands, height, width, quality, grey
):
    picture = noise(height, width, grey=grey)
    write_picture(picture, tmp_path / "strips.jpg", quality=quality)
    whole = Image.fromarray(picture.pixels[..., 0] if grey else picture.pixels)
    sampling = "4:4:4" if quality >= 90 else "4:2:0"
    whole.save(tmp_path / "whole.jpg", quality=quality, subsampling=sampling)
    with Image.open(tmp_path / "strips.jpg") as strips, Image.open(tmp_path / "whole.jpg") as one:
        assert strips.mode == one.mode
        assert np.array_equal(strips, one)


def test_a_strip_has_no_more_blocks_than_a_restart_interval_can_say(tmp_path, monkeypatch):
    monkeypatch.setattr("bsr.engine.images.raster._BAND_BYTES", 1 << 24)
    picture = Picture(np.tile(slope(80, 256), (1, 235, 1)))  # 10 rows of 7,520 blocks
    write_picture(picture, tmp_path / "wide.jpg", quality=95)
    again = read_picture(tmp_path / "wide.jpg").pixels
    assert np.abs(again.astype(int) - picture.pixels).mean() < 10


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_a_higher_quality_is_larger_and_closer(tmp_path, suffix):
    size, error = [], []
    for quality in (20, 60, 95):
        path = tmp_path / f"{quality}{suffix}"
        write_picture(Picture(slope()), path, quality=quality)
        size.append(path.stat().st_size)
        error.append(np.abs(read_picture(path).pixels.astype(int) - slope()).mean())
    assert size == sorted(size) and error == sorted(error, reverse=True)


@pytest.mark.parametrize("suffix", [".jpg", ".bmp"])
@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("background", [(255, 255, 255), (0, 0, 0), (200, 100, 50)])
def test_transparency_shows_the_background_where_a_format_has_none(
    tmp_path, suffix, grey, background
):
    level = np.full((16, 48, 3), 90 if grey else (90, 120, 30), np.uint8)
    alpha = np.repeat(np.array([[255, 0, 128]], np.uint8), 16, axis=1).repeat(16, axis=0)
    write_picture(
        Picture(level, alpha, grey), tmp_path / f"a{suffix}", quality=100, background=background
    )
    again = read_picture(tmp_path / f"a{suffix}")
    assert again.alpha is None
    assert again.grey == (grey and len(set(background)) == 1)
    half = level[0, 0] * (128 / 255) + np.array(background) * (127 / 255)
    for column, expected in ((8, level[0, 0]), (24, background), (40, half)):
        np.testing.assert_allclose(again.pixels[8, column].astype(int), expected, atol=2)


@pytest.mark.parametrize("suffix", [".bmp", ".webp"])
def test_sixteen_bits_are_rounded_where_a_format_has_eight(tmp_path, suffix):
    values = np.arange(65_536, dtype=np.uint16).reshape(256, 256)
    picture = Picture(np.repeat(values[..., None], 3, axis=2), values)
    write_picture(picture, tmp_path / f"a{suffix}", quality=100, background=(0, 0, 0))
    again = read_picture(tmp_path / f"a{suffix}")
    nearest = np.rint(values / 257)
    if suffix == ".webp":
        np.testing.assert_array_equal(again.pixels[..., 1], nearest)
        np.testing.assert_array_equal(again.alpha, nearest)
    else:
        np.testing.assert_allclose(again.pixels[..., 1], nearest * nearest / 255, atol=0.51)


def test_the_format_can_be_chosen_against_the_suffix(tmp_path):
    write_picture(noise(), tmp_path / "a.jpg", format="png")
    assert (tmp_path / "a.jpg").read_bytes().startswith(b"\x89PNG")


def test_every_suffix_has_its_format(tmp_path):
    for name, entry in FORMATS.items():
        for suffix in entry.suffixes:
            assert format_of(tmp_path / f"a{suffix}").name == name
            assert format_of(tmp_path / f"a{suffix.upper()}").name == name
    with pytest.raises(ImageFileError, match=r"a\.gif.*\.png"):
        format_of(tmp_path / "a.gif")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_side_too_long_is_refused_with_what_would_work(format):
    limit = FORMATS[format].side_limit
    if limit is None:
        check_output(200_000, 1, format)
        return
    check_output(limit, 1, format)
    check_output(1, limit, format)
    for height, width in ((limit + 1, 1), (1, limit + 1)):
        with pytest.raises(ImageFileError, match=f"{limit:,}.*PNG"):
            check_output(height, width, format)


@pytest.mark.parametrize("format", ["jpeg", "webp", "bmp"])
def test_the_longest_side_allowed_can_be_written(tmp_path, format):
    picture = Picture(np.zeros((1, FORMATS[format].side_limit, 3), np.uint8))
    write_picture(picture, tmp_path / f"a.{format}", format=format)
    assert read_picture(tmp_path / f"a.{format}").width == FORMATS[format].side_limit


def test_a_side_too_long_is_refused_before_writing(tmp_path):
    with pytest.raises(ImageFileError, match="16,383"):
        write_picture(Picture(np.zeros((1, 16_384, 3), np.uint8)), tmp_path / "a.webp")
    assert list(tmp_path.iterdir()) == []


NAMES = [
    "café Übergröße.png",
    "写真 二〇二〇.png",
    "фотография.png",
    "صورة.png",
    "תמונה 🖼.png",
    "with space.png",
    "quote ' and \" and `.png",
    "two\nlines.png",
    "x" * 246 + ".png",
    "写" * 82 + ".png",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_works(tmp_path, name):
    path = tmp_path / name
    write_picture(noise(), path)
    same(noise(), read_picture(path))
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_name_that_is_no_unicode_works_and_can_be_reported(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    write_picture(noise(), path)
    same(noise(), read_picture(path))
    path.write_bytes(b"no picture")
    with pytest.raises(ImageFileError) as caught:
        read_picture(path)
    str(caught.value).encode("utf-8")


def test_a_path_of_many_folders_works(tmp_path):
    folder = tmp_path.joinpath(*["a folder with a long name"] * 40)
    folder.mkdir(parents=True)
    assert len(str(folder)) > 1000
    write_picture(noise(), folder / "a.png")
    same(noise(), read_picture(folder / "a.png"))


def test_an_existing_file_is_replaced_only_when_the_new_one_is_complete(tmp_path):
    path = tmp_path / "a.png"
    write_picture(noise(seed=1), path)

    def fail(progress):
        same(noise(seed=1), read_picture(path))
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        write_picture(noise(seed=2), path, on_progress=fail)
    same(noise(seed=1), read_picture(path))
    assert list(tmp_path.iterdir()) == [path]
    write_picture(noise(seed=2), path)
    same(noise(seed=2), read_picture(path))


def test_a_picture_is_on_the_disk_before_it_takes_its_name(tmp_path, monkeypatch):
    events = []
    fsync, rename = os.fsync, Path.replace

    def flush(file):
        events.append(("flushed", os.fstat(file).st_size))
        fsync(file)

    def take_name(part, target):
        events.append(("named", part.stat().st_size))
        return rename(part, target)

    monkeypatch.setattr("bsr.engine.disk.writing.os.fsync", flush)
    monkeypatch.setattr("bsr.engine.disk.writing.Path.replace", take_name)
    write_picture(noise(20, 30), tmp_path / "a.bmp")
    size = (tmp_path / "a.bmp").stat().st_size
    assert events == [("flushed", size), ("named", size)]


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_cancel_leaves_no_file(tmp_path, format):
    token = CancelToken()
    steps = []

    def stop(progress):
        steps.append(progress)
        token.cancel()

    with pytest.raises(Cancelled):
        write_picture(noise(90, 100), tmp_path / "a", format=format, on_progress=stop, cancel=token)
    assert len(steps) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_what_is_cancelled_after_its_last_row_gets_no_name(tmp_path, format):
    token = CancelToken()

    def stop(progress):
        if progress.done == progress.total:
            token.cancel()

    with pytest.raises(Cancelled):
        write_picture(noise(9, 10), tmp_path / "a", format=format, on_progress=stop, cancel=token)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_progress_runs_forward_to_the_last_row(tmp_path, low_bands, format):
    steps = []
    write_picture(noise(90, 100), tmp_path / "a", format=format, on_progress=steps.append)
    done = [step.done for step in steps]
    assert len(done) > 1 and done == sorted(done) and done[-1] == 90
    assert {(step.stage, step.total) for step in steps} == {("saving", 90)}


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_a_disk_that_takes_no_more_gives_a_sentence_and_no_file(tmp_path, format):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(
            ImageFileError, match=r"a.* cannot be written: the file would be larger"
        ):
            write_picture(noise(300, 400), tmp_path / "a", format=format, quality=100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_file_can_be_gives_a_sentence(tmp_path):
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.png")
    cases = {
        tmp_path / "missing" / "a.png": "does not exist",
        tmp_path / "file" / "a.png": "not a folder",
        tmp_path / "folder.png": "folder",
        tmp_path / "pipe.png": "pipe, socket or device",
        tmp_path / ("x" * 260 + ".png"): "name is too long",
        tmp_path / "a\0b.png": "null character",
    }
    before = sorted(tmp_path.iterdir())
    for path, reason in cases.items():
        with pytest.raises(ImageFileError, match=reason):
            write_picture(noise(), path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_may_not_be_written_gives_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with as_nobody(), pytest.raises(ImageFileError, match="permission"):
        write_picture(noise(), tmp_path / "a.png")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("wrong", [{"quality": 0}, {"quality": 101}, {"format": "gif"}])
def test_arguments_out_of_range_are_a_programmer_s_mistake(tmp_path, wrong):
    with pytest.raises(ValueError):
        write_picture(noise(), tmp_path / "a.png", **wrong)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_writing_a_large_picture_takes_little_memory(tmp_path, suffix):
    picture = Picture(np.zeros((3000, 4000, 3), np.uint8))
    tracemalloc.start()
    try:
        write_picture(picture, tmp_path / f"a{suffix}")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20e6 < picture.pixels.nbytes


@pytest.mark.parametrize("name", ["a.webp", "a.bmp"])
def test_what_was_cancelled_while_it_was_encoded_gets_no_name(tmp_path, monkeypatch, name):
    cancel, save = CancelToken(), Image.Image.save

    def save_and_cancel(*arguments, **options):
        save(*arguments, **options)
        cancel.cancel()

    monkeypatch.setattr(Image.Image, "save", save_and_cancel)
    with pytest.raises(Cancelled):
        write_picture(noise(), tmp_path / name, cancel=cancel)
    assert list(tmp_path.iterdir()) == []
