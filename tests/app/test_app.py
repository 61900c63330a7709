import signal
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QMessageBox

from bsr import __version__, app
from bsr.engine.errors import ImageFileError
from bsr.messages import explain
from bsr.qt import theme
from bsr.qt.language import Language
from bsr.qt.settings import Settings
from bsr.views.window import errors
from bsr.views.window.main_window import MainWindow

START = """
import sys, time
started = time.process_time()
from PySide6.QtCore import QTimer
from bsr import app
from bsr.views.window.main_window import MainWindow

def look(window, settings):
    loaded = {"numpy", "numba", "cv2", "PIL", "bsr.engine.upscaling.upscale"} & set(sys.modules)
    network = {name for name in sys.modules if "QtNetwork" in name}
    window.grab()
    print(time.process_time() - started, sorted(loaded), sorted(network), window.isVisible())
    window.close()

app.begin = look
app.leave(app.main([]))
"""

ASK = """
import sys
from bsr.commands.app import main
try:
    main()
finally:
    assert not any(name.startswith("PySide6") for name in sys.modules)
"""

NO_NETWORK = """
import sys
def refuse(event, args):
    if event.startswith("socket."):
        raise RuntimeError("a socket was opened: " + event)
sys.addaudithook(refuse)
from bsr import app
from bsr.views.window.main_window import MainWindow
loaded = MainWindow._take_pages
def close(self, pages):
    loaded(self, pages)
    assert not any("QtNetwork" in name for name in sys.modules)
    print("loaded")
    pages.warm_up.stop()
    self.close()
MainWindow._take_pages = close
app.leave(app.main([]))
"""


def run(code, home):
    command = [sys.executable, "-c", code]
    environment = environment_of(home)
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def environment_of(home):
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "NUMBA_CACHE_DIR": str(home),
    }


def test_the_window_stands_before_anything_heavy_is_loaded(tmp_path):
    seconds = []
    for _ in range(3):
        done = run(START, tmp_path)
        assert done.returncode == 0, done.stderr
        first, *rest = done.stdout.split()
        assert rest == ["[]", "[]", "True"]
        seconds.append(float(first))
    assert min(seconds) < 1.5


@pytest.mark.parametrize(
    ("option", "first"),
    [("--version", f"bsr {__version__}"), ("--help", "usage: bsr-app [-h] [--version] [FILE ...]")],
)
def test_version_and_usage_are_told_without_a_window(option, first):
    command = [sys.executable, "-c", ASK, option]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == first


def test_an_empty_path_opens_no_window_of_the_working_directory():
    command = [sys.executable, "-c", ASK, ""]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "FILE: the path is empty" in done.stderr


def test_no_socket_is_opened(tmp_path):
    done = run(NO_NETWORK, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["loaded"]


def test_damaged_settings_are_told_and_do_not_stop_the_start(qtbot, runner, home, bundled):
    home.mkdir()
    (home / "settings.ini").write_bytes(b"\xff\xfe\x00 nonsense")
    settings = Settings()
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    app.begin(window, settings)
    assert "settings.ini.broken" in window.notice.text()
    assert window.notice.isVisibleTo(window)


def test_settings_that_cannot_be_used_are_told(qtbot, runner, settings):
    settings.unusable = True
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    app.begin(window, settings)
    assert f"“{settings.file}” cannot be used" in window.notice.text()


def test_settings_that_cannot_be_written_are_told_when_they_are_changed(qtbot, runner, tmp_path):
    (tmp_path / "a file").write_text("")
    settings = Settings(tmp_path / "a file" / "settings.ini")
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    app.begin(window, settings)
    assert window.notice.text() == ""
    settings.change(quality=50)
    assert f"“{settings.file}” cannot be used" in window.notice.text()


def test_an_unexpected_error_is_told_with_its_details(qtbot, runner, settings, monkeypatch):
    window = MainWindow(settings, runner)
    qtbot.addWidget(window)
    reporter = app._ExceptionReporter(window)
    seen = []

    def look(self):
        seen.append(self.text())
        self.buttons()[0].click()
        reporter(KeyError, KeyError("again"), None)  # a second one must not open a second box
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    try:
        raise KeyError("a mistake")
    except KeyError as error:
        reporter(type(error), error, error.__traceback__)
    assert len(seen) == 1
    assert "KeyError" in seen[0]


def test_details_hold_what_a_report_needs(qapp):
    try:
        raise ImageFileError("/a/folder/b.png is broken.")
    except ImageFileError as error:
        text = errors.details(error)
        line = errors.in_one_line(explain(error))
    assert line == "b.png is broken."
    for part in ("BSR 0.", "Python 3", "/a/folder/b.png is broken.", "Traceback"):
        assert part in text


def test_the_theme_of_the_settings_is_applied_at_once(qapp, settings):
    app.follow_settings(settings, Language(qapp))
    settings.change(theme="dark")
    assert theme.colours() is theme.DARK
    settings.change(theme="light")
    assert theme.colours() is theme.LIGHT


REST = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from bsr import app
from bsr import cli
app.begin = lambda window, settings: print("at rest", flush=True)
sys.exit(cli.main(["app"])) if sys.argv[1] == "bsr" else app.leave(app.main([]))
"""


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("program", ["bsr", "bsr-app"])
def test_the_program_ends_when_the_system_asks(tmp_path, which, program):
    command = [sys.executable, "-c", REST, program]
    environment = environment_of(tmp_path)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "at rest\n"
            process.send_signal(which)
            assert process.wait(20) == 128 + which
        finally:
            process.kill()


LOADING = """
import sys
from bsr import app
begin = app.begin
def begin_and_tell(window, settings):
    begin(window, settings)
    print("loading", flush=True)
app.begin = begin_and_tell
app.leave(app.main([]))
"""


def test_the_program_ends_whole_while_its_pages_still_load(tmp_path):
    command = [sys.executable, "-c", LOADING]
    environment = environment_of(tmp_path)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "loading\n"
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 128 + signal.SIGTERM
        finally:
            process.kill()
