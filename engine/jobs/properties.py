"""What a result has beside its colours: what was kept of the original, and what was not."""

from __future__ import annotations

from ..images import FORMATS, side_data
from ..images.formats import WHITE
from ..images.raster import Raster
from ..images.tiff_tags import X_RESOLUTION
from ..picture import Picture


def kept_properties(
    picture: Picture,
    format: str,
    keep_metadata: bool = True,
    background: tuple[int, int, int] = WHITE,
) -> tuple[str, ...]:
    """Name what a file of this format carries over from the original, beside the colours.

    Args:
        picture: what is written.
        format: a name of `bsr.engine.images.FORMATS`.
        keep_metadata: whether EXIF and XMP are written.
        background: RGB 0..255 behind transparent pixels, where the format has no transparency.
    """
    target = FORMATS[format]
    raster = Raster(picture, target, background)
    side = side_data(picture, format, keep_metadata)
    properties = {
        "ICC": raster.icc is not None and not picture.made_profile,
        "colours as ICC": raster.icc is not None and picture.made_profile,
        "colours as sRGB": raster.converted,
        "cICP": picture.cicp is not None,
        "EXIF": side.exif is not None,
        "XMP": side.xmp is not None,
        "DPI": raster.dpi is not None or (side.exif is not None and X_RESOLUTION in side.tags),
        "16 bit": raster.bits == 16,
        "alpha": raster.alpha,
    }
    return tuple(name for name, kept in properties.items() if kept)


def lost_properties(picture: Picture, kept: tuple[str, ...]) -> tuple[str, ...]:
    """Name what a picture, or the file it was read from, had beside the colours and was not kept.

    Args:
        picture: what was written.
        kept: what `kept_properties` names.
    """
    has = {
        "ICC": picture.icc is not None and not picture.made_profile,
        "EXIF": picture.exif is not None,
        "XMP": picture.xmp is not None,
        "DPI": picture.dpi is not None,
        "16 bit": picture.bits == 16,
        "alpha": picture.alpha is not None,
    }
    has |= dict.fromkeys(picture.left_behind, True)
    return tuple(name for name, there in has.items() if there and name not in kept)
