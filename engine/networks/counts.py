"""Which inputs the filters of a binary layer count together: the kernels' tables.

See kernels.counting for groups, classes and parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..kernels.counting import FOLD, PART_PLANES, SIZES
from ..kernels.rings import GROUP, starts_of
from ..kernels.simd import LANES

CLASSES = 1 << GROUP
_STEP = SIZES[1] - SIZES[0]


@dataclass(frozen=True, eq=False)
class Counts:
    """The counting of one layer; see kernels.rings.Tables, whose terms these are.

    Attributes:
        inputs: (any,) uint16.
        input_starts: (C / GROUP,).
        sizes: (C / GROUP * len(SIZES),).
        slots: (any,) uint16.
        rounds: (1 + C,).
        parts: of a group at most.
    """

    inputs: NDArray[np.uint16]
    input_starts: NDArray[np.int64]
    sizes: NDArray[np.int32]
    slots: NDArray[np.uint16]
    rounds: NDArray[np.int32]
    parts: int


def counts_of(negative: NDArray[np.bool_]) -> Counts:
    """Return how the filters of a layer are counted.

    Args:
        negative: (C, C, 3, 3), the weights' signs.
    """
    return _counts(len(negative), np.packbits(negative).tobytes())


# The layers of a network whose weights are all zero, on which memory is measured, are alike.
@lru_cache(maxsize=1)
def _counts(channels: int, packed: bytes) -> Counts:
    inputs = 9 * channels
    flat = np.unpackbits(np.frombuffer(packed, np.uint8), count=channels * inputs)
    negative = flat.reshape(channels, channels, 3, 3)
    # Planes lie dy by dy, dx by dx, channel by channel.
    bits = negative.transpose(0, 2, 3, 1).reshape(channels, -1)
    weights = 1 << np.arange(GROUP)
    grouped = bits.reshape(-1, GROUP, bits.shape[1])
    codes = (grouped * weights[:, None]).sum(axis=1)
    classes = codes + CLASSES * np.arange(len(codes))[:, None]
    held = _Parts(classes.ravel(), bits.shape[1], len(codes))
    slots, rounds = held.slots()
    return Counts(
        inputs=(LANES * held.inputs).astype(np.uint16),
        input_starts=held.input_starts,
        sizes=held.sizes.ravel().astype(np.int32),
        slots=(PART_PLANES * LANES * slots).astype(np.uint16),
        rounds=rounds,
        parts=int(held.sizes.sum(axis=1).max()),
    )


class _Parts:
    """The parts of all groups of a layer, each with padded inputs, in the order of their sizes.

    Args:
        classes: (groups * inputs,), CLASSES * group + class of every input of every group.
        inputs: how many there are.
        groups: how many there are.
    """

    def __init__(self, classes: NDArray[np.int64], inputs: int, groups: int) -> None:
        members = np.bincount(classes, minlength=groups * CLASSES)
        starts = starts_of(members)
        members = members.reshape(groups, CLASSES)
        members[1:, 0] = 0  # no filter's bit is set; the first group counts all inputs
        pieces = -(-members.ravel() // SIZES[-1])
        owner = np.repeat(np.arange(len(pieces)), pieces)
        piece = np.arange(len(owner)) - np.repeat(starts_of(pieces), pieces)
        shared, rest = np.divmod(members.ravel()[owner], pieces[owner])
        length = shared + (piece < rest)
        first = starts[owner] + piece * shared + np.minimum(piece, rest)
        kind = np.maximum(-(-(length - SIZES[0]) // _STEP), 0)
        by_size = np.lexsort((kind, owner // CLASSES))
        self._owner, kind = owner[by_size], kind[by_size]
        self._groups = groups
        self.sizes = np.zeros((groups, len(SIZES)), np.int64)
        np.add.at(self.sizes, (self._owner // CLASSES, kind), 1)
        self.inputs, self.input_starts = self._padded(
            np.argsort(classes, kind="stable") % inputs,
            first[by_size], length[by_size], SIZES[0] + _STEP * kind, inputs,
        )  # fmt: skip

    def _padded(
        self,
        members: NDArray[np.int64],
        first: NDArray[np.int64],
        length: NDArray[np.int64],
        size: NDArray[np.int64],
        nothing: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the inputs of all parts, filled up with the plane of zeros, and groups' starts."""
        part = np.repeat(np.arange(len(length)), length)
        within = np.arange(len(part)) - np.repeat(starts_of(length), length)
        starts = starts_of(size)
        padded = np.full(size.sum(), nothing)
        padded[starts[part] + within] = members[first[part] + within]
        sizes = np.bincount(self._owner // CLASSES, size, minlength=self._groups).astype(np.int64)
        return padded, starts_of(sizes)

    def slots(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the parts that all inputs, then each filter, sum: numbered from 1 in their group.

        Filled up to whole FOLDs with 0, the part without inputs; and how many FOLDs they are.
        """
        group = self._owner // CLASSES
        number = 1 + np.arange(len(group)) - np.searchsorted(group, group)
        wanted = [number[group == 0]]
        for g in range(self._groups):
            here, code = number[group == g], self._owner[group == g] % CLASSES
            wanted += [here[code >> k & 1 == 1] for k in range(GROUP)]
        rounds = [max(1, -(-len(parts) // FOLD)) for parts in wanted]
        slots = np.zeros(FOLD * sum(rounds), np.int64)
        for start, parts in zip(starts_of(rounds), wanted, strict=True):
            slots[FOLD * start : FOLD * start + len(parts)] = parts
        return slots, np.array(rounds, np.int32)
