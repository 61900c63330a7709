"""What is said of a result before it is made: its size, its time, what keeps it."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QLocale

from bsr.engine.images import read_picture
from bsr.engine.picture import Picture
from bsr.engine.upscaling.goal import Goal
from bsr.engine.upscaling.pace import Pace
from bsr.engine.upscaling.upscale import upscale
from bsr.views.shared import formatting
from bsr.work.speeds import Speeds
from bsr.work.upscaling import OpenPicture
from tests.app.enlarging import run_upscale
from tests.networks import make_config
from tests.small_models import save_small_model

nothing_measured = pytest.mark.parametrize("speeds", [()], indirect=True, ids=["unknown"])

on_screen = pytest.mark.usefixtures("shown")


@on_screen
@nothing_measured
def test_an_opened_picture_is_described_with_what_it_will_become(qtbot, opened):
    assert opened.panel.name.whole_text() == "a small picture.png"
    assert "36 × 24" in opened.panel.facts.whole_text()
    qtbot.waitUntil(lambda: opened.panel.time.text() != "measuring…", timeout=20000)
    assert opened.panel.time.text().startswith(("about ", "less than "))
    assert opened.panel.result_size.text() == "72 × 48 px"
    assert opened.panel.start.isEnabled()


def test_an_opened_picture_is_described_once(qtbot, page, picture_file, monkeypatch):
    """Each time it is worked out what memory there is and what the models need."""
    show, shown = page.panel.show_estimate, []
    monkeypatch.setattr(
        page.panel, "show_estimate", lambda *said: (shown.append(said), show(*said))
    )
    with qtbot.waitSignal(page.reader.ended):
        page.open(picture_file)
    assert len(shown) == 1 and page.panel.start.isEnabled()


@pytest.mark.parametrize("size", [(5, 7), (13, 2)])
def test_the_size_that_is_said_is_the_size_that_is_made(page, catalog, settings, size):
    settings.change(memory_limit_gigabytes=1.0)  # else what is free is measured for every size
    picture = Picture(np.zeros((*size, 3), np.uint8))
    page.reader.read.emit(OpenPicture(picture, "small", None), None)
    model = catalog.load(catalog.find("small-x2", "binary"))
    for tenths in range(10, 81):
        page.panel.form.size_form.set_value(tenths / 10)
        made = upscale(model, picture, scale=tenths / 10, threads=1)
        said = page.panel.result_size.text()
        assert said == f"{formatting.size(made.height, made.width)} px", tenths


def test_the_size_that_a_goal_is_said_to_give_is_the_size_that_is_made(qtbot, opened, subtests):
    for goal in (
        Goal(width=150),
        Goal(height=71),
        Goal(100, 200),
        Goal(megapixels=0.0123),
        Goal(90, 120, dpi=300.0),
        Goal(width=36),
        Goal(height=192),
    ):
        with subtests.test(goal=str(goal)):
            opened.panel.form.size_form.set_value(goal)
            said = opened.panel.result_size.text()
            made = run_upscale(qtbot, opened).picture
            assert said == f"{formatting.size(made.height, made.width)} px"
            area = formatting.megapixels(made.height, made.width)
            assert opened.panel.area.text().startswith(area)


def test_a_goal_chooses_the_model_and_names_the_file(qtbot, opened, picture_file):
    opened.panel.form.size_form.set_value(Goal(width=110))
    assert run_upscale(qtbot, opened).model_id == "small-x4"
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert saved.args[0].path.name == "a small picture_bsr_w110.png"


def test_a_print_is_told_in_centimetres_and_written_into_the_file(qtbot, opened):
    opened.panel.form.size_form.set_value(Goal(90, 120, dpi=254.0))
    assert opened.panel.area.text() == "0.01 MP · 1.2 × 0.80 cm"
    run_upscale(qtbot, opened)
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.save()
    assert read_picture(saved.args[0].path).dpi == pytest.approx((254, 254), abs=0.1)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (Goal(width=20), "The picture is larger than that already."),
        (Goal(width=360), "That would be 10.0 times as large; at most 8 times is possible."),
    ],
)
def test_a_goal_out_of_reach_is_said_and_keeps_the_start(opened, goal, said):
    opened.panel.form.size_form.set_value(goal)
    assert opened.panel.problem.text() == said and not opened.panel.start.isEnabled()
    opened.panel.form.size_form.set_value(2)
    assert opened.panel.problem.text() == "" and opened.panel.start.isEnabled()


def test_the_goal_of_a_picture_is_made_anew_for_the_next(opened):
    opened.panel.form.size_form.set_value(Goal(width=144))
    assert opened.panel.result_size.text() == "144 × 96 px"
    opened.reader.read.emit(
        OpenPicture(Picture(np.zeros((30, 30, 3), np.uint8)), "square", None), None
    )
    assert opened.panel.result_size.text() == "144 × 144 px"


def test_a_result_that_is_very_large_or_fits_no_jpeg_is_told_before(page, settings, tmp_path):
    strip = Picture(np.broadcast_to(np.uint8(9), (3, 9000, 3)))
    page.reader.read.emit(OpenPicture(strip, "strip.jpg", tmp_path / "strip.jpg"), None)
    page.panel.form.size_form.set_value(8)
    limit = QLocale().toString(65500)
    assert page.panel.advice.text() == (
        f"JPEG holds at most {limit} pixels a side; choose PNG or TIFF."
    )
    settings.change(format="png")
    assert page.panel.advice.text() == ""
    wide = Picture(np.broadcast_to(np.uint8(9), (4000, 4000, 3)))
    page.reader.read.emit(OpenPicture(wide, "wide", None), None)
    page.panel.form.size_form.set_value(4)
    assert page.panel.advice.text() == "A very large result: 256 MP, up to 768.0 MB as a file."


@nothing_measured
@pytest.mark.parametrize(
    "binary, said", [(5.1, "About 5.0 times as fast"), (1.0, "about as fast as float")]
)
def test_the_kinds_of_weights_are_told_by_what_was_measured_here(
    page, catalog, settings, binary, said
):
    form, threads = page.panel.form, settings.preferences.threads
    form.describe_weights()
    assert form.weights_hint.text() == "Much faster than float, slightly less accurate."
    for weights, speed in (("binary", binary), ("float", 1.0)):
        card = catalog.find("small-x2", weights)
        Speeds(settings).keep(card, threads, Pace(0.0, 1e-6 / speed, 1e-6 / speed))
    form.describe_weights()
    assert said in form.weights_hint.text()
    form.switch_weights()
    assert "Slightly more accurate" in form.weights_hint.text()


def test_it_is_said_where_binary_weights_are_not_faster(page, catalog, tmp_path):
    signs, numbers = (make_config(kind, network="srresnet") for kind in ("binary-weight", "float"))
    save_small_model(tmp_path, "classic-x2", network="srresnet", config=signs)
    save_small_model(tmp_path, "classic-x2", "float", network="srresnet", config=numbers)
    for kind in ("binary", "float"):
        catalog.import_file(tmp_path / f"classic-x2-{kind}.safetensors")
    form = page.panel.form
    form.reload()
    form.set_model("classic-x2", "binary")
    assert form.weights_hint.text().startswith("Smaller than float, but not faster")
    form.switch_weights()
    assert "about as fast as binary" in form.weights_hint.text()


@nothing_measured
def test_enlarging_never_waits_for_the_measuring_of_speeds(qtbot, opened, settings, monkeypatch):
    begun = Event()

    def measure(catalog, card, threads, cancel):
        begun.set()
        while not Event().wait(0.001):
            cancel.check()

    monkeypatch.setattr("bsr.views.upscale.estimate.measure", measure)
    opened.panel.form.set_model("", "float")
    qtbot.waitUntil(begun.is_set, timeout=20000)
    assert opened.panel.time.text() == "measuring…"
    assert run_upscale(qtbot, opened).weights == "float"
    assert opened.panel.time.text() == "measuring…"


def test_a_wish_beyond_the_memory_limit_cannot_be_started(qtbot, opened, settings):
    settings.change(memory_limit_gigabytes=0.1)
    assert not opened.panel.start.isEnabled()
    assert "memory" in opened.panel.problem.text()
    opened.start()
    assert not opened.running
    settings.change(memory_limit_gigabytes=0)
    assert opened.panel.start.isEnabled()
