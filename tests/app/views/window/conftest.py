"""A window whose pages are loaded, with small models."""

import pytest

from bsr.qt import theme
from bsr.views.window.main_window import MainWindow


@pytest.fixture
def window(qtbot, runner, settings, bundled, kernels, monkeypatch):
    monkeypatch.setattr("bsr.engine.models.catalog.BUNDLED_MODELS", bundled)
    theme.apply_theme("light")
    window = MainWindow(settings, runner)
    qtbot.addWidget(window, before_close_func=MainWindow.close_unasked)  # it would ask for ever
    window.resize(900, 600)
    with qtbot.waitExposed(window), qtbot.waitSignal(window.pages_loaded, timeout=20000):
        window.show()
        window.load_pages()
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)
    window.pages.upscale.panel.form.size_form.set_value(2)
    return window
