"""`python -m bsr`: the command line."""

import sys

# `python -m` looks into the working directory first, where anybody may have put a numpy.py.  It
# goes before anything is imported that may lie there.
if not (sys.flags.safe_path or getattr(sys, "frozen", False)):
    del sys.path[0]

import multiprocessing

from .cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
