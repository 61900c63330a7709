"""The example in docs/library.md works as it stands there."""

import re
from pathlib import Path

import numpy as np

from bsr.engine import Picture, default_catalog, load_model, read_picture, write_picture

PAGE = Path(__file__).resolve().parent.parent / "docs" / "library.md"


def test_the_example_of_the_library_enlarges_a_picture(tmp_path, monkeypatch):
    [example] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    pixels = np.random.default_rng(1).integers(0, 256, (12, 10, 3), np.uint8)
    monkeypatch.chdir(tmp_path)
    write_picture(Picture(pixels), Path("photo.png"))
    exec(compile(example, str(PAGE), "exec"), {})
    assert read_picture(Path("photo_x4.png")).pixels.shape == (48, 40, 3)


def test_paths_may_be_text(tmp_path):
    file, model = str(tmp_path / "a.png"), default_catalog().find("bsr-x2", "binary").path
    assert write_picture(Picture(np.zeros((3, 4, 3), np.uint8)), file) == Path(file)
    assert read_picture(file).width == 4
    assert load_model(str(model), 2).card.id == "bsr-x2"
