"""Two results of one picture are mixed, and that can be ended."""

import numpy as np
import pytest

from bsr.engine.errors import Cancelled
from bsr.engine.picture import Picture
from bsr.engine.progress import CancelToken
from bsr.engine.upscaling.mix import mixed


def noise(dtype, seed, height=600):
    values = np.random.default_rng(seed).integers(0, np.iinfo(dtype).max, (height, 5, 4), dtype)
    return Picture(values[..., :3].copy(), values[..., 3].copy())


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_pixel_is_the_nearest_level_to_the_share_of_both(dtype):
    first, second = noise(dtype, 0), noise(dtype, 1)
    made = mixed(first, second, 30)
    for part in ("pixels", "alpha"):
        one, other = (getattr(picture, part).astype(float) for picture in (first, second))
        value = getattr(made, part)
        assert value.dtype == dtype
        assert np.abs(value - (0.3 * one + 0.7 * other)).max() <= 0.5001


def test_mixing_ends_in_the_middle_of_a_picture():
    class Token(CancelToken):
        looks = 0

        def check(self):
            self.looks += 1
            if self.looks == 2:
                self.cancel()
            super().check()

    with pytest.raises(Cancelled):
        mixed(noise(np.uint8, 0), noise(np.uint8, 1), 30, Token())
