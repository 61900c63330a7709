"""The binary 3x3 convolution, bit-sliced, with its whole epilogue; and the packing of signs.

A sign is one bit, 1 where negative.  A plane holds one channel, 64 neighbouring pixels to a word,
lowest bit leftmost.  For a filter with K = 9 C inputs, n1 weight bits set and n0 clear,

    XNOR-popcount sum = K - 2 popcount(a XOR w) = n0 - n1 - 2 T + 4 S

where T counts the set bits of all K inputs (shared by all filters) and S those under a set weight
bit.  Counting the inputs under clear weight bits instead gives S0 = T - S, so at most K / 2 planes
are added for a filter.  They are added "vertically": carry-save adders keep one counter per pixel,
bit k of all counters of a register in the register k.

Every pixel outside the picture is +1, bit 0.
"""

import numpy as np
from numba import njit

from bsr.engine.kernels.simd import (
    LANES,
    at,
    finish_narrow,
    finish_wide,
    full_add,
    half_add,
    load,
    prefetch,
    store,
    store_counts,
    store_signs,
    xor,
    zero,
)

GROUP = 16
"""Planes that are added at once; a filter's list of inputs is padded to a multiple of it."""

NARROW = 511
"""The largest count that nine counter planes hold."""


@njit(inline="always")
def _add_eight(planes, inputs, k, j, ones, twos, fours):
    """Add eight planes to the counters; the carry that is left has weight eight."""
    ones, a = full_add(ones, load(planes, at(inputs, k) + j), load(planes, at(inputs, k + 1) + j))
    ones, b = full_add(
        ones, load(planes, at(inputs, k + 2) + j), load(planes, at(inputs, k + 3) + j)
    )
    twos, c = full_add(twos, a, b)
    ones, a = full_add(
        ones, load(planes, at(inputs, k + 4) + j), load(planes, at(inputs, k + 5) + j)
    )
    ones, b = full_add(
        ones, load(planes, at(inputs, k + 6) + j), load(planes, at(inputs, k + 7) + j)
    )
    twos, d = full_add(twos, a, b)
    fours, carry = full_add(fours, c, d)
    return ones, twos, fours, carry


@njit(inline="always")
def _count(planes, inputs, start, chunks, j, counters, wide):
    """Count the set bits of the listed planes for one register of pixels.

    Args:
        planes: flat uint64.
        inputs: flat int32, word offsets into planes.
        start: where the list begins.
        chunks: its length in GROUPs.
        j: words from the beginning of a plane to the register.
        counters: uint64 (12 * LANES,), written; bit k of the counts in its k-th register.
        wide: a constant; whether to count up to 4,095 instead of 511.
    """
    ones = twos = fours = eights = b4 = b5 = b6 = b7 = b8 = b9 = b10 = b11 = zero()
    k = start
    for _ in range(chunks):
        ones, twos, fours, a = _add_eight(planes, inputs, k, j, ones, twos, fours)
        ones, twos, fours, b = _add_eight(planes, inputs, k + 8, j, ones, twos, fours)
        eights, carry = full_add(eights, a, b)
        k += GROUP
        b4, carry = half_add(b4, carry)
        b5, carry = half_add(b5, carry)
        b6, carry = half_add(b6, carry)
        b7, carry = half_add(b7, carry)
        if wide:
            b8, carry = half_add(b8, carry)
            b9, carry = half_add(b9, carry)
            b10, carry = half_add(b10, carry)
            b11 = xor(b11, carry)
        else:
            b8 = xor(b8, carry)
    store(counters, 0, ones)
    store(counters, LANES, twos)
    store(counters, 2 * LANES, fours)
    store(counters, 3 * LANES, eights)
    store(counters, 4 * LANES, b4)
    store(counters, 5 * LANES, b5)
    store(counters, 6 * LANES, b6)
    store(counters, 7 * LANES, b7)
    store(counters, 8 * LANES, b8)
    if wide:
        store(counters, 9 * LANES, b9)
        store(counters, 10 * LANES, b10)
        store(counters, 11 * LANES, b11)


