"""What the networks of others reach: PSNR in dB on luma, `scale` pixels cropped.

FSRCNN's are from Dong et al., "Accelerating the Super-Resolution Convolutional Neural Network",
2016. ECBSR's (Zhang et al., "Edge-oriented Convolution Block for Real-time Super Resolution", 2021)
are as others cite them: nobody here has looked them up in the paper.
"""

from __future__ import annotations

from typing import NamedTuple


class Published(NamedTuple):
    """A network at one scale.

    Attributes:
        network: its name.
        kind: its weights; and where its figures are from, if not from its paper.
        psnr: on Set5, Set14 and B100, None where nothing is said.
    """

    network: str
    kind: str
    psnr: tuple[float | None, float | None, float | None]

    @property
    def label(self) -> str:
        """The network as a table names it."""
        return f"{self.network}, {self.kind}" if self.kind else self.network


CITED = "float (as cited, not checked)"
MEASURED = "float (measured here)"
PUBLISHED: dict[int, list[Published]] = {
    2: [
        Published("bicubic", "", (33.66, 30.24, 29.56)),
        Published("the paper", "binary weights (Ma 2019)", (35.66, 31.56, None)),
        Published("BBCU-M", "fully binary (2023)", (37.44, 33.04, 31.81)),
        Published("BBCU-L", "float upsampler (2023)", (37.58, 33.18, 31.91)),
        Published("FSRCNN", "float", (37.00, 32.63, 31.53)),
        Published("LapSRN", "float", (37.52, 33.08, 31.80)),
        Published("SRResNet", "float", (38.00, 33.59, 32.19)),
        Published("SMFANet", MEASURED, (38.08, 33.65, None)),
    ],
    3: [
        Published("bicubic", "", (30.39, 27.55, 27.21)),
        Published("FSRCNN", "float", (33.16, 29.43, 28.53)),
        Published("EDSR baseline", "float", (34.37, 30.28, 29.09)),
    ],
    4: [
        Published("bicubic", "", (28.42, 26.00, 25.96)),
        Published("the paper", "binary weights (Ma 2019)", (30.34, 27.16, None)),
        Published("BBCU-M", "fully binary (2023)", (31.54, 28.20, 27.31)),
        Published("BBCU-L", "float upsampler (2023)", (31.79, 28.38, 27.41)),
        Published("FSRCNN", "float", (30.71, 27.59, 26.98)),
        Published("LapSRN", "float", (31.54, 28.19, 27.32)),
        Published("SRResNet", "float", (32.16, 28.60, 27.58)),
        Published("ECBSR-M10C16", CITED, (31.37, None, None)),
        Published("ECBSR-M10C32", CITED, (31.66, 28.15, 27.34)),
        Published("ECBSR-M16C64", CITED, (31.92, None, None)),
        Published("SMFANet", MEASURED, (32.25, 28.71, None)),
    ],
    8: [
        Published("bicubic", "", (24.40, 23.10, 23.67)),
        Published("LapSRN", "float", (26.15, 24.35, 24.54)),
    ],
}
"""Scale -> networks, in the order of the tables; what is not here could not be found."""


def set5_psnr(network: str, scale: int) -> float | None:
    """Return what a network reaches on Set5, in dB, None where that could not be found."""
    of_scale = PUBLISHED.get(scale, [])
    return next((known.psnr[0] for known in of_scale if known.network == network), None)
