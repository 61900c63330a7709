"""The steps to which a JPEG rounded its blocks, found in pixels that were saved again.

A JPEG holds the frequencies of blocks of 8 x 8 pixels (their DCT, ISO 10918-1), each rounded to a
multiple of the step that its table names.  Where the pixels are cut into the same blocks, their
frequencies lie at these multiples still; in any other blocks they do not.  So drawings, text and
grids are told from JPEGs: what they repeat, they repeat in other blocks too.  A JPEG that was cut
and saved as one again has blocks twice.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 8
_WINDOW = 2 * BLOCK - 1  # holds a whole block, wherever the blocks begin
# The frequencies (down, across) that are looked at, the lowest nine: few blocks have others.
_DOWN, _ACROSS = np.array([(u, v) for u in range(4) for v in range(4) if 0 < u + v < 4]).T
_AGREEING = 6  # of the nine must show their step
# Libjpeg's steps for them at quality 50 (table K.1).
_USUAL_STEPS = np.array([[0, 11, 10, 16], [12, 12, 14, 0], [14, 13, 0, 0], [14, 0, 0, 0]])
_USUAL_STEPS = _USUAL_STEPS[_DOWN, _ACROSS]
_STEPS = 2 * 1.03 ** np.arange(140)  # that are tried, 2..122
_BINS, _BINS_A_LEVEL = 1024, 4  # of heights
_MOST_WINDOWS = 600  # that are looked at
_LEAST_CONTRAST = 6  # levels within a block; of less, most frequencies are zero
_FEWEST = 20  # heights that tell something of a frequency
_DOUBTS = 3  # standard errors, which are taken for chance
# How much more clearly steps must stand out in a division into blocks than in most others, 0..1.
# Of 540 photographs, charts and screenshots that were no JPEGs none reached it; of 38, saved as
# JPEG of quality 85 and 60, 36 and 37 did.
_CLEAR = 0.15


def former_coarseness(luma: NDArray[Any]) -> float | None:
    """Return how coarsely a picture was rounded when it was a JPEG, wherever its blocks begin.

    Args:
        luma: (height, width) brightness in levels of 255, of any real dtype.

    Returns:
        The coarsest steps, over those of libjpeg's quality 50; None where there are none, or none
        above 2.
    """
    windows = _windows(luma.astype(np.float32))
    if len(windows) < _FEWEST:
        return None
    clear, steps = _steps_by_division(windows)
    # As clear as the least clear of those frequencies that must agree.
    agreed = np.sort(clear, axis=1)[:, -_AGREEING]
    *_, third, second, first = np.argsort(agreed)
    found = []
    for division in (first, second):
        if agreed[division] - agreed[third] >= _CLEAR:
            counted = clear[division] >= agreed[division]
            found.append(float(steps[division, counted].sum() / _USUAL_STEPS[counted].sum()))
    return max(found, default=None)


def _windows(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return some parts of a picture with contrast, spread evenly: (number, _WINDOW, _WINDOW)."""
    height, width = ((side - BLOCK + 1) // BLOCK for side in luma.shape)
    if height < 1 or width < 1:
        return np.empty((0, _WINDOW, _WINDOW), np.float32)
    blocks = luma[: height * BLOCK, : width * BLOCK].reshape(height, BLOCK, width, BLOCK)
    contrast = blocks.max(axis=3).max(axis=1) - blocks.min(axis=3).min(axis=1)
    places = np.argwhere(contrast > _LEAST_CONTRAST) * BLOCK
    places = places[:: max(1, -(-len(places) // _MOST_WINDOWS))]
    windows = np.lib.stride_tricks.sliding_window_view(luma, (_WINDOW, _WINDOW))
    return windows[places[:, 0], places[:, 1]]


def _steps_by_division(
    windows: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Find the step of each frequency for each of the 64 places where blocks can begin.

    Multiples of a step are whole turns of a wheel of that size: the mean cosine of their angles is
    one, and that of other heights about zero. Heights that round to nothing say nothing.

    Args:
        windows: (number, _WINDOW, _WINDOW).

    Returns:
        How clearly it stands out, at most 1, and the step; both (64, 9).
    """
    basis, cosines = _basis(), _cosines()
    heights = (basis @ (windows @ basis.T)).reshape(len(windows), BLOCK, 4, BLOCK, 4)
    heights = np.abs(heights[:, :, _DOWN, :, _ACROSS])  # (9, number, 8, 8)
    bins = np.rint(heights * _BINS_A_LEVEL).astype(np.intp).clip(max=_BINS - 1)
    rows = bins.transpose(2, 3, 0, 1).reshape(-1, len(windows))
    rows += np.arange(len(rows))[:, None] * _BINS
    counts = np.bincount(rows.ravel(), minlength=len(rows) * _BINS)
    counts = counts.reshape(-1, _BINS).astype(np.float32)
    number = np.maximum(counts @ (cosines != 0).astype(np.float32), 1)
    clear = (counts @ cosines) / number - _DOUBTS / np.sqrt(2 * number)
    clear[number < _FEWEST] = 0
    best = clear.argmax(axis=1)
    return clear.max(axis=1).reshape(BLOCK**2, -1), _STEPS[best].reshape(BLOCK**2, -1)


@cache
def _basis() -> NDArray[np.float32]:
    """Return the first four functions of the DCT at each of the eight places in a window.

    Returns:
        (8 places * 4 frequencies, _WINDOW).
    """
    frequencies = np.arange(4)[:, None]
    waves = np.cos((2 * np.arange(BLOCK) + 1) * frequencies * np.pi / (2 * BLOCK)) / 2
    waves[0] /= np.sqrt(2)
    basis = np.zeros((BLOCK, 4, _WINDOW), np.float32)
    for place in range(BLOCK):
        basis[place, :, place : place + BLOCK] = waves
    return basis.reshape(-1, _WINDOW)


@cache
def _cosines() -> NDArray[np.float32]:
    """Return the cosine of each bin's angle by step, 0 where it is not counted: (_BINS, steps)."""
    heights = np.arange(_BINS)[:, None] / _BINS_A_LEVEL
    counted = (heights > _STEPS / 2) & (heights < heights[-1])
    return np.where(counted, np.cos(2 * np.pi * heights / _STEPS), 0).astype(np.float32)
