"""The compare view: the original and its enlargements beside each other.

This is its door: the rest of the program imports nothing else of this room.
"""

from bsr.views.compare.canvas import Canvas
from bsr.views.compare.layers import Layer, Layers, name_of, performance
from bsr.views.compare.magnifier import Magnifier
from bsr.views.compare.view import CompareView
from bsr.views.compare.viewport import Viewport

__all__ = [
    "Canvas",
    "CompareView",
    "Layer",
    "Layers",
    "Magnifier",
    "Viewport",
    "name_of",
    "performance",
]
