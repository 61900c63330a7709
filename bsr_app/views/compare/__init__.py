"""The compare view: the original and its enlargements beside each other.

This is its door: the rest of the program imports nothing else of this room.
"""

from .canvas import Canvas
from .layers import Layer, Layers, performance
from .magnifier import Magnifier
from .view import CompareView
from .viewport import Viewport

__all__ = [
    "Canvas",
    "CompareView",
    "Layer",
    "Layers",
    "Magnifier",
    "Viewport",
    "performance",
]
