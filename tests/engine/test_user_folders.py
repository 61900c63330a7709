"""The user's folders, and a user who has none."""

from pathlib import Path

import platformdirs
import pytest

from bsr.engine.user_folders import home_folder, user_folder

KINDS = ("cache", "config", "data", "log")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_folder_of_the_program(kind):
    assert user_folder(kind).is_absolute() and "bsr" in user_folder(kind).parts


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_home_nothing_is_read_and_nothing_written(kind, monkeypatch):
    def homeless(*_, **__):
        raise RuntimeError("Could not determine home directory.")

    for answer in (homeless, lambda *_, **__: "~/.cache/bsr"):
        monkeypatch.setattr(platformdirs, f"user_{kind}_dir", answer)
        folder = user_folder(kind)
        assert folder.is_absolute() and not folder.exists()
        with pytest.raises(OSError):
            folder.mkdir(parents=True)


def test_without_a_home_dialogs_begin_at_the_root(monkeypatch):
    assert home_folder() == Path.home()

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert home_folder().is_absolute()
