"""Folders for batches that things happen to."""

import sys
from pathlib import Path

import pytest

from tests.engine.batch.batches import put
from tests.faults.child import kill_all
from tests.small_models import save_small_model

FORTY = [f"{'abc'[i % 3]}/{i:02}.{('png', 'bmp')[i % 2]}" for i in range(40)]


def pytest_collection_modifyitems(items):
    if sys.platform != "linux":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="processes are stopped the Linux way"))


@pytest.fixture(autouse=True)
def no_process_is_left(kernels):
    """Whatever a test ends with, its processes end too."""
    yield
    kill_all()


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A folder of user's data with one small model."""
    folder = tmp_path_factory.mktemp("data")
    save_small_model(folder / "bsr" / "models")
    return folder


@pytest.fixture
def forty(tmp_path):
    """Forty pictures in three subfolders."""
    put(tmp_path / "in", *FORTY)
    return tmp_path
