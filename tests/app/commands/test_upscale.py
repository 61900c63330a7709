"""`bsr upscale`, `bsr models` and `bsr doctor` with a small real network."""

import gc
import io
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bsr import cli, logs, paths
from bsr.engine import Picture
from bsr.engine.images import format_of, read_picture, write_picture
from bsr.engine.models import catalog
from tests.small_models import save_small_model, save_small_pyramid


@pytest.fixture
def models(monkeypatch, tmp_path):
    """Folders with two small models of the program and none of the user's own."""
    monkeypatch.setattr(catalog, "BUNDLED_MODELS", tmp_path / "models")
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path / "data")
    save_small_model(tmp_path / "models", "small-x2", "binary", 2)
    save_small_model(tmp_path / "models", "small-x4", "float", 4)
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def no_log(monkeypatch):
    monkeypatch.setattr(logs, "configure", lambda: None)


@pytest.fixture
def photo(models, tmp_path):
    path = tmp_path / "photo.jpg"
    write_picture(Picture(np.full((10, 15, 3), 120, np.uint8)), path)
    return path


def upscale(*arguments):
    return cli.main(["upscale", *map(str, arguments)])


def test_the_result_lies_beside_the_picture_as_png(photo, capsys):
    assert upscale(photo) == 0
    result = photo.with_name("photo_bsr_x2.png")
    assert read_picture(result).pixels.shape == (20, 30, 3)
    shown = capsys.readouterr()
    assert str(result) in shown.out and "small-x2 binary" in shown.out and shown.err == ""


def test_the_collector_that_starting_goes_without_works_in_the_end(photo):
    gc.disable()
    try:
        upscale(photo)
        assert gc.isenabled()
    finally:
        gc.enable()


def test_the_scale_is_in_the_name(photo):
    assert upscale(photo, "--scale", "2.5") == 0
    assert read_picture(photo.with_name("photo_bsr_x2.5.png")).pixels.shape == (25, 38, 3)


