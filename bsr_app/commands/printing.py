"""What several commands print: times and sizes as people say them, and JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bsr.engine.jobs.job import JobResult


def duration(seconds: float) -> str:
    """Write a time as people say it, e.g. "4.2 s", "59 s", "3 min 05 s" or "2 h 10 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def size(number: int) -> str:
    """Write a number of bytes as people say it, e.g. "263 kB" or "1.5 GB"."""
    value, unit = float(number), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 999.5:
            break
        value, unit = value / 1000, larger
    return f"{value:.3g} {unit}"


def job_object(result: JobResult) -> dict[str, Any]:
    """Return what `--json` tells of a finished job."""
    return {
        "input": str(result.job.input),
        "output": None if result.output is None else str(result.output),
        "model": result.model,
        "weights": result.weights,
        "seconds": round(result.seconds, 3),
        "megapixels": round(result.megapixels, 6),
        "status": result.status.value,
        "error": result.error,
        "kept": list(result.kept),
        "left_out": list(result.lost),
        "frames": result.frames,
    }


def print_json(value: object, indent: int | None = None) -> None:
    """Print a value on stdout at once, so that a reader of a pipe can follow.

    Args:
        value: of what JSON knows.
        indent: None writes a single line.
    """
    print(json.dumps(value, indent=indent), flush=True)
