"""The options of a batch, without a batch."""

import pytest

from bsr.engine.images import FORMATS
from bsr.engine.models.catalog import Catalog
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
    panel.form.set_scale(2)
    assert panel.request((tmp_path,), ()).save.format == format
