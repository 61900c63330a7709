"""What the build takes, tells and repeats."""

import hashlib
import json
import os
import re
from importlib import metadata
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "libQt6Widgets.so.6",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "libxcb-cursor.so.0",
        "bsr/engine/kernels/simd.py",
        "llvmlite/binding/libllvmlite.so",
    ],
)
def test_what_the_window_uses_is_kept(name):
    import prune

    assert prune.is_needed(name)


@pytest.mark.parametrize(
    "name",
    [
        "libQt6Network.so.6",
        "PySide6/Qt6Quick.dll",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "libstdc++.so.6",
        "libxcb.so.1",
        "libkrb5.so.3",
        "libgomp.so.1.0.0",
        "numba/np/ufunc/tbbpool.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_what_nothing_uses_and_what_belongs_to_the_system_is_left_out(name):
    import prune

    assert not prune.is_needed(name)


def test_what_else_is_installed_stays_out_of_the_program():
    import needed

    strangers = set(needed.strangers())
    assert {"pytest", "setuptools", "PyInstaller"} < strangers
    ours = {"bsr", "cv2", "llvmlite", "numba", "numpy", "PIL", "platformdirs", "psutil", "PySide6"}
    assert strangers.isdisjoint(ours | {"safetensors", "shiboken6"})


def test_the_bill_of_materials_names_everything_once_and_repeats(monkeypatch):
    import debian
    import sbom

    monkeypatch.setattr(sbom.platform, "freedesktop_os_release", lambda: {"ID": "debian"})
    shipped = [metadata.distribution(name) for name in ("numpy", "pillow")]
    contents = ("1.2.3", shipped, [debian.Package("zlib1g", "1:1.2+x", Path())], 1_700_000_000)
    bill = sbom.bill(*contents)
    assert bill == json.loads(json.dumps(sbom.bill(*contents)))
    references = [component["bom-ref"] for component in bill["components"]]
    assert references == bill["dependencies"][0]["dependsOn"]
    names = [component["name"] for component in bill["components"]]
    assert names == ["numpy", "pillow", "zlib1g", "CPython"]
    assert bill["components"][2]["purl"] == "pkg:deb/debian/zlib1g@1%3A1.2%2Bx"
    assert bill["components"][0]["version"] == metadata.version("numpy")
    assert bill["metadata"]["component"]["version"] == "1.2.3"
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])


def test_an_archive_does_not_depend_on_when_and_by_whom_it_is_made(tmp_path):
    import build

    digests = set()
    for number in (1, 2):
        folder = tmp_path / str(number) / "bsr"
        folder.mkdir(parents=True)
        for name in ("b", "a") if number == 1 else ("a", "b"):
            (folder / name).write_text(name)
            os.utime(folder / name, (number, number))
        archive = build.pack(folder, tmp_path / f"{number}.tar.xz", 1_700_000_000)
        digests.add(hashlib.sha256(archive.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_sums_are_of_every_file_and_what_sha256sum_reads(tmp_path):
    import sums

    (tmp_path / "program").mkdir()
    for content in ("archive", "package"):
        (tmp_path / content).write_text(content)
        sums.write(tmp_path)
    lines = [f"{hashlib.sha256(name).hexdigest()}  {name.decode()}\n"
             for name in (b"archive", b"package")]  # fmt: skip
    assert (tmp_path / "SHA256SUMS").read_text() == "".join(lines)
