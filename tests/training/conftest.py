"""PyTorch on one core: for networks this small its threads cost far more than they give."""

import numpy as np
import pytest
import torch
from PIL import Image


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "pictures"
    place.mkdir()
    rows, columns = np.mgrid[:48, :48]
    wave = 128 + 90 * np.sin(rows[..., None] / [3, 4, 5]) * np.cos(columns[..., None] / 4)
    Image.fromarray(wave.astype(np.uint8)).save(place / "wave.png")
    return place
