"""`python -m bsr`: the command line."""

import os
import sys

# `python -m` looks into the working directory first, where anybody may have put a numpy.py.  It
# goes before anything is imported that may lie there, unless it holds this very program.
_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
if not (sys.flags.safe_path or getattr(sys, "frozen", False) or sys.path[0] == _PROGRAM):
    del sys.path[0]

import multiprocessing  # noqa: E402

from bsr.cli import main  # noqa: E402

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
