"""Pipes, devices and links where files are expected: a sentence at once, never a wait."""

import os
from pathlib import Path

import pytest

from bsr import cli, logs, paths
from bsr.qt.settings import Settings
from bsr.work import interrupted
from tests.small_models import save_small_model


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path)


STRANGE = pytest.mark.parametrize("make", [pipe, device, folder, circle])


@pytest.fixture
def models(tmp_path, monkeypatch):
    """The folder of the user's models."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    save_small_model(paths.models_folder())
    return paths.models_folder()


@STRANGE
def test_what_is_no_file_is_not_imported_as_a_model(models, tmp_path, make, capsys):
    make(tmp_path / "a.safetensors")
    assert cli.main(["models", "import", str(tmp_path / "a.safetensors")]) == 1
    assert "could not be read" in capsys.readouterr().err


@STRANGE
def test_what_is_no_file_among_the_models_is_told(models, make, capsys):
    make(models / "strange.safetensors")
    assert cli.main(["models"]) == 0
    assert "damaged" in capsys.readouterr().out


@STRANGE
def test_what_is_no_file_is_not_enlarged(models, tmp_path, make, capsys):
    make(tmp_path / "a.png")
    assert cli.main(["upscale", str(tmp_path / "a.png"), "--scale", "2"]) == 1
    assert str(tmp_path / "a.png") in capsys.readouterr().err


@pytest.mark.parametrize("if_exists", ["rename", "replace"])
def test_a_pipe_is_no_place_for_a_result(models, picture_file, tmp_path, if_exists, capsys):
    pipe(tmp_path / "out.png")
    arguments = [
        "upscale",
        str(picture_file),
        "-o",
        str(tmp_path / "out.png"),
        "--if-exists",
        if_exists,
    ]
    assert cli.main([*arguments, "--model", "small-x2"]) == 1
    assert "pipe, socket or device" in capsys.readouterr().err
    assert not (tmp_path / "out (2).png").exists()


def test_a_table_does_not_wait_for_a_reader(models, picture_file, tmp_path, capsys):
    pipe(tmp_path / "table.csv")
    arguments = ["batch", str(picture_file), "-o", str(tmp_path / "out"), "--model", "small-x2"]
    assert cli.main([*arguments, "--csv", str(tmp_path / "table.csv")]) == 1
    assert "table.csv cannot be written" in capsys.readouterr().err


@STRANGE
def test_what_is_no_file_is_set_aside_as_settings(qtbot, tmp_path, make):
    file = tmp_path / "settings.ini"
    make(file)
    settings = Settings(file)
    assert settings.preferences.quality == 92
    settings.change(quality=50)
    assert Settings(file).preferences.quality == 50


def test_settings_too_large_to_be_some_are_set_aside(qtbot, tmp_path):
    (tmp_path / "settings.ini").write_bytes(b"[preferences]\n")
    os.truncate(tmp_path / "settings.ini", 1 << 40)
    settings = Settings(tmp_path / "settings.ini")
    assert settings.set_aside is not None


@STRANGE
def test_what_is_no_file_is_no_note_of_batches(tmp_path, make):
    make(tmp_path / "note.json")
    assert interrupted.unfinished(tmp_path / "note.json") == []


@STRANGE
def test_what_is_no_file_is_no_log(tmp_path, monkeypatch, make):
    monkeypatch.setattr(logs, "_file", None)
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path)
    make(tmp_path / logs.FILE_NAME)
    assert logs.configure() is None


def test_importing_a_model_replaces_no_file(models, tmp_path, capsys):
    source = save_small_model(tmp_path / "new", "other-x2", "binary", 2)
    kept = models / "other-x2-binary.safetensors"
    kept.write_bytes(b"mine")
    assert cli.main(["models", "import", str(source)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert kept.read_bytes() == b"mine"


def test_a_user_without_a_home_may_use_the_program(monkeypatch, capsys):
    """In a container a number may be nobody whom the system knows."""

    def homeless(*_, **__):
        raise RuntimeError("Could not determine home directory.")

    for kind in ("cache", "config", "data", "log"):
        monkeypatch.setattr(f"platformdirs.user_{kind}_dir", homeless)
    monkeypatch.setattr("bsr.logs._file", None)
    assert cli.main(["models", "--json"]) == 0
    assert '"bsr-x4"' in capsys.readouterr().out
