from pathlib import Path

import pytest

from bsr.engine.models.weights_file import read_card, read_cards
from tests.small_models import save_small_model, save_small_pyramid
from training.cards import main, write_page
from training.published import PUBLISHED

MODELS = Path(__file__).parents[2] / "resources" / "models"


@pytest.fixture
def folder(tmp_path):
    scores = {"Set5": {"psnr": 36.5, "ssim": 0.95}, "B100": {"psnr": 31.25, "ssim": 0.875}}
    save_small_model(tmp_path, scores=scores, licence="CC0-1.0", training="three stones")
    save_small_model(tmp_path, weights="float")
    return tmp_path


def test_a_page_has_scores_beside_the_references_and_savings(folder):
    cards = [read_card(path) for path in sorted(folder.glob("*.safetensors"))]
    page = write_page(cards, {card.key: 0.125 for card in cards})
    assert "| **small-x2, binary** | **36.50** / 0.9500 |  | **31.25** / 0.8750 |" in page
    assert "| bicubic | 33.66 | 30.24 | 29.56 |" in page
    small, large = cards[0].bytes, cards[1].bytes
    assert f"| {small:,} | {1 - small / large:.1%} | 0.12 |" in page
    assert "three stones" in page and "licence CC0-1.0" in page


def test_pictures_that_were_jpegs_have_a_table_of_their_own(tmp_path):
    scores = {
        f"Set14 JPEG {quality}": {"psnr": 20 + quality / 10, "ssim": 0.5, "bicubic": 20.25}
        for quality in (90, 75, 60, 40)
    }
    card = read_card(save_small_model(tmp_path, scores=scores, family="jpeg"))
    page = write_page([card], {card.key: 1.0})
    assert "| bicubic | 20.25 | 20.25 | 20.25 | 20.25 |" in page
    assert "| **small-x2, binary** | 29.00 | 27.50 | 26.00 | 24.00 |" in page


def test_each_kind_of_model_says_once_what_it_is_for(tmp_path):
    cards = []
    for family in ("clean", "jpeg", "sharp"):
        for scale in (2, 4):
            id = f"{family}-x{scale}"
            cards.append(read_card(save_small_model(tmp_path, id, scale=scale, family=family)))
    cards += read_cards(save_small_pyramid(tmp_path))
    page = write_page(cards, {card.key: 1.0 for card in cards})
    for ids, word in (
        ("clean-x2, clean-x4", "camera"),
        ("jpeg-x2, jpeg-x4", "blocks"),
        ("sharp-x2, sharp-x4", "PSNR falls"),
        ("pyramid-x2, pyramid-x4, pyramid-x8", "comparison only"),
    ):
        (line,) = [line for line in page.splitlines() if line.startswith(f"* **{ids}**: ")]
        assert word in line


def test_srresnet_saves_the_papers_80_percent_at_x2(folder):
    card = read_card(next(folder.glob("*.safetensors")))
    page = write_page([card], {card.key: 1.0})
    saved = {
        line.split("|")[1].strip(): line.split("|")[-2]
        for line in page.splitlines()
        if " x" in line and line.startswith("| ")
    }
    assert 0.79 < float(saved["SRResNet x2"].strip(" %")) / 100 < 0.85
    assert float(saved["light x2"].strip(" %")) > 90
    assert 60 < float(saved["lapsrn x2, x4, x8"].strip(" %")) < 90


def test_a_file_that_serves_several_scales_has_scores_at_each_and_one_line(tmp_path):
    scores = {8: {"Set5": {"psnr": 25.5, "ssim": 0.7}}}
    cards = read_cards(save_small_pyramid(tmp_path, scores=scores, training="three stones"))
    page = write_page(cards, {card.key: card.scale / 8 for card in cards})
    assert "| **pyramid-x8, binary** | **25.50** / 0.7000 |  |  |" in page
    assert "## x8\n\n|  | Set5 | Set14 | B100 |\n|---|---|---|---|\n| bicubic | 24.40 |" in page
    assert "|  | 0.25 (x2), 0.50 (x4), 1.00 (x8) |" in page
    assert "**pyramid-x2, pyramid-x4, pyramid-x8, binary**" in page
    assert page.count("pyramid-binary.safetensors") == page.count("three stones") == 1


def test_the_page_is_written_beside_the_models(folder, monkeypatch):
    for sample, size in {"SMALL": (8, 32), "NARROW": (16, 64), "WIDE": (8, 192)}.items():
        monkeypatch.setattr(f"bsr.engine.upscaling.pace.{sample}", size)
    monkeypatch.setattr("bsr.engine.upscaling.pace.SAMPLE_SECONDS", 1e-9)
    main([str(folder)])
    assert "s per megapixel" in (folder / "README.md").read_text()


def test_the_shipped_page_tells_of_the_shipped_files():
    page = (MODELS / "README.md").read_text(encoding="utf-8")
    for path in MODELS.glob("*.safetensors"):
        for card in read_cards(path):
            assert f"| {path.name} | {card.parameters:,} | {card.bytes:,} |" in page
            assert all(f"{score['psnr']:.2f}" in page for score in card.scores.values())


def test_the_shipped_page_has_the_figures_of_others_as_they_are_known():
    page = (MODELS / "README.md").read_text(encoding="utf-8")
    for known in (known for networks in PUBLISHED.values() for known in networks):
        figures = " | ".join("" if psnr is None else f"{psnr:.2f}" for psnr in known.psnr)
        assert f"| {known.label} | {figures} |" in page
