"""The window of the built program, driven by mouse on a virtual screen (see smoke.py)."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

PATIENCE_SECONDS = 180
SOURCE = (4, 4, 60, 60)  # where the window that is dragged from lies: x, y, width, height
PLACE = (100, 40)  # where the window of BSR is moved


class DragSource(QLabel):
    """A window out of which a file can be dragged, as out of a file manager."""

    def __init__(self, file: Path) -> None:
        """Show the window.

        Args:
            file: what is dragged.
        """
        super().__init__("drag")
        self._file = file
        self.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
        self.setGeometry(*SOURCE)
        self.show()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin the drag; returns when the file was dropped."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._file))])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Let events be handled until something holds; return whether it does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        if condition():
            return True
        time.sleep(0.02)
    return False


def window_number() -> str:
    """Return the number of BSR's visible window, or "" where there is none."""
    command = ["xdotool", "search", "--onlyvisible", "--name", "^BSR$|— BSR$|- BSR$"]
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]


def drag_into(number: str) -> None:
    """Drag from the source window into BSR's, as a hand would."""
    x, y = PLACE[0] + 500, PLACE[1] + 350
    steps = "mousemove 30 30 mousedown 1 sleep 0.3 mousemove 45 45 sleep 0.5"
    steps += f" mousemove {x} {y} sleep 0.5 mousemove {x + 5} {y + 5} sleep 1 mouseup 1"
    subprocess.run(["xdotool", "windowmove", "--sync", number, *map(str, PLACE)], check=True)
    hand = subprocess.Popen(["xdotool", *steps.split()])
    wait_for(lambda: hand.poll() is not None)


def colours(image: QImage) -> int:
    """Return how many colours a picture has, counted on every fourth pixel."""
    across, down = range(0, image.width(), 4), range(0, image.height(), 4)
    return len({image.pixel(x, y) for y in down for x in across})


def screenshot(number: str) -> QImage:
    """Return what the window shows."""
    return QApplication.primaryScreen().grabWindow(int(number)).toImage()


def drive_window(
    program: Path,
    folder: Path,
    environment: dict[str, str],
    require: Callable[[bool, str], None],
    warm_seconds: float,
) -> None:
    """Start the window twice: cold, with a picture dropped into it, and warm.

    Args:
        program: what starts the window.
        folder: the working directory, with `кошка 猫.png` in it.
        environment: of the program; its cache is empty.
        require: ends the test with a reason unless something holds.
        warm_seconds: how long the second start may take.
    """
    application = QApplication.instance() or QApplication([])
    cache = Path(environment["XDG_CACHE_HOME"])
    for start in ("cold", "warm"):
        began = time.monotonic()
        window = subprocess.Popen([program], cwd=folder, env=environment)
        require(wait_for(lambda: bool(window_number())), "no window appeared")
        seconds = time.monotonic() - began
        print(f"    {start} start: {seconds:.2f} s")
        try:
            if start == "cold":
                ready = wait_for(lambda: bool(list(cache.rglob("ready"))))
                require(ready, "the child process compiled no kernels")
                _drop(folder / "кошка 猫.png", require)
            else:
                require(seconds < warm_seconds, "a warm start takes too long")
        finally:
            window.send_signal(signal.SIGTERM)
        require(window.wait(20) in (0, 143, -signal.SIGTERM), "the window does not end")
    application.processEvents()


def _drop(file: Path, require: Callable[[bool, str], None]) -> None:
    """Drop a picture and look at the window before and after."""
    number = window_number()
    source = DragSource(file)
    before = colours(screenshot(number))
    require(before > 20, f"a blank window: {before} colours")
    drag_into(number)
    came = wait_for(lambda: colours(screenshot(number)) > 2 * before + 500, 30)
    screenshot(number).save(str(file.with_name("window.png")))
    require(came, f"the dropped picture is not shown: {before} colours before, "
            f"{colours(screenshot(number))} after")  # fmt: skip
    source.close()
