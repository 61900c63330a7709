"""Who may import whom: imports point downward, and some modules are for nobody."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import bsr
from bsr import engine

ROOT = Path(__file__).resolve().parent.parent
# Folder -> the package that it is installed as.
PACKAGES = {"bsr_app": "bsr", "engine": "bsr.engine", "resources": "bsr.resources"}

# From the ground up; a room imports only what stands in an earlier line.
LEVELS = (
    "bsr.resources bsr.identity bsr.languages bsr.process bsr.engine.user_folders",
    "bsr.paths",
    "bsr.engine.errors",
    "bsr.engine.disk bsr.engine.machine bsr.engine.opencv",
    "bsr.engine.picture",
    "bsr.engine.progress",
    "bsr.engine.images bsr.engine.kernels",
    "bsr.engine.networks",
    "bsr.engine.models",
    "bsr.engine.upscaling",
    "bsr.engine.quality bsr.engine.verification bsr.engine.jobs",
    "bsr.engine.batch",
    "bsr.engine",  # the front door knows every room of the engine
    "bsr.logs",
    "bsr.messages",
    "bsr.work",
    "bsr.qt",
    "bsr.views.shared",
    "bsr.views.compare",
    "bsr.views.upscale bsr.views.batch bsr.views.models",
    "bsr.views.window",
    "bsr.views",
    "bsr.app",
    "bsr.commands",
    "bsr.cli",
    "bsr.__main__",
    "bsr",
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms.split()}

WITHOUT_QT = ("bsr.engine", "bsr.resources", "bsr.work", "bsr.commands", "bsr.cli", "bsr.__main__")
WITHOUT_QT += ("bsr.identity", "bsr.languages", "bsr.logs", "bsr.messages", "bsr.paths")
WITHOUT_QT += ("bsr.process",)
WITH_QT = ("PySide6", "bsr.qt", "bsr.views", "bsr.app")

FOR_NOBODY = {"torch", "training", "benchmarks", "tests", "engine", "bsr_app", "resources"}
NETWORK = {"ftplib", "http", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib"}
UNSAFE = {"cPickle", "dill", "joblib", "marshal", "pickle", "shelve"}
# Module -> the only modules that may import it.
RESERVED = {
    "threading": {"bsr.qt.job_runner", "bsr.engine.batch.cluster", "bsr.engine.batch.run"}
    | {"bsr.engine.upscaling.upscale", "bsr.engine.upscaling.workers"},
    "multiprocessing": {"bsr.__main__"},
    "distributed": {"bsr.engine.batch.cluster_connection"},
    "concurrent": {"bsr.engine.batch.run", "bsr.engine.progress"}
    | {"bsr.engine.upscaling.upscale"},
    "cv2": {"bsr.engine.opencv"},
    "llvmlite": {"bsr.engine.machine"}
    | {
        f"bsr.engine.kernels.{name}"
        for name in ("borders", "counting", "epilogue", "simd", "target")
    },
}


def module_name(path: Path) -> str:
    folder, *inside = path.relative_to(ROOT).with_suffix("").parts
    parts = [PACKAGES[folder], *inside]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SHIPPED = {
    module_name(path): path for folder in PACKAGES for path in sorted((ROOT / folder).rglob("*.py"))
}


def whole_name(module: str, node: ast.ImportFrom) -> str:
    """What a module imports from, by its whole name."""
    package = module if SHIPPED[module].name == "__init__.py" else module.rpartition(".")[0]
    parts = package.split(".")
    start = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
    return ".".join(filter(None, (start, node.module)))


@cache
def imports(module: str, for_types: bool = True) -> frozenset[str]:
    """Everything that a module imports anywhere: modules, or names in them as module.name.

    Without `for_types`, what stands below `if TYPE_CHECKING` is left out.
    """
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(SHIPPED[module].read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{whole_name(module, node)}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse if not for_types else node.body + node.orelse
        else:
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)


def home(name: str) -> str:
    """The module of ours that an imported name belongs to."""
    return name if name in SHIPPED else name.rpartition(".")[0]


def own(modules: frozenset[str]) -> set[str]:
    """Those that belong to the program, without the names in them; anybody may ask its version."""
    names = modules - {"bsr.__version__"}
    return {home(name) for name in names if name.split(".")[0] == "bsr"}


def folder_package(module: str) -> str:
    """Which of the packages that are folders of the checkout holds a module."""
    return max((name for name in PACKAGES.values() if below(module, (name,))), key=len)


def below(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in rooms)


def room_of(module: str) -> str:
    """The innermost room in LEVELS that holds a module."""
    parts = module.split(".")
    heads = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next(head for head in heads if head in LEVEL)


def test_every_room_has_a_level():
    for module in SHIPPED:
        if "." in module:  # a new room must not pass as a part of bsr, bsr.engine or bsr.views
            known = room_of(module) not in {"bsr", "bsr.engine", "bsr.views"} or module in LEVEL
            assert known, module


def test_imports_point_downward():
    for module in SHIPPED:
        for other in own(imports(module)):
            here, there = room_of(module), room_of(other)
            allowed = LEVEL[there] < LEVEL[here] or here == there
            assert allowed or is_exempt(module, other), f"{module} imports upward: {other}"


def is_exempt(module: str, other: str) -> bool:
    """Whether an arrow upward is allowed: work may name types of rooms with Qt."""
    return below(module, ("bsr.work",)) and other not in own(imports(module, for_types=False))


def test_no_modules_import_each_other_in_a_circle():
    done: set[str] = set()

    def walk(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in own(imports(module)):
                walk(other, (*trail, module))
            done.add(module)

    for module in SHIPPED:
        walk(module, ())


def test_imports_within_a_folder_are_relative():
    """Editors and tools follow these, though the package is named otherwise than its folder."""
    for module, path in SHIPPED.items():
        front = "bsr.engine" if below(module, ("bsr.engine",)) else "bsr"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and not node.level and below(node.module, ("bsr",)):
                other = folder_package(node.module) != folder_package(module)
                assert other or node.module == front, f"{module}: {node.module}"


def test_the_compare_view_has_one_door():
    inside = ("bsr.views.compare",)
    for module in SHIPPED:
        if not below(module, inside):
            used = {name for name in own(imports(module)) if below(name, inside)}
            assert used <= set(inside), module


def test_no_module_imports_what_is_for_nobody():
    for module in SHIPPED:
        forbidden = FOR_NOBODY | NETWORK | UNSAFE
        forbidden |= {name for name, owners in RESERVED.items() if module not in owners}
        assert not {name.split(".")[0] for name in imports(module)} & forbidden, module
        assert not any("QtNetwork" in name for name in imports(module)), module


def test_engine_work_and_commands_import_no_qt():
    for module in (name for name in SHIPPED if below(name, WITHOUT_QT)):
        found = {name for name in imports(module, for_types=False) if below(name, WITH_QT)}
        starter = module == "bsr.commands.app"
        assert found <= ({"bsr.app.main", "bsr.app.leave"} if starter else set()), module


@pytest.mark.parametrize("room", ["tests", "training", "benchmarks", "packaging"])
def test_nothing_knows_the_package_by_the_names_of_its_folders(room):
    """A module imported under two names would be two modules."""
    folders = re.compile(rf"^\s*(from|import)\s+({'|'.join(PACKAGES)})\b", re.MULTILINE)
    for path in (ROOT / room).rglob("*.py"):
        assert not folders.search(path.read_text(encoding="utf-8")), path


def test_the_list_of_packages_is_complete():
    """A package that pyproject.toml does not name is in the checkout, but in no wheel."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    listed = table["setuptools"]["packages"]
    assert listed == sorted(name for name, path in SHIPPED.items() if path.stem == "__init__")
    assert {folder: name for name, folder in table["setuptools"]["package-dir"].items()} == PACKAGES
    for path in SHIPPED.values():
        assert (path.parent / "__init__.py").is_file(), f"{path.parent} is no package"


