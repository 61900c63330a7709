"""What the header of a weights file says of its models: written, and checked when it is read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import ModelFileError
from ..networks import NETWORKS, current_name
from . import CLEAN, FAMILIES, WEIGHTS

FORMAT = 1
"""The version of the format that is written, and the newest that is read."""

METADATA = "__metadata__"
"""Where a header keeps what is not an array."""

_KEYS = ("id", "weights", "title", "network", "config", "scale", "licence", "training", "scores")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SCALES = re.compile(r"[2-9](,[2-9]){0,7}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_SCORE = 1e6

Scores = dict[str, dict[str, float]]


@dataclass(frozen=True)
class ModelDescription:
    """What is written into the header of a weights file; a ModelCard is what is read of it.

    Attributes:
        id: as in ModelCard; of several scales what comes before "-x2".
        weights: "binary" or "float".
        title: for people; of several scales what comes before " x2".
        network: a name in bsr.engine.networks.
        config: of the network; of several scales without one.
        scales: the factors, in rising order.
        licence: of the weights.
        training: with what they were trained.
        scores: scale -> data set -> measure -> mean, of the scales that were measured.
        family: one of FAMILIES.
    """

    id: str
    weights: str
    title: str
    network: str
    config: Mapping[str, Any]
    scales: tuple[int, ...]
    licence: str
    training: str
    scores: Mapping[int, Scores] = field(default_factory=dict)
    family: str = CLEAN


@dataclass(frozen=True)
class ModelCard:
    """What a weights file says of itself in its header, of one scale that it serves.

    Attributes:
        id: of the model; its binary and float weights share it.
        weights: "binary" or "float".
        title: for people.
        network, config: which network of bsr.engine.networks, and its shape.
        scale: the factor.
        scales: all that the file serves, each with a card of its own.
        licence, training: of the weights; with what they were trained.
        scores: data set -> measure ("psnr", "ssim") -> mean on the luma channel.
        family: one of FAMILIES, what it is for.
        parameters: how many weights; a packed sign counts as one.
        bytes: of the file.
        sha256: the checksum that the file claims.
        path: of the file.
    """

    id: str
    weights: str
    title: str
    network: str
    config: dict[str, Any]
    scale: int
    scales: tuple[int, ...]
    licence: str
    training: str
    scores: Scores
    family: str
    parameters: int
    bytes: int
    sha256: str
    path: Path

    @property
    def key(self) -> tuple[str, str]:
        """What the model is known by: its id and its kind of weights."""
        return self.id, self.weights

    @property
    def has_binary_layers(self) -> bool:
        """Whether layers take signs: binary weights alone save memory, but no time."""
        precision = self.config.get("precision")
        return precision == "binary" or (isinstance(precision, list) and "binary" in precision)

    @property
    def file_id(self) -> str:
        """What its file goes by: the id, without the scale where the file serves several."""
        return self.id.removesuffix(f"-x{self.scale}") if len(self.scales) > 1 else self.id


def cards_of(path: Path, header: Mapping[str, Any], size: int) -> list[ModelCard]:
    """Return the cards of a weights file, one for each scale that it serves.

    Args:
        path: of the file.
        header: whose arrays are sound, and whose metadata are texts.
        size: of the file in bytes.

    Raises:
        ModelFileError: the header is of another version, damaged, or of a network unknown here.
    """
    metadata = header[METADATA]
    _check_known(path, metadata)
    try:
        config, scales, scores = _details(metadata)
    except (ValueError, RecursionError):
        raise ModelFileError(
            "{file} is damaged: its header makes no sense.", file=path.name
        ) from None
    try:
        network, config = current_name(metadata["network"], config)
    except ValueError as error:
        raise ModelFileError(
            "{file} does not describe a network: {problem}.", file=path.name, problem=error
        ) from None
    several = len(scales) > 1
    return [
        ModelCard(
            id=metadata["id"] + (f"-x{scale}" if several else ""),
            weights=metadata["weights"],
            title=metadata["title"] + (f" x{scale}" if several else ""),
            network=network,
            config=config_of(config, scale, scales),
            scale=scale,
            scales=scales,
            licence=metadata["licence"],
            training=metadata["training"],
            scores=of_scale,
            family=metadata.get("family", CLEAN),
            parameters=_parameters(header),
            bytes=size,
            sha256=metadata["sha256"],
            path=path,
        )
        for scale, of_scale in zip(scales, scores, strict=True)
    ]


def metadata_of(description: ModelDescription) -> dict[str, str]:
    """Return what a header says of the models in its file, from which `cards_of` makes their cards.

    Args:
        description: of the file.
    """
    first, *more = description.scales
    scores = description.scores if more else description.scores.get(first, {})
    return {
        "format": str(FORMAT),
        "id": description.id,
        "weights": description.weights,
        "title": description.title,
        "network": description.network,
        "config": json.dumps(dict(description.config)),
        "scale": ",".join(map(str, description.scales)),
        "licence": description.licence,
        "training": description.training,
        "scores": json.dumps(dict(scores)),
        **({} if description.family == CLEAN else {"family": description.family}),
    }


def config_of(config: Mapping[str, Any], scale: int, scales: tuple[int, ...]) -> dict[str, Any]:
    """Return the configuration of one of a file's scales."""
    return {**config, "scale": scale} if len(scales) > 1 else dict(config)


