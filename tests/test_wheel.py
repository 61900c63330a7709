"""The archive of the sources, the wheel made of it, and the wheel in an environment of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLockFile

from bsr.engine import Picture, read_picture, write_picture

BUILD = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"bsr_app": "bsr", "engine": "bsr/engine", "resources": "bsr/resources"}


def call(*command, folder=None):
    """What a program prints that knows nothing of this checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(part) for part in command]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pip(*arguments):
    call(sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The sources packed by setuptools, without a trace in the checkout."""
    sources, target = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("archive")
    for folder in FOLDERS:
        shutil.copytree(
            ROOT / folder, sources / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, sources)
    call(sys.executable, "-c", BUILD, target, folder=sources)
    [file] = target.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(archive, tmp_path_factory):
    """The wheel, built from the archive alone and without the network."""
    target = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", target, archive)
    [file] = target.iterdir()
    return file


@pytest.fixture(scope="module")
def programs(wheel, request):
    """The programs of a new environment that has the wheel and borrows what BSR depends on.

    It always lies in the same place and its files have the same times, so that the same kernels
    need not be compiled again, nor left in the user's cache by every run. One worker at a time
    has it.
    """
    environment = request.config.cache.mkdir("environment")
    lock = QLockFile(f"{environment}.lock")
    lock.setStaleLockTime(0)  # only the end of its process frees it
    assert lock.lock()
    call(sys.executable, "-m", "venv", "--clear", "--without-pip", environment)
    folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(call(folder / "python", "-c", where).strip())
    install = ("install", "--no-deps", "--no-index", "--no-compile")
    pip("--python", folder / "python", *install, wheel)
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    for source in (packages / "bsr").rglob("*.py"):
        os.utime(source, (0, 0))
    yield folder
    lock.unlock()


def test_the_wheel_holds_one_package(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"bsr", f"{wheel.name.rpartition('-py3')[0]}.dist-info"}


def test_the_wheel_holds_every_module_and_what_they_read(wheel):
    wanted = {
        f"{name}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, name in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".qm", ".qss", ".safetensors", ".svg", ".ico", ".icns"}
    }
    wanted |= {"bsr/py.typed", "bsr/resources/samples/cat.png", "bsr/resources/models/README.md"}
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())
    assert len([name for name in wanted if name.endswith((".qm", ".safetensors"))]) >= 10


def test_the_installed_package_is_the_wheels(programs, tmp_path):
    code = "import bsr, bsr.engine.errors, bsr.resources as r; print(bsr.__file__, r.FOLDER)"
    for place in call(programs / "python", "-c", code, folder=tmp_path).split():
        assert programs.parent in Path(place).parents


def test_the_installed_program_tells_its_version(programs, wheel, tmp_path):
    told = call(programs / "python", "-m", "bsr", "--version", folder=tmp_path)
    assert told.split() == ["bsr", wheel.name.split("-")[1]]


def test_the_installed_program_enlarges_a_picture(programs, tmp_path):
    pixels = np.random.default_rng(1).integers(0, 256, (12, 10, 3), np.uint8)
    write_picture(Picture(pixels), tmp_path / "photo.png")
    call(programs / "bsr", "upscale", "photo.png", folder=tmp_path)
    assert read_picture(tmp_path / "photo_bsr_x4.png").pixels.shape == (48, 40, 3)
