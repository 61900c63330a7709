"""Hollow out the libraries that OpenCV is linked to and BSR never enters (Linux).

The library of OpenCV's wheel asks the loader for FFmpeg, OpenSSL, OpenBLAS, libavif and libpng,
82 MB of them, and would not be loaded without; BSR lets OpenCV resize and add, and reads pictures
with Pillow.  So each is replaced by a library of the same name whose functions all end the program.
tests/packaging/test_hollow.py calls all that BSR uses of OpenCV with these in place.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

OPENCV = "cv2/cv2.abi3.so"
LIBRARIES = "opencv_python_headless.libs"


def hollow_out(opencv: Path, libraries: Path) -> None:
    """Replace the libraries that OpenCV asks for by hollow ones, and delete what those asked for.

    Args:
        opencv: the library that Python loads.
        libraries: the folder of the wheel's other libraries; it changes.
    """
    asked = set(needed_libraries(opencv))
    wanted = set(_symbols(opencv, "--undefined-only"))
    for library in sorted(libraries.iterdir()):
        names = wanted.intersection(_symbols(library, "--defined-only"))
        library.unlink()
        if library.name in asked:
            _make_hollow(library, names)


def needed_libraries(binary: Path) -> list[str]:
    """Return the names of the libraries that a program or a library asks for."""
    told = subprocess.run(["objdump", "-p", binary], check=True, capture_output=True, text=True)
    return re.findall(r"^\s+NEEDED\s+(\S+)$", told.stdout, re.MULTILINE)


def _symbols(library: Path, which: str) -> list[str]:
    """Return names of functions as `name` or `name@version`."""
    told = subprocess.run(["nm", "-D", which, library], check=True, capture_output=True, text=True)
    return [line.split()[-1].replace("@@", "@") for line in told.stdout.splitlines()]


def _make_hollow(library: Path, names: Iterable[str]) -> None:
    """Write a library whose functions trap.

    Args:
        library: where it will lie; the loader knows it by this name.
        names: of its functions, as `name` or `name@version`.
    """
    versions = defaultdict(list)
    for name in sorted(names):
        function, _, version = name.partition("@")
        versions[version].append(function)
    functions = [function for group in versions.values() for function in group]
    with tempfile.TemporaryDirectory() as folder:
        source, script = Path(folder) / "hollow.c", Path(folder) / "hollow.map"
        source.write_text("".join(f"void {f}(void) {{ __builtin_trap(); }}\n" for f in functions))
        script.write_text(
            "".join(f"{v} {{ global: {'; '.join(f)}; }};\n" for v, f in versions.items() if v)
        )
        command = ["cc", "-shared", "-fPIC", "-nostdlib", "-fno-builtin", "-s", "-o", library]
        command += [f"-Wl,-soname,{library.name}", "-Wl,--build-id=none", source]
        if script.stat().st_size:
            command.append(f"-Wl,--version-script={script}")
        subprocess.run(command, check=True)
