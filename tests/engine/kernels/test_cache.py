"""Where compiled kernels are kept."""

import os
import sys

import pytest

from bsr.engine.kernels import cache

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")


@pytest.fixture
def chosen(monkeypatch, tmp_path):
    """Choose a folder with the user's cache at `user` and temporary files in `tmp`."""

    def choose(user):
        monkeypatch.delenv(cache.VARIABLE, raising=False)
        monkeypatch.setattr(cache.platformdirs, "user_cache_dir", lambda name: str(user))
        monkeypatch.setattr(cache.tempfile, "tempdir", str(tmp_path))
        cache.prepare_folder()
        return cache.folder()

    before = os.environ[cache.VARIABLE]
    yield choose
    os.environ[cache.VARIABLE] = before


def test_the_users_cache_folder_is_made_and_used(chosen, tmp_path):
    assert chosen(tmp_path / "new" / "bsr") == tmp_path / "new" / "bsr" / "kernels"


def test_without_a_cache_folder_a_temporary_one_of_the_user_serves_every_start(chosen, tmp_path):
    (tmp_path / "file").touch()
    folder = chosen(tmp_path / "file" / "bsr")
    assert folder.parent == tmp_path
    assert chosen(tmp_path / "file" / "bsr") == folder


@POSIX
def test_a_folder_that_others_can_write_to_is_not_trusted(chosen, tmp_path):
    (tmp_path / "file").touch()
    shared = chosen(tmp_path / "file" / "bsr")
    shared.chmod(0o777)
    assert chosen(tmp_path / "file" / "bsr") != shared


def test_the_environments_choice_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    cache.prepare_folder()
    assert cache.folder() == tmp_path


def test_being_ready_is_remembered_for_one_key(monkeypatch, tmp_path):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    assert not cache.is_ready("a")
    cache.set_ready("a")
    assert cache.is_ready("a")
    assert not cache.is_ready("b")


def test_a_folder_that_cannot_be_written_forgets(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "below"))
    cache.set_ready("a")
    assert not cache.is_ready("a")
