import gc
import threading

from PySide6.QtCore import QObject

from bsr.qt.job_runner import JobRunner


def test_an_object_of_qt_is_destroyed_in_the_thread_of_the_window(qtbot, runner):
    threads, kept = [], []

    class Circle(QObject):
        def __init__(self):
            super().__init__()
            self.itself = self

        def __del__(self):
            threads.append(threading.current_thread())

    def allocate(context):
        kept.extend([] for _ in range(100_000))  # a hundred times what makes Python collect

    Circle()
    with qtbot.waitSignal(runner.submit(allocate).finished):
        pass
    qtbot.waitUntil(lambda: threads != [], timeout=5000)
    assert threads == [threading.current_thread()]


def test_garbage_that_has_grown_old_goes_too(qtbot, runner):
    for _ in range(2):  # it survives two collections before it becomes garbage
        circle = []
        circle.append(circle)
        gc.collect(0)
        gc.collect(1)
    before = gc.get_stats()[2]["collections"]
    for _ in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    qtbot.waitUntil(lambda: gc.get_stats()[2]["collections"] > before, timeout=5000)


def test_python_collects_by_itself_when_the_workers_have_ended(qapp):
    runner = JobRunner()
    assert not gc.isenabled()
    runner.shutdown()
    assert gc.isenabled()
