"""What of the installed packages BSR needs to run; PyInstaller takes all that could be used."""

from __future__ import annotations

from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def distributions() -> set[str]:
    """Return the canonical names of BSR's distribution and of all that it requires."""
    found, waiting = set(), ["bsr"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found.add(name)
            required = [Requirement(line) for line in metadata.requires(name) or ()]
            waiting += [
                each.name
                for each in required
                if each.marker is None or each.marker.evaluate({"extra": ""})
            ]
    return found


def strangers() -> list[str]:
    """Return the names of the installed packages that belong to no such distribution."""
    needed = distributions()
    return sorted(
        package
        for package, owners in metadata.packages_distributions().items()
        if needed.isdisjoint(map(canonicalize_name, owners))
    )
