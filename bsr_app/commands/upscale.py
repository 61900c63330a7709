"""`bsr upscale`: enlarge pictures."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bsr.engine import ImageFileError
from bsr.engine.batch.scan import path_key
from bsr.engine.disk import is_folder, is_there, numbered
from bsr.engine.errors import one_line
from bsr.engine.images import FALLBACK_FORMAT, FORMATS, format_of

from ..process import DONE, FAILED, INTERRUPTED
from . import arguments, shared
from .printing import duration, job_object, print_json
from .progress_bar import ProgressBar

if TYPE_CHECKING:
    from bsr.engine import CancelToken
    from bsr.engine.jobs.job import IfExists, Job, JobResult
    from bsr.engine.jobs.model_choice import ModelChoice
    from bsr.engine.models.catalog import Catalog


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("inputs", nargs="+", type=arguments.path, metavar="INPUT", help="a picture")
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "-o",
        "--output",
        type=arguments.path,
        metavar="FILE",
        help="the result of a single picture; --format, where given, wins over its suffix",
    )
    output.add_argument(
        "--output-dir",
        type=arguments.path,
        metavar="DIR",
        help="folder of the results (default: beside each picture)",
    )
    arguments.add_work_arguments(parser, "from the suffix of the output, else png")
    parser.add_argument(
        "--if-exists",
        choices=("ask", "skip", "rename", "replace"),
        default="rename",
        help="what to do when the result exists already (default: rename)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per picture on stdout")
    parser.add_argument("--quiet", action="store_true", help="show errors only")


def run(args: argparse.Namespace) -> int:
    """Enlarge one picture after the other; a bad one does not stop the rest."""
    _check_output(args)
    from bsr.engine import CancelToken

    catalog = shared.installed_models()
    choice = arguments.model_choice(args, catalog)
    jobs = [_job(args, source, choice, i) for i, source in enumerate(args.inputs, 1)]
    jobs = _deduplicated(jobs, replacing=args.if_exists in ("ask", "replace"))
    if args.if_exists == "ask":
        jobs = [_ask(job) for job in jobs]
    bar = ProgressBar(sys.stderr, shown=not args.quiet)
    if any(is_there(job.input) and not is_folder(job.input) for job in jobs):
        shared.prepare_kernels(bar, args.quiet)
    cancel = CancelToken()
    with shared.cancel_on_signals(cancel):
        return _run_jobs(jobs, args, catalog, bar, cancel)


def _check_output(args: argparse.Namespace) -> None:
    """End with a usage error where the output cannot be meant."""
    output: Path | None = args.output
    if output is not None:
        if len(args.inputs) > 1:
            args.parser.error("-o takes a single INPUT; --output-dir takes several")
        if is_folder(output):
            args.parser.error(f"{output} is a folder; give it as --output-dir")
        if args.format is None:
            _check_suffix(args, output)
    if args.output_dir is not None and is_there(args.output_dir) and not is_folder(args.output_dir):
        args.parser.error(f"{args.output_dir} is not a folder")


def _check_suffix(args: argparse.Namespace, output: Path) -> None:
    """End with a usage error where the suffix of the output names no format."""
    try:
        format_of(output)
    except ImageFileError as error:
        args.parser.error(f"{error} Or add --format.")


def _job(args: argparse.Namespace, source: Path, choice: ModelChoice, index: int) -> Job:
    """Turn the arguments into the job of one picture."""
    from bsr.engine.jobs.job import Job, SaveOptions
    from bsr.engine.jobs.output_names import output_name

    format, output = args.format, args.output
    goal = args.goal
    scale: float = args.scale or choice.card.scale
    if output is None:
        format = format or FALLBACK_FORMAT
        name = output_name(
            source,
            scale=goal.label if goal else scale,
            model=choice.name,
            weights=args.weights,
            index=index,
            suffix=FORMATS[format].suffixes[0],
        )
        output = (args.output_dir or source.parent) / name
    if_exists: IfExists = "rename" if args.if_exists == "ask" else args.if_exists
    save = SaveOptions(format=format, quality=args.quality, if_exists=if_exists)
    return Job(
        input=source,
        output=output,
        model=args.model,
        weights=args.weights,
        scale=None if goal else scale,
        threads=args.threads,
        save=save,
        family=arguments.family(args),
        clean_up=args.clean_up,
        goal=goal,
    )


def _deduplicated(jobs: list[Job], *, replacing: bool) -> list[Job]:
    """Rename outputs so that no result replaces another, or a picture, of the same command.

    Args:
        jobs: of the command.
        replacing: whether a result may take the place of a file.
    """
    pictures = {path_key(job.input.absolute()) for job in jobs}
    taken, deduplicated = set[str](), []
    for job in jobs:
        own = path_key(job.input.absolute())
        for output in numbered(job.output):
            key = path_key(output.absolute())
            if key not in taken and not (replacing and key != own and key in pictures):
                break
        taken.add(key)
        deduplicated.append(replace(job, output=output))
    return deduplicated


def _run_jobs(
    jobs: list[Job],
    args: argparse.Namespace,
    catalog: Catalog,
    bar: ProgressBar,
    cancel: CancelToken,
) -> int:
    """Run the jobs in their order, report each, and return the exit code."""
    from bsr.engine.jobs.job import JobStatus

    code = DONE
    for number, job in enumerate(jobs, 1):
        bar.begin(f"{number}/{len(jobs)}  {job.input.name}" if len(jobs) > 1 else job.input.name)
        result = _run_one(job, catalog, bar, cancel)
        bar.clear()
        if args.json:
            print_json(job_object(result))
        _tell(result, args.quiet or args.json)
        if cancel.cancelled:
            return INTERRUPTED
        if result.status is JobStatus.FAILED:
            code = FAILED
    return code


def _run_one(job: Job, catalog: Catalog, bar: ProgressBar, cancel: CancelToken) -> JobResult:
    """Run a job; for a folder, tell how folders are enlarged."""
    from bsr.engine.jobs.job import JobResult, JobStatus
    from bsr.engine.jobs.run import run_job

    if not is_folder(job.input):
        return run_job(job, catalog, bar.update, cancel)
    error = f"{job.input} is a folder. `bsr batch {job.input} -o DIR` enlarges whole folders."
    return JobResult.without_file(job, JobStatus.FAILED, error)


def frames(count: int) -> str:
    """Say that a file holds more pictures than the one that was enlarged."""
    if count == 1:
        return ""
    return f"; {count if count else 'very many'} frames: the first was enlarged"


def _ask(job: Job) -> Job:
    """Let the user decide where the result exists; without a terminal it gets another name."""
    if not os.path.lexists(job.output) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return job
    choices: dict[str, IfExists] = {"s": "skip", "r": "rename", "p": "replace"}
    while True:
        question = f"{one_line(str(job.output))} exists. (s)kip, (r)ename or re(p)lace? "
        print(question, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if line == "":
            return job
        choice = choices.get(line.strip().lower()[:1])
        if choice is not None:
            return replace(job, save=replace(job.save, if_exists=choice))


def _tell(result: JobResult, quiet: bool) -> None:
    """Report in a line the outcome of a job."""
    from bsr.engine.jobs.job import JobStatus

    source = one_line(str(result.job.input))
    if result.error is not None:
        print(f"bsr: {one_line(result.error)}", file=sys.stderr)
    elif quiet:
        return
    elif result.status is JobStatus.DONE:
        time = duration(result.seconds)
        kept = f", kept {', '.join(result.kept)}" if result.kept else ""
        lost = f", left out {', '.join(result.lost)}" if result.lost else ""
        print(
            f"{source} -> {one_line(str(result.output))}  ({result.megapixels:.2f} megapixels, "
            f"{result.model} {result.weights}, {time}{kept}{lost}){frames(result.frames)}",
            flush=True,
        )
    elif result.status is JobStatus.SKIPPED:
        print(f"{source}: skipped, {one_line(str(result.output))} exists", flush=True)
    elif result.status is JobStatus.CANCELLED:
        print(f"{source}: interrupted, nothing was written", file=sys.stderr)
