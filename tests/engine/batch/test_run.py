"""A batch runs to its end whatever its files are, and goes on where it stopped."""

import csv
import errno
import hashlib
import json
import os
import shutil
import sys
import threading
from functools import lru_cache
from pathlib import Path

import pytest

from bsr.engine import BsrError, CancelToken, NotEnoughMemory
from bsr.engine.batch.journal import Journal, read_history
from bsr.engine.batch.journal_lines import CLAIMED, JOURNAL_NAME
from bsr.engine.batch.request import BatchRequest
from bsr.engine.batch.table import write_table
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.disk import write_file
from bsr.engine.images import read_picture, write_picture
from bsr.engine.jobs.job import JobStatus, SaveOptions
from bsr.engine.jobs.run import compute_job, read_job, write_job
from tests.engine.batch.batches import cancelled_after, files, noise, put, request, run

NAMES = ("a.png", "b.png", "c.png", "sub/d.png")
RESULTS = ["a_bsr_x2.png", "b_bsr_x2.png", "c_bsr_x2.png", "sub/d_bsr_x2.png"]


@pytest.fixture
def asked(tmp_path):
    """Four pictures in a folder with a subfolder."""
    put(tmp_path / "in", *NAMES)
    return request(tmp_path)


def states(asked):
    entries = read_history(asked.root).entries.values()
    return {Path(entry.file).name: entry.state for entry in entries}


def test_every_picture_is_enlarged_into_its_place(asked, small_catalog):
    summary = run(asked, small_catalog)
    assert (summary.done, summary.failed, summary.waiting) == (4, 0, 0)
    assert sorted(files(asked.root)) == RESULTS
    assert read_picture(asked.root / "a_bsr_x2.png").pixels.shape == (20, 24, 3)
    assert summary.megapixels == pytest.approx(4 * 20 * 24 / 1e6)
    assert summary.seconds > 0


def test_the_batch_makes_what_single_jobs_make(asked, small_catalog):
    from dataclasses import replace

    from bsr.engine.batch.run import job_of
    from bsr.engine.jobs.run import run_job
    from tests.engine.batch.batches import planned

    plan = planned(asked, small_catalog)
    run(asked, small_catalog)
    for item in plan.items:
        single = asked.root / "single.png"
        job = replace(job_of(plan, item, 1, None), output=single)
        assert run_job(job, small_catalog).status is JobStatus.DONE
        assert single.read_bytes() == Path(item.output).read_bytes()
        single.unlink()


def test_a_bad_file_stops_nothing_and_is_told(asked, small_catalog):
    bad = asked.inputs[0] / "b.png"
    bad.write_bytes(b"no picture at all")
    summary = run(asked, small_catalog)
    assert (summary.done, summary.failed) == (3, 1)
    ((path, reason),) = summary.failures
    assert path == str(bad) and "b.png" in reason
    assert sorted(files(asked.root)) == [name for name in RESULTS if name[0] != "b"]


def test_retrying_does_only_what_failed(asked, small_catalog):
    bad = asked.inputs[0] / "b.png"
    good = bad.read_bytes()
    bad.write_bytes(b"no picture at all")
    run(asked, small_catalog)
    (asked.root / "a_bsr_x2.png").unlink()
    bad.write_bytes(good)
    summary = run(asked, small_catalog, mode="retry")
    assert (summary.done, summary.failed, summary.waiting) == (1, 0, 0)
    assert "b_bsr_x2.png" in files(asked.root) and "a_bsr_x2.png" not in files(asked.root)


