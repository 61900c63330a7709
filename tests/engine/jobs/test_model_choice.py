"""Which models make a picture, by what was asked for and what the picture shows."""

from dataclasses import replace

import numpy as np
import pytest

from bsr.engine import BsrError, Picture
from bsr.engine.images import read_picture, write_picture
from bsr.engine.jobs.job import Job, JobStatus, SaveOptions
from bsr.engine.jobs.model_choice import choose_models
from bsr.engine.jobs.run import run_job
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.mix import mixed
from bsr.engine.upscaling.upscale import upscale
from tests.small_models import save_small_model

CLEAN = Picture(np.random.default_rng(3).integers(0, 256, (24, 40, 3), np.uint8))
GOOD_JPEG, BAD_JPEG = replace(CLEAN, jpeg_quality=95), replace(CLEAN, jpeg_quality=70)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    """A clean model of each scale and kind; JPEG at x4 in binary only; sharp at x4 in float."""
    folder = tmp_path_factory.mktemp("models")
    for scale in (2, 4):
        save_small_model(folder, f"some-x{scale}", "binary", scale)
        save_small_model(folder, f"some-x{scale}", "float", scale)
    save_small_model(folder, "jpeg-x4", "binary", 4, seed=1, family="jpeg")
    save_small_model(folder, "sharp-x4", "float", 4, seed=2, family="sharp")
    return Catalog(folder, folder / "user")


@pytest.fixture
def job(tmp_path):
    """A JPEG of quality 60 to be enlarged four times."""
    write_picture(CLEAN, tmp_path / "photo.jpg", quality=60)
    return Job(tmp_path / "photo.jpg", tmp_path / "result.png", scale=4.0)


def ids(mix):
    return [card.id for card in mix.cards]


@pytest.mark.parametrize(
    ("picture", "used"),
    [(CLEAN, "some-x4"), (GOOD_JPEG, "some-x4"), (BAD_JPEG, "jpeg-x4")],
)
def test_the_picture_decides_where_nothing_was_asked_for(catalog, picture, used):
    assert ids(choose_models(catalog, 4).for_picture(picture)) == [used]


@pytest.mark.parametrize("picture", [CLEAN, GOOD_JPEG, BAD_JPEG])
@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        ({"family": "clean"}, "some-x4"),
        ({"family": "jpeg"}, "jpeg-x4"),
        ({"family": "sharp", "weights": "float"}, "sharp-x4"),
        ({"model_id": "some-x2"}, "some-x2"),
        ({"model_id": "jpeg-x4", "family": "clean"}, "jpeg-x4"),
        ({"weights": "float"}, "some-x4"),
    ],
)
def test_what_was_asked_for_is_taken_whatever_the_picture(catalog, picture, wanted, used):
    choice = choose_models(catalog, 4, **wanted)
    assert ids(choice.for_picture(picture)) == [used] and choice.name == used


def test_a_scale_without_a_jpeg_model_takes_the_next_larger_one(catalog):
    choice = choose_models(catalog, 2)
    assert choice.card.scale == 2
    assert ids(choice.for_picture(BAD_JPEG)) == ["jpeg-x4"]


def test_the_models_own_scale_is_that_of_all_that_may_run(catalog):
    choice = choose_models(catalog, None)
    assert {card.scale for card in choice.cards} == {4} and choice.name == "automatic"


@pytest.mark.parametrize(
    ("percent", "used"), [(100, ["jpeg-x4"]), (60, ["jpeg-x4", "some-x4"]), (0, ["some-x4"])]
)
@pytest.mark.parametrize("family", [None, "jpeg"])
def test_a_part_of_the_clean_up_needs_both_models(catalog, family, percent, used):
    choice = choose_models(catalog, 4, family=family, clean_up=percent)
    assert ids(choice.for_picture(BAD_JPEG)) == used
    assert ids(choice.for_picture(CLEAN)) == (used if family else ["some-x4"])


@pytest.mark.parametrize("wanted", [{"family": "jpeg", "weights": "float"}, {"family": "sharp"}])
def test_a_family_that_is_not_there_is_refused(catalog, wanted):
    with pytest.raises(BsrError, match=f"No {wanted['family']} model has"):
        choose_models(catalog, 4, **wanted)


def test_a_job_takes_the_artefacts_out_of_a_jpeg(job, catalog):
    result = run_job(job, catalog)
    assert (result.status, result.model) == (JobStatus.DONE, "jpeg-x4")
    expected = upscale(catalog.load(catalog.find("jpeg-x4", "binary")), read_picture(job.input))
    assert np.array_equal(read_picture(job.output).pixels, expected.pixels)
    assert expected.jpeg_quality is None


def test_a_job_mixes_two_results(job, catalog):
    seen = []
    result = run_job(replace(job, clean_up=30), catalog, seen.append)
    source = read_picture(job.input)
    clean, cleaned = (
        upscale(catalog.load(catalog.find(id, "binary")), source) for id in ("some-x4", "jpeg-x4")
    )
    assert (result.status, result.model) == (JobStatus.DONE, "jpeg-x4")
    pixels = read_picture(job.output).pixels
    assert np.array_equal(pixels, mixed(cleaned, clean, 30).pixels)
    shares = [p.done / p.total for p in seen if p.stage == "upscaling"]
    assert shares == sorted(shares) and shares[-1] == 1


def test_both_results_are_counted_before_the_work(job, catalog):
    large = replace(job, clean_up=50, memory_limit=1, save=SaveOptions("png"))
    result = run_job(large, catalog)
    assert result.status is JobStatus.FAILED and "memory" in result.error


@pytest.mark.parametrize("percent", [0, 1, 37, 50, 99, 100])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_mixture_is_the_nearest_level(percent, dtype):
    random, most = np.random.default_rng(percent), np.iinfo(dtype).max
    first, second = (
        Picture(
            random.integers(0, most, (9, 7, 3), dtype, endpoint=True),
            random.integers(0, most, (9, 7), dtype, endpoint=True),
        )
        for _ in range(2)
    )
    result = mixed(first, second, percent)
    for whole, one, other in (
        (result.pixels, first.pixels, second.pixels),
        (result.alpha, first.alpha, second.alpha),
    ):
        exact = (percent * one.astype(float) + (100 - percent) * other.astype(float)) / 100
        assert whole.dtype == dtype and np.abs(whole - exact).max() <= 0.5 + 1e-3
    ends = {0: second, 100: first}
    if percent in ends:
        assert np.array_equal(result.pixels, ends[percent].pixels)
