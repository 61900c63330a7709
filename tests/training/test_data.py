from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from bsr.engine.quality.imresize import imresize
from training.data import draw_batch, load_patches, taught_path, to_tensor


@pytest.fixture
def folder(tmp_path):
    random = np.random.default_rng(0)
    for name in ("cid22/a.png", "gb82-sc/b.png"):
        (tmp_path / name).parent.mkdir()
        Image.fromarray(random.integers(0, 256, (50, 62, 3), np.uint8)).save(tmp_path / name)
    return tmp_path


def test_the_low_side_is_imresize_of_the_high_side(folder):
    (patches,) = load_patches(folder, [3])
    for high, low in zip(patches.high, patches.low, strict=True):
        assert high.shape == (48, 60, 3)
        assert np.array_equal(low, imresize(high, 1 / 3))


def test_screenshots_count_less(folder):
    assert load_patches(folder, [2])[0].chance.tolist() == pytest.approx([1 / 1.3, 0.3 / 1.3])


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no pictures"):
        load_patches(tmp_path, [2])


def test_crops_are_aligned_and_turned_in_eight_ways(tmp_path):
    rows, columns = np.mgrid[:64, :64]
    ramp = np.stack([rows * 3, columns * 3, rows + columns], axis=2).astype(np.uint8)
    Image.fromarray(ramp).save(tmp_path / "ramp.png")
    (patches,) = load_patches(tmp_path, [2])
    patches = replace(patches, taught=[255 - patches.high[0]])
    seen = set()
    for draw in range(20):
        batch = draw_batch(patches, 4, 10, np.random.default_rng(draw))
        low, high = batch.low, batch.high
        assert torch.allclose(batch.taught, 1 - high)
        assert low.shape == (4, 3, 10, 10) and high.shape == (4, 3, 20, 20)
        shrunk = torch.nn.functional.avg_pool2d(high, 2)
        assert (low - shrunk)[:, :, 1:-1, 1:-1].abs().max() < 3 / 255
        for crop in low:
            down = (crop[:, -1, 0] - crop[:, 0, 0])[:2]
            right = (crop[:, 0, -1] - crop[:, 0, 0])[:2]
            seen.add((*down.sign().tolist(), *right.sign().tolist()))
    assert len(seen) == 8


@pytest.mark.parametrize(("share", "expected"), [(0.0, {0}), (1.0, {255}), (0.5, {0, 255})])
def test_a_share_of_the_crops_is_clean_where_a_teacher_was_shown_others(folder, share, expected):
    (patches,) = load_patches(folder, [2])
    assert all(map(np.array_equal, patches.clean, patches.low))
    patches = replace(
        patches,
        low=[np.zeros_like(low) for low in patches.low],
        clean=[np.full_like(low, 255) for low in patches.low],
    )
    batch = draw_batch(patches, 20, 8, np.random.default_rng(1), clean=share)
    assert set((255 * batch.low).round().int().unique().tolist()) == expected


def test_harder_patches_are_drawn_more_often_within_bounds(folder):
    (patches,) = load_patches(folder, [2])
    patches = replace(patches, chance=np.array([0.5, 0.5]))

    def share(*hardness):
        random = np.random.default_rng(2)
        batch = draw_batch(patches, 2000, 4, random, hardness=np.array(hardness))
        return batch.drawn.mean()

    assert share(1.0, 1.0) == pytest.approx(0.5, abs=0.04)
    assert share(1.0, 1.5) == pytest.approx(0.6, abs=0.04)
    assert share(1.0, 1e6) == pytest.approx(0.8, abs=0.04)  # twice and half of the mean
    assert share(0.0, 7.0) == pytest.approx(0.5, abs=0.04)  # nothing is known of the first


def test_the_same_seed_draws_the_same_batch(folder):
    (patches,) = load_patches(folder, [2])
    first = draw_batch(patches, 3, 8, np.random.default_rng(7))
    second = draw_batch(patches, 3, 8, np.random.default_rng(7))
    assert torch.equal(first.low, second.low) and torch.equal(first.high, second.high)


def test_a_share_of_the_crops_shows_one_colour_in_both_sizes(folder):
    (patches,) = load_patches(folder, [2])
    batch = draw_batch(patches, 400, 4, np.random.default_rng(0), plain=0.25)
    low, high = batch.low, batch.high
    is_plain = (low == low[:, :, :1, :1]).flatten(1).all(dim=1)
    assert 70 < is_plain.sum() < 130
    colours = low[is_plain][:, :, :1, :1]
    assert torch.equal(high[is_plain], colours.expand(-1, -1, 8, 8))
    assert colours.min() < 0.02 and colours.max() > 0.98


def test_pixels_become_tensors_between_zero_and_one():
    pixels = np.array([0, 51, 255], np.uint8).reshape(1, 1, 1, 3)
    assert to_tensor(pixels).flatten().tolist() == pytest.approx([0, 0.2, 1])


def test_scales_share_the_high_side_and_have_their_own_low_and_taught_ones(
    folder, tmp_path_factory
):
    place = tmp_path_factory.mktemp("taught")
    for scale in (2, 3):
        for number in range(2):
            path = taught_path(place, scale, number)
            path.parent.mkdir(exist_ok=True)
            np.save(path, np.full((50 // scale * scale, 62 // scale * scale, 3), scale, np.uint8))
    two, three = load_patches(folder, [2, 3], place)
    assert two.high is three.high
    assert (two.low[0].shape, three.low[0].shape) == ((24, 30, 3), (16, 20, 3))
    for patches in (two, three):
        assert all(np.all(taught == patches.scale) for taught in patches.taught)
        assert [taught.shape for taught in patches.taught] == [high.shape for high in patches.high]


def test_a_degradation_sees_whole_tiles_and_changes_the_low_side_only(folder):
    (patches,) = load_patches(folder, [2])

    def darken(low, high, random):
        assert high.shape == (2 * low.shape[0], 2 * low.shape[1], 3)
        return low // 2

    plain = draw_batch(patches, 4, 8, np.random.default_rng(5))
    dark = draw_batch(patches, 4, 8, np.random.default_rng(5), degrade=darken)
    assert torch.equal(dark.high, plain.high)
    assert torch.allclose(dark.low, plain.low / 2, atol=0.5 / 255 + 1e-6)
