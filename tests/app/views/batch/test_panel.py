"""The options of a batch, without a batch."""

import pytest

from bsr.engine.images import FORMATS
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.goal import Goal
from bsr.qt.settings import Settings
from bsr.views.batch.panel import BatchPanel
from tests.small_models import save_small_model


@pytest.mark.parametrize("format", [*FORMATS, None])
def test_a_batch_writes_the_format_that_the_settings_prefer(qtbot, tmp_path, format):
    save_small_model(tmp_path)
    settings = Settings(tmp_path / "settings.ini")
    settings.change(format=format or "")
    panel = BatchPanel(Catalog(tmp_path, tmp_path / "user"), settings)
    qtbot.addWidget(panel)
    panel.set_output(tmp_path / "results")
    panel.form.size_form.set_value(2)
    assert panel.request((tmp_path,), ()).save.format == format


def test_a_goal_is_asked_for_and_comes_back_with_a_request(qtbot, tmp_path):
    save_small_model(tmp_path)
    panel = BatchPanel(Catalog(tmp_path, tmp_path / "user"), Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(panel)
    panel.set_output(tmp_path / "results")
    goal = Goal(1001, 777, dpi=300.0)
    panel.form.size_form.set_value(goal)
    request = panel.request((tmp_path,), ())
    assert (request.goal, request.scale, request.model) == (goal, None, None)
    panel.form.size_form.set_value(2)
    assert panel.request((tmp_path,), ()).goal is None
    panel.show_request(request)
    assert panel.request((tmp_path,), ()) == request
