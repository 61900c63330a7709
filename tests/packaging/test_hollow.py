"""OpenCV without its codecs, its videos and its linear algebra does all that BSR asks of it."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(sysconfig.get_path("purelib"))
# Every function of OpenCV that BSR uses, on a picture and its half; `more` are pictures of floats.
CALLS = {
    "absdiff": "cv2.absdiff(picture, picture)",
    "add": "cv2.add(picture, picture)",
    "addWeighted": "cv2.addWeighted(picture, 0.5, picture, 0.5, 0)",
    "applyColorMap": "cv2.applyColorMap(picture, cv2.COLORMAP_INFERNO)",
    "convertScaleAbs": "cv2.convertScaleAbs(more)",
    "copyMakeBorder": "cv2.copyMakeBorder(more, 1, 1, 1, 1, cv2.BORDER_REPLICATE)",
    "dilate": "cv2.dilate(more, kernel)",
    "erode": "cv2.erode(more, kernel)",
    "max": "cv2.max(picture, picture)",
    "merge": "cv2.merge(cv2.split(more))",
    "multiply": "cv2.multiply(more, more)",
    "resize": "[cv2.resize(each, (50, 30), interpolation=way)"
    " for each in (picture, deep, more)"
    " for way in (cv2.INTER_AREA, cv2.INTER_CUBIC, cv2.INTER_LINEAR, cv2.INTER_NEAREST)]",
    "split": "cv2.split(picture)",
}
PRELUDE = """
import cv2, numpy as np
picture = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
deep, more = picture.astype(np.uint16), picture.astype(np.float32)
kernel = np.ones((3, 3), np.uint8)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with OpenCV whose libraries are hollow."""
    if not (SITE / "opencv_python_headless.libs").is_dir() or shutil.which("cc") is None:
        pytest.skip("needs OpenCV from a wheel for Linux, and a compiler of C")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "packaging"))
        from hollow import LIBRARIES, OPENCV, hollow_out

    folder = tmp_path_factory.mktemp("site")
    for name in ("cv2", LIBRARIES):
        shutil.copytree(SITE / name, folder / name)
    hollow_out(folder / OPENCV, folder / LIBRARIES)
    yield folder
    shutil.rmtree(folder)


def run(site, code):
    environment = os.environ | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-c", PRELUDE + code]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_all_that_bsr_uses_of_opencv_is_tried_here():
    sources = [path for room in ("engine", "bsr_app") for path in (ROOT / room).rglob("*.py")]
    used = {name for path in sources for name in re.findall(r"cv2\.([a-z]\w*)", path.read_text())}
    assert used == set(CALLS)


def test_what_bsr_uses_of_opencv_needs_no_other_library(site):
    done = run(site, "\n".join(CALLS.values()) + "\nprint(cv2.__file__)")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(site)


def test_the_libraries_are_hollow(site):
    assert sum(path.stat().st_size for path in site.glob("*.libs/*")) < 200_000
    assert run(site, "cv2.imencode('.png', picture)").returncode < 0
