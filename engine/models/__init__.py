"""Models: their files, what they are in memory, what is installed."""
