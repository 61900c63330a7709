"""Before and after in one picture, and in an animation."""

import numpy as np
import pytest
from PIL import Image

from bsr.engine.errors import BsrError
from bsr.engine.images import read_picture
from bsr.work.comparison import (
    ANIMATED_SIDES,
    GAP,
    LONGEST_SIDE,
    STEPS,
    Comparison,
    frames,
    picture_of,
    slider_picture,
    write_comparison,
)


def flat(value, height=60, width=80):
    return np.full((height, width, 3), value, np.uint8)


@pytest.fixture
def comparison():
    return Comparison(flat(50), flat(200), 30)


def test_a_slider_picture_has_both_and_a_line_between(comparison):
    made = slider_picture(comparison)
    assert made.shape == (60, 80, 3)
    assert (made[:, :29] == 50).all() and (made[:, 32:] == 200).all()
    assert (made[:, 29:32] == 255).all()


@pytest.mark.parametrize("divider", [-5, 0, 80, 1000])
def test_a_divider_outside_leaves_one_of_them(comparison, divider):
    made = slider_picture(Comparison(comparison.before, comparison.after, divider))
    inside = made[:, 5:-5]
    assert (inside == (200 if divider <= 0 else 50)).all()


def test_side_by_side_has_both_whole(comparison):
    made = picture_of(comparison, "side")
    assert made.shape == (60, 160 + GAP, 3)
    assert (made[:, :80] == 50).all() and (made[:, -80:] == 200).all()


@pytest.mark.parametrize("kind", ["slider", "side"])
def test_a_picture_is_bounded_in_size(kind):
    huge = Comparison(flat(1, 900, 9000), flat(2, 900, 9000), 4500)
    assert max(picture_of(huge, kind).shape) <= LONGEST_SIDE


def test_the_frames_wipe_there_and_back(comparison):
    shown = [frame.mean() for frame, _ in frames(comparison)]
    assert len(shown) == 2 * STEPS
    assert shown[0] == 50 and shown[STEPS] == 200
    assert shown[1:STEPS] == sorted(shown[1:STEPS])
    assert shown[STEPS + 1 :] == sorted(shown[STEPS + 1 :], reverse=True)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_an_animation_is_short_bounded_and_goes_on_for_ever(tmp_path, suffix):
    random = np.random.default_rng(2)
    before, after = random.integers(0, 256, (2, 500, 1000, 3), np.uint8)
    path = write_comparison(
        Comparison(before, after, 0), "animation", tmp_path / f"wipe{suffix}", None
    )
    side = ANIMATED_SIDES[suffix]
    with Image.open(path) as image:
        assert image.n_frames == 2 * STEPS and image.size == (side, side // 2)
        assert image.info["loop"] == 0


@pytest.mark.parametrize("kind", ["slider", "side"])
def test_a_picture_is_written_as_png(comparison, tmp_path, kind):
    path = write_comparison(comparison, kind, tmp_path / "both.png", None)
    assert np.array_equal(read_picture(path).pixels, picture_of(comparison, kind))


@pytest.mark.parametrize("kind", ["slider", "animation"])
def test_the_original_is_never_written_over(comparison, tmp_path, kind):
    original = tmp_path / "original.gif"
    original.write_bytes(b"precious")
    with pytest.raises(BsrError, match="would overwrite the original"):
        write_comparison(comparison, kind, original, original)
    assert original.read_bytes() == b"precious"


def test_an_original_that_is_gone_stops_nothing(comparison, tmp_path):
    target = tmp_path / "comparison.png"
    target.write_bytes(b"agreed to be replaced")
    write_comparison(comparison, "side", target, tmp_path / "gone.png")
    assert read_picture(target).width > 0