def test_retrying_does_what_could_not_be_reached(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    asked = request(tmp_path, inputs=(tmp_path / "in", tmp_path / "stick"))
    assert run(asked, small_catalog).failed == 1
    put(tmp_path / "stick", "b.png")
    assert run(asked, small_catalog, mode="retry").done == 1


@pytest.mark.parametrize("stops", [True, False])
def test_a_folder_that_is_named_in_another_way_is_known_again(tmp_path, small_catalog, stops):
    put(tmp_path / "in", "a.png", "b.png")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    first = run(request(tmp_path), small_catalog, **(cancelled_after(1) if stops else {}))
    again = request(tmp_path, inputs=(tmp_path / "link",))
    second = run(again, small_catalog, mode="resume")
    assert (second.finished, second.done) == (first.done, 2 - first.done)
    assert sorted(files(tmp_path / "out")) == ["a_bsr_x2.png", "b_bsr_x2.png"]
    assert set(states(again).values()) == {"done"} and len(read_history(again.root).entries) == 2


def test_a_path_that_turns_back_behind_a_link_means_what_the_system_means(tmp_path, small_catalog):
    put(tmp_path / "far" / "other", "a.png")
    (tmp_path / "far" / "here").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "here")
    asked = request(tmp_path, inputs=(tmp_path / "link" / ".." / "other",))
    assert run(asked, small_catalog).done == 1


def test_a_cancelled_batch_goes_on_where_it_stopped(asked, small_catalog):
    first = run(asked, small_catalog, **cancelled_after(2))
    assert first.cancelled and first.done >= 2 and first.done + first.waiting == 4
    second = run(asked, small_catalog, mode="resume")
    assert (second.finished, second.done, second.waiting) == (first.done, 4 - first.done, 0)
    assert sorted(files(asked.root)) == RESULTS


def test_a_finished_batch_has_nothing_to_resume(asked, small_catalog):
    run(asked, small_catalog)
    before = {path: path.stat().st_mtime_ns for path in asked.root.rglob("*.png")}
    summary = run(asked, small_catalog, mode="resume")
    assert (summary.finished, summary.done, summary.skipped) == (4, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in asked.root.rglob("*.png")} == before


def test_a_batch_that_finds_nothing_new_adds_nothing_to_its_journal(asked, small_catalog):
    run(asked, small_catalog)
    journal = asked.root / JOURNAL_NAME
    before = journal.read_bytes()
    again = run(asked, small_catalog)
    assert (again.done, again.skipped) == (0, 4)
    assert journal.read_bytes() == before
    put(asked.inputs[0], "e.png")
    assert run(asked, small_catalog).done == 1
    assert len(read_history(asked.root).entries) == 5
    (asked.inputs[0] / "e.png").unlink()
    assert run(asked, small_catalog).skipped == 4
    assert len(read_history(asked.root).entries) == 4


def test_a_source_that_changed_is_done_again(asked, small_catalog):
    run(asked, small_catalog)
    before = files(asked.root)
    shutil.copy(asked.inputs[0] / "b.png", asked.inputs[0] / "a.png")
    summary = run(asked, small_catalog, mode="resume")
    assert (summary.finished, summary.done) == (3, 1)
    after = files(asked.root)
    assert after["a_bsr_x2.png"] == before["b_bsr_x2.png"]
    assert sorted(after) == RESULTS


def test_a_result_that_was_deleted_is_made_again(asked, small_catalog):
    run(asked, small_catalog)
    before = files(asked.root)
    (asked.root / "c_bsr_x2.png").unlink()
    assert run(asked, small_catalog, mode="resume").done == 1
    assert files(asked.root) == before


@pytest.mark.parametrize(("if_exists", "done"), [("skip", 0), ("rename", 1)])
def test_a_result_that_somebody_edited_is_spared(tmp_path, small_catalog, if_exists, done):
    put(tmp_path / "in", *NAMES)
    asked = request(tmp_path, save=SaveOptions(if_exists=if_exists))
    run(asked, small_catalog)
    edited = asked.root / "c_bsr_x2.png"
    edited.write_bytes(b"precious")
    summary = run(asked, small_catalog, mode="resume")
    assert edited.read_bytes() == b"precious"
    assert (summary.done, summary.skipped) == (done, 1 - done)
    assert ("c_bsr_x2 (2).png" in files(asked.root)) == bool(done)


def test_a_result_whose_line_was_never_written_is_made_again_in_its_place(asked, small_catalog):
    run(asked, small_catalog)
    before = files(asked.root)
    journal = asked.root / JOURNAL_NAME
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]))
    assert run(asked, small_catalog, mode="resume").done == 1
    assert files(asked.root) == before


