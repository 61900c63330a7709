import pytest
from PySide6.QtCore import QProcess

from bsr.qt.job_runner import Worker
from bsr.qt.warm_up import WarmUp
from tests.app.event_loop import longest_hold


@pytest.fixture
def cold(tmp_path, monkeypatch, kernels):
    """Nothing was compiled for this processor yet."""
    from bsr.engine.kernels import cache

    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    cache.folder.cache_clear()
    yield
    cache.folder.cache_clear()


def test_kernels_that_are_ready_are_only_loaded(qtbot, runner, kernels):
    warm_up = WarmUp(runner)
    percents = []
    warm_up.progressed.connect(percents.append)
    with qtbot.waitSignal(warm_up.finished, timeout=20000):
        warm_up.start()
    assert percents == []
    assert not warm_up.compiling


def test_loading_the_kernels_does_not_hold_the_event_loop(qtbot, runner, kernels):
    warm_up = WarmUp(runner)
    with longest_hold() as hold, qtbot.waitSignal(warm_up.finished, timeout=20000):
        warm_up.start()
    assert hold.milliseconds < 100


def test_compiling_goes_on_in_a_process_of_its_own(qtbot, runner, cold, monkeypatch):
    warm_up = WarmUp(runner)
    percents = []
    warm_up.progressed.connect(percents.append)
    with longest_hold() as hold:
        warm_up.start()
        assert warm_up.compiling
        process = warm_up.findChild(QProcess)
        qtbot.waitUntil(lambda: len(percents) > 1, timeout=30000)
        heavy = runner.submit(lambda context: None)
        light = runner.submit(lambda context: None, worker=Worker.IO)
        ended = []
        for job in (heavy, light):
            job.finished.connect(lambda outcome, job=job: ended.append(job))
        qtbot.waitUntil(lambda: light in ended, timeout=5000)
    assert heavy not in ended
    assert hold.milliseconds < 100
    assert process.processId() != 0
    monkeypatch.setattr("bsr.qt.warm_up.STOP_MILLISECONDS", 60_000)  # to die takes a processor too
    with longest_hold() as hold:
        warm_up.stop()
    assert process.state() is QProcess.ProcessState.NotRunning
    assert process.exitStatus() is QProcess.ExitStatus.CrashExit
    assert hold.all_milliseconds < 2000


def test_work_goes_on_when_the_process_cannot_be_started(qtbot, runner, cold, monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    warm_up = WarmUp(runner)
    ended = []
    with qtbot.waitSignal(warm_up.finished, timeout=20000):
        warm_up.start()
        runner.submit(lambda context: None).finished.connect(ended.append)
    qtbot.waitUntil(lambda: len(ended) == 1, timeout=5000)


def test_nothing_is_compiled_once_it_was_stopped(runner, cold):
    warm_up = WarmUp(runner)
    warm_up.stop()
    warm_up.start()
    assert not warm_up.compiling
