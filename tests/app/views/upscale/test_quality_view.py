"""Measure quality, with real small models."""

import csv
import io
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from bsr.engine.picture import Picture
from bsr.engine.quality.imresize import imresize
from bsr.engine.quality.metrics import psnr_y, quality_y, ssim_y
from bsr.engine.upscaling.upscale import upscale
from bsr.views.shared import formatting
from bsr.views.upscale.quality_view import QualityView
from bsr.work.model_comparison import BICUBIC, CROP_PIXELS, known_pixels
from bsr.work.upscaling import OpenPicture
from tests.app.looking import noise
from tests.small_models import catalog_of_three

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def catalog(tmp_path):
    """Three models: x2 binary and float, x3 binary."""
    return catalog_of_three(tmp_path, 3)


@pytest.fixture
def picture():
    return Picture(np.kron(noise(20, 25), np.ones((5, 5, 1), np.uint8)))


@pytest.fixture
def view(qtbot, runner, catalog, settings, kernels, picture):
    view = QualityView(runner, catalog, settings)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.open(OpenPicture(picture, "blocks.png", None))
    view.show()
    return view


def test_families_are_listed_in_their_order_and_what_is_for_comparison_last(view, catalog):
    card = catalog.find("small-x2", "binary")
    jpeg = replace(card, id="a-jpeg-x2", family="jpeg")
    compared = replace(card, id="b-paper-x2", network="srresnet")
    view.table.list_models([compared, jpeg, card])
    listed = [card.id for card in view.table.chosen()]
    assert listed == ["small-x2", "a-jpeg-x2", "b-paper-x2"]


def measure(qtbot, runner, view):
    view.measure()
    qtbot.waitUntil(lambda: runner.idle, timeout=60_000)


def text_of(view, row):
    table = view.table
    return [table.item(row, column).text() for column in range(table.columnCount())]


def test_every_model_is_measured_against_the_true_pixels(qtbot, runner, view, catalog, picture):
    measure(qtbot, runner, view)
    rows = [(m.model_id, m.weights, m.scale) for m in view.table.measurements()]
    assert rows == [
        (BICUBIC, "", 2),
        ("small-x2", "binary", 2),
        ("small-x2", "float", 2),
        (BICUBIC, "", 3),
        ("small-x3", "binary", 3),
    ]
    true = picture.pixels[:99, :123]
    small = imresize(true, 1 / 3)
    model = catalog.load(catalog.find("small-x3", "binary"))
    large = upscale(model, Picture(small)).pixels
    measured = view.table.measurements()[-1]
    assert measured.psnr == pytest.approx(psnr_y(true, large, 3))
    assert measured.ssim == pytest.approx(ssim_y(true, large, 3))
    assert view.table.measurements()[3].psnr == pytest.approx(psnr_y(true, imresize(small, 3), 3))


def test_only_ticked_models_are_measured(qtbot, runner, view):
    table = view.table
    for row in (1, 2):
        table.item(row, 0).setCheckState(Qt.CheckState.Unchecked)
    measure(qtbot, runner, view)
    assert [m.scale for m in view.table.measurements()] == [3, 3]
    assert text_of(view, 1)[3:] == ["", "", "", ""]
    assert text_of(view, 4)[3] == f"{view.table.measurements()[1].psnr:.2f}"


def test_the_bars_start_at_bicubic_of_the_same_scale(qtbot, runner, view):
    measure(qtbot, runner, view)
    psnr = [m.psnr for m in view.table.measurements()]
    psnr_gains = view.chart.psnr_gains()
    assert psnr_gains == pytest.approx(
        [0, psnr[1] - psnr[0], psnr[2] - psnr[0], 0, psnr[4] - psnr[3]]
    )


def test_the_table_is_saved_as_csv(qtbot, runner, view, tmp_path, monkeypatch):
    measure(qtbot, runner, view)
    path = tmp_path / "quality.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.save_table()
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert len(rows) == 5
    assert rows[1]["model"] == "small-x2" and rows[1]["weights"] == "binary"
    assert float(rows[1]["psnr_db"]) == pytest.approx(view.table.measurements()[1].psnr, abs=1e-4)


def test_the_chart_is_saved_as_png(qtbot, runner, view, tmp_path, monkeypatch):
    measure(qtbot, runner, view)
    path = tmp_path / "quality.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.save_chart()
    image = QImage(str(path))
    assert image.width() >= 1280 and image.height() >= 300
    colours = {
        image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }
    assert len(colours) > 4


def test_a_file_that_cannot_be_written_is_said(qtbot, runner, view, tmp_path, monkeypatch):
    measure(qtbot, runner, view)
    path = tmp_path / "no folder" / "quality.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    view.save_table()
    assert str(path) in view.note()


def test_a_picture_that_is_too_small_says_so(qtbot, runner, view):
    view.open(OpenPicture(Picture(noise(40, 90)), "small.png", None))
    measure(qtbot, runner, view)
    assert "64 pixels" in view.note() and view.table.measurements() == []


def test_stopping_leaves_what_was_measured(qtbot, runner, view, monkeypatch):
    add = view.table.add
    monkeypatch.setattr(view.table, "add", lambda measurement: (add(measurement), view.stop()))
    measure(qtbot, runner, view)
    assert len(view.table.measurements()) == 1


def test_a_large_picture_is_measured_on_its_middle_in_8_bit():
    pixels = noise(1000, 1500, dtype=np.uint16)
    known = known_pixels(Picture(pixels), 4)
    height, width = known.shape[:2]
    assert known.dtype == np.uint8
    assert height * width <= CROP_PIXELS and height % 4 == width % 4 == 0
    middle = pixels[500, 750] // 257
    assert abs(known.astype(int) - middle).sum(2).min() <= 3


@pytest.mark.parametrize("height, width", [(64, 60000), (65, 20000), (60000, 70)])
def test_a_strip_is_measured_on_its_middle(height, width):
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[height // 2, width // 2] = 255
    known = known_pixels(Picture(pixels), 8)
    assert min(known.shape[:2]) == 64 and known[:, :, 0].size <= CROP_PIXELS
    assert np.unravel_index(known[:, :, 0].argmax(), known.shape[:2]) == pytest.approx(
        (known.shape[0] / 2, known.shape[1] / 2), abs=8
    )
    assert quality_y(known, known, 8).ssim == 1


def test_a_picture_of_one_colour_leaves_the_other_bars(view):
    """Bicubic makes no mistake there: its PSNR is infinite."""
    shared = {"weights": "binary", "ssim": 1.0, "speed": 2.0, "scale": 2}
    measured = [
        SimpleNamespace(model_id=BICUBIC, psnr=math.inf, **shared),
        SimpleNamespace(model_id="small-x2", psnr=50.0, **shared),
    ]
    view.chart.show_measurements(measured)
    gains = view.chart.psnr_gains()
    assert gains[0] == 0 and -60 < gains[1] < 0


@pytest.mark.parametrize("height, width, cut", [(64, 60000, 1), (2000, 4000, 1), (80, 90, 0)])
def test_it_is_said_which_part_is_measured(view, height, width, cut):
    picture = Picture(np.zeros((height, width, 3), np.uint8))
    view.open(OpenPicture(picture, "picture.png", None))
    size = formatting.size(*known_pixels(picture, 1).shape[:2])
    assert view.note().count(f"Measured on the middle {size} pixels only.") == cut
    assert view.note().count("middle") == cut
