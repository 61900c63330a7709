"""A job from file to file, with a small real network."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageCms

from bsr.engine import CancelToken, Picture
from bsr.engine.images import FORMATS, read_picture, write_picture
from bsr.engine.jobs.job import Job, JobStatus, SaveOptions
from bsr.engine.jobs.properties import kept_properties
from bsr.engine.jobs.run import run_job
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.goal import Goal
from bsr.engine.upscaling.upscale import upscale
from tests.small_models import save_small_model


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    save_small_model(folder / "bundled", "small-x2", "binary", 2)
    save_small_model(folder / "bundled", "small-x4", "float", 4)
    return Catalog(folder / "bundled", folder / "user")


def noise(height=12, width=17, dtype=np.uint8, **changes):
    random = np.random.default_rng(1)
    pixels = random.integers(0, np.iinfo(dtype).max, (height, width, 3), dtype, endpoint=True)
    return Picture(pixels, **changes)


@pytest.fixture
def job(tmp_path):
    """An 17 x 12 photograph to be enlarged by the only binary model, x2."""
    write_picture(noise(), tmp_path / "photo.png")
    return Job(tmp_path / "photo.png", tmp_path / "out" / "photo_bsr_x2.png")


def with_save(job, **changes):
    return replace(job, save=replace(job.save, **changes))


def test_a_job_writes_what_upscale_gives(job, catalog):
    result = run_job(job, catalog)
    assert (result.status, result.error, result.output) == (JobStatus.DONE, None, job.output)
    assert (result.model, result.weights) == ("small-x2", "binary")
    assert result.megapixels == 24 * 34 / 1e6 and result.seconds > 0
    model = catalog.load(catalog.find("small-x2", "binary"))
    expected = upscale(model, read_picture(job.input))
    np.testing.assert_array_equal(read_picture(job.output).pixels, expected.pixels)


def test_only_the_result_is_left_in_its_folder(job, catalog):
    run_job(job, catalog)
    assert list(job.output.parent.iterdir()) == [job.output]


@pytest.mark.parametrize(("scale", "size"), [(1, (12, 17)), (1.5, (18, 26)), (3, (36, 51))])
def test_a_scale_that_no_model_has_is_reached(job, catalog, scale, size):
    run_job(replace(job, scale=scale), catalog)
    assert read_picture(job.output).pixels.shape[:2] == size


def test_the_model_asked_for_runs(job, catalog):
    result = run_job(replace(job, model="small-x4", weights="float"), catalog)
    assert (result.model, result.weights) == ("small-x4", "float")
    assert read_picture(job.output).height == 48


def test_progress_goes_from_reading_to_saving_and_never_back(job, catalog):
    seen = []
    run_job(job, catalog, seen.append)
    stages = list(dict.fromkeys(progress.stage for progress in seen))
    assert stages[0] == "reading" and stages[-1] == "saving"
    for stage in stages:
        done = [progress.done for progress in seen if progress.stage == stage]
        assert done == sorted(done)


def test_finished_rows_are_handed_out(job, catalog):
    rows = []
    run_job(job, catalog, on_rows=rows.append)
    assert sum(part.pixels[..., 0].size for part in rows) == 24 * 34


def test_a_taken_name_gets_a_number(job, catalog):
    first, second = run_job(job, catalog), run_job(job, catalog)
    assert second.output == job.output.with_name("photo_bsr_x2 (2).png")
    assert first.output.read_bytes() == second.output.read_bytes()


def test_an_existing_result_is_skipped_untouched(job, catalog):
    job.output.parent.mkdir()
    job.output.write_bytes(b"precious")
    result = run_job(with_save(job, if_exists="skip"), catalog)
    assert (result.status, result.output) == (JobStatus.SKIPPED, job.output)
    assert job.output.read_bytes() == b"precious"


def test_an_existing_result_is_replaced_when_asked_for(job, catalog):
    job.output.parent.mkdir()
    job.output.write_bytes(b"old")
    assert run_job(with_save(job, if_exists="replace"), catalog).output == job.output
    assert read_picture(job.output).height == 24


@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_the_original_is_never_replaced(job, catalog, tmp_path, link):
    before = job.input.read_bytes()
    output = job.input
    if link:
        output = tmp_path / "link.png"
        getattr(output, link)(job.input)
    result = run_job(with_save(replace(job, output=output), if_exists="replace"), catalog)
    assert result.status is JobStatus.FAILED and "overwrite the original" in result.error
    assert job.input.read_bytes() == before


def test_the_original_s_name_as_output_gives_another_file(job, catalog):
    result = run_job(replace(job, output=job.input), catalog)
    assert result.output == job.input.with_name("photo (2).png")


def test_a_missing_picture_fails_by_name(job, catalog, tmp_path):
    result = run_job(replace(job, input=tmp_path / "nothing.png"), catalog)
    assert result.status is JobStatus.FAILED and "nothing.png" in result.error
    assert not job.output.parent.exists()


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_damaged_picture_fails_and_leaves_nothing(job, catalog, content):
    job.input.write_bytes(content)
    result = run_job(job, catalog)
    assert result.status is JobStatus.FAILED and "photo.png" in result.error
    assert not job.output.parent.exists() or list(job.output.parent.iterdir()) == []


def test_a_missing_model_fails_before_anything_is_read(job, catalog):
    result = run_job(replace(job, model="none"), catalog)
    assert result.status is JobStatus.FAILED and "Installed: small-x2" in result.error


def test_too_little_memory_is_told_before_the_work(job, catalog):
    seen = []
    result = run_job(replace(job, memory_limit=1000), catalog, seen.append)
    assert result.status is JobStatus.FAILED and "memory" in result.error
    assert "upscaling" not in {progress.stage for progress in seen}


def test_a_result_beyond_the_format_s_limit_is_told_before_the_work(job, catalog, tmp_path):
    write_picture(noise(1, 9000), job.input)
    webp = replace(job, output=tmp_path / "out.webp")
    result = run_job(webp, catalog)
    assert result.status is JobStatus.FAILED and "16" in result.error
    assert not webp.output.exists()


def test_a_folder_that_is_a_file_fails(job, catalog, tmp_path):
    (tmp_path / "file").touch()
    result = run_job(replace(job, output=tmp_path / "file" / "sub" / "a.png"), catalog)
    assert result.status is JobStatus.FAILED and "not a folder" in result.error


def test_a_cancelled_job_writes_nothing(job, catalog):
    cancel = CancelToken()
    cancel.cancel()
    result = run_job(job, catalog, cancel=cancel)
    assert (result.status, result.output, result.error) == (JobStatus.CANCELLED, None, None)
    assert not job.output.parent.exists()


@pytest.mark.parametrize("stage", ["reading", "upscaling", "saving"])
def test_cancelling_in_any_stage_leaves_the_whole_result_or_nothing(job, catalog, stage):
    cancel = CancelToken()

    def stop(progress):
        if progress.stage == stage:
            cancel.cancel()

    result = run_job(job, catalog, stop, cancel)
    files = list(job.output.parent.iterdir()) if job.output.parent.exists() else []
    if result.status is JobStatus.DONE:
        assert stage == "saving" and files == [job.output]
    else:
        assert result.status is JobStatus.CANCELLED and files == []


def test_an_unexpected_error_becomes_a_result_and_is_logged(job, catalog, caplog):
    def broken(progress):
        raise ZeroDivisionError("surprise")

    result = run_job(job, catalog, broken)
    assert result.status is JobStatus.FAILED and "surprise" in result.error
    assert "Traceback" in caplog.text


def rich(grey, dtype=np.uint16):
    """A picture with everything that a file can keep."""
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = noise(dtype=dtype, dpi=(300.0, 300.0), icc=profile, exif=exif.tobytes(), grey=grey)
    alpha = np.full(picture.pixels.shape[:2], picture.max_value // 3, dtype)
    pixels = np.repeat(picture.pixels[..., :1], 3, axis=2) if grey else picture.pixels
    return replace(picture, pixels=pixels, alpha=alpha)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("grey", [True, False])
@pytest.mark.parametrize("format", FORMATS)
def test_what_is_said_to_be_kept_is_in_the_file(tmp_path, format, grey, keep):
    picture = rich(grey)
    write_picture(picture, tmp_path / "out", format=format, keep_metadata=keep)
    found = read_picture(tmp_path / "out")
    expected = {
        "ICC": found.icc == picture.icc,
        "EXIF": found.exif is not None,
        "DPI": found.dpi is not None,
        "16 bit": found.max_value > 255,
        "alpha": found.alpha is not None,
    }
    kept = kept_properties(picture, format, keep)
    assert {name: name in kept for name in expected} == expected


def test_nothing_is_kept_where_there_was_nothing():
    assert all(kept_properties(noise(), format) == () for format in FORMATS)


def test_the_result_of_a_job_tells_what_was_kept(job, catalog):
    write_picture(rich(grey=False), job.input)
    assert run_job(job, catalog).kept == ("ICC", "EXIF", "DPI", "16 bit", "alpha")


def test_status_values_are_lower_case_words():
    assert [status.value for status in JobStatus] == ["done", "skipped", "cancelled", "failed"]


def test_the_usual_options_never_overwrite():
    assert SaveOptions().if_exists == "rename"


@pytest.mark.parametrize(
    ("goal", "size"),
    [
        (Goal(width=40), (28, 40)),
        (Goal(height=29), (29, 41)),
        (Goal(30, 20), (20, 28)),
        (Goal(megapixels=0.001), (27, 38)),
        (Goal(width=100), (71, 100)),  # takes several passes
    ],
)
def test_a_goal_is_met_to_the_pixel(job, catalog, goal, size):
    result = run_job(replace(job, goal=goal), catalog)
    assert result.error is None
    assert read_picture(job.output).pixels.shape[:2] == size


def test_a_goal_lets_the_size_of_the_picture_choose_the_model(job, catalog):
    wide = replace(job, goal=Goal(width=60), weights="float")
    assert run_job(wide, catalog).model == "small-x4"
    assert run_job(replace(job, goal=Goal(width=34)), catalog).model == "small-x2"


def test_alpha_depth_and_profile_survive_a_goal(job, catalog):
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    alpha = np.full((12, 17), 65_535, np.uint16)
    write_picture(noise(dtype=np.uint16, alpha=alpha, icc=icc), job.input)
    run_job(replace(job, goal=Goal(width=50)), catalog)
    made = read_picture(job.output)
    assert made.pixels.shape == (35, 50, 3) and made.pixels.dtype == np.uint16
    assert made.alpha is not None and made.alpha.min() == 65_535
    assert made.icc == icc


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".bmp"])
def test_a_print_writes_its_dots_per_inch_into_the_file(job, catalog, suffix):
    write_picture(noise(dpi=(72.0, 72.0)), job.input)
    job = replace(job, output=job.output.with_suffix(suffix), goal=Goal(20, 40, dpi=254.0))
    result = run_job(job, catalog)
    made = read_picture(job.output)
    assert (made.height, made.width) == (20, 28)  # the paper was turned
    assert made.dpi == pytest.approx((254.0, 254.0), abs=0.1)
    assert "DPI" in result.kept


def test_a_goal_out_of_reach_names_the_picture(job, catalog):
    result = run_job(replace(job, goal=Goal(width=5)), catalog)
    assert result.status is JobStatus.FAILED
    assert result.error == (
        f"{job.input}: The picture has 17 x 12 pixels, which is more than was asked for: "
        "there is nothing to enlarge."
    )
