"""The bill of materials of the built program, in CycloneDX 1.6."""

from __future__ import annotations

import json
import platform
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from debian import Package


def bill(
    version: str,
    shipped: Iterable[metadata.Distribution],
    system: Iterable[Package],
    epoch: int,
) -> dict[str, Any]:
    """Return the bill as what JSON knows.

    Args:
        version: of BSR.
        shipped: the distributions that the program contains.
        system: the packages of the system whose libraries it contains.
        epoch: the time of the build in seconds since 1970.
    """
    components = [_distribution(each) for each in shipped]
    components += [
        _library(each.name, each.version, f"deb/{platform.freedesktop_os_release()['ID']}")
        for each in system
    ]
    components.append(
        {
            "type": "platform",
            "bom-ref": "python",
            "name": platform.python_implementation(),
            "version": platform.python_version(),
            "licenses": [{"license": {"id": "PSF-2.0"}}],
        }
    )
    identity = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([version, epoch, components]))
    program = {"type": "application", "bom-ref": "bsr", "name": "bsr", "version": version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{identity}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**program, "licenses": [{"license": {"id": "MIT"}}]},
        },
        "components": components,
        "dependencies": [{"ref": "bsr", "dependsOn": [each["bom-ref"] for each in components]}],
    }


def write(file: Path, *contents: Any) -> Path:
    """Write the bill of some contents into a file; return the file."""
    file.write_text(json.dumps(bill(*contents), indent=2) + "\n")
    return file


def _distribution(distribution: metadata.Distribution) -> dict[str, Any]:
    name = distribution.metadata["Name"]
    component = _library(name, distribution.version, "pypi")
    told = distribution.metadata.get("License-Expression")
    if told:
        component["licenses"] = [{"expression": told}]
    return component


def _library(name: str, version: str, kind: str) -> dict[str, Any]:
    """Return a library by its package URL, whose kind says where it comes from."""
    where = f"pkg:{kind}/{name.lower().replace('_', '-')}@{quote(version)}"
    return {"type": "library", "bom-ref": where, "name": name, "version": version, "purl": where}
