"""Numba, made ready for our kernels before the first one is defined.

Other programs' kernels in the same process keep their own folder and settings; no variable of the
environment is changed.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from . import cache

_HERE = Path(__file__).parent
_SETTINGS = ".numba_config.yaml"


def prepare() -> None:
    """Import Numba, and let it keep the kernels of this package in `cache.folder()`."""
    _import_numba()
    _show_folder()


def _import_numba() -> None:
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


def _show_folder() -> None:
    """Put a locator before Numba's own, which answers for the files of this package alone."""
    from numba.core import caching

    class KernelLocator(caching._CacheLocator):
        """Where the compiled code of one kernel lies."""

        def __init__(self, py_func: Any, py_file: str) -> None:
            self._py_file, self._line = py_file, py_func.__code__.co_firstlineno

        def get_cache_path(self) -> str:
            return str(cache.folder())

        def get_source_stamp(self) -> str:
            return cache.folder().name

        def get_disambiguator(self) -> str:
            return str(self._line)

        @classmethod
        def from_function(cls, py_func: Any, py_file: str) -> KernelLocator | None:
            return cls(py_func, py_file) if Path(py_file).parent == _HERE else None

    caching.FunctionCache._impl_class._locator_classes.insert(0, KernelLocator)
