"""A picture in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture, upright, with what its file said beside the pixels.

    Attributes:
        pixels: (height, width, 3) uint8 or uint16, RGB, not premultiplied.
        alpha: (height, width) of the same dtype, 0 is transparent; None where opaque.
        grey: whether the three channels are equal and are written back as one.
        icc: the ICC profile's bytes, or None.
        exif: the EXIF block's bytes with the orientation reset, or None.
        dpi: (x, y) dots per inch, or None.
        xmp: the XMP packet with the orientation reset, or None.
        cicp: the four numbers of ITU-T H.273 for colours that only these can say, e.g. of HDR, or
            None.
        made_profile: whether `icc` says what the file said by other means (PNG's gAMA and cHRM, a
            camera's EXIF).
        frames: how many pictures the file holds, of which this is the first; 0 for very many.
        jpeg_quality: 1..100 of the JPEG file it was read from, see images.compression; else None.
        left_behind: what its file had and it has not: "ICC" where the colours were converted or the
            profile did not fit them, "XMP" where the packet tells of other data in the file,
            "IPTC", "text" (comments) and "HDR light levels" where there were any, "panorama mark"
            where it is a part of one.
    """

    pixels: Pixels
    alpha: Pixels | None = None
    grey: bool = False
    icc: bytes | None = None
    exif: bytes | None = None
    dpi: tuple[float, float] | None = None
    xmp: bytes | None = None
    cicp: bytes | None = None
    made_profile: bool = False
    frames: int = 1
    jpeg_quality: int | None = None
    left_behind: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.pixels, np.ndarray):
            raise TypeError(f"pixels must be a NumPy array, not {type(self.pixels).__name__}")
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or 0 in self.pixels.shape:
            shape = self.pixels.shape
            raise ValueError(f"pixels must be (height, width, 3) and not empty, not {shape}")
        if self.pixels.dtype not in (np.uint8, np.uint16):
            dtype = self.pixels.dtype
            raise ValueError(f"pixels must be uint8 or uint16 in native byte order, not {dtype}")
        if self.alpha is not None and (
            self.alpha.shape != self.pixels.shape[:2] or self.alpha.dtype != self.pixels.dtype
        ):
            raise ValueError("alpha must have the size and dtype of the pixels")

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])

    @property
    def bits(self) -> int:
        """8 or 16 per channel."""
        return 8 * self.pixels.itemsize

    @property
    def max_value(self) -> int:
        """The largest value of a channel: 255 or 65,535."""
        return int(np.iinfo(self.pixels.dtype).max)
