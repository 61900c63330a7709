"""A teacher's pictures are kept once, of clean small pictures or of degraded ones."""

import json

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import save_file

from bsr.engine.quality.imresize import imresize
from training.data import load_patches
from training.degrade import degraded
from training.teach import consistent, main, shrunk
from training.teachers import Compact, load_teacher, picture_of

SHAPE = {"scale": 2, "dim": 4, "convolutions": 1}


@pytest.fixture
def teacher(tmp_path):
    path = tmp_path / "teacher.safetensors"
    about = {"architecture": "Compact", "config": json.dumps(SHAPE)}
    save_file(Compact(**SHAPE).half().state_dict(), path, about)
    return path


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "tiles"
    place.mkdir()
    for number in range(3):
        noise = np.random.default_rng(number).integers(0, 256, (51, 62, 3), np.uint8)
        Image.fromarray(noise).save(place / f"{number}.png")
    return place


def taught(teacher, folder, out, *more):
    main(
        ["--teacher", str(teacher), "--scale", "2", "--data", str(folder), "--out", str(out), *more]
    )
    return load_patches(folder, [2], out)[0]


def test_a_teacher_answers_the_small_side_of_each_patch(teacher, folder, tmp_path):
    patches = taught(teacher, folder, tmp_path / "out")
    network = load_teacher(teacher)
    for high, low, answer in zip(patches.high, patches.low, patches.taught, strict=True):
        assert np.array_equal(low, imresize(high, 1 / 2))
        assert np.array_equal(answer, picture_of(network, low))


def test_a_degraded_small_side_is_kept_beside_its_answer(teacher, folder, tmp_path):
    patches = taught(teacher, folder, tmp_path / "out", "--degraded", "5")
    network, changed = load_teacher(teacher), 0
    for number, (high, low, answer) in enumerate(
        zip(patches.high, patches.low, patches.taught, strict=True)
    ):
        clean = imresize(high, 1 / 2)
        assert np.array_equal(low, degraded(clean, high, np.random.default_rng((5, number))))
        assert np.array_equal(answer, picture_of(network, low))
        changed += not np.array_equal(low, clean)
    assert changed


def test_what_is_kept_is_not_computed_again(teacher, folder, tmp_path):
    taught(teacher, folder, tmp_path / "out")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.npy")}
    taught(teacher, folder, tmp_path / "out")
    assert kept == {path: path.stat().st_mtime_ns for path in kept} and len(kept) == 3


def test_a_consistent_answer_shrinks_to_the_truths_small_side(teacher, folder, tmp_path):
    plain = taught(teacher, folder, tmp_path / "plain", "--degraded", "5")
    moved = taught(teacher, folder, tmp_path / "moved", "--degraded", "5", "--consistent")
    for high, before, after in zip(plain.high, plain.taught, moved.taught, strict=True):
        clean = imresize(high, 1 / 2).astype(int)
        far, near = (np.abs(imresize(each, 1 / 2) - clean).mean() for each in (before, after))
        assert near < far / 4


def test_an_answer_that_is_consistent_stays_as_it_is():
    picture = np.full((8, 12, 3), 77, np.uint8)
    assert np.array_equal(consistent(picture, np.full((4, 6, 3), 77, np.uint8), 2), picture)


def test_a_teacher_of_a_larger_scale_is_averaged():
    picture = np.zeros((4, 8, 3), np.uint8)
    picture[:2, :2] = [[[0], [10]], [[20], [30]]]
    assert shrunk(picture, (2, 4, 3))[0, 0].tolist() == [15, 15, 15]
    assert shrunk(picture, (4, 8, 3)) is picture
