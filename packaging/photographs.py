"""Photographs for the figures of the documents, and how they are made small."""

from __future__ import annotations

import cv2
import numpy as np
from skimage import data

# They come with scikit-image; no model was trained on them.
PHOTOGRAPHS = ("astronaut", "chelsea", "coffee", "rocket")


def photograph(name: str, scale: int) -> np.ndarray:
    """Return a picture, (H, W, 3) uint8, its sides multiples of the scale."""
    pixels = np.asarray(getattr(data, name)())
    return pixels[: len(pixels) // scale * scale, : pixels.shape[1] // scale * scale]


def as_jpeg(small: np.ndarray, quality: int) -> np.ndarray:
    """Return a picture as a JPEG file with half the colour (4:2:0) gives it back."""
    _, coded = cv2.imencode(".jpg", small[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[:, :, ::-1].copy()
