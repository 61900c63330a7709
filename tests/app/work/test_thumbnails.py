from types import SimpleNamespace

import numpy as np
import pytest

from bsr.engine import Cancelled, CancelToken, Picture, write_picture
from bsr.work.thumbnails import make_thumbnails


def test_a_picture_that_cannot_be_read_has_no_thumbnail_and_stops_no_other(tmp_path):
    good, bad = tmp_path / "a.png", tmp_path / "b.png"
    write_picture(Picture(np.zeros((20, 40, 3), np.uint8)), good)
    bad.write_bytes(b"no picture")
    made = []
    context = SimpleNamespace(cancel=CancelToken(), item=made.append)
    make_thumbnails([bad, good], 10, context)
    assert [path for path, _ in made] == [bad, good]
    assert made[0][1] is None and made[1][1].shape == (5, 10, 3)


def test_no_thumbnail_is_made_after_a_cancel(tmp_path):
    context = SimpleNamespace(cancel=CancelToken(), item=None)
    context.cancel.cancel()
    with pytest.raises(Cancelled):
        make_thumbnails([tmp_path / "a.png"], 10, context)
