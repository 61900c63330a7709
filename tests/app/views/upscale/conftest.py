"""The upscale page, with small models."""

import numpy as np
import pytest
from PySide6.QtCore import QObject

from bsr.engine.images import write_picture
from bsr.engine.picture import Picture
from bsr.engine.upscaling.pace import Pace
from bsr.views.shared.actions import Actions
from bsr.views.upscale.page import UpscalePage
from bsr.work.speeds import Speeds


@pytest.fixture
def speeds(request, settings, catalog):
    """What was measured on an earlier day: all models, or those that a test names."""
    speeds = Speeds(settings)
    for card in getattr(request, "param", catalog.cards()):
        speeds.keep(card, settings.preferences.threads, Pace(0.0, 2e-6, 2e-6))
    return speeds


@pytest.fixture
def page(qtbot, runner, catalog, settings, speeds, kernels):
    """An upscale page for twice the size, that keeps what it says went wrong."""
    keeper = QObject()
    actions = Actions(keeper)
    page = UpscalePage(runner, catalog, settings, speeds, actions)
    qtbot.addWidget(page)
    page.keeper, keeper.actions = keeper, actions
    page.resize(900, 600)
    page.panel.form.size_form.set_value(2)
    page.errors = []
    page.failed.connect(page.errors.append)
    return page


@pytest.fixture
def shown(qtbot, page):
    """The page on the screen: to paint it is a third of the work, and few tests look at that."""
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def opened(qtbot, page, picture_file):
    with qtbot.waitSignal(page.opened):
        page.open(picture_file)
    return page


@pytest.fixture
def another_file(tmp_path):
    path = tmp_path / "another.png"
    write_picture(Picture(np.full((20, 30, 3), 90, np.uint8), np.full((20, 30), 9, np.uint8)), path)
    return path
