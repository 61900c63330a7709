"""The licences of everything that the built program contains.

A distribution is known by the files of it that were collected.  Its licence texts are those that it
brings; where it brings none, packaging/licences holds the text.  Libraries of the system come from
packages of Debian, each with its text.
"""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from debian import Package

TEXTS = Path(__file__).resolve().parent / "licences"
LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT)", re.IGNORECASE)
# The wheels of Qt for Python hold no text; BSR uses them under the LGPL, which refers to the GPL.
WITHOUT_TEXT = {
    "pyside6_essentials": ["LGPL-3.0.txt", "GPL-3.0.txt"],
    "shiboken6": ["LGPL-3.0.txt", "GPL-3.0.txt"],
}
# Not among the collected files, but in the program: what starts it.
BOOTLOADER = "pyinstaller"


def normal(name: str) -> str:
    """Return a distribution's name as its folder writes it."""
    return re.sub(r"[-_.]+", "_", name).lower()


def distributions(sources: Iterable[str]) -> list[metadata.Distribution]:
    """Return the distributions that files belong to, by name; BSR itself is none of them.

    Args:
        sources: the files that were collected, as absolute names.
    """
    collected = {str(Path(source).resolve()) for source in sources if source}
    found = {}
    for distribution in metadata.distributions():
        name = normal(distribution.metadata["Name"])
        files = {str(Path(file.locate()).resolve()) for file in distribution.files or ()}
        if name != "bsr" and (name == BOOTLOADER or collected & files):
            found[name] = distribution
    return [found[name] for name in sorted(found)]


def texts(distribution: metadata.Distribution) -> list[Path]:
    """Return the licence files of a distribution."""
    name = normal(distribution.metadata["Name"])
    if name in WITHOUT_TEXT:
        return [TEXTS / text for text in WITHOUT_TEXT[name]]
    own = [
        Path(file.locate())
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0] and LICENCE_FILE.search(file.name)
    ]
    return sorted(own)


def collect(
    shipped: Iterable[metadata.Distribution], system: Iterable[Package], folder: Path
) -> None:
    """Copy the licences into a folder, one folder to a distribution, and one for the system.

    Args:
        shipped: the distributions that the program contains.
        system: the packages of the system whose libraries it contains.
        folder: is made; what was in it goes.

    Raises:
        ValueError: a distribution has no licence text.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for distribution in shipped:
        found = texts(distribution)
        if not found:
            raise ValueError(f"{distribution.metadata['Name']} brings no licence text")
        place = folder / normal(distribution.metadata["Name"])
        place.mkdir(parents=True)
        for text in found:
            inside = (
                text.parts[text.parts.index("licenses") + 1 :] if "licenses" in text.parts else ()
            )
            shutil.copyfile(text, place / ("-".join(inside) or text.name))
    _collect_python(folder / "python")
    for package in system:
        (folder / "system").mkdir(exist_ok=True)
        shutil.copyfile(package.licence, folder / "system" / f"{package.name}.txt")


def _collect_python(folder: Path) -> None:
    """Copy the licence of Python."""
    candidates = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc/python3/copyright"),
    ]
    text = next((path for path in candidates if path.is_file()), None)
    if text is None:
        raise ValueError("the licence of Python was not found")
    folder.mkdir(parents=True)
    shutil.copyfile(text, folder / "LICENSE.txt")
