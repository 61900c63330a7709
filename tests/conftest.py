"""What all tests share: compiled kernels, and signals that reach the processes tests start."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

# A test that is slow on a busy machine is not wrong; a global timeout ends those that hang.
hypothesis.settings.register_profile("bsr", deadline=None)
hypothesis.settings.load_profile("bsr")

COMPILE_KERNELS = """
from bsr.engine.upscaling.warm_up import kernels_are_ready, warm_up
kernels_are_ready() or warm_up()
"""
COMPILER = pytest.StashKey[subprocess.Popen]()
IN_MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 2 << 30


def pytest_configure():
    """Let tests and their processes keep files in memory, where there is room: flushes are free."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)


def pytest_sessionstart(session):
    """Let one process compile the kernels before several workers would, each for itself."""
    if getattr(session.config.option, "numprocesses", None):
        command = [sys.executable, "-c", COMPILE_KERNELS]
        session.config.stash[COMPILER] = subprocess.Popen(command, cwd=session.config.rootpath)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node):
    """Wait for it, while the workers still collect; then the tests begin."""
    assert node.config.stash[COMPILER].wait() == 0


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Keep the collector from walking through thousands of tests and PyTorch again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def kernels():
    """The kernels, compiled before anything is timed or measured."""
    from bsr.engine.upscaling.warm_up import warm_up

    warm_up()


@pytest.fixture(scope="session", autouse=True)
def signals_are_not_ignored():
    """Handle signals that are ignored, as they are in the background and under nohup.

    Children inherit that a signal is ignored, and BSR leaves it so; a handler, even one that does
    nothing, becomes the default in them.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    every = [getattr(signal, name) for name in names if hasattr(signal, name)]
    ignored = [which for which in every if signal.getsignal(which) is signal.SIG_IGN]
    for which in ignored:
        signal.signal(which, lambda *_: None)
    yield
    for which in ignored:
        signal.signal(which, signal.SIG_IGN)
