"""Waiting for what another thread does."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bsr.engine.progress import result_of


def test_a_result_is_waited_for_in_short_waits(monkeypatch):
    release, waits = threading.Event(), []

    def wait(futures, timeout):
        waits.append(timeout)
        release.set()
        futures[0].exception(timeout=10)

    monkeypatch.setattr("bsr.engine.progress.wait", wait)
    with ThreadPoolExecutor(1) as pool:
        assert result_of(pool.submit(lambda: release.wait(10) and 7)) == 7
    assert len(waits) == 1 and waits[0] < 0.5


def test_what_a_thread_raises_is_raised():
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        result_of(pool.submit(lambda: 1 / 0))
