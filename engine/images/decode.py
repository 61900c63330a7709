"""Reading: from the bytes of a file, whatever they are, to a Picture or a clear refusal."""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, JpegImagePlugin, UnidentifiedImageError

from ..errors import ImageFileError, Sentence, one_line
from ..picture import Picture
from . import jpeg
from .colour import srgb_conversion
from .compression import jpeg_quality
from .depth import eight_bit
from .errors import INCOMPLETE, Unreadable
from .exif import dpi_of, is_adobe_rgb, is_transposed, kept_exif, orientation_of
from .files import open_picture
from .metadata import Metadata, frames_of, kept_xmp, lost_on_the_way, metadata_of
from .opening import file_bytes, format_name, open_image
from .pillow_arrays import Planes, partial_frame, planes_of
from .profile import adobe_rgb_profile, cicp_of, is_hdr, png_profile, profile_of
from .sixteen_bit import bits_of, is_grey, special_decoder

_BAND = 256  # rows

# What Pillow raises on damaged files, as found by tests/engine/images/test_fuzz.py.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

_TURNS: dict[int, Callable[[Any], Any]] = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: a.swapaxes(0, 1)[:, ::-1],
    7: lambda a: a.swapaxes(0, 1)[::-1, ::-1],
    8: lambda a: a.swapaxes(0, 1)[::-1],
}


@dataclass(frozen=True)
class PictureInfo:
    """What the header of a picture file says.

    Attributes:
        height: rows of the picture as it is seen, after turning it upright.
        width: its columns.
        format: "png", "jpeg", "webp", "tiff", "bmp", "gif" or "ppm".
        bits: 8 or 16 per channel, as read_picture gives them.
        alpha: whether it has transparency.
        grey: whether it has no colours.
        hdr: whether its colours need PNG's cICP, see Picture.cicp.
        file_bytes: how many of the file's bytes are in memory at a time while it is decoded.
    """

    height: int
    width: int
    format: str
    bits: int
    alpha: bool
    grey: bool
    hdr: bool = False
    file_bytes: int = 0


def read_picture(path: str | Path) -> Picture:
    """Decode a picture file: the first frame or page, turned upright.

    CMYK and Lab become sRGB, palettes become colours; 16 bits, grey, alpha, profile, EXIF and
    resolution are kept.

    Args:
        path: of the file.

    Raises:
        ImageFileError: there is no complete picture of a known kind and reasonable size; the
            message names the file and says what is wrong.
    """
    path = Path(path)
    with open_picture(path) as file, _decoding(path):
        image = open_image(file)
        metadata = metadata_of(image, file)
        dpi, frames = dpi_of(image, metadata.tags), frames_of(image, file, metadata)
        said = max(metadata.orientation, orientation_of(metadata.tags))
        if dpi is not None and is_transposed(said):
            dpi = dpi[::-1]
        colour, alpha = _upright(_decoded(image, file, whole=True), metadata.orientation)
        grey = colour.shape[2] == 1
        own, made = _profiles(image, metadata, grey)
        cicp = cicp_of(metadata.chunks)
        xmp = kept_xmp(metadata.xmp)
        left_behind = {
            "ICC": own is None and bool(image.info.get("icc_profile")),
            "XMP": xmp is None and metadata.xmp is not None,
        } | lost_on_the_way(image, metadata)
        return Picture(
            pixels=_three(colour),
            alpha=alpha,
            grey=grey,
            icc=made or own,
            exif=kept_exif(metadata.tags),
            dpi=dpi,
            xmp=xmp,
            cicp=cicp if is_hdr(cicp) else None,
            made_profile=made is not None,
            frames=frames,
            jpeg_quality=_quality_of(image),
            left_behind=tuple(name for name, left in left_behind.items() if left),
        )


def probe(path: str | Path, seconds: float | None = None) -> PictureInfo:
    """Look at the header of a picture file; cheap, and without OpenCV.

    Args:
        path: of the file.
        seconds: how long that may take, or None for as long as it takes; it is bounded anyway.

    Raises:
        ImageFileError: as read_picture, as far as the header shows it.
    """
    path = Path(path)
    with open_picture(path, seconds) as file, _decoding(path):
        image = open_image(file, pixels=False)
        width, height = image.size
        metadata = metadata_of(image, file)
        if is_transposed(metadata.orientation):
            width, height = height, width
        format, bits = format_name(image), bits_of(image)
        return PictureInfo(
            height=height,
            width=width,
            format=format,
            bits=bits,
            alpha=image.has_transparency_data or partial_frame(image) is not None,
            grey=is_grey(image),
            hdr=is_hdr(cicp_of(metadata.chunks)),
            file_bytes=file_bytes(image, os.fstat(file.fileno()).st_size),
        )


