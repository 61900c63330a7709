"""Of the files that a batch would do, what was asked for last is told, and nothing else."""

import threading

from PySide6.QtCore import QObject

from bsr.views.batch.dry_run import DryRun
from bsr.work import batch


def test_of_files_that_are_looked_at_no_more_nothing_is_told(qtbot, runner, catalog, monkeypatch):
    told, release = [], threading.Event()

    def looking(request, catalog, context, mode):
        release.wait(10)
        raise OSError("read too late")

    monkeypatch.setattr(batch, "dry_run", looking)
    dry_run = DryRun(runner, catalog, QObject(runner))
    dry_run.failed.connect(told.append)
    dry_run.ended.connect(lambda: told.append("ended"))
    dry_run.start(None, "new")
    assert dry_run.busy
    dry_run.stop()
    assert not dry_run.busy and told == ["ended"]
    release.set()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    assert told == ["ended"]
