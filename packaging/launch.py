"""Where the built program begins: the window when it is called `bsr-app`, else the command line."""

import multiprocessing
import sys
from pathlib import Path

if __name__ == "__main__":
    multiprocessing.freeze_support()
    # On Linux `bsr-app` is a link to `bsr`, so what counts is the name that was called.
    if Path(sys.argv[0]).stem.lower() == "bsr-app":
        from bsr.commands.app import main
    else:
        from bsr.cli import main
    sys.exit(main())