def thumbnail(path: Path, size: int) -> NDArray[np.uint8]:
    """Return a small 8-bit copy of a picture file, in sRGB.

    Args:
        path: the picture.
        size: the longest side in pixels; a smaller picture keeps its size.

    Returns:
        (height, width, 3) RGB or (height, width, 4) RGBA, not premultiplied.

    Raises:
        ImageFileError: as read_picture.
    """
    with open_picture(path) as file, _decoding(path):
        image = open_image(file, side=size)
        metadata = metadata_of(image, file)
        colour, alpha = _upright(_decoded(image, file), metadata.orientation)
        own, made = _profiles(image, metadata, grey=colour.shape[2] == 1)
        factor = max(1, max(colour.shape[:2]) // (2 * size))
        bands = []
        # What is joined and given to Pillow is copied: that is done to a few rows at a time.
        step = factor * max(1, _BAND // factor)
        for top in range(0, len(colour), step):
            rows = slice(top, top + step)
            parts = [_three(eight_bit(colour[rows]))]
            if alpha is not None:
                parts.append(eight_bit(alpha[rows])[..., None])
            band = Image.fromarray(np.concatenate(parts, axis=2))
            bands.append(np.asarray(band.reduce(factor)))
        small = Image.fromarray(np.concatenate(bands))
        small.thumbnail((size, size))
        pixels = np.array(small)
        if profile := made or own:
            pixels[..., :3] = srgb_conversion(profile)(np.ascontiguousarray(pixels[..., :3]))
        return pixels


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    """Turn whatever a decoder raises into one sentence; its warnings are about details."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Unreadable as error:
        raise ImageFileError(
            "{file} {problem}.", file=one_line(path), problem=error.args[0]
        ) from error
    except MemoryError as error:
        raise ImageFileError(
            "{file} needs more memory than there is.", file=one_line(path)
        ) from error
    except _DAMAGE as error:
        raise ImageFileError(
            "{file} {problem}.", file=one_line(path), problem=_trouble(error)
        ) from error


def _trouble(error: Exception) -> str:
    text = str(error).lower()
    if "truncated" in text:
        return INCOMPLETE
    if isinstance(error, UnidentifiedImageError) or "unsupported" in text:
        return Sentence(
            "is damaged, or its pixels are stored in a way that BSR does not know: save it as "
            "PNG first"
        )
    return Sentence("is damaged")


def _decoded(image: ImageFile.ImageFile, file: BinaryIO, whole: bool = False) -> Planes:
    """Return the pixels as stored; `whole` looks for parts that the decoder made up."""
    decoder = special_decoder(image)
    if decoder is not None:
        return decoder(image, file)
    if whole and isinstance(image, JpegImagePlugin.JpegImageFile):
        image.load()
        jpeg.check_complete(image, file)
    frame = partial_frame(image)
    planes = planes_of(image)
    if frame is not None and planes.alpha is None:
        alpha = np.zeros(planes.colour.shape[:2], np.uint8)
        alpha[frame] = 255
        return Planes(planes.colour, alpha)
    if image.format == "BMP" and planes.alpha is not None and not planes.alpha.any():
        return Planes(planes.colour)  # programs without transparency leave the fourth byte 0
    return planes


def _upright(planes: Planes, orientation: int) -> tuple[NDArray[Any], NDArray[Any] | None]:
    """Return colour and alpha as they are to be seen."""
    turn = _TURNS[orientation]
    alpha = None if planes.alpha is None else np.ascontiguousarray(turn(planes.alpha))
    return np.ascontiguousarray(turn(planes.colour)), alpha


def _profiles(
    image: ImageFile.ImageFile, metadata: Metadata, grey: bool
) -> tuple[bytes | None, bytes | None]:
    """Return the file's own profile, and one that says what the file says by other means."""
    own = profile_of(image, grey)
    camera = isinstance(image, JpegImagePlugin.JpegImageFile) and image.mode in ("L", "RGB")
    if own is None and camera and is_adobe_rgb(metadata.tags):
        return None, adobe_rgb_profile(grey)
    return own, png_profile(metadata.chunks, own, grey)


def _quality_of(image: ImageFile.ImageFile) -> int | None:
    """Return the quality that a JPEG file's table for brightness stands for."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or not image.layer:
        return None
    table = image.quantization.get(image.layer[0][3])
    return None if table is None else jpeg_quality(table)


def _three(colour: NDArray[Any]) -> NDArray[Any]:
    """Return grey as three equal channels."""
    return colour if colour.shape[2] == 3 else np.repeat(colour, 3, axis=2)