@pytest.mark.parametrize(
    ("arguments", "used"),
    [([], "tidy-x2"), (["--family", "clean"], "small-x2"), (["--clean-up", "0"], "small-x2")],
)
def test_artefacts_of_a_jpeg_are_removed_unless_it_is_not_wanted(
    photo, models, capsys, arguments, used
):
    save_small_model(models, "tidy-x2", family="jpeg")
    write_picture(Picture(np.full((10, 15, 3), 120, np.uint8)), photo, quality=50)
    assert upscale(photo, "--json", *arguments) == 0
    assert json.loads(capsys.readouterr().out)["model"] == used


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--family", "sharp"], "No sharp model"), (["--clean-up", "101"], "from 0 to 100")],
)
def test_what_cannot_be_chosen_is_a_usage_error(photo, capsys, arguments, words):
    assert upscale(photo, *arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "name", "shape"),
    [
        ("--width", "60", "photo_bsr_w60.png", (40, 60, 3)),
        ("--height", "25", "photo_bsr_h25.png", (25, 38, 3)),
        ("--fit", "40x20", "photo_bsr_40x20.png", (20, 30, 3)),
        ("--megapixels", "0.0024", "photo_bsr_0.0024MP.png", (40, 60, 3)),
        ("--print", "1x1.5in@30", "photo_bsr_30x45.png", (30, 45, 3)),
    ],
)
def test_a_goal_is_met_and_is_in_the_name(photo, option, value, name, shape):
    assert upscale(photo, option, value) == 0
    assert read_picture(photo.with_name(name)).pixels.shape == shape


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scale", "2", "--width", "60"], "not allowed with argument --scale"),
        (["--width", "0"], "the number of pixels must be a number from 1 to 1000000, not '0'"),
        (["--width", "6.5"], "the number of pixels must be a number from 1"),
        (["--fit", "1920"], "write a size such as 1920x1080, not '1920'"),
        (["--megapixels", "lots"], "the number of megapixels must be a number"),
        (["--print", "30x20"], "write a size such as 30x20cm@300 or 8x10in@240, not '30x20'"),
    ],
)
def test_a_goal_that_cannot_be_meant_is_a_usage_error(photo, capsys, arguments, said):
    assert upscale(photo, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_picture_beyond_the_goal_fails_with_a_sentence(photo, capsys):
    assert upscale(photo, "--fit", "10x10") == 1
    assert "15 x 10 pixels, which is more than was asked for" in capsys.readouterr().err


def test_model_and_weights_can_be_chosen(photo, capsys):
    assert upscale(photo, "--model", "small-x4", "--weights", "float", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["model"], told["weights"]) == ("small-x4", "float")
    assert told["output"].endswith("photo_bsr_x4.png")


def test_json_is_one_object_a_file_and_nothing_else(photo, tmp_path, capsys):
    (tmp_path / "bad.png").write_bytes(b"no picture")
    assert upscale(tmp_path / "bad.png", photo, "--json") == 1
    shown = capsys.readouterr()
    bad, good = map(json.loads, shown.out.splitlines())
    keys = ["input", "output", "model", "weights", "seconds", "megapixels", "status", "error"]
    keys += ["kept", "left_out", "frames"]
    assert list(bad) == list(good) == keys
    assert bad["status"] == "failed" and "bad.png" in bad["error"] and bad["output"] is None
    assert good["status"] == "done" and good["error"] is None and good["megapixels"] == 0.0006
    assert shown.err.splitlines() == [f"bsr: {bad['error']}"]


def test_a_bad_file_does_not_stop_the_rest(photo, tmp_path, capsys):
    assert upscale(tmp_path / "missing.png", photo) == 1
    assert photo.with_name("photo_bsr_x2.png").exists()
    shown = capsys.readouterr().err
    assert "missing.png" in shown and shown.count("\n") == 1


def test_quiet_says_nothing_when_all_is_well(photo, capsys):
    assert upscale(photo, "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_still_tells_errors(models, capsys):
    assert upscale("missing.png", "--quiet") == 1
    assert "missing.png" in capsys.readouterr().err


def test_results_go_to_the_folder_asked_for(photo, tmp_path):
    assert upscale(photo, "--output-dir", tmp_path / "new" / "folder") == 0
    assert (tmp_path / "new" / "folder" / "photo_bsr_x2.png").exists()


@pytest.mark.parametrize("suffix", ["png", "jpg", "JPEG", "webp", "tif", "tiff", "bmp"])
def test_the_suffix_of_the_output_decides_its_format(photo, tmp_path, suffix):
    output = tmp_path / f"result.{suffix}"
    assert upscale(photo, "-o", output) == 0
    from PIL import Image

    with Image.open(output) as image:
        assert image.format.lower() == format_of(output).name


def test_the_format_asked_for_wins_over_the_suffix(photo, tmp_path):
    assert upscale(photo, "-o", tmp_path / "result.jpg", "--format", "png") == 0
    assert (tmp_path / "result.jpg").read_bytes().startswith(b"\x89PNG")


def test_a_format_can_be_asked_for_by_its_suffix(photo):
    assert upscale(photo, "--format", "JPG") == 0
    assert photo.with_name("photo_bsr_x2.jpg").exists()


def test_quality_changes_the_size_of_a_jpeg(photo, tmp_path):
    random = np.random.default_rng(0)
    write_picture(Picture(random.integers(0, 256, (30, 30, 3)).astype(np.uint8)), photo)
    for quality in (30, 95):
        assert upscale(photo, "-o", tmp_path / f"{quality}.jpg", "--quality", quality) == 0
    assert (tmp_path / "30.jpg").stat().st_size < (tmp_path / "95.jpg").stat().st_size


def test_an_existing_result_is_kept_by_default(photo):
    assert upscale(photo) == upscale(photo) == 0
    assert photo.with_name("photo_bsr_x2 (2).png").exists()


def test_an_existing_result_can_be_skipped(photo, capsys):
    assert upscale(photo) == 0
    capsys.readouterr()
    assert upscale(photo, "--if-exists", "skip", "--json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "skipped"
    assert not photo.with_name("photo_bsr_x2 (2).png").exists()


def test_the_original_is_not_replaced_even_when_asked_for(photo, capsys):
    before = photo.read_bytes()
    assert upscale(photo, "-o", photo, "--if-exists", "replace") == 1
    assert "overwrite the original" in capsys.readouterr().err
    assert photo.read_bytes() == before


@pytest.mark.parametrize("rule", ["rename", "replace", "skip"])
def test_results_of_one_command_never_take_each_other_s_place(photo, tmp_path, rule):
    twins = [tmp_path / "a" / "photo.png", tmp_path / "b" / "Photo.png"]
    for width, twin in enumerate(twins, 5):
        twin.parent.mkdir()
        write_picture(Picture(np.zeros((4, width, 3), np.uint8)), twin)
    assert upscale(*twins, "--output-dir", tmp_path / "out", "--if-exists", rule) == 0
    found = {path.name: read_picture(path).width for path in (tmp_path / "out").iterdir()}
    assert found == {"photo_bsr_x2.png": 10, "Photo_bsr_x2 (2).png": 12}


def test_no_result_takes_the_place_of_a_picture_of_the_same_command(photo):
    second = photo.with_name("photo_bsr_x2.png")
    write_picture(Picture(np.zeros((4, 5, 3), np.uint8)), second)
    before = second.read_bytes()
    assert upscale(photo, second, "--if-exists", "replace") == 0
    assert second.read_bytes() == before
    assert read_picture(photo.with_name("photo_bsr_x2 (2).png")).width == 30
    assert read_picture(photo.with_name("photo_bsr_x2_bsr_x2.png")).width == 10


def test_nor_where_the_user_is_asked_and_would_replace_it(photo, monkeypatch):
    second = photo.with_name("photo_bsr_x2.png")
    write_picture(Picture(np.zeros((4, 5, 3), np.uint8)), second)
    before = second.read_bytes()
    answer(monkeypatch, "p\np\n")
    assert upscale(photo, second, "--if-exists", "ask") == 0
    assert second.read_bytes() == before
    assert read_picture(photo.with_name("photo_bsr_x2 (2).png")).width == 30


def test_a_path_that_the_system_refuses_does_not_stop_the_rest(photo, capsys):
    endless = photo.with_name("long" * 100 + ".png")
    assert upscale(endless, photo, "--json") == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["status"] for line in lines] == ["failed", "done"]


class Keyboard(io.StringIO):
    def isatty(self):
        return True


def answer(monkeypatch, text):
    """Let a person at a terminal answer every question with this text."""
    monkeypatch.setattr(sys, "stdin", Keyboard(text))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


@pytest.mark.parametrize(
    ("typed", "status", "count"),
    [("s\n", "skipped", 1), ("r\n", "done", 2), ("p\n", "done", 1), ("what?\nS\n", "skipped", 1)],
)
def test_the_person_decides_when_asked(photo, capsys, monkeypatch, typed, status, count):
    assert upscale(photo, "--quiet") == 0
    answer(monkeypatch, typed)
    assert upscale(photo, "--if-exists", "ask", "--json", "--quiet") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["status"] == status
    assert shown.err.count("exists. (s)kip") == typed.count("\n")
    assert len(list(photo.parent.glob("photo_bsr_x2*.png"))) == count


def test_without_a_terminal_nobody_is_asked(photo, capsys):
    assert upscale(photo, "--quiet") == upscale(photo, "--if-exists", "ask", "--quiet") == 0
    assert capsys.readouterr().err == ""
    assert photo.with_name("photo_bsr_x2 (2).png").exists()


def test_where_stdin_is_closed_nobody_is_asked(photo, monkeypatch):
    photo.with_name("photo_bsr_x2.png").write_bytes(b"keep me")
    monkeypatch.setattr("sys.stdin", None)
    assert upscale(photo, "--if-exists", "ask") == 0
    sys.stdin.close()
    assert photo.with_name("photo_bsr_x2 (2).png").exists()


def test_a_folder_is_told_to_go_to_batch(models, tmp_path, capsys):
    assert upscale(tmp_path) == 1
    assert "is a folder. `bsr batch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "INPUT"),
        (["a.png", "b.png", "-o", "c.png"], "--output-dir takes several"),
        (["a.png", "-o", "c.png", "--output-dir", "d"], "not allowed with"),
        (["a.png", "-o", "c.xyz"], "c.xyz does not end in a format"),
        (["a.png", "-o", "c"], "c does not end in a format"),
        (["a.png", "-o", "."], "is a folder"),
        ([""], "INPUT: the path is empty"),
        (["a.png", "-o", ""], "-o/--output: the path is empty"),
        (["a.png", "--output-dir", ""], "--output-dir: the path is empty"),
        (["a.png", "--format", "gif"], "invalid choice: 'gif'"),
        (["a.png", "--scale", "0.5"], "scale must be a number from 1 to 8, not '0.5'"),
        (["a.png", "--scale", "8.01"], "scale must be a number from 1 to 8"),
        (["a.png", "--scale", "nan"], "scale must be a number from 1 to 8"),
        (["a.png", "--scale", "four"], "scale must be a number from 1 to 8"),
        (["a.png", "--quality", "101"], "quality must be a number from 1 to 100"),
        (["a.png", "--threads", "0"], "number of threads must be a number from 1"),
        (["a.png", "--threads", "1.5"], "number of threads must be a number from 1"),
        (["a.png", "--weights", "ternary"], "invalid choice: 'ternary'"),
        (["a.png", "--if-exists", "overwrite"], "invalid choice: 'overwrite'"),
        (["a.png", "--model", "nothing"], "no model 'nothing'"),
        (["a.png", "--output-dir", __file__], "is not a folder"),
    ],
)
def test_wrong_usage_says_why_with_code_2(models, capsys, arguments, why):
    assert upscale(*arguments) == 2
    shown = capsys.readouterr()
    assert why in shown.err and shown.out == ""


