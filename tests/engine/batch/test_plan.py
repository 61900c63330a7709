"""What a batch is going to do is known before it starts."""

import json
from pathlib import Path

import numpy as np
import pytest

from bsr.engine import BsrError, Picture
from bsr.engine.batch.journal import Journal, read_history
from bsr.engine.batch.journal_lines import WRITING, Entry, History
from bsr.engine.batch.plan import make_plan
from bsr.engine.batch.request import BatchRequest
from bsr.engine.batch.run import run_batch
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.disk import seal_of
from bsr.engine.images import probe, write_picture
from bsr.engine.jobs.job import SaveOptions
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.goal import Goal
from tests.engine.batch.batches import (
    cancelled_after,
    files,
    noise,
    planned,
    put,
    request,
    run,
)
from tests.small_models import save_small_model


def outputs(plan):
    root = plan.request.root
    return [Path(item.output).relative_to(root).as_posix() for item in plan.items]


def test_results_keep_the_place_of_their_pictures(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png", "sub/deep/b.jpg")
    assert outputs(planned(request(tmp_path), small_catalog)) == [
        "a_bsr_x2.png",
        "sub/deep/b_bsr_x2.jpg",
    ]


def test_the_template_names_the_results(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png", "b.png")
    asked = request(tmp_path, template="{index}-{name}-{model}-{weights}", scale=1.5)
    assert outputs(planned(asked, small_catalog)) == [
        "0001-a-small-x2-binary.png",
        "0002-b-small-x2-binary.png",
    ]


def test_each_picture_of_a_batch_gets_the_family_that_suits_it(tmp_path):
    save_small_model(tmp_path / "models", "some-x2")
    save_small_model(tmp_path / "models", "jpeg-x2", seed=1, family="jpeg")
    catalog = Catalog(tmp_path / "models", tmp_path / "none")
    put(tmp_path / "in", "clean.png", "good.jpg")
    write_picture(noise(seed=9), tmp_path / "in" / "poor.jpg", quality=50)
    used = {}
    finished = BatchCallbacks(
        finished=lambda _, result: used.update({result.job.input.name: result.model})
    )
    asked = request(tmp_path, template="{name}_{model}")
    run(asked, catalog, callbacks=finished)
    assert used == {"clean.png": "some-x2", "good.jpg": "some-x2", "poor.jpg": "jpeg-x2"}
    assert "poor_automatic.jpg" in files(tmp_path / "out")


def test_where_there_was_no_batch_nothing_is_retried(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    with pytest.raises(BsrError, match="no earlier batch in"):
        run(request(tmp_path), small_catalog, mode="retry")
    assert files(tmp_path / "out") == {}


@pytest.mark.parametrize("change", [{"family": "clean"}, {"clean_up": 40}])
def test_a_batch_is_not_resumed_with_another_choice_of_models(tmp_path, change):
    save_small_model(tmp_path / "models", "some-x2")
    save_small_model(tmp_path / "models", "jpeg-x2", seed=1, family="jpeg")
    catalog = Catalog(tmp_path / "models", tmp_path / "none")
    put(tmp_path / "in", "a.png", "b.png")
    run(request(tmp_path), catalog, **cancelled_after(1))
    with pytest.raises(BsrError, match="other settings"):
        run(request(tmp_path, **change), catalog, mode="resume")
    assert run(request(tmp_path), catalog, mode="resume").finished == 1


def test_a_format_that_cannot_be_written_becomes_png(tmp_path, small_catalog):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.gif").write_bytes(b"GIF89a")
    assert outputs(planned(request(tmp_path), small_catalog)) == ["a_bsr_x2.png"]


def test_two_pictures_of_one_name_get_two_results_and_that_is_told(tmp_path, small_catalog):
    put(tmp_path / "in", "a.jpg", "a.png", "a.webp")
    plan = planned(request(tmp_path, save=SaveOptions(format="png")), small_catalog)
    assert outputs(plan) == ["a_bsr_x2.png", "a_bsr_x2 (2).png", "a_bsr_x2 (3).png"]
    assert [Path(item.input).name for item in plan.renamed] == ["a.png", "a.webp"]


def test_names_that_windows_takes_for_one_are_kept_apart(tmp_path, small_catalog):
    put(tmp_path / "in", "A.png", "a.png")
    assert outputs(planned(request(tmp_path), small_catalog)) == [
        "A_bsr_x2.png",
        "a_bsr_x2 (2).png",
    ]


@pytest.mark.parametrize("if_exists", ["skip", "rename", "replace"])
def test_no_result_takes_the_place_of_an_input(tmp_path, small_catalog, if_exists):
    put(tmp_path / "in", "a.png", "b.png")
    before = files(tmp_path / "in")
    asked = request(
        tmp_path, output=tmp_path / "in", template="b", save=SaveOptions(if_exists=if_exists)
    )
    assert outputs(planned(asked, small_catalog)) == ["b (2).png", "b (3).png"]
    run(asked, small_catalog)
    after = files(tmp_path / "in")
    assert {name: after[name] for name in before} == before
    assert sorted(after) == ["a.png", "b (2).png", "b (3).png", "b.png"]


@pytest.mark.parametrize(
    ("if_exists", "expected"),
    [("skip", []), ("rename", ["a_bsr_x2 (2).png"]), ("replace", ["a_bsr_x2.png"])],
)
def test_what_exists_is_treated_as_asked(tmp_path, small_catalog, if_exists, expected):
    put(tmp_path / "in", "a.png")
    put(tmp_path / "out", "a_bsr_x2.png")
    plan = planned(request(tmp_path, save=SaveOptions(if_exists=if_exists)), small_catalog)
    assert outputs(plan) == expected
    assert len(plan.skipped) == (if_exists == "skip")


def test_sizes_are_read_from_the_headers(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    (tmp_path / "in" / "broken.png").write_bytes(b"no picture")
    items = planned(request(tmp_path), small_catalog).items
    assert [(item.height, item.width) for item in items] == [(10, 12), (0, 0)]


def test_a_picture_that_cannot_be_read_keeps_its_format_and_needs_no_space(tmp_path, small_catalog):
    put(tmp_path / "in", "good.bmp")
    (tmp_path / "in" / "broken.bmp").write_bytes(b"BM and nothing of a picture")
    plan = planned(request(tmp_path), small_catalog)
    broken, good = plan.items
    assert Path(broken.output).name == "broken_bsr_x2.bmp"
    assert (broken.height, broken.width, broken.bytes) == (0, 0, 0)
    assert plan.bytes_needed == good.bytes > 0


def test_the_space_is_estimated_from_files_and_pixels(tmp_path, small_catalog):
    path = put(tmp_path / "in", "a.png")
    plan = planned(request(tmp_path), small_catalog)
    assert plan.bytes_needed == 4 * min(path.stat().st_size, 10 * 12 * 3)
    assert plan.bytes_free > 0


def test_folders_of_one_name_do_not_meet(tmp_path, small_catalog):
    put(tmp_path / "one", "a.png")
    put(tmp_path / "two", "a.png")
    asked = request(tmp_path, inputs=(tmp_path / "one", tmp_path / "two"))
    assert outputs(planned(asked, small_catalog)) == ["one/a_bsr_x2.png", "two/a_bsr_x2.png"]


def test_files_that_were_taken_out_are_not_planned(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png", "b.png")
    asked = request(tmp_path, without=(tmp_path / "in" / "a.png",))
    assert outputs(planned(asked, small_catalog)) == ["b_bsr_x2.png"]


def test_planning_writes_nothing(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    planned(request(tmp_path), small_catalog)
    assert not (tmp_path / "out").exists()


def test_a_wrong_template_is_told_before_the_start(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    with pytest.raises(BsrError, match="date"):
        planned(request(tmp_path, template="{date}"), small_catalog)


def test_looking_at_the_files_is_reported(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png", "b.png")
    told = []
    make_plan(request(tmp_path), small_catalog, History(), on_progress=told.append)
    assert [(one.stage, one.done, one.total) for one in told] == [
        ("looking", 1, 2),
        ("looking", 2, 2),
    ]


def test_a_request_survives_the_journal(tmp_path):
    asked = BatchRequest(
        (tmp_path / "in", Path("/a\nb\udcff.png")),
        tmp_path / "out",
        include=("*.png",),
        without=(tmp_path / "in" / "a.png",),
        scale=2.5,
        save=SaveOptions(format="jpeg", background=(1, 2, 3), if_exists="replace"),
    )
    assert BatchRequest.from_dict(json.loads(json.dumps(asked.to_dict()))) == asked


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"inputs": 3},
        {"save": None},
        {"template": 7},
        {"model": ["a"]},
        {"include": [1]},
        {"scale": float("nan")},
        {"scale": "x"},
        {"save": {"background": [1, 2]}},
        {"save": {"background": [1, 2, 300]}},
        {"save": {"background": [1, 2, 3], "format": "exe"}},
        {"save": {"background": [1, 2, 3], "if_exists": "destroy"}},
    ],
)
def test_a_request_that_is_none_is_refused(tmp_path, values):
    known = BatchRequest((tmp_path,), tmp_path).to_dict()
    with pytest.raises(BsrError):
        BatchRequest.from_dict({**known, **values} if values else {})


def test_a_goal_gives_every_picture_its_own_factor_and_model(tmp_path):
    for scale in (2, 4):
        save_small_model(tmp_path / "models", f"small-x{scale}", "binary", scale)
    catalog = Catalog(tmp_path / "models", tmp_path / "user")
    write_picture(noise(10, 12), put(tmp_path / "in", "a.png"))
    write_picture(noise(20, 24), put(tmp_path / "in", "b.png"))
    write_picture(noise(90, 24), put(tmp_path / "in", "c.png"))
    plan = planned(request(tmp_path, goal=Goal(36, 36)), catalog)
    assert [item.scale for item in plan.items] == [3.0, 1.5, 0.0]
    assert outputs(plan) == [f"{name}_bsr_36x36.png" for name in "abc"]
    assert [plan.choice_of(item).name for item in plan.items[:2]] == ["small-x4", "small-x2"]


def test_a_goal_travels_with_the_journal():
    asked = BatchRequest((Path("/in"),), Path("/out"), goal=Goal(3543, 2362, dpi=300.0))
    assert BatchRequest.from_dict(json.loads(json.dumps(asked.to_dict()))) == asked


@pytest.mark.parametrize("goal", [{}, {"width": 0}, {"depth": 3}, {"width": "5"}, [5], "5"])
def test_a_journal_with_an_impossible_goal_is_refused(goal):
    asked = BatchRequest((Path("/in"),), Path("/out")).to_dict() | {"goal": goal}
    with pytest.raises(BsrError, match="does not say what was requested"):
        BatchRequest.from_dict(asked)


def test_what_is_skipped_is_measured_and_what_is_finished_is_not_read(
    tmp_path, small_catalog, monkeypatch
):
    put(tmp_path / "in", "a.png")
    run(request(tmp_path), small_catalog)
    skipped = planned(request(tmp_path), small_catalog).skipped
    assert [(item.height, item.width) for item in skipped] == [(10, 12)]
    put(tmp_path / "in", "b.png")
    read = []

    def looked_at(path, seconds):
        read.append(path.name)
        return probe(path, seconds)

    monkeypatch.setattr("bsr.engine.images.probe", looked_at)
    history = read_history(tmp_path / "out")
    plan = make_plan(request(tmp_path), small_catalog, history, mode="resume")
    assert (len(plan.finished), outputs(plan), read) == (1, ["b_bsr_x2.png"], ["b.png"])


def test_a_factor_between_two_models_gets_the_larger(tmp_path):
    for scale in (2, 4):
        save_small_model(tmp_path / "models", f"small-x{scale}", "binary", scale)
    catalog = Catalog(tmp_path / "models", tmp_path / "user")
    write_picture(noise(10, 12), put(tmp_path / "in", "a.png"))
    plan = planned(request(tmp_path, goal=Goal(30, 30)), catalog)
    (item,) = plan.items
    assert item.scale == 2.5
    assert plan.choice_of(item).name == "small-x4"


def test_a_batch_is_not_resumed_with_other_weights_of_the_same_model(tmp_path):
    put(tmp_path / "in", "a.png", "b.png")
    save_small_model(tmp_path / "models")
    run(request(tmp_path), Catalog(tmp_path / "models", tmp_path / "none"), **cancelled_after(1))
    save_small_model(tmp_path / "models", seed=1)
    catalog = Catalog(tmp_path / "models", tmp_path / "none")
    with pytest.raises(BsrError, match="checksum of the model"):
        run(request(tmp_path), catalog, mode="resume")


def test_the_space_that_is_needed_knows_what_a_jpeg_becomes(tmp_path, small_catalog):
    path = put(tmp_path / "in", "a.jpg")
    write_picture(Picture(np.zeros((200, 300, 3), np.uint8)), path, quality=90)
    size = path.stat().st_size
    for format, growth in (("jpeg", 1), ("png", 6)):
        plan = planned(request(tmp_path, save=SaveOptions(format)), small_catalog)
        assert plan.bytes_needed == 4 * growth * size


def test_a_lossy_result_does_not_need_the_space_of_a_lossless_picture(tmp_path, small_catalog):
    put(tmp_path / "in", "a.tif")

    def needed(format, quality):
        asked = request(tmp_path, save=SaveOptions(format, quality=quality))
        return planned(asked, small_catalog).bytes_needed

    pixels = 4 * 10 * 12
    assert needed("jpeg", 92) == needed("webp", 92) == pixels / 2
    assert needed("webp", 100) == needed("png", 92) == 3 * pixels


@pytest.mark.parametrize("sealed", [True, False])
def test_a_result_that_was_being_written_is_done_again_and_known_to_the_journal(
    tmp_path, small_catalog, sealed
):
    source, result = put(tmp_path / "in", "a.png"), put(tmp_path / "out", "a_bsr_x2.png")
    with result.open("rb") as file:
        seal = seal_of(file)
    bytes, digest = seal if sealed else (0, None)
    asked = request(tmp_path)
    entry = Entry(str(source), WRITING, result.name, bytes=bytes, sha256=digest)
    settings = planned(asked, small_catalog).settings
    history = History(settings, asked.to_dict(), {entry.file: entry}, {entry.output: bytes})
    plan = make_plan(asked, small_catalog, history, mode="resume")
    [item] = plan.items
    assert (item.output, item.if_exists) == (str(result), "rename")
    assert item.ours == (seal if sealed else None)
    assert list(plan.new_entries()) == []


def test_a_worker_may_still_write_what_it_was_told_before_the_batch_was_killed(
    tmp_path, small_catalog
):
    source = put(tmp_path / "in", "a.png")
    asked = request(tmp_path)
    settings = planned(asked, small_catalog).settings
    entry = Entry(str(source), WRITING, "a_bsr_x2.png")
    history = History(settings, asked.to_dict(), {entry.file: entry}, {entry.output: 0})
    plan = make_plan(asked, small_catalog, history, mode="resume")
    elsewhere = request(tmp_path, output=tmp_path / "worker")
    run(elsewhere, small_catalog)
    with Journal(asked.root) as journal:
        (elsewhere.root / entry.output).rename(asked.root / entry.output)
        summary = run_batch(plan, small_catalog, journal, threads=1)
    assert (summary.done, summary.skipped) == (1, 0)
    assert list(files(asked.root)) == [entry.output]
