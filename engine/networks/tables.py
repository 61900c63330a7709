"""The weights of binary layers that run together, as the kernel reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..kernels.fixed_point import FixedGate
from ..kernels.rings import Tables, starts_of
from .layers import BinaryLayer


def tables(layers: Sequence[BinaryLayer], adds: Sequence[bool]) -> Tables:
    """Return the tables of layers that run one after the other.

    Args:
        layers: all of C channels.
        adds: for each layer, whether it adds to the feature map; one that does not hands only its
            signs on, unless it is the last.
    """
    counts = [layer.counts for layer in layers]
    inputs = [len(count.inputs) for count in counts]
    slots = [len(count.slots) for count in counts]
    distinct = [np.unique(layer.unit.centres, return_inverse=True) for layer in layers]
    centres = np.zeros((len(layers), max(len(values) for values, _ in distinct)), np.int32)
    for row, (values, _) in zip(centres, distinct, strict=True):
        row[: len(values)] = values
    return Tables(
        inputs=np.concatenate([count.inputs for count in counts]),
        input_starts=np.stack(
            [c.input_starts + s for c, s in zip(counts, starts_of(inputs), strict=True)]
        ),
        sizes=np.stack([count.sizes for count in counts]),
        slots=np.concatenate([count.slots for count in counts]),
        slot_starts=starts_of(slots),
        rounds=np.stack([count.rounds for count in counts]),
        centres=centres,
        centre_counts=np.array([len(values) for values, _ in distinct]),
        centre_of=np.stack([c.astype(np.int64) for _, c in distinct]),
        numbers=np.stack([_numbers(layers, k) for k in range(len(layers))]),
        first_thresholds=layers[0].thresholds,
        adds=np.array(adds),
        keeps=np.array([*adds[:-1], True]),
        gated=np.array([layer.gate is not None for layer in layers]),
        gates=np.stack([_gate_of(layer).weights for layer in layers]),
        gate_biases=np.array([_gate_of(layer).bias for layer in layers]),
        parts=max(count.parts for count in counts),
    )


def _gate_of(layer: BinaryLayer) -> FixedGate:
    """Return a layer's gate; one of zeros where it has none, which nobody reads."""
    return layer.gate or FixedGate(np.zeros(layer.channels, np.int16), np.int16(0))


def _numbers(layers: Sequence[BinaryLayer], k: int) -> NDArray[np.int16]:
    """Return multiplier, bias, slope and the next layer's threshold of each filter."""
    unit = layers[k].unit
    after = layers[k + 1].thresholds if k + 1 < len(layers) else np.zeros_like(unit.multipliers)
    numbers: NDArray[np.int16] = np.stack(
        [unit.multipliers, unit.biases, unit.slopes, after], axis=1
    )
    return numbers
