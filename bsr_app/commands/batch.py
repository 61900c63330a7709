"""`bsr batch`: enlarge whole folders, with a journal that lets nothing be lost."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bsr.engine.disk import is_folder, is_there
from bsr.engine.errors import one_line

from ..process import DONE, FAILED, INTERRUPTED
from . import arguments, shared
from .printing import duration, job_object, print_json, size
from .progress_bar import ProgressBar

if TYPE_CHECKING:
    from bsr.engine import CancelToken
    from bsr.engine.batch.cluster_connection import Trust
    from bsr.engine.batch.journal import Journal
    from bsr.engine.batch.journal_lines import History
    from bsr.engine.batch.plan import Plan
    from bsr.engine.batch.request import BatchRequest
    from bsr.engine.batch.tracker import BatchProgress, Summary
    from bsr.engine.jobs.job import JobResult
    from bsr.engine.models.catalog import Catalog

MEGA = 1e6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    from bsr.engine.jobs.output_names import DEFAULT_TEMPLATE, PLACEHOLDERS

    parser.add_argument(
        "inputs", nargs="+", type=arguments.path, metavar="FOLDER", help="or single pictures"
    )
    parser.add_argument(
        "-o", "--output", type=arguments.path, required=True, metavar="DIR", help="results"
    )
    parser.add_argument("--recursive", action="store_true", help="read subfolders too")
    parser.add_argument(
        "--include", action="append", default=[], metavar="GLOB", help="only these, may be repeated"
    )
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="not these, may be repeated"
    )
    parser.add_argument(
        "--name",
        default=DEFAULT_TEMPLATE,
        metavar="TEMPLATE",
        help=f"of a result, with {' '.join(PLACEHOLDERS)}",
    )
    parser.add_argument(
        "--if-exists",
        choices=("skip", "rename", "replace"),
        default="skip",
        help="what to do when a result exists already (default: skip)",
    )
    parser.add_argument("--resume", action="store_true", help="continue an interrupted batch")
    parser.add_argument(
        "--retry-failed",
        action="store_true",
        help="do only what failed, or could not be reached, last time",
    )
    parser.add_argument("--dry-run", action="store_true", help="only show what would be done")
    arguments.add_work_arguments(parser, "that of the picture, else png")
    _add_machine_arguments(parser)
    parser.add_argument(
        "--csv", type=arguments.path, metavar="FILE", help="write the table of all files"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per file on stdout")
    parser.add_argument("--quiet", action="store_true", help="show errors only")


def _add_machine_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--leave-cores",
        type=arguments.number("number of cores", int, 0, 1024),
        default=0,
        metavar="N",
        help="leave N cores to other programs",
    )
    parser.add_argument("--low-priority", action="store_true", help="give other programs priority")
    cluster = parser.add_argument_group(
        "Dask cluster",
        "The scheduler can run any code on this machine (what it sends is unpickled), so name only "
        "one that you trust. Other machines are believed with TLS only.",
    )
    cluster.add_argument(
        "--dask", metavar="ADDRESS", help="compute on a cluster, e.g. tls://host:8786"
    )
    cluster.add_argument(
        "--dask-ca",
        type=arguments.path,
        metavar="FILE",
        help="who signed the scheduler's certificate, PEM",
    )
    cluster.add_argument(
        "--dask-cert", type=arguments.path, metavar="FILE", help="own certificate, PEM"
    )
    cluster.add_argument("--dask-key", type=arguments.path, metavar="FILE", help="own key, PEM")
    cluster.add_argument(
        "--dask-insecure", action="store_true", help="believe any address without TLS"
    )


def run(args: argparse.Namespace) -> int:
    """Plan the batch, run it, and report the outcome."""
    from bsr.engine import BsrError, Cancelled, CancelToken
    from bsr.engine.batch.journal import Journal, read_history
    from bsr.engine.batch.plan import check_begun
    from bsr.engine.batch.table import check_table
    from bsr.engine.jobs.output_names import output_name

    shared.collect_garbage()
    if is_there(args.output) and not is_folder(args.output):
        args.parser.error(f"{args.output} is not a folder")
    if args.csv is not None:
        check_table(args.csv)
    catalog = shared.installed_models()
    arguments.model_choice(args, catalog)
    try:
        output_name(Path("a"), args.name, scale=1, model="", weights="", suffix="")
    except BsrError as error:
        args.parser.error(str(error))
    if args.dask is not None:
        if args.leave_cores or args.low_priority:
            args.parser.error("--leave-cores and --low-priority say nothing to a cluster")
        _check_trust(args)
    request = _request(args)
    cancel = CancelToken()
    try:
        if args.dry_run:
            with shared.cancel_on_signals(cancel):
                plan = _plan(args, request, catalog, read_history(request.root), cancel)
            return _show(plan, args)
        if args.retry_failed:  # the journal would make the folder, which may be mistyped
            check_begun(read_history(request.root), request.root)
        with Journal(request.root) as journal:
            with shared.cancel_on_signals(cancel):
                plan = _plan(args, request, catalog, journal.read(), cancel)
            running = _Run(args, plan, cancel)
            running.prepare()
            with shared.cancel_on_signals(cancel):
                summary = running.work(catalog, journal)
    except Cancelled:
        return INTERRUPTED
    return _conclude(summary, args, request)


def _check_trust(args: argparse.Namespace) -> None:
    """End with a usage error before anything is planned where the scheduler is not believed."""
    from bsr.engine import BsrError
    from bsr.engine.batch.cluster_connection import check_trust

    try:
        check_trust(args.dask, _trust(args))
    except BsrError as error:
        args.parser.error(str(error))


def _request(args: argparse.Namespace) -> BatchRequest:
    from bsr.engine.batch.request import BatchRequest
    from bsr.engine.jobs.job import SaveOptions

    return BatchRequest(
        tuple(args.inputs),
        args.output,
        args.recursive,
        tuple(args.include),
        tuple(args.exclude),
        template=args.name,
        model=args.model,
        weights=args.weights,
        scale=args.scale,
        goal=args.goal,
        save=SaveOptions(format=args.format, quality=args.quality, if_exists=args.if_exists),
        family=arguments.family(args),
        clean_up=args.clean_up,
    )


def _plan(
    args: argparse.Namespace,
    request: BatchRequest,
    catalog: Catalog,
    history: History,
    cancel: CancelToken,
) -> Plan:
    """Make the plan, and say on stderr what the user should know before it starts."""
    from bsr.engine.batch.plan import make_plan

    bar = ProgressBar(sys.stderr, shown=not args.quiet)
    plan = make_plan(
        request,
        catalog,
        history,
        mode="retry" if args.retry_failed else "resume" if args.resume else "new",
        on_progress=bar.update,
        cancel=cancel,
    )
    bar.clear()
    for out in plan.rejected:
        if not out.failed and not args.quiet:
            _say(f"ignored: {out.path}: {out.reason}")
    for item in plan.renamed:
        if not args.quiet:
            _say(f"duplicate name: {item.input} -> {item.output}")
    if plan.bytes_needed > plan.bytes_free:
        _say(
            f"The results need about {size(plan.bytes_needed)}, but only {size(plan.bytes_free)} "
            f"are free in {request.root}. The batch stops cleanly when the disk is full."
        )
    return plan


def _show(plan: Plan, args: argparse.Namespace) -> int:
    """Tell what a batch would do, and what will fail."""
    from bsr.engine.batch.plan import obstacle
    from bsr.engine.upscaling.tiles import output_size

    failing = [(out.path, f"{out.path}: {out.reason}") for out in plan.rejected if out.failed]
    for item in plan.items:
        if not item.scale:
            failing.append((item.input, obstacle(plan.request, item)))
            continue
        height, width = output_size(item.height, item.width, item.scale)
        if args.json:
            sides = {"height": height, "width": width}
            print_json({"input": item.input, "output": item.output, **sides})
        else:
            before, after = f"{item.width} x {item.height}", f"{width} x {height}"
            print(f"{one_line(item.input)} ({before}) -> {one_line(item.output)} ({after})")
    for path, reason in failing:
        if args.json:
            print_json({"input": path, "output": None, "error": reason})
        _say(reason)
    if args.csv is not None:
        _say(f"{args.csv} is not written: a dry run does nothing.")
    if not args.quiet:
        doing = sum(item.scale > 0 for item in plan.items)
        _say(
            f"{doing} to do, {len(failing)} will fail, {len(plan.skipped)} exist, "
            f"{len(plan.finished)} finished before; "
            f"about {size(plan.bytes_needed)} of {size(plan.bytes_free)} free"
        )
    return FAILED if failing else DONE


class _Run:
    """One run of a plan, told on the terminal."""

    def __init__(self, args: argparse.Namespace, plan: Plan, cancel: CancelToken) -> None:
        self._args = args
        self._plan = plan
        self._cancel = cancel
        self._bar = ProgressBar(sys.stderr, shown=not args.quiet)

    def prepare(self) -> None:
        """Compile the kernels where they are wanted; a signal ends the command at once."""
        self._cancel.check()
        if self._plan.items and self._args.dask is None:
            shared.prepare_kernels(self._bar, self._args.quiet)

    def work(self, catalog: Catalog, journal: Journal) -> Summary:
        """Run the plan here or on the cluster."""
        from bsr.engine.batch.run import run_batch
        from bsr.engine.batch.tracker import BatchCallbacks

        args = self._args
        callbacks = BatchCallbacks(finished=self._finished, progress=self._progress)
        if args.dask is not None:
            from bsr.engine.batch.cluster import run_on_cluster

            run: Callable[..., Summary] = partial(
                run_on_cluster, address=args.dask, trust=_trust(args)
            )
            threads = args.threads
        else:
            run, threads = partial(run_batch, gentle=args.low_priority), _threads(args)
        self._bar.begin("")
        summary = run(
            self._plan, catalog, journal, threads=threads, callbacks=callbacks, cancel=self._cancel
        )
        self._bar.clear()
        return summary

    def _finished(self, index: int, result: JobResult) -> None:
        if self._args.json:
            self._bar.clear()
            print_json(job_object(result))

    def _progress(self, progress: BatchProgress) -> None:
        from bsr.engine import Progress

        files = f"{progress.files_done}/{progress.files} files"
        pixels = f"{progress.pixels_done / MEGA:.1f}/{progress.pixels / MEGA:.1f} megapixels"
        self._bar.rename(f"{files}  {pixels}")
        self._bar.update(Progress("upscaling", progress.pixels_done, progress.pixels))


def _conclude(summary: Summary, args: argparse.Namespace, request: BatchRequest) -> int:
    """Print the summary, write the table, and return the exit code."""
    for _, reason in summary.failures:
        _say(reason)
    if args.json:
        print_json({"summary": _summary_object(summary)})
    elif not args.quiet:
        _print_summary(summary, args)
    if summary.stopped is not None:
        _say(summary.stopped)
    good = (args.csv is None or _write_table(args, request)) and not summary.failed
    if summary.cancelled:
        return INTERRUPTED
    return DONE if good and summary.stopped is None else FAILED


def _write_table(args: argparse.Namespace, request: BatchRequest) -> bool:
    """Write the table, or say why not; return whether it is there."""
    from bsr.engine import BsrError
    from bsr.engine.batch.journal import read_history
    from bsr.engine.batch.table import write_table

    try:
        history = read_history(request.root)
        if history.settings is None:  # the folder is gone, for example
            _say(f"{args.csv} is not written: there is no journal in {request.root}.")
            return False
        write_table(history, args.csv)
    except BsrError as error:
        _say(str(error))
        return False
    return True


def _print_summary(summary: Summary, args: argparse.Namespace) -> None:
    parts = [f"{summary.done} done", f"{summary.skipped} skipped", f"{summary.failed} failed"]
    if summary.finished:
        parts.append(f"{summary.finished} finished before")
    if summary.waiting:
        parts.append(f"{summary.waiting} waiting")
    parts.append(duration(summary.seconds))
    if summary.done and summary.seconds:
        parts.append(f"{summary.megapixels / summary.seconds:.2f} megapixels per second")
    print(", ".join(parts), flush=True)
    if summary.several_frames:
        print(
            f"Several frames in {summary.several_frames} of them: only the first was enlarged.",
            flush=True,
        )
    if summary.failures:
        print("Run the same command with --retry-failed to retry only what failed.", flush=True)
    if summary.waiting:
        print("Run the same command with --resume to continue.", flush=True)
    if not any((summary.done, summary.skipped, summary.failed, summary.finished, summary.waiting)):
        hint = "" if args.recursive else " Subfolders are read with --recursive."
        print(f"There are no pictures to enlarge.{hint}", flush=True)


def _summary_object(summary: Summary) -> dict[str, Any]:
    """Return what `--json` tells at the end."""
    failures = [{"input": path, "error": reason} for path, reason in summary.failures]
    numbers = {"seconds": round(summary.seconds, 3), "megapixels": round(summary.megapixels, 6)}
    return {**asdict(summary), **numbers, "failures": failures}


def _threads(args: argparse.Namespace) -> int:
    """Return the threads for each picture: as asked for, or all cores but those kept free."""
    from bsr.engine.machine import cores

    wanted: int | None = args.threads
    return wanted or max(1, cores() - int(args.leave_cores))


def _trust(args: argparse.Namespace) -> Trust:
    from bsr.engine.batch.cluster_connection import Trust

    return Trust(args.dask_ca, args.dask_cert, args.dask_key, args.dask_insecure)


def _say(text: str) -> None:
    print(f"bsr: {one_line(text)}", file=sys.stderr, flush=True)
