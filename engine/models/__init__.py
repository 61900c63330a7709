"""Models: their files, what they are in memory, what is installed."""

WEIGHTS = ("binary", "float")
"""The kinds of weights that one model can have; each is a file."""

CLEAN, JPEG, SHARP = "clean", "jpeg", "sharp"
FAMILIES = (CLEAN, JPEG, SHARP)
"""What a model is for: pictures as a camera or a renderer made them, pictures that were saved as
JPEG, whose blocks and smudges it takes away, and pictures that are to look crisp, for which it
invents detail."""
