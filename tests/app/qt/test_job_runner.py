import os
import sys
import threading
import time
import weakref

import numpy as np
import pytest
import shiboken6

from bsr.engine.progress import FinishedRows, Progress
from bsr.qt.job_runner import JobRunner, TaskStatus, Worker


@pytest.fixture
def heard():
    """Every announcement in order, as (signal, job, values...)."""
    return []


@pytest.fixture
def submit(runner, heard):
    """Submit a work and hear all that it announces, in the thread of the window."""
    here = threading.current_thread()

    def submit(work, **options):
        job = runner.submit(work, **options)
        for name in ("started", "progressed", "rows_finished", "item_finished", "finished"):

            def listen(*values, name=name):
                assert threading.current_thread() is here
                heard.append((name, job, *values))

            getattr(job, name).connect(listen)
        return job

    return submit


def wait_until_idle(qtbot, runner):
    qtbot.waitUntil(lambda: runner.idle, timeout=5000)


def names(events, job):
    return [event[0] for event in events if event[1] is job]


def test_a_job_is_announced_in_order_in_the_thread_of_the_window(qtbot, runner, submit, heard):
    pixels = np.zeros((2, 3, 3), np.uint8)

    def work(context):
        context.progress(Progress("upscaling", 1, 2))
        context.rows(FinishedRows(0, 0, pixels, 2, 3))
        context.item("a piece")
        return "the value"

    job = submit(work)
    wait_until_idle(qtbot, runner)

    assert names(heard, job) == [
        "started",
        "rows_finished",
        "item_finished",
        "progressed",
        "finished",
    ]
    assert heard[-1][2].status is TaskStatus.DONE
    assert heard[-1][2].value == "the value"


def test_jobs_run_one_after_the_other_in_one_thread(qtbot, runner, submit, heard):
    threads = []
    jobs = [submit(lambda r: threads.append(threading.current_thread())) for _ in range(5)]
    wait_until_idle(qtbot, runner)

    assert len(set(threads)) == 1
    assert threads[0] is not threading.current_thread()
    assert [event[1] for event in heard if event[0] == "finished"] == jobs


def test_progress_is_announced_at_most_twenty_times_a_second_and_the_last_one_always(
    qtbot, runner, submit, heard
):
    made = []

    def work(context):
        waiting = threading.Event()
        while names(heard, job).count("progressed") < 5:
            context.cancel.check()
            made.append(len(made))
            context.progress(Progress("upscaling", made[-1], 400))
            waiting.wait(0.001)

    runner.pause_queue(True)  # until the work knows its job
    job = submit(work)
    started = time.monotonic()
    runner.pause_queue(False)
    wait_until_idle(qtbot, runner)
    seconds = time.monotonic() - started

    told = [event[2].done for event in heard if event[0] == "progressed"]
    assert told == sorted(told)
    assert told[-1] == made[-1]
    assert 5 <= len(told) <= 20 * seconds + 2  # at the start of a second, and in the end
    assert names(heard, job)[-1] == "finished"


def test_a_failing_job_keeps_its_exception_and_the_worker_goes_on(qtbot, runner, submit, heard):
    def fail(context):
        raise OSError("the disk is full")

    failing = submit(fail)
    next_one = submit(lambda context: 7)
    wait_until_idle(qtbot, runner)

    ends = {event[1]: event[2] for event in heard if event[0] == "finished"}
    assert ends[failing].status is TaskStatus.FAILED
    assert str(ends[failing].error) == "the disk is full"
    assert ends[failing].error.__traceback__ is not None
    assert ends[next_one].value == 7


def test_cancel_stops_a_running_job(qtbot, runner, submit, heard):
    going = threading.Event()

    def work(context):
        while True:
            going.set()
            context.cancel.check()

    job = submit(work)
    assert going.wait(5)
    job.cancel()
    wait_until_idle(qtbot, runner)

    assert heard[-1][2].status is TaskStatus.CANCELLED
    assert names(heard, job) == ["started", "finished"]


def test_cancel_stops_a_queued_job_before_it_starts(qtbot, runner, submit, heard):
    gate = threading.Event()
    ran = []
    first = submit(lambda context: gate.wait(5))
    second = submit(lambda context: ran.append("second"))
    second.cancel()
    second.cancel()
    gate.set()
    wait_until_idle(qtbot, runner)

    assert ran == []
    assert names(heard, second) == ["finished"]
    assert names(heard, first) == ["started", "finished"]


def test_a_paused_job_waits_and_goes_on(qtbot, runner, submit, heard):
    steps = []

    def work(context):
        context.cancel.check()
        steps.append("went on")

    runner.pause_queue(True)  # so that both are paused before they begin
    job, second_pause = submit(work), submit(work)
    job.pause()
    second_pause.pause()
    runner.pause_queue(False)
    job.resume()
    qtbot.waitUntil(lambda: "finished" in names(heard, job), timeout=5000)
    qtbot.waitUntil(lambda: "started" in names(heard, second_pause), timeout=5000)
    assert steps == ["went on"]
    second_pause.resume()
    wait_until_idle(qtbot, runner)
    assert steps == ["went on", "went on"]


