"""Break the engine line by line and see whether the tests that concern it turn red.

    python -m tests.mutants [FILE ...] [--most 40] [--seed 0]

Every mutant is one operator, number, call or statement changed in a copy of the project.  A mutant
that survives is either a hole in the tests or equivalent to the original; a person decides which.
It takes hours for everything, so it is no part of `make test`.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "runs", "shared")
LIMIT_SECONDS = 600

# File -> the tests that concern it, the quickest first.
TESTS = {
    "engine/networks/row_pipeline.py": "networks verification/test_kernel_checks.py",
    "engine/upscaling/tiles.py": "networks upscaling/test_upscale.py",
    "engine/upscaling/alpha.py": "upscaling/test_alpha.py upscaling/test_upscale.py",
    "engine/upscaling/memory.py": "upscaling/test_upscale.py upscaling/test_memory.py",
    "engine/batch/naming.py": "batch/test_plan.py batch/test_run.py",
    "engine/batch/journal.py": "batch/test_journal.py batch/test_run.py",
    "engine/batch/journal_lines.py": "batch/test_journal.py batch/test_run.py",
    "engine/kernels/binary_body.py": "verification/test_kernel_checks.py networks",
    "engine/networks/binary_stages.py": "networks/test_networks.py upscaling/test_workers.py",
    "engine/upscaling/workers.py": "upscaling/test_workers.py upscaling/test_upscale.py",
}

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.Add, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A file with one change.

    Attributes:
        line: where.
        before, after: the statement.
        source: the whole file.
    """

    line: int
    before: str
    after: str
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant of a file, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    for body, k in _statements(tree):
        statement = body[k]
        before = ast.unparse(statement).splitlines()
        for _ in _changes(body, k):
            after = ast.unparse(body[k]).splitlines()
            pairs = zip(before, after, strict=False)
            changed = next(((b, a) for b, a in pairs if b != a), (before[0], after[0]))
            found.append(Mutant(statement.lineno, *map(str.strip, changed), ast.unparse(tree)))
    return found


def _statements(tree: ast.Module) -> Iterator[tuple[list[ast.stmt], int]]:
    """All statements that run, as the list they stand in and their place in it."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                yield from ((body, k) for k, s in enumerate(body) if not _is_inert(s))


def _is_inert(statement: ast.stmt) -> bool:
    """Whether a statement only names, documents or imports."""
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass | ast.Assert)


def _changes(body: list[ast.stmt], k: int) -> Iterator[None]:
    """Change a statement in place in every way, and undo each when asked for the next."""
    statement = body[k]
    if _can_go(statement):
        body[k] = ast.Pass()
        yield
        body[k] = statement
    for node in _own_expressions(statement):
        for field, value in _replacements(node):
            old = getattr(node, field)
            setattr(node, field, value)
            yield
            setattr(node, field, old)


def _can_go(statement: ast.stmt) -> bool:
    """Whether the program runs on, perhaps wrongly, without a statement."""
    if isinstance(statement, ast.Assign):
        return all(
            isinstance(target, ast.Attribute | ast.Subscript) for target in statement.targets
        )
    return isinstance(statement, ast.Expr | ast.AugAssign | ast.Raise)


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, without annotations, decorators and inner statements."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop(0)
        yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases"):
                continue
            children = value if isinstance(value, list) else [value]
            pending += [
                child
                for child in children
                if isinstance(child, ast.AST) and not isinstance(child, ast.stmt | ast.JoinedStr)
            ]


def _replacements(node: ast.AST) -> Iterator[tuple[str, object]]:
    """The fields of a node that can be changed, each with another value."""
    match node:
        case ast.Compare(ops=[first, *rest]):
            yield "ops", [_COMPARISONS[type(first)](), *rest]
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPERATIONS:
            yield "op", _OPERATIONS[type(op)]()
        case ast.BoolOp(op=op):
            yield "op", ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", ast.UnaryOp(ast.Not(), operand)
        case ast.UnaryOp(op=ast.USub()):
            yield "op", ast.UAdd()
        case ast.Constant(value=bool() as value):
            yield "value", not value
        case ast.Constant(value=int() as value):
            yield "value", value + 1
        case ast.Name(id=name, ctx=ast.Load()) if name in _CALLS:
            yield "id", _CALLS[name]


def main() -> int:
    """Run what the command line asks for; 1 where a mutant survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", default=list(TESTS), metavar="FILE")
    parser.add_argument("--most", type=int, default=40, help="mutants of a file, chosen at random")
    parser.add_argument("--seed", type=int, default=0, help="of that choice")
    args = parser.parse_args()
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="bsr-mutants-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        _lay_out(copy)
        for name in args.files:
            survivors += _try_file(copy, name, args.most, args.seed)
    return int(survivors > 0)


def _lay_out(copy: Path) -> None:
    """Make the copy's own package `bsr`, before the installed one on the path."""
    package = copy / "bsr"
    package.mkdir()
    rooms = [*(copy / "bsr_app").iterdir(), copy / "engine", copy / "resources"]
    for room in rooms:
        (package / room.name).symlink_to(room)


def _try_file(copy: Path, name: str, most: int, seed: int) -> int:
    """Try the mutants of a file, print the survivors, and return how many there are."""
    path = copy / name
    original = path.read_text(encoding="utf-8")
    if not _is_green(copy, name):
        raise SystemExit(f"{name}: the tests fail without any change.")
    every = mutants_of(original)
    chosen = random.Random(seed).sample(every, min(most, len(every)))
    survivors = 0
    for mutant in sorted(chosen, key=lambda mutant: mutant.line):
        path.write_text(mutant.source, encoding="utf-8")
        if _is_green(copy, name):
            survivors += 1
            print(f"{name}:{mutant.line}: {mutant.before}  ->  {mutant.after}", flush=True)
    path.write_text(original, encoding="utf-8")
    print(f"{name}: {survivors} of {len(chosen)} survived ({len(every)} there are)", flush=True)
    return survivors


def _is_green(copy: Path, name: str) -> bool:
    """Run the tests of a file in the copy; compiled kernels stay beside it."""
    tests = [f"tests/engine/{test}" for test in TESTS[name].split()]
    options = ["-x", "-q", "-p", "no:cacheprovider", "--timeout=120"]
    cache = {"NUMBA_CACHE_DIR": str(copy.parent / "kernels"), "PYTHONPATH": str(copy)}
    command = [sys.executable, "-P", "-m", "pytest", *options, *tests]
    try:
        done = subprocess.run(
            command, cwd=copy, env={**os.environ, **cache}, capture_output=True,
            timeout=LIMIT_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
