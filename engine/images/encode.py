"""Writing: a Picture into a file of any format, complete or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

from PIL import Image, WebPImagePlugin  # noqa: F401 (importing it registers the format)

from ..disk import Naming
from ..picture import Picture
from ..progress import CancelToken, Progress
from . import tiff_tags
from .exif import EXIF_PREFIX, exif_block, renewed_exif, resolution
from .files import write_file
from .formats import (
    DEFAULT_QUALITY,
    FORMATS,
    LOSSLESS_QUALITY,
    WHITE,
    check_output,
    format_of,
)
from .jpeg_strips import write_jpeg
from .metadata import renewed_xmp
from .png import write_png
from .raster import Raster
from .tiff import write_tiff

REPLACING = Naming()

_MODES = {1: "L", 3: "RGB", 4: "RGBA"}
_JPEG_LIMITS = (65_533, 65_502)  # of EXIF: a segment; of XMP: less the name of the packet
_FULL_CHROMA_QUALITY = 90
_LOSSLESS_EFFORT = 20  # of 100, within 1 % of the size that 60 gives, in an eighth of the time


def write_picture(
    picture: Picture,
    path: str | Path,
    *,
    format: str | None = None,
    quality: int = DEFAULT_QUALITY,
    background: tuple[int, int, int] = WHITE,
    keep_metadata: bool = True,
    naming: Naming = REPLACING,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Path:
    """Write a picture; the file appears under its name only when it is complete.

    Args:
        picture: what is written; 16 bits become 8 where the format holds no more.
        path: where.
        format: a key of FORMATS, or None to go by the suffix of the path.
        quality: 1 to 100, for JPEG and WebP; a WebP of 100 is lossless.
        background: (red, green, blue) of 0..255 behind transparent pixels, where the format has
            no transparency.
        keep_metadata: False leaves EXIF and XMP out; the profile and the resolution always stay.
        naming: what becomes of a file that is there already; usually it is replaced.
        on_progress: called with the stage "saving" and the rows handed to the encoder.
        cancel: looked at between bands of rows, and until the file gets its name.

    Returns:
        The path of the file, numbered where `naming` says so.

    Raises:
        ImageFileError: the format cannot hold the picture or the file cannot be written.
        Cancelled: on request; no file is left.
        TypeError: there is no picture.
        ValueError: `format` is unknown, or `quality` not 1 to 100.
    """
    if not isinstance(picture, Picture):
        raise TypeError(f"picture must be a Picture, e.g. Picture(array), not {type(picture)}")
    path = Path(path)
    target = format_of(path) if format is None else FORMATS.get(format)
    if target is None:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
    if not 1 <= quality <= 100:
        raise ValueError(f"quality must be 1 to 100, not {quality}")
    check_output(picture.height, picture.width, target.name, picture.cicp is not None)
    cancel = cancel or CancelToken()
    raster = Raster(picture, target, background, on_progress, cancel)
    side = side_data(picture, target.name, keep_metadata)
    write = _WRITERS[target.name]
    return write_file(path, lambda file: write(file, raster, side, quality), naming, cancel.check)


@dataclass(frozen=True)
class SideData:
    """EXIF and XMP as a file gets them, with the present size and resolution of its picture.

    Attributes:
        tags: of EXIF; empty where there are none.
        exif: the block with them, None where there are none or the format has no room.
        xmp: the packet, None where there is none or the format has no room.
    """

    tags: tiff_tags.Directory
    exif: bytes | None
    xmp: bytes | None


def side_data(picture: Picture, format: str, keep_metadata: bool) -> SideData:
    """Return what is written of EXIF and XMP with a picture.

    Args:
        picture: what is written.
        format: a key of FORMATS.
        keep_metadata: False for nothing.
    """
    if not keep_metadata or not FORMATS[format].exif:
        return SideData({}, None, None)
    exif_limit, xmp_limit = _JPEG_LIMITS if format == "jpeg" else (None, None)
    tags = renewed_exif(picture.exif, picture.height, picture.width, picture.dpi)
    xmp = picture.xmp
    if xmp is not None:
        xmp = renewed_xmp(xmp, picture.height, picture.width, picture.dpi)
        xmp = xmp if xmp_limit is None or len(xmp) <= xmp_limit else None
    return SideData(tags, exif_block(tags, exif_limit), xmp)


def _write_png(file: BinaryIO, raster: Raster, side: SideData, quality: int) -> None:
    write_png(file, raster, side.exif and side.exif[len(EXIF_PREFIX) :], side.xmp)


def _write_tiff(file: BinaryIO, raster: Raster, side: SideData, quality: int) -> None:
    packet = {tiff_tags.XMP: tiff_tags.Field(tiff_tags.BYTE, side.xmp)} if side.xmp else {}
    write_tiff(file, raster, side.tags | resolution(raster.dpi) | packet)


def _write_jpeg(file: BinaryIO, raster: Raster, side: SideData, quality: int) -> None:
    options = {"quality": quality, "exif": side.exif, "xmp": side.xmp}
    write_jpeg(file, raster, quality < _FULL_CHROMA_QUALITY, _given(raster, options))


def _write_webp(file: BinaryIO, raster: Raster, side: SideData, quality: int) -> None:
    lossless = quality == LOSSLESS_QUALITY
    options = {
        "quality": _LOSSLESS_EFFORT if lossless else quality,
        "lossless": lossless,
        "exact": lossless,
        "exif": side.exif,
        "xmp": side.xmp,
    }
    _write_with_pillow(file, raster, options)


def _write_bmp(file: BinaryIO, raster: Raster, side: SideData, quality: int) -> None:
    _write_with_pillow(file, raster, {})


# By the keys of FORMATS.
_WRITERS = {
    "png": _write_png,
    "jpeg": _write_jpeg,
    "webp": _write_webp,
    "tiff": _write_tiff,
    "bmp": _write_bmp,
}


def _write_with_pillow(file: BinaryIO, raster: Raster, options: dict[str, Any]) -> None:
    image = _pillow_image(raster)
    # Pillow would write to the file's descriptor by itself and lose the reason of a failure, such
    # as a full disk: it is given nothing but the method to write.
    sink = cast("BinaryIO", SimpleNamespace(write=file.write))
    image.save(sink, raster.format.name, **_given(raster, options))
    if raster.cancel is not None:  # Pillow looks at nothing meanwhile
        raster.cancel.check()


def _given(raster: Raster, options: dict[str, Any]) -> dict[str, Any]:
    """Return Pillow's options with profile and resolution, without those that say nothing."""
    options = options | {"icc_profile": raster.icc, "dpi": _whole_dpi(raster)}
    return {key: value for key, value in options.items() if value is not None}


def _whole_dpi(raster: Raster) -> tuple[int, ...] | None:
    return None if raster.dpi is None else tuple(round(value) for value in raster.dpi)


def _pillow_image(raster: Raster) -> Image.Image:
    """Return the rows as Pillow's picture, filled band by band to save two copies."""
    image = Image.new(_MODES[raster.channels], (raster.width, raster.height))
    top = 0
    for band in raster.bands():
        image.paste(Image.fromarray(band.squeeze(2) if raster.channels == 1 else band), (0, top))
        top += len(band)
    return image