@pytest.mark.parametrize("if_exists", ["skip", "rename", "replace"])
def test_resuming_makes_no_second_copies(tmp_path, small_catalog, if_exists):
    put(tmp_path / "in", *NAMES)
    put(tmp_path / "out", "a_bsr_x2.png")
    asked = request(tmp_path, save=SaveOptions(if_exists=if_exists))
    run(asked, small_catalog, **cancelled_after(1))
    run(asked, small_catalog, mode="resume")
    expected = {*RESULTS, "a_bsr_x2 (2).png"} if if_exists == "rename" else set(RESULTS)
    assert set(files(asked.root)) == expected


def test_a_new_file_joins_a_resumed_batch(asked, small_catalog):
    run(asked, small_catalog)
    put(asked.inputs[0], "0.png")
    summary = run(asked, small_catalog, mode="resume")
    assert (summary.finished, summary.done) == (4, 1)


@pytest.mark.parametrize("mode", ["new", "resume"])
def test_a_new_file_takes_no_result_of_another_one_for_its_own(tmp_path, small_catalog, mode):
    asked = request(tmp_path, save=SaveOptions(format="png", if_exists="skip"))
    put(tmp_path / "in", "a.jpg")
    run(asked, small_catalog)
    first = files(asked.root)
    put(tmp_path / "in", "a.bmp")
    assert run(asked, small_catalog, mode=mode).done == 1
    both = files(asked.root)
    assert both["a_bsr_x2.png"] == first["a_bsr_x2.png"] != both["a_bsr_x2 (2).png"]
    assert run(asked, small_catalog, mode=mode).done == 0
    (asked.root / "a_bsr_x2.png").unlink()
    assert run(asked, small_catalog, mode=mode).done == 1
    assert files(asked.root) == both


def test_a_folder_that_was_moved_is_not_enlarged_again(asked, small_catalog):
    run(asked, small_catalog)
    moved = asked.inputs[0].rename(asked.root.parent / "moved")
    again = run(request(asked.root.parent, inputs=(moved,)), small_catalog)
    assert (again.done, again.skipped) == (0, 4)


def test_other_settings_are_refused_when_resuming(asked, small_catalog):
    run(asked, small_catalog, **cancelled_after(1))
    other = request(asked.root.parent, scale=1.5)
    with pytest.raises(BsrError, match=r"scale was 2\.0 and is now 1\.5"):
        run(other, small_catalog, mode="resume")
    assert run(other, small_catalog).done == 4


def test_an_output_folder_in_the_input_folder_is_not_read_again(asked, small_catalog):
    inside = request(asked.root.parent, output=asked.inputs[0] / "enlarged")
    assert run(inside, small_catalog).done == 4
    again = run(inside, small_catalog)
    assert (again.done, again.skipped) == (0, 4)


def test_results_beside_their_pictures_are_not_enlarged_again(asked, small_catalog):
    beside = request(asked.root.parent, output=asked.inputs[0])
    assert run(beside, small_catalog, **cancelled_after(1)).done >= 1
    run(beside, small_catalog, mode="resume")
    again = run(beside, small_catalog)
    assert (again.done, again.skipped) == (0, 4)
    assert len(files(asked.inputs[0])) == 8


def test_a_folder_by_two_names_is_still_one_folder(asked, small_catalog):
    link = asked.root.parent / "link"
    link.symlink_to(asked.inputs[0])
    beside = request(asked.root.parent, inputs=(link,), output=asked.inputs[0])
    assert run(beside, small_catalog).done == 4
    again = run(beside, small_catalog)
    assert (again.done, again.skipped) == (0, 4)
    before = files(link)
    over = request(
        asked.root.parent,
        inputs=(link,),
        output=asked.inputs[0],
        template="b",
        save=SaveOptions(if_exists="replace"),
    )
    run(over, small_catalog)
    assert before.items() <= files(link).items()