@pytest.mark.parametrize("package", ["bsr.engine", "bsr.engine.images"])
def test_names_loaded_on_first_use_are_the_same_for_types(package):
    tree = ast.parse(SHIPPED[package].read_text(encoding="utf-8"))
    typed = {
        alias.asname: whole_name(package, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    module = import_module(package)
    assert typed == {name: f"{package}.{home}" for name, home in module._HOMES.items()}
    for name in module.__all__:
        assert getattr(module, name) is getattr(import_module(typed[name]), name)


@pytest.mark.parametrize(
    "code",
    [
        "from bsr.cli import main; assert main(['--help']) == 0",
        "import bsr, bsr.engine; dir(bsr), bsr.__version__, bsr.engine.__all__",
    ],
)
def test_help_and_the_library_load_nothing_heavy(code):
    heavy = "{'numpy', 'numba', 'llvmlite', 'cv2', 'PIL', 'PySide6', 'safetensors'}"
    code += f"; import sys; sys.exit(' '.join({heavy} & set(sys.modules)) or None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_library_of_bsr_is_part_of_the_engines():
    assert all(getattr(bsr, name) is getattr(engine, name) for name in bsr.__all__)


def test_upscale_loads_no_qt():
    code = (
        "import sys; from bsr.cli import main; main(['upscale', 'no-such-file.png']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
