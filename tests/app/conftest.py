"""Qt without a screen, no Qt warning tolerated, a home of its own for each test, small models."""

import ctypes
import os
import threading
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
import pytest

from bsr import paths
from bsr.engine import Picture
from bsr.qt import theme
from bsr.qt.job_runner import JobRunner, _WorkerThread
from bsr.qt.settings import Settings
from tests.small_models import save_small_model

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents and not item.get_closest_marker("qt_log_level_fail"):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # Said by the offscreen platform for every window, whatever it shows.
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application; its icons are never freed, as in the program, which ends without that.

    Else Python frees them when it ends, after the Qt that they need: a segmentation fault.
    """
    yield qapp
    for kept in (theme.icon, theme.app_icon, theme._engine):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))


@pytest.fixture(autouse=True)
def small_samples(monkeypatch):
    """Pages measure their models unasked; how well they do is for the tests of pace to see."""
    for sample, size in {"SMALL": (8, 32), "NARROW": (16, 64), "WIDE": (8, 192)}.items():
        monkeypatch.setattr(f"bsr.engine.upscaling.pace.{sample}", size)
    monkeypatch.setattr("bsr.engine.upscaling.pace.SAMPLE_SECONDS", 1e-9)


@pytest.fixture
def runner(qapp):
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def ending(monkeypatch):
    """An event that is set when a runner ends: all is cancelled that is, and it waits for work."""
    begun, join = threading.Event(), _WorkerThread.join
    monkeypatch.setattr(_WorkerThread, "join", lambda worker: (begun.set(), join(worker)))
    return begun


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder that takes the place of the user's folders."""
    folder = tmp_path / "home"
    monkeypatch.setattr(paths, "portable_folder", lambda: folder)
    return folder


@pytest.fixture
def settings(qapp, home):
    settings = Settings()
    settings.last_folder = home.parent
    return settings


@pytest.fixture(scope="session")
def bundled(tmp_path_factory):
    """Models as the program brings them: two scales, one of them also with float weights."""
    folder = tmp_path_factory.mktemp("bundled")
    save_small_model(folder)
    save_small_model(folder, weights="float", seed=1)
    save_small_model(folder, id="small-x4", scale=4, seed=2)
    return folder


@pytest.fixture
def catalog(bundled, home):
    from bsr.engine.models.catalog import Catalog

    return Catalog(bundled, paths.models_folder())


@pytest.fixture
def picture_file(tmp_path):
    """A small picture on disk, (24, 36) pixels, with metadata."""
    from bsr.engine.images import write_picture

    generator = np.random.default_rng(3)
    pixels = generator.integers(0, 256, (24, 36, 3), np.uint8)
    path = tmp_path / "a small picture.png"
    write_picture(Picture(pixels, dpi=(300.0, 300.0)), path)
    return path