@pytest.mark.parametrize("name", ["照片 фото.png", "a b'c\"d.png", "x" * 240 + ".png", "a\nb.png"])
def test_any_name_works(photo, capsys, name):
    odd = photo.rename(photo.with_name(name))
    assert upscale(odd, "--json") == 0
    assert Path(json.loads(capsys.readouterr().out)["output"]).exists()


def test_a_name_that_is_no_text_works(photo, capsys):
    odd = photo.rename(photo.with_name(os.fsdecode(b"caf\xe9.png")))
    assert upscale(odd) == 0
    assert odd.with_name(os.fsdecode(b"caf\xe9_bsr_x2.png")).exists()


def test_models_are_listed_as_a_table(models, capsys):
    assert cli.main(["models"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "ID",
        "WEIGHTS",
        "FAMILY",
        "SCALE",
        "SIZE",
        "PARAMETERS",
        "FILE",
        "PSNR",
        "LICENCE",
    ]
    assert lines[1].split()[:4] == ["small-x2", "binary", "clean", "x2"]
    assert lines[1].endswith("CC0-1.0")


def test_models_are_listed_as_json(models, capsys):
    assert cli.main(["models", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["id"], first["weights"], second["weights"]) == ("small-x2", "binary", "float")
    assert first["bytes"] == (models / "small-x2-binary.safetensors").stat().st_size
    assert first["state"] == "intact" and len(first["sha256"]) == 64 and not first["own"]


def test_verify_finds_the_damaged_model(models, capsys):
    assert cli.main(["models", "verify"]) == 0
    path = models / "small-x2-binary.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    capsys.readouterr()
    assert cli.main(["models", "verify"]) == 1
    damaged, intact = capsys.readouterr().out.splitlines()
    assert path.name in damaged and intact == "small-x4-float.safetensors: intact"
    assert cli.main(["models", "verify", "--json"]) == 1
    assert [entry["state"] for entry in json.loads(capsys.readouterr().out)] == [
        "damaged",
        "intact",
    ]


def test_a_model_is_imported_used_and_removed(photo, tmp_path, capsys):
    own = save_small_model(tmp_path / "downloads", "own-x3", "binary", 3)
    assert cli.main(["models", "import", str(own)]) == 0
    assert upscale(photo, "--model", "own-x3") == 0
    assert photo.with_name("photo_bsr_x3.png").exists()
    assert cli.main(["models", "remove", "own-x3"]) == 0
    assert list((tmp_path / "data" / "models").iterdir()) == []
    assert cli.main(["models", "remove", "own-x3"]) == 1
    assert capsys.readouterr().err.startswith("bsr: There is no model 'own-x3'")


@pytest.mark.parametrize("before", [True, False])
def test_import_and_remove_tell_json_on_either_side_of_the_action(models, tmp_path, capsys, before):
    def said(action, argument):
        words = ["--json", action] if before else [action, "--json"]
        assert cli.main(["models", *words, argument]) == 0
        return json.loads(capsys.readouterr().out)

    path = str(tmp_path / "data" / "models" / "own-x3-binary.safetensors")
    own = save_small_model(tmp_path / "downloads", "own-x3", "binary", 3)
    card = {"id": "own-x3", "weights": "binary", "scale": 3, "path": path}
    assert said("import", str(own)) == [card]
    assert said("remove", "own-x3") == [{"path": path}]


def test_the_help_of_models_says_that_no_action_is_needed(capsys):
    assert cli.main(["models", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "[ACTION] ..." in shown and "without one, the models are listed" in shown


def test_a_file_of_several_scales_is_listed_as_a_model_for_each_and_verified_once(
    models, tmp_path, capsys
):
    path = save_small_pyramid(tmp_path)
    assert cli.main(["models", "import", str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [
        f"Imported pyramid-x{scale} (binary, x{scale})" for scale in (2, 4, 8)
    ]
    assert cli.main(["models", "--json"]) == 0
    listed = {entry["id"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert [listed[f"pyramid-x{scale}"]["scale"] for scale in (2, 4, 8)] == [2, 4, 8]
    assert cli.main(["models", "verify"]) == 0
    assert capsys.readouterr().out.splitlines().count("pyramid-binary.safetensors: intact") == 1
    assert cli.main(["models", "remove", "pyramid-x4"]) == 0
    assert "pyramid" not in "".join(entry.name for entry in paths.models_folder().iterdir())


def test_a_scale_of_such_a_file_is_used_by_its_name(photo, tmp_path):
    assert cli.main(["models", "import", str(save_small_pyramid(tmp_path))]) == 0
    assert upscale(photo, "--model", "pyramid-x8") == 0
    small, large = (read_picture(path) for path in (photo, photo.with_name("photo_bsr_x8.png")))
    assert (large.height, large.width) == (8 * small.height, 8 * small.width)


def test_a_foreign_file_is_not_imported(models, tmp_path, capsys):
    (tmp_path / "odd.safetensors").write_bytes(b"\x80\x04cos\nsystem\n")
    assert cli.main(["models", "import", str(tmp_path / "odd.safetensors")]) == 1
    assert "odd.safetensors" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_doctor_tells_what_a_report_needs(models, capsys):
    assert cli.main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["packages"]["numpy"] == np.__version__
    assert report["models"]["small-x2-binary.safetensors"] == "intact"
    assert cli.main(["doctor"]) == 0
    shown = capsys.readouterr().out
    for word in ("python", "numba", "instruction sets", "memory", "kernels", "log"):
        assert word in shown
    assert f"cache: {paths.cache_folder()} (" in shown


def test_doctor_tells_which_folders_cannot_be_written(models, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "new" / "log")
    monkeypatch.setattr(
        paths, "config_folder", lambda: models / "small-x2-binary.safetensors" / "a"
    )
    assert cli.main(["doctor", "--json"]) == 0
    folders = json.loads(capsys.readouterr().out)["folders"]
    assert folders["log"].endswith("(writable, not made yet)")
    assert folders["settings"].endswith("(NOT writable, not made yet)")


def test_selftest_checks_the_kernels_and_times_the_models(models, capsys):
    assert cli.main(["selftest", "--json", "--threads", "1"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert all(kernel["passed"] for kernel in report["kernels"])
    assert [model["id"] for model in report["models"]] == ["small-x2", "small-x4"]
    assert all(model["seconds_per_megapixel"] > 0 for model in report["models"])


def test_bench_predicts_longer_times_for_larger_pictures(models, capsys):
    assert cli.main(["bench", "--json", "--threads", "1", "--model", "small-x2"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {model["id"] for model in report["models"]} == {"small-x2"}
    for model in report["models"]:
        seconds = list(model["seconds"].values())
        assert seconds == sorted(seconds)
        assert 0 < seconds[0] < seconds[-1] / 100
    assert cli.main(["bench", "--weights", "binary"]) == 0
    shown = capsys.readouterr().out
    assert "60 MP" in shown
    assert shown.count("binary") == 1


def test_bench_tells_a_damaged_model_and_refuses_an_unknown_one(models, capsys):
    assert cli.main(["bench", "--model", "none"]) == 2
    assert "bsr models" in capsys.readouterr().err
    path = models / "small-x2-binary.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert cli.main(["bench", "--threads", "1"]) == 1
    assert path.name in capsys.readouterr().out


def test_selftest_tells_a_wrong_kernel_and_a_damaged_model(models, capsys, monkeypatch):
    from bsr.engine.verification import selftest

    wrong = selftest.KernelCheck("sum", 3, float("nan"))
    monkeypatch.setattr(selftest, "check_kernels", lambda: iter([wrong]))
    assert cli.main(["selftest"]) == 1
    assert "WRONG" in capsys.readouterr().out
    monkeypatch.setattr(selftest, "check_kernels", lambda: iter([]))
    path = models / "small-x2-binary.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert cli.main(["selftest", "--json"]) == 1
    assert path.name in json.loads(capsys.readouterr().out)["models"][0]["error"]
    path.write_bytes(path.read_bytes()[:100])  # not even its header is whole
    assert cli.main(["selftest", "--json"]) == 1
    errors = [model["error"] for model in json.loads(capsys.readouterr().out)["models"]]
    assert sum(path.name in (error or "") for error in errors) == 1


@pytest.fixture
def noise_folder(photo):
    random = np.random.default_rng(0)
    folder = photo.parent / "set"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        pixels = random.integers(0, 256, (40, 50, 3)).astype(np.uint8)
        write_picture(Picture(pixels), folder / name)
    return str(folder)


def test_evaluate_measures_a_folder(noise_folder, capsys):
    command = ["evaluate", "--model", "small-x2", "--data", noise_folder]
    assert cli.main(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines[1:3]] == ["a.png", "b.png"]
    assert cli.main([*command, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["pictures"]) == 2
    assert report["psnr"] == pytest.approx(np.mean([p["psnr"] for p in report["pictures"]]))
    assert lines[3].split()[0] == f"{report['psnr']:.2f}"


def test_evaluate_measures_small_versions_that_were_jpegs(noise_folder, capsys):
    command = ["evaluate", "--model", "small-x2", "--data", noise_folder, "--json"]
    psnr = []
    for more in ([], ["--jpeg", "20"]):
        assert cli.main([*command, *more]) == 0
        psnr.append(json.loads(capsys.readouterr().out)["bicubic_psnr"])
    assert psnr[1] < psnr[0]


def test_evaluate_of_a_folder_without_pictures_fails(models, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert cli.main(["evaluate", "--model", "small-x2", "--data", str(tmp_path / "empty")]) == 1
    assert capsys.readouterr().err.startswith("bsr: ")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--model", "small-x2", "--data", "nowhere"], "nowhere is not a folder"),
        (["--model", "small-x2", "--data", ".", "--lr-data", "nowhere"], "nowhere is not a folder"),
        (["--model", "small-x2", "--data", ""], "--data: the path is empty"),
        (["--model", "small-x2", "--data", ".", "--lr-data", ""], "--lr-data: the path is empty"),
        (["--model", "nothing", "--data", "."], "no model 'nothing'"),
        (["--model", "small-x2", "--data", ".", "--scale", "1"], "scale must be a number from 2"),
        (["--model", "small-x2", "--data", ".", "--jpeg", "0"], "the quality must be a number"),
    ],
)
def test_wrong_usage_of_evaluate_says_why_with_code_2(models, capsys, arguments, why):
    assert cli.main(["evaluate", *arguments]) == 2
    shown = capsys.readouterr()
    assert why in shown.err and shown.out == ""


def test_the_line_says_what_was_left_out_and_that_there_were_frames(models, tmp_path, capsys):
    animation = tmp_path / "a.png"
    images = [Image.new("RGBA", (12, 10), (turn, 0, 0, 99)) for turn in (1, 2, 3)]
    images[0].save(animation, save_all=True, append_images=images[1:])
    arguments = ["upscale", str(animation), "-o", str(tmp_path / "b.jpg"), "--model", "small-x2"]
    assert cli.main(arguments) == 0
    shown = capsys.readouterr().out
    assert "left out alpha)" in shown
    assert shown.endswith("; 3 frames: the first was enlarged\n")
