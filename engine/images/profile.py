"""Colour profiles: those in files, and those made of what a PNG or a camera says in numbers.

Few formats have room for such numbers (gAMA, cHRM, cICP), and nearly all for an ICC profile
(ICC.1:2010), which says the same: a curve, and where the primaries lie after the white was adapted
to D50.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .bounded import BYTES

Chromaticities = tuple[float, float, float, float, float, float, float, float]
"""x and y of white, red, green and blue."""

SRGB: Chromaticities = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
ADOBE_RGB: Chromaticities = (0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
Curve = tuple[float, ...]
"""Parameters of a curve: g in Y = X^g, or g, a, b, c, d in Y = (aX + b)^g, below d Y = cX."""

# By their numbers in ITU-T H.273.
PRIMARIES: dict[int, Chromaticities] = {
    1: SRGB,
    5: (0.3127, 0.3290, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (0.3127, 0.3290, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    9: (0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
_UNSPECIFIED = 2
_VIDEO: Curve = (1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081)
CURVES: dict[int, Curve] = {
    1: _VIDEO,
    4: (2.2,),
    5: (2.8,),
    6: _VIDEO,
    8: (1.0,),
    13: (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    14: _VIDEO,
    15: _VIDEO,
}

_VERSION_5, _EMBEDDED = 124, b"DEBM"  # of a BMP's header: its length, its kind of colours

_D50 = (0.9642, 1.0, 0.8249)
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


def bmp_profile(file: BinaryIO) -> bytes | None:
    """Return the colour profile inside a BMP file with a header of version 5, or None."""
    file.seek(0)
    head = file.read(138)
    if len(head) < 138 or head[14] != _VERSION_5 or head[70:74] != _EMBEDDED:
        return None
    offset, length = struct.unpack_from("<2I", head, 126)
    file.seek(14 + offset)
    profile = file.read(min(length, BYTES))
    return profile if len(profile) == length else None


def profile_of(image: Image.Image, grey: bool) -> bytes | None:
    """Return the colour profile of a decoded file, None where it does not fit the decoded pixels.

    Args:
        image: as opened from the file.
        grey: whether the decoded pixels are grey; a profile of CMYK is used up by decoding.
    """
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes):
        return None
    fitting = (b"RGB ", b"GRAY") if grey else (b"RGB ",)
    return profile if icc_space(profile) in fitting else None


def icc_space(icc: bytes) -> bytes:
    """Return the colour space that a profile describes, e.g. b"RGB ", b"GRAY" or b"CMYK"."""
    return icc[16:20]


def png_profile(chunks: dict[bytes, bytes], icc: bytes | None, grey: bool) -> bytes | None:
    """Return the profile that says what a PNG says by numbers, None where that is of no use.

    By the order of the specification: cICP, then a profile, then sRGB, then gAMA and cHRM.

    Args:
        chunks: of the file, see `metadata.Metadata`.
        icc: the file's own profile, or None.
        grey: whether the decoded pixels are grey.
    """
    if (cicp := cicp_of(chunks)) is not None:
        if is_hdr(cicp) or cicp[:2] == b"\x01\x0d":
            return None
        primaries, curve = PRIMARIES[cicp[0]], CURVES[cicp[1]]
        return make_profile(curve, None if grey else primaries, f"cICP {cicp[0]} {cicp[1]}")
    if icc is not None or b"sRGB" in chunks:
        return None
    gamma = int.from_bytes(chunks.get(b"gAMA", b"")) / 100_000
    usual = gamma == 0 or abs(gamma - 1 / 2.2) < 0.005
    colours = None if grey else _chromaticities(chunks.get(b"cHRM", b""))
    if (usual and colours is None) or not 0.1 <= (gamma or 1) <= 10:
        return None
    with suppress(ValueError):
        curve = CURVES[13] if usual else (1 / gamma,)
        return make_profile(curve, None if grey else colours or SRGB, "gAMA and cHRM")
    return None


def adobe_rgb_profile(grey: bool) -> bytes:
    """Return the profile of Adobe RGB, of its curve alone for grey."""
    return make_profile((563 / 256,), None if grey else ADOBE_RGB, "Adobe RGB (1998)")


def cicp_of(chunks: dict[bytes, bytes]) -> bytes | None:
    """Return the numbers of a PNG's cICP, None where it has none or leaves them unspecified.

    Args:
        chunks: of the file, see `metadata.Metadata`.
    """
    cicp = chunks.get(b"cICP")
    if cicp is None:
        return None
    primaries, curve = cicp[:2]
    vague = curve == _UNSPECIFIED or (primaries == _UNSPECIFIED and curve in CURVES)
    return None if vague else cicp


def is_hdr(cicp: bytes | None) -> bool:
    """Return whether only cICP can say the colours: light beyond white, or unknown numbers."""
    if cicp is None:
        return False
    primaries, curve, matrix, full_range = cicp
    return primaries not in PRIMARIES or curve not in CURVES or matrix != 0 or full_range != 1


def make_profile(curve: Curve, colours: Chromaticities | None, name: str) -> bytes:
    """Build a profile.

    Args:
        curve: from stored values of 0..1 to light.
        colours: of white and primaries, or None for grey.
        name: for people.

    Raises:
        ValueError: these cannot be white and primaries.
    """
    kind = {1: 0, 5: 3}[len(curve)]
    trc = b"para" + struct.pack(">4xH2x", kind) + _fixed(*curve)
    tags = {b"desc": _text(name), b"cprt": _text("CC0"), b"wtpt": _xyz(_D50)}
    if colours is None:
        tags[b"kTRC"] = trc
    else:
        columns, adaptation = _columns(colours)
        tags[b"chad"] = b"sf32" + bytes(4) + _fixed(*adaptation.ravel())
        for letter, column in zip(b"rgb", columns.T, strict=True):
            tags[bytes([letter]) + b"XYZ"] = _xyz(column)
            tags[bytes([letter]) + b"TRC"] = trc
    return _profile(b"GRAY" if colours is None else b"RGB ", tags)


def _chromaticities(body: bytes) -> Chromaticities | None:
    """Return the primaries of a cHRM chunk, None where they are those of sRGB or cannot be."""
    if len(body) != 32:
        return None
    values = [int.from_bytes(body[i : i + 4]) / 100_000 for i in range(0, 32, 4)]
    if all(abs(value - usual) < 0.002 for value, usual in zip(values, SRGB, strict=True)):
        return None
    wx, wy, rx, ry, gx, gy, bx, by = values
    return wx, wy, rx, ry, gx, gy, bx, by


def _columns(colours: Chromaticities) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return XYZ of the primaries, adapted to D50, as columns; and the adaptation (3, 3)."""
    if not all(0 <= value <= 1 for value in colours) or 0 in colours[1::2]:
        raise ValueError("chromaticities must be positive and at most 1")
    points = np.array(colours).reshape(4, 2)
    x, y = points.T
    lights = np.stack([x / y, np.ones(4), (1 - x - y) / y])  # (3, 4): each with Y = 1
    white, primaries = lights[:, 0], lights[:, 1:]
    if abs(np.linalg.det(primaries)) < 1e-6:
        raise ValueError("the primaries lie on a line")
    columns = primaries * np.linalg.solve(primaries, white)
    cones = (_BRADFORD @ np.array(_D50)) / (_BRADFORD @ white)
    adaptation = np.linalg.inv(_BRADFORD) @ np.diag(cones) @ _BRADFORD
    columns = adaptation @ columns
    if not np.isfinite(columns).all() or np.abs(columns).max() > 100:
        raise ValueError("these primaries cannot make this white")
    return columns, adaptation


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    index, body = struct.pack(">I", len(tags)), b""
    start = 132 + 12 * len(tags)
    for name, data in tags.items():
        index += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(
        ">I4xI4s4s4s12x4s28x12s48x",
        start + len(body),
        0x04200000,
        b"mntr",
        space,
        b"XYZ ",
        b"acsp",
        _xyz(_D50)[8:],
    )
    return header + index + body


def _fixed(*values: float) -> bytes:
    """Return numbers as ICC writes them, with 16 bits behind the point."""
    return struct.pack(f">{len(values)}i", *(round(float(value) * 65_536) for value in values))


def _xyz(values: tuple[float, ...] | NDArray[np.float64]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(data), 28) + data
