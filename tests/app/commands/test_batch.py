"""`bsr batch` with a small real network."""

import csv
import gc
import io
import json
import signal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from bsr import cli, logs, paths
from bsr.engine import Picture
from bsr.engine.batch.journal_lines import History
from bsr.engine.images import read_picture, write_picture
from bsr.engine.models import catalog
from tests.small_models import save_small_model


@pytest.fixture(autouse=True)
def models(monkeypatch, tmp_path):
    """Two small models of the program and none of the user's own; no log."""
    monkeypatch.setattr(catalog, "BUNDLED_MODELS", tmp_path / "models")
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(logs, "configure", lambda: None)
    save_small_model(tmp_path / "models", "small-x2", "binary", 2)
    save_small_model(tmp_path / "models", "small-x4", "float", 4)


@pytest.fixture
def pictures(tmp_path):
    """A folder with two pictures, a broken one, a text, and a subfolder with one more."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.png", "b.jpg", "sub/c.png"):
        write_picture(Picture(np.full((10, 15, 3), 120, np.uint8)), folder / name)
    (folder / "broken.png").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("nothing")
    return folder


def batch(*arguments):
    return cli.main(["batch", *map(str, arguments)])


def made(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*g"))


def test_a_folder_is_enlarged_and_failures_are_told(kernels, pictures, tmp_path, capsys):
    assert batch(pictures, "-o", tmp_path / "out") == 1
    assert made(tmp_path / "out") == ["a_bsr_x2.png", "b_bsr_x2.jpg"]
    shown = capsys.readouterr()
    assert "2 done, 0 skipped, 1 failed" in shown.out and "--retry-failed" in shown.out
    assert "broken.png" in shown.err and len(shown.err.splitlines()) == 1


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_the_collector_that_starting_goes_without_works_in_the_end(pictures, tmp_path, options):
    gc.disable()
    try:
        batch(pictures / "a.png", "-o", tmp_path / "out", *options)
        assert gc.isenabled()
    finally:
        gc.enable()


def test_subfolders_patterns_and_names_are_obeyed(pictures, tmp_path):
    options = ["--recursive", "--include", "*.png", "--exclude", "broken*"]
    assert batch(pictures, "-o", tmp_path / "out", *options, "--name", "{index}_{name}") == 0
    assert made(tmp_path / "out") == ["0001_a.png", "sub/0002_c.png"]


def test_scale_model_weights_and_format_are_obeyed(pictures, tmp_path):
    options = ["--scale", "3", "--model", "small-x4", "--weights", "float", "--format", "jpg"]
    assert batch(pictures / "a.png", "-o", tmp_path / "out", *options) == 0
    assert made(tmp_path / "out") == ["a_bsr_x3.jpg"]


def test_a_dry_run_tells_and_writes_nothing(pictures, tmp_path, capsys):
    (pictures / "broken.png").unlink()
    assert batch(pictures, "-o", tmp_path / "out", "--dry-run") == 0
    shown = capsys.readouterr()
    assert f"{pictures / 'a.png'} (15 x 10) -> " in shown.out and "(30 x 20)" in shown.out
    assert "2 to do, 0 will fail, 0 exist" in shown.err
    assert not (tmp_path / "out").exists()


def test_a_dry_run_says_that_it_writes_no_table(pictures, tmp_path, capsys):
    table = tmp_path / "table.csv"
    batch(pictures, "-o", tmp_path / "out", "--dry-run", "--csv", table)
    assert f"{table} is not written" in capsys.readouterr().err and not table.exists()


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_dry_run_tells_what_will_fail_and_why(pictures, tmp_path, capsys, options):
    arguments = (pictures, "-o", tmp_path / "out", "--width", "110", "--dry-run", *options)
    write_picture(Picture(np.zeros((9, 9, 3), np.uint8)), pictures / "tiny.png")
    assert batch(*arguments) == 1
    shown = capsys.readouterr()
    broken, tiny = pictures / "broken.png", pictures / "tiny.png"
    reasons = [line for line in shown.err.splitlines() if str(broken) in line or str(tiny) in line]
    assert len(reasons) == 2 and "2 to do, 2 will fail" in shown.err
    if options:
        told = {Path(each["input"]): each for each in map(json.loads, shown.out.splitlines())}
        assert told[broken]["output"] is None and str(broken) in told[broken]["error"]
        assert told[pictures / "a.png"]["width"] == 110
    else:
        assert str(broken) not in shown.out and str(tiny) not in shown.out


def test_a_signal_ends_the_preparation_at_once(pictures, tmp_path, monkeypatch):
    handlers = []

    def prepare(*_):
        handlers.append(signal.getsignal(signal.SIGINT))
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("bsr.commands.shared.prepare_kernels", prepare)
    assert batch(pictures, "-o", tmp_path / "out") == 130
    assert handlers == [before]


def test_a_goal_is_met_for_every_file_and_said_before(pictures, tmp_path, capsys):
    write_picture(Picture(np.full((40, 20, 3), 120, np.uint8)), pictures / "tall.png")
    arguments = (pictures, "-o", tmp_path / "out", "--fit", "60x45", "--exclude", "broken*")
    assert batch(*arguments, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "(15 x 10) -> " in shown and "(60 x 40)" in shown
    assert "(20 x 40) -> " in shown and "(23 x 45)" in shown
    assert batch(*arguments) == 0
    assert made(tmp_path / "out") == ["a_bsr_60x45.png", "b_bsr_60x45.jpg", "tall_bsr_60x45.png"]
    sizes = [read_picture(path).pixels.shape[:2] for path in sorted((tmp_path / "out").glob("*g"))]
    assert sizes == [(40, 60), (40, 60), (45, 23)]


def test_a_goal_is_resumed_only_with_the_same(pictures, tmp_path, capsys):
    (pictures / "broken.png").unlink()
    batch(pictures, "-o", tmp_path / "out", "--width", "40")
    assert batch(pictures, "-o", tmp_path / "out", "--width", "50", "--resume") == 1
    assert "size was ['w40', None] and is now ['w50', None]" in capsys.readouterr().err
    assert batch(pictures, "-o", tmp_path / "out", "--width", "40", "--resume") == 0


def test_json_has_a_line_for_every_file_and_a_summary(pictures, tmp_path, capsys):
    assert batch(pictures, "-o", tmp_path / "out", "--json") == 1
    *files, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert {Path(file["input"]).name: file["status"] for file in files} == {
        "a.png": "done",
        "b.jpg": "done",
        "broken.png": "failed",
    }
    summary = last["summary"]
    assert (summary["done"], summary["failed"], summary["stopped"]) == (2, 1, None)
    assert Path(summary["failures"][0]["input"]).name == "broken.png"


def test_the_table_is_written(pictures, tmp_path):
    batch(pictures, "-o", tmp_path / "out", "--csv", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["state"] for row in rows] == ["done", "done", "failed"]
    assert "broken.png" in rows[2]["error"]


def test_a_table_that_would_replace_a_picture_is_refused_before_the_work(
    pictures, tmp_path, capsys
):
    picture = pictures / "a.png"
    before = picture.read_bytes()
    assert batch(pictures, "-o", tmp_path / "out", "--csv", picture) == 1
    assert "a.png is not a batch table, so it was not replaced." in capsys.readouterr().err
    assert picture.read_bytes() == before and not (tmp_path / "out").exists()


def test_a_table_that_could_not_be_written_is_refused_before_the_work(pictures, tmp_path, capsys):
    assert batch(pictures, "-o", tmp_path / "out", "--csv", pictures / "sub") == 1
    assert "sub cannot be written: it is a folder." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_table_that_cannot_be_written_leaves_the_rest_of_the_report(
    pictures, tmp_path, capsys, monkeypatch
):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bsr.engine.batch.table.write_file", full)
    (pictures / "broken.png").unlink()
    assert batch(pictures, "-o", tmp_path / "out", "--csv", tmp_path / "t.csv", "--json") == 1
    shown = capsys.readouterr()
    assert "t.csv cannot be written" in shown.err
    assert json.loads(shown.out.splitlines()[-1])["summary"]["done"] == 2


def test_without_its_journal_a_batch_leaves_the_earlier_table(pictures, tmp_path, monkeypatch):
    table = tmp_path / "table.csv"
    batch(pictures, "-o", tmp_path / "out", "--csv", table)
    before = table.read_bytes()
    monkeypatch.setattr("bsr.engine.batch.journal.read_history", lambda root: History())
    batch(pictures, "-o", tmp_path / "out2", "--csv", table)
    assert table.read_bytes() == before


def test_what_exists_is_skipped_and_counted(pictures, tmp_path, capsys):
    (pictures / "broken.png").unlink()
    batch(pictures, "-o", tmp_path / "out")
    assert batch(pictures, "-o", tmp_path / "out") == 0
    assert "0 done, 2 skipped" in capsys.readouterr().out


def test_a_picture_that_took_the_name_of_a_result_is_told_of(pictures, tmp_path, capsys):
    arguments = (pictures, "-o", pictures, "--name", "{name}", "--format", "png")
    batch(*arguments, "--include", "b.jpg")
    (pictures / "b.jpg").unlink()
    write_picture(Picture(np.zeros((9, 9, 3), np.uint8)), pictures / "b.png")
    capsys.readouterr()
    batch(*arguments, "--include", "b.*")
    assert f"ignored: {pictures / 'b.png'}: It has the name of" in capsys.readouterr().err


def test_resuming_and_retrying_do_the_rest_only(pictures, tmp_path, capsys):
    batch(pictures, "-o", tmp_path / "out")
    write_picture(Picture(np.full((4, 4, 3), 9, np.uint8)), pictures / "broken.png")
    assert batch(pictures, "-o", tmp_path / "out", "--retry-failed") == 0
    assert "1 done, 0 skipped, 0 failed, 2 finished before" in capsys.readouterr().out
    assert batch(pictures, "-o", tmp_path / "out", "--resume") == 0
    assert "0 done, 0 skipped, 0 failed, 3 finished before" in capsys.readouterr().out


def test_where_nothing_can_be_retried_no_folder_is_made(pictures, tmp_path, capsys):
    assert batch(pictures, "-o", tmp_path / "mistyped", "--retry-failed") == 1
    assert "no earlier batch in" in capsys.readouterr().err
    assert not (tmp_path / "mistyped").exists()


def test_resuming_with_other_settings_is_refused_with_the_reason(pictures, tmp_path, capsys):
    batch(pictures, "-o", tmp_path / "out")
    capsys.readouterr()
    assert batch(pictures, "-o", tmp_path / "out", "--resume", "--quality", "80") == 1
    assert "quality was 92 and is now 80" in capsys.readouterr().err


def test_two_results_of_one_name_are_told(pictures, tmp_path, capsys):
    write_picture(Picture(np.full((4, 4, 3), 9, np.uint8)), pictures / "a.bmp")
    batch(pictures / "a.png", pictures / "a.bmp", "-o", tmp_path / "out", "--format", "png")
    assert made(tmp_path / "out") == ["a_bsr_x2 (2).png", "a_bsr_x2.png"]
    assert "duplicate name" in capsys.readouterr().err


def test_a_lack_of_space_is_told_before_the_start(pictures, tmp_path, capsys, monkeypatch):
    usage = SimpleNamespace(free=10)
    monkeypatch.setattr("bsr.engine.batch.plan.shutil.disk_usage", lambda folder: usage)
    batch(pictures, "-o", tmp_path / "out", "--dry-run")
    assert "but only 10 B are free" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--model", "none"],
        ["--name", "{day}"],
        ["--scale", "9"],
        ["--if-exists", "ask"],
        ["--dask", "127.0.0.1:1", "--leave-cores", "1"],
        ["--dask", "127.0.0.1:1", "--low-priority"],
    ],
)
def test_a_wrong_option_is_a_usage_error(pictures, tmp_path, options, capsys):
    assert batch(pictures, "-o", tmp_path / "out", *options) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_a_usage_error(pictures, capsys):
    assert batch(pictures, "-o", pictures / "notes.txt") == 2
    assert "is not a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["in", "-o", ""], ["", "-o", "out"], ["in", "-o", "out", "--csv", ""]]
)
def test_an_empty_path_is_not_the_working_directory(tmp_path, capsys, monkeypatch, arguments):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert batch(*arguments) == 2
    assert "the path is empty" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_folder_is_told(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert batch(tmp_path / "empty", "-o", tmp_path / "out") == 0
    assert "--recursive" in capsys.readouterr().out


def test_a_missing_folder_is_a_failure(tmp_path, capsys):
    assert batch(tmp_path / "nowhere", "-o", tmp_path / "out") == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_terminal_shows_files_pixels_and_time(pictures, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "120")
    batch(pictures, "-o", tmp_path / "out")
    assert "0/3 files  0.0/0.0 megapixels" in terminal.getvalue()


def test_quiet_shows_errors_only(pictures, tmp_path, capsys):
    batch(pictures, "-o", tmp_path / "out", "--quiet")
    shown = capsys.readouterr()
    assert shown.out == "" and "broken.png" in shown.err


def test_frames_that_are_not_enlarged_are_counted_and_told(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    images = [Image.new("RGB", (12, 10), (turn, 0, 0)) for turn in (1, 2, 3)]
    images[0].save(tmp_path / "in" / "a.png", save_all=True, append_images=images[1:])
    images[0].save(tmp_path / "in" / "b.png")
    assert batch(tmp_path / "in", "-o", tmp_path / "out") == 0
    assert "Several frames in 1 of them: only the first was enlarged." in capsys.readouterr().out
    assert batch(tmp_path / "in", "-o", tmp_path / "again", "--json") == 0
    *files, end = map(json.loads, capsys.readouterr().out.splitlines())
    assert [file["frames"] for file in files] == [3, 1]
    assert end["summary"]["several_frames"] == 1
