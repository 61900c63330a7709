"""The kernels: compiled once for this processor, then kept in a folder of their own."""

from bsr.engine.kernels.numba_setup import prepare

prepare()
