"""Who may import whom: imports point downward, and some modules are for nobody."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = sorted(path for room in ("engine", "bsr_app") for path in (ROOT / room).rglob("*.py"))

# The engine from the ground up; a module imports only what stands in an earlier line.
LEVELS = (
    "errors",
    "types machine metrics resample scan templates",
    "alpha bits images wave",
    "kernels",
    "networks",
    "reference weights",
    "model twins",
    "tiles",
    "memory",
    "upscale",
    "catalog evaluate selftest",
    "jobs",
    "journal request",
    "names",
    "plan",
    "ledger",
    "batch",
    "cluster",
)
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names.split()}

WITHOUT_QT = ("__init__", "__main__", "cli", "logs", "messages", "paths", "progress_bar")
NETWORK = {"ftplib", "http", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib"}
UNSAFE = {"cPickle", "dill", "joblib", "marshal", "pickle", "shelve"}
# Module -> the only files that may import it.
RESERVED = {
    "threading": {"bsr_app/job_runner.py", "engine/batch.py", "engine/upscale.py"},
    "multiprocessing": {"bsr_app/__main__.py"},
    "distributed": {"engine/cluster.py"},
    "concurrent": {"engine/batch.py", "engine/upscale.py"},
    "llvmlite": {"engine/kernels/simd.py", "engine/machine.py"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> set[str]:
    """All modules that a file imports anywhere, also for its types only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def top_level(modules: set[str]) -> set[str]:
    return {module.split(".")[0] for module in modules}


def room(path: Path, name: str) -> bool:
    return path.relative_to(ROOT).parts[0] == name


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_a_file_imports_only_what_its_room_allows(path):
    forbidden = {"torch", "training", "benchmarks", "tests"} | NETWORK | UNSAFE
    if room(path, "engine"):
        forbidden |= {"bsr_app", "PySide6"}
    forbidden |= {module for module, owners in RESERVED.items() if name_of(path) not in owners}
    assert not top_level(imports(path)) & forbidden
    assert not any("QtNetwork" in module for module in imports(path))


@pytest.mark.parametrize("path", [p for p in SHIPPED if room(p, "engine")], ids=name_of)
def test_the_engine_imports_downward(path):
    own = path.relative_to(ROOT / "engine").with_suffix("").parts[0]
    if own == "__init__":
        return  # the front door knows every room
    assert own in LEVEL, f"engine/{own} has no level in tests/test_imports.py"
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "engine" and parts[1] != own:
            assert parts[1] in LEVEL, f"{module} is not named by its own module"
            assert LEVEL[parts[1]] < LEVEL[own], f"engine.{own} imports upward: {module}"


@pytest.mark.parametrize(
    "path",
    [p for p in SHIPPED if room(p, "bsr_app")],
    ids=name_of,
)
def test_the_command_line_imports_no_qt(path):
    inside = path.relative_to(ROOT / "bsr_app")
    if inside.parts[0] == "commands" or inside.stem in WITHOUT_QT:
        assert "PySide6" not in top_level(imports(path))


def test_the_public_names_are_the_same_for_types_and_at_run_time():
    import engine

    tree = ast.parse((ROOT / "engine/__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("engine.")
        for alias in node.names
    }
    assert typed == {name: f"engine.{home}" for name, home in engine._HOMES.items()}
    for name in engine.__all__:
        assert getattr(engine, name).__name__ == name


def test_help_loads_nothing_heavy():
    heavy = "{'numpy', 'numba', 'llvmlite', 'cv2', 'PIL', 'PySide6', 'safetensors'}"
    code = (
        "import sys; from bsr_app.cli import main; code = main(['--help']);"
        f"sys.exit(code or ' '.join({heavy} & set(sys.modules)) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_upscale_loads_no_qt():
    code = (
        "import sys; from bsr_app.cli import main; main(['upscale', 'no-such-file.png']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
