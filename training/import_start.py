"""Bring a network published as plain signs into the weights file format.

`python -m training.import_start bsr-x4-start.safetensors --out DIR` reads float32 arrays and int8
signs of a light network with a fully binary body; channels, convolutions and scale follow from
their shapes.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from safetensors.numpy import load_file

from training.export import PICTURES, Arrays, Description, measure, pack_signs, write


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the weights file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--id", default="bsr-x4")
    parser.add_argument("--out", type=Path, default=Path("resources/models"))
    parser.add_argument("--sets", type=Path, help="folder with Set5, Set14, B100 to measure on")
    options = parser.parse_args(arguments)
    arrays = read_plain(options.source)
    path = write(options.out, arrays, describe(arrays, options.id, {}))
    if options.sets:
        scores = measure(path, options.sets)
        path = write(options.out, arrays, describe(arrays, options.id, scores))
    print(path)


def read_plain(path: Path) -> Arrays:
    """Read the arrays and pack the signs."""
    return {
        name: pack_signs(values) if name.endswith(".sign") else values
        for name, values in load_file(path).items()
    }


def describe(arrays: Arrays, model_id: str, scores: dict[str, dict[str, float]]) -> Description:
    """Say what the network is, from the shapes of its arrays."""
    scale = math.isqrt(len(arrays["tail.bias"]) // 3)
    return Description(
        id=model_id,
        weights="binary",
        title=f"BSR x{scale}, binary weights",
        config={
            "variant": "light",
            "channels": len(arrays["head.bias"]),
            "convolutions": sum(name.endswith(".sign") for name in arrays),
            "scale": scale,
            "precision": "binary",
        },
        scale=scale,
        training=f"{PICTURES}; 3,909 steps of 8 crops of 24 x 24 low-resolution pixels",
        scores=scores,
    )


if __name__ == "__main__":
    main()
