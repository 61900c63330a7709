"""Keep a teacher's pictures: `python -m training.teach --teacher FILE --data TILES --out DIR`.

A teacher's answer to a patch never changes, so it is computed once and read by every run. With
`--degraded` it sees a small picture as people have them, which is then kept beside its answer.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import numpy as np
import torch

from bsr.engine.disk import write_file
from bsr.engine.quality.imresize import imresize
from training.data import low_path, picture_paths, read_rgb, taught_path
from training.degrade import degraded
from training.teachers import load_teacher, picture_of


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write what is not there yet, one file per patch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="safetensors file")
    parser.add_argument("--scale", type=int, required=True, help="of the teacher")
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures")
    parser.add_argument("--out", type=Path, required=True, help="folder of the taught pictures")
    parser.add_argument(
        "--degraded", type=int, metavar="SEED", help="show the teacher degraded pictures"
    )
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    teacher = load_teacher(options.teacher)
    for number, path in enumerate(picture_paths(options.data)):
        target = taught_path(options.out, options.scale, number)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        high = read_rgb(path, options.scale)
        low = imresize(high, 1 / options.scale)
        if options.degraded is not None:
            low = degraded(low, high, np.random.default_rng((options.degraded, number)))
            kept = low_path(options.out, options.scale, number)
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_file(kept, partial(np.save, arr=low))
        write_file(target, partial(np.save, arr=picture_of(teacher, low)))


if __name__ == "__main__":
    main()
