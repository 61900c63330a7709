"""What makes a function a kernel: compiled when it is first called, and kept in `cache.folder()`.

Other programs' kernels in the same process keep their own folder.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any

from numba import njit
from numba.core import caching

from . import cache


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function as a kernel, without Python's lock while it runs."""
    compiled = njit(nogil=True)(function)
    compiled._cache = _Cache(function)
    return compiled


class _Place(caching._CacheLocator):
    """Where the machine code of one kernel lies."""

    def __init__(self, py_func: Any, py_file: str) -> None:
        self._py_file, self._line = py_file, py_func.__code__.co_firstlineno

    def get_cache_path(self) -> str:
        return str(cache.folder())

    def get_source_stamp(self) -> str:
        return cache.folder().name

    def get_disambiguator(self) -> str:
        return str(self._line)

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> _Place:
        return cls(py_func, py_file)


class _Code(caching.CompileResultCacheImpl):
    _locator_classes = (_Place,)


class _Cache(caching.FunctionCache):
    """The machine code of one kernel; that it cannot be kept, or not be read, is no failure."""

    _impl_class = _Code

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except (EOFError, caching.pickle.UnpicklingError):  # a power cut leaves empty files behind
            with suppress(OSError):
                self.flush()
            return None

    def _guard_against_spurious_io_errors(self) -> AbstractContextManager[None]:
        return suppress(OSError)
