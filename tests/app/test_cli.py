"""The frame of the command line: usage, errors, streams, the log."""

import gc
import io
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bsr import cli, logs, paths
from bsr.commands import shared
from bsr.commands.progress_bar import ProgressBar
from bsr.engine import ImageFileError, Progress
from bsr.messages import explain


@pytest.fixture(autouse=True)
def own_log(monkeypatch, tmp_path):
    """The log goes to a folder of the test, and its handlers are taken down."""
    monkeypatch.setattr(logs, "_file", None)
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "log")
    logger = logging.getLogger(logs.LOGGER)
    before = set(logger.handlers)
    yield
    for handler in set(logger.handlers) - before:
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def failing(monkeypatch):
    """Let `bsr doctor` raise an error of choice."""

    def set_error(error):
        def run(args):
            raise error

        monkeypatch.setattr("bsr.commands.doctor.run", run)

    return set_error


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_help_names_every_command(capsys):
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f" {name} " in shown for name in cli.COMMANDS)


def test_nothing_is_collected_while_a_command_imports(monkeypatch):
    seen = []
    monkeypatch.setattr(cli, "_run_safely", lambda argv: seen.append(gc.isenabled()) or 0)
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    monkeypatch.setattr("sys.argv", ["bsr", "models"])
    try:
        assert cli.main() == 0 and seen == [False]
    finally:
        gc.enable()


@pytest.mark.parametrize("argv", [[], ["no-such-command"], ["--no-such-option"]])
def test_wrong_usage_is_told_with_code_2(capsys, argv):
    assert cli.main(argv) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith("usage: bsr") and shown.out == ""


@pytest.mark.parametrize("name", sorted(set(cli.COMMANDS) - {"batch", "app"}))
def test_every_command_has_help(capsys, name):
    assert cli.main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: bsr {name}")


def test_an_expected_error_is_one_line_without_traceback(capsys, failing):
    failing(ImageFileError("bad\nname.png: it is no picture."))
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().err == "bsr: bad\\nname.png: it is no picture.\n"


def test_an_unexpected_error_goes_to_the_log_and_says_where(capsys, failing, tmp_path):
    failing(ZeroDivisionError("surprise"))
    assert cli.main(["doctor"]) == 1
    log = tmp_path / "log" / "bsr.log"
    shown = capsys.readouterr().err
    assert "surprise" in shown and str(log) in shown and "Traceback" not in shown
    assert "Traceback" in log.read_text() and "surprise" in log.read_text()


def test_a_home_that_cannot_be_written_is_no_reason_to_stop(capsys, failing, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "file" / "log")
    failing(ZeroDivisionError("surprise"))
    assert cli.main(["doctor"]) == 1
    assert "surprise" in capsys.readouterr().err


def test_an_interruption_gives_code_130(failing):
    failing(KeyboardInterrupt())
    assert cli.main(["doctor"]) == 130


BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")
def test_a_full_disk_behind_the_output_is_told_in_one_line():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bsr", "--version"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=BUFFERED)
    assert done.returncode == 1
    assert done.stderr == "bsr: The output cannot be written: the disk is full.\n"


def test_a_closed_pipe_ends_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "bsr", "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=BUFFERED,
    )
    os.close(writing)
    assert done.returncode == 1 and done.stderr == b""


def test_a_process_without_streams_survives():
    code = (
        "import sys; sys.stdout = sys.stderr = None; from bsr.cli import main;"
        "sys.exit(main(['no-such-command']) != 2)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_errors_do_not_go_to_stdout_where_stderr_is_closed():
    code = (
        "import sys; sys.stderr = None; from bsr.cli import main;"
        "sys.exit(main(['models', 'remove', 'nothing', '--json']) != 1)"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (0, b"")


def test_signals_cancel_the_work_however_often_they_come():
    from bsr.engine import CancelToken

    cancel = CancelToken()
    before = signal.getsignal(signal.SIGINT)
    with shared.cancel_on_signals(cancel):
        for which in (signal.SIGTERM, signal.SIGINT, signal.SIGINT):
            signal.raise_signal(which)
        assert cancel.cancelled
    assert signal.getsignal(signal.SIGINT) is before


def test_an_ignored_signal_stays_ignored():
    from bsr.engine import CancelToken

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        cancel = CancelToken()
        with shared.cancel_on_signals(cancel):
            signal.raise_signal(signal.SIGHUP)
        assert not cancel.cancelled
    finally:
        signal.signal(signal.SIGHUP, before)


def test_progress_is_drawn_with_the_time_left(monkeypatch):
    clock = iter([0.0, 5.0, 10.0])
    monkeypatch.setattr("bsr.commands.progress_bar.time", SimpleNamespace(monotonic=clock.__next__))
    terminal = Terminal()
    bar = ProgressBar(terminal)
    bar.begin("photo.png")
    bar.update(Progress("upscaling", 0, 10))
    bar.update(Progress("upscaling", 5, 10))
    bar.update(Progress("upscaling", 8, 10))
    drawings = terminal.getvalue().split("\r")
    assert drawings[1].startswith("photo.png  upscaling  [--------------------]   0%")
    assert "[##########----------]  50%  5.0 s left" in drawings[2]
    assert " 80%  2.5 s left" in drawings[3]


def test_progress_is_drawn_ten_times_a_second_at_most(monkeypatch):
    clock = iter(i / 1000 for i in range(1000))
    monkeypatch.setattr("bsr.commands.progress_bar.time", SimpleNamespace(monotonic=clock.__next__))
    terminal = Terminal()
    bar = ProgressBar(terminal)
    for done in range(1000):
        bar.update(Progress("upscaling", done, 1000))
    assert 9 <= terminal.getvalue().count("\r") <= 11


@pytest.mark.parametrize("name", ["a" * 300, "照片" * 100, "a\x1b[2Jb\n" * 50])
def test_progress_stays_on_one_line_of_the_terminal(monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "70")
    terminal = Terminal()
    bar = ProgressBar(terminal)
    bar.begin(name)
    bar.update(Progress("upscaling", 1, 2))
    shown = terminal.getvalue().removeprefix("\r").removesuffix("\x1b[K")
    assert len(shown) + sum(letter in "照片" for letter in shown) < 70
    assert shown.isprintable() and "50%" in shown


def test_progress_draws_nothing_without_a_terminal():
    stream = io.StringIO()
    for bar in (ProgressBar(stream), ProgressBar(Terminal(), shown=False), ProgressBar(None)):
        bar.begin("a")
        bar.update(Progress("upscaling", 1, 2))
        bar.clear()
    assert stream.getvalue() == ""


def test_a_system_error_names_the_file_without_its_number():
    error = PermissionError(13, "Permission denied", "/a/b.png")
    assert explain(error).text == "/a/b.png: permission is denied."


def test_a_system_error_without_a_file_is_a_sentence():
    assert explain(OSError(28, "No space left")).text == "The system reports: the disk is full."


def test_portable_mode_keeps_everything_beside_the_program(monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setattr(paths, "program_folder", lambda: tmp_path)
    assert paths.portable_folder() is None
    assert tmp_path not in paths.log_folder().parents
    (tmp_path / "portable").touch()
    for folder in (paths.config_folder(), paths.models_folder(), paths.log_folder()):
        assert tmp_path / "bsr-data" in (folder, *folder.parents)
