"""What BSR can write and read, and what each format can hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bsr.engine.errors import ImageFileError


@dataclass(frozen=True)
class Format:
    """A kind of picture file that BSR writes.

    Attributes:
        name: the key in FORMATS.
        title: the name people know.
        suffixes: endings of file names, the usual one first.
        side_limit: the largest height or width in pixels, or None.
        bits16: whether it holds 16 bits per channel.
        alpha: whether it holds transparency.
        grey: whether it holds a single channel.
        icc: whether it holds a colour profile.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    side_limit: int | None = None
    bits16: bool = False
    alpha: bool = False
    grey: bool = True
    icc: bool = True


# The JPEG standard allows 65,535 a side, but libjpeg, which nearly every program uses, stops at
# 65,500; a BMP of 32,767 a side is the largest that stays below 4 GiB.
FORMATS = {
    entry.name: entry
    for entry in (
        Format("png", "PNG", (".png",), bits16=True, alpha=True),
        Format("jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), 65_500),
        Format("webp", "WebP", (".webp",), 16_383, alpha=True, grey=False),
        Format("tiff", "TIFF", (".tif", ".tiff"), bits16=True, alpha=True),
        Format("bmp", "BMP", (".bmp",), 32_767, icc=False),
    )
}

READABLE_SUFFIXES = frozenset(suffix for entry in FORMATS.values() for suffix in entry.suffixes) | {
    ".gif",
    ".pbm",
    ".pgm",
    ".pnm",
    ".ppm",
}


def format_of(path: Path) -> Format:
    """Return the format that a file's suffix asks for.

    Raises:
        ImageFileError: no format has this suffix.
    """
    for entry in FORMATS.values():
        if path.suffix.lower() in entry.suffixes:
            return entry
    known = ", ".join(entry.suffixes[0] for entry in FORMATS.values())
    raise ImageFileError(f"{path.name} does not end in a format that BSR writes: {known}.")


def encoder_bytes(format: str, quality: int) -> int:
    """Return the bytes per pixel that writing takes beside the picture, measured at 96 megapixels.

    Args:
        format: a key of FORMATS.
        quality: 1..100; WebP of 100 is lossless.
    """
    if format == "webp":
        return 32 if quality >= 100 else 13
    return 4 if format in ("jpeg", "bmp") else 0


def check_output(height: int, width: int, format: str, hdr: bool = False) -> None:
    """Refuse a picture that the format cannot hold, before any work is done.

    Args:
        height: rows of the picture to be written.
        width: its columns.
        format: a key of FORMATS.
        hdr: whether its colours need PNG's cICP.

    Raises:
        ImageFileError: a side is too long, or the colours cannot be said; the message says what
            would work.
        ValueError: the format is unknown or a side is not positive.
    """
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
    if height < 1 or width < 1:
        raise ValueError(f"height and width must be positive, not {height} and {width}")
    entry = FORMATS[format]
    if entry.side_limit is not None and max(height, width) > entry.side_limit:
        raise ImageFileError(
            f"{entry.title} holds at most {entry.side_limit:,} pixels a side and the picture is "
            f"{width:,} x {height:,}: save it as PNG or TIFF, or choose a smaller scale."
        )
    if hdr and format != "png":
        raise ImageFileError(
            f"{entry.title} cannot hold the colours of this HDR picture: save it as PNG."
        )
