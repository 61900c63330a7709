"""What jobs and the window share, with small real networks."""

import numpy as np
import pytest

from bsr.engine import Picture
from bsr.engine.jobs import steps
from bsr.engine.jobs.model_choice import Mix
from bsr.engine.jobs.steps import upscale_with_mix
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.mix import mixed
from bsr.engine.upscaling.upscale import upscale
from tests.small_models import save_small_model


@pytest.fixture
def catalog(tmp_path):
    save_small_model(tmp_path / "bundled", "one-x2", seed=1)
    save_small_model(tmp_path / "bundled", "two-x2", seed=2)
    return Catalog(tmp_path / "bundled", tmp_path / "user")


def test_what_a_model_has_made_already_is_mixed_in_as_it_is(catalog, monkeypatch):
    one, two = (catalog.find(name, "binary") for name in ("one-x2", "two-x2"))
    picture = Picture(np.random.default_rng(0).integers(0, 256, (9, 8, 3), np.uint8))
    ran, parts, progress = [], {}, []

    def noted(model, *args, **options):
        ran.append(model.card.id)
        return upscale(model, *args, **options)

    monkeypatch.setattr(steps, "upscale", noted)
    alone = upscale_with_mix(picture, Mix(one), catalog, 2.0, parts=parts)
    both = upscale_with_mix(
        picture, Mix(one, two, 30), catalog, 2.0, parts=parts, on_progress=progress.append
    )
    assert ran == ["one-x2", "two-x2"] and len(parts) == 2
    expected = mixed(alone, upscale(catalog.load(two), picture), 30)
    np.testing.assert_array_equal(both.pixels, expected.pixels)
    assert progress[-1].done == progress[-1].total == 9 * 8  # pixels of one model's work
