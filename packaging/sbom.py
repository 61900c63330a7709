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


def bill(version: str, shipped: Iterable[metadata.Distribution], epoch: int) -> dict[str, Any]:
    """Return the bill as what JSON knows.

    Args:
        version: of BSR.
        shipped: the distributions that the program contains.
        epoch: the time of the build in seconds since 1970.
    """
    components = [_component(each) for each in shipped]
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


def write(file: Path, version: str, shipped: Iterable[metadata.Distribution], epoch: int) -> Path:
    """Write the bill into a file; return the file."""
    file.write_text(json.dumps(bill(version, shipped, epoch), indent=2) + "\n")
    return file


def _component(distribution: metadata.Distribution) -> dict[str, Any]:
    name, version = distribution.metadata["Name"], distribution.version
    where = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    component = {
        "type": "library",
        "bom-ref": where,
        "name": name,
        "version": version,
        "purl": where,
    }
    told = distribution.metadata.get("License-Expression")
    if told:
        component["licenses"] = [{"expression": told}]
    return component
