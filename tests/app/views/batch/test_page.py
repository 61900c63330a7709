"""The batch page as a user uses it, with a small real network."""

import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath

import pytest
from PySide6.QtCore import Qt

from bsr.engine.batch.journal import read_history
from bsr.engine.batch.journal_lines import JOURNAL_NAME, History
from bsr.engine.batch.tracker import BatchProgress, BatchTracker
from bsr.engine.images import read_picture
from bsr.engine.jobs.job import Job, JobResult, JobStatus
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.goal import Goal
from bsr.qt import theme
from bsr.qt.job_runner import JobRunner, Worker
from bsr.qt.settings import Settings
from bsr.views.batch import model
from bsr.views.batch.model import State
from bsr.views.batch.page import BatchPage
from bsr.views.window.main_window import MainWindow
from bsr.views.window.side_bar import BATCH, UPSCALE
from bsr.work import batch as work
from bsr.work import interrupted
from bsr.work.batch import Ended, Interrupted
from tests.app.event_loop import longest_hold
from tests.engine.batch.batches import cancelled_after, files, put
from tests.engine.batch.batches import run as run_engine
from tests.small_models import save_small_model

NAMES = ("a.png", "b.png", "sub/c.png", "sub/d.png")
LIMIT = 30_000


@pytest.fixture(scope="module")
def catalog(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    save_small_model(folder)
    return Catalog(folder, folder / "user")


@pytest.fixture(autouse=True)
def noted(monkeypatch, tmp_path):
    """The file where unfinished batches are noted."""
    file = tmp_path / "data" / "unfinished.json"
    monkeypatch.setattr(interrupted, "_usual_file", lambda: file)
    return file


@pytest.fixture
def open_page(qtbot, runner, catalog, kernels, tmp_path):
    """Opens a page as a start of the program does, which shows another one."""

    def open_page(with_runner=runner):
        settings = Settings(tmp_path / "settings.ini")
        page = BatchPage(with_runner, catalog, settings)
        qtbot.addWidget(page)
        page.panel.form.size_form.set_value(2)
        page.resize(1100, 700)
        page.look_for_interrupted()
        qtbot.waitUntil(lambda: with_runner.idle, timeout=LIMIT)
        return page

    return open_page


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def shown(qtbot, page):
    """The page on the screen: to paint it is half of the work, and few tests look at that."""
    with qtbot.waitExposed(page):
        page.show()
    return page


on_screen = pytest.mark.usefixtures("shown")


@pytest.fixture
def filled(page, tmp_path, qtbot):
    """A page with four pictures of a folder."""
    put(tmp_path / "in", *NAMES)
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    return page


def wait_for_list(page, qtbot):
    qtbot.waitUntil(lambda: not page.dry_run.busy, timeout=LIMIT)


def wait_for_end(page, qtbot):
    qtbot.waitUntil(lambda: not page.running, timeout=LIMIT)


def run(page, qtbot):
    page.panel.start.click()
    wait_for_end(page, qtbot)


@contextmanager
def cancelled_at_the_first_end(monkeypatch):
    """Cancel each batch as soon as one of its files has ended."""
    record_result = BatchTracker.record_result

    def record_and_cancel(tracker, *arguments):
        record_result(tracker, *arguments)
        tracker._cancel.cancel()

    with monkeypatch.context() as patch:
        patch.setattr(BatchTracker, "record_result", record_and_cancel)
        yield


def texts(page, column):
    shown = page.list.table.model()
    return [shown.index(row, column).data() for row in range(shown.rowCount())]


@on_screen
def test_an_empty_page_invites_to_drop_something(page):
    assert page.list.drop_area.isVisible() and not page.list.table.isVisible()
    assert not page.panel.start.isEnabled()


@on_screen
def test_a_folder_is_listed_with_sizes_and_nothing_is_written(filled, tmp_path):
    assert texts(filled, model.PICTURE) == ["a.png", "b.png", "c.png", "d.png"]
    assert texts(filled, model.SIZE)[0] == "12 × 10 → 24 × 20"
    assert texts(filled, model.STATE) == ["Waiting"] * 4
    assert filled.panel.output() == tmp_path / "in" / "BSR"
    assert not filled.panel.output().exists()


def test_without_subfolders_only_the_folder_itself_is_listed(filled, qtbot):
    filled.panel.subfolders.setChecked(False)
    wait_for_list(filled, qtbot)
    assert texts(filled, model.PICTURE) == ["a.png", "b.png"]


@on_screen
def test_start_enlarges_everything_and_tells_what_came_of_it(filled, qtbot, tmp_path):
    run(filled, qtbot)
    assert texts(filled, model.STATE) == ["Done"] * 4
    assert all(texts(filled, model.SECONDS))
    assert sorted(files(tmp_path / "in" / "BSR")) == [
        "a_bsr_x2.png",
        "b_bsr_x2.png",
        "sub/c_bsr_x2.png",
        "sub/d_bsr_x2.png",
    ]
    assert filled.notice.text().startswith("4 done, 0 skipped, 0 failed in ")


def test_results_without_room_are_told_until_they_are_to_be_smaller(
    page, qtbot, tmp_path, monkeypatch
):
    usage = shutil.disk_usage(tmp_path)._replace(free=3 * 24 * 20 * len(NAMES))
    monkeypatch.setattr("bsr.engine.batch.plan.shutil.disk_usage", lambda folder: usage)
    put(tmp_path / "in", *NAMES)
    page.panel.form.size_form.set_value(8)
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    assert page.notice.text().startswith("The results need about ")
    for factor, told in ((4, True), (2, False)):
        page.panel.form.size_form.choice.segment(str(factor)).click()
        wait_for_list(page, qtbot)
        assert page.notice.text().startswith("The results need about ") == told


@on_screen
def test_the_thumbnails_of_the_rows_that_are_seen_are_made(filled, qtbot):
    paths = [row.path for row in filled.model.rows()]
    qtbot.waitUntil(lambda: all(filled.model.thumbnail(path) for path in paths), timeout=LIMIT)
    assert not any(filled.model.thumbnail(path).isNull() for path in paths)


@on_screen
def test_a_bad_file_is_listed_with_its_reason_and_can_be_retried(filled, qtbot, tmp_path):
    bad = tmp_path / "in" / "b.png"
    good = bad.read_bytes()
    bad.write_bytes(b"no picture")
    assert not filled.list.retry.isEnabled()
    run(filled, qtbot)
    assert texts(filled, model.STATE) == ["Done", "Failed", "Done", "Done"]
    assert texts(filled, model.REASON)[1]
    assert str(tmp_path) not in texts(filled, model.REASON)[1]
    bad.write_bytes(good)
    filled.list.retry.click()
    wait_for_end(filled, qtbot)
    assert texts(filled, model.STATE) == ["Done"] * 4
    assert filled.notice.text().startswith("1 done, 0 skipped, 0 failed")


def test_files_that_are_gone_when_a_batch_begins_have_failed(filled, qtbot, tmp_path):
    single, listed = tmp_path / "single.png", tmp_path / "in" / "a.png"
    put(tmp_path, single.name)
    filled.add_paths([single])
    wait_for_list(filled, qtbot)
    for path in (single, listed):
        path.rename(path.with_suffix(".away"))
    run(filled, qtbot)
    reasons = {row.path: str(row.reason) for row in filled.model.rows() if row.reason}
    assert reasons == {
        str(listed): "It is no longer there.",
        str(single): "It cannot be opened: the file or folder does not exist.",
    }
    assert +filled.model.counts == {State.DONE: 3, State.FAILED: 2}
    assert "3 done, 0 skipped, 2 failed" in filled.notice.text()
    for path in (single, listed):
        path.with_suffix(".away").rename(path)
    filled.list.retry.click()
    wait_for_end(filled, qtbot)
    assert +filled.model.counts == {State.DONE: 5}


@on_screen
def test_the_filter_shows_only_what_failed(filled, qtbot, tmp_path):
    (tmp_path / "in" / "b.png").write_bytes(b"no picture")
    run(filled, qtbot)
    qtbot.mouseClick(filled.list.filter.segment("failed"), Qt.MouseButton.LeftButton)
    assert texts(filled, model.PICTURE) == ["b.png"]
    assert filled.list.filter.segment("failed").text() == "Failed 1"


@on_screen
def test_pause_holds_the_batch_and_resume_lets_it_go_on(filled, qtbot, monkeypatch):
    record_result, tokens = BatchTracker.record_result, []

    def record_and_wait_for_pause(tracker, *arguments):
        record_result(tracker, *arguments)
        until = time.monotonic() + LIMIT / 1000
        while not tokens and not tracker._cancel.paused and time.monotonic() < until:
            pass
        tokens.append(tracker._cancel)

    monkeypatch.setattr(BatchTracker, "record_result", record_and_wait_for_pause)
    filled.panel.start.click()
    qtbot.waitUntil(lambda: filled.model.counts[State.DONE] == 1, timeout=LIMIT)
    filled.panel.pause.click()
    assert filled.panel.pause.text() == "Resume"
    qtbot.waitUntil(lambda: bool(tokens), timeout=LIMIT)
    assert tokens[0].paused and filled.running and filled.model.counts[State.DONE] < 4
    states = [filled.model.index(row, model.STATE).data() for row in range(4)]
    assert "In progress" not in states
    filled.panel.pause.click()
    wait_for_end(filled, qtbot)
    assert filled.model.counts[State.DONE] == 4


@on_screen
def test_a_cancelled_batch_goes_on_where_it_stopped(filled, qtbot, monkeypatch):
    record_result = BatchTracker.record_result

    def record_and_cancel(tracker, *arguments):
        record_result(tracker, *arguments)
        tracker._cancel.cancel()  # as the button does, but not too late

    with cancelled_at_the_first_end(monkeypatch):
        run(filled, qtbot)
    done = filled.model.counts[State.DONE]
    assert 1 <= done < 4 and filled.notice.text().startswith("Cancelled")
    assert filled.model.counts[State.WORKING] == 0
    run(filled, qtbot)
    assert filled.model.counts[State.DONE] == 4
    assert filled.notice.text().startswith(f"{4 - done} done")


def test_another_scale_after_a_batch_makes_other_results(filled, qtbot, tmp_path):
    run(filled, qtbot)
    filled.panel.form.size_form.set_value(1.5)
    filled.start()
    wait_for_end(filled, qtbot)
    assert len(files(tmp_path / "in" / "BSR")) == 8


def test_a_goal_is_met_and_its_sizes_are_shown_before_and_after(filled, qtbot, tmp_path):
    filled.panel.form.size_form.set_value(Goal(20, 20))
    before = texts(filled, model.SIZE)
    assert before[0].endswith("→ 20 × 17")
    run(filled, qtbot)
    made = sorted((tmp_path / "in" / "BSR").glob("*.png"))
    sizes = [read_picture(path).pixels.shape[:2] for path in made]
    assert sizes and set(sizes) == {(17, 20)}
    assert texts(filled, model.SIZE) == before


def test_what_was_done_earlier_still_says_its_size(filled, qtbot, tmp_path):
    run(filled, qtbot)
    filled.clear()
    filled.add_paths([tmp_path / "in"])
    wait_for_dry_run = lambda: filled.model.counts[State.SKIPPED] == 4  # noqa: E731
    qtbot.waitUntil(wait_for_dry_run, timeout=10000)
    assert all("→" in text for text in texts(filled, model.SIZE))


def test_results_beside_their_pictures_are_not_listed_as_work(filled, qtbot, tmp_path):
    filled.panel.set_output(tmp_path / "in")
    wait_for_list(filled, qtbot)
    run(filled, qtbot)
    filled.panel.set_output(tmp_path / "in")
    wait_for_list(filled, qtbot)
    listed = [row.path for row in filled.model.rows()]
    assert listed == [str(tmp_path / "in" / name) for name in NAMES]


def test_a_journal_that_cannot_be_read_is_no_reason_to_list_nothing(filled, qtbot, tmp_path):
    (tmp_path / "new" / JOURNAL_NAME).mkdir(parents=True)
    filled.panel.set_output(tmp_path / "new")
    wait_for_list(filled, qtbot)
    assert len(filled.model.rows()) == 4


def test_removed_files_are_not_enlarged(filled, qtbot, tmp_path):
    filled.list.table.selectRow(1)
    filled.list.remove.click()
    assert texts(filled, model.PICTURE) == ["a.png", "c.png", "d.png"]
    run(filled, qtbot)
    assert len(files(tmp_path / "in" / "BSR")) == 3


@on_screen
def test_another_output_folder_ends_the_undo_of_what_was_removed(filled, qtbot, tmp_path):
    filled.list.table.selectRow(0)
    filled.list.remove.click()
    assert filled.notice.choices()
    filled.panel.set_output(tmp_path / "other")
    wait_for_list(filled, qtbot)
    assert not filled.notice.choices() and filled.panel.output() == tmp_path / "other"


@on_screen
def test_removing_everything_leads_back_to_the_invitation(filled, qtbot):
    filled.list.table.selectAll()
    qtbot.keyClick(filled.list.table, Qt.Key.Key_Delete)
    assert filled.list.drop_area.isVisible()


def test_files_are_added_to_a_list(filled, qtbot, tmp_path):
    filled.add_paths([put(tmp_path / "more", "e.png")])
    wait_for_list(filled, qtbot)
    assert texts(filled, model.PICTURE)[-1] == "e.png"
    assert len(filled.model.rows()) == 5


@on_screen
def test_an_empty_folder_is_told_and_not_kept(page, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    page.add_paths([tmp_path / "empty"])
    wait_for_list(page, qtbot)
    assert page.notice.text() == f"There are no pictures in {tmp_path / 'empty'}."
    assert page.list.drop_area.isVisible() and page.panel.output() is None
    put(tmp_path / "in", "a.png")
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    assert page.notice.text() == "" and page.panel.output() == tmp_path / "in" / "BSR"
    page.add_paths([tmp_path / "empty"])
    wait_for_list(page, qtbot)
    assert "There are no pictures" in page.notice.text() and len(page.model.rows()) == 1
    assert page._inputs == [tmp_path / "in"]


def test_a_folder_whose_pictures_are_not_read_for_now_stays(page, qtbot, tmp_path):
    put(tmp_path / "in", "sub/a.png")
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    for count in (0, 1):
        page.panel.subfolders.toggle()
        wait_for_list(page, qtbot)
        assert len(page.model.rows()) == count


def test_a_folder_that_is_added_again_is_looked_at_again(filled, qtbot, tmp_path):
    run(filled, qtbot)
    put(tmp_path / "in", "new.png")
    filled.add_paths([tmp_path / "in"])
    wait_for_list(filled, qtbot)
    assert +filled.model.counts == {State.DONE: 4, State.WAITING: 1}
    filled.panel.if_exists.setCurrentIndex(filled.panel.if_exists.findData("rename"))
    filled.add_paths([tmp_path / "in"])
    wait_for_list(filled, qtbot)
    assert +filled.model.counts == {State.DONE: 4, State.WAITING: 1}
    filled.panel.form.size_form.set_value(1.5)
    filled.add_paths([tmp_path / "in"])
    wait_for_list(filled, qtbot)
    assert +filled.model.counts == {State.WAITING: 5}
    run(filled, qtbot)
    assert +filled.model.counts == {State.DONE: 5}


@contextmanager
def busy_disk(runner):
    """Let nothing be read or written."""
    free = threading.Event()
    runner.submit(lambda context: free.wait(), worker=Worker.IO)
    try:
        yield
    finally:
        free.set()


def test_an_added_folder_stays_where_undoing_ended_the_look_at_it(filled, qtbot, runner, tmp_path):
    put(tmp_path, "more/x.png")
    put(tmp_path, "third/y.png")
    with busy_disk(runner):
        filled.add_paths([tmp_path / "more"])
        filled.list.table.selectRow(0)
        filled.list.remove.click()
        filled.notice.choices()[0].click()
    wait_for_list(filled, qtbot)
    filled.add_paths([tmp_path / "third"])
    wait_for_list(filled, qtbot)
    assert filled.notice.text() == "" and len(filled.model.rows()) == 6


def test_the_end_of_a_look_that_was_given_up_ends_no_later_one(page, qtbot, tmp_path, monkeypatch):
    looks, free, dry_run = [], [threading.Event(), threading.Event()], work.dry_run

    def slow(*arguments):
        looks.append(arguments)
        free[len(looks) - 1].wait(20)
        return dry_run(*arguments)

    monkeypatch.setattr(work, "dry_run", slow)
    page.add_paths([put(tmp_path, "in/x.png")])
    qtbot.waitUntil(lambda: len(looks) == 1, timeout=LIMIT)
    page.add_paths([put(tmp_path, "in/y.png")])
    free[0].set()
    qtbot.waitUntil(lambda: len(looks) == 2, timeout=LIMIT)
    qtbot.wait(1)
    assert page.dry_run.busy
    free[1].set()
    wait_for_list(page, qtbot)
    assert len(page.model.rows()) == 2


def test_only_what_is_added_is_looked_at_while_a_batch_runs(
    filled, qtbot, runner, tmp_path, monkeypatch
):
    """Else what is done by then would wait again."""
    looked, dry_run = [], work.dry_run

    def noted(request, *others):
        looked.append(request.inputs)
        return dry_run(request, *others)

    monkeypatch.setattr(work, "dry_run", noted)
    added = [put(tmp_path, f"{name}/x.png").parent for name in ("more", "third")]
    with busy_disk(runner):
        filled.start()
        for folder in added:
            filled.add_paths([folder])
    wait_for_list(filled, qtbot)
    wait_for_end(filled, qtbot)
    assert looked[-1] == tuple(added) and len(filled.model.rows()) == 6


def test_what_a_batch_has_in_work_is_not_looked_at_again(filled, qtbot, tmp_path):
    filled.start()
    filled.add_paths([tmp_path / "in"])
    assert not filled.dry_run.busy
    wait_for_end(filled, qtbot)
    assert +filled.model.counts == {State.DONE: 4}


def test_the_result_of_a_row_is_opened_in_the_comparison(filled, qtbot, tmp_path):
    run(filled, qtbot)
    filled.list.table.selectRow(0)
    with qtbot.waitSignal(filled.open_in_compare) as opened:
        filled.list.compare.click()
    assert opened.args == [tmp_path / "in" / "a.png", tmp_path / "in" / "BSR" / "a_bsr_x2.png"]


def test_a_row_without_result_cannot_be_compared(filled):
    filled.list.table.selectRow(0)
    assert not filled.list.compare.isEnabled()


def test_a_result_whose_name_is_taken_says_its_other_name(page, qtbot, tmp_path):
    put(tmp_path / "in", "a.png", "A.png")
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    assert texts(page, model.REASON) == [
        "",
        "The name was taken; the result becomes a_bsr_x2 (2).png.",
    ]


def test_an_output_folder_that_cannot_be_used_is_told(filled, qtbot, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    filled.panel.set_output(tmp_path / "file")
    wait_for_list(filled, qtbot)
    with (
        pytest.MonkeyPatch.context() as patch,
        qtbot.waitSignal(filled.failed, timeout=LIMIT) as failed,
    ):
        patch.setattr("bsr.qt.job_runner.log.warning", lambda *args, **options: None)
        filled.panel.start.click()
        wait_for_end(filled, qtbot)
    assert "output folder" in str(failed.args[0])
    assert filled.model.counts[State.WAITING] == 4


def test_an_interrupted_batch_is_offered_at_the_next_start(
    filled, open_page, catalog, qtbot, tmp_path
):
    output = filled.panel.output()
    request = filled._request()
    run_engine(request, catalog, **cancelled_after(1))
    interrupted.remember(output)
    done = sum(entry.state == "done" for entry in read_history(output).entries.values())
    second = open_page()
    assert f"{done} done, {4 - done} remaining" in second.notice.text()
    second.notice.choices()[0].click()
    wait_for_end(second, qtbot)
    assert second.model.counts[State.DONE] == 4 and len(files(output)) == 4
    assert interrupted.unfinished() == []


@pytest.fixture
def offering(filled, catalog, qtbot, runner, settings, kernels, monkeypatch):
    """A window that offers to resume a batch."""
    monkeypatch.setattr("bsr.views.window.pages.default_catalog", lambda folder: catalog)
    run_engine(filled._request(), catalog, **cancelled_after(1))
    interrupted.remember(filled.panel.output())
    theme.apply_theme("light")
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.pages_loaded, timeout=LIMIT):
        window.show()
        window.load_pages()
    qtbot.waitUntil(lambda: "interrupted" in window.notice.text(), timeout=LIMIT)
    return window


def test_the_window_points_at_an_interrupted_batch(offering):
    window = offering
    window.notice.choices()[1].click()
    assert window.stack.currentIndex() == BATCH
    assert "remaining" in window.pages.batch.notice.text()


def test_the_window_leaves_the_offer_to_the_page_where_its_list_may_change(offering):
    window = offering
    window.show_page(BATCH)
    assert window.notice.text() == ""
    assert "remaining" in window.pages.batch.notice.text()
    window.notice.say("error", "Something else went wrong.")
    window.show_page(UPSCALE)
    window.show_page(BATCH)
    assert window.notice.text() == "Something else went wrong."


def test_a_batch_that_runs_is_not_replaced_by_one_that_is_resumed(filled, qtbot, tmp_path):
    request = filled._request()
    other = replace(request, inputs=(tmp_path / "elsewhere",), output=tmp_path / "out")
    filled.start()
    filled.resume(Interrupted(other, 1, 3, 0))
    assert filled.panel.output() == request.output and len(filled.model.rows()) == 4
    wait_for_end(filled, qtbot)
    assert filled.model.counts[State.DONE] == 4 and filled._request() == request


def test_the_window_resumes_an_interrupted_batch_in_one_step(offering, filled, qtbot):
    window = offering
    window.notice.choices()[0].click()
    assert window.stack.currentIndex() == BATCH
    page = window.pages.batch
    qtbot.waitUntil(lambda: not page.running, timeout=LIMIT)
    assert page.model.counts[State.DONE] == 4


def test_what_is_added_while_files_are_looked_for_loses_nothing(page, qtbot, runner, tmp_path):
    put(tmp_path / "first", "a.png", "b.png")
    put(tmp_path / "second", "c.png")
    release = threading.Event()
    runner.submit(lambda context: release.wait(10), worker=Worker.IO)
    page.add_paths([tmp_path / "first"])
    page.add_paths([tmp_path / "second"])
    release.set()
    wait_for_list(page, qtbot)
    qtbot.waitUntil(lambda: runner.idle, timeout=LIMIT)
    assert sorted(texts(page, model.PICTURE)) == ["a.png", "b.png", "c.png"]


def test_an_interrupted_batch_goes_on_as_it_was_begun_whatever_was_set_since(
    filled, qtbot, settings, monkeypatch
):
    request = filled._request()
    with cancelled_at_the_first_end(monkeypatch):
        run(filled, qtbot)
    said = []
    filled.failed.connect(said.append)
    settings.change(quality=50, template="{name}_{scale}", keep_metadata=False)
    with cancelled_at_the_first_end(monkeypatch):
        filled.resume(Interrupted(request, 1, 3, 0))
        wait_for_end(filled, qtbot)
    assert filled.model.counts[State.DONE] < 4
    filled.panel.start.click()
    wait_for_end(filled, qtbot)
    assert said == []
    assert filled.model.counts[State.DONE] == 4
    assert len(list(filled.panel.output().rglob("*_bsr_x2.png"))) == 4


def test_a_batch_whose_journal_cannot_be_read_is_offered_again(filled, qtbot, monkeypatch):
    """Its drive may come back."""
    run(filled, qtbot)
    assert interrupted.unfinished() == []
    interrupted.remember(filled.panel.output())
    monkeypatch.setattr("bsr.engine.batch.journal.read_history", lambda folder: History())
    filled.retry_failed()
    wait_for_end(filled, qtbot)
    assert interrupted.unfinished() == [filled.panel.output()]


def test_files_that_wait_are_offered_again_though_what_failed_was_retried(
    filled, qtbot, monkeypatch, noted
):
    path = Path(filled.model.rows()[0].path)
    good = path.read_bytes()
    path.write_bytes(good[:40])
    with cancelled_at_the_first_end(monkeypatch):
        run(filled, qtbot)
    assert filled.model.counts[State.FAILED] == 1 and filled.model.counts[State.WAITING]
    filled.list.retry.click()
    wait_for_end(filled, qtbot)
    assert interrupted.unfinished() == [filled.panel.output()]


def test_counts_agree_with_each_other_after_resuming(filled, qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(filled.panel._stage, "set_text", said.append)
    with cancelled_at_the_first_end(monkeypatch):
        run(filled, qtbot)
    run(filled, qtbot)
    counted = [text for text in said if " MP" in text]
    assert counted
    assert all(" of 4 files" in text for text in counted)


def test_a_file_is_counted_wherever_it_is_counted_as_soon_as_it_has_ended(filled, qtbot):
    path = filled.model.rows()[0].path
    filled.panel.begin()
    filled._take_item(BatchProgress(0, 4, 0, 480, None, path))
    assert filled.panel.stage_text().startswith("0 of 4 files")
    job = Job(Path(path), Path("a_bsr_x2.png"))
    filled._take_item(
        Ended(path, JobResult(job, JobStatus.DONE, None, "small", "binary", 1.0, 1.0))
    )
    assert "Done 1" in filled.list.filter.segment("done").text()
    assert filled.panel.stage_text().startswith("1 of 4 files")


def test_a_batch_that_failed_in_part_says_so_when_it_is_offered(filled, monkeypatch):
    offered = []
    filled.resume_offered.connect(offered.append)
    first = Interrupted(filled._request(), 5, 24, 1)
    filled._inputs = []
    filled._offer([first])
    assert "5 done, 24 remaining. 1 could not be enlarged." in filled.notice.text()
    assert offered == [first]


def test_a_batch_whose_journal_is_gone_is_not_offered(open_page, tmp_path):
    (tmp_path / "out").mkdir()
    interrupted.remember(tmp_path / "out")
    assert open_page().notice.text() == ""
    assert interrupted.unfinished() == [] and not list((tmp_path / "out").iterdir())


def test_a_folder_for_notes_that_cannot_be_written_stops_no_batch(filled, qtbot, noted):
    noted.parent.write_bytes(b"in the way")
    run(filled, qtbot)
    assert filled.model.counts[State.DONE] == 4


def test_a_batch_that_is_not_wanted_is_not_offered_again(filled, open_page, catalog, qtbot):
    run_engine(filled._request(), catalog, **cancelled_after(1))
    interrupted.remember(filled.panel.output())
    open_page().notice.choices()[1].click()
    assert open_page().notice.text() == ""


def test_a_window_that_closes_stops_the_batch_and_notes_it(open_page, qtbot, tmp_path, monkeypatch):
    put(tmp_path / "in", *NAMES)
    record_result = BatchTracker.record_result

    def record_and_wait(tracker, *arguments):
        record_result(tracker, *arguments)
        tracker._cancel.pause()

    monkeypatch.setattr(BatchTracker, "record_result", record_and_wait)
    runner = JobRunner()
    page = open_page(runner)
    page.add_paths([tmp_path / "in"])
    wait_for_list(page, qtbot)
    page.panel.start.click()
    qtbot.waitUntil(lambda: page.model.counts[State.DONE] > 0, timeout=LIMIT)
    assert page.running
    runner.shutdown()
    assert not page.running and page.model.counts[State.WAITING] > 0
    assert interrupted.unfinished() == [page.panel.output()]


def test_files_that_are_added_are_not_compared_each_with_each(page, qtbot, tmp_path, monkeypatch):
    paths, compared = [tmp_path / f"{number}.png" for number in range(200)], []
    equal = PurePath.__eq__
    page.add_paths(paths[:100])
    wait_for_list(page, qtbot)
    with monkeypatch.context() as patch:
        patch.setattr(page, "_look", lambda paths: None)
        patch.setattr(PurePath, "__eq__", lambda a, b: compared.append(a) or equal(a, b))
        page.add_paths([*paths, *paths])
    assert page._inputs == paths and len(compared) < 1000


def test_what_can_be_done_with_selected_rows_is_known_without_a_look_at_each(
    filled, qtbot, monkeypatch
):
    run(filled, qtbot)
    table, controls = filled.list.table, (filled.list.remove, filled.list.compare)
    monkeypatch.setattr(table, "selected_rows", lambda: pytest.fail("each row was looked at"))
    for select, enabled in (
        (table.selectAll, [True, False]),
        (lambda: table.selectRow(1), [True, True]),
        (table.clearSelection, [False, False]),
    ):
        select()
        assert [control.isEnabled() for control in controls] == enabled


@on_screen
def test_many_folders_that_are_added_hold_the_event_loop_only_shortly(page, qtbot, tmp_path):
    folders = [tmp_path / f"{number:04}" for number in range(2000)]
    page.model.add(model.Row(f"{folder}/{i}.png") for folder in folders for i in range(10))
    qtbot.wait(1)
    with longest_hold() as hold:
        page._added = [*folders, tmp_path / "empty"]
        page._take_back_empty()
        qtbot.wait(1)
    assert hold.milliseconds < 250
    assert page.notice.text() == f"There are no pictures in {tmp_path / 'empty'}."


@on_screen
def test_twenty_thousand_rows_hold_the_event_loop_only_shortly(page, qtbot, tmp_path):
    original = put(tmp_path, "original.bmp")
    rows = [model.Row(f"{tmp_path}/in/{i:05}.bmp", 10, 12) for i in range(20_000)]
    (tmp_path / "in").mkdir()
    for row in rows[::200]:
        shutil.copy(original, row.path)
    page.model.add(rows)
    page._refresh()
    bar = page.list.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1_000_000, timeout=LIMIT)
    with longest_hold() as hold:
        for step in range(100):
            page.model.change(rows[step * 7].path, state=State.DONE)
            if step % 4 == 0:
                bar.setValue(bar.maximum() * step // 100)
                qtbot.wait(1)
    assert hold.milliseconds < 250
    with longest_hold() as hold:
        page.list.filter.segment("done").click()
        qtbot.wait(1)
    assert hold.milliseconds < 250
    assert page.list.table.model().rowCount() == 100
