"""What a run of binary convolutions works on: weights as tables, and memory as rings.

rings.features  the feature map in fixed point, changed in place, as many blocks as are under
way; then a block of zeros and one that nobody reads
rings.signs     for every layer a ring of what it reads, C planes; each word is written twice,
a ring's length apart, so that any stretch of it is contiguous

Layers may run in sections, each many ticks at a time; then the first layer of a section has a
longer ring, and there are more blocks of features.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .counting import PART_PLANES, SUM_PLANES
from .gate import GATE_WORDS
from .simd import LANES, PIXELS

GROUP = 4
"""Filters that share their counts."""

SUM = SUM_PLANES * LANES
"""Words of a sum."""

NO_SUM, TOTAL, RUNNING, CENTRED = 0, SUM, 2 * SUM, 3 * SUM
"""Where sums lie: zero; all inputs'; the filter's that is counted; and what filters begin with."""


class Tables(NamedTuple):
    """The weights of n layers of C channels; see networks.tables.

    Attributes:
        inputs: (any,) uint16, word offsets into the planes of a block, group after group.
        input_starts: (n, C / GROUP) int64, where a group's inputs begin.
        sizes: (n, C / GROUP * len(SIZES)) int32, how many parts of each size a group has.
        slots: (any,) uint16, word offsets of the parts to sum: of all inputs, then filter by
            filter.
        slot_starts: (n,) int64, where a layer's slots begin.
        rounds: (n, 1 + C) int32, FOLDs of slots, of all inputs and of each filter.
        centres: (n, most) int32, those that occur in a layer.
        centre_counts: (n,) int64, how many they are.
        centre_of: (n, C) int64, the index of each filter's.
        numbers: (n, C, 4) int16, each filter's multiplier, bias, slope and next layer's threshold.
        first_thresholds: (C,) int16, of the first layer.
        adds: (n,) bool, whether a layer adds to the feature map or replaces it.
        keeps: (n,) bool, whether a layer's features are kept or only their signs.
        gated: (n,) bool, whether what a layer adds goes through a gate.
        gates: (n, C) int16, the weights of the gates.
        gate_biases: (n,) int16.
        parts: of a group at most.
    """

    inputs: NDArray[np.uint16]
    input_starts: NDArray[np.int64]
    sizes: NDArray[np.int32]
    slots: NDArray[np.uint16]
    slot_starts: NDArray[np.int64]
    rounds: NDArray[np.int32]
    centres: NDArray[np.int32]
    centre_counts: NDArray[np.int64]
    centre_of: NDArray[np.int64]
    numbers: NDArray[np.int16]
    first_thresholds: NDArray[np.int16]
    adds: NDArray[np.bool_]
    keeps: NDArray[np.bool_]
    gated: NDArray[np.bool_]
    gates: NDArray[np.int16]
    gate_biases: NDArray[np.int16]
    parts: int


class Rings(NamedTuple):
    """The memory that the layers of a body share; flat, every array on a register's boundary.

    Attributes:
        features: int16, (slots + 2, C, PIXELS).
        signs: uint64, a stretch of any use, then for every layer (C, 2 length), and as much again.
        places: (n + 1, 2) int64, where each layer's ring begins in signs, and its length in words.
        slots: how many blocks the ring of features has.
    """

    features: NDArray[np.int16]
    signs: NDArray[np.uint64]
    places: NDArray[np.int64]
    slots: int


class Scratch(NamedTuple):
    """What a block is computed in, each section's own; uint64, on a register's boundary.

    Attributes:
        planes: (9 C + 1, LANES), the last of them zero.
        parts: (parts + 1, PART_PLANES, LANES), the first of them zero.
        sums: (3 + centres, SUM_PLANES, LANES), the first of them zero.
        masks: (9, LANES).
        gate: (GATE_WORDS,).
    """

    planes: NDArray[np.uint64]
    parts: NDArray[np.uint64]
    sums: NDArray[np.uint64]
    masks: NDArray[np.uint64]
    gate: NDArray[np.uint64]


class Shape(NamedTuple):
    """Where a body's rows lie in the picture.

    Attributes:
        top: the first row that enters.
        height: rows of the picture.
        width: columns.
        row_words: words of a row.
        words: words that enter in all.
        lag: see lag_of.
    """

    top: int
    height: int
    width: int
    row_words: int
    words: int
    lag: int


def lag_of(row_words: int) -> int:
    """Return how many blocks a layer stays behind what it reads.

    Args:
        row_words: words of a row.
    """
    whole_rows = LANES % row_words == 0  # a block then ends where a row does
    return -(-(row_words if whole_rows else row_words + 1) // LANES)


def _places(tables: Tables, shape: Shape, spare: int, begins: Sequence[bool]) -> NDArray[np.int64]:
    """Where each layer's ring of signs begins, and how long it is; then where the last one ends."""
    channels = tables.centre_of.shape[1]
    shortest = (2 * shape.lag + 1) * LANES
    lengths = shortest + spare * LANES * np.array([*begins, False])
    margin = shape.row_words + 2 * LANES
    return np.stack([margin + starts_of(2 * channels * lengths), lengths], axis=1)


