"""`bsr upscale` on a real terminal: the progress bar, and every way to stop it."""

import os
import select
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from bsr.engine import Picture
from bsr.engine.images import write_picture

pty = pytest.importorskip("pty", reason="a pseudo terminal is needed")
pytestmark = pytest.mark.usefixtures("kernels")


LIMIT_SECONDS = 120


class Terminal:
    """A `bsr` at work whose stderr is a terminal; leaving the context ends it, whatever it does."""

    def __init__(self, *arguments):
        self._reading, writing = pty.openpty()
        self._until = time.monotonic() + LIMIT_SECONDS
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bsr", *map(str, arguments)],
            stdin=writing,
            stdout=subprocess.DEVNULL,
            stderr=writing,
        )
        os.close(writing)
        self.shown = ""

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.kill()
        self.process.wait()
        os.close(self._reading)

    def read(self):
        """Take what was shown since; False at the end."""
        left = self._until - time.monotonic()
        ready, _, _ = select.select([self._reading], [], [], max(0, left))
        assert ready, f"nothing more was shown, and it does not end; {self.shown}"
        try:
            self.shown += os.read(self._reading, 4096).decode()
        except OSError:
            return False
        return True

    def wait_for(self, text):
        while text not in self.shown:
            assert self.read(), self.shown

    def finish(self):
        """Wait for the end and return the exit code."""
        while self.read():
            pass
        return self.process.wait(LIMIT_SECONDS)


@pytest.fixture
def photo(tmp_path):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (500, 700, 3)).astype(np.uint8)
    write_picture(Picture(pixels), tmp_path / "photo.png")
    return tmp_path / "photo.png"


@pytest.mark.parametrize("signals", [["SIGINT"], ["SIGTERM"], ["SIGHUP"], ["SIGINT"] * 5])
def test_a_signal_ends_the_work_with_code_130_and_leaves_no_file(photo, signals):
    with Terminal("upscale", photo, "--threads", 1) as terminal:
        terminal.wait_for("upscaling")
        for name in signals:
            terminal.process.send_signal(getattr(signal, name))
        assert terminal.finish() == 130
    assert "interrupted, nothing was written" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert list(photo.parent.iterdir()) == [photo]


def test_a_signal_while_everything_is_still_loading_ends_quietly(photo):
    command = [sys.executable, "-X", "importtime", "-m", "bsr", "upscale", str(photo)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stderr:
                if line.rstrip().endswith("| bsr.commands.shared"):
                    process.send_signal(signal.SIGINT)
                    break
            _, shown = process.communicate(timeout=LIMIT_SECONDS)
        finally:
            process.kill()
    assert process.returncode == 130 and "Traceback" not in shown
    assert list(photo.parent.iterdir()) == [photo]


def test_a_question_can_be_interrupted(photo):
    photo.with_name("photo_bsr_x4.png").write_bytes(b"old")
    with Terminal("upscale", photo, "--if-exists", "ask") as terminal:
        terminal.wait_for("re(p)lace? ")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.finish() == 130
    assert photo.with_name("photo_bsr_x4.png").read_bytes() == b"old"


def test_the_progress_bar_tells_stage_and_share(photo):
    with Terminal("upscale", photo, "--threads", 1) as terminal:
        assert terminal.finish() == 0
    drawings = terminal.shown.split("\r")
    upscaling = [drawing for drawing in drawings if "upscaling" in drawing]
    assert upscaling[0].startswith("photo.png  upscaling  [----")
    shares = [int(drawing.split("%")[0].split()[-1]) for drawing in upscaling]
    assert shares == sorted(shares) and shares[0] < 10 < shares[-1]
    assert drawings[-1].startswith("\x1b[K")


def test_quiet_draws_nothing_on_a_terminal(picture_file):
    with Terminal("upscale", picture_file, "--quiet") as terminal:
        assert terminal.finish() == 0 and terminal.shown == ""
