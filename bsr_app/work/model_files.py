"""What is done with the files of models: importing, checking, measuring their speed.  No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .speeds import measure

if TYPE_CHECKING:
    from bsr.engine.errors import BsrError
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import CancelToken
    from bsr.engine.upscaling.pace import Pace


@dataclass(frozen=True)
class Examined:
    """What the check or the measurement of a model gave.

    Attributes:
        card: of the model.
        problem: what is wrong with its file, "" where nothing is.
        pace: how fast it runs, None where that was not measured.
        threads: that it was measured with.
    """

    card: ModelCard
    problem: str = ""
    pace: Pace | None = None
    threads: int = 0


def import_models(catalog: Catalog, files: Sequence[Path]) -> tuple[list[str], list[BsrError]]:
    """Check model files and copy them into the user's folder; a bad one stops no other.

    Returns:
        The titles of the models, and what kept files out.
    """
    from bsr.engine.errors import BsrError

    titles, errors = [], []
    for file in files:
        try:
            titles += [card.title for card in catalog.import_file(file)]
        except BsrError as error:
            errors.append(error)
    return titles, errors


def check_model(catalog: Catalog, card: ModelCard) -> Examined:
    """Compare a model's file with its checksum."""
    from bsr.engine.errors import ModelFileError

    try:
        catalog.verify(card)
    except ModelFileError as error:
        return Examined(card, problem=str(error))
    return Examined(card)


def measure_model(catalog: Catalog, card: ModelCard, threads: int, cancel: CancelToken) -> Examined:
    """Measure how fast a model runs, unless its file is damaged.

    Raises:
        Cancelled: cancel was asked for.
    """
    from bsr.engine.errors import ModelFileError

    try:
        return Examined(card, pace=measure(catalog, card, threads, cancel), threads=threads)
    except ModelFileError as error:
        return Examined(card, problem=str(error))
