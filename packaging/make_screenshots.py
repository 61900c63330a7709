"""Make the pictures of the README from the real window and the real models.

    python packaging/make_screenshots.py [--folder F] [--theme dark] [--language de]
        [--size 900x600] [--scale 2] [--scenes empty result ...]

Without a screen run it under `xvfb-run -a`, or with QT_QPA_PLATFORM=offscreen.  The scene
"preparing" compiles the kernels anew, into a folder of its own, as a first start does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bsr import app, paths
from bsr.qt import theme
from bsr.qt.job_runner import JobRunner
from bsr.qt.language import Language
from bsr.qt.settings import Settings
from bsr.views.window.main_window import MainWindow
from bsr.views.window.side_bar import BATCH, MODELS, UPSCALE
from bsr.work.region import Region
from bsr.work.saving import SAMPLES

SCREENSHOTS = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
SHOWN = ("empty", "result", "grid", "quality", "batch", "models")
PATIENCE_SECONDS = 300
BATCH_COPIES = 5  # of each sample


class Photographer:
    """Brings the window into a scene and keeps a picture of it."""

    def __init__(self, window: MainWindow, folder: Path, home: Path) -> None:
        """Stand before the window.

        Args:
            window: what is photographed; its pages are there.
            folder: where the pictures of it go.
            home: a folder for files that scenes need.
        """
        self.window, self.folder, self.home = window, folder, home
        assert window.pages is not None
        self.pages = window.pages
        self.upscale, self.batch = window.pages.upscale, window.pages.batch

    def rest(self) -> None:
        """Wait until everything is done that was asked for."""
        wait(lambda: self.window.runner.idle and not self.upscale.previewer.busy, 0.5)

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window, or of a dialog."""
        (widget or self.window).grab().save(str(self.folder / f"{name}.png"))
        print(name)

    def shoot_dialog(self, name: str, open_: Callable[[], object], tab: int = 0) -> None:
        """Open a dialog that waits for an answer, keep a picture of it, and close it."""

        def shoot() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                tabs = getattr(dialog, "tabs", None)
                if tabs is not None:
                    tabs.setCurrentIndex(tab)
                QApplication.processEvents()
                self.shoot(name, dialog)
                dialog.reject()

        QTimer.singleShot(300, shoot)
        open_()

    def open_sample(self) -> None:
        """Show the sample with the cat."""
        self.window.show_page(UPSCALE)
        if self.upscale.current is None:
            self.window.open_paths([SAMPLES / "cat.png"])
            wait(lambda: self.upscale.current is not None)
            self.rest()

    def enlarge(self, weights: str = "binary") -> None:
        """Show the sample enlarged."""
        self.open_sample()
        self.upscale.go_on_with("", weights)
        wait(lambda: not self.upscale.running, 0.6)
        self.rest()

    def fill_batch(self) -> None:
        """Put pictures into the batch, and one file that is none."""
        self.window.show_page(BATCH)
        if self.batch.model.rows():
            return
        pictures = self.home / "Pictures"
        pictures.mkdir()
        for number in range(BATCH_COPIES):
            for name in ("cat", "coffee"):
                shutil.copy(SAMPLES / f"{name}.png", pictures / f"{name} {number + 1}.png")
        (pictures / "broken.jpg").write_text("this is no picture")
        self.batch.add_paths([pictures])
        self.rest()

    def count(self, state: str) -> int:
        """Return how many files of the batch are in a state."""
        return sum(row.state.name == state for row in self.batch.model.rows())


