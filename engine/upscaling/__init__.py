"""Enlarging a picture: tiles, passes, threads, and the memory it takes."""