@njit(nogil=True, cache=True)
def conv3x3_binary(
    planes,
    first_word,
    words,
    row_words,
    all_inputs,
    inputs,
    chunks,
    offsets,
    numbers,
    source,
    source_start,
    source_plane,
    target,
    target_start,
    target_plane,
    row_floats,
    signs,
    sign_start,
    sign_plane,
    keep,
):
    """target = keep * source + PReLU(scale * XNOR sum + bias), and the signs of target.

    The rows are walked as one run of words, so a register may span several narrow rows.

    Args:
        planes: flat uint64, the planes of signs; rows of a plane follow each other.
        first_word: words from a plane's beginning to the row above the first one computed.
        words: row_words times the rows to compute.
        row_words: words in a row.
        all_inputs: int32 (9 C, padded), offsets of all inputs.
        inputs: int32 (filters * longest,), offsets of each filter's counted inputs.
        chunks: int32 (filters,), GROUPs in each filter's list.
        offsets: int32 (filters,), what 2 S - T lacks to half the sum (up to gain's sign).
        numbers: float32 (filters, 4): gain (twice the scale, signed), bias, slope, threshold of
            the next signs.
        source: flat float32, the residual; source_start its first pixel, source_plane the floats
            in a channel.
        target: flat float32, written; may be source.  target_start and target_plane as for it,
            row_floats is the row length of both.
        signs: flat uint32, written: the signs of target, sign_start, sign_plane as above.
        keep: float32, 1 to add the residual, 0 not to.
    """
    counters = np.empty(12 * LANES, np.uint64)
    chunk_counters = counters.view(np.uint32)
    totals = np.empty(64 * LANES, np.int16)
    filters = chunks.size
    longest = inputs.size // filters
    wide = longest > NARROW
    for j in range(0, words, LANES):
        here = min(LANES, words - j)
        _count(planes, all_inputs, 0, all_inputs.size // GROUP, first_word + j, counters, True)
        for q in range(2 * LANES):
            store_counts(chunk_counters, q, totals, q * 32)
        for o in range(filters):
            y, column = j // row_words, j % row_words
            for _ in range(here):  # the features arrive while the planes are counted
                pixel = y * row_floats + column * 64
                prefetch(source, source_start + o * source_plane + pixel)
                column += 1
                if column == row_words:
                    column = 0
                    y += 1
            start = o * longest
            offset, gain, bias = offsets[o], numbers[o, 0], numbers[o, 1]
            slope, threshold = numbers[o, 2], numbers[o, 3]
            if wide:
                _count(planes, inputs, start, chunks[o], first_word + j, counters, True)
            else:
                _count(planes, inputs, start, chunks[o], first_word + j, counters, False)
            y, column = j // row_words, j % row_words
            for word in range(here):
                pixel = y * row_floats + column * 64
                for half in range(2):
                    q = 2 * word + half
                    i = source_start + o * source_plane + pixel + 32 * half
                    p = target_start + o * target_plane + pixel + 32 * half
                    s = sign_start + o * sign_plane + 2 * j + q
                    if wide:
                        finish_wide(
                            chunk_counters, q, totals, q * 32, source, i, target, p, signs, s,
                            offset, gain, bias, slope, threshold, keep,
                        )  # fmt: skip
                    else:
                        finish_narrow(
                            chunk_counters, q, totals, q * 32, source, i, target, p, signs, s,
                            offset, gain, bias, slope, threshold, keep,
                        )  # fmt: skip
                column += 1
                if column == row_words:
                    column = 0
                    y += 1


@njit(nogil=True, cache=True)
def pack_signs(source, start, plane, row_floats, rows, row_words, thresholds, signs, first, most):
    """signs = source < threshold, 32 pixels to a uint32, lowest bit leftmost.

    Args:
        source: flat float32; start its first pixel, plane the floats in a channel, row_floats in
            a row.
        rows, row_words: how much to pack.
        thresholds: float32 (C,).
        signs: flat uint32, written from first on; most items to a channel.
    """
    for c in range(thresholds.size):
        for y in range(rows):
            i = start + c * plane + y * row_floats
            s = first + c * most + 2 * y * row_words
            for q in range(2 * row_words):
                store_signs(source, i + 32 * q, signs, s + q, thresholds[c])


@njit(nogil=True, cache=True)
def shift_signs(planes, channels, first_word, rows, row_words, plane_words, last_mask):
    """Write the copies of the signs shifted by dx = -1 and +1 beside the unshifted ones.

    Args:
        planes: flat uint64: channels planes for dx = -1, then for 0 (read, and its last word
            masked), then for +1.
        channels: C.
        first_word: words from a plane's beginning to the first row.
        rows, row_words: how much to shift.
        plane_words: words in a plane.
        last_mask: uint64, the bits of a row's last word that lie inside the picture.
    """
    one, most = np.uint64(1), np.uint64(63)
    side = channels * plane_words
    for c in range(channels):
        for y in range(rows):
            start = (channels + c) * plane_words + first_word + y * row_words
            end = start + row_words - 1
            planes[end] &= last_mask
            before = np.uint64(0)
            for d in range(start, end + 1):
                here = planes[d]
                after = planes[d + 1] if d < end else np.uint64(0)
                planes[d - side] = (here << one) | (before >> most)
                planes[d + side] = (here >> one) | (after << most)
                before = here