def starts_of(lengths: ArrayLike) -> NDArray[np.int64]:
    """Where each of some pieces begins that lie one behind the other."""
    each = np.asarray(lengths, np.int64)
    return np.cumsum(each) - each


def _slots(tables: Tables, shape: Shape, spare: int) -> int:
    """How many blocks of features are under way, with what waits for a whole row."""
    waiting = -(-shape.row_words // LANES) + 3
    return len(tables.centre_of) * shape.lag + spare + waiting


def _ring_items(
    tables: Tables, shape: Shape, spare: int, begins: Sequence[bool]
) -> tuple[int, int]:
    """How many features and words of signs there are."""
    features = (_slots(tables, shape, spare) + 2) * tables.centre_of.shape[1] * PIXELS
    end, _ = _places(tables, shape, spare, begins)[-1]
    return features, int(end) + shape.row_words + 2 * LANES


def rings_bytes(tables: Tables, shape: Shape, spare: int, begins: Sequence[bool]) -> int:
    """Return the memory that the rings take; arguments as in new_rings."""
    features, signs = _ring_items(tables, shape, spare, begins)
    return 2 * features + 8 * signs


def new_rings(tables: Tables, shape: Shape, spare: int, begins: Sequence[bool]) -> Rings:
    """Return rings, and zeros in what is read as such; all else is written before it is read.

    Args:
        tables: the weights.
        shape: of the picture.
        spare: by how many ticks a layer may be ahead of a later one.
        begins: for every layer, whether it may be so much behind the one before.
    """
    items, words = _ring_items(tables, shape, spare, begins)
    features = _aligned(items, np.dtype(np.int16))
    features[-2 * tables.centre_of.shape[1] * PIXELS :] = 0
    return Rings(
        features,
        _aligned(words, np.dtype(np.uint64)),
        _places(tables, shape, spare, begins),
        _slots(tables, shape, spare),
    )


def _scratch_items(tables: Tables) -> tuple[int, ...]:
    """How many words every array of the scratch has."""
    return (
        (9 * tables.centre_of.shape[1] + 1) * LANES,
        (tables.parts + 1) * PART_PLANES * LANES,
        CENTRED + tables.centres.shape[1] * SUM,
        9 * LANES,
        GATE_WORDS,
    )


def scratch_bytes(tables: Tables) -> int:
    """Return the memory that a section's scratch takes."""
    return 8 * sum(_scratch_items(tables))


def new_scratch(tables: Tables) -> Scratch:
    """Return scratch of zeros."""
    words = np.dtype(np.uint64)
    scratch = Scratch(*(_aligned(items, words) for items in _scratch_items(tables)))
    for array in scratch:
        array[:] = 0
    return scratch


def _aligned(items: int, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return a flat array that begins on a cache line, of any content."""
    memory: NDArray[Any] = np.empty(items + 64 // kind.itemsize, kind)
    skip = -memory.ctypes.data % 64 // kind.itemsize
    return memory[skip : skip + items]
