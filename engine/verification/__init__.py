"""The specification in plain NumPy, and the kernels held against it."""