def test_results_beside_their_pictures_are_known_by_a_name_that_is_no_link(
    asked, small_catalog, monkeypatch
):
    """As Photos and photos on a drive of Windows or macOS, or a folder that is mounted twice."""
    monkeypatch.setattr("bsr.engine.batch.scan._real_folder", lru_cache(str))
    other = asked.root.parent / "other"
    other.symlink_to(asked.inputs[0])
    beside = request(asked.root.parent, output=other)
    assert run(beside, small_catalog).done == 4
    again = run(beside, small_catalog)
    assert (again.done, again.skipped) == (0, 4)


def test_parts_of_a_killed_run_are_removed_and_nothing_else(asked, small_catalog):
    run(asked, small_catalog, **cancelled_after(1))
    part = asked.root / ".0123456789ab.bsr-part"
    other = asked.root / "holiday.part"
    for path in (part, other):
        path.write_bytes(b"half")
    run(asked, small_catalog, mode="resume")
    assert not part.exists() and other.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_the_part_of_somebody_who_is_saving_stays(asked, small_catalog):
    run(asked, small_catalog, **cancelled_after(1))

    def save(file):
        file.write(b"half")
        run(asked, small_catalog, mode="resume")
        file.write(b" and half")

    assert write_file(asked.root / "other.bin", save).read_bytes() == b"half and half"


def test_a_cancelled_batch_waits_for_no_picture(tmp_path, small_catalog):
    put(tmp_path / "in", "a.png")
    cancel = CancelToken()
    callbacks = BatchCallbacks(progress=lambda progress: cancel.cancel())
    summary = run(request(tmp_path), small_catalog, cancel=cancel, callbacks=callbacks)
    assert summary.cancelled and (summary.done, summary.waiting) == (0, 1)
    assert files(tmp_path / "out") == {}


def test_cancelling_does_not_wait_for_a_result_that_is_being_written(
    tmp_path, small_catalog, monkeypatch
):
    put(tmp_path / "in", "a.png")
    token = CancelToken()

    def write(loaded, upscaled, **options):
        token.cancel()
        return write_job(loaded, upscaled, **options)

    with monkeypatch.context() as patch:
        patch.setattr("bsr.engine.batch.run.write_job", write)
        summary = run(request(tmp_path), small_catalog, cancel=token)
    assert summary.cancelled and (summary.done, summary.waiting) == (0, 1)
    assert files(tmp_path / "out") == {}
    assert run(request(tmp_path), small_catalog, mode="resume").done == 1


def test_progress_counts_pixels_and_never_runs_backwards(asked, small_catalog):
    told = []
    run(asked, small_catalog, callbacks=BatchCallbacks(progress=told.append))
    pixels = [progress.pixels_done for progress in told]
    assert pixels == sorted(pixels)
    assert pixels[0] == 0 and pixels[-1] == told[-1].pixels == 4 * 10 * 12
    assert told[-1].seconds_left == 0
    counted = [progress.files_done for progress in told]
    assert counted == sorted(counted)


def test_every_file_is_reported_once(asked, small_catalog):
    started, finished = [], []
    callbacks = BatchCallbacks(
        started=started.append,
        finished=lambda index, result: finished.append((index, result.status)),
    )
    run(asked, small_catalog, callbacks=callbacks)
    assert started == [0, 1, 2, 3]
    assert finished == [(index, JobStatus.DONE) for index in range(4)]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_stops_the_batch_and_it_goes_on_later(
    asked, small_catalog, monkeypatch, number
):
    def full(loaded, upscaled, **options):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("bsr.engine.batch.run.write_job", full)
        summary = run(asked, small_catalog)
    assert "is full" in summary.stopped
    assert (summary.done, summary.failed, summary.waiting) == (0, 0, 4)
    assert run(asked, small_catalog, mode="resume").done == 4


def test_too_little_space_for_the_next_result_stops_the_batch(asked, small_catalog, monkeypatch):
    usage = shutil.disk_usage(asked.inputs[0])._replace(free=10)
    monkeypatch.setattr("bsr.engine.batch.tracker.shutil.disk_usage", lambda folder: usage)
    summary = run(asked, small_catalog)
    assert "needs about" in summary.stopped
    assert summary.waiting == 4


