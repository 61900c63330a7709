"""The kernels: compiled once for this processor, then kept in a folder of their own."""

from .numba_setup import import_numba

import_numba()
