"""The arithmetic of the page: who is fastest, who is ahead, what is met."""

from importlib import import_module

import pytest

from benchmarks import report
from benchmarks.predictions import share_within
from benchmarks.targets import BINARY, targets

MACHINE = {
    "processor": "Test", "instructions": "AVX2 or less", "cores": 2, "load": 0.1,
    "versions": {"x": "1"},
}  # fmt: skip


def network(name, precision, library, ms, psnr=None, **changes):
    row = {
        "scale": 4, "side": 256, "threads": 1, "network": name, "precision": precision,
        "library": library, "luma_only": False, "psnr": psnr, "psnr_source": "measured",
        "ms_per_megapixel": ms, "ms": ms, "wall_ms": ms,
    }  # fmt: skip
    return row | changes


def layer(library, precision, ms):
    return {"layer": BINARY, "library": library, "precision": precision, "threads": 1, "ms": ms}


NETWORKS = [
    network("bsr-x4", "binary", "BSR", 10, 31.0),
    network("bsr-x4", "binary", "BSR", 5.2, 31.0, threads=2),
    network("bsr-x4", "float", "BSR", 90, 31.4),
    network("bsr-x4", "float", "OpenVINO", 130, 31.4),
    network("bsr-x4", "float", "ONNX Runtime", 125, 31.4),
    network("srresnet-x4", "float", "OpenVINO", 240, 31.3),
    network("small", "float", "OpenVINO", 3, 31.3, luma_only=True, psnr_source="published"),
    network("smaller", "float", "OpenVINO", 2, 30.7),
    network("unknown", "int8", "OpenVINO", 1),
]
LAYERS = [
    layer("BSR", "binary", 0.5), layer("A", "float", 10), layer("B", "float", 9.5),
    layer("A", "int8", 2.0),
]  # fmt: skip
SIZES = [{"megapixels": size, "threads": 1, "s_per_megapixel": s, "model": "m", "weights": "binary"}
         for size, s in ((1.0, 0.5), (24.0, 0.54))]  # fmt: skip
PREDICTED = [
    {"model": "m", "weights": "binary", "threads": 1, "megapixels": size, "ratio": ratio}
    for size, ratio in enumerate([1.0] * 8 + [1.21, 0.79])
]
FOUND = {
    "kernels": {"machine": MACHINE, "rows": LAYERS},
    "networks": {"machine": MACHINE, "rows": NETWORKS},
    "sizes": {"machine": MACHINE, "rows": SIZES},
    "threads": {
        "machine": MACHINE,
        "rows": [
            {"model": "m", "weights": "binary", "side": side, "threads": 2, "times_as_fast": gain}
            for side, gain in ((256, 1.95), (512, 1.92))
        ],
    },
    "memory": {
        "machine": MACHINE,
        "rows": [
            {"model": "m", "megapixels": 24.0, "threads": n, "megabytes": 600 + n} for n in (1, 2)
        ],
    },
    "predictions": {"machine": MACHINE, "rows": PREDICTED},
}  # fmt: skip


@pytest.fixture
def plots():
    """Only now: matplotlib takes half a second to import, of every process that looks here."""
    return import_module("benchmarks.plots")


def test_the_targets_are_ratios_of_what_was_measured():
    values = [(one.value, one.met) for one in targets(FOUND)]
    assert values == [
        (pytest.approx(19), True),
        (pytest.approx(4), False),
        (pytest.approx(12.5), True),
        (pytest.approx(24), False),
        (1.92, True),
        (pytest.approx(1.08), True),
        (602, True),
        (pytest.approx(0.8), False),
    ]


def test_a_target_that_was_not_measured_is_not_met():
    assert all(one.value is None and not one.met for one in targets({}))


def test_predictions_count_as_right_within_a_share():
    assert share_within(PREDICTED) == pytest.approx(0.8)
    assert share_within(PREDICTED, within=0.25) == 1


def test_the_fastest_library_speaks_for_a_network():
    best = report.fastest(row for row in NETWORKS if row["threads"] == 1)
    assert best["bsr-x4", "float"]["library"] == "BSR"
    assert best["bsr-x4", "binary"]["ms"] == 10


def test_ahead_is_who_is_faster_and_better():
    rows = [row for row in NETWORKS if row["threads"] == 1]
    assert report.better_and_faster(rows, ("bsr-x4", "binary")) == ["small"]


def test_the_page_says_who_is_ahead_what_is_met_and_on_which_machine():
    page = report.page(FOUND)
    assert "Faster and better than bsr-x4 binary at 256 x 256, 1 thread: small." in page
    assert "| small, float * (OpenVINO) | 31.30 (p) | 3.00 | – |" in page
    assert "Test (AVX2 or less), 2 cores" in page
    assert page.count("**no**") == 3
    for title in ("Layers", "Whole networks", "Small and large", "Memory", "Predicted times"):
        assert f"## {title}" in page


@pytest.mark.parametrize(
    "value, shown",
    [(None, "–"), (1234.5, "1,234"), (12.34, "12.3"), (0.5, "0.50"), (0.0123, "0.0123")],
)  # fmt: skip
def test_numbers_have_about_three_digits(value, shown):
    assert report.number(value) == shown


def test_the_frontier_keeps_what_no_other_beats_in_both(plots):
    points = [(3, 31.3), (10, 31.0), (1, 28.0), (20, 32.0), (1, 27.0)]
    assert plots.frontier(points) == [(1, 28.0), (3, 31.3), (20, 32.0)]


def test_both_plots_are_drawn(plots, tmp_path):
    plots.draw_frontier(NETWORKS, tmp_path / "frontier.svg")
    plots.draw_speedups(FOUND, tmp_path / "speedups.svg")
    assert "<svg" in (tmp_path / "frontier.svg").read_text()
    assert "<svg" in (tmp_path / "speedups.svg").read_text()


def test_what_is_not_measured_this_time_is_kept():
    old = [{"scale": 4, "side": 64, "ms": 1}, {"scale": 4, "side": 256, "ms": 2}]
    new = [{"scale": 4, "side": 256, "ms": 3}]
    assert report.merged(old, new) == [old[0], new[0]]