def test_a_result_that_has_no_room_lets_the_others_go_first(tmp_path, small_catalog, monkeypatch):
    large = put(tmp_path / "in", "a.png", "b.png", "c.png").with_name("a.png")
    write_picture(noise(60, 60), large)
    usage = shutil.disk_usage(tmp_path)._replace(free=120 * 120 * 3 - 1)
    monkeypatch.setattr("bsr.engine.batch.tracker.shutil.disk_usage", lambda folder: usage)
    summary = run(request(tmp_path), small_catalog)
    assert (summary.done, summary.waiting) == (2, 1) and str(large) in summary.stopped


def test_a_lost_output_folder_stops_the_batch(asked, small_catalog):
    def lose(index, result):
        shutil.rmtree(asked.root)

    summary = run(asked, small_catalog, callbacks=BatchCallbacks(finished=lose))
    assert "deleted" in summary.stopped
    assert summary.done == 1


def test_a_journal_that_cannot_grow_stops_the_batch(asked, small_catalog, monkeypatch):
    def full(journal, entries, flush):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Journal, "add", full)
    assert "is full" in run(asked, small_catalog).stopped


def test_a_picture_that_finds_no_memory_beside_another_is_done_alone(
    asked, small_catalog, monkeypatch
):
    tries = []

    def scarce(job, card):
        tries.append(job.input.name)
        if tries.count(job.input.name) == 1 and job.input.name != "a.png":
            raise NotEnoughMemory("another picture takes it all")
        return read_job(job, card)

    monkeypatch.setattr("bsr.engine.batch.run.read_job", scarce)
    assert run(asked, small_catalog).done == 4
    assert sorted(tries) == ["a.png", *2 * ["b.png"], *2 * ["c.png"], *2 * ["d.png"]]


@pytest.mark.parametrize(("pixels_beside", "alone"), [(100, True), (200, True), (10**6, False)])
def test_large_pictures_are_read_while_no_other_is_in_memory(
    asked, small_catalog, monkeypatch, pixels_beside, alone
):
    in_memory, beside, second_is_read = [], [], threading.Event()
    monkeypatch.setattr("bsr.engine.batch.run.MAX_CONCURRENT_PIXELS", pixels_beside)

    def read(job, card):
        beside.append(list(in_memory))
        in_memory.append(job.input.name)
        if len(beside) == 2:
            second_is_read.set()
        return read_job(job, card)

    def write(loaded, *arguments, **options):
        assert alone or second_is_read.wait(60)
        try:
            return write_job(loaded, *arguments, **options)
        finally:
            in_memory.remove(loaded.job.input.name)

    monkeypatch.setattr("bsr.engine.batch.run.read_job", read)
    monkeypatch.setattr("bsr.engine.batch.run.write_job", write)
    assert run(asked, small_catalog).done == 4
    assert len(beside) == 4
    assert alone is not any(beside)


def test_a_large_result_is_written_before_the_next_picture_is_computed(
    tmp_path, small_catalog, monkeypatch
):
    put(tmp_path / "in", "b.png")
    write_picture(noise(200, 200), tmp_path / "in" / "a.png")
    events = []
    monkeypatch.setattr("bsr.engine.batch.run.MAX_CONCURRENT_PIXELS", 10_000)

    def compute(loaded, *arguments):
        events.append(f"compute {loaded.job.input.name}")
        return compute_job(loaded, *arguments)

    def write(loaded, *arguments, **options):
        result = write_job(loaded, *arguments, **options)
        events.append(f"wrote {loaded.job.input.name}")
        return result

    monkeypatch.setattr("bsr.engine.batch.run.compute_job", compute)
    monkeypatch.setattr("bsr.engine.batch.run.write_job", write)
    assert run(request(tmp_path), small_catalog).done == 2
    assert events == ["compute a.png", "wrote a.png", "compute b.png", "wrote b.png"]


