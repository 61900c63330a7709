"""`bsr app`: the window."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="pictures or folders to open")


def run(args: argparse.Namespace) -> int:
    """Open the window and wait until it is closed."""
    from ..app import leave, main

    leave(main(args.files))
