import numpy as np
import pytest

from bsr.engine.quality.imresize import imresize


def keys_cubic(x):
    x = abs(x)
    if x <= 1:
        return 1.5 * x**3 - 2.5 * x**2 + 1
    return -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2 if x < 2 else 0.0


def resized_by_definition(line, factor):
    """One line of samples, tap by tap, border mirrored, as MATLAB documents it."""
    widen = max(1 / factor, 1.0)
    result = []
    for i in range(round(len(line) * factor)):
        centre = (i + 0.5) / factor - 0.5
        reach = range(int(centre - 2 * widen) - 2, int(centre + 2 * widen) + 3)
        weights = [keys_cubic((centre - k) / widen) for k in reach]
        mirrored = np.pad(line.astype(float), len(line), mode="symmetric")
        total = sum(w * mirrored[k + len(line)] for w, k in zip(weights, reach, strict=True))
        result.append(int(np.clip(np.floor(total / sum(weights) + 0.5), 0, 255)))
    return result


@pytest.mark.parametrize("factor", [1 / 2, 1 / 3, 1 / 4, 2, 3, 4])
def test_a_line_follows_the_definition(factor):
    line = np.random.default_rng(1).integers(0, 256, 24).astype(np.uint8)
    resized = imresize(np.tile(line, (24, 1)), factor)
    assert resized[0].tolist() == resized_by_definition(line, factor)
    assert resized[:, 0].tolist() == [resized[0, 0]] * len(resized)


def test_rows_and_columns_are_both_resized():
    pixels = np.random.default_rng(2).integers(0, 256, (24, 36, 3)).astype(np.uint8)
    assert imresize(pixels, 1 / 3).shape == (8, 12, 3)
    assert imresize(pixels, 2).shape == (48, 72, 3)


def test_the_rows_are_rounded_before_the_columns():
    pixels = np.random.default_rng(3).integers(0, 256, (16, 16)).astype(np.uint8)
    once = np.array([resized_by_definition(column, 0.5) for column in pixels.T]).T.astype(np.uint8)
    twice = np.array([resized_by_definition(row, 0.5) for row in once])
    assert np.array_equal(imresize(pixels, 0.5), twice)


def test_a_flat_picture_stays_flat():
    assert np.all(imresize(np.full((30, 30, 3), 77, np.uint8), 1 / 3) == 77)


def test_factor_one_changes_nothing():
    pixels = np.random.default_rng(4).integers(0, 256, (9, 7, 3)).astype(np.uint8)
    assert np.array_equal(imresize(pixels, 1), pixels)


def test_other_types_and_factors_are_refused():
    with pytest.raises(ValueError, match="uint8"):
        imresize(np.zeros((4, 4)), 2)
    with pytest.raises(ValueError, match="factor"):
        imresize(np.zeros((4, 4), np.uint8), 0)
