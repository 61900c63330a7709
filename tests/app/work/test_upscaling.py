"""What the window refuses before it begins."""

import time

import numpy as np
import pytest

from bsr.engine.errors import NotEnoughMemory
from bsr.engine.jobs.model_choice import Mix
from bsr.engine.jobs.properties import kept_properties, lost_properties
from bsr.engine.picture import Picture
from bsr.engine.upscaling.memory import Workload, needed_memory
from bsr.views.compare.pyramid import GrowingPyramid
from bsr.work.region import Region
from bsr.work.upscaling import VIEW_BYTES, OpenPicture, UpscaleOptions, require_memory


def test_two_results_that_are_mixed_count_twice(catalog):
    cards = [catalog.find("small-x2", weights) for weights in ("binary", "float")]
    picture = Picture(np.zeros((2000, 2000, 3), np.uint8))
    works = (Workload(card, 2000, 2000, 2.0, 1, view_bytes=VIEW_BYTES) for card in cards)
    most = max(map(needed_memory, works))
    for card in cards:
        require_memory(UpscaleOptions(Mix(card), 2.0, 1), picture, most)
    with pytest.raises(NotEnoughMemory):
        require_memory(UpscaleOptions(Mix(*cards, 50), 2.0, 1), picture, most)


def test_the_view_of_what_is_made_counts(catalog):
    card = catalog.find("small-x2", "binary")
    picture = Picture(np.zeros((2000, 2000, 3), np.uint8))
    without = needed_memory(Workload(card, 2000, 2000, 2.0, 1))
    with pytest.raises(NotEnoughMemory):
        require_memory(UpscaleOptions(Mix(card), 2.0, 1), picture, without + 80_000_000)
    require_memory(UpscaleOptions(Mix(card), 2.0, 1), picture, without + 6 * 16_000_000)


def test_a_growing_view_takes_no_more_than_is_counted():
    view = GrowingPyramid(3000, 2001)
    arrays = [view._pixels, view._finished, *view._levels]
    pixels = 3000 * 2001
    assert 5 * pixels < sum(array.nbytes for array in arrays) <= VIEW_BYTES * pixels


def test_a_part_of_a_panorama_is_none_and_that_is_told():
    xmp = (
        b"<rdf:Description GPano:ProjectionType='equirectangular' dc:title=\"Ada\">"
        b"<GPano:FullPanoWidthPixels>30</GPano:FullPanoWidthPixels></rdf:Description>"
    )
    picture = Picture(np.zeros((20, 30, 3), np.uint8), xmp=xmp)
    part = OpenPicture(picture, "a", None).cropped(Region(2, 3, 4, 5))
    again = part.cropped(Region(0, 0, 2, 2))
    for cropped in (part.picture, again.picture):
        assert cropped.xmp == b'<rdf:Description dc:title="Ada"></rdf:Description>'
        assert lost_properties(cropped, kept_properties(cropped, "png")) == ("panorama mark",)
    assert picture.xmp == xmp


def test_blanks_in_the_xmp_hold_up_no_part_of_a_picture():
    picture = Picture(np.zeros((20, 30, 3), np.uint8), xmp=b"<x>" + b" " * 50_000 + b"</x>")
    start = time.process_time()
    OpenPicture(picture, "a", None).cropped(Region(2, 3, 4, 5))
    assert time.process_time() - start < 1
