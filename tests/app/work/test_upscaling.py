"""What the window refuses before it begins."""

import numpy as np
import pytest

from bsr.engine.errors import NotEnoughMemory
from bsr.engine.jobs.model_choice import Mix
from bsr.engine.picture import Picture
from bsr.engine.upscaling.memory import Workload, needed_memory
from bsr.work.upscaling import UpscaleOptions, require_memory


def test_two_results_that_are_mixed_count_twice(catalog):
    cards = [catalog.find("small-x2", weights) for weights in ("binary", "float")]
    picture = Picture(np.zeros((2000, 2000, 3), np.uint8))
    most = max(needed_memory(Workload(card, 2000, 2000, 2.0, 1)) for card in cards)
    for card in cards:
        require_memory(UpscaleOptions(Mix(card), 2.0, 1), picture, most)
    with pytest.raises(NotEnoughMemory):
        require_memory(UpscaleOptions(Mix(*cards, 50), 2.0, 1), picture, most)
