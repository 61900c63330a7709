"""Debian's packages, asked for the libraries that the program needs or brings along."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """A package of this system.

    Attributes:
        name: without the architecture.
        version: of the package.
        licence: the text of its licences.
    """

    name: str
    version: str
    licence: Path


def package_of(library: str) -> str:
    """Return the name of the package that a library comes from.

    Args:
        library: the name of its file, without the folder.

    Raises:
        ValueError: no package of this system holds it.
    """
    for line in _ask("--search", f"*/{library}").splitlines():
        package, _, path = line.partition(": ")
        if _is_of_the_system(path):
            return package.partition(":")[0]
    raise ValueError(f"no package of this system holds {library}")


def packages(sources: Iterable[str]) -> list[Package]:
    """Return the packages that the system's libraries among collected files come from, by name.

    Args:
        sources: the files that were collected, as absolute names.

    Raises:
        ValueError: a library has no package, or the package no licence text.
    """
    libraries = {Path(source).name for source in sources if _is_of_the_system(source)}
    found = []
    for name in sorted({package_of(library) for library in libraries}):
        licence = Path("/usr/share/doc") / name / "copyright"
        if not licence.is_file():
            raise ValueError(f"{name} brings no licence text")
        version = _ask("--show", "--showformat", "${Version}\n", name).split("\n")[0]
        found.append(Package(name, version, licence))
    return found


def _is_of_the_system(path: str) -> bool:
    """Return whether a file lies where Debian puts libraries, as /usr/lib/x86_64-linux-gnu."""
    return path.startswith(("/lib/", "/usr/lib/")) and Path(path).parent.name.endswith("-gnu")


def _ask(*arguments: str) -> str:
    return subprocess.run(["dpkg-query", *arguments], capture_output=True, text=True).stdout
