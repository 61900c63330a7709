"""Which models make a picture: the one that was named, else the family that suits the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import BsrError
from ..models import JPEG

if TYPE_CHECKING:
    from ..images.compression import Compression
    from ..models.card import ModelCard
    from ..models.catalog import Catalog
    from ..picture import Picture
    from ..progress import CancelToken

AUTOMATIC = "automatic"
WHOLE = 100  # percent

Parts = dict[tuple[str, str], "Picture"]
"""Id and checksum of a model -> what it made of a picture."""


def part_key(card: ModelCard) -> tuple[str, str]:
    """Return under which key parts hold what a model made."""
    return card.id, card.sha256


@dataclass(frozen=True)
class Mix:
    """What makes the result of one picture.

    Attributes:
        card: the model that runs.
        other: a model whose result is mixed in, or None.
        percent: of the first model's result in the mixture.
    """

    card: ModelCard
    other: ModelCard | None = None
    percent: int = WHOLE

    @property
    def cards(self) -> list[ModelCard]:
        """The models that run."""
        return [self.card] if self.other is None else [self.card, self.other]

    def missing(self, parts: Parts) -> list[ModelCard]:
        """Return the models of which nothing is there yet."""
        return [card for card in self.cards if part_key(card) not in parts]

    def result(
        self, made: Callable[[ModelCard], Picture], cancel: CancelToken | None = None
    ) -> Picture:
        """Return what the models make together.

        Args:
            made: returns what a model makes alone.
            cancel: looked at while it is mixed.

        Raises:
            Cancelled: it was cancelled.
        """
        from ..upscaling.mix import mixed

        first = made(self.card)
        if self.other is None:
            return first
        return mixed(first, made(self.other), self.percent, cancel)


@dataclass(frozen=True)
class ModelChoice:
    """What a picture's result is made with, before the picture is known.

    Attributes:
        plain: for pictures that show no artefacts of compression.
        compressed: for those that do.
    """

    plain: Mix
    compressed: Mix

    @property
    def depends(self) -> bool:
        """Whether the picture decides."""
        return self.plain != self.compressed

    @property
    def card(self) -> ModelCard:
        """The model that stands for all: of their scale, and of about their speed."""
        return self.plain.card

    @property
    def name(self) -> str:
        """What stands for the model in the name of a result."""
        return AUTOMATIC if self.depends else self.card.id

    @property
    def cards(self) -> list[ModelCard]:
        """Every model that may run, the first one of all first."""
        more = [card for card in self.compressed.cards if card not in self.plain.cards]
        return [*self.plain.cards, *more]

    def for_picture(self, picture: Picture) -> Mix:
        """Return what makes the result of this picture."""
        from ..images.compression import compression_of

        return self.after(compression_of(picture)) if self.depends else self.plain

    def after(self, compression: Compression | None) -> Mix:
        """Return what makes the result of a picture that was looked at; None for not yet."""
        visible = compression is not None and compression.visible
        return self.compressed if visible else self.plain


def choose_models(
    catalog: Catalog,
    scale: float | None,
    model_id: str | None = None,
    weights: str = "binary",
    family: str | None = None,
    clean_up: int = WHOLE,
) -> ModelChoice:
    """Find the models that may run.

    Args:
        catalog: the installed models.
        scale: 1..8, or None for the usual one.
        model_id: only this model, whatever its family, or None.
        weights: "binary" or "float".
        family: one of models.FAMILIES, or None: JPEG where the picture shows artefacts and such a
            model is installed, else clean.
        clean_up: percent of what the JPEG model makes in the result, 0..100; the rest is what the
            clean one makes.

    Raises:
        BsrError: no such model is installed; the message names what is.
    """
    if model_id is not None:
        return _always(Mix(catalog.find(model_id, weights)))
    if family not in (None, JPEG):
        return _always(Mix(catalog.choose(scale, weights, family)))
    if family == JPEG:
        jpeg = catalog.choose(scale, weights, JPEG)
        clean = None if clean_up == WHOLE else catalog.choose(scale or jpeg.scale, weights)
        return _always(_mix_of(jpeg, clean, clean_up))
    clean = catalog.choose(scale, weights)
    try:
        jpeg = catalog.choose(scale or clean.scale, weights, JPEG)
    except BsrError:
        return _always(Mix(clean))
    return ModelChoice(Mix(clean), _mix_of(jpeg, clean, clean_up))


def _always(mix: Mix) -> ModelChoice:
    return ModelChoice(mix, mix)


def _mix_of(jpeg: ModelCard, clean: ModelCard | None, clean_up: int) -> Mix:
    """Leave out what would not be seen."""
    if clean is None or clean_up == WHOLE:
        return Mix(jpeg)
    return Mix(jpeg, clean, clean_up) if clean_up else Mix(clean)
