"""The programs in packaging/ are no package (one of that name is on every machine)."""

from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(autouse=True)
def tools(monkeypatch):
    """The folders of the programs, where Python finds them."""
    monkeypatch.syspath_prepend(str(PACKAGING / "linux"))
    monkeypatch.syspath_prepend(str(PACKAGING))
    return PACKAGING
