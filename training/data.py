"""Patches in memory, batches of aligned crops: low resolution, the truth, a teacher's picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from bsr.engine.quality.evaluate import cut_to_multiple
from bsr.engine.quality.imresize import imresize

Degrade = Callable[[NDArray[np.uint8], NDArray[np.uint8], np.random.Generator], NDArray[np.uint8]]
SUFFIXES = {".png", ".webp", ".jpg", ".jpeg"}
LARGEST_SHARE = 2.0  # by which a patch's chance may grow or shrink
FOLDER_WEIGHTS = {"gb82-sc": 0.3}  # ten screenshots cut into 314 patches would count too much


@dataclass(frozen=True)
class Batch:
    """What a step sees.

    Attributes:
        low: (count, 3, crop, crop) float32 in 0..1.
        high: the truth, (count, 3, scale * crop, scale * crop) float32 in 0..1.
        taught: a teacher's picture of low, shaped like high, or None.
        scale: high over low.
        drawn: from which patch each crop was cut.
    """

    low: Tensor
    high: Tensor
    taught: Tensor | None
    scale: int
    drawn: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Patches:
    """Decoded pictures and their low-resolution sides.

    Attributes:
        high: (height, width, 3) uint8 each, sides multiples of scale.
        low: `imresize` of high by 1/scale, each; or what a teacher was shown instead.
        clean: the former, where low is the latter; else the same as low.
        taught: a teacher's pictures of low, shaped like high, or nothing.
        chance: how likely each is drawn, sums to 1.
        scale: high over low.
    """

    high: list[NDArray[np.uint8]]
    low: list[NDArray[np.uint8]]
    clean: list[NDArray[np.uint8]]
    taught: list[NDArray[np.uint8]]
    chance: NDArray[np.float64]
    scale: int


def read_rgb(path: Path, scale: int) -> NDArray[np.uint8]:
    """Decode a picture as (height, width, 3) uint8, cut at the far sides to multiples of scale."""
    with Image.open(path) as image:
        return cut_to_multiple(np.array(image.convert("RGB")), scale)


def picture_paths(folder: Path) -> list[Path]:
    """Return the pictures below a folder in a fixed order.

    Raises:
        ValueError: there is none.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        raise ValueError(f"no pictures in {folder}")
    return paths


def taught_path(folder: Path, scale: int, number: int) -> Path:
    """Return where a teacher's picture of patch `number` at a scale is kept."""
    return folder / f"x{scale}" / f"{number:05}.npy"


def low_path(folder: Path, scale: int, number: int) -> Path:
    """Return where the small picture is kept that a teacher was shown, if it was degraded."""
    return folder / f"x{scale}-low" / f"{number:05}.npy"


def load_patches(folder: Path, scales: Sequence[int], taught: Path | None = None) -> list[Patches]:
    """Decode every picture below a folder and shrink it; a folder's name may set its weight.

    Args:
        folder: of the pictures.
        scales: by which they are shrunk.
        taught: folder of a teacher's pictures as training.teach writes it.

    Returns:
        Patches for each scale, which share their high-resolution side.

    Raises:
        ValueError: there is no picture.
    """
    paths = picture_paths(folder)
    high = [read_rgb(path, math.lcm(*scales)) for path in paths]
    weight = np.array([FOLDER_WEIGHTS.get(path.parent.name, 1.0) for path in paths])
    result = []
    for scale in scales:
        clean = [imresize(pixels, 1 / scale) for pixels in high]
        shown = taught is not None and low_path(taught, scale, 0).exists()
        low = _load_low(taught, scale, high) if taught and shown else clean
        answers = _load_taught(taught, scale, high) if taught else []
        result.append(Patches(high, low, clean, answers, weight / weight.sum(), scale))
    return result


