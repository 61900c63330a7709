"""A run of binary 3x3 convolutions over a picture that streams through, in one compiled call.

Words of 64 pixels are numbered in reading order from the first row on, and taken in blocks of LANES
words, one register of signs; a block may span several narrow rows.  In tick t block t enters, and
layer l computes block t - (l + 1) lag, for which its input is there: the lag is what a row down and
a pixel to the right reach.  So everything follows from the tick's number; there is no other state.

For a block, the 9 C shifted planes that its outputs depend on are laid out once; what lies outside
the picture is masked to +1 there, bit 0, so that nothing else knows of borders.  Then every group
of filters counts its parts, every filter sums its own and finishes; see kernels.counting and
kernels.epilogue.  With T the set bits of all inputs and S those under set weight bits, a filter's
sum is centre - T + 2 S.
"""

import numpy as np
from numba import njit

from .borders import PIECE, enter_word, leave_word
from .counting import (
    FOLD,
    SIZES,
    add_parts,
    add_parts_twice,
    count_parts,
    shift_signs,
    subtract_from,
)
from .epilogue import fetch_block, finish, finish_gated, sign_block
from .gate import weigh_block
from .kernel import kernel
from .rings import CENTRED, GROUP, NO_SUM, RUNNING, SUM, TOTAL
from .simd import LANES, PIXELS, SHORTS

_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@njit(inline="always")
def _set_masks(shape, block, masks):
    """Write what a block keeps of each of the nine shifted copies, dy by dy, dx by dx."""
    last = np.uint64(shape.width - 64 * (shape.row_words - 1) - 1)  # of a row's last word's pixels
    for k in range(LANES):
        word = block * LANES + k
        y, x = shape.top + word // shape.row_words, word % shape.row_words
        for dy in range(3):
            inside = _ALL if 0 <= y + dy - 1 < shape.height else np.uint64(0)
            left = _ALL - np.uint64(1) if x == 0 else _ALL
            right = (np.uint64(1) << last) - np.uint64(1) if x == shape.row_words - 1 else _ALL
            masks[(3 * dy + 0) * LANES + k] = inside & left
            masks[(3 * dy + 1) * LANES + k] = inside
            masks[(3 * dy + 2) * LANES + k] = inside & right


