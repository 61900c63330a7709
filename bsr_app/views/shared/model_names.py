"""What models, families and kinds of weights are called, in the language of the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bsr.engine.jobs.model_choice import WHOLE
from bsr.engine.models import CLEAN, JPEG, SHARP

from . import formatting

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard

translate = QCoreApplication.translate


def model_name(model_id: str, title: str) -> str:
    """Return a model's name; its factor and its kind of weights stand beside it.

    The program's own models are named by what they are for.
    """
    known = own_family(model_id)
    return family(known) if known else _bare(title)


def listed_name(card: ModelCard) -> str:
    """Return the name of a model in a list where its factor stands nowhere else."""
    return f"{model_name(card.id, card.title)} · {formatting.factor(card.scale)}"


def own_family(model_id: str) -> str | None:
    """Return the family of one of the program's own models, None for any other model.

    Titles do not tell: those who train with the project's tools get the same ones.
    """
    name = re.sub(r"-x\d+$", "", model_id)
    return {"bsr": CLEAN, "bsr-jpeg": JPEG, "bsr-sharp": SHARP}.get(name)


def _bare(title: str) -> str:
    without_weights = re.sub(r",? \(?(binary|float) weights\)?$", "", title)
    return re.sub(r" [x×]\d+$", "", without_weights)


def family(name: str) -> str:
    """Return the name of a family of models."""
    return {
        CLEAN: translate("words", "Clean"),
        JPEG: translate("words", "JPEG"),
        SHARP: translate("words", "Sharp"),
    }[name]


def purpose(name: str) -> str:
    """Say in a sentence what a family of models is for."""
    return {
        CLEAN: translate("words", "Keeps everything that is in the picture."),
        JPEG: translate("words", "Removes the blocks and smudges of JPEG compression."),
        SHARP: translate("words", "Crisp, with detail that is invented."),
    }[name]


def weights(kind: str) -> str:
    """Return the name of a kind of weights."""
    if kind == "binary":
        return translate("words", "Binary")
    if kind == "float":
        return translate("words", "Float")
    return kind


def made_by(model_id: str, title: str, weights_kind: str, percent: int = WHOLE) -> str:
    """Return what made a picture, e.g. "Clean · Binary" or "JPEG, clean-up 40 % · Binary".

    Args:
        model_id: of the model.
        title: of the model.
        weights_kind: "binary" or "float"; "" of a picture whose making is not known.
        percent: of the model's result in the mixture.
    """
    name = model_name(model_id, title)
    if percent < WHOLE:
        name = translate("words", "{0}, clean-up {1} %").format(name, percent)
    return " · ".join(filter(None, (name, weights(weights_kind))))


def why_not_faster() -> str:
    """Say of binary weights whose layers take no signs that they save memory alone."""
    return translate(
        "words",
        "Smaller than float, but not faster: only the weights are signs, the inputs stay real "
        "numbers.",
    )
