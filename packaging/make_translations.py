"""Collect the texts of window and engine for the translators and compile what they wrote.

Run by hand after a change of a text:  python packaging/make_translations.py

The English file holds plurals only: "1 file", "2 files".
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bsr.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "bsr_app" / "translations"
# What makes a sentence of the engine, see bsr.engine.errors; the template comes first.
MAKERS = (
    *("Sentence", "BsrError", "ImageFileError", "ModelFileError", "NotEnoughMemory"),
    *("Stopped", "Unreadable"),
)


def collect() -> None:
    """Bring the .ts files up to date with the sources."""
    with tempfile.TemporaryDirectory() as folder:
        sources = sources_with_texts(Path(folder))
        for language in LANGUAGES:
            target = TRANSLATIONS / f"bsr_{language}.ts"
            plural = ["-pluralonly"] if language == "en" else []
            options = ["-no-obsolete", "-locations", "none", "-source-language", "en", *plural]
            _run("lupdate", *options, *sources, "-ts", str(target), "-target-language", language)


def release() -> None:
    """Compile the .ts files."""
    for language in LANGUAGES:
        source = TRANSLATIONS / f"bsr_{language}.ts"
        _run("lrelease", str(source), "-qm", str(source.with_suffix(".qm")))


def sources_with_texts(folder: Path) -> list[str]:
    """Return the files that lupdate is to read: the window's, and one with the engine's sentences.

    Args:
        folder: where that one is written.
    """
    sentences = folder / "sentences.py"
    calls = (f"QT_TRANSLATE_NOOP('engine', {template!r})\n" for template in engine_templates())
    sentences.write_text("".join(calls), encoding="utf-8")
    return [*sorted(map(str, (ROOT / "bsr_app").rglob("*.py"))), str(sentences)]


def engine_templates() -> list[str]:
    """Return the templates of all sentences that the engine and the program make for the user.

    Raises:
        ValueError: as `templates_in`.
    """
    files = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "bsr_app").rglob("*.py")]
    return sorted({template for file in files for template in templates_in(file)})


def templates_in(file: Path) -> Iterator[str]:
    """Return the templates of the sentences that a file makes.

    Raises:
        ValueError: one is put together where it stands, so that nobody can translate it.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MAKERS and call.args:
            template = call.args[0]
            if isinstance(template, ast.Constant):
                yield template.value
            elif isinstance(template, ast.JoinedStr | ast.BinOp):
                raise ValueError(f"{file}:{call.lineno}: the template is not a constant")


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, as they come with PySide6."""
    program = Path(sys.executable).parent / f"pyside6-{tool}"
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    TRANSLATIONS.mkdir(exist_ok=True)
    collect()
    release()
