"""Collect the window's texts for the translators and compile what they wrote.

Run by hand after a change of a text:  python packaging/make_translations.py

The English file holds plurals only: "1 file", "2 files".
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "bsr_app" / "translations"
LANGUAGES = ("de", "en", "zh_CN")


def collect() -> None:
    """Bring the .ts files up to date with the sources."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "bsr_app").rglob("*.py"))
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


def _run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools, as they come with PySide6."""
    program = Path(sys.executable).parent / f"pyside6-{tool}"
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    TRANSLATIONS.mkdir(exist_ok=True)
    collect()
    release()
