"""`bsr bench`: measure this machine and predict how long pictures will take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from math import sqrt
from typing import TYPE_CHECKING, Any

from bsr.engine.errors import one_line
from bsr.engine.models import WEIGHTS

from ..process import DONE, FAILED
from . import arguments, shared
from .printing import print_json
from .progress_bar import ProgressBar

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog

MEGAPIXELS = (0.01, 0.1, 1.0, 12.0, 24.0, 60.0)
ASPECT = 1.5
NAMES = f"{'MODEL':24} {'WEIGHTS':8} {'SCALE':>5}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--model", metavar="ID", help="only this model (default: all)")
    parser.add_argument("--weights", choices=WEIGHTS, help="only this kind (default: both)")
    arguments.add_threads_argument(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    """Measure and predict; code 1 where a model cannot be loaded."""
    from bsr.engine.machine import cores, processor_name

    catalog = shared.installed_models()
    cards = [
        card
        for card in catalog.cards()
        if args.model in (None, card.id) and args.weights in (None, card.weights)
    ]
    if not cards:
        args.parser.error("no such model is installed; `bsr models` lists what is")
    threads = args.threads or cores()
    shared.prepare_kernels(ProgressBar(sys.stderr), quiet=args.json)
    if not args.json:
        print(f"Threads: {threads}, {one_line(processor_name())}.  Seconds for a picture of")
        print(NAMES + "".join(f"{f'{size:g} MP':>10}" for size in MEGAPIXELS), flush=True)
    measured = []
    for entry in _models(catalog, cards, threads):
        measured.append(entry)
        if not args.json:
            print(_row(entry), flush=True)
    if args.json:
        machine = {"processor": processor_name(), "threads": threads}
        print_json({**machine, "models": measured}, indent=2)
    else:
        print("Reading and writing the files comes on top.")
    return FAILED if any(entry["error"] for entry in measured) else DONE


def _models(catalog: Catalog, cards: list[ModelCard], threads: int) -> Iterator[dict[str, Any]]:
    """Measure model after model."""
    from bsr.engine import ModelFileError
    from bsr.engine.upscaling.pace import measure_pace, predict

    for card in cards:
        entry: dict[str, Any] = {"id": card.id, "weights": card.weights, "scale": card.scale}
        try:
            pace = measure_pace(catalog.load(card), threads)
        except ModelFileError as damage:
            yield {**entry, "pace": None, "seconds": None, "error": str(damage)}
            continue
        seconds = {
            f"{size:g}": predict(pace, card, *_sides(size), card.scale, threads)
            for size in MEGAPIXELS
        }
        yield {**entry, "pace": asdict(pace), "seconds": seconds, "error": None}


def _sides(megapixels: float) -> tuple[int, int]:
    """Return the height and width of a picture three wide and two high."""
    height = sqrt(1e6 * megapixels / ASPECT)
    return round(height), round(ASPECT * height)


def _row(entry: dict[str, Any]) -> str:
    """Lay a model out for the table."""
    name = f"{entry['id']:24} {entry['weights']:8} {'x' + str(entry['scale']):>5}"
    if entry["error"]:
        return f"{name}  {one_line(entry['error'])}"
    return name + "".join(f"{seconds:10.3g}" for seconds in entry["seconds"].values())