def test_the_journal_names_what_was_asked_for(asked, small_catalog):
    run(asked, small_catalog)
    header = json.loads((asked.root / JOURNAL_NAME).read_text().splitlines()[0])
    assert BatchRequest.from_dict(header["request"]) == asked
    assert header["settings"]["scale"] == 2.0


def test_a_file_at_the_name_of_a_result_that_was_never_written_is_spared(asked, small_catalog):
    run(asked, small_catalog, **cancelled_after(1))
    states = {Path(e.file).name: e.state for e in read_history(asked.root).entries.values()}
    assert states["d.png"] == CLAIMED
    precious = asked.root / "sub" / "d_bsr_x2.png"
    precious.parent.mkdir(exist_ok=True)
    precious.write_bytes(b"precious")
    assert run(asked, small_catalog, mode="resume").skipped == 1
    assert precious.read_bytes() == b"precious"


def test_the_journal_does_not_grow_when_there_is_nothing_to_do(asked, small_catalog):
    run(asked, small_catalog, **cancelled_after(1))
    run(asked, small_catalog, mode="resume")
    journal = asked.root / JOURNAL_NAME
    before = journal.read_bytes()
    run(asked, small_catalog, mode="resume")
    assert journal.read_bytes() == before


def test_a_file_that_appears_at_the_name_of_a_result_is_spared(asked, small_catalog):
    precious = asked.root / "b_bsr_x2.png"

    def put_there(index):
        if index == 0:
            precious.write_bytes(b"precious")

    summary = run(asked, small_catalog, callbacks=BatchCallbacks(started=put_there))
    assert precious.read_bytes() == b"precious"
    assert (summary.done, summary.skipped) == (3, 1)


def test_the_table_lists_every_file(asked, small_catalog, tmp_path):
    (asked.inputs[0] / "b.png").write_bytes(b"no picture at all")
    run(asked, small_catalog)
    write_table(read_history(asked.root), tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="", encoding="utf-8") as table:
        rows = {Path(row["file"]).name: row["state"] for row in csv.DictReader(table)}
    assert (
        rows
        == states(asked)
        == {"a.png": "done", "b.png": "failed", "c.png": "done", "d.png": "done"}
    )


def test_a_file_whose_result_is_there_meanwhile_is_skipped_in_the_journal(asked, small_catalog):
    bad = asked.inputs[0] / "b.png"
    bad.write_bytes(b"no picture at all")
    run(asked, small_catalog)
    put(asked.root, "b_bsr_x2.png")
    assert run(asked, small_catalog, mode="resume").skipped == 1
    assert states(asked)["b.png"] == "skipped"
    lines = (asked.root / JOURNAL_NAME).read_bytes()
    assert run(asked, small_catalog, mode="resume").skipped == 1
    assert (asked.root / JOURNAL_NAME).read_bytes() == lines


def test_giving_way_changes_no_byte(asked, small_catalog):
    run(asked, small_catalog, gentle=True)
    gentle = files(asked.root)
    shutil.rmtree(asked.root)
    run(asked, small_catalog)
    assert files(asked.root) == gentle


def test_giving_way_leaves_the_callers_priority_alone(asked, small_catalog):
    if os.name != "posix" or os.uname().sysname != "Linux":
        pytest.skip("only Linux knows the priority of a thread")
    seen = []
    callbacks = BatchCallbacks(started=lambda index: seen.append(os.nice(0)))
    before = os.nice(0)
    run(asked, small_catalog, gentle=True, callbacks=callbacks)
    assert set(seen) == {min(19, before + 10)}
    assert os.nice(0) == before


