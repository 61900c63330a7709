"""Draw what each family makes of a clean picture and of a JPEG:  python packaging/make_families.py.

Crops of photographs made four times smaller, enlarged by every family at x4, shown at 200 %.
Needs the extra `figures`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from photographs import photograph
from PIL import Image, ImageDraw, ImageFont
from PIL.Image import Resampling

from bsr import default_catalog, upscale
from bsr.engine import Picture
from bsr.engine.models.model import Model
from bsr.engine.quality.evaluate import as_jpeg
from bsr.engine.quality.imresize import imresize

TARGET = Path(__file__).resolve().parent.parent / "docs" / "figures" / "families.jpg"
SCALE = 4
QUALITY = 50
SIDE = 128  # of a crop of the result, in pixels
SHOWN = 2  # times as large
GAP, LINE = 8, 28
# Photographs, and where they are cut: top and left.
CROPS = {"astronaut": (64, 160), "chelsea": (72, 120), "coffee": (160, 180)}


def columns(small: np.ndarray) -> dict[str, np.ndarray]:
    """Return the picture enlarged by bicubic interpolation and by every family at SCALE."""
    made = {"bicubic": imresize(small, SCALE)}
    for name, model in families().items():
        made[name] = upscale(model, Picture(small)).pixels
    return made


def families() -> dict[str, Model]:
    """Return a model of every family and kind of weights at SCALE, comparison networks aside."""
    catalog = default_catalog()
    cards = [card for card in catalog.cards() if card.scale == SCALE and card.network == "light"]
    return {
        f"{card.family.upper() if card.family == 'jpeg' else card.family.title()}, "
        f"{card.weights}": catalog.load(card)
        for card in sorted(cards, key=lambda card: (card.family, card.weights))
    }


def rows() -> list[tuple[str, dict[str, np.ndarray]]]:
    """Return what stands in each row: its label, and the crop for each column."""
    result = []
    for name, (top, left) in CROPS.items():
        large = photograph(name, SCALE)
        clean = imresize(large, 1 / SCALE)
        stored = as_jpeg(clean, QUALITY)
        for label, small in (
            ("from a clean picture", clean),
            (f"from a JPEG of quality {QUALITY}", stored),
        ):
            made = columns(small) | {"the truth": large}
            crops = {
                column: pixels[top : top + SIDE, left : left + SIDE]
                for column, pixels in made.items()
            }
            result.append((label, crops))
    return result


def main() -> int:
    """Write the figure."""
    drawn = rows()
    cell = SIDE * SHOWN
    names = list(drawn[0][1])
    size = (len(names) * (cell + GAP) + GAP, LINE + len(drawn) * (cell + LINE + GAP))
    figure = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(figure), ImageFont.load_default(18)
    for column, name in enumerate(names):
        pen.text((GAP + column * (cell + GAP), 4), name, "black", font)
    for row, (label, crops) in enumerate(drawn):
        top = LINE + row * (cell + LINE + GAP)
        pen.text((GAP, top + 2), label, "#555", font)
        for column, name in enumerate(names):
            crop = Image.fromarray(crops[name]).resize((cell, cell), Resampling.NEAREST)
            figure.paste(crop, (GAP + column * (cell + GAP), top + LINE))
    figure.save(TARGET, quality=95, subsampling=0, optimize=True)
    print(TARGET, *size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