def wait(condition: Callable[[], bool], then_seconds: float = 0.3) -> None:
    """Let the event loop run until a condition holds, and a moment longer."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the scene did not come about")
        QApplication.processEvents()
        time.sleep(0.01)
    end = time.monotonic() + then_seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def _preparing(camera: Photographer) -> None:
    camera.window.open_paths([SAMPLES / "cat.png"])
    wait(lambda: camera.upscale.current is not None)
    camera.upscale.start()
    wait(lambda: True)
    camera.shoot("preparing")
    camera.upscale.close_picture()
    camera.rest()


def _empty(camera: Photographer) -> None:
    wait(camera.window.empty.thumbnails_ready)
    camera.shoot("empty")


def _preview(camera: Photographer) -> None:
    camera.open_sample()
    camera.shoot("preview")


def _running(camera: Photographer) -> None:
    camera.open_sample()
    camera.upscale.panel.form.set_model("", "float")
    camera.upscale.start()
    wait(lambda: camera.upscale.panel.progress.value() > 0, 0.3)
    camera.shoot("running")
    wait(lambda: not camera.upscale.running)


def _result(camera: Photographer) -> None:
    camera.enlarge()
    camera.shoot("result")


def _saved(camera: Photographer) -> None:
    camera.enlarge()
    camera.upscale.save()
    wait(lambda: not camera.upscale.exporter.busy)
    camera.shoot("saved")
    camera.window.notice.dismiss()


def _error(camera: Photographer) -> None:
    text = camera.home / "notes about nothing.jpg"
    text.write_text("this is no picture")
    camera.window.open_paths([text])
    camera.rest()
    camera.shoot("error")
    camera.window.notice.dismiss()


def _unsaved(camera: Photographer) -> None:
    camera.enlarge("float")
    camera.shoot_dialog("unsaved", camera.window.close)


def _compare(camera: Photographer) -> None:
    camera.enlarge()
    camera.enlarge("float")
    for mode in ("side", "difference", "blink"):
        camera.upscale.compare.set_mode(mode)
        camera.rest()
        camera.shoot(mode)
    camera.upscale.compare.set_mode("split")


def _crop(camera: Photographer) -> None:
    camera.open_sample()
    camera.upscale.compare.begin_crop()
    wait(lambda: True)
    camera.shoot("crop")
    camera.upscale.compare.crop_overlay.cancel()


def _grid(camera: Photographer) -> None:
    camera.open_sample()
    camera.upscale.compare_here(Region(40, 90, 100, 140))
    camera.rest()
    camera.shoot("grid")
    camera.upscale.show_picture()


def _quality(camera: Photographer) -> None:
    camera.open_sample()
    camera.upscale.measure_quality()
    camera.upscale.examinations.quality.measure()
    camera.rest()
    camera.shoot("quality")
    camera.upscale.show_picture()


def _batch_empty(camera: Photographer) -> None:
    camera.window.show_page(BATCH)
    camera.rest()
    camera.shoot("batch-empty")


def _batch_running(camera: Photographer) -> None:
    camera.fill_batch()
    camera.batch.start()
    wait(lambda: camera.count("DONE") > BATCH_COPIES // 2, 0.05)
    camera.shoot("batch-running")
    wait(lambda: not camera.batch.running)


def _batch(camera: Photographer) -> None:
    camera.fill_batch()
    if camera.count("WAITING"):
        camera.batch.start()
    wait(lambda: not camera.batch.running)
    camera.batch.list.table.scrollToTop()
    camera.rest()
    camera.shoot("batch")


def _models(camera: Photographer) -> None:
    camera.window.show_page(MODELS)
    camera.pages.models.measure_all()
    camera.pages.models.check_all()
    camera.rest()
    camera.shoot("models")


def _settings(camera: Photographer) -> None:
    for number in range(3):
        camera.shoot_dialog(f"settings-{number}", camera.window.qactions.settings.trigger, number)


def _help(camera: Photographer) -> None:
    for number, topic in enumerate(("steps", "models", "quality", "shortcuts", "privacy")):
        camera.window.qactions.help.trigger()
        help_ = camera.window.help
        assert help_ is not None
        help_.tabs.setCurrentIndex(number)
        wait(lambda: True)
        camera.shoot(f"help-{topic}", help_)
        help_.close()


# In the order in which they come about; each does what it needs.
SCENES: dict[str, Callable[[Photographer], None]] = {
    "preparing": _preparing,
    "empty": _empty,
    "preview": _preview,
    "running": _running,
    "result": _result,
    "saved": _saved,
    "error": _error,
    "unsaved": _unsaved,
    "compare": _compare,
    "crop": _crop,
    "grid": _grid,
    "quality": _quality,
    "batch-empty": _batch_empty,
    "batch-running": _batch_running,
    "batch": _batch,
    "models": _models,
    "settings": _settings,
    "help": _help,
}


def main() -> int:
    """Open the window with a home of its own and go through the scenes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=SCREENSHOTS)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1280x800", help="of the window, in its own pixels")
    parser.add_argument("--scale", default="1", help="of the screen, 2 for 200 %%")
    parser.add_argument("--models", type=Path, help="folder of further models")
    parser.add_argument("--scenes", nargs="*", choices=SCENES, default=SHOWN)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_SCALE_FACTOR"] = args.scale
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths.portable_folder = lambda: home
        if "preparing" in args.scenes:
            os.environ["NUMBA_CACHE_DIR"] = str(home / "kernels")
        if args.models:
            (home / "models").symlink_to(args.models.resolve())
        window = open_window(args.theme, args.language, args.size, home)
        wait(lambda: window.pages is not None, 0.0)
        camera = Photographer(window, args.folder, home)
        if "preparing" not in args.scenes:
            camera.rest()
        for name, scene in SCENES.items():
            if name in args.scenes:
                scene(camera)
        window.close_unasked()
    return 0


def open_window(theme_name: str, language_code: str, size: str, home: Path) -> MainWindow:
    """Open the window as the program does."""
    application = app.make_application()
    settings = Settings()
    settings.change(theme=theme_name, language=language_code, output_folder=str(home / "Results"))
    language = Language(application)
    language.speak(language_code)
    theme.apply_theme(theme_name)
    window = MainWindow(settings, JobRunner())
    app.follow_settings(settings, language)
    app.connect_system(application, settings, window)
    width, height = map(int, size.split("x"))
    window.resize(QSize(width, height))
    window.show()
    app.begin(window, settings)
    return window


if __name__ == "__main__":
    sys.exit(main())