@pytest.mark.parametrize("if_exists", ["skip", "rename"])
def test_a_file_that_appears_while_a_result_is_written_is_spared(
    tmp_path, small_catalog, monkeypatch, if_exists
):
    put(tmp_path / "in", *NAMES)
    asked = request(tmp_path, save=SaveOptions(if_exists=if_exists))
    precious = asked.root / "b_bsr_x2.png"

    def write(loaded, upscaled, announce, **options):
        def appear(path, seal):
            announce(path, seal)
            if loaded.job.output == precious and not precious.exists():
                precious.write_bytes(b"precious")

        return write_job(loaded, upscaled, announce=appear, **options)

    monkeypatch.setattr("bsr.engine.batch.run.write_job", write)
    assert run(asked, small_catalog).done == 4
    assert precious.read_bytes() == b"precious"
    assert sorted(files(asked.root)) == sorted([*RESULTS, "b_bsr_x2 (2).png"])
    assert run(asked, small_catalog, mode="resume").finished == 4


@pytest.mark.parametrize("if_exists", ["skip", "rename"])
def test_resuming_spares_a_file_that_took_the_name_of_a_result_in_work(
    tmp_path, small_catalog, monkeypatch, if_exists
):
    put(tmp_path / "in", *NAMES)
    asked = request(tmp_path, save=SaveOptions(if_exists=if_exists))
    precious = asked.root / "b_bsr_x2.png"

    def killed(part, path):
        raise KeyboardInterrupt

    def begin(index):
        if index == 2:  # b is computed and about to be written
            precious.write_bytes(b"precious")
            monkeypatch.setattr("bsr.engine.disk.writing.take_name", killed)

    with monkeypatch.context() as monkeypatch, pytest.raises(KeyboardInterrupt):
        run(asked, small_catalog, callbacks=BatchCallbacks(started=begin))
    monkeypatch.undo()
    precious.write_bytes(b"precious")
    run(asked, small_catalog, mode="resume")
    assert precious.read_bytes() == b"precious"


def test_resuming_spares_a_result_that_was_edited_while_the_batch_runs_again(asked, small_catalog):
    run(asked, small_catalog)
    shutil.copy(asked.inputs[0] / "c.png", asked.inputs[0] / "a.png")  # a is done again
    edited = asked.root / "a_bsr_x2.png"

    def edit(index):
        edited.write_bytes(b"precious")

    summary = run(asked, small_catalog, mode="resume", callbacks=BatchCallbacks(started=edit))
    assert summary.done == 1
    assert edited.read_bytes() == b"precious"
    assert (asked.root / "a_bsr_x2 (2).png").exists()


def lines_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / JOURNAL_NAME).read_text().splitlines()]


def rewrite(folder: Path, lines: list[dict]) -> None:
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    (folder / JOURNAL_NAME).write_text(text)


@pytest.mark.parametrize("output", ["../victim/precious.png", "link/precious.png", "ABSOLUTE"])
@pytest.mark.parametrize("state", ["claimed", "writing", "done", "failed"])
def test_a_journal_cannot_name_a_file_outside_its_folder(
    tmp_path, asked, small_catalog, output, state
):
    run(asked, small_catalog)
    victim = tmp_path / "victim"
    victim.mkdir()
    kept = {victim / "precious.png": b"precious", victim / ".0123456789ab.bsr-part": b"mine"}
    for path, data in kept.items():
        path.write_bytes(data)
    (asked.root / "link").symlink_to(victim)
    lines = lines_of(asked.root)
    for line in lines[1:]:
        if line["file"].endswith("a.png"):
            line["state"] = state
            line["output"] = output.replace("ABSOLUTE", str(victim / "precious.png"))
            line["bytes"] = 8
            line["sha256"] = hashlib.sha256(b"precious").hexdigest()
    rewrite(asked.root, lines)
    summary = run(asked, small_catalog, mode="resume")
    assert summary.failed == 0 and summary.stopped is None
    assert {path: path.read_bytes() for path in victim.iterdir()} == kept


