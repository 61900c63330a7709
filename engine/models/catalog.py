"""The installed models: those that came with the program and those that the user imported.

A folder holds files named `<id>-<weights>.safetensors`; one that serves several scales has a card
for each, and their ids add the scale to the file's.  Nothing is remembered between calls but
the few models that were loaded last: a file that appears or goes is noticed at once.
"""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.resources import FOLDER

from ..disk import read_file, take_name, write_file
from ..errors import BsrError, ModelFileError, Sentence, system_reason
from ..networks import FOR_COMPARISON, rank
from ..user_folders import user_folder
from . import CLEAN, FAMILIES, WEIGHTS

if TYPE_CHECKING:
    from .card import ModelCard
    from .model import Model

BUNDLED_MODELS = FOLDER / "models"
SUFFIX = ".safetensors"
DEFAULT_SCALE = 4
LOADED_MODELS = 3
READ_FILES = 200


def default_catalog(user: str | Path | None = None) -> Catalog:
    """Return the program's models and the user's own.

    Args:
        user: folder of imported models, or None for the usual one of this system.
    """
    return Catalog(BUNDLED_MODELS, user or user_models_folder())


def user_models_folder() -> Path:
    """Return the folder where imported models are kept; it may not exist yet."""
    return user_folder("data") / "models"


