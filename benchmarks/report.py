"""The page of what was measured, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .targets import targets

Row = Mapping[str, Any]
OPENING = """# Benchmarks

Written by `python -m benchmarks.run`; do not edit. All figures: [benchmarks.json](benchmarks.json).

Measures take turns in one run; medians are shown. One thread is measured by the processor's time,
which other programs do not lengthen much; two threads by the time that passes. Every contestant's
result is looked at first: ours against the specification, to the bit; the others against ours.
Where a system load above 1 is noted, other programs ran: two threads then suffer, one hardly does.
Ours are measured from 8-bit pixels to 8-bit pixels, the others without that way in and out.
"""
FRONTIER = """![PSNR against milliseconds per megapixel](figures/frontier.svg)

![How many times as fast as in other libraries](figures/speedups.svg)
"""
NETWORKS_NOTE = """The fastest library for each network. PSNR on Set5: measured where weights were
there, else as published (p), ECBSR's as others cite it. Networks marked with * enlarge luma
alone; the colours' bicubic enlargement comes on top. int8 is quantization of float weights after
training, on one photograph, by ONNX Runtime's tool with its usual settings: it costs quality, and
care would save much of that.
Where a library would need a feature map of more than 512 MB, nothing was measured.
"""


def merged(kept: list[Row], new: list[Row]) -> list[Row]:
    """Return new rows and those of other scales, sizes and numbers of threads that were kept."""

    def setting(row: Row) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in ("scale", "side", "threads"))

    measured = {setting(row) for row in new}
    return [row for row in kept if setting(row) not in measured] + new


def page(found: Mapping[str, Any]) -> str:
    """Return the whole page.

    Args:
        found: by subject, the machine and the rows, as `benchmarks.run` writes them.
    """
    parts = [OPENING]
    if "networks" in found:
        parts.append(FRONTIER)
    parts += ["## What is aimed at\n", _targets(found)]
    writers = {
        "kernels": ("Layers", _kernels),
        "networks": ("Whole networks", _networks),
        "sizes": ("Small and large pictures", _sizes),
        "threads": ("Threads", _together),
        "memory": ("Memory", _memory),
        "startup": ("Starting", _startup),
        "predictions": ("Predicted times", _predictions),
    }
    for subject, (title, write) in writers.items():
        if subject in found:
            about = found[subject]
            parts += [f"## {title}\n", machine(about["machine"]), write(about["rows"])]
    return "\n".join(parts)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (heads, *rows)]
    lines.insert(1, "|" + "---|" * len(heads))
    return "\n".join(lines) + "\n"


def number(value: float | None) -> str:
    """Return three digits, or a dash for what is not known."""
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 4
    return f"{value:,.{digits}f}"


def machine(about: Mapping[str, Any]) -> str:
    """Return the sentence on what was measured on."""
    libraries = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    return (
        f"{about['processor']} ({about['instructions']}), {about['cores']} cores, "
        f"system load {about['load']}; {libraries}.\n"
    )


def fastest(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """Return the row of the fastest library for each network and precision."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row["network"], row["precision"]
        if key not in best or row["ms"] < best[key]["ms"]:
            best[key] = row
    return best


def better_and_faster(rows: Iterable[Row], than: tuple[str, str]) -> list[str]:
    """Return the networks that beat one in time and, as far as known, in PSNR.

    Args:
        rows: of one scale, size and number of threads.
        than: network and precision.
    """
    best = fastest(rows)
    ours = best[than]
    return [
        row["network"]
        for key, row in best.items()
        if key != than
        and row["ms"] < ours["ms"]
        and row["psnr"] is not None
        and row["psnr"] > ours["psnr"]
    ]


def _targets(found: Mapping[str, Any]) -> str:
    rows = [
        (one.what, one.aim, number(one.value), "yes" if one.met else "**no**")
        for one in targets(found)
    ]
    return table(("", "aimed at", "measured", "met"), rows)


def _kernels(rows: Sequence[Row]) -> str:
    columns = list(dict.fromkeys((row["library"], row["precision"]) for row in rows))
    times = {(row["layer"], row["library"], row["precision"]): row["ms"] for row in rows}
    layers = dict.fromkeys(row["layer"] for row in rows)
    body = [
        (layer, *(number(times.get((layer, *column))) for column in columns)) for layer in layers
    ]
    note = (
        "Milliseconds for 128 x 128 pixels, one thread. Whole layers are one of eight that run "
        "together: convolution, PReLU, sum.\n\n"
    )
    return note + table(("", *(f"{name}, {kind}" for name, kind in columns)), body)


