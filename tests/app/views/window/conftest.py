"""A window whose pages are loaded, and pages alone, with small models."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bsr.engine.images import write_picture
from bsr.engine.picture import Picture
from bsr.qt import theme
from bsr.qt.language import Language
from bsr.views.batch.page import BatchPage
from bsr.views.shared.actions import Actions
from bsr.views.upscale.page import UpscalePage
from bsr.views.window.main_window import MainWindow
from bsr.views.window.side_bar import BATCH
from bsr.work.region import Region
from bsr.work.speeds import Speeds


@pytest.fixture
def frame(qtbot, runner, settings):
    """A window before its pages are loaded."""
    theme.apply_theme("light")
    window = MainWindow(settings, runner)
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)  # it would ask for ever
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    # It would wait for an event loop, and change its theme and language with later tests till then.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qtbot, frame, bundled, kernels, monkeypatch):
    monkeypatch.setattr("bsr.engine.models.catalog.BUNDLED_MODELS", bundled)
    with qtbot.waitSignal(frame.pages_loaded, timeout=20000):
        frame.load_pages()
    qtbot.waitUntil(lambda: frame.runner.idle, timeout=20000)
    frame.pages.upscale.panel.form.size_form.set_value(2)
    return frame


@pytest.fixture
def clipboard(qapp):
    """The clipboard, emptied in the end: Qt would free what Python made after Python is gone."""
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def upscale_page(qtbot, runner, catalog, settings):
    page = UpscalePage(runner, catalog, settings, Speeds(settings), Actions(QObject(runner)))
    qtbot.addWidget(page)
    return page


@pytest.fixture
def batch_page(qtbot, runner, catalog, settings):
    page = BatchPage(runner, catalog, settings)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def language(qapp):
    before = QLocale()
    spoken = Language(qapp)
    spoken.speak("en")
    yield spoken
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def filled(qtbot, window, tmp_path, picture_file, settings):
    """A window in which every page has something to say."""
    settings.change(output_folder=str(tmp_path / "results"))
    upscale, batch = window.pages.upscale, window.pages.batch
    for name in ("first.png", "second.png"):
        path = tmp_path / name
        write_picture(Picture(np.full((80, 96, 3), 90, np.uint8)), path)
        with qtbot.waitSignal(upscale.opened):
            window.open_paths([path])
        for kind in ("binary", "float"):
            upscale.panel.form.set_model("", kind)
            with qtbot.waitSignal(upscale.panel.results.chosen, timeout=20000):
                upscale.start()
    with qtbot.waitSignal(upscale.exporter.saved):
        upscale.save()
    upscale.compare_here(Region(0, 0, 20, 20))
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    upscale.measure_quality()
    upscale.examinations.quality.measure()
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    upscale.show_picture()
    (tmp_path / "broken.png").write_bytes(b"no picture")
    batch.add_paths([picture_file, tmp_path / "broken.png"])
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    batch.start()
    qtbot.waitUntil(lambda: not batch.running and window.runner.idle, timeout=20000)
    batch.add_paths([tmp_path / "first.png"])
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    window.pages.models.check_all()
    window.pages.models.measure_all()
    qtbot.waitUntil(lambda: window.runner.idle, timeout=20000)
    window.notice.dismiss()  # it would go by itself in the middle of a test
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window


@pytest.fixture
def listed(qtbot, window, tmp_path, picture_file):
    """The batch page with three files in its list."""
    batch = window.pages.batch
    paths = [tmp_path / f"{name}.png" for name in "abc"]
    for path in paths:
        path.write_bytes(picture_file.read_bytes())
    window.show_page(BATCH)
    batch.add_paths(paths)
    qtbot.waitUntil(lambda: len(batch.model.rows()) == 3 and window.runner.idle)
    return batch
