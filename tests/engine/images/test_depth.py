"""16 bits become 8 in one way, wherever that happens."""

import numpy as np

from bsr.engine import Picture, read_picture, write_picture
from bsr.engine.images import thumbnail
from bsr.engine.images.depth import eight_bit
from bsr.qt.images import picture_to_qimage

EVERY = np.arange(65536, dtype=np.uint16)


def test_every_value_is_rounded_to_the_nearest():
    np.testing.assert_array_equal(eight_bit(EVERY), np.rint(EVERY / 257))


def test_any_shape_and_any_strides_are_taken():
    block = EVERY.reshape(64, 256, 4)
    for view in (block, block[::-1, 3:90:5, :3], block[..., 1], EVERY[::7]):
        result = eight_bit(view)
        assert result.shape == view.shape and result.dtype == np.uint8
        np.testing.assert_array_equal(result, np.rint(view / 257))


def test_eight_bits_are_not_copied():
    pixels = np.zeros((3, 4, 3), np.uint8)
    assert eight_bit(pixels) is pixels


def test_thumbnail_canvas_and_file_show_the_same_levels(tmp_path):
    picture = Picture(np.repeat(EVERY.reshape(256, 256, 1), 3, axis=2))
    expected = eight_bit(picture.pixels)
    write_picture(picture, tmp_path / "fine.png")
    np.testing.assert_array_equal(thumbnail(tmp_path / "fine.png", 256)[..., :3], expected)
    write_picture(picture, tmp_path / "coarse.bmp")
    np.testing.assert_array_equal(read_picture(tmp_path / "coarse.bmp").pixels, expected)
    image = picture_to_qimage(picture)
    assert image.pixelColor(129, 0).red() == 1 and image.pixelColor(128, 0).red() == 0
