"""The command `bsr`.  Qt is never imported here, NumPy and Numba only by a command that runs."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from bsr import __version__, logs
from bsr.engine.errors import one_line, system_reason

from .messages import explain
from .process import FAILED, INTERRUPTED, USAGE, stop_signals

# Name of the module in bsr.commands -> its line in `bsr --help`.
COMMANDS = {
    "upscale": "enlarge pictures",
    "batch": "enlarge whole folders",
    "models": "list, check, import and remove models",
    "evaluate": "measure a model's quality on a folder of pictures",
    "selftest": "compare the kernels with their reference and time the models",
    "bench": "measure this machine and predict how long pictures will take",
    "doctor": "show what this machine and installation are, for bug reports",
    "app": "open the window",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the arguments after the program's name; None takes those of the process.

    Returns:
        The exit code: 0 all done, 1 some file failed, 2 usage, 130 interrupted.
    """
    if argv is not None:
        return _run_safely(argv)
    # What a command imports stays: the collector would walk through it again and again, which
    # takes a sixth of a short command's time. shared.collect_garbage lets it begin.
    gc.disable()
    code = _run_safely(sys.argv[1:])
    # The process ends: another Ctrl-C has nothing to stop, and collecting all that the compiler
    # has left would take half a second.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    return code


def _run_safely(argv: Sequence[str]) -> int:
    """Run one command; whatever happens becomes an exit code."""
    _replace_closed_streams()
    # A file name that is not valid text must not end the program when it is printed.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(argv)
        sys.stdout.flush()
        return code
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"bsr: The output cannot be written: {system_reason(error)}.", file=sys.stderr)
        # Its reader went away, or its disk is full; what Python flushes at exit must go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # the line that was interrupted may be a question or a bar
        return INTERRUPTED


def _replace_closed_streams() -> None:
    """Put the null device where a stream is closed; for `print`, None would be stdout."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; only a command named in `argv` is imported and knows its options."""
    parser = argparse.ArgumentParser(
        prog="bsr", description="Enlarge pictures on the processor alone.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"bsr {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(
            name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False
        )
        if name in argv:
            module = import_module(f"bsr.commands.{name}")
            module.add_arguments(command)
            command.set_defaults(run=module.run, parser=command)
    return parser


def _run(argv: Sequence[str]) -> int:
    """Parse, run, and turn every error into one line on stderr."""
    try:
        args = build_parser(argv).parse_args(argv)
        _interrupt_on_termination()
        logs.configure()
        return int(args.run(args))
    except SystemExit as stop:  # argparse has already said why
        return stop.code if isinstance(stop.code, int) else USAGE
    except BrokenPipeError:
        raise
    except Exception as error:
        message = explain(error)
        print(f"bsr: {one_line(f'{message.text} {message.advice}'.strip())}", file=sys.stderr)
        return FAILED


def _interrupt_on_termination() -> None:
    """Let a request to terminate, or the end of the terminal, end the program as Ctrl-C does."""
    for which in stop_signals():
        signal.signal(which, signal.default_int_handler)
