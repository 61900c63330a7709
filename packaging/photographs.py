"""Photographs for the figures of the documents, and how they are made small."""

from __future__ import annotations

import numpy as np
from skimage import data

from bsr.engine.quality.evaluate import cut_to_multiple

# They come with scikit-image; no model was trained on them.
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "rocket")


def photograph(name: str, scale: int) -> np.ndarray:
    """Return a picture, (H, W, 3) uint8, its sides multiples of the scale."""
    return cut_to_multiple(np.asarray(getattr(data, name)()), scale)
