"""A picture as rows in the form that a file asks for: its channels, its bits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..picture import Picture, Pixels
from ..progress import CancelToken, Progress
from .colour import srgb_conversion
from .depth import eight_bit
from .formats import WHITE, Format
from .profile import icc_space

_BAND_BYTES = 1 << 20


@dataclass(frozen=True)
class Raster:
    """A picture on its way into a file.

    Attributes:
        picture: what is written.
        format: the format it is written in.
        background: (red, green, blue) of 0..255 behind transparent pixels, where the format has
            no transparency.
        on_progress: called after each band with the stage "saving".
        cancel: looked at before each band.
    """

    picture: Picture
    format: Format
    background: tuple[int, int, int] = WHITE
    on_progress: Callable[[Progress], None] | None = None
    cancel: CancelToken | None = None

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return self.picture.height

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return self.picture.width

    @property
    def bits(self) -> int:
        """8 or 16 per channel."""
        return self.picture.bits if self.format.bits16 else 8

    @property
    def alpha(self) -> bool:
        """Whether the last channel is transparency."""
        return self.picture.alpha is not None and self.format.alpha

    @property
    def grey(self) -> bool:
        """Whether one channel stands for all three colours."""
        flat = self.picture.alpha is not None and not self.format.alpha
        coloured = flat and len(set(self.background)) > 1
        # The PNG specification forbids an RGB profile on a grey picture: it is written as RGB.
        profile = self.picture.icc
        forbidden = self.format.name == "png" and profile and icc_space(profile) == b"RGB "
        return self.picture.grey and self.format.grey and not (coloured or forbidden)

    @property
    def channels(self) -> int:
        """1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA)."""
        return (1 if self.grey else 3) + self.alpha

    @property
    def icc(self) -> bytes | None:
        """The profile that describes the rows, or None."""
        profile = self.picture.icc
        return None if self.converted else profile

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Dots per inch (x, y) that the file says outside EXIF, or None."""
        dpi = self.picture.dpi
        return dpi if dpi is not None and max(dpi) <= self.format.dpi else None

    @property
    def converted(self) -> bool:
        """Whether the colours become those of sRGB, since the profile cannot be kept."""
        profile = self.picture.icc
        if profile is None:
            return False
        return not self.format.icc or (icc_space(profile) == b"GRAY" and not self.grey)

    @property
    def band_height(self) -> int:
        """Rows of every band but the last."""
        row = self.width * self.channels * self.bits // 8
        return min(self.height, max(1, _BAND_BYTES // row))

    def bands(self, height: int | None = None) -> Iterator[NDArray[Any]]:
        """Return the rows from top to bottom as (rows, width, channels), uint8 or uint16.

        Args:
            height: rows of every band but the last; None for `band_height`.

        Raises:
            Cancelled: on request.
        """
        height = self.band_height if height is None else height
        convert = self._conversion()
        for top in range(0, self.height, height):
            if self.cancel is not None:
                self.cancel.check()
            rows = slice(top, min(top + height, self.height))
            yield self._band(rows, convert)
            if self.on_progress is not None:
                self.on_progress(Progress("saving", rows.stop, self.height))

    def _conversion(self) -> Callable[[NDArray[np.uint8]], NDArray[np.uint8]] | None:
        """Return what makes (rows, width, 3) 8-bit colours sRGB where no profile can be kept."""
        profile = self.picture.icc
        return srgb_conversion(profile) if profile and self.converted else None

    def _band(
        self, rows: slice, convert: Callable[[NDArray[np.uint8]], NDArray[np.uint8]] | None
    ) -> NDArray[Any]:
        alpha = None if self.picture.alpha is None else self._fitting(self.picture.alpha[rows])
        colour = self._fitting(self.picture.pixels[rows])
        if convert is not None:
            colour = convert(eight_bit(colour))
        if alpha is not None and not self.alpha:
            colour, alpha = _composed(colour, alpha, self.background), None
        if self.grey:
            colour = colour[..., :1]
        return colour if alpha is None else np.concatenate((colour, alpha[..., None]), axis=2)

    def _fitting(self, values: Pixels) -> NDArray[Any]:
        """Return the values with as many bits as the file will hold."""
        return eight_bit(values) if self.bits == 8 else values


def _composed(
    colour: NDArray[Any], alpha: NDArray[Any], background: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """Put colour (rows, width, 3) over the background, as its alpha (rows, width) says."""
    share = alpha[..., None].astype(np.uint32)
    mixed = colour * share + np.array(background, np.uint32) * (255 - share)
    return ((mixed + 127) // 255).astype(np.uint8)
