from pathlib import Path

import numpy as np
import pytest

from bsr.engine.errors import BsrError, NotEnoughMemory
from bsr.engine.images import read_picture
from bsr.engine.jobs.job import SaveOptions
from bsr.engine.machine import Memory
from bsr.engine.picture import Picture
from bsr.qt.settings import Preferences
from bsr.work import saving
from bsr.work.results import Result


def picture_of(height=6, width=8, dtype=np.uint8, **properties):
    generator = np.random.default_rng(5)
    top = np.iinfo(dtype).max
    return Picture(generator.integers(0, top, (height, width, 3), dtype), **properties)


@pytest.fixture
def result():
    return Result(picture_of(), "BSR x4", "bsr-x4", "binary", 1.0, 1000, 4.0)


def target(source, preferences, result, name="picture"):
    return saving.target_of(source, name, result, preferences, Path("/pictures"))


@pytest.mark.parametrize(
    "source, preferences, expected",
    [
        ("/a/photo.JPG", {}, "/a/photo_bsr_x4.jpg"),
        ("/a/photo.gif", {}, "/a/photo_bsr_x4.png"),
        ("/a/photo.jpg", {"format": "tiff"}, "/a/photo_bsr_x4.tif"),
        ("/a/photo.png", {"output_folder": "/out"}, "/out/photo_bsr_x4.png"),
        ("/tmp/bsr-drag-a/photo.png", {}, "/pictures/photo_bsr_x4.png"),
        ("/a/b.c.png", {"template": "{model}-{weights}-{name}"}, "/a/bsr-x4-binary-b.c.png"),
    ],
)
def test_a_result_is_named_by_the_settings(result, source, preferences, expected):
    assert target(Path(source), Preferences(**preferences), result) == Path(expected)


def test_a_pasted_picture_goes_to_the_folder_of_pictures(result):
    assert target(None, Preferences(), result, "Pasted 1.5") == Path(
        "/pictures/Pasted 1_bsr_x4.png"
    )


@pytest.mark.parametrize(
    "source, chosen, expected",
    [
        ("/a/photo.png", "", "/a"),
        ("/a/photo.png", "/out", "/out"),
        (None, "", "/pictures"),
        (None, "/out", "/out"),
        (saving.SAMPLES / "sample.png", "", "/pictures"),
        (saving.SAMPLES / "sample.png", "/out", "/out"),
    ],
)
def test_the_folder_is_the_chosen_one_else_the_own_one_of_a_picture(source, chosen, expected):
    preferences = Preferences(output_folder=chosen)
    source = source and Path(source)
    assert saving.proposed_folder(source, preferences, Path("/pictures")) == Path(expected)


def test_a_template_that_gives_no_name_is_an_error_for_the_person(result):
    with pytest.raises(BsrError, match="unknown placeholder"):
        target(Path("/a/b.png"), Preferences(template="{nonsense}"), result)


def test_nothing_is_overwritten_unless_asked(tmp_path):
    path = tmp_path / "result.png"
    path.write_text("precious")
    renamed = saving.save(picture_of(), path, SaveOptions())
    assert renamed.path == tmp_path / "result (2).png"
    skipped = saving.save(picture_of(), path, SaveOptions(if_exists="skip"))
    assert skipped.skipped
    assert path.read_text() == "precious"
    replaced = saving.save(picture_of(), path, SaveOptions(if_exists="replace"))
    assert replaced.path == path
    assert read_picture(path).height == 6


def test_the_original_is_never_overwritten_even_when_asked(tmp_path):
    path = tmp_path / "original.png"
    saving.save(picture_of(), path, SaveOptions())
    before = path.read_bytes()
    saved = saving.save(picture_of(9, 9), path, SaveOptions(if_exists="replace"), [path])
    assert saved.path == tmp_path / "original (2).png"
    assert path.read_bytes() == before


def test_a_link_that_leads_nowhere_is_there_already(tmp_path):
    path = tmp_path / "result.png"
    path.symlink_to(tmp_path / "nowhere")
    assert saving.save(picture_of(), path, SaveOptions(if_exists="skip")).skipped
    assert path.is_symlink() and not path.exists()


def test_what_the_encoder_has_no_room_for_is_told_and_not_begun(tmp_path, monkeypatch):
    from bsr.engine.upscaling import memory

    monkeypatch.setattr(memory, "memory", lambda: Memory(1 << 30, 100))
    with pytest.raises(NotEnoughMemory):
        saving.save(picture_of(), tmp_path / "a.webp", SaveOptions())
    assert not list(tmp_path.iterdir())
    assert saving.save(picture_of(), tmp_path / "a.png", SaveOptions()).path.exists()


def test_what_is_kept_and_what_is_lost_is_told(tmp_path):
    alpha = np.full((6, 8), 900, np.uint16)
    picture = picture_of(dtype=np.uint16, alpha=alpha, dpi=(72.0, 72.0))
    png = saving.save(picture, tmp_path / "a.png", SaveOptions())
    assert (set(png.kept), png.lost) == ({"DPI", "16 bit", "alpha"}, ())
    jpeg = saving.save(picture, tmp_path / "a.jpg", SaveOptions(keep_metadata=False))
    assert (jpeg.kept, set(jpeg.lost)) == (("DPI",), {"16 bit", "alpha"})


def test_the_options_format_wins_over_the_suffix(tmp_path):
    saved = saving.save(picture_of(), tmp_path / "a.png", SaveOptions(format="webp"))
    assert saved.path == tmp_path / "a.png.webp"
