"""Models for the tests of the engine."""

import pytest

from bsr.engine.models.catalog import Catalog
from tests.small_models import save_small_model


@pytest.fixture(scope="session")
def small_catalog(tmp_path_factory):
    """One small binary model, x2, of random weights."""
    folder = tmp_path_factory.mktemp("small models")
    save_small_model(folder)
    return Catalog(folder, folder / "user")
