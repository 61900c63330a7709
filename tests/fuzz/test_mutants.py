"""Mutants of valid files, which pass the check sums, give a picture or a sentence."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bsr.engine.images import read_picture
from tests.engine.images.picture_files import read_bytes
from tests.fuzz.mutants import MUTATORS
from tests.fuzz.seeds import seeds

ROOT = Path(__file__).resolve().parents[2]
COUNT, SEED, MEGABYTES = 500, 1, 700


def test_every_seed_decodes(tmp_path):
    files = seeds(tmp_path)
    assert set(files) == set(MUTATORS)
    for kind, several in files.items():
        for number, data in enumerate(several):
            assert read_bytes(tmp_path, data).width > 0, (kind, number)
    read_picture(tmp_path / "picture")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured the Linux way")
def test_five_hundred_mutants_give_a_picture_or_a_sentence():
    command = [sys.executable, "-W", "error", "-X", "faulthandler"]
    command += ["-m", "tests.fuzz.search", str(COUNT), str(SEED)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr[-3000:]
    assert result.stderr == ""
    found = json.loads(result.stdout)
    assert sum(map(sum, found["kinds"].values())) == COUNT
    assert all(pictures > 10 for pictures, _ in found["kinds"].values()), found
    assert found["megabytes"] < MEGABYTES
