"""What the documents show works as it stands there, and what they name is there."""

import doctest
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from bsr import __version__
from bsr.engine import Picture, load_model, save_weights, upscale
from bsr.engine.networks import NETWORKS
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from bsr.engine.verification.reference import (
    bicubic,
    conv_float,
    prelu,
    round_pixels,
    shuffle_pixels,
)

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]
PAGES += [ROOT / "packaging" / "README.md", *sorted(DOCS.glob("*.md"))]


def test_the_examples_of_the_library_give_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testfile(str(DOCS / "library.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 20
    assert result.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_changes_tell_of_this_version():
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture
def tiny(monkeypatch):
    """The network of docs/add-a-network.md, where BSR looks for it."""
    page = (DOCS / "add-a-network.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    module = types.ModuleType("bsr.engine.networks.tiny")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(NETWORKS, "tiny", module.__name__)
    exec(compile(code, "add-a-network.md", "exec"), module.__dict__)
    return module


def arrays_of(module, config):
    rng = np.random.default_rng(5)
    types = module.array_types(module.parse(config))
    return {name: rng.normal(0, 0.1, t.shape).astype(t.dtype) for name, t in types.items()}


def test_the_network_of_the_page_is_read_from_a_file_and_equals_its_reference(tiny, tmp_path):
    config = {"channels": 32, "scale": 2}
    arrays = arrays_of(tiny, config)
    save_weights(
        tmp_path / "tiny-float.safetensors", arrays, id="tiny", weights="float", title="Tiny",
        network="tiny", config=config, scale=2, licence="CC0-1.0", training="none", scores={},
    )  # fmt: skip
    pixels = np.random.default_rng(6).integers(0, 256, (21, 70, 3), np.uint8)
    made = upscale(load_model(tmp_path / "tiny-float.safetensors"), Picture(pixels)).pixels
    x = pixels.transpose(2, 0, 1).astype(np.float32) / np.float32(255)
    features = conv_float(x, arrays["head.weight"], arrays["head.bias"])
    features = prelu(features, arrays["head.slope"])
    detail = conv_float(features, arrays["tail.weight"], arrays["tail.bias"])
    expected = round_pixels(shuffle_pixels(detail, 2) + bicubic(x, 2), np.uint8)
    assert np.array_equal(made, expected)


def test_the_network_of_the_page_gives_the_same_bytes_in_tiles(tiny):
    config = {"channels": 32, "scale": 3}
    network = tiny.build(tiny.parse(config), arrays_of(tiny, config))
    pixels = np.random.default_rng(7).integers(0, 256, (17, 40, 3), np.uint8)
    results = []
    for tiles in (
        [Tile(0, 17, 0, 40)],
        [Tile(0, 5, 0, 40), Tile(5, 17, 0, 13), Tile(5, 17, 13, 40)],
    ):
        result = np.zeros((51, 120, 3), np.uint8)
        for tile in tiles:
            for _ in tile_pipeline(network, pixels, tile, result).run(lambda: None):
                pass
        results.append(result)
    assert np.array_equal(*results)


def test_the_network_of_the_page_refuses_what_a_file_may_not_say(tiny):
    for config in ({}, {"channels": 33, "scale": 2}, {"channels": 32, "scale": "2"}):
        with pytest.raises(ValueError, match="are not known"):
            tiny.parse(config)
