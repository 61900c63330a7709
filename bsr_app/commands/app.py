"""`bsr app`, and the program `bsr-app`: the window."""

from __future__ import annotations

import argparse

from bsr import __version__

from . import arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "files", nargs="*", type=arguments.path, metavar="FILE", help="pictures or folders to open"
    )


def run(args: argparse.Namespace) -> int:
    """Open the window and wait until it is closed."""
    from ..app import leave, main

    leave(main(args.files))


def main() -> None:
    """Open the window, or tell version or usage before Qt is loaded: what `bsr-app` runs."""
    parser = argparse.ArgumentParser(
        prog="bsr-app", description="Open the window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"bsr {__version__}")
    add_arguments(parser)
    run(parser.parse_args())