def _load_low(taught: Path, scale: int, high: list[NDArray[np.uint8]]) -> list[NDArray[np.uint8]]:
    """Read the degraded small pictures that a teacher was shown."""
    stored = (np.load(low_path(taught, scale, number)) for number in range(len(high)))
    return [
        low[: pixels.shape[0] // scale, : pixels.shape[1] // scale]
        for low, pixels in zip(stored, high, strict=True)
    ]


def _load_taught(
    folder: Path, scale: int, high: list[NDArray[np.uint8]]
) -> list[NDArray[np.uint8]]:
    """Map a teacher's pictures into memory, which all runs of a machine then share."""
    result = []
    for number, pixels in enumerate(high):
        taught = np.load(taught_path(folder, scale, number), mmap_mode="r")
        result.append(taught[: pixels.shape[0], : pixels.shape[1]])
    return result


def draw_batch(
    patches: Patches,
    count: int,
    crop: int,
    random: np.random.Generator,
    *,
    plain: float = 0.0,
    degrade: Degrade | None = None,
    clean: float = 0.0,
    hardness: NDArray[np.float64] | None = None,
) -> Batch:
    """Cut random aligned crops, each flipped and turned in one of eight ways.

    Args:
        patches: where to cut from.
        count: crops in the batch.
        crop: side of a low-resolution crop in pixels.
        random: what draws; the only source of chance.
        plain: share of crops that show nothing but one colour, each channel by the arcsine law,
            so that the corners of the colour cube come up too.
        degrade: what is done to a whole low side before it is cut, given low, high and random.
        clean: share of crops cut from the clean small side.
        hardness: of each patch, its loss, 0 for not known; those that lose more come up more often.
    """
    crops = []
    chance = patches.chance if hardness is None else _harder_first(patches.chance, hardness)
    drawn = random.choice(len(patches.high), count, p=chance)
    for index in drawn:
        lows = patches.clean if clean and random.random() < clean else patches.low
        low, *wanted = (lows[index], patches.high[index], *patches.taught[index : index + 1])
        if plain and random.random() < plain:
            colour = np.rint(255 * random.beta(0.5, 0.5, 3)).astype(np.uint8)
            low, *wanted = (np.broadcast_to(colour, side.shape) for side in (low, *wanted))
        if degrade is not None:
            low = degrade(low, wanted[0], random)
        top = int(random.integers(low.shape[0] - crop + 1))
        left = int(random.integers(low.shape[1] - crop + 1))
        turns, flip = int(random.integers(4)), bool(random.integers(2))
        wide = patches.scale
        sides = [_cut(low, top, left, crop)]
        sides += [_cut(side, top * wide, left * wide, crop * wide) for side in wanted]
        crops.append([_turned(side, turns, flip) for side in sides])
    low, high, *taught = (to_tensor(np.stack(side)) for side in zip(*crops, strict=True))
    return Batch(low, high, taught[0] if taught else None, patches.scale, drawn)


def _harder_first(
    chance: NDArray[np.float64], hardness: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the chances times hardness, held within LARGEST_SHARE times the mean and its inverse.

    Without bounds, a run would see little but noise that no network can tell.
    """
    known = hardness > 0
    share = np.ones(len(hardness))
    if known.any():
        share[known] = hardness[known] / hardness[known].mean()
    harder: NDArray[np.float64] = chance * share.clip(1 / LARGEST_SHARE, LARGEST_SHARE)
    return harder / harder.sum()


def to_tensor(pixels: NDArray[np.uint8]) -> Tensor:
    """Turn (batch, height, width, 3) uint8 into (batch, 3, height, width) float32 in 0..1."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255).contiguous()


def to_pixels(batch: Tensor) -> NDArray[np.uint8]:
    """Turn a batch of one, (1, 3, height, width) in 0..1, into (height, width, 3) uint8."""
    return batch[0].clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).cpu().numpy()


def _cut(pixels: NDArray[np.uint8], top: int, left: int, side: int) -> NDArray[np.uint8]:
    return pixels[top : top + side, left : left + side]


def _turned(pixels: NDArray[np.uint8], turns: int, flip: bool) -> NDArray[np.uint8]:
    turned = np.rot90(pixels, turns)
    return turned[:, ::-1] if flip else turned
