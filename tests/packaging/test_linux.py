"""What Linux reads of BSR: menus, man page, completions, and where it all lies."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest

from bsr import __version__
from bsr.cli import COMMANDS
from bsr.engine.images import FORMATS, READABLE_SUFFIXES
from bsr.identity import APP_ID, PUBLISHER

BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def entry(name):
    """A desktop entry, with the names of the publisher in it."""
    import tree

    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(tree.filled(name))
    return parser


@pytest.mark.parametrize("name", ["bsr.desktop.in", "bsr-dolphin.desktop.in", "bsr_nautilus.py"])
def test_the_menus_know_every_type_that_is_read(tools, name):
    text = (tools / "linux" / name).read_text(encoding="utf-8")
    types = {f"image/{kind}" for kind in [*FORMATS, "gif"]}
    types |= {f"image/x-portable-{kind}" for kind in ("anymap", "bitmap", "graymap", "pixmap")}
    assert types | {"inode/directory"} == set(re.findall(r"\w+/[\w-]+(?=[;\"])", text))


def test_menus_that_go_by_suffixes_know_all_that_are_read(tools):
    nemo = set(entry("bsr.nemo_action.in")["Nemo Action"]["Extensions"].split(";"))
    assert nemo == {suffix[1:] for suffix in READABLE_SUFFIXES} | {"dir", ""}
    installer = (tools / "windows" / "bsr.iss").read_text(encoding="utf-8")
    assert set(re.findall(r'SupportedTypes"; .*ValueName: "(.+?)"', installer)) == READABLE_SUFFIXES


def test_nautilus_hands_over_names_that_are_no_utf_8(monkeypatch):
    """With a stand-in for GNOME's library, which only Nautilus needs."""
    gnome = SimpleNamespace(
        GObject=SimpleNamespace(GObject=type("GObject", (), {})),
        Nautilus=SimpleNamespace(MenuProvider=type("MenuProvider", (), {})),
    )
    monkeypatch.setitem(sys.modules, "gi", SimpleNamespace(repository=gnome))
    monkeypatch.setitem(sys.modules, "gi.repository", gnome)
    import bsr_nautilus

    started = []
    monkeypatch.setattr(bsr_nautilus.subprocess, "Popen", started.append)
    places = ["file:///tmp/caf%E9.png", "file:///tmp/%E7%85%A7%20%231.png"]
    files = [SimpleNamespace(get_uri=lambda place=place: place) for place in places]
    bsr_nautilus.Enlarge()._enlarge(None, files)
    ((program, *names),) = started
    assert program == "bsr-app"
    assert [os.fsencode(name) for name in names] == [b"/tmp/caf\xe9.png", "/tmp/照 #1.png".encode()]


def test_desktop_entries_name_the_program_and_the_icon():
    main = entry("bsr.desktop.in")["Desktop Entry"]
    dolphin = entry("bsr-dolphin.desktop.in")["Desktop Action enlarge"]
    nemo = entry("bsr.nemo_action.in")["Nemo Action"]
    assert main["Exec"] == dolphin["Exec"] == nemo["Exec"] == "bsr-app %F"
    assert main["Icon"] == dolphin["Icon"] == nemo["Icon-Name"] == APP_ID


def test_the_window_bears_the_name_of_its_desktop_entry():
    code = "import bsr.app; print(bsr.app.make_application().desktopFileName())"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == APP_ID


def test_the_stores_page_tells_this_version():
    import tree

    page = ET.fromstring(tree.filled("bsr.metainfo.xml.in").encode())
    assert page.findtext("id") == APP_ID
    assert page.find("releases/release").get("version") == __version__


def test_the_man_page_names_every_command_and_option():
    import command_line

    page = command_line.man_page().replace("\\-", "-")
    for name in COMMANDS:
        assert f".SS bsr {name}\n" in page
    for command in command_line.commands():
        for option in command.options:
            assert all(f"\\fB{name}\\fR" in page for name in option.option_strings)
    assert ".SS bsr models verify\n" in page
    assert "without one, the models are listed" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_man_page_is_without_warnings():
    import command_line

    command = ["groff", "-man", "-Tutf8", "-ww", "-z"]
    page = command_line.man_page()
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
    assert done.stderr == ""


@BASH
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["bsr", "up"], ["upscale"]),
        (["bsr", "upscale", "--output"], ["--output", "--output-dir"]),
        (["bsr", "batch", "--if-exists", "re"], ["rename", "replace"]),
        (["bsr", "batch", "--if-exists", ""], ["skip", "rename", "replace"]),
        (["bsr", "upscale", "--if-exists", ""], ["ask", "skip", "rename", "replace"]),
        (["bsr", "models", "ver"], ["verify"]),
        (["bsr", "models", "verify", "--js"], ["--json"]),
    ],
)
def test_bash_completes(tmp_path, typed, offered):
    import command_line

    words = " ".join(f"'{word}'" for word in typed)
    script = f"COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; _bsr"
    script = f'{command_line.bash()}\n{script}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split() == offered, done.stderr


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_shells_can_read_their_completions(shell):
    import command_line

    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    text = getattr(command_line, shell)()
    done = subprocess.run([shell, "-n"], input=text, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(name in text for name in COMMANDS)


@pytest.fixture
def program(tmp_path):
    """What stands for the built program."""
    folder = tmp_path / "built"
    (folder / "licences").mkdir(parents=True)
    (folder / "bsr").write_text("program")
    (folder / "bsr").chmod(0o755)
    (folder / "bsr-app").symlink_to("bsr")
    return folder


def test_a_tree_has_everything_in_its_place(program, tmp_path):
    import tree

    usr = tmp_path / "usr"
    tree.lay_out(program, usr)
    assert (usr / "bin" / "bsr-app").read_text() == "program"
    icons = usr / "share" / "icons" / "hicolor"
    sizes = {16, 22, 24, 32, 48, 64, 96, 128, 256, 512}
    assert {f"{size}x{size}" for size in sizes} | {"scalable"} == {p.name for p in icons.iterdir()}
    for name in (
        f"applications/{APP_ID}.desktop",
        f"metainfo/{APP_ID}.metainfo.xml",
        "man/man1/bsr.1",
        "bash-completion/completions/bsr",
        "nemo/actions/bsr.nemo_action",
    ):
        assert (usr / "share" / name).is_file()


def test_the_publisher_is_named_in_one_place_only(tools):
    named = [
        path.name
        for path in tools.rglob("*")
        if path.is_file() and path.suffix not in {".md", ".pyc"}
        and any(name in path.read_text(errors="replace") for name in (APP_ID, PUBLISHER))
    ]  # fmt: skip
    assert named == []


def test_an_appdir_opens_the_window(program, tmp_path):
    import appdir

    (program / "bsr").write_text('#!/bin/sh\nbasename "$0"; echo "$@"\n')
    folder = tmp_path / "BSR.AppDir"
    appdir.make(program, folder)
    told = subprocess.run([folder / "AppRun", "a b"], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n")[:2] == ["bsr-app", "a b"]
    assert (folder / ".DirIcon").is_file() and (folder / f"{APP_ID}.desktop").is_file()
