"""BSR's window and command line."""

__version__ = "0.2.0"
