"""`bsr selftest`: compare the kernels with their reference and time the models."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bsr.engine.errors import one_line

from ..process import DONE, FAILED
from . import arguments, shared
from .printing import print_json
from .progress_bar import ProgressBar

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog

KERNEL_COLUMNS = f"{'KERNEL':24} {'CASES':>6} {'ERROR':>9}  RESULT"
MODEL_COLUMNS = f"{'MODEL':24} {'WEIGHTS':8} SECONDS PER MEGAPIXEL OF THE RESULT"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    arguments.add_threads_argument(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    """Check and measure; code 1 where a kernel errs or a model cannot be loaded."""
    shared.prepare_kernels(ProgressBar(sys.stderr), quiet=args.json)
    kernels = _shown(_kernels(), None if args.json else KERNEL_COLUMNS)
    if not args.json:
        print()
    catalog = shared.installed_models()
    models = _shown(_models(catalog, args.threads), None if args.json else MODEL_COLUMNS)
    if args.json:
        print_json({"kernels": kernels, "models": models}, indent=2)
    good = all(kernel["passed"] for kernel in kernels) and not any(
        model["error"] for model in models
    )
    return DONE if good else FAILED


def _shown(objects: Iterable[dict[str, Any]], heading: str | None) -> list[dict[str, Any]]:
    """Collect objects; under a heading, print each as soon as it is known."""
    if heading is not None:
        print(heading, flush=True)
    collected = []
    for entry in objects:
        collected.append(entry)
        if heading is not None:
            print(_row(entry), flush=True)
    return collected


def _row(entry: dict[str, Any]) -> str:
    """Lay a kernel or a model out for its table."""
    if "kernel" in entry:
        error = "undefined" if entry["error"] is None else f"{entry['error']:.2g}"
        result = "ok" if entry["passed"] else "WRONG"
        return f"{entry['kernel']:24} {entry['cases']:6} {error:>9}  {result}"
    speed = one_line(entry["error"] or f"{entry['seconds_per_megapixel']:.3f}")
    return f"{entry['id']:24} {entry['weights']:8} {speed}"


def _kernels() -> Iterator[dict[str, Any]]:
    """Check kernel after kernel; an error that is not a number becomes null."""
    from bsr.engine.verification.selftest import check_kernels

    for check in check_kernels():
        yield {
            "kernel": check.name,
            "cases": check.cases,
            "error": check.error if math.isfinite(check.error) else None,
            "passed": check.passed,
        }


def _models(catalog: Catalog, threads: int | None) -> Iterator[dict[str, Any]]:
    """Measure model after model."""
    from bsr.engine import ModelFileError
    from bsr.engine.machine import cores
    from bsr.engine.upscaling.pace import measure_pace, seconds_per_megapixel

    threads = cores() if threads is None else threads
    for card in catalog.cards():
        seconds, error = None, None
        try:
            pace = measure_pace(catalog.load(card), threads)
            seconds = seconds_per_megapixel(pace, card, threads)
        except ModelFileError as damage:
            error = str(damage)
        yield {
            "id": card.id,
            "weights": card.weights,
            "seconds_per_megapixel": seconds,
            "error": error,
        }
    for path, problem in catalog.problems():
        yield {
            "id": one_line(path.name),
            "weights": "",
            "seconds_per_megapixel": None,
            "error": problem,
        }
