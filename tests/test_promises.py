"""docs/promises.md is true as far as a test can see: every test that it names is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and "promise |" not in line]


def test_every_test_that_a_promise_names_exists():
    known = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) > 50
    assert named <= known, sorted(named - known)


def test_every_promise_names_a_test():
    assert len(ROWS) > 20
    assert [row for row in ROWS if "`test_" not in row] == []
