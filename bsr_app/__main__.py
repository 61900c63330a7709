"""`python -m bsr_app`: the command line."""

import multiprocessing
import sys

from bsr_app.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
