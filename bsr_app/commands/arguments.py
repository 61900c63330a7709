"""Options that several commands take, and how what is written for them is read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine.images import DEFAULT_QUALITY, FORMATS, known_format
from bsr.engine.jobs.model_choice import AUTOMATIC, WHOLE
from bsr.engine.models import FAMILIES, WEIGHTS
from bsr.engine.upscaling.goal import (
    LARGEST_MEGAPIXELS,
    LARGEST_SCALE,
    LARGEST_SIDE,
    SMALLEST_SCALE,
    Goal,
    parse_box,
    parse_print,
)

if TYPE_CHECKING:
    from bsr.engine.jobs.model_choice import ModelChoice
    from bsr.engine.models.catalog import Catalog


def add_work_arguments(parser: argparse.ArgumentParser, usual_format: str) -> None:
    """Add the options of the model and of the result, the same for one picture and for many.

    Args:
        parser: of the command.
        usual_format: says which format is chosen without --format.
    """
    _add_size_arguments(parser.add_mutually_exclusive_group())
    parser.add_argument(
        "--model",
        metavar="ID",
        help="a model that `bsr models` lists; wins over --family and --clean-up",
    )
    parser.add_argument(
        "--weights", choices=WEIGHTS, default=WEIGHTS[0], help="kind of weights (default: binary)"
    )
    _add_family_arguments(parser)
    add_threads_argument(parser)
    parser.add_argument(
        "--format",
        type=_format_name,
        choices=list(FORMATS),
        help=f"of the result (default: {usual_format})",
    )
    parser.add_argument(
        "--quality",
        type=number("quality", int, 1, 100),
        default=DEFAULT_QUALITY,
        metavar="Q",
        help=f"1 to 100, for JPEG and WebP (default: {DEFAULT_QUALITY})",
    )


def _add_family_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice between models for pictures of different kinds."""
    parser.add_argument(
        "--family",
        choices=[AUTOMATIC, *FAMILIES],
        default=AUTOMATIC,
        help="what the pictures are: clean, jpeg (artefacts are removed) or to be made sharp "
        "(detail is invented); automatic looks at each picture for artefacts (default)",
    )
    parser.add_argument(
        "--clean-up",
        type=number("clean-up", int, 0, WHOLE),
        default=WHOLE,
        metavar="PERCENT",
        help=f"how far artefacts of JPEG are removed, 0 to {WHOLE} (default: {WHOLE})",
    )


def model_choice(args: argparse.Namespace, catalog: Catalog) -> ModelChoice:
    """Return the models that the arguments ask for; end with a usage error where there are none."""
    from bsr.engine import BsrError
    from bsr.engine.jobs.model_choice import choose_models

    try:
        return choose_models(
            catalog, args.scale, args.model, args.weights, family(args), args.clean_up
        )
    except BsrError as error:
        args.parser.error(str(error))
        raise  # never: the line above ends the program


def family(args: argparse.Namespace) -> str | None:
    """Return the family that was named, None where each picture decides."""
    named: str = args.family
    return None if named == AUTOMATIC else named


def _add_size_arguments(sizes: argparse._MutuallyExclusiveGroup) -> None:
    """Add the ways to say how large the results are to be, of which one can be used."""
    sizes.add_argument(
        "--scale",
        type=number("scale", float, SMALLEST_SCALE, LARGEST_SCALE),
        metavar="N",
        help=f"times larger, at most {LARGEST_SCALE}, e.g. 2.5 (default: the model's own scale)",
    )
    pixels = number("number of pixels", int, 1, LARGEST_SIDE)
    area = number("number of megapixels", float, 0.001, LARGEST_MEGAPIXELS)
    for option, type, metavar, text in (
        ("--width", lambda text: Goal(width=int(pixels(text))), "N", "as many pixels wide"),
        ("--height", lambda text: Goal(height=int(pixels(text))), "N", "as many pixels high"),
        ("--fit", _parsed(parse_box, "1920x1080"), "WxH", "as large as fits, e.g. 1920x1080"),
        ("--megapixels", lambda text: Goal(megapixels=area(text)), "N", "of that area"),
        (
            "--print",
            _parsed(parse_print, "30x20cm@300 or 8x10in@240"),
            "SIZE",
            "as large as fits on paper, e.g. 30x20cm@300 (the paper may be turned; its dots per "
            "inch are written into the file)",
        ),
    ):
        sizes.add_argument(option, type=type, metavar=metavar, dest="goal", help=text)


def _parsed(parse: Callable[[str], Goal], example: str) -> Callable[[str], Goal]:
    """Return a parser of goals for argparse.

    Args:
        parse: raises ValueError.
        example: told where it does.
    """

    def parsed(text: str) -> Goal:
        try:
            return parse(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"write a size such as {example}, not {text!r}"
            ) from None

    return parsed


def _format_name(text: str) -> str:
    """Return the key in FORMATS of a name or suffix, such as "JPG"; others stay as they are."""
    named = known_format(Path(f"result.{text}"))
    return named.name if named is not None else text.lower()


def add_threads_argument(parser: argparse.ArgumentParser) -> None:
    """Add the number of worker threads."""
    parser.add_argument(
        "--threads",
        type=number("number of threads", int, 1, 1024),
        metavar="N",
        help="threads (default: all cores)",
    )


def path(text: str) -> Path:
    """Return a path of the command line; argparse tells that an empty one means nothing.

    Raises:
        argparse.ArgumentTypeError: it is empty, as where a script's variable is not set.
    """
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def number(
    what: str, kind: Callable[[str], float], least: float, most: float
) -> Callable[[str], float]:
    """Return a parser of numbers for argparse.

    Args:
        what: name of the value in the error.
        kind: int or float.
        least: the smallest value allowed.
        most: the largest value allowed.
    """

    def parse(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(
                f"the {what} must be a number from {least} to {most}, not {text!r}"
            )
        return value

    return parse
