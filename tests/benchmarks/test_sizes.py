"""The memory of a program, beside what is known of it."""

import sys

import pytest

from benchmarks.sizes import peak_bytes, sides

HOLD = "import sys; held = bytearray(int(sys.argv[1])); print(len(held))"


def test_the_memory_of_a_program_is_its_own_and_not_that_of_this_process():
    held = bytearray(300_000_000)
    small = peak_bytes([sys.executable, "-c", HOLD, "1000"])
    large = peak_bytes([sys.executable, "-c", HOLD, "200000000"])
    assert small < 100_000_000 < len(held)
    assert 190_000_000 < large - small < 220_000_000


@pytest.mark.parametrize("size", [0.02, 1.0, 24.0])
def test_pictures_are_three_wide_and_two_high(size):
    height, width = sides(size)
    assert width / height == pytest.approx(1.5, rel=0.01)
    assert height * width == pytest.approx(1e6 * size, rel=0.01)
