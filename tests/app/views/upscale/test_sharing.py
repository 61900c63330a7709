"""Comparisons on their way to files and to the clipboard."""

import pytest
from PySide6.QtGui import QGuiApplication

from tests.app.enlarging import run_upscale

pytestmark = pytest.mark.usefixtures("shown")


@pytest.mark.parametrize("mode", ["split", "side"])
def test_the_comparison_is_copied_as_it_is_seen(qtbot, opened, mode):
    run_upscale(qtbot, opened)
    opened.compare.set_mode(mode)
    comparison = opened.compare.comparison(beside=mode == "side")
    with qtbot.waitSignal(opened.sharing.copied):
        opened.sharing.copy()
    image = QGuiApplication.clipboard().image()
    height, width = comparison.before.shape[:2]
    assert (image.height(), image.width()) == (height, 2 * width + 8 if mode == "side" else width)


@pytest.mark.parametrize("kind, suffix", [("slider", ".png"), ("animation", ".webp")])
def test_the_comparison_is_saved_beside_the_picture(qtbot, opened, picture_file, kind, suffix):
    run_upscale(qtbot, opened)
    target = opened.sharing.proposal(kind, opened.current)
    assert target == picture_file.with_name(f"a small picture_comparison{suffix}")
    with qtbot.waitSignal(opened.exporter.saved) as saved:
        opened.sharing.save(opened.sharing.comparison(kind), kind, target, opened.current)
    assert saved.args[0].path == target and target.exists()
    assert opened.result.file is None


def test_the_comparison_is_proposed_for_the_folder_of_the_settings(opened, settings, tmp_path):
    settings.change(output_folder=str(tmp_path / "out"))
    assert opened.sharing.proposal("slider", opened.current).parent == tmp_path / "out"


def test_the_comparison_never_replaces_the_original(qtbot, opened, picture_file):
    run_upscale(qtbot, opened)
    before, comparison = picture_file.read_bytes(), opened.sharing.comparison("slider")
    with qtbot.waitSignal(opened.failed) as failed:
        opened.sharing.save(comparison, "slider", picture_file, opened.current)
    assert "would overwrite the original" in str(failed.args[0])
    assert picture_file.read_bytes() == before
    opened.errors.clear()
