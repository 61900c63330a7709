"""`bsr models`: list, check, import and remove models."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bsr.engine.errors import one_line
from bsr.engine.models import WEIGHTS

from ..process import DONE, FAILED
from . import arguments, shared
from .printing import print_json, size

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog

COLUMNS = ("ID", "WEIGHTS", "FAMILY", "SCALE", "SIZE", "PARAMETERS", "FILE", "PSNR", "LICENCE")
INTACT = "intact"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    _add_json(parser, default=False)
    parser.set_defaults(action=_list)
    actions = parser.add_subparsers(metavar="[ACTION]", help="without one, the models are listed")
    verify = actions.add_parser("verify", help="read every file and compare it with its checksum")
    verify.set_defaults(action=_verify)
    imported = actions.add_parser("import", help="check a weights file and install a copy of it")
    imported.add_argument("file", type=arguments.path, metavar="FILE")
    imported.set_defaults(action=_import)
    removed = actions.add_parser("remove", help="delete the file of a model that you imported")
    removed.add_argument("id", metavar="ID")
    removed.add_argument("--weights", choices=WEIGHTS, help="only this kind (default: both)")
    removed.set_defaults(action=_remove)
    for action in (verify, imported, removed):
        # Suppressed, so that it does not undo a --json that stands before the action.
        _add_json(action, default=argparse.SUPPRESS)


def _add_json(parser: argparse.ArgumentParser, default: object) -> None:
    """Add --json, which counts before an action and after it."""
    parser.add_argument(
        "--json", action="store_true", default=default, help="one JSON array on stdout"
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked with the installed models."""
    code: int = args.action(args, shared.installed_models())
    return code


def model_objects(catalog: Catalog) -> list[dict[str, Any]]:
    """Return what is told of every installed model, after reading its file completely."""
    objects = [_object(card, catalog) for card in catalog.cards()]
    for path, reason in catalog.problems():
        objects.append({"id": path.stem, "path": str(path), "state": "damaged", "error": reason})
    return objects


def _object(card: ModelCard, catalog: Catalog) -> dict[str, Any]:
    """Return what is told of one model."""
    from bsr.engine import ModelFileError

    try:
        catalog.verify(card)
        state, error = INTACT, None
    except ModelFileError as damage:
        state, error = "damaged", str(damage)
    return {
        "id": card.id,
        "weights": card.weights,
        "title": card.title,
        "network": card.network,
        "scale": card.scale,
        "family": card.family,
        "bytes": card.bytes,
        "parameters": card.parameters,
        "sha256": card.sha256,
        "state": state,
        "error": error,
        "scores": card.scores,
        "training": card.training,
        "licence": card.licence,
        "own": catalog.is_user(card),
        "path": str(card.path),
    }


def _list(args: argparse.Namespace, catalog: Catalog) -> int:
    """Print a table, or an array with all that is known."""
    objects = model_objects(catalog)
    if args.json:
        print_json(objects, indent=2)
        return DONE
    rows = [COLUMNS, *(_row(entry) for entry in objects)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    return DONE


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    """Lay one model out for the table."""
    if "weights" not in entry:
        return (one_line(entry["id"]), "", "", "", "", "", entry["state"], "", "")
    scores = ", ".join(
        f"{name} {score['psnr']:.2f}"
        for name, score in entry["scores"].items()
        if "psnr" in score and "bicubic" not in score  # those of pictures that were JPEGs
    )
    return (
        one_line(entry["id"]),
        entry["weights"],
        entry["family"],
        f"x{entry['scale']}",
        size(entry["bytes"]),
        f"{entry['parameters']:,}",
        entry["state"],
        one_line(scores),
        one_line(entry["licence"]),
    )


def _verify(args: argparse.Namespace, catalog: Catalog) -> int:
    """Check every file; code 1 where one is damaged."""
    objects = model_objects(catalog)
    if args.json:
        print_json(objects, indent=2)
    else:
        said = (f"{Path(entry['path']).name}: {entry['error'] or INTACT}" for entry in objects)
        for text in dict.fromkeys(said):  # a file that serves several scales is said once
            print(one_line(text))
    return DONE if all(entry["state"] == INTACT for entry in objects) else FAILED


def _import(args: argparse.Namespace, catalog: Catalog) -> int:
    """Install a copy of a weights file."""
    cards = catalog.import_file(args.file)
    if args.json:
        objects = [
            {"id": one.id, "weights": one.weights, "scale": one.scale, "path": str(one.path)}
            for one in cards
        ]
        print_json(objects, indent=2)
        return DONE
    for card in cards:
        print(one_line(f"Imported {card.id} ({card.weights}, x{card.scale}): {card.path}"))
    return DONE


def _remove(args: argparse.Namespace, catalog: Catalog) -> int:
    """Delete a model of the user's own."""
    removed = catalog.remove(args.id, args.weights)
    if args.json:
        print_json([{"path": str(path)} for path in removed], indent=2)
        return DONE
    for path in removed:
        print(one_line(f"Removed {path}"))
    return DONE
