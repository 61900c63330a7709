"""Write resources/models/README.md from the headers: `python -m training.cards [FOLDER]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import safetensors.numpy

from bsr.engine.machine import cores, processor_name
from bsr.engine.models import CLEAN, JPEG, SHARP
from bsr.engine.models.card import ModelCard
from bsr.engine.models.model import load_model
from bsr.engine.models.weights_file import read_cards
from bsr.engine.upscaling.pace import measure_pace, seconds_per_megapixel
from training.export import JPEG_QUALITIES, JPEG_SET, SETS, jpeg_set, to_arrays
from training.networks import NetworkConfig, build
from training.published import PUBLISHED

Speeds = Mapping[tuple[str, str], float]

FOLDER = Path("resources/models")
# Scale -> float networks whose time is near that of bsr's binary one, by benchmarks.run.
EQUAL_TIME = {
    2: "FSRCNN takes half of the time of bsr-x2 binary, ECBSR-M10C32 1.5 times as long.",
    4: "ECBSR-M10C32 takes about as long as bsr-x4 binary, FSRCNN a third, SMFANet 5.9 times.",
}
FOR = {
    CLEAN: "pictures as they left the camera or the program: PNG, or JPEG of high quality",
    JPEG: "JPEGs of middling and low quality; blocks, smudges and noise round edges go away",
    SHARP: "looks, not measurement: crisp edges and textures, some of them made up; PSNR falls",
}
COMPARISON = {
    "srresnet": "comparison only: SRResNet as the paper binarizes it, its weights alone",
    "lapsrn": "comparison only: the pyramid that the paper also binarizes, and the only x8",
}
# Of which it is told what binary weights save.
COMPARED = (
    ("SRResNet x2", NetworkConfig("srresnet", (2,), "binary-weight")),
    ("SRResNet x4", NetworkConfig("srresnet", (4,), "binary-weight")),
    ("light x2", NetworkConfig("light", (2,), "binary")),
    ("light x4", NetworkConfig("light", (4,), "binary")),
    ("lapsrn x2, x4, x8", NetworkConfig("lapsrn", (2, 4, 8), "binary", convolutions=10)),
)
OPENING = """# Models

Generated from the headers of the files by `python -m training.cards`; do not edit.

