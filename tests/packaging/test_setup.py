"""What the set-up asks for on Debian and Ubuntu, of which only the commands are there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "setup.sh"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")


@pytest.fixture
def said(tmp_path):
    """What the set-up says to a user who has a Python that cannot make environments."""

    def said(name, old=False):
        answers = f"--version) echo 3.x ;; *version_info*) exit {old:d} ;; *ensurepip) exit 1 ;;"
        stubs = {
            "apt-get": "exit 1",
            "id": "echo 1000",
            "ldconfig": "exit 0",
            name: f'case "$*" in {answers} esac',
        }
        for stub, does in stubs.items():
            (tmp_path / stub).write_text(f"#!/bin/sh\n{does}\n")
            (tmp_path / stub).chmod(0o755)
        environment = {"PATH": f"{tmp_path}{os.pathsep}{os.defpath}", "PYTHON": name}
        done = subprocess.run(
            ["/bin/sh", str(SCRIPT), "."],
            cwd=tmp_path, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 1
        return done.stderr

    return said


@pytest.mark.parametrize(
    ("name", "package"), [("python3", "python3-venv"), ("python3.12", "python3.12-venv")]
)
def test_a_python_without_environments_is_sent_to_its_own_package(said, name, package):
    assert package in said(name).split()


def test_a_python_that_is_too_old_is_told_before_packages_are_asked_for(said):
    assert "this is 3.x" in said("python3", old=True)
