"""From a picture opened by Pillow to arrays: colour, alpha, and whether it is grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from . import colour, tiff_tags

_BAND_PIXELS = 1 << 20
# Pillow spreads the levels of shallow grey PNGs over 0..255 but not their transparent level.
_SHALLOW = {"L;2": 85, "L;4": 17}
# libtiff gives numbers in the machine's own order, which Pillow knows of the unsigned ones alone.
_NATIVE = {"F;32BF": "F;32NF", "I;16BS": "I;16NS", "I;32BS": "I;32NS"}
_WHITE_IS_ZERO, _UNSIGNED = 0, (1,)  # of TIFF files


@dataclass(frozen=True)
class Planes:
    """A decoded picture before it is turned upright.

    Attributes:
        colour: (height, width, 1 or 3) uint8 or uint16, not premultiplied; one channel is grey.
        alpha: (height, width) of the same dtype, or None.
    """

    colour: NDArray[Any]
    alpha: NDArray[Any] | None = None


def planes_of(image: ImageFile.ImageFile) -> Planes:
    """Return the pixels of an opened picture of any Pillow mode, in 16 bits where it has more."""
    if image.mode.startswith(("I", "F")):
        return _of_numbers(image)
    key = _transparent_key(image)
    converted = _simplified(image, "L" if palette_is_grey(image) else "RGB")
    if converted is not image:
        image.close()
    planes = _split(converted)
    if key is None or planes.alpha is not None:
        return planes
    return Planes(planes.colour, alpha_of_key(planes.colour, key))


def palette_is_grey(image: ImageFile.ImageFile) -> bool:
    """Return whether an opened picture, not yet decoded, has a palette without colours."""
    palette = image.palette
    if palette is None or palette.palette is None:
        return False
    data = np.frombuffer(bytes(palette.palette), np.uint8)
    layout = palette.rawmode or palette.mode
    if layout == "RGB;L":  # all reds, then all greens, then all blues
        colours = data[: data.size // 3 * 3].reshape(3, -1).T
    else:
        step = 4 if layout in ("BGRX", "RGBA") else 3
        colours = data[: data.size // step * step].reshape(-1, step)[:, :3]
    return bool((colours == colours[:, :1]).all())


def alpha_of_key(colours: NDArray[Any], key: tuple[int, ...]) -> NDArray[Any]:
    """Return alpha that is 0 where the picture has exactly the colour that the file names.

    Args:
        colours: (height, width, channels).
        key: one value per channel.
    """
    max_value = np.iinfo(colours.dtype).max
    different = (colours != np.array(key, colours.dtype)).any(axis=2)
    return np.where(different, max_value, 0).astype(colours.dtype)


def partial_frame(image: ImageFile.ImageFile) -> tuple[slice, slice] | None:
    """Return rows and columns of the frame of an opened GIF, None where it covers all of it."""
    if image.format != "GIF" or not image.tile:
        return None
    box = image.tile[0].extents
    if box is None or box == (0, 0, *image.size):
        return None
    left, top, right, bottom = box
    return slice(top, bottom), slice(left, right)


def packing(image: ImageFile.ImageFile) -> tuple[str, Any]:
    """Return Pillow's name of how pixels lie in the file, and what its decoder is told."""
    args: Any = image.tile[0].args if image.tile else ""
    if isinstance(args, tuple) and args:
        return str(args[0]), args[1] if len(args) > 1 else None
    return str(args), None


def repack(image: ImageFile.ImageFile, rawmode: str) -> None:
    """Make Pillow decode as if the pixels lay in the file in another way."""
    image.tile = [
        part._replace(args=(rawmode, *part.args[1:]) if isinstance(part.args, tuple) else rawmode)
        for part in image.tile
    ]


def _transparent_key(image: ImageFile.ImageFile) -> tuple[int, ...] | None:
    key = image.info.get("transparency")
    if image.mode == "RGB" and isinstance(key, tuple):
        return tuple(value & 255 for value in key)
    if image.mode == "1" and isinstance(key, int):
        return (255 if key else 0,)
    if image.mode == "L" and isinstance(key, int):
        rawmode = image.tile[0].args if image.tile else None
        return (key * _SHALLOW.get(str(rawmode), 1) & 255,)
    return None


def _simplified(image: Image.Image, mode: str) -> Image.Image:
    """Return the picture as L, LA, RGB or RGBA; a palette becomes the given mode or that with A."""
    if image.mode in ("L", "LA", "RGB", "RGBA"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "La":
        return image.convert("LA")
    if image.mode in ("P", "PA"):
        return image.convert(f"{mode}A" if image.has_transparency_data else mode)
    if image.mode in ("CMYK", "LAB", "YCbCr"):
        return colour.to_srgb(image, image.info.get("icc_profile"))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _split(image: Image.Image) -> Planes:
    """Return colour and alpha, band by band: Pillow's own way needs two more copies."""
    channels = len(image.getbands())
    has_alpha = channels in (2, 4)
    shape = (image.height, image.width)
    colours = np.empty((*shape, channels - has_alpha), np.uint8)
    alpha = np.empty(shape, np.uint8) if has_alpha else None
    step = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, step):
        bottom = min(top + step, image.height)
        band = np.asarray(image.crop((0, top, image.width, bottom)))
        band = band.reshape(bottom - top, image.width, channels)
        colours[top:bottom] = band[..., : colours.shape[2]]
        if alpha is not None:
            alpha[top:bottom] = band[..., -1]
    image.close()
    return Planes(colours, alpha)


def _of_numbers(image: ImageFile.ImageFile) -> Planes:
    """Return grey of 12, 16 or 32 bits or fractions as 16 bits."""
    if image.tile and image.tile[0].codec_name == "libtiff":
        layout = packing(image)[0]
        repack(image, _NATIVE.get(layout, layout))
    key = image.info.get("transparency")
    tags: Any = getattr(image, "tag_v2", {})
    values, bits = np.asarray(image), tags.get(tiff_tags.BITS_PER_SAMPLE, (16,))[0]
    if bits == 32 and tags.get(tiff_tags.SAMPLE_FORMAT, _UNSIGNED)[:1] == _UNSIGNED:
        values = values.view(np.uint32)  # Pillow takes them for signed
    values = _spread(values, bits)
    image.close()
    if tags.get(tiff_tags.PHOTOMETRIC) == _WHITE_IS_ZERO:
        values = np.iinfo(np.uint16).max - values
    planes = values[..., None]
    if isinstance(key, int):
        return Planes(planes, alpha_of_key(planes, (key,)))
    return Planes(planes)


def _spread(values: NDArray[Any], bits: int) -> NDArray[Any]:
    """Return numbers of any kind as 0..65,535.

    16 bits and what fits into them stay as they are, fractions of 0..1 are multiplied, unsigned
    32 bits lose their lower half.  The range of anything else is unknown: it is stretched from
    its least to its greatest value.
    """
    if bits == 12:
        return (values.astype(np.uint16) << 4) | (values.astype(np.uint16) >> 8)
    if values.dtype.kind == "u":
        return (values >> 16 if values.max() > 65_535 else values).astype(np.uint16)
    if values.dtype.kind == "f":
        values = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
        least, greatest = float(values.min()), float(values.max())
        if least >= 0 and greatest <= 1:
            least, greatest = 0.0, 1.0
    else:
        least, greatest = float(values.min()), float(values.max())
        if least >= 0 and greatest <= 65_535:
            return values.astype(np.uint16)
    scaled = (values - least) * (65_535 / max(greatest - least, 1e-30))
    return np.rint(scaled).astype(np.uint16)
