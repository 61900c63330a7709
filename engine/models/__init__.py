"""Models: their files, what they are in memory, what is installed."""

WEIGHTS = ("binary", "float")
"""The kinds of weights that one model can have; each is a file."""