def _networks(rows: Sequence[Row]) -> str:
    parts = [NETWORKS_NOTE]
    for scale in sorted({row["scale"] for row in rows}):
        parts += [f"### x{scale}\n", _scale([row for row in rows if row["scale"] == scale])]
    return "\n".join(parts)


def _scale(rows: Sequence[Row]) -> str:
    """Return the table of one scale, and who is ahead of our binary network."""
    settings = sorted({(row["threads"], row["side"]) for row in rows})
    by_setting = {
        setting: fastest(r for r in rows if (r["threads"], r["side"]) == setting)
        for setting in settings
    }
    heads = ["network", "PSNR"]
    heads += [f"{side} x {side}, {_threads(threads)}" for threads, side in settings]
    body = []
    for key in dict.fromkeys((row["network"], row["precision"]) for row in rows):
        found = [by_setting[setting].get(key) for setting in settings]
        any_ = next(row for row in found if row is not None)
        star = " *" if any_["luma_only"] else ""
        name = f"{key[0]}, {key[1]}{star} ({any_['library']})"
        mark = " (p)" if any_["psnr_source"] == "published" else ""
        psnr = "–" if any_["psnr"] is None else f"{any_['psnr']:.2f}{mark}"
        body.append((name, psnr, *(number(row and row["ms_per_megapixel"]) for row in found)))
    text = "Milliseconds for a megapixel of the result:\n\n" + table(heads, body)
    return text + "".join(_who_is_ahead(rows, setting) for setting in settings)


def _who_is_ahead(rows: Sequence[Row], setting: tuple[int, int]) -> str:
    threads, side = setting
    scale = rows[0]["scale"]
    chosen = [row for row in rows if (row["threads"], row["side"]) == setting]
    ahead = better_and_faster(chosen, (f"bsr-x{scale}", "binary"))
    who = ", ".join(dict.fromkeys(ahead)) or "none"
    where = f"{side} x {side}, {_threads(threads)}"
    return f"\nFaster and better than bsr-x{scale} binary at {where}: {who}.\n"


def _sizes(rows: Sequence[Row]) -> str:
    threads = sorted({row["threads"] for row in rows})
    costs = {(row["megapixels"], row["threads"]): row["s_per_megapixel"] for row in rows}
    sizes = sorted({row["megapixels"] for row in rows})
    model = f"{rows[0]['model']} {rows[0]['weights']}"
    body = [(f"{size:g}", *(number(costs.get((size, n))) for n in threads)) for size in sizes]
    heads = ("megapixels in", *map(_threads, threads))
    return f"Seconds for a megapixel of the result, {model}:\n\n" + table(heads, body)


def _together(rows: Sequence[Row]) -> str:
    body = [
        (f"{row['side']} x {row['side']}", str(row["threads"]), number(row["times_as_fast"]))
        for row in rows
    ]
    note = f"Times as fast as one thread, {rows[0]['model']} {rows[0]['weights']}, in turns:\n\n"
    return note + table(("picture", "threads", "times as fast"), body)


def _memory(rows: Sequence[Row]) -> str:
    body = [
        (f"{r['model']}, {r['megapixels']:g} MP", str(r["threads"]), number(r["megabytes"]))
        for r in rows
    ]
    note = "The most that `bsr upscale` held, from PNG to PNG, the program included:\n\n"
    return note + table(("picture", "threads", "MB"), body)


def _startup(rows: Sequence[Row]) -> str:
    body = [(row["what"], row["start"], number(row["ms"] / 1e3)) for row in rows]
    note = "Seconds from the start of the process; cold is without compiled kernels.\n\n"
    return note + table(("", "start", "s"), body)


def _predictions(rows: Sequence[Row]) -> str:
    groups = dict.fromkeys((row["model"], row["weights"], row["threads"]) for row in rows)
    sizes = sorted({row["megapixels"] for row in rows})
    ratios = {
        (row["model"], row["weights"], row["threads"], row["megapixels"]): row["ratio"]
        for row in rows
    }
    body = [
        (f"{size:g}", *(number(ratios.get((*group, size))) for group in groups)) for size in sizes
    ]
    heads = ("megapixels in", *(f"{name} {kind}, {_threads(n)}" for name, kind, n in groups))
    return "Predicted time over the time taken:\n\n" + table(heads, body)


def _threads(count: int) -> str:
    return "1 thread" if count == 1 else f"{count} threads"
