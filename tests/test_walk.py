"""docs/add-a-network.md does so in one file, one line and one test; here its own blocks do so."""

import os
import re
import shutil
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from bsr.engine.upscaling.tiles import Tile, tile_pipeline

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "add-a-network.md"
# The tree's networks are found before the installed ones; kernels and all else are the real ones,
# so that nothing is compiled again.
RUN = """\
import sys
import bsr.engine
tree, *command = sys.argv[1:]
bsr.engine.__path__.insert(0, f"{tree}/engine")
if command[0] == "pytest":
    import pytest
    sys.exit(pytest.main(command[1:]))
from bsr.cli import main
sys.exit(main(command))
"""


@pytest.fixture(scope="module")
def blocks():
    """The page's blocks of code: the file, the line, the test."""
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 3
    return found


@pytest.fixture(scope="module")
def tree(blocks, tmp_path_factory):
    """The networks and their tests, after the three steps."""
    tree = tmp_path_factory.mktemp("tree")
    file, line, test = blocks
    networks, tests = tree / "engine" / "networks", tree / "tests" / "engine" / "networks"
    shutil.copytree(ROOT / "engine" / "networks", networks)
    tests.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "networks.py", tree / "tests")
    (networks / "espcn.py").write_text(file, encoding="utf-8")
    front = networks / "__init__.py"
    table, end = front.read_text(encoding="utf-8").split("\n}\n", 1)
    assert table.rpartition("\n\n")[2].startswith("NETWORKS = {")
    front.write_text(f"{table}\n{line}}}\n{end}", encoding="utf-8")
    (tests / "test_espcn.py").write_text(test, encoding="utf-8")
    return tree


def run(tree, *command):
    """Run pytest or a command of BSR with the networks of a tree."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-c", RUN, tree, *map(str, command)],
        capture_output=True, text=True, env=environment, cwd=tree, timeout=240,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tested(tree, kernels):
    """The walk's own test, run; it leaves its weights files."""
    test = tree / "tests" / "engine" / "networks" / "test_espcn.py"
    done = run(tree, "pytest", test, "-q", "-p", "no:cacheprovider", f"--basetemp={tree / 'made'}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
    return sorted((tree / "made").rglob("*.safetensors"))


def test_the_test_of_the_walk_passes(tested):
    assert len({path.resolve() for path in tested}) == 3


def test_the_test_of_the_walk_sees_a_network_that_computes_something_else(tree, blocks, tested):
    file = tree / "engine" / "networks" / "espcn.py"
    file.write_text(blocks[0].replace("right, 0)", "right, 0.01)"), encoding="utf-8")
    test = tree / "tests" / "engine" / "networks" / "test_espcn.py"
    done = run(tree, "pytest", test, "-q", "-p", "no:cacheprovider", f"--basetemp={tree / 'wrong'}")
    file.write_text(blocks[0], encoding="utf-8")
    assert done.returncode == 1 and "3 failed" in done.stdout


def test_the_network_of_the_walk_is_imported_checked_and_used(tree, tested, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run(tree, "models", "import", tested[0]).returncode == 0
    check = run(tree, "models", "verify")
    assert check.returncode == 0 and "espcn-float" in check.stdout, check.stdout + check.stderr
    sample, result = ROOT / "resources" / "samples" / "cat.png", tmp_path / "cat.png"
    made = run(tree, "upscale", sample, "-o", result, "--model", "espcn", "--weights", "float")
    assert made.returncode == 0 and result.exists(), made.stderr


@pytest.fixture
def espcn(blocks, monkeypatch):
    """The page's module, imported into this process."""
    module = types.ModuleType("bsr.engine.networks.espcn")
    module.__package__ = "bsr.engine.networks"
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(blocks[0], PAGE, "exec"), module.__dict__)
    return module


def test_the_network_of_the_walk_gives_the_same_bytes_in_tiles(espcn, kernels):
    config = espcn.parse({"channels": 8, "scale": 3})
    rng = np.random.default_rng(5)
    arrays = {
        name: rng.normal(0, 0.1, kind.shape).astype(kind.dtype)
        for name, kind in espcn.array_types(config).items()
    }
    network = espcn.build(config, arrays)
    pixels = rng.integers(0, 256, (17, 40, 3), np.uint8)
    whole, parts = np.zeros((2, 51, 120, 3), np.uint8)
    divided = [Tile(0, 5, 0, 40), Tile(5, 17, 0, 13), Tile(5, 17, 13, 40)]
    for result, tiles in ((whole, [Tile(0, 17, 0, 40)]), (parts, divided)):
        for tile in tiles:
            for _ in tile_pipeline(network, pixels, tile, result).run(lambda: None):
                pass
    assert whole.any() and np.array_equal(whole, parts)


@pytest.mark.parametrize(
    "config", [{}, {"channels": 257, "scale": 2}, {"channels": 8, "scale": "2"}], ids=str
)
def test_the_network_of_the_walk_refuses_what_a_file_may_not_say(espcn, config):
    with pytest.raises(ValueError, match=r"are not between|is not 2, 3 or 4"):
        espcn.parse(config)


def test_no_program_without_the_line_knows_the_network(tested, tmp_path, monkeypatch, capsys):
    from bsr.cli import main

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert main(["models", "import", str(tested[0])]) == 1
    assert "needs the network 'espcn', unknown here" in capsys.readouterr().err


def test_what_the_walk_shows_is_held_to_the_rules_of_all_code(tree):
    shutil.copy(ROOT / "pyproject.toml", tree)
    files = ["engine/networks/espcn.py", "tests/engine/networks/test_espcn.py"]
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", *files]
        done = subprocess.run(ruff, capture_output=True, text=True, cwd=tree)
        assert done.returncode == 0, done.stdout