@pytest.mark.parametrize(
    "change",
    [
        {"output": "a\ud800.png"},
        {"output": ""},
        {"output": "."},
        {"output": "b.xyz", "state": "claimed"},
        {"output": "a\0b"},
        {"output": ".bsr-batch.jsonl"},
        {"output": "x" * 5000},
        {"output": "x/" * 3000 + "x.png"},
        {"output": 7},
        {"state": "eaten"},
        {"bytes": float("inf")},
        {"source": [float("nan"), 1]},
        {"source": {"a": 1}},
        {"sha256": 3, "state": "writing"},
        {"sha256": "no digest", "state": "writing"},
        {"error": ["a"]},
    ],
    ids=lambda change: "-".join(f"{name}-{str(value)[:9]!a}" for name, value in change.items()),
)
def test_nothing_in_a_journal_stops_a_batch(asked, small_catalog, change):
    run(asked, small_catalog)
    before = files(asked.root)
    lines = lines_of(asked.root)
    rewrite(asked.root, [lines[0], *({**line, **change} for line in lines[1:])])
    summary = run(asked, small_catalog, mode="resume")
    assert summary.failed == 0 and summary.stopped is None and summary.waiting == 0
    assert files(asked.root) == before


def test_two_files_never_share_a_result_whatever_the_journal_says(tmp_path, small_catalog):
    put(tmp_path / "in", *NAMES)
    asked = request(tmp_path, save=SaveOptions(if_exists="replace"))
    run(asked, small_catalog)
    before = files(asked.root)
    lines = lines_of(asked.root)
    for line in lines[1:]:
        line.update(state="claimed", output="same.png")
    rewrite(asked.root, lines)
    for result in asked.root.rglob("*.png"):
        result.unlink()
    assert run(asked, small_catalog, mode="resume").done == 4
    assert set(before.values()) <= set(files(asked.root).values())


def test_a_journal_cannot_make_a_batch_replace_an_original(asked, small_catalog):
    beside = request(asked.root.parent, output=asked.inputs[0])
    run(beside, small_catalog)
    original = asked.inputs[0] / "a.png"
    before = original.read_bytes()
    lines = lines_of(beside.root)
    for line in lines[1:]:
        if line["file"].endswith("a.png"):
            seal = {"bytes": len(before), "sha256": hashlib.sha256(before).hexdigest()}
            line.update(state="writing", output="a.png", **seal)
    rewrite(beside.root, lines)
    run(beside, small_catalog, mode="resume")
    assert original.read_bytes() == before


def test_what_is_told_as_done_is_on_the_disk(asked, small_catalog, monkeypatch):
    flushed, on_disk, fsync = set(), [], os.fsync

    def flush(file):
        fsync(file)
        status = os.fstat(file)
        flushed.add((status.st_ino, status.st_size))

    def finished(index, result):
        status = (asked.root / JOURNAL_NAME).stat()
        on_disk.append((status.st_ino, status.st_size) in flushed)

    monkeypatch.setattr("bsr.engine.batch.journal.os.fsync", flush)
    run(asked, small_catalog, callbacks=BatchCallbacks(finished=finished))
    assert on_disk == [True] * 4


def test_no_more_is_computed_than_one_beside_what_is_written(asked, small_catalog, monkeypatch):
    computed = []

    def compute(loaded, *arguments):
        computed.append(loaded.job.input.name)
        return compute_job(loaded, *arguments)

    def full(loaded, upscaled, **options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("bsr.engine.batch.run.compute_job", compute)
    monkeypatch.setattr("bsr.engine.batch.run.write_job", full)
    assert "is full" in run(asked, small_catalog).stopped
    assert computed == ["a.png", "b.png"]


@pytest.mark.parametrize("if_exists", ["skip", "rename", "replace"])
def test_a_new_file_takes_no_name_of_an_earlier_result(tmp_path, small_catalog, if_exists):
    put(tmp_path / "in", "a.png")
    asked = request(tmp_path, save=SaveOptions("png", if_exists=if_exists))
    run(asked, small_catalog)
    before = files(asked.root)
    put(tmp_path / "in", "a.jpg")
    summary = run(asked, small_catalog, mode="resume")
    assert (summary.finished, summary.done, summary.skipped) == (1, 1, 0)
    after = files(asked.root)
    assert sorted(after) == ["a_bsr_x2 (2).png", "a_bsr_x2.png"]
    assert before.items() <= after.items()
