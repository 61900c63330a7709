import numpy as np
import pytest
from PySide6.QtGui import QColor, QColorSpace, QImage

from bsr.engine import Picture
from bsr.engine.images.profile import make_profile
from bsr.qt.images import from_qimage, picture_to_qimage, thumbnail_to_qimage, to_qimage


def random_pixels(height, width, dtype=np.uint8, channels=3):
    generator = np.random.default_rng(7)
    return generator.integers(0, np.iinfo(dtype).max, (height, width, channels), dtype, True)


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (7, 4), (64, 33)])
def test_every_pixel_arrives_in_its_place_and_colour(size):
    pixels = random_pixels(*size)
    image = to_qimage(pixels)
    assert (image.height(), image.width()) == size
    for y, x in np.ndindex(size):
        assert image.pixelColor(x, y) == QColor(*map(int, pixels[y, x]))


def test_a_view_of_a_larger_array_is_copied_right():
    pixels = random_pixels(20, 30)
    image = to_qimage(pixels[4:15:2, 21:8:-3])
    np.testing.assert_array_equal(from_qimage(image).pixels, pixels[4:15:2, 21:8:-3])


def test_the_image_does_not_change_with_the_array():
    pixels = np.full((4, 4, 3), 9, np.uint8)
    image = to_qimage(pixels)
    pixels[:] = 200
    assert image.pixelColor(2, 2).red() == 9


def test_16_bit_is_rounded_to_8():
    values = np.array([0, 128, 129, 257 * 90 + 128, 257 * 90 + 129, 65535], np.uint16)
    pixels = np.repeat(values.reshape(1, -1, 1), 3, axis=2)
    seen = from_qimage(to_qimage(pixels)).pixels[0, :, 0]
    assert seen.tolist() == [0, 0, 1, 90, 91, 255]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_alpha_travels_there_and_back(dtype):
    pixels = random_pixels(9, 7, dtype)
    alpha = np.full((9, 7), np.iinfo(dtype).max, dtype)
    alpha[2:5] = 0
    picture = from_qimage(picture_to_qimage(Picture(pixels, alpha)))
    assert picture.alpha is not None
    np.testing.assert_array_equal(picture.alpha == 0, alpha == 0)


def test_an_opaque_alpha_channel_is_left_out():
    image = QImage(5, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(1, 2, 3))
    picture = from_qimage(image)
    assert picture.alpha is None
    assert picture.pixels[3, 4].tolist() == [1, 2, 3]


def test_a_pasted_alpha_that_nobody_wrote_is_left_out():
    image = QImage(5, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(1, 2, 3, 0))
    picture = from_qimage(image)
    assert picture.alpha is None
    assert picture.pixels[3, 4].tolist() == [1, 2, 3]


def test_thumbnails_of_three_and_four_channels_are_drawn():
    assert not thumbnail_to_qimage(random_pixels(4, 6)).hasAlphaChannel()
    assert thumbnail_to_qimage(random_pixels(4, 6, channels=4)).hasAlphaChannel()


def test_an_empty_image_is_refused():
    with pytest.raises(ValueError, match="empty"):
        from_qimage(QImage())


def test_copied_pixels_of_another_profile_are_srgb():
    adobe = bytes(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data())
    green = np.zeros((4, 5, 3), np.uint8)
    green[...] = (100, 200, 100)
    assert picture_to_qimage(Picture(green, icc=adobe)).pixelColor(1, 1).red() < 60
    grey = np.full((4, 5, 3), 100, np.uint8)
    linear = make_profile((1.0,), None, "linear grey")
    assert picture_to_qimage(Picture(grey, icc=linear)).pixelColor(1, 1).red() in (167, 168)


def test_pasted_pixels_of_another_colour_space_become_srgb():
    image = QImage(5, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(100, 200, 100))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    assert from_qimage(image).pixels[1, 1, 0] < 60


def test_a_copy_for_which_there_is_no_room_is_an_error(monkeypatch):
    monkeypatch.setattr("bsr.qt.images.to_qimage", lambda *_: QImage())
    with pytest.raises(MemoryError):
        picture_to_qimage(Picture(np.zeros((4, 5, 3), np.uint8)))
