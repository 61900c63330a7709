"""The pictures of a run, as files that outlive a crash."""

from dataclasses import replace

import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.work import session
from bsr.work.session import SessionPicture, read_picture, write_opened
from bsr.work.upscaling import OpenPicture


def kept_in(folder, alpha=200):
    pixels = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    picture = Picture(pixels, np.full((4, 5), alpha, np.uint8))
    return SessionPicture(OpenPicture(picture, "a.png", folder / "a.png"), folder / "kept")


def test_a_picture_with_another_alpha_is_another(tmp_path):
    kept = kept_in(tmp_path)
    assert kept.shows(kept_in(tmp_path).opened)
    assert not kept.shows(kept_in(tmp_path, alpha=7).opened)


@pytest.mark.parametrize("change", [{"icc": b"wide"}, {"dpi": (300.0, 300.0)}, {"exif": b"who"}])
def test_a_picture_of_which_something_else_is_known_is_another(tmp_path, change):
    kept, opened = kept_in(tmp_path), kept_in(tmp_path).opened
    assert not kept.shows(replace(opened, picture=replace(opened.picture, **change)))


def test_what_is_done_to_a_picture_does_not_reach_its_file(tmp_path):
    kept = kept_in(tmp_path)
    write_opened(kept)
    read_picture(kept.folder, session.ORIGINAL).pixels[:] = 255
    again = read_picture(kept.folder, session.ORIGINAL)
    assert np.array_equal(again.pixels, kept.opened.picture.pixels)


def test_arrays_that_are_not_whole_are_written_again(tmp_path, monkeypatch):
    kept = kept_in(tmp_path)

    def full(file, **options):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("bsr.work.session.np.save", full)
        with pytest.raises(OSError):
            write_opened(kept)
    write_opened(kept)
    assert read_picture(kept.folder, session.ORIGINAL) is not None
