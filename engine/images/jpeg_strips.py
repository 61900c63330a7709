"""A JPEG writer that streams: strips are encoded apart and joined at restart marks.

Pillow's JPEG encoder wants the whole picture in memory, a second time and with four bytes a pixel.
A restart mark in the middle of a scan makes the decoder begin anew, as at the start of a file, so
the scans of strips encoded with the same tables make one scan.  (ITU-T T.81, B.2 and E.1.)
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from numpy.typing import NDArray
from PIL import Image

from .raster import Raster

_BLOCK = 8
_MOST_UNITS = 0xFFFF  # between two restart marks
_FRAMES, _START_OF_SCAN, _INTERVAL, _RESTART = (0xC0, 0xC1), 0xDA, 0xDD, 0xD0
_END_BYTES = 2


def write_jpeg(file: BinaryIO, raster: Raster, halved: bool, options: dict[str, Any]) -> None:
    """Write rows as a JPEG file.

    Args:
        file: open for writing.
        raster: the rows, of one or three channels.
        halved: whether colour has half the resolution across and down.
        options: of Pillow's encoder, without the subsampling; what describes the picture goes
            into the header.
    """
    unit = 2 * _BLOCK if halved and raster.channels == 3 else _BLOCK
    units = -(-raster.width // unit)
    lines = max(1, min(raster.band_height // unit, _MOST_UNITS // units))
    coding = {"quality": options["quality"], "subsampling": "4:2:0" if halved else "4:4:4"}
    for number, band in enumerate(raster.bands(unit * lines)):
        if number == 0:
            header, scan = _encoded(band, options | coding)
            file.write(_whole_header(header, raster.height, units * lines))
        else:
            file.write(bytes((0xFF, _RESTART + (number - 1) % 8)))
            _, scan = _encoded(band, coding)
        file.write(scan)
    file.write(b"\xff\xd9")


def _encoded(band: NDArray[Any], options: dict[str, Any]) -> tuple[bytes, bytes]:
    """Return the header of a strip's file, and its scan without the end mark."""
    target = io.BytesIO()
    image = Image.fromarray(band.squeeze(2) if band.shape[2] == 1 else band)
    image.save(target, "jpeg", **options)
    data = target.getvalue()
    start = dict(_segments(data))[_START_OF_SCAN]
    start += 2 + int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start], data[start:-_END_BYTES]


def _segments(data: bytes) -> list[tuple[int, int]]:
    """Return the kind and the position of every segment up to the start of the scan."""
    found, position = [(0xD8, 0)], 2
    while found[-1][0] != _START_OF_SCAN:
        found.append((data[position + 1], position))
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return found


def _whole_header(header: bytes, height: int, interval: int) -> bytes:
    """Return a strip's header as that of the whole picture, with restart marks."""
    changed = bytearray(header)
    positions = dict(_segments(header))
    frame = next(positions[kind] for kind in _FRAMES if kind in positions)
    changed[frame + 5 : frame + 7] = height.to_bytes(2, "big")
    scan = positions[_START_OF_SCAN]
    segment = bytes((0xFF, _INTERVAL, 0, 4)) + interval.to_bytes(2, "big")
    return bytes(changed[:scan] + segment + changed[scan:])
