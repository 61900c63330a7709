"""Getting the kernels ready: compiled once in a process of their own, then loaded in a worker.

Compiling inside the window's process would stop the window for half a second at a time, since the
compiler does not let go of Python's lock; loading what was compiled holds it for moments only.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from bsr.engine.machine import NICENESS

from .job_runner import JobContext, JobRunner, Worker

VARIABLE = "BSR_WARM_UP"
STOP_MILLISECONDS = 2000


def is_compiler_process() -> bool:
    """Return whether this process was started only to compile the kernels."""
    return VARIABLE in os.environ


def compile_and_report() -> int:
    """Compile the kernels into their cache and print how far that is, in percent.

    Returns:
        The exit code of the process.
    """
    from bsr.engine.upscaling.warm_up import warm_up

    if hasattr(os, "nice"):
        os.nice(NICENESS)

    def show(done: int, total: int) -> None:
        if sys.stdout is not None:
            print(100 * done // max(1, total), flush=True)

    warm_up(lambda progress: show(progress.done, progress.total))
    return 0


def _arguments() -> list[str]:
    """Return what starts the window's program again, importing nothing from the working folder."""
    if getattr(sys, "frozen", False):
        return ["app"]
    return ["-P", "-m", "bsr", "app"]


class WarmUp(QObject):
    """Holds back the runner's computing tasks until the kernels are ready.

    Signals:
        progressed(int): percent of the compiling that is done; only where compiling is needed.
        finished(): the kernels are loaded, or will be by the first task that needs them.
    """

    progressed = Signal(int)
    finished = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._process: QProcess | None = None
        self._stopped = False

    @property
    def compiling(self) -> bool:
        """Whether the kernels are being compiled."""
        return self._process is not None

    def start(self) -> None:
        """Compile where that is needed, then load; nothing once it was stopped."""
        from bsr.engine.kernels import cache
        from bsr.engine.upscaling.warm_up import kernels_are_ready

        if self._stopped:
            return
        self._runner.pause_queue(True)
        if kernels_are_ready():
            self._load()
            return
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert(VARIABLE, "1")
        environment.insert(cache.VARIABLE, str(cache.folder().parent))
        process.setProcessEnvironment(environment)
        process.setProgram(sys.executable)
        process.setArguments(_arguments())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._compiled)
        process.errorOccurred.connect(self._compiled)
        self.progressed.emit(0)
        process.start()

    def stop(self) -> None:
        """End the compiling process, for good; what it finished stays in the cache."""
        self._stopped = True
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(STOP_MILLISECONDS)

    def _read(self) -> None:
        if self._process is None:
            return
        lines = bytes(self._process.readAllStandardOutput().data()).split()
        if lines and lines[-1].isdigit():
            self.progressed.emit(int(lines[-1]))

    def _compiled(self) -> None:
        """Go on, also when the process failed: then the first work compiles, here and slowly."""
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self._load()

    def _load(self) -> None:
        def work(context: JobContext) -> None:
            from bsr.engine.upscaling.warm_up import warm_up

            warm_up(context.progress)

        self._runner.submit(work, worker=Worker.IO).finished.connect(self._loaded)

    def _loaded(self) -> None:
        self._runner.pause_queue(False)
        self.finished.emit()
