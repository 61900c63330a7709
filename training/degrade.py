"""What happens to pictures before people upscale them: shrinking, noise, JPEG."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.Image import Resampling

CLEAN = 0.15  # share of crops that are left as they are
OTHER_SHRINKING = 0.4  # share that was not shrunk by the bicubic `imresize`
NOISY = 0.3
LARGEST_NOISE = 4.0  # standard deviation in levels of 255
QUALITIES = (30, 95)
HALVED_COLOUR = 0.7
SAVED_TWICE = 0.15

HALVED = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
WHOLE = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444

Pixels = NDArray[np.uint8]


def degraded(low: Pixels, high: Pixels, random: np.random.Generator) -> Pixels:
    """Return a low-resolution picture as cameras, programs and sites leave it.

    Args:
        low: (height, width, 3) uint8 RGB, `imresize` of high.
        high: (scale * height, scale * width, 3) uint8 RGB.
        random: the only source of chance.

    Returns:
        Shaped like low: shrunk from high in one of three ways, at times with noise, saved as JPEG
        once or twice; a share is low itself.
    """
    if random.random() < CLEAN:
        return low
    if random.random() < OTHER_SHRINKING:
        way = Resampling.BOX if random.random() < 0.5 else Resampling.LANCZOS
        low = np.array(Image.fromarray(high).resize(low.shape[1::-1], way))
    if random.random() < NOISY:
        noise = random.normal(0, random.uniform(0, LARGEST_NOISE), low.shape)
        low = np.rint(low + noise).clip(0, 255).astype(np.uint8)
    for _ in range(2 if random.random() < SAVED_TWICE else 1):
        halved = random.random() < HALVED_COLOUR
        low = as_any_jpeg(low, int(random.integers(QUALITIES[0], QUALITIES[1] + 1)), halved)
    return low


def as_any_jpeg(pixels: Pixels, quality: int, halved: bool) -> Pixels:
    """Return (height, width, 3) uint8 RGB after a trip through a JPEG file of either kind.

    People have JPEGs of halved and of whole colour; `evaluate.as_jpeg` makes the former alone, on
    which quality is measured. OpenCV takes down to a third of Pillow's time for small pictures.

    Args:
        pixels: shaped so.
        quality: of libjpeg, 1..100.
        halved: whether the colour is stored in half the resolution (4:2:0 instead of 4:4:4).
    """
    sampling = HALVED if halved else WHOLE
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    _, stored = cv2.imencode(".jpg", pixels[:, :, ::-1], options)
    return _array(cv2.imdecode(stored, cv2.IMREAD_COLOR))[:, :, ::-1]


def _array(values: Any) -> Pixels:
    return np.asarray(values, np.uint8)
