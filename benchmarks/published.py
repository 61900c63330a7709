"""What others published: PSNR in dB on the luma of Set5, `scale` pixels cropped."""

PSNR: dict[tuple[str, int], float] = {
    # Dong et al., "Accelerating the Super-Resolution Convolutional Neural Network", 2016.
    ("FSRCNN", 2): 37.00,
    ("FSRCNN", 4): 30.71,
    # Zhang et al., "Edge-oriented Convolution Block for Real-time Super Resolution", 2021.
    ("ECBSR-M10C16", 4): 31.37,
    ("ECBSR-M10C32", 4): 31.66,
    ("ECBSR-M16C64", 4): 31.92,
}
"""Network and scale -> PSNR; what is not here could not be looked up."""
