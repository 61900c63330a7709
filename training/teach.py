"""Keep a teacher's pictures: `python -m training.teach --teacher FILE --data TILES --out DIR`.

A teacher's answer to a patch never changes, so it is computed once and read by every run. With
`--degraded` it sees a small picture as people have them, which is then kept beside its answer; with
`--consistent` the answer keeps its edges but takes back the tones and textures of the truth.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from bsr.engine.disk import write_file
from bsr.engine.quality.imresize import imresize
from training.data import low_path, picture_paths, read_rgb, taught_path
from training.degrade import degraded
from training.teachers import load_teacher, picture_of

ROUNDS = 2  # of projection: the difference falls to a tenth, and more would ring at edges


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write what is not there yet, one file per patch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="safetensors file")
    parser.add_argument("--scale", type=int, required=True, help="of the taught pictures")
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures")
    parser.add_argument("--out", type=Path, required=True, help="folder of the taught pictures")
    parser.add_argument(
        "--degraded", type=int, metavar="SEED", help="show the teacher degraded pictures"
    )
    parser.add_argument("--consistent", action="store_true", help="see above")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    teacher = load_teacher(options.teacher)
    for number, path in enumerate(picture_paths(options.data)):
        target = taught_path(options.out, options.scale, number)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        high = read_rgb(path, options.scale)
        low = clean = imresize(high, 1 / options.scale)
        if options.degraded is not None:
            low = degraded(low, high, np.random.default_rng((options.degraded, number)))
            kept = low_path(options.out, options.scale, number)
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_file(kept, partial(np.save, arr=low))
        answer = shrunk(picture_of(teacher, low), high.shape)
        if options.consistent:
            answer = consistent(answer, clean, ROUNDS)
        write_file(target, partial(np.save, arr=answer))


def shrunk(picture: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return the picture of a teacher of a larger scale averaged to (height, width, ...) pixels."""
    if picture.shape == shape:
        return picture
    averaged = cv2.resize(picture, shape[1::-1], interpolation=cv2.INTER_AREA)
    return np.asarray(averaged, np.uint8)


def consistent(
    picture: NDArray[np.uint8], low: NDArray[np.uint8], rounds: int
) -> NDArray[np.uint8]:
    """Return a picture that, shrunk again, is nearly its small one (iterative back-projection).

    A teacher trained against a discriminator paints: it moves tones and wipes textures out, 6
    levels of 255 on average for realesr-general-x4v3. What it lost is added back, enlarged
    smoothly, which leaves its edges as they are (Irani and Peleg, 1991).

    Args:
        picture: (scale * height, scale * width, 3) uint8.
        low: (height, width, 3) uint8.
        rounds: how often the difference that is left is added.
    """
    moved, size = picture.astype(np.float32), picture.shape[1::-1]
    for _ in range(rounds):
        rounded = np.rint(moved).clip(0, 255).astype(np.uint8)
        lost = low.astype(np.float32) - imresize(rounded, low.shape[0] / picture.shape[0])
        moved += cv2.resize(lost, size, interpolation=cv2.INTER_CUBIC)
    return np.rint(moved).clip(0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
