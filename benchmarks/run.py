"""Measure BSR beside everything a user could pick instead, on this machine.

    python -m benchmarks.run [--threads 1,2] [--json FILE] [--only kernels,networks] [--quick]

Measures take turns in one run, after a look at what each contestant computes.  The figures go into
the JSON file (what is not measured this time stays as it is there), and from it into
docs/benchmarks.md and two pictures.  `pip install -e .[benchmarks]` brings the other libraries.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # PyTorch is told for each run, others ask for it

from bsr.engine.machine import cores, processor_features, processor_name
from bsr.engine.upscaling.warm_up import warm_up

from . import kernels, networks, plots, predictions, report, rivals, sizes, startup
from .timing import QUICK, Effort

ROOT = Path(__file__).resolve().parent.parent
Rows = Iterator[dict[str, Any]]


def main() -> None:
    """Measure and write."""
    options = _options()
    effort = QUICK if options.quick else Effort()
    threads = [int(count) for count in options.threads.split(",")]
    scales = [int(scale) for scale in options.scales.split(",")]
    sides = [int(side) for side in options.sides.split(",")]
    mega = sizes.MEGAPIXELS[:5] if options.quick else sizes.MEGAPIXELS
    subjects: dict[str, Callable[[], Rows]] = {
        "kernels": lambda: kernels.measure(effort),
        "networks": lambda: networks.measure(
            effort, scales, sides, threads, options.weights, options.pictures
        ),
        "sizes": lambda: sizes.measure(replace(effort, least=2), mega, threads),
        "threads": lambda: sizes.threads_together(effort, threads),
        "memory": lambda: sizes.memory(threads),
        "startup": lambda: startup.measure(effort),
        "predictions": lambda: predictions.measure(options.quick, threads),
    }
    chosen = options.only.split(",") if options.only else list(subjects)
    unknown = set(chosen) - set(subjects)
    if unknown:
        raise SystemExit(f"there is no {', '.join(unknown)}; there are {', '.join(subjects)}")
    found = json.loads(options.json.read_text()) if options.json.exists() else {}
    warm_up()
    for name in chosen:
        rows = []
        for row in subjects[name]():
            print(name, " ".join(_word(value) for value in row.values()), flush=True)
            rows.append(row)
        kept = found.get(name, {}).get("rows", [])
        found[name] = {"machine": machine(), "rows": report.merged(kept, rows)}
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    write(found, ROOT / "docs")


def write(found: dict[str, Any], folder: Path) -> None:
    """Write the page and the pictures of what was found."""
    (folder / "benchmarks.md").write_text(report.page(found), encoding="utf-8")
    if "networks" in found:
        plots.draw_frontier(found["networks"]["rows"], folder / "figures" / "frontier.svg")
    if "networks" in found and "kernels" in found:
        plots.draw_speedups(found, folder / "figures" / "speedups.svg")


def machine() -> dict[str, Any]:
    """Return what a figure depends on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    wide = "avx512f" in processor_features()
    return {
        "processor": processor_name(),
        "instructions": "AVX-512" if wide else "AVX2 or less",
        "cores": cores(),
        "load": round(load, 1),
        "versions": rivals.versions(),
    }


def _word(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--threads", default="1,2", help="numbers of threads (default: 1,2)")
    add("--json", type=Path, default=ROOT / "docs" / "benchmarks.json", help="the figures")
    add("--only", help="subjects, with commas between (default: all)")
    add("--scales", default="2,4", help="factors of whole networks (default: 2,4)")
    add("--sides", default="64,256,1024", help="of the pictures for them (default: 64,256,1024)")
    add("--pictures", type=Path, help="folder of Set5's pictures, to measure PSNR")
    add("--weights", type=Path, help="folder with smfanet-x2.safetensors and -x4")
    add("--quick", action="store_true", help="a few turns each, no very large pictures")
    return parser.parse_args()


if __name__ == "__main__":
    main()
