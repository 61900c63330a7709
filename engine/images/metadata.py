"""What a file says of its picture beside the pixels, whatever kind of file it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from PIL import Image, ImageFile, MpoImagePlugin, TiffImagePlugin

from ..picture import Picture
from . import png, tiff_tags
from .bounded import HeaderReader
from .errors import Unreadable
from .exif import exif_directory, exif_source, orientation_of

_XMP_LIMIT = 1 << 24
_XMP_ORIENTATION = re.compile(rb"""(tiff:Orientation(?:>|\s*=\s*["']))\s*([1-8])(?=\s*[<"'])""")
_XMP_SIZES = re.compile(
    rb"""((?:exif:PixelXDimension|tiff:ImageWidth)(?:>|\s*=\s*["']))\s*\d+(?=\s*[<"'])"""
    rb"""|((?:exif:PixelYDimension|tiff:ImageLength)(?:>|\s*=\s*["']))\s*\d+(?=\s*[<"'])"""
)
_XMP_DOTS = re.compile(rb"""(tiff:([XY])Resolution(?:>|\s*=\s*["']))\s*[\d./]+(?=\s*[<"'])""")
_XMP_UNIT = re.compile(rb"""(tiff:ResolutionUnit(?:>|\s*=\s*["']))\s*\d(?=\s*[<"'])""")
_XMP_PANORAMA = re.compile(
    rb"""(GPano:(\w*?)(Width|Height|Left|Top)(?:Pixels)?(?:>|\s*=\s*["']))\s*(\d{1,9})(?=\s*[<"'])"""
)
_XMP_OF_THE_PANORAMA = re.compile(
    rb"""(?<!\s)\s+GPano:\w+\s*=\s*(?:"[^"]*"|'[^']*')|<GPano:(\w+)>[^<]*</GPano:\1>"""
)
# What tells of other data in the old file: a gain map, a film, the rest of the packet.
_XMP_OF_THE_FILE = re.compile(rb"hdrgm:|Container:Directory|MicroVideo|MotionPhoto|HasExtendedXMP")
_COUNTING_SECONDS = 1.0
_INDEX = 0xB002  # of the pictures in a JPEG, as MPF has it
# Of Photoshop's image resources, the one that holds captions, keywords and rights.
_IPTC_RESOURCE = 0x0404
_IPTC_BLOCK = b"8BIM" + _IPTC_RESOURCE.to_bytes(2, "big")


@dataclass(frozen=True)
class Metadata:
    """What a file says beside the pixels.

    Attributes:
        tags: of its EXIF block, or of the TIFF file itself.
        xmp: the XMP packet, or None.
        orientation: how the decoded picture is still to be turned, 1 to 8.
        chunks: of a PNG, those that tell about colours and frames: kind -> body.
        texts: of a PNG, see `png.side_chunks`.
    """

    tags: tiff_tags.Directory
    xmp: bytes | None
    orientation: int
    chunks: dict[bytes, bytes]
    texts: dict[bytes, bytes]


def metadata_of(image: ImageFile.ImageFile, file: BinaryIO) -> Metadata:
    """Collect what an opened file says of its picture.

    Args:
        image: opened from the file.
        file: the file.
    """
    chunks, texts = png.side_chunks(file) if image.format == "PNG" else ({}, {})
    block = exif_source(image) or texts.get(png.EXIF_PROFILE, b"")
    tags = exif_directory(file if image.format == "TIFF" else block)
    # Taken away, for Pillow would turn a TIFF by it without saying so in its size.
    xmp = texts.get(png.XMP_TEXT) or texts.get(png.XMP_PROFILE) or image.info.pop("xmp", None)
    xmp = xmp if isinstance(xmp, bytes) and len(xmp) <= _XMP_LIMIT else None
    said = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else tags
    orientation = orientation_of(tags)
    own = tiff_tags.ORIENTATION in said
    if not own and (match := _XMP_ORIENTATION.search(xmp or b"")):
        orientation = int(match[2])
    elif image.format == "TIFF":
        orientation = 1  # Pillow turns it while it is decoded
    return Metadata(tags, xmp, orientation, chunks, texts)


def lost_on_the_way(image: ImageFile.ImageFile, metadata: Metadata) -> dict[str, bool]:
    """Return what no Picture carries: name -> whether the file has it."""
    texts = metadata.texts.keys() - png.READ_TEXTS - png.IDLE_TEXTS
    return {
        "IPTC": png.IPTC_PROFILE in metadata.texts or _has_iptc(image),
        "text": bool(texts or image.info.get("comment")),
        "HDR light levels": not metadata.chunks.keys().isdisjoint((b"mDCV", b"cLLI")),
    }


def _has_iptc(image: ImageFile.ImageFile) -> bool:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        resources = image.tag_v2.get(tiff_tags.PHOTOSHOP)
        return tiff_tags.IPTC in image.tag_v2 or (
            isinstance(resources, bytes) and _IPTC_BLOCK in resources
        )
    return _IPTC_RESOURCE in image.info.get("photoshop", {})


def kept_xmp(xmp: bytes | None) -> bytes | None:
    """Return the packet to keep with an upright picture, None if it tells of data elsewhere."""
    if xmp is None or _XMP_OF_THE_FILE.search(xmp):
        return None
    return _XMP_ORIENTATION.sub(rb"\g<1>1", xmp)


def renewed_xmp(xmp: bytes, height: int, width: int, dpi: tuple[float, float] | None) -> bytes:
    """Return the packet to write with a picture: with its present size and resolution."""

    def size(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d" % width if match[1] else match[2] + b"%d" % height

    def dots(match: re.Match[bytes]) -> bytes:
        assert dpi is not None
        return match[1] + b"%d/10000" % round(dpi[match[2] == b"Y"] * 10_000)

    xmp = _with_panorama(_XMP_SIZES.sub(size, xmp), height, width)
    if dpi is None:
        return xmp
    return _XMP_UNIT.sub(rb"\g<1>2", _XMP_DOTS.sub(dots, xmp))


def _with_panorama(xmp: bytes, height: int, width: int) -> bytes:
    """Return a packet whose places in a panorama are counted in pixels of the present size."""
    said = {(match[2], match[3]): int(match[4]) for match in _XMP_PANORAMA.finditer(xmp)}

    def growth(side: bytes, now: int) -> float:
        before = said.get((b"CroppedAreaImage", side)) or said.get((b"FullPano", side))
        return now / (before or now)

    across, down = growth(b"Width", width), growth(b"Height", height)

    def place(match: re.Match[bytes]) -> bytes:
        factor = across if match[3] in (b"Width", b"Left") else down
        return match[1] + b"%d" % round(int(match[4]) * factor)

    return _XMP_PANORAMA.sub(place, xmp)


def without_panorama(picture: Picture) -> Picture:
    """Return a part of a panorama, whose XMP would have it shown as the whole sphere."""
    xmp = picture.xmp and _XMP_OF_THE_PANORAMA.sub(b"", picture.xmp)
    if xmp == picture.xmp:
        return picture
    return replace(picture, xmp=xmp, left_behind=(*picture.left_behind, "panorama mark"))


def frames_of(image: ImageFile.ImageFile, file: HeaderReader, metadata: Metadata) -> int:
    """Return how many pictures the file holds; 0 where they are too many to be counted soon.

    Args:
        image: opened from the file.
        file: the file; it is looked through where nothing in its header tells.
        metadata: what it says.
    """
    if image.format == "PNG":
        return max(1, int.from_bytes(metadata.chunks.get(b"acTL", b"")[:4]))
    if isinstance(image, MpoImagePlugin.MpoImageFile):
        entries = (image.mpinfo or {}).get(_INDEX, ())
        return max(1, sum(_is_picture(entry["Attribute"]) for entry in entries))
    if image.format not in ("GIF", "TIFF"):
        return int(getattr(image, "n_frames", 1))
    file.bound(_COUNTING_SECONDS)
    file.seek(0)
    try:
        again = Image.open(file, formats=(str(image.format),))
        return int(getattr(again, "n_frames", 1))
    except Unreadable:
        return 0
    except (OSError, SyntaxError, ValueError):
        return 1  # what is behind the first is damaged
    finally:
        file.release()


def _is_picture(entry: dict[str, Any]) -> bool:
    """Return whether an entry in a JPEG's index is a picture, not a camera's preview or gain map.

    Previews say what they are; gain maps hang on another picture and are of no kind that is known.
    """
    kind = entry["MPType"]
    helper = entry["DependentChildImageFlag"] and kind in ("Undefined", "Unknown")
    return not (helper or kind.startswith("Large Thumbnail"))
