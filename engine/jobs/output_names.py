"""Names of results, filled in from a template."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..errors import BsrError

DEFAULT_TEMPLATE = "{name}_bsr_x{scale}"
PLACEHOLDERS = ("{name}", "{scale}", "{model}", "{weights}", "{index}")
# Most file systems allow 255 bytes; the rest is room for the " (12)" of a name that is taken.
LONGEST_NAME = 244


def output_name(
    input: Path,
    template: str = DEFAULT_TEMPLATE,
    *,
    scale: float | str,
    model: str,
    weights: str,
    index: int = 1,
    suffix: str,
) -> str:
    """Fill in a name template.

    A name too long for the file system is shortened where `{name}` stands.

    Args:
        input: the picture's file; its stem fills `{name}`.
        template: text with any of the PLACEHOLDERS.
        scale: fills `{scale}`, as 4 or 2.5; a goal's label, which no factor's x precedes.
        model: fills `{model}`.
        weights: fills `{weights}`.
        index: fills `{index}`, with at least four digits so that the names sort.
        suffix: of the result, with its dot.

    Returns:
        A file name without folder.

    Raises:
        BsrError: the template has an unknown placeholder or gives no name.
    """
    if isinstance(scale, str):
        template = re.sub(r"(?<![^\W\d_])x(?=\{scale\})", "", template)  # but not that of a word
    values = {
        "name": input.stem,
        "scale": scale if isinstance(scale, str) else f"{scale:g}",
        "model": model,
        "weights": weights,
        "index": f"{index:04}",
    }
    name = _fill(template, values) + suffix
    while len(os.fsencode(name)) > LONGEST_NAME and values["name"]:
        values["name"] = values["name"][:-1]
        name = _fill(template, values) + suffix
    return name


def _fill(template: str, values: dict[str, str]) -> str:
    """Replace every `{placeholder}`; the result is a single part of a path."""

    def value(match: re.Match[str]) -> str:
        try:
            return values[match[1]]
        except KeyError:
            raise BsrError(
                "The name template {template} has the unknown placeholder {placeholder}. Known "
                "are {known}.",
                template=repr(template),
                placeholder=match[0],
                known=", ".join(PLACEHOLDERS),
            ) from None

    name = re.sub(r"[/\\\0]", "_", re.sub(r"\{([^{}]*)\}", value, template))
    if not name.strip(" ."):
        raise BsrError(
            "The name template {template} gives an empty file name.", template=repr(template)
        )
    return name
