import os
import subprocess
import sys
from pathlib import Path

import pytest

from bsr import paths
from bsr.qt.settings import Preferences, Settings


@pytest.fixture
def file(tmp_path):
    return tmp_path / "folder with ä" / "settings.ini"


def test_every_preference_survives_a_restart(qapp, file):
    chosen = {
        "free_cores": 2,
        "model": "bsr-x2",
        "weights": "float",
        "output_folder": "C:\\bilder, und [mehr]/ä",
        "template": "{name} = {scale};x",
        "format": "tiff",
        "quality": 71,
        "keep_metadata": False,
        "if_exists": "replace",
        "theme": "dark",
        "language": "zh_CN",
        "memory_limit_gigabytes": 2.5,
    }
    Settings(file).change(**chosen)
    again = Settings(file)
    assert again.preferences == Preferences(**chosen)
    assert again.set_aside is None


def test_only_cores_that_this_program_may_use_are_shared_out(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    monkeypatch.setattr("bsr.qt.settings.cores", lambda: 4)
    assert [Preferences(free_cores=free).threads for free in (0, 1, 3, 9)] == [4, 3, 1, 1]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux has the call")
def test_a_program_held_on_one_core_has_one_thread(tmp_path):
    code = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
    code += "from bsr.qt.settings import Preferences; print(Preferences().threads)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"


def test_a_change_is_announced_once_and_no_change_not_at_all(qtbot, file):
    settings = Settings(file)
    with qtbot.waitSignal(settings.changed):
        settings.change(theme="dark")
    with qtbot.assertNotEmitted(settings.changed):
        settings.change(theme="dark")


def test_a_window_leaves_what_another_has_changed_since(qapp, file):
    first, second = Settings(file), Settings(file)
    first.change(language="de", output_folder="/results")
    second.change(quality=50)
    chosen = Preferences(language="de", output_folder="/results", quality=50)
    assert Settings(file).preferences == chosen


def test_an_impossible_value_is_refused_and_changes_nothing(qapp, file):
    settings = Settings(file)
    with pytest.raises(ValueError, match="quality"):
        settings.change(quality=101, theme="dark")
    assert settings.preferences == Preferences()


@pytest.mark.parametrize(
    "damage",
    [
        b"\x00\xff\xfe\x93 not text",
        b"this was never an ini file",
        b"quality=80\n[preferences]\n",
    ],
)
def test_a_damaged_file_is_set_aside_and_the_defaults_are_used(qapp, file, damage):
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    settings = Settings(file)
    assert settings.preferences == Preferences()
    assert settings.set_aside == file.with_name("settings.ini.broken")
    assert settings.set_aside.read_bytes() == damage
    settings.change(quality=50)
    assert Settings(file).preferences.quality == 50


@pytest.mark.parametrize(
    "line",
    [
        "quality=much",
        "quality=500",
        "theme=pink",
        "language=fr",
        "keep_metadata=perhaps",
        "memory_limit_gigabytes=nan",
    ],
)
def test_a_value_that_makes_no_sense_here_is_left_alone_and_the_rest_is_used(qapp, file, line):
    """Another edition of the program, on the same stick, may know it."""
    file.parent.mkdir(parents=True)
    file.write_text(f"[preferences]\n{line}\nif_exists=skip\n")
    settings = Settings(file)
    assert settings.preferences == Preferences(if_exists="skip")
    assert settings.set_aside is None
    settings.change(template="{name}")
    assert line in file.read_text()


def test_what_is_set_aside_replaces_nothing_that_was_before(qapp, file):
    file.parent.mkdir(parents=True)
    for damage in ("the first", "the second"):
        file.write_text(damage)
        assert Settings(file).set_aside.read_text() == damage
    assert len(list(file.parent.glob("*.broken"))) == 2


@pytest.mark.parametrize("refused", [(), ("exists",), ("read_text",)])
def test_settings_that_can_be_neither_used_nor_moved_stay_as_they_are(
    qapp, file, monkeypatch, refused
):
    """The refusals are made up: whoever runs the tests may be allowed everything."""
    file.parent.mkdir(parents=True)
    file.write_text("no settings")

    def refuse(*args, **options):
        raise PermissionError

    for name in ("replace", *refused):
        monkeypatch.setattr(Path, name, refuse)
    settings = Settings(file)
    settings.change(quality=50)
    settings.add_recent(Path("/a.png"))
    monkeypatch.undo()
    assert settings.unusable and settings.set_aside is None
    assert settings.preferences == Preferences(quality=50)
    assert settings.recent_files == [Path("/a.png")]
    assert file.read_text() == "no settings"
    assert list(file.parent.iterdir()) == [file]


def test_reset_keeps_recent_files_and_speeds(qapp, file):
    settings = Settings(file)
    settings.change(quality=50, theme="dark")
    settings.add_recent(Path("/a.png"))
    settings.keep_speed("bsr-x4-binary", 2, (0.002, 1.5e-6, 2e-6))
    settings.reset()
    again = Settings(file)
    assert again.preferences == Preferences()
    assert again.recent_files == [Path("/a.png")]
    assert again.speeds("bsr-x4-binary") == {2: (0.002, 1.5e-6, 2e-6)}
    assert again.speeds("bsr-x4") == {}


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_a_recent_file_keeps_bytes_that_are_no_text(qapp, file):
    settings, path = Settings(file), Path(os.fsdecode(b"/100 %/caf\xe9/a.png"))
    settings.add_recent(path)
    settings.add_recent(Path("/100%25/a.png"))
    settings.last_folder = path.parent
    settings._store.sync()
    again = Settings(file.rename(file.with_name("again.ini")))
    assert again.recent_files == [Path("/100%25/a.png"), path]
    assert again.last_folder == path.parent


def test_recent_files_are_newest_first_without_repetition_and_few(qapp, file):
    settings = Settings(file)
    assert settings.recent_files == []
    for number in range(12):
        settings.add_recent(Path(f"/pictures/{number}.png"))
    settings.add_recent(Path("/pictures/9.png"))
    settings.forget_recent(Path("/pictures/10.png"))
    names = [path.stem for path in Settings(file).recent_files]
    assert names == ["9", "11", "8", "7", "6", "5", "4"][: len(names)]
    assert len(names) == 7
    settings.forget_recent()
    assert settings.recent_files == []


def test_a_recent_file_of_another_window_stays_in_the_list(qapp, file):
    settings = Settings(file)
    settings.add_recent(Path("/here.png"))
    settings._store.sync()
    file.write_text(file.read_text().replace("/here.png", "/there.png, /here.png"))
    settings.add_recent(Path("/newest.png"))
    names = ["newest", "there", "here"]
    assert [path.stem for path in settings.recent_files] == names
    settings.forget_recent(Path("/none.png"))
    assert [path.stem for path in settings.recent_files] == names


def test_a_speed_that_makes_no_sense_is_unknown(qapp, file):
    file.parent.mkdir(parents=True)
    kept = ("fast", "-3", "123456.0", "0 inf 1e-6", "0 0 1e-6", "-1 1e-6 1e-6", "0 1e-6 1e-6 1e-6")
    lines = (f"bsr\\{number}={value}\n" for number, value in enumerate((*kept, "0 2 3")))
    file.write_text(
        "[speeds]\n" + "".join(lines) + "bsr\\many=0 2 3\nbsr\\0=0 2 3\nbsr\\-1=0 2 3\n"
    )
    assert Settings(file).speeds("bsr") == {len(kept): (0.0, 2.0, 3.0)}


def test_the_fewest_threads_come_first(qapp, file):
    settings = Settings(file)
    for threads in (16, 2, 9):
        settings.keep_speed("bsr", threads, (0.0, threads, 1.0))
    assert list(settings.speeds("bsr")) == [2, 9, 16]


def test_the_settings_lie_in_the_folder_of_the_configuration(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "config_folder", lambda: tmp_path / "here")
    assert Settings().file == tmp_path / "here" / "settings.ini"


def test_at_least_one_thread_works(qapp):
    assert Preferences(free_cores=1000).threads == 1
    assert Preferences().threads == os.cpu_count()


def test_save_options_follow_the_preferences(qapp):
    options = Preferences(format="", quality=80, if_exists="skip", keep_metadata=False).save_options
    assert (options.format, options.quality) == (None, 80)
    assert (options.if_exists, options.keep_metadata) == ("skip", False)
    assert Preferences().memory_limit is None
    assert Preferences(memory_limit_gigabytes=2).memory_limit == 2_000_000_000


def test_a_folder_that_cannot_be_written_is_not_fatal_and_told_once(qtbot, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    settings = Settings(blocked / "settings.ini")
    assert not settings.unusable
    with qtbot.waitSignal(settings.found_unusable):
        settings.change(theme="dark")
    assert settings.preferences.theme == "dark" and settings.unusable
    with qtbot.assertNotEmitted(settings.found_unusable):
        settings.change(theme="light")
