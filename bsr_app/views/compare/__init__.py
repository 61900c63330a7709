"""The compare view: the original and its enlargements beside each other."""
