"""`imresize` where a result lies exactly between two levels: MATLAB's integers round half up.

The expected pictures are computed in exact fractions, after the published description of MATLAB's
`imresize`, by code that shares nothing with the engine's.  Only factors whose weights are binary
fractions can be decided by it: there floating point makes no error, in MATLAB neither.
"""

from fractions import Fraction
from functools import cache
from math import ceil, floor

import numpy as np
import pytest

from bsr.engine.quality.imresize import imresize

SMALLER, LARGER = 24, 16  # pixels of a side that is reduced, or enlarged


def cubic(x):
    x = abs(x)
    if x <= 1:
        return Fraction(3, 2) * x**3 - Fraction(5, 2) * x**2 + 1
    return Fraction(-1, 2) * x**3 + Fraction(5, 2) * x**2 - 4 * x + 2 if x <= 2 else Fraction(0)


@cache
def contributions(length, scale):
    """Each output sample's (index, weight) pairs: MATLAB's `contributions`, indices from 0."""
    narrow = min(scale, Fraction(1))
    width = 4 / narrow
    result = []
    for i in range(1, ceil(length * scale) + 1):
        u = i / scale + Fraction(1, 2) * (1 - 1 / scale)
        left = floor(u - width / 2)
        indices = range(left, left + ceil(width) + 2)
        weights = [narrow * cubic(narrow * (u - k)) for k in indices]
        order = [*range(length), *reversed(range(length))]
        pairs = [(order[(k - 1) % (2 * length)], w) for k, w in zip(indices, weights, strict=True)]
        result.append([(k, w / sum(weights)) for k, w in pairs if w])
    return result


def resized_lines(lines, scale, ties):
    """Every line resized and rounded half up to 0..255; exact ties are counted in `ties`."""
    result = []
    for line in lines:
        totals = [sum(w * line[k] for k, w in c) for c in contributions(len(line), scale)]
        ties.extend(total for total in totals if total % 1 == Fraction(1, 2) and 0 < total < 255)
        result.append([min(max(floor(total + Fraction(1, 2)), 0), 255) for total in totals])
    return result


def resized(pixels, scale, ties):
    """Down the columns first, as MATLAB does where both factors are the same."""
    columns = resized_lines(pixels.T.tolist(), scale, ties)
    return np.array(resized_lines(np.transpose(columns).tolist(), scale, ties), np.uint8)


@pytest.mark.parametrize("scale", [Fraction(1, 2), Fraction(1, 4), Fraction(2), Fraction(4)])
def test_ties_are_rounded_up(scale):
    # Two levels, far apart: their sums meet a half often.
    size = SMALLER if scale < 1 else LARGER
    pixels = np.random.default_rng(0).integers(0, 2, (size, size)).astype(np.uint8) * 128
    ties = []
    expected = resized(pixels, scale, ties)
    assert len([tie for tie in ties if floor(tie) % 2 == 0]) > 3  # half to even would round down
    assert np.array_equal(imresize(pixels, float(scale)), expected)
