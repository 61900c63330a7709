"""Cropping on the upscale page, and its undoing."""

import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.views.upscale.page_actions import UpscaleActions
from bsr.work.region import Region
from bsr.work.upscaling import OpenPicture
from tests.app.enlarging import run_upscale

on_screen = pytest.mark.usefixtures("shown")


@on_screen
def test_a_crop_is_enlarged_and_undone_and_done_again(qtbot, opened):
    whole = opened.current
    opened.crop(Region(6, 4, 10, 20))
    cropped = opened.current
    assert np.array_equal(cropped.picture.pixels, whole.picture.pixels[6:16, 4:24])
    assert cropped.picture.dpi == whole.picture.dpi and cropped.path == whole.path
    assert opened.panel.result_size.text() == "40 × 20 px"
    assert opened.panel.facts.whole_text().endswith("cropped")
    result = run_upscale(qtbot, opened)
    assert (result.picture.height, result.picture.width) == (20, 40)
    opened.undo_crop()
    assert np.array_equal(opened.current.picture.pixels, whole.picture.pixels)
    assert "cropped" not in opened.panel.facts.whole_text()
    opened.redo_crop()
    assert opened.current.picture.height == 10 and opened.result is result


def test_a_crop_of_a_crop_is_undone_step_by_step(opened):
    opened.crop(Region(0, 0, 20, 30))
    opened.crop(Region(0, 0, 5, 10))
    opened.undo_crop()
    assert opened.current.picture.width == 30
    opened.undo_crop()
    assert opened.current.picture.width == 36
    opened.undo_crop()  # nothing is left
    assert opened.current.picture.width == 36
    opened.redo_crop()
    opened.redo_crop()
    assert opened.current.picture.width == 10 and not opened.crops.can_redo


def test_the_results_of_the_whole_stay_in_the_session(qtbot, opened, runner):
    result = run_upscale(qtbot, opened)
    opened.crop(Region(0, 0, 10, 10))
    assert opened.result is None and [r for _, r in opened.session.unsaved()] == [result]
    opened.undo_crop()
    assert opened.result is result and len(opened.session.pictures) == 1


def test_the_whole_of_a_pasted_picture_comes_back_as_itself(qtbot, page, runner):
    page.reader.read.emit(
        OpenPicture(Picture(np.zeros((30, 40, 3), np.uint8)), "pasted", None), None
    )
    run_upscale(qtbot, page)
    qtbot.waitUntil(lambda: runner.idle, timeout=20000)  # it is on disk
    whole = page.kept
    page.crop(Region(0, 0, 10, 10))
    page.undo_crop()
    assert page.kept is whole and page.result is not None


@on_screen
def test_cropping_can_be_undone_in_the_menu_only_when_there_is_something(opened):
    actions = opened.keeper.actions
    UpscaleActions(opened, actions)
    both = actions.undo_crop, actions.redo_crop
    assert [action.isEnabled() for action in both] == [False, False]
    opened.crop(Region(0, 0, 24, 36))  # all of it
    assert [action.isEnabled() for action in both] == [False, False]
    opened.crop(Region(0, 0, 10, 10))
    assert [action.isEnabled() for action in both] == [True, False]
    actions.undo_crop.trigger()
    assert [action.isEnabled() for action in both] == [False, True]
    opened.close_picture()
    assert [action.isEnabled() for action in both] == [False, False]