class Catalog:
    """The models of two folders; may be shared between threads."""

    def __init__(self, bundled: str | Path, user: str | Path) -> None:
        """Look at no file yet.

        Args:
            bundled: folder of the models that came with the program; never written.
            user: folder of imported models; created by the first import.
        """
        self._bundled = Path(bundled)
        self._user = Path(user)
        self._load = lru_cache(LOADED_MODELS)(_load_file)
        self._read = lru_cache(READ_FILES)(_read_file)

    @property
    def user_folder(self) -> Path:
        """Where imported models are kept; it may not exist yet."""
        return self._user

    def cards(self) -> list[ModelCard]:
        """Return the readable models, the program's before the user's, each part by id."""
        return self._scan()[0]

    def problems(self) -> list[tuple[Path, str]]:
        """Return the files that are not a usable model, each with the reason."""
        return self._scan()[1]

    def find(self, model_id: str, weights: str) -> ModelCard:
        """Return the model with this id and kind of weights.

        Raises:
            BsrError: there is none; the message names what is installed.
        """
        cards, problems = self._scan()
        for card in cards:
            if card.key == (model_id, weights):
                return card
        raise BsrError(
            "There is no model {model} with {weights} weights. {installed}",
            model=repr(model_id),
            weights=weights,
            installed=_installed(cards, problems),
        )

    def choose(
        self, scale: float | None, weights: str = "binary", family: str = CLEAN
    ) -> ModelCard:
        """Return the model of a family that suits a scale best.

        Networks that are there for comparison serve only where no better one is installed.  Then
        the exact scale is best, then the next larger (its result is reduced), then the largest
        (it runs several times).  Among equals the program's own models come first.

        Args:
            scale: 1..8, or None for the usual one.
            weights: "binary" or "float".
            family: one of FAMILIES.

        Raises:
            BsrError: no such model is installed; the message names what is.
        """
        wanted = scale or DEFAULT_SCALE
        cards, problems = self._scan()
        fitting = [card for card in cards if (card.weights, card.family) == (weights, family)]
        if not fitting:
            raise BsrError(
                "No {family} model has {weights} weights. {installed}",
                family=family,
                weights=weights,
                installed=_installed(cards, problems),
            )

        def order(card: ModelCard) -> tuple[int, bool, float, bool, str]:
            too_small = card.scale < wanted
            return (
                rank(card.network),
                too_small,
                -card.scale if too_small else card.scale,
                self.is_user(card),
                card.id,
            )

        return min(fitting, key=order)

    def load(self, card: ModelCard) -> Model:
        """Return the model of a card; the last few stay in memory.

        Raises:
            ModelFileError: the file is damaged or gone.
        """
        return self._load(card.path, card.sha256, card.scale)

    def verify(self, card: ModelCard) -> None:
        """Read the whole file and compare it with its checksum and its header.

        Raises:
            ModelFileError: the file is damaged or gone; the message says how.
        """
        _load_file(card.path, card.sha256, card.scale)

    def import_file(self, path: str | Path) -> list[ModelCard]:
        """Check a weights file completely, then copy it into the user's folder.

        Returns:
            The cards of what was imported, one for each scale.

        Raises:
            ModelFileError: the file is not a usable model.
            BsrError: a model of this id and kind is installed already, or the copy failed.
        """
        from .model import load_model
        from .weights_file import read_cards

        path = Path(path)
        cards = [load_model(path, card.scale).card for card in read_cards(path)]
        wanted = {card.key for card in cards}
        for other in self.cards():
            if other.key in wanted:
                own = self.is_user(other)
                owner = Sentence("is yours") if own else Sentence("came with the program")
                raise BsrError(
                    "A model {model} with {weights} weights is installed already and {owner}. "
                    "{file} was not imported.",
                    model=other.id,
                    weights=other.weights,
                    owner=owner,
                    file=path,
                )
        target = self._user / f"{cards[0].file_id}-{cards[0].weights}{SUFFIX}"
        _copy(path, target)
        return read_cards(target)

    def remove(self, model_id: str, weights: str | None = None) -> list[Path]:
        """Delete a model that the user imported, or a damaged file of that name.

        Other scales that the model's file serves go with it.

        Args:
            model_id: the model's id.
            weights: only this kind, or None for both.

        Returns:
            The files that were deleted.

        Raises:
            BsrError: there is no such model, or it came with the program.
            OSError: a file cannot be deleted.
        """
        cards, problems = self._scan()
        own = [
            card.path
            for card in cards
            if self.is_user(card) and card.id == model_id and weights in (None, card.weights)
        ]
        names = {model_id, *(f"{model_id}-{kind}" for kind in WEIGHTS if weights in (None, kind))}
        own += [path for path, _ in problems if path.parent == self._user and path.stem in names]
        if not own:
            if any(card.id == model_id for card in cards):
                raise BsrError(
                    "The model {model} came with the program and cannot be removed.", model=model_id
                )
            raise BsrError(
                "There is no model {model} to remove. {installed}",
                model=repr(model_id),
                installed=_installed(cards, problems),
            )
        for path in own:
            path.unlink()
        return own

    def is_user(self, card: ModelCard) -> bool:
        """Return whether the user imported this model."""
        return card.path.parent == self._user

    def is_for_comparison(self, card: ModelCard) -> bool:
        """Return whether a model came with the program only to be measured against."""
        return card.network in FOR_COMPARISON and not self.is_user(card)

    def list_order(self, card: ModelCard) -> tuple[int, int, int, str, str]:
        """Return what lists sort models by: what is for comparison last, then family and scale."""
        compared = rank(card.network) if self.is_for_comparison(card) else 0
        return compared, FAMILIES.index(card.family), card.scale, card.id, card.weights

    def _scan(self) -> tuple[list[ModelCard], list[tuple[Path, str]]]:
        """Return the cards of all good files and the others' reasons; what is new is read."""
        cards: list[ModelCard] = []
        problems: list[tuple[Path, str]] = []
        for folder in (self._bundled, self._user):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                try:
                    cards += self._read(path, _state(path))
                except ModelFileError as error:
                    problems.append((path, str(error)))
        return cards, problems


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written or exchanged; nothing where it cannot be told."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read_file(path: Path, state: tuple[int, ...]) -> tuple[ModelCard, ...]:
    """Return the cards of a file in a state; it is remembered by both."""
    from .weights_file import read_cards

    return tuple(read_cards(path))


def _load_file(path: Path, sha256: str, scale: int) -> Model:
    """Load a model whose card was read before; the checksum tells an exchanged file apart."""
    from .model import load_model

    model = load_model(path, scale)
    if model.card.sha256 != sha256:
        raise ModelFileError(
            "{file}: the file was exchanged while the program was running.", file=path
        )
    return model


def _copy(source: Path, target: Path) -> None:
    """Copy a file so that `target` is there completely or not at all.

    Raises:
        BsrError: the file cannot be copied, or `target` is taken.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with read_file(source) as original:
            write_file(target, lambda file: shutil.copyfileobj(original, file), take_name)
    except OSError as error:
        raise BsrError(
            "{file} cannot be written: {reason}.", file=target, reason=system_reason(error)
        ) from error


def _installed(cards: list[ModelCard], problems: list[tuple[Path, str]]) -> str:
    """Say in a sentence or two what is installed and what of it is damaged."""
    good = ", ".join(f"{card.id} ({card.weights})" for card in cards)
    bad = ", ".join(path.name for path, _ in problems)
    there = Sentence("Installed: {models}.", models=good)
    if not good:
        there = Sentence("No model is installed.")
    return Sentence("{there} Not usable: {files}.", there=there, files=bad) if bad else there
