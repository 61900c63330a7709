"""`bsr doctor`: what this machine and installation are, for bug reports."""

from __future__ import annotations

import argparse
import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from bsr import __version__, paths
from bsr.engine.disk import existing_folder
from bsr.engine.errors import one_line

from ..process import DONE
from . import shared
from .models import model_objects
from .printing import print_json, size

PACKAGES = (
    "numpy",
    "numba",
    "llvmlite",
    "opencv-python-headless",
    "pillow",
    "safetensors",
    "psutil",
    "platformdirs",
    "PySide6-Essentials",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    """Print everything that a bug report should tell."""
    report = examine()
    if args.json:
        print_json(report, indent=2)
        return DONE
    for key, value in report.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for name, detail in value.items():
                print(f"  {name}: {one_line(_text(detail))}")
        else:
            print(f"{key}: {one_line(_text(value))}")
    return DONE


def examine() -> dict[str, Any]:
    """Collect what is known, as what JSON knows."""
    from bsr.engine import machine

    memory = machine.memory()
    catalog = shared.installed_models()
    return {
        "bsr": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.platform(),
        "packages": {name: _version(name) for name in PACKAGES},
        "processor": machine.processor_name(),
        "cores": {"for this program": machine.cores(), "physical": machine.physical_cores()},
        "instruction sets": machine.processor_features(),
        "memory": {"total": size(memory.total), "available": size(memory.available)},
        "kernels": _kernels(),
        "folders": {
            "log": _folder(paths.log_folder()),
            "settings": _folder(paths.config_folder()),
            "cache": _folder(paths.cache_folder()),
            "own models": _folder(catalog.user_folder),
        },
        "models": {
            Path(entry["path"]).name: entry["error"] or entry["state"]
            for entry in model_objects(catalog)
        },
    }


def _kernels() -> str:
    """Say whether the kernels can be loaded, whether they are compiled, and where they are kept."""
    try:
        from bsr.engine.kernels import cache
        from bsr.engine.upscaling.warm_up import kernels_are_ready
    except ImportError as error:
        return f"cannot be loaded: {error}"
    state = "compiled" if kernels_are_ready() else "not compiled yet"
    return f"{state}, in {_folder(cache.folder())}"


def _text(value: object) -> str:
    """Write a value for the user."""
    if value is None:
        return "unknown"
    return " ".join(value) if isinstance(value, list) else str(value)


def _version(package: str) -> str | None:
    """Return the version of an installed package without importing it."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _folder(path: Path) -> str:
    """Say where a folder is and whether it can be written, or made."""
    existing = existing_folder(path)
    can = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    state = "writable" if can else "NOT writable"
    return f"{path} ({state}{'' if existing == path else ', not made yet'})"
