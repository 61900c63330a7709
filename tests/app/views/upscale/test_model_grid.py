"""Compare models here, with real small models."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from bsr.engine.picture import Picture
from bsr.engine.upscaling.upscale import upscale
from bsr.qt import theme
from bsr.views.upscale.model_grid import RegionGrid
from bsr.work.model_comparison import REGION_PIXELS
from bsr.work.region import Region
from tests.app.looking import grabbed, noise
from tests.small_models import catalog_of_three

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def catalog(tmp_path):
    """Three models: x2 binary and float, x4 binary."""
    return catalog_of_three(tmp_path, 4)


@pytest.fixture
def grid(qtbot, runner, catalog, kernels):
    grid = RegionGrid(runner, catalog)
    qtbot.addWidget(grid)
    grid.resize(900, 700)
    grid.show()
    return grid


def run(qtbot, runner, grid, picture, region):
    grid.start(picture, region)
    qtbot.waitUntil(lambda: runner.idle, timeout=60_000)


def result_in(cell):
    return cell.canvas.layer.result


def test_every_model_runs_on_the_region_beside_bicubic(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(90, 120)), Region(30, 20, 25, 40))
    shown = [(cell.card.id, cell.card.weights) for cell in grid.cells[1:]]
    assert grid.cells[0].card is None
    assert shown == [("small-x4", "binary"), ("small-x2", "binary"), ("small-x2", "float")]
    for cell in grid.cells[1:]:
        picture, scale = result_in(cell).picture, cell.card.scale
        assert (picture.height, picture.width) == (25 * scale, 40 * scale)
        assert cell.use.isEnabled() and result_in(cell).seconds > 0


def test_captions_stand_at_one_height(qtbot, runner, grid):
    theme.apply_theme("light")  # its buttons are higher than two lines of text
    run(qtbot, runner, grid, Picture(noise(90, 120)), Region(30, 20, 25, 40))
    first, second = grid.cells[:2]
    heights = [cell.canvas.height() for cell in (first, second)]
    assert first.y() == second.y() and heights[0] == heights[1]
    names = [cell._name.mapTo(cell, cell._name.rect().topLeft()).y() for cell in (first, second)]
    assert names[0] == names[1]


def test_results_of_smaller_factors_are_shown_smoothly_and_not_in_blocks(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(90, 120)), Region(30, 20, 25, 40))
    cell = next(cell for cell in grid.cells[1:] if cell.card.scale == 2)
    shown = cell.canvas.layer.source.pyramid.read(0, 0, 100, 0, 160)
    pixels = result_in(cell).picture.pixels
    assert shown.shape[:2] == (100, 160)
    expected = cv2.resize(pixels, (160, 100), interpolation=cv2.INTER_CUBIC)
    np.testing.assert_array_equal(shown[..., :3], expected)


@pytest.mark.parametrize(
    "region", [Region(30, 20, 25, 40), Region(0, 0, 20, 30), Region(70, 100, 20, 20)]
)
def test_a_region_equals_that_part_of_the_whole_result(qtbot, runner, grid, catalog, region):
    picture = Picture(noise(90, 120))
    run(qtbot, runner, grid, picture, region)
    for cell in grid.cells[1:]:
        whole, scale = upscale(catalog.load(cell.card), picture).pixels, cell.card.scale
        rows = slice(region.top * scale, (region.top + region.height) * scale)
        columns = slice(region.left * scale, (region.left + region.width) * scale)
        assert (result_in(cell).picture.pixels == whole[rows, columns]).all()


def test_a_result_is_seen_in_its_cell(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(170, 190)), Region(5, 20, 160, 160))
    cell = grid.cells[1]
    view = cell.canvas.view()
    seen = grabbed(cell.canvas)
    wanted = result_in(cell).picture.pixels[view.top :, view.left :][: view.height, : view.width]
    place = np.s_[40:-10, 10:-10]
    assert grid.cells[0].canvas.view().scale == 4
    assert (seen[place] == wanted[place]).all()


def test_picking_a_model_names_it(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(60, 60)), Region(0, 0, 30, 30))
    with qtbot.waitSignal(grid.picked) as picked:
        grid.cells[3].use.click()
    assert picked.args == ["small-x2", "float"]


def test_a_damaged_model_says_so_and_the_others_run(qtbot, runner, grid, catalog):
    path = catalog.find("small-x4", "binary").path
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    run(qtbot, runner, grid, Picture(noise(60, 60)), Region(0, 0, 30, 30))
    damaged, *others = grid.cells[1:]
    assert not damaged.use.isEnabled() and path.name in damaged.state.whole_text()
    assert all(cell.use.isEnabled() for cell in others)


def test_networks_for_comparison_come_last(grid, catalog):
    light = catalog.cards()[0]
    pyramid = replace(light, network="lapsrn", scale=8)
    assert sorted([pyramid, light], key=grid._order) == [light, pyramid]


def test_a_start_that_is_told_late_hides_no_outcome(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(60, 60)), Region(0, 0, 30, 30))
    said = grid.cells[1].state.whole_text()
    grid.cells[1].run()
    assert grid.cells[1].state.whole_text() == said


def test_leaving_stops_the_models_that_have_not_run(qtbot, runner, grid):
    with qtbot.waitSignal(grid.closed, timeout=60_000):
        grid.start(Picture(noise(60, 60)), Region(0, 0, 30, 30))
        grid.leave()
    qtbot.waitUntil(lambda: runner.idle, timeout=60_000)
    assert all(cell.canvas.layer is None for cell in grid.cells)


def test_a_large_region_is_cut_to_its_middle_and_the_grid_says_so(qtbot, runner, grid):
    run(qtbot, runner, grid, Picture(noise(400, 600)), Region(0, 0, 400, 600))
    picture = result_in(grid.cells[1]).picture
    assert picture.height * picture.width <= REGION_PIXELS * 16
    assert picture.width / picture.height == pytest.approx(1.5, abs=0.05)
    assert "middle" in grid.note()


def test_limits_and_margins_stay_inside_the_picture():
    assert Region(10, 20, 100, 50).limited(50) == Region(55, 42, 10, 5)
    assert Region(10, 20, 3, 5).limited(50) == Region(10, 20, 3, 5)
    assert Region(10, 20, 3, 5).grown(15, 40, 30) == Region(0, 5, 28, 25)