def _check_known(path: Path, metadata: Mapping[str, str]) -> None:
    """Refuse another version of the format, a header that lacks something, an unknown network."""
    version = metadata.get("format", "none")
    if version != str(FORMAT):
        raise ModelFileError(
            "{file} is of format version {version}; this program reads {known}.",
            file=path.name,
            version=version[:20],
            known=FORMAT,
        )
    for key in (*_KEYS, "sha256"):
        if key not in metadata:
            raise ModelFileError(
                "{file} is damaged: its header lacks {key}.", file=path.name, key=repr(key)
            )
    if metadata["network"] not in NETWORKS:
        raise ModelFileError(
            "{file} needs the network {network}, unknown here.",
            file=path.name,
            network=repr(metadata["network"][:40]),
        )


def _details(
    metadata: Mapping[str, str],
) -> tuple[dict[str, Any], tuple[int, ...], list[Scores]]:
    """Return the configuration, the factors, and the scores of each factor.

    Raises:
        ValueError: these, or the shorter texts beside them, make no sense.
    """
    named = _ID.fullmatch(metadata["id"]) and _SHA256.fullmatch(metadata["sha256"])
    known = metadata["weights"] in WEIGHTS and metadata.get("family", CLEAN) in FAMILIES
    config = json.loads(metadata["config"])
    if not (named and known and isinstance(config, dict)):
        raise ValueError("this is no card")
    scales = _parse_scales(metadata["scale"])
    return config, scales, _parse_scores(metadata["scores"], scales)


def _parse_scales(text: str) -> tuple[int, ...]:
    """Return the factors in rising order, of which there may be several below ten.

    Raises:
        ValueError: the text is something else.
    """
    if not _SCALES.fullmatch(text):
        raise ValueError("these are not factors")
    scales = tuple(map(int, text.split(",")))
    if list(scales) != sorted(set(scales)):
        raise ValueError("these are not factors in rising order")
    return scales


def _parse_scores(text: str, scales: tuple[int, ...]) -> list[Scores]:
    """Return the scores of each factor.

    Raises:
        ValueError: the text is something else.
    """
    scores = json.loads(text)
    if not isinstance(scores, dict):
        raise ValueError("these are not scores")
    by_scale = [scores] if len(scales) == 1 else [scores.get(str(one), {}) for one in scales]
    if not all(map(_are_sound, by_scale)):
        raise ValueError("these are not scores")
    return by_scale


def _are_sound(scores: object) -> bool:
    return isinstance(scores, dict) and all(
        isinstance(values, dict) and all(map(_is_score, values.values()))
        for values in scores.values()
    )


def _is_score(value: object) -> bool:
    return isinstance(value, int | float) and -_LARGEST_SCORE < value < _LARGEST_SCORE


def _parameters(header: Mapping[str, Any]) -> int:
    """Return how many weights the arrays hold; a byte holds eight signs."""
    arrays = [entry for name, entry in header.items() if name != METADATA]
    return sum(math.prod(entry["shape"]) * (8 if entry["dtype"] == "U8" else 1) for entry in arrays)
