"""Everything that is shipped brings its licence."""

import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

DEBIAN = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs Debian's packages")


def shipped_names():
    """What BSR needs to run, with what that needs, and what starts the built program."""
    names, waiting = {"pyinstaller"}, ["bsr"]
    while waiting:
        for line in metadata.requires(waiting.pop()) or ():
            name, marker = re.match(r"[\w.-]+", line)[0], line.partition(";")[2]
            if "extra" not in marker and "win32" not in marker and name not in names:
                names.add(name)
                waiting.append(name)
    return sorted(names)


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_distribution_has_a_licence_text(name):
    import licences

    found = licences.texts(metadata.distribution(name))
    assert found
    assert all(len(text.read_text(encoding="utf-8", errors="replace")) > 300 for text in found)


def test_the_distributions_are_those_that_files_belong_to(monkeypatch):
    import licences

    installed = [metadata.distribution(name) for name in ("numpy", "pyinstaller", "platformdirs")]
    monkeypatch.setattr(metadata, "distributions", lambda: installed)
    one = metadata.distribution("platformdirs")
    [module] = [file for file in one.files if file.name == "unix.py"]
    found = licences.distributions([str(one.locate_file(module)), "/nowhere/else.py", ""])
    assert [each.metadata["Name"] for each in found] == ["platformdirs", "pyinstaller"]


def test_the_licences_of_a_build_are_one_folder_to_a_distribution(tmp_path):
    import licences

    shipped = [metadata.distribution(name) for name in ("numpy", "PySide6_Essentials")]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "left over").touch()
    licences.collect(shipped, [], tmp_path / "texts")
    folders = {path.name: path for path in (tmp_path / "texts").iterdir()}
    assert set(folders) == {"numpy", "pyside6_essentials", "python"}
    assert (folders["numpy"] / "LICENSE.txt").is_file()
    assert (
        "LESSER GENERAL PUBLIC LICENSE"
        in (folders["pyside6_essentials"] / "LGPL-3.0.txt").read_text()
    )


def test_a_distribution_without_a_licence_stops_the_build(tmp_path):
    import licences

    place = tmp_path / "bare-1.0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\n")
    (place / "RECORD").write_text("bare-1.0.dist-info/METADATA,,\n")
    with pytest.raises(ValueError, match="bare brings no licence"):
        licences.collect([metadata.PathDistribution(place)], [], tmp_path / "texts")


@DEBIAN
def test_a_library_of_the_system_brings_the_licence_of_its_package(tmp_path):
    import debian
    import licences

    [library] = Path("/usr/lib").glob(
        "*-gnu/libxkbcommon.so.0"
    )  # as packaging/setup.sh installs it
    [package] = debian.packages([str(library), licences.__file__, "cv2/__init__.py", ""])
    assert package.name == "libxkbcommon0" and package.version[0].isdigit()
    licences.collect([], [package], tmp_path / "texts")
    assert "Copyright" in (tmp_path / "texts" / "system" / "libxkbcommon0.txt").read_text()


@DEBIAN
def test_a_library_of_the_system_without_a_package_stops_the_build():
    import debian

    with pytest.raises(ValueError, match=r"no package of this system holds libnowhere\.so\.1"):
        debian.packages(["/usr/lib/x86_64-linux-gnu/libnowhere.so.1"])


@DEBIAN
def test_a_package_of_the_system_without_a_licence_stops_the_build(monkeypatch):
    import debian

    monkeypatch.setattr(debian, "package_of", lambda library: "bare")
    with pytest.raises(ValueError, match="bare brings no licence text"):
        debian.packages(["/usr/lib/x86_64-linux-gnu/libbare.so.1"])
