import math

import numpy as np
import pytest

from bsr.engine.errors import BsrError, Cancelled, ImageFileError
from bsr.engine.images import write_picture
from bsr.engine.models.model import load_model
from bsr.engine.picture import Picture
from bsr.engine.progress import CancelToken
from bsr.engine.quality.evaluate import evaluate
from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y, ssim_y
from bsr.engine.upscaling.upscale import upscale
from tests.small_models import save_small_model


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return load_model(save_small_model(tmp_path_factory.mktemp("models")))


def wave(height, width, phase):
    rows, columns = np.mgrid[:height, :width]
    planes = [128 + 100 * np.sin(rows / 3 + phase) * np.cos(columns / k) for k in (4, 5, 6)]
    return np.stack(planes, axis=2).astype(np.uint8)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "HR"
    place.mkdir()
    for name, phase in (("b", 1.0), ("a", 0.0)):
        write_picture(Picture(wave(41, 50, phase)), place / f"{name}.png")
    return place


def test_the_scores_are_those_of_the_engines_pictures(model, folder):
    seen = []
    scores = evaluate(model, folder, on_result=seen.append)
    assert [score.name for score in seen] == ["a.png", "b.png"]
    assert scores.pictures == tuple(seen) and scores.scale == 2
    high = wave(40, 50, 0.0)
    low = imresize(high, 1 / 2)
    result = upscale(model, Picture(low)).pixels
    assert seen[0].psnr == psnr_y(high, result, 2)
    assert seen[0].ssim == ssim_y(high, result, 2)
    assert seen[0].bicubic_psnr == psnr_y(high, imresize(low, 2), 2)
    assert seen[0].megapixels == 40 * 50 / 1e6
    assert scores.psnr == pytest.approx((seen[0].psnr + seen[1].psnr) / 2)
    assert scores.seconds_per_megapixel > 0
    assert not math.isinf(scores.bicubic_psnr)


def test_given_low_pictures_are_used(model, folder, tmp_path):
    lows = tmp_path / "LR"
    lows.mkdir()
    for name in ("a", "b"):
        write_picture(Picture(np.full((20, 25, 3), 128, np.uint8)), lows / f"{name}x2.png")
    given = evaluate(model, folder, lows)
    assert given.bicubic_psnr < evaluate(model, folder).bicubic_psnr


def test_the_low_side_can_be_a_jpeg_first(model, folder):
    clean, fine, coarse = (
        evaluate(model, folder, jpeg_quality=quality).bicubic_psnr for quality in (None, 95, 20)
    )
    assert clean > fine > coarse + 1


def test_another_scale_than_the_models_own(model, folder):
    scores = evaluate(model, folder, scale=3)
    assert scores.scale == 3
    assert scores.pictures[0].megapixels == 39 * 48 / 1e6


def test_a_folder_with_hr_in_it_will_do(model, folder):
    named = evaluate(model, folder.parent).pictures
    assert [score.psnr for score in named] == [p.psnr for p in evaluate(model, folder).pictures]


def test_a_missing_or_unfit_low_picture_is_named(model, folder, tmp_path):
    with pytest.raises(ImageFileError, match=r"a\.png"):
        evaluate(model, folder, tmp_path)
    write_picture(Picture(np.zeros((9, 9, 3), np.uint8)), tmp_path / "a.png")
    with pytest.raises(ImageFileError, match="9 x 9"):
        evaluate(model, folder, tmp_path)


def test_every_kind_of_picture_that_is_read_is_measured(model, folder):
    row = b"%d " * 3
    values = b"".join(row % (x % 256, x * 3 % 256, x * 7 % 256) for x in range(40 * 50))
    (folder / "c.ppm").write_bytes(b"P3 50 40 255\n" + values)
    assert [score.name for score in evaluate(model, folder).pictures][-1] == "c.ppm"


def test_folders_without_use_are_refused(model, tmp_path):
    with pytest.raises(BsrError, match="no pictures"):
        evaluate(model, tmp_path)
    write_picture(Picture(wave(20, 60, 0.0)), tmp_path / "small.png")
    with pytest.raises(BsrError, match="too small"):
        evaluate(model, tmp_path)
    with pytest.raises(ValueError, match="scale"):
        evaluate(model, tmp_path, scale=1)


def test_a_cancelled_evaluation_stops(model, folder):
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        evaluate(model, folder, cancel=cancel, on_result=lambda score: cancel.cancel())
