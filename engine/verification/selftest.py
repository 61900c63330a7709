"""Whether the kernels compute what they should on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .kernel_checks import CHECKED_KERNELS, SHAPES


@dataclass(frozen=True)
class KernelCheck:
    """A kernel that was compared with its reference.

    Attributes:
        name: of the kernel.
        cases: how many shapes it was tried on.
        error: the largest difference.
    """

    name: str
    cases: int
    error: float

    @property
    def passed(self) -> bool:
        """Whether the kernel equals its reference to the bit."""
        return self.error == 0


def check_kernels() -> Iterator[KernelCheck]:
    """Compare every kernel with its reference on the table of shapes that the tests use."""
    for name, kernel in CHECKED_KERNELS.items():
        random = np.random.default_rng(0)
        errors = [kernel.error(kernel.case(random, *shape)) for shape in SHAPES]
        yield KernelCheck(name, len(errors), float(np.max(errors)))
