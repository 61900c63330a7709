"""Whether the kernels compute what they should on this machine, and how fast the models run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..machine import cores
from ..picture import Picture
from ..progress import CancelToken
from ..upscaling.upscale import upscale
from ..upscaling.warm_up import warm_up
from .kernel_checks import CHECKED_KERNELS, SHAPES

if TYPE_CHECKING:
    from ..models.model import Model

# What each thread gets to do: enough that the rows at the seam between two threads, which both
# compute, weigh about what they do in a photograph.
ROWS_PER_THREAD = 256
COLUMNS = 128
MEASURED_SECONDS = 0.5


@dataclass(frozen=True)
class KernelCheck:
    """A kernel that was compared with its reference.

    Attributes:
        name: of the kernel.
        cases: how many shapes it was tried on.
        error: the largest difference.
        tolerance: the largest that is allowed; 0 is equality to the bit.
    """

    name: str
    cases: int
    error: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the kernel computes what it should."""
        return self.error <= self.tolerance


def check_kernels() -> Iterator[KernelCheck]:
    """Compare every kernel with its reference on the table of shapes that the tests use."""
    for name, kernel in CHECKED_KERNELS.items():
        random = np.random.default_rng(0)
        errors = [kernel.error(kernel.case(random, *shape)) for shape in SHAPES]
        yield KernelCheck(name, len(errors), float(np.max(errors)), kernel.tolerance)


def measure_speed(
    model: Model, threads: int | None = None, cancel: CancelToken | None = None
) -> float:
    """Measure how fast a model runs on this machine, in about a second.

    Args:
        model: the model.
        threads: how many; None for one per core.
        cancel: as in upscale.

    Returns:
        Seconds for a million pixels of the input.

    Raises:
        Cancelled: cancel asked for it.
    """
    warm_up()
    threads = cores() if threads is None else threads
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (ROWS_PER_THREAD * threads, COLUMNS, 3)).astype(np.uint8)
    picture = Picture(pixels)
    seconds: list[float] = []
    while sum(seconds) < MEASURED_SECONDS:
        started = time.perf_counter()
        upscale(model, picture, threads=threads, cancel=cancel)
        seconds.append(time.perf_counter() - started)
    return min(seconds) / (picture.height * picture.width / 1e6)
