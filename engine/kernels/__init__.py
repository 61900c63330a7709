"""The kernels: compiled once for this processor, then kept in the cache folder."""

from bsr.engine.kernels.cache import prepare_folder

prepare_folder()
