"""Tiles in memory, and batches of aligned low- and high-resolution crops from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from engine.resample import imresize

SUFFIXES = {".png", ".webp", ".jpg", ".jpeg"}
FOLDER_WEIGHTS = {"gb82-sc": 0.3}  # ten screenshots cut into 314 tiles would count too much


@dataclass(frozen=True, eq=False)
class Tiles:
    """Decoded pictures and their low-resolution sides.

    Attributes:
        high: (height, width, 3) uint8 each, sides multiples of scale.
        low: `imresize` of high by 1/scale, each.
        chance: how likely each is drawn, sums to 1.
        scale: high over low.
    """

    high: list[NDArray[np.uint8]]
    low: list[NDArray[np.uint8]]
    chance: NDArray[np.float64]
    scale: int


def read_rgb(path: Path, scale: int) -> NDArray[np.uint8]:
    """Decode a picture as (height, width, 3) uint8, cut at the far sides to multiples of scale."""
    with Image.open(path) as image:
        pixels = np.array(image.convert("RGB"))
    height, width = (side // scale * scale for side in pixels.shape[:2])
    return pixels[:height, :width]


def picture_paths(folder: Path) -> list[Path]:
    """Return the pictures below a folder in a fixed order.

    Raises:
        ValueError: there is none.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        raise ValueError(f"no pictures in {folder}")
    return paths


def load_tiles(folder: Path, scale: int) -> Tiles:
    """Decode every picture below a folder and shrink it; a folder's name may set its weight.

    Raises:
        ValueError: there is no picture.
    """
    paths = picture_paths(folder)
    high = [read_rgb(path, scale) for path in paths]
    low = [imresize(pixels, 1 / scale) for pixels in high]
    weight = np.array([FOLDER_WEIGHTS.get(path.parent.name, 1.0) for path in paths])
    return Tiles(high, low, weight / weight.sum(), scale)


def draw_batch(
    tiles: Tiles, count: int, crop: int, random: np.random.Generator, plain: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Cut random aligned crops, each flipped and turned in one of eight ways.

    Args:
        tiles: where to cut from.
        count: crops in the batch.
        crop: side of a low-resolution crop in pixels.
        random: what draws; the only source of chance.
        plain: share of crops that show nothing but one colour, each channel by the arcsine law,
            so that the corners of the colour cube come up too.

    Returns:
        Low (count, 3, crop, crop) and high (count, 3, scale * crop, scale * crop), float32 in 0..1.
    """
    lows, highs = [], []
    for index in random.choice(len(tiles.high), count, p=tiles.chance):
        low, high = tiles.low[index], tiles.high[index]
        if plain and random.random() < plain:
            colour = np.rint(255 * random.beta(0.5, 0.5, 3)).astype(np.uint8)
            low, high = np.broadcast_to(colour, low.shape), np.broadcast_to(colour, high.shape)
        top = int(random.integers(low.shape[0] - crop + 1))
        left = int(random.integers(low.shape[1] - crop + 1))
        turns, flip = int(random.integers(4)), bool(random.integers(2))
        lows.append(_turned(_cut(low, top, left, crop), turns, flip))
        wide = tiles.scale
        highs.append(_turned(_cut(high, top * wide, left * wide, crop * wide), turns, flip))
    return to_tensor(np.stack(lows)), to_tensor(np.stack(highs))


def to_tensor(pixels: NDArray[np.uint8]) -> Tensor:
    """Turn (batch, height, width, 3) uint8 into (batch, 3, height, width) float32 in 0..1."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255).contiguous()


def _cut(pixels: NDArray[np.uint8], top: int, left: int, side: int) -> NDArray[np.uint8]:
    return pixels[top : top + side, left : left + side]


def _turned(pixels: NDArray[np.uint8], turns: int, flip: bool) -> NDArray[np.uint8]:
    turned = np.rot90(pixels, turns)
    return turned[:, ::-1] if flip else turned
