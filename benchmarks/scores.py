"""PSNR of whatever enlarges, measured as `bsr evaluate` does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from bsr.engine.images import read_picture
from bsr.engine.quality.evaluate import cut_to_multiple
from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y

Pixels = NDArray[np.uint8]
Enlarge = Callable[[Pixels], Pixels]


def mean_psnr(enlarge: Enlarge, folder: Path | None, scale: int) -> float | None:
    """Return the mean PSNR on luma in dB, or None without pictures.

    Args:
        enlarge: from (height, width, 3) to `scale` times as much.
        folder: of high-resolution pictures.
        scale: the factor; so many pixels are cropped at each side.
    """
    if folder is None:
        return None
    values = []
    for path in sorted(folder.glob("*.png")):
        high = np.ascontiguousarray(cut_to_multiple(read_picture(path).pixels, scale))
        values.append(psnr_y(high, enlarge(imresize(high, 1 / scale)), scale))
    return fmean(values)
