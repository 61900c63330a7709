"""The batch command in processes of its own that start at once.

A server imports and compiles everything, then forks a process for each command: a real one, with
its own files and locks, that can be killed.
"""

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bsr.engine.batch.journal import read_history
from bsr.engine.batch.journal_lines import JOURNAL_NAME, OPEN, History
from bsr.engine.batch.tracker import BatchTracker
from bsr.engine.disk import PART_SUFFIX

LIMIT_SECONDS = 120
PAUSE_SECONDS = 0.001  # between two looks at a process, which wants to compute meanwhile
_MAY_READ_AND_WRITE_EVERYTHING = 1 << 1 | 1 << 2

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.warm"])
_started = []


class Batch:
    """`bsr batch` in a process.

    Args:
        folder: with the pictures in `in`; results go to `out`, what is printed to `log`.
        data: the folder of the user's data, with the models.
        options: further arguments of the command.
        file_limit: bytes that no file may exceed, or None.
        open_limit: files that it may have open at a time, or None.
        plain_user: without root's right to read and write everything.
        stop_after: files after which it stands still until go_on(), or None.
    """

    def __init__(
        self, folder, data, *options,
        file_limit=None, open_limit=None, plain_user=False, stop_after=None,
    ):  # fmt: skip
        self.folder = folder
        self.output = folder / "out"
        self.log = folder / "log"
        command = ["batch", str(folder / "in"), "-o", str(self.output), "--recursive"]
        command += ["--model", "small-x2", "--threads", "1", *options]
        self._process = _context.Process(
            target=_run,
            args=(command, self.log, data, file_limit, open_limit, plain_user, stop_after),
        )
        self._process.start()
        _started.append(self._process)

    def wait_until(self, condition: Callable[[], bool]) -> bool:
        """Whether the condition came true before the process ended."""
        until = time.monotonic() + LIMIT_SECONDS
        while not condition():
            if not self._process.is_alive():
                return False
            assert time.monotonic() < until, f"nothing happened; {self.text()}"
            self._process.join(PAUSE_SECONDS)
        return True

    def kill(self) -> None:
        """End it as a power cut would: nothing can be cleaned up."""
        self._process.kill()
        self.end()

    def wait_until_it_stands_still(self) -> None:
        """Wait for the moment after `stop_after` files."""
        status = Path(f"/proc/{self._process.pid}/stat")
        stands = self.wait_until(lambda: status.read_text().rpartition(")")[2].split()[0] == "T")
        assert stands, self.text()

    def go_on(self) -> None:
        """Let it run after it stood still."""
        os.kill(self._process.pid, signal.SIGCONT)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.kill(self._process.pid, signal.SIGINT)

    def end(self) -> int:
        """Wait for its end and return the exit code."""
        self._process.join(LIMIT_SECONDS)
        assert self._process.exitcode is not None, f"it does not end; {self.text()}"
        return self._process.exitcode

    def text(self) -> str:
        """What it printed."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def history(self) -> History:
        """What its journal tells."""
        return read_history(self.output)

    def finished(self) -> int:
        """How many files are done, skipped or failed."""
        return sum(entry.state not in OPEN for entry in self.history().entries.values())


def kill_all() -> None:
    """Kill what still runs, or stands still: Python would wait for it at its own end."""
    while _started:
        process = _started.pop()
        if process.is_alive():
            process.kill()
            process.join()


def pictures(folder: Path) -> dict[str, bytes]:
    """Everything below a folder but the journal; there must be no part of a picture."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != JOURNAL_NAME
    }


def parts(folder: Path) -> list[Path]:
    """The files in which pictures grow."""
    return list(folder.rglob(f"*{PART_SUFFIX}"))


def _run(command, log, data, file_limit, open_limit, plain_user, stop_after) -> None:
    """Be the command, in the new process."""
    from bsr.cli import main

    os.environ["XDG_DATA_HOME"] = str(data)
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    if file_limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    if open_limit is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (open_limit, open_limit))
    if plain_user:
        _give_up_rights()
    if stop_after is not None:
        _stand_still_after(stop_after)
    sys.exit(main(command))


def _stand_still_after(files: int) -> None:
    """Stop this process when `files` files are recorded, for others to change things."""
    record_result = BatchTracker.record_result

    def record_and_stop(tracker, *arguments):
        record_result(tracker, *arguments)
        if tracker.summary.done + tracker.summary.failed == files:
            os.kill(os.getpid(), signal.SIGSTOP)

    BatchTracker.record_result = record_and_stop


def _give_up_rights() -> None:
    """Obey the permissions of files although the tests may run as root."""
    system = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    rights = (ctypes.c_uint32 * 6)()
    system.capget(header, rights)
    rights[0] &= ~_MAY_READ_AND_WRITE_EVERYTHING
    rights[1] &= ~_MAY_READ_AND_WRITE_EVERYTHING
    if system.capset(header, rights) != 0:
        raise OSError(ctypes.get_errno(), "capset")
