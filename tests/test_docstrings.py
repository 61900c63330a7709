"""The functions that the engine offers, and the kernels, name every argument."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from bsr import engine

KERNELS = Path(engine.__file__).parent / "kernels"
PUBLIC = [name for name in engine.__all__ if inspect.isfunction(getattr(engine, name))]


def unnamed(text, names):
    """The arguments that a docstring does not speak of."""
    return [n for n in names if n not in ("self", "cls") and not re.search(rf"\b{n}\b", text or "")]


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_function_names_every_argument(name):
    function = getattr(engine, name)
    assert not unnamed(function.__doc__, inspect.signature(function).parameters)


@pytest.mark.parametrize("file", ["binary_body.py", "float_conv.py", "pointwise.py"])
def test_a_kernel_names_every_argument(file):
    missing = []
    for node in ast.walk(ast.parse((KERNELS / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = [argument.arg for argument in node.args.args]
            missing += [(node.name, n) for n in unnamed(ast.get_docstring(node), names)]
    assert not missing


def test_what_a_docstring_sends_to_is_there():
    """A module, or what a module holds, by the end of its dotted name."""
    root = Path(__file__).parent.parent
    files = [path for room in ("engine", "bsr_app") for path in (root / room).rglob("*.py")]
    there = set()
    for path in files:
        parts = path.relative_to(root).with_suffix("").parts
        module = ".".join(parts).replace("bsr_app", "bsr").replace("engine", "bsr.engine")
        tree = ast.parse(path.read_text(encoding="utf-8")).body
        names = [node.name for node in tree if hasattr(node, "name")]
        there |= {module, *(f"{module.removesuffix('.__init__')}.{name}" for name in names)}
    asked = [
        (path.name, name)
        for path in files
        for name in re.findall(r"\bsee `?([a-z_]+(?:\.\w+)+)", path.read_text(encoding="utf-8"))
    ]
    assert len(asked) > 20
    lost = [one for one in asked if not any(f".{name}".endswith(f".{one[1]}") for name in there)]
    assert not lost
