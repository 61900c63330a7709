"""Nothing is imported from the working directory, whatever lies there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bsr.qt.warm_up import WarmUp

BAIT = ("argparse", "bsr", "cv2", "engine", "numba", "numpy", "PIL", "PySide6", "resources")


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """A working directory full of packages that leave a trace when they are imported."""
    folder = tmp_path / "trap"
    for name in BAIT:
        (folder / name).mkdir(parents=True)
        trace = tmp_path / f"{name} ran"
        (folder / name / "__init__.py").write_text(f"open({str(trace)!r}, 'w')\n")
    monkeypatch.chdir(folder)
    return folder


def traces(trap: Path) -> list[str]:
    """What was imported from the trap."""
    return [path.name for path in trap.parent.glob("* ran")]


def test_the_warm_up_imports_nothing_from_the_working_directory(
    qtbot, runner, kernels, trap, monkeypatch
):
    from bsr.engine.kernels import cache

    monkeypatch.setenv(cache.VARIABLE, str(trap.parent / "cache"))
    monkeypatch.setattr(cache, "folder", cache.folder.__wrapped__)  # it remembers the other one
    warm_up = WarmUp(runner)
    percents = []
    warm_up.progressed.connect(percents.append)
    warm_up.start()
    qtbot.waitUntil(
        lambda: len(percents) > 1 or traces(trap) or not warm_up.compiling, timeout=60000
    )
    compiled = len(percents) > 1
    warm_up.stop()
    assert traces(trap) == []
    assert compiled


@pytest.mark.parametrize("name", ["bsr", "bsr-app"])
def test_the_installed_programs_import_nothing_from_the_working_directory(trap, name):
    program = Path(sys.executable).with_name(name)
    environment = {**os.environ, "BSR_WARM_UP": "1", "QT_QPA_PLATFORM": "offscreen"}
    arguments = ["doctor"] if name == "bsr" else []
    done = subprocess.run([program, *arguments], capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert traces(trap) == []


def test_the_module_imports_nothing_else_from_the_working_directory(trap):
    (trap / "bsr" / "__init__.py").unlink()
    (trap / "bsr").rmdir()  # python -m looks here for the program itself before it starts
    command = [sys.executable, "-m", "bsr", "doctor"]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert traces(trap) == []


def test_the_module_imports_nothing_from_the_working_directory_in_safe_mode(trap):
    command = [sys.executable, "-P", "-m", "bsr", "doctor"]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert traces(trap) == []
