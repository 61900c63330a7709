"""A Dask cluster of two worker processes, one of which is killed in the middle."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress

import pytest

from bsr.engine import BsrError, Cancelled, CancelToken
from bsr.engine.batch import cluster as cluster_module
from bsr.engine.batch import cluster_connection
from bsr.engine.batch.journal import Journal, read_history
from bsr.engine.batch.journal_lines import DONE, OPEN
from bsr.engine.batch.plan import make_plan
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.models.catalog import BUNDLED_MODELS, Catalog
from tests.engine.batch.batches import put, request
from tests.faults.child import LIMIT_SECONDS, PAUSE_SECONDS, Batch, parts, pictures

FORTY = [f"{'abc'[i % 3]}/{i:02}.bmp" for i in range(40)]
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"


class Cluster:
    """A scheduler and workers with one thread each, as processes."""

    def __init__(self, folder, data):
        self._folder = folder
        self._environment = {**os.environ, "XDG_DATA_HOME": str(data)}
        self._processes = []
        file = folder / "scheduler.json"
        self.scheduler, _ = self._start(
            SCHEDULER,
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            file,
        )
        self._wait(lambda: file.exists() and file.stat().st_size)
        self.address = json.loads(file.read_text())["address"]
        self.workers = []
        self.staff(2)

    def staff(self, count):
        """Start workers in the place of those that are gone, until so many answer."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        started = [self._start_worker() for _ in range(count - len(self.workers))]
        self.workers += [process for process, _ in started]
        for _, log in started:
            self._wait(lambda log=log: b"Registered to" in log.read_bytes())

    def _start_worker(self):
        name = f"worker{len(self._processes)}"
        options = ["--nthreads", 1, "--no-nanny", "--no-dashboard", "--name", name]
        options += ["--local-directory", self._folder / name]
        return self._start(WORKER, self.address, *options)

    def _start(self, program, *arguments):
        command = [sys.executable, "-c", program, *map(str, arguments)]
        log = self._folder / f"process{len(self._processes)}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(command, env=self._environment, stdout=stream, stderr=stream)
        self._processes.append(process)
        return process, log

    def _wait(self, condition):
        until = time.monotonic() + LIMIT_SECONDS
        while not condition():
            assert time.monotonic() < until
            with suppress(subprocess.TimeoutExpired):
                self._processes[-1].wait(PAUSE_SECONDS)

    def close(self):
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module", autouse=True)
def dask():
    """Only now: it takes half a second to import, of every process that looks at this file."""
    pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def shared_cluster(dask, tmp_path_factory, data):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), data)
    yield cluster
    cluster.close()


@pytest.fixture
def cluster(shared_cluster):
    """A cluster with a worker at least, whatever other tests have done to it."""
    shared_cluster.staff(1)
    return shared_cluster


def lines(output):
    """How often each file is noted as done."""
    text = (output / ".bsr-batch.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in text]
    return Counter(entry["file"] for entry in entries if entry.get("state") == DONE)


def test_a_bad_picture_fails_alone_and_a_killed_coordinator_is_resumed(tmp_path, data, cluster):
    put(tmp_path / "in", *FORTY)
    (tmp_path / "in" / "bad.png").write_bytes(b"no picture")
    batch = Batch(tmp_path, data, "--dask", cluster.address, stop_after=10)
    batch.wait_until_it_stands_still()
    batch.kill()
    states = [entry.state for entry in read_history(batch.output).entries.values()]
    assert any(state in OPEN for state in states)
    again = Batch(tmp_path, data, "--dask", cluster.address, "--resume")
    assert again.end() == 1
    assert f"{len(FORTY) - states.count(DONE)} done" in again.text() and "bad.png" in again.text()
    assert len(pictures(again.output)) == len(FORTY) and not parts(again.output)


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_done_twice(tmp_path, data, cluster):
    put(tmp_path / "in", *FORTY)
    here = Batch(tmp_path, data)
    assert here.end() == 0, here.text()
    expected = pictures(here.output)
    here.output.rename(tmp_path / "here")
    cluster.staff(2)
    batch = Batch(tmp_path, data, "--dask", cluster.address, stop_after=5)
    batch.wait_until_it_stands_still()
    victim = cluster.workers[0]
    victim.send_signal(signal.SIGSTOP)  # in the middle of whatever it does
    victim.kill()
    assert batch.finished() < len(FORTY)
    batch.go_on()
    assert batch.end() == 0, batch.text()
    assert pictures(batch.output) == expected and not parts(batch.output)
    assert set(lines(batch.output).values()) == {1} and len(lines(batch.output)) == len(FORTY)


def test_a_cancelled_batch_waits_for_no_word_of_its_scheduler(tmp_path, data, cluster):
    put(tmp_path / "in", *FORTY)
    batch = Batch(tmp_path, data, "--dask", cluster.address, stop_after=1)
    batch.wait_until_it_stands_still()
    cluster.scheduler.send_signal(signal.SIGSTOP)
    try:
        batch.interrupt()
        batch.go_on()
        assert batch.end() == 130, batch.text()
    finally:
        cluster.scheduler.send_signal(signal.SIGCONT)
    assert batch.finished() < len(FORTY)


def test_a_job_that_has_ended_is_noted_at_once(tmp_path, data, cluster, monkeypatch):
    """Small pictures take less time than a pause between two looks would."""
    monkeypatch.setattr(cluster_module, "POLL_SECONDS", 1e6)
    put(tmp_path / "in", *FORTY[:8])
    asked = request(tmp_path)
    catalog = Catalog(BUNDLED_MODELS, data / "bsr" / "models")
    with Journal(asked.root) as journal:
        plan = make_plan(asked, catalog, journal.read(), mode="new")
        made = cluster_module.run_on_cluster(plan, catalog, journal, address=cluster.address)
    assert made.done == 8


def test_a_batch_whose_last_worker_is_gone_stops(tmp_path, data, cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "WORKERLESS_SECONDS", 0.5)
    put(tmp_path / "in", *FORTY)
    asked = request(tmp_path)
    catalog = Catalog(BUNDLED_MODELS, data / "bsr" / "models")

    def lose_all(index, result):
        for worker in cluster.workers:
            worker.kill()

    with Journal(asked.root) as journal:
        plan = make_plan(asked, catalog, journal.read(), mode="new")
        made = cluster_module.run_on_cluster(
            plan,
            catalog,
            journal,
            address=cluster.address,
            callbacks=BatchCallbacks(finished=lose_all),
        )
    assert "has no workers" in made.stopped and made.waiting > 0


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(cluster_connection, "CONNECT_SECONDS", 0.2)
    with pytest.raises(BsrError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        cluster_connection.connect("tcp://127.0.0.1:1")


@pytest.fixture
def silent():
    """The address of a server that takes every connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_a_scheduler_that_says_nothing_is_told(silent, monkeypatch):
    monkeypatch.setattr(cluster_connection, "CONNECT_SECONDS", 0.2)
    with pytest.raises(BsrError, match="No Dask scheduler answers"):
        cluster_connection.connect(silent)


def test_a_server_of_another_kind_is_no_scheduler():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            with server.accept()[0] as visitor:
                visitor.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(BsrError, match="No Dask scheduler answers"):
            cluster_connection.connect(f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_a_cancelled_batch_waits_for_no_scheduler(silent, monkeypatch):
    monkeypatch.setattr(cluster_connection, "CONNECT_SECONDS", 1e6)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        cluster_connection.connect(silent, cancel=cancel)