def test_shutdown_ends_every_job_once_and_cancels_new_ones(qtbot, runner, submit, heard):
    going = threading.Event()

    def endless(context):
        going.set()
        while True:
            context.cancel.check()

    jobs = [submit(endless) for _ in range(3)]
    assert going.wait(5)
    runner.shutdown()
    runner.shutdown()

    finished = [event for event in heard if event[0] == "finished"]
    assert {event[1] for event in finished} == set(jobs) and len(finished) == 3
    assert {event[2].status for event in finished} == {TaskStatus.CANCELLED}
    late = submit(endless)
    wait_until_idle(qtbot, runner)
    assert names(heard, late) == ["finished"]
    assert heard[-1][2].status is TaskStatus.CANCELLED


def test_only_light_works_run_while_the_others_are_held_back(qtbot, runner, submit, heard):
    order = []
    runner.pause_queue(True)
    heavy = [submit(lambda context, n=n: order.append(n)) for n in range(3)]
    light = submit(lambda context: order.append("light"), worker=Worker.IO)
    heavy[1].cancel()
    qtbot.waitUntil(lambda: "finished" in names(heard, light), timeout=5000)
    assert order == ["light"]
    assert not runner.idle

    runner.pause_queue(False)
    wait_until_idle(qtbot, runner)
    assert order == ["light", 0, 2]
    assert names(heard, heavy[1]) == ["finished"]


def test_a_light_work_runs_beside_a_long_one(qtbot, runner, submit, heard):
    gate = threading.Event()
    long = submit(lambda context: gate.wait(5))
    light = submit(lambda context: context.progress(Progress("reading", 1, 1)), worker=Worker.IO)
    qtbot.waitUntil(lambda: "finished" in names(heard, light), timeout=5000)
    qtbot.waitUntil(lambda: names(heard, long) == ["started"], timeout=5000)
    gate.set()
    wait_until_idle(qtbot, runner)
    assert names(heard, light) == ["started", "progressed", "finished"]


def test_a_flood_of_rows_does_not_hold_the_event_loop(qtbot, runner):
    from tests.app.event_loop import longest_hold

    pixels = np.zeros((1, 1, 3), np.uint8)
    waiting = threading.Event()
    seen = []

    def slow_slot(*values):
        seen.append(values)
        waiting.wait(0.002)

    def work(context):
        for row in range(300):
            context.rows(FinishedRows(row, 0, pixels, 300, 1))

    with longest_hold() as hold:
        runner.submit(work).rows_finished.connect(slow_slot)
        wait_until_idle(qtbot, runner)
    assert len(seen) == 300
    assert hold.milliseconds < 100


def test_an_abandoned_job_stops_and_says_no_more(qtbot, runner, submit, heard):
    going = threading.Event()

    def work(context):
        going.set()
        while True:
            context.cancel.check()

    job = submit(work)
    assert going.wait(5)
    job.abandon()
    wait_until_idle(qtbot, runner)
    assert names(heard, job) == []


def test_a_finished_job_lets_go_of_its_task_and_goes(qtbot, runner, submit):
    pixels = np.zeros(9)
    freed = []
    weakref.finalize(pixels, freed.append, True)
    job = submit(lambda context, held=pixels: None)
    del pixels
    wait_until_idle(qtbot, runner)
    assert freed
    qtbot.waitUntil(lambda: not shiboken6.isValid(job), timeout=5000)
    job.cancel()
    job.abandon()  # nothing happens: it has ended long ago


def test_a_runner_can_be_made_and_left_without_work(qapp):
    runner = JobRunner()
    runner.shutdown()
    assert runner.idle


def test_work_aside_runs_beside_the_others_and_gives_way(qtbot, runner, submit):
    gate = threading.Event()
    here = os.getpriority(os.PRIO_PROCESS, 0) if sys.platform == "linux" else 0
    found = []

    def background(context):
        if sys.platform == "linux":
            found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        gate.set()

    busy = submit(lambda context: gate.wait(5))
    done = submit(background, worker=Worker.BACKGROUND)
    qtbot.waitSignals([busy.finished, done.finished], timeout=5000)
    wait_until_idle(qtbot, runner)
    assert found == ([here + 10] if sys.platform == "linux" else [])


def test_work_aside_waits_while_the_queue_is_paused(qtbot, runner, submit, heard):
    runner.pause_queue(True)
    job = submit(lambda context: None, worker=Worker.BACKGROUND)
    submit(lambda context: None, worker=Worker.IO)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert names(heard, job) == []
    runner.pause_queue(False)
    wait_until_idle(qtbot, runner)
    assert names(heard, job) == ["started", "finished"]
