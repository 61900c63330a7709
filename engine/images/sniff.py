"""Which kind of file some bytes are; a file's name says nothing about it."""

from __future__ import annotations

import re

from ..errors import Sentence
from .errors import Unreadable

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"

_KINDS = {
    PNG_SIGNATURE: "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
}
_PNM = re.compile(rb"P[1-6]\s")
_FOREIGN = {
    b"%PDF": Sentence("a PDF document"),
    b"%!PS": Sentence("a PostScript document"),
    b"PK\x03\x04": Sentence("a ZIP archive or an office document"),
    b"<svg": Sentence("an SVG drawing"),
    b"<?xml": Sentence("an XML file or an SVG drawing"),
    b"<!doctype html": Sentence("a web page"),
    b"<html": Sentence("a web page"),
    b"II*\0\x10\0\0\0CR": Sentence("a camera's raw file"),
    b"8BPS": Sentence("a Photoshop file"),
    b"\0\0\1\0": Sentence("an icon"),
    b"icns": Sentence("an icon"),
    b"gimp xcf": Sentence("a GIMP file"),
    b"v/1\x01": Sentence("an OpenEXR picture"),
    b"#?RADIANCE": Sentence("a Radiance HDR picture"),
    b"#?RGBE": Sentence("a Radiance HDR picture"),
    b"DDS ": Sentence("a DDS texture"),
    b"qoif": Sentence("a QOI picture"),
    b"SIMPLE  =": Sentence("a FITS picture"),
    b"FUJIFILMCCD-RAW": Sentence("a camera's raw file"),
    b"IIRO": Sentence("a camera's raw file"),
    b"IIRS": Sentence("a camera's raw file"),
    b"IIU\0": Sentence("a camera's raw file"),
    b"MMOR": Sentence("a camera's raw file"),
    b"FOVb": Sentence("a camera's raw file"),
    b"\0MRM": Sentence("a camera's raw file"),
    b"\xffO\xffQ": Sentence("a JPEG 2000 picture"),
    b"\xff\x0a": Sentence("a JPEG XL picture"),
    b"\0\0\0\x0cJXL ": Sentence("a JPEG XL picture"),
    b"\0\0\0\x0cjP  ": Sentence("a JPEG 2000 picture"),
}
_BOXED = {
    b"avif": Sentence("an AVIF picture"),
    b"heic": Sentence("a HEIC picture"),
    b"heix": Sentence("a HEIC picture"),
    b"mif1": Sentence("a HEIC picture"),
    b"crx ": Sentence("a camera's raw file"),
}


def kind_of(start: bytes) -> str:
    """Return Pillow's name of the format that a file begins like.

    Args:
        start: the first 32 bytes of the file, or all of it.

    Raises:
        Unreadable: it begins like no picture that BSR reads.
    """
    foreign = _foreign(start)
    for signature, kind in _KINDS.items():
        if foreign is None and start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if _PNM.match(start):
        return "PPM"
    if foreign is None and _is_targa(start):
        foreign = Sentence("a TGA picture")
    if foreign is None:
        raise Unreadable("is not a picture of a kind that BSR knows")
    raise Unreadable(
        "is {kind}: BSR reads PNG, JPEG, WebP, TIFF, BMP, GIF and PPM pictures", kind=foreign
    )


def _is_targa(start: bytes) -> bool:
    """Return whether these can be the first bytes of a TGA file, which has no signature."""
    if len(start) < 18 or start[1] > 1 or start[2] not in (1, 2, 3, 9, 10, 11):
        return False
    width, height = start[12:14], start[14:16]
    sized = width != b"\0\0" and height != b"\0\0"
    return sized and start[16] in (8, 15, 16, 24, 32) and start[17] & 0xC0 == 0


def _foreign(start: bytes) -> str | None:
    if start[4:8] == b"ftyp":
        return _BOXED.get(start[8:12], Sentence("a video or a picture of another kind"))
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, name in _FOREIGN.items():
        if start.startswith(signature) or text.lower().startswith(signature):
            return name
    return None
