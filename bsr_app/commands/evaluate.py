"""`bsr evaluate`: measure a model's quality on a folder of pictures."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from bsr.engine.disk import is_folder
from bsr.engine.errors import one_line
from bsr.engine.models import WEIGHTS
from bsr.engine.upscaling.goal import LARGEST_SCALE

from ..process import DONE, INTERRUPTED
from . import arguments, shared
from .printing import print_json
from .progress_bar import ProgressBar

if TYPE_CHECKING:
    from bsr.engine.quality.evaluate import Evaluation, PictureScore

HEADINGS = f"{'PSNR':>7} {'SSIM':>7}  {'bicubic':>7} {'SSIM':>7}  {'s/megapixel':>11}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("--model", required=True, metavar="ID", help="a model of `bsr models`")
    parser.add_argument("--weights", choices=WEIGHTS, default=WEIGHTS[0], help="default: binary")
    parser.add_argument(
        "--data",
        required=True,
        type=arguments.path,
        metavar="DIR",
        help="pictures of high resolution",
    )
    parser.add_argument(
        "--lr-data",
        type=arguments.path,
        metavar="DIR",
        help="their small versions (default: made by bicubic reduction)",
    )
    parser.add_argument(
        "--scale",
        type=arguments.number("scale", int, 2, LARGEST_SCALE),
        metavar="N",
        help=f"2 to {LARGEST_SCALE} (default: the model's own)",
    )
    parser.add_argument(
        "--jpeg",
        type=arguments.number("quality", int, 1, 100),
        metavar="QUALITY",
        help="save the small versions as JPEG of this quality first",
    )
    arguments.add_threads_argument(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")


def run(args: argparse.Namespace) -> int:
    """Measure; print one row per picture, then the mean."""
    from bsr.engine import BsrError, Cancelled, CancelToken
    from bsr.engine.quality.evaluate import evaluate

    for folder in (args.data, args.lr_data):
        if folder is not None and not is_folder(folder):
            args.parser.error(f"{folder} is not a folder")
    catalog = shared.installed_models()
    try:
        card = catalog.find(args.model, args.weights)
    except BsrError as error:
        args.parser.error(str(error))
    model = catalog.load(card)
    shared.prepare_kernels(ProgressBar(sys.stderr), quiet=False)
    if not args.json:
        print(f"{HEADINGS}  picture", flush=True)
    cancel = CancelToken()
    with shared.cancel_on_signals(cancel):
        try:
            scores = evaluate(
                model,
                args.data,
                args.lr_data,
                args.scale,
                jpeg_quality=args.jpeg,
                threads=args.threads,
                on_result=None if args.json else _print_score,
                cancel=cancel,
            )
        except Cancelled:
            return INTERRUPTED
    if args.json:
        print_json(_object(scores), indent=2)
    else:
        print(_row(scores, scores.seconds_per_megapixel, f"mean of {len(scores.pictures)}"))
    return DONE


def _print_score(score: PictureScore) -> None:
    """Print the row of one picture as soon as it is known."""
    print(_row(score, score.seconds / score.megapixels, one_line(score.name)), flush=True)


def _row(score: PictureScore | Evaluation, seconds_per_megapixel: float, name: str) -> str:
    """Lay scores out for the table."""
    return (
        f"{score.psnr:7.2f} {score.ssim:7.4f}  {score.bicubic_psnr:7.2f} {score.bicubic_ssim:7.4f}"
        f"  {seconds_per_megapixel:11.2f}  {name}"
    )


def _object(scores: Evaluation) -> dict[str, object]:
    """Return the report as what JSON knows: an infinite PSNR, of equal pictures, becomes null."""
    means = {
        "psnr": scores.psnr,
        "ssim": scores.ssim,
        "bicubic_psnr": scores.bicubic_psnr,
        "bicubic_ssim": scores.bicubic_ssim,
        "seconds_per_megapixel": scores.seconds_per_megapixel,
    }
    return {
        "model": scores.model,
        "weights": scores.weights,
        "scale": scores.scale,
        **_finite(means),
        "pictures": [_finite(asdict(score)) for score in scores.pictures],
    }


def _finite(values: Mapping[str, object]) -> dict[str, object]:
    """Replace what JSON cannot write."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in values.items()
    }
