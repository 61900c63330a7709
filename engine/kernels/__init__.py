"""The kernels: compiled once for the processor, then kept in the cache folder."""
