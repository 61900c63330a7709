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
