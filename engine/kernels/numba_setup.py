"""Numba, made ready for our kernels before the first one is defined.

Other programs' kernels in the same process keep their settings; no variable of the environment is
changed.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_SETTINGS = ".numba_config.yaml"


def import_numba() -> None:
    """Import Numba blind to the working directory.

    It reads settings from a file there, at its import and before it compiles: a picture folder
    could switch the compiler off or bring machine code along.  A host program that has imported
    Numba itself keeps what it has.
    """
    if "numba" in sys.modules:
        return
    elsewhere = contextlib.chdir(_HERE) if Path(_SETTINGS).exists() else contextlib.nullcontext()
    with elsewhere:
        from numba.core import config
    config._config_fname = os.devnull