PSNR in dB and SSIM on luma, `scale` pixels cropped, low-resolution side by MATLAB's bicubic
`imresize`, measured by `bsr evaluate` on the files in this folder. The other networks' figures are
the published ones, or what the table says. No evaluation picture was trained on.
"""
JPEG_NOTE = f"""PSNR on {JPEG_SET} whose small pictures were saved as JPEG with halved colour first:
"""


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, measure the speed, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    options = parser.parse_args(arguments)
    paths = sorted(options.folder.glob("*.safetensors"))
    cards = [card for path in paths for card in read_cards(path)]
    speeds = {card.key: measured_seconds(card) for card in cards}
    page = write_page(cards, speeds)
    (options.folder / "README.md").write_text(page, encoding="utf-8")


def measured_seconds(card: ModelCard) -> float:
    """Measure a model here, in seconds for a million pixels of the result."""
    return seconds_per_megapixel(measure_pace(load_model(card.path, card.scale)), card, cores())


def write_page(cards: list[ModelCard], speeds: Speeds) -> str:
    """Return the whole page in Markdown.

    Args:
        cards: of the installed files.
        speeds: seconds for a megapixel of the result, by the card's key.
    """
    parts = [OPENING]
    for scale in sorted({card.scale for card in cards}):
        parts += [f"## x{scale}\n", _scores(scale, cards), ""]
        if scale in EQUAL_TIME:
            parts += [f"{EQUAL_TIME[scale]}\n"]
        if jpegs := _jpeg_scores([card for card in cards if card.scale == scale]):
            parts += [JPEG_NOTE, jpegs, ""]
    parts += ["## What each is for\n", _purposes(cards), ""]
    parts += ["## Files\n", _files(cards, speeds), ""]
    parts += ["## What binary weights save\n", _savings(), ""]
    parts += ["## Training and licence\n"]
    for card, *others in _by_file(cards):
        ids = ", ".join(one.id for one in (card, *others))
        titles = ", ".join(one.title for one in (card, *others))
        parts.append(
            f"* **{ids}, {card.weights}** ({titles}): licence {card.licence}. "
            f"Trained on {card.training}."
        )
    return "\n".join(parts) + "\n"


def _scores(scale: int, cards: list[ModelCard]) -> str:
    rows = []
    for known in PUBLISHED[scale]:
        rows.append([known.label, *("" if psnr is None else f"{psnr:.2f}" for psnr in known.psnr)])
    for card in cards:
        if card.scale == scale:
            shown = [card.scores.get(name) for name in SETS]
            cells = [f"**{s['psnr']:.2f}** / {s['ssim']:.4f}" if s else "" for s in shown]
            rows.append([f"**{card.id}, {card.weights}**", *cells])
    return _table(["", *SETS], rows)


def _jpeg_scores(cards: list[ModelCard]) -> str:
    """Return the table of pictures that were JPEGs, empty where nothing was measured."""
    names = [jpeg_set(quality) for quality in JPEG_QUALITIES]
    measured = [card.scores for card in cards if all(name in card.scores for name in names)]
    if not measured:
        return ""
    rows = [["bicubic", *(f"{measured[0][name]['bicubic']:.2f}" for name in names)]]
    for card in cards:
        if card.scores in measured:
            cells = [f"{card.scores[name]['psnr']:.2f}" for name in names]
            rows.append([f"**{card.id}, {card.weights}**", *cells])
    return _table(["", *(f"quality {quality}" for quality in JPEG_QUALITIES)], rows)


def _purposes(cards: list[ModelCard]) -> str:
    """Return a line for each kind of model, its scales and weights together."""
    lines: dict[str, list[str]] = {}
    for card in cards:
        purpose = COMPARISON.get(card.network) or FOR[card.family]
        lines.setdefault(purpose, []).append(card.id)
    return "\n".join(
        f"* **{', '.join(dict.fromkeys(ids))}**: {purpose}." for purpose, ids in lines.items()
    )


def _by_file(cards: list[ModelCard]) -> list[list[ModelCard]]:
    """Return the cards of each file, one for each scale that it serves."""
    files: dict[Path, list[ModelCard]] = {}
    for card in cards:
        files.setdefault(card.path, []).append(card)
    return list(files.values())


def _files(cards: list[ModelCard], speeds: Speeds) -> str:
    float_cards = {card.id: card for card in cards if card.weights == "float"}
    rows = []
    for card, *others in _by_file(cards):
        float_card = float_cards.get(card.id)
        saved = ""
        if card.weights == "binary" and float_card is not None:
            saved = f"{1 - card.bytes / float_card.bytes:.1%}"
        speed = f"{speeds[card.key]:.2f}"
        if others:
            each = (f"{speeds[one.key]:.2f} (x{one.scale})" for one in (card, *others))
            speed = ", ".join(each)
        rows.append([f"{card.path.name}", f"{card.parameters:,}", f"{card.bytes:,}", saved, speed])
    heads = ["file", "parameters", "bytes", "smaller than the float file", "s per megapixel"]
    note = (
        "\n\nSeconds for a million pixels of the result: 1000 x 1000 pixels in, measured on noise, "
        f"{cores()} threads of {processor_name()}. The float files and "
        "the float parts of the SRResNets are stored in 16 bits (Set5 at x4 scores the same "
        "in 32); the next table compares with 32."
    )
    return _table(heads, rows) + note


def _savings() -> str:
    """Compare the bytes of the arrays of each shape in each precision, floats in 32 bits."""
    rows = []
    for name, config in COMPARED:
        small, large = _bytes(config), _bytes(replace(config, precision="float"))
        rows.append(
            [name, config.precision, f"{small:,}", f"{large:,}", f"{1 - small / large:.1%}"]
        )
    heads = ["network", "body", "bytes", "bytes of the float network in 32 bits", "smaller by"]
    note = (
        "\n\nThe paper claims 80 % for SRResNet with binary weights. It holds "
        "at x2, and less at x4, whose upsampling stays float and is twice as large, as that of "
        "LapSRN. On a processor this saves memory and no time: SRResNet's activations "
        "are floats, and multiplying by a sign and adding is one instruction, as multiplying by "
        "any weight and adding is. Its binary files therefore take as long as its float ones; only "
        "networks whose activations are signs too are faster with binary weights. The light "
        "network has next to no float part and saves more at every scale."
    )
    return _table(heads, rows) + note


def _bytes(config: NetworkConfig) -> int:
    arrays = to_arrays(build(config).state_dict(), config)
    return len(safetensors.numpy.save(arrays))


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, *rows)]
    lines.insert(1, "|" + "---|" * len(heads))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
