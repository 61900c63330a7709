"""What BSR can write and read, and what each format can hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ImageFileError

LARGEST_DPI = 50_000_000
"""Half a nanometre a pixel; PNG and BMP hold hardly more."""


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
        exif: whether it holds EXIF and XMP.
        dpi: the most dots per inch that it holds outside EXIF.
        hdr: whether it holds PNG's cICP, by which HDR colours are said.
        quality: whether it is lossy, so that a quality is chosen.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    side_limit: int | None = None
    bits16: bool = False
    alpha: bool = False
    grey: bool = True
    icc: bool = True
    exif: bool = True
    dpi: int = LARGEST_DPI
    hdr: bool = False
    quality: bool = False


# The JPEG standard allows 65,535 a side, but libjpeg, which nearly every program uses, stops at
# 65,500; a BMP of 32,767 a side is the largest that stays below 4 GiB.
FORMATS = {
    entry.name: entry
    for entry in (
        Format("png", "PNG", (".png",), bits16=True, alpha=True, hdr=True),
        Format("jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), 65_500, dpi=65535, quality=True),
        Format("webp", "WebP", (".webp",), 16_383, alpha=True, grey=False, dpi=0, quality=True),
        Format("tiff", "TIFF", (".tif", ".tiff"), bits16=True, alpha=True),
        Format("bmp", "BMP", (".bmp",), 32_767, icc=False, exif=False),
    )
}

FALLBACK_FORMAT = "png"
"""The format of results that no other is asked or fit for."""

DEFAULT_QUALITY = 92
"""Of JPEG and WebP, 1 to 100."""

LOSSLESS_QUALITY = 100
"""At which a WebP loses nothing."""

WHITE = (255, 255, 255)
"""RGB behind transparent pixels in formats without transparency."""

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
    format = known_format(path)
    if format is not None:
        return format
    known = ", ".join(entry.suffixes[0] for entry in FORMATS.values())
    raise ImageFileError(
        "{file} does not end in a format that BSR writes: {known}.", file=path.name, known=known
    )


def known_format(path: Path) -> Format | None:
    """Return the format that a file's suffix asks for, or None where no format has it."""
    suffix = path.suffix.lower()
    return next((entry for entry in FORMATS.values() if suffix in entry.suffixes), None)


def result_suffix(source: Path, format: str | None, has_alpha: Callable[[], bool]) -> str:
    """Return the suffix of a result.

    Args:
        source: the original's file.
        format: a key of FORMATS, or None for that of the original; where that cannot be written
            or would lose transparency, or its suffix is unknown, the result is a PNG.
        has_alpha: whether the original has transparency; asked only where it matters.
    """
    own = known_format(source)
    if own is not None and not own.alpha and format is None and has_alpha():
        own = None  # it would be lost: a BMP may have it, and a file may be called .jpg and be none
    if format is None or (own is not None and own.name == format):
        return source.suffix if own is not None else FORMATS[FALLBACK_FORMAT].suffixes[0]
    return FORMATS[format].suffixes[0]


def encoder_bytes(format: str, quality: int) -> int:
    """Return the bytes per pixel that writing takes beside the picture, measured at 96 megapixels.

    Args:
        format: a key of FORMATS.
        quality: 1..100; WebP of LOSSLESS_QUALITY is lossless.
    """
    if format == "webp":
        return 32 if quality == LOSSLESS_QUALITY else 13
    return 4 if format == "bmp" else 0


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
            "{format} holds at most {limit} pixels a side and the picture is {width} x "
            "{height}: save it as PNG or TIFF, or choose a smaller scale.",
            format=entry.title,
            limit=entry.side_limit,
            width=width,
            height=height,
        )
    if hdr and not entry.hdr:
        raise ImageFileError(
            "{format} cannot hold the colours of this HDR picture: save it as PNG.",
            format=entry.title,
        )
