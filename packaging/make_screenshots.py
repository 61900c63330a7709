"""Make the pictures of the README from the real window and the real models.

    python packaging/make_screenshots.py [--folder F] [--theme dark] [--language de]
        [--size 900x600] [--scenes empty result ...]

QT_SCALE_FACTOR=2 makes them at 200 %.  Without a screen run it under `xvfb-run -a`, or with
QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bsr import app, paths
from bsr.qt import theme
from bsr.qt.job_runner import JobRunner
from bsr.qt.language import Language
from bsr.qt.settings import Settings
from bsr.views.window.main_window import MainWindow
from bsr.views.window.side_bar import BATCH, MODELS
from bsr.work.saving import SAMPLES

SCREENSHOTS = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
SHOWN = ("empty", "result", "grid", "quality", "batch", "models")
PATIENCE_SECONDS = 300


class Photographer:
    """Brings the window into a scene and keeps a picture of it."""

    def __init__(self, window: MainWindow, folder: Path, pictures: Path) -> None:
        """Stand before the window.

        Args:
            window: what is photographed.
            folder: where the pictures of it go.
            pictures: a folder of sample pictures.
        """
        self.window, self.folder, self.pictures = window, folder, pictures

    def wait(self, condition: Callable[[], bool], then_seconds: float = 0.3) -> None:
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

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window, or of a dialog."""
        widget = widget or self.window
        widget.grab().save(str(self.folder / f"{name}.png"))
        print(name)

    def shoot_dialog(self, name: str, open_: Callable[[], None], tab: int = 0) -> None:
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

    def open(self, path: Path) -> None:
        """Open a picture."""
        self.window.open_paths([path])
        pages = self.window.pages
        assert pages is not None
        upscale = pages.upscale
        self.wait(lambda: upscale.current is not None and not upscale.opening)
        self.wait(lambda: "…" not in upscale.panel.time_text())

    def upscale(self, weights: str = "binary") -> None:
        """Enlarge the open picture."""
        upscale = self.window.pages.upscale
        if upscale.panel.form.weights.is_available(weights):
            upscale.panel.form.set_model("", weights)
        upscale.start()
        self.wait(lambda: not upscale.running, 0.6)


def shoot_all(camera: Photographer, scenes: set[str]) -> None:
    """Go through the scenes in the order in which they come about."""
    window = camera.window
    pages = window.pages
    upscale = pages.upscale
    if "empty" in scenes:
        camera.wait(lambda: window.empty.thumbnails_ready())
        camera.shoot("empty")
    camera.open(SAMPLES / "cat.png")
    if "opened" in scenes:
        camera.shoot("opened")
    if "running" in scenes:
        upscale.start()
        camera.wait(lambda: upscale.panel.progress.value() > 0, 0.05)
        camera.shoot("running")
        camera.wait(lambda: not upscale.running)
    camera.upscale()
    if "result" in scenes:
        camera.shoot("result")
    if "saved" in scenes:
        upscale.save()
        camera.wait(lambda: not upscale.exporter.busy)
        camera.shoot("saved")
        window.notice.dismiss()
    if "error" in scenes:
        text = camera.folder / "notes about nothing.jpg"
        text.write_text("this is no picture")
        window.open_paths([text])
        camera.wait(lambda: not upscale.opening)
        camera.shoot("error")
        text.unlink()
        window.notice.dismiss()
    if "many" in scenes:
        window.open_paths([SAMPLES / "cat.png", SAMPLES / "coffee.png"])
        camera.wait(lambda: True)
        camera.shoot("many")
        window.notice.dismiss()
    camera.upscale("float")
    for mode in ("side", "difference", "blink"):
        if mode in scenes:
            upscale.compare.set_mode(mode)
            camera.wait(lambda: True)
            camera.shoot(mode)
    upscale.compare.set_mode("split")
    if "grid" in scenes:
        upscale.compare_here(QRect(90, 40, 140, 100))
        camera.wait(lambda: window.isVisible() and _idle(camera), 0.5)
        camera.shoot("grid")
        upscale.show_picture()
    if "quality" in scenes:
        upscale.measure_quality()
        upscale.examinations.quality.measure()
        camera.wait(lambda: _idle(camera), 0.5)
        camera.shoot("quality")
        upscale.show_picture()
    if "batch" in scenes:
        window.show_page(BATCH)
        camera.wait(lambda: True)
        if "batch-empty" in scenes:
            camera.shoot("batch-empty")
        pages.batch.add_paths([camera.pictures])
        camera.wait(lambda: _idle(camera), 1.0)
        pages.batch.start()
        camera.wait(lambda: not pages.batch.running, 1.0)
        camera.shoot("batch")
    if "models" in scenes:
        window.show_page(MODELS)
        pages.models.measure_all()
        pages.models.check_all()
        camera.wait(lambda: _idle(camera), 0.5)
        camera.shoot("models")
    if "settings" in scenes:
        for number in range(3):
            camera.shoot_dialog(f"settings-{number}", window.qactions.settings.trigger, number)
    if "help" in scenes:
        for number, topic in enumerate(("steps", "models", "quality", "shortcuts", "privacy")):
            window.qactions.help.trigger()
            window.help.tabs.setCurrentIndex(number)
            camera.wait(lambda: True)
            camera.shoot(f"help-{topic}", window.help)
        window.help.close()


def _idle(camera: Photographer) -> bool:
    return camera.window.runner.idle


def main() -> int:
    """Open the window with a home of its own and go through the scenes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=SCREENSHOTS)
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--models", type=Path, help="folder of further models")
    parser.add_argument("--scenes", nargs="*", default=SHOWN)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        paths.portable_folder = lambda: Path(home)
        if args.models:
            (Path(home) / "models").symlink_to(args.models.resolve())
        pictures = Path(home) / "Pictures"
        pictures.mkdir()
        for name in ("cat.png", "coffee.png"):
            shutil.copy(SAMPLES / name, pictures)
        application = app.make_application()
        settings = Settings()
        settings.change(
            theme=args.theme, language=args.language, output_folder=str(Path(home) / "Results")
        )
        language = Language(application)
        language.speak(args.language)
        theme.apply_theme(args.theme)
        runner = JobRunner()
        window = MainWindow(settings, runner)
        app.follow_settings(settings, language)
        app.connect_system(application, settings, window)
        width, height = map(int, args.size.split("x"))
        window.resize(QSize(width, height))
        window.show()
        camera = Photographer(window, args.folder, pictures)
        app.begin(window, settings)
        camera.wait(lambda: window.pages is not None and runner.idle)
        shoot_all(camera, set(args.scenes))
        window.close_unasked()
    return 0


if __name__ == "__main__":
    sys.exit(main())