@njit(inline="always")
def compute_block(layer, block, tables, rings, scratch, shape):
    """Compute all filters of a layer in a block.

    Args:
        layer: its index.
        block: its number.
        tables: the weights.
        rings: read and changed.
        scratch: changed.
        shape: of the picture.
    """
    channels = tables.centre_of.shape[1]
    ring = rings.places[layer, 1]
    plane = 2 * ring
    _set_masks(shape, block, scratch.masks)
    signs = rings.places[layer, 0] + (block * LANES - shape.row_words - 1) % ring + 1
    for dy in range(3):
        for c in range(channels):
            shift_signs(
                rings.signs, signs + c * plane + dy * shape.row_words,
                scratch.masks, 3 * dy * LANES,
                scratch.planes, (3 * dy * channels + c) * LANES, channels * LANES,
            )  # fmt: skip

    nothing = rings.slots * channels * PIXELS
    kept = block % rings.slots * channels * PIXELS
    source = kept if tables.adds[layer] else nothing
    target = kept if tables.keeps[layer] else nothing + channels * PIXELS
    ring = rings.places[layer + 1, 1]
    following = rings.places[layer + 1, 0] + block * LANES % ring
    last = layer == tables.centre_of.shape[0] - 1
    slot = tables.slot_starts[layer]
    gated = tables.gated[layer]
    if gated:  # before the features change
        weigh_block(
            rings.features, source, tables.gates[layer], tables.gate_biases[layer], scratch.gate
        )
    for group in range(channels // GROUP):
        for f in range(GROUP * group, GROUP * group + GROUP):
            fetch_block(rings.features, source + f * PIXELS)
        count_parts(
            scratch.planes, tables.inputs, tables.input_starts[layer, group],
            tables.sizes[layer], group * len(SIZES), scratch.parts,
        )  # fmt: skip
        if group == 0:
            total = NO_SUM
            for _ in range(tables.rounds[layer, 0]):
                add_parts(scratch.parts, tables.slots, slot, scratch.sums, total, TOTAL)
                total = TOTAL
                slot += FOLD
            for k in range(tables.centre_counts[layer]):
                subtract_from(tables.centres[layer, k], scratch.sums, TOTAL, CENTRED + k * SUM)
        for f in range(GROUP * group, GROUP * group + GROUP):
            sum_ = CENTRED + tables.centre_of[layer, f] * SUM
            for _ in range(tables.rounds[layer, 1 + f]):
                add_parts_twice(scratch.parts, tables.slots, slot, scratch.sums, sum_, RUNNING)
                sum_ = RUNNING
                slot += FOLD
            first = following + f * 2 * ring
            second = first + ring
            if last:
                first = second = 0
            if gated:
                finish_gated(
                    scratch.sums, sum_, tables.numbers[layer, f], 0,
                    rings.features, source + f * PIXELS, rings.features, target + f * PIXELS,
                    rings.signs, first, second, scratch.gate, 0,
                )  # fmt: skip
            else:
                finish(
                    scratch.sums, sum_, tables.numbers[layer, f], 0,
                    rings.features, source + f * PIXELS, rings.features, target + f * PIXELS,
                    rings.signs, first, second,
                )  # fmt: skip


@njit(inline="always")
def _enter_block(block, rows, features, first, channels, shape):
    """Bring a block of float rows into fixed point; features is written from first on."""
    start = block * LANES
    words = min(LANES, shape.words - start)
    for c in range(channels):  # outermost, so that what is read lies together
        y, x = start // shape.row_words, start % shape.row_words
        for k in range(words):
            place = first + c * PIXELS + (k & 1) * SHORTS + (k >> 1) * PIECE
            pixel = y * rows.row + 64 * x
            enter_word(rows.floats, rows.start + c * rows.plane + pixel, features, place)
            x += 1
            if x == shape.row_words:
                y, x = y + 1, 0


@njit(inline="always")
def _leave(first_word, last_word, rings, channels, addend, target, shape):
    """Write words of the finished feature map as float rows, with the addend added."""
    for c in range(channels):
        y, x = first_word // shape.row_words, first_word % shape.row_words
        for word in range(first_word, last_word):
            k, slot = word % LANES, word // LANES % rings.slots
            place = (slot * channels + c) * PIXELS + (k & 1) * SHORTS + (k >> 1) * PIECE
            pixel = y * addend.row + 64 * x * (addend.row > 0)
            leave_word(
                rings.features, place, addend.floats, addend.start + c * addend.plane + pixel,
                target.floats, target.start + c * target.plane + y * target.row + 64 * x,
            )  # fmt: skip
            x += 1
            if x == shape.row_words:
                y, x = y + 1, 0


@njit(inline="always")
def _enter(tick, tables, rings, shape, source, residual, two_sources):
    """Bring the block of a tick into the rings."""
    channels = tables.centre_of.shape[1]
    block_items = channels * PIXELS
    kept = tick % rings.slots * block_items
    unread = (rings.slots + 1) * block_items
    entered = unread if two_sources else kept
    _enter_block(tick, source, rings.features, entered, channels, shape)
    ring = rings.places[0, 1]
    place = rings.places[0, 0] + tick * LANES % ring
    for c in range(channels):
        sign = place + 2 * c * ring
        sign_block(
            rings.features, entered + c * PIXELS, tables.first_thresholds[c],
            rings.signs, sign, sign + ring,
        )  # fmt: skip
    if two_sources:
        _enter_block(tick, residual, rings.features, kept, channels, shape)


@kernel
def binary_body(
    ticks, span, words, starts, ends, tables, rings, scratch, shape,
    source, residual, two_sources, addend, target,
):  # fmt: skip
    """Run some layers over some ticks; the first takes what enters, the last writes what is done.

    Args:
        ticks: (first, last), the ticks to run, last not included.
        span: (first, last), the layers to run, last not included.
        words: (first, last), the words of the result to write, last not included.
        starts: int64 (n,), the first block that each layer computes.
        ends: int64 (n,), where its blocks end.
        tables: the weights.
        rings: changed.
        scratch: changed.
        shape: of the picture.
        source: Rows whose signs the first layer reads; row 0 is the first that enters.
        residual: Rows of the feature map that is added to, the same as source but for
            two_sources.
        two_sources: whether residual is another map.
        addend: Rows that are added to the result; of row length 0 where its words are all alike.
        target: Rows, written; row 0 is the first that enters.
    """
    layers, channels = tables.centre_of.shape
    written = words[0]
    for tick in range(*ticks):
        if span[0] == 0 and tick * LANES < shape.words:
            _enter(tick, tables, rings, shape, source, residual, two_sources)
        for layer in range(*span):
            block = tick - (layer + 1) * shape.lag
            if starts[layer] <= block < ends[layer]:
                compute_block(layer, block, tables, rings, scratch, shape)
        ready = min((tick + 1 - layers * shape.lag) * LANES, words[1])
        if span[1] == layers and ready > written:
            _leave(written, ready, rings, channels, addend, target, shape)
            written = ready
    if span[1] == layers:
        _leave(written, words[1], rings, channels, addend, target, shape)
