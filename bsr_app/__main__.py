"""`python -m bsr`: the command line."""

import multiprocessing
import sys

from bsr.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
