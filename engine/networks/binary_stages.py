"""A run of binary convolutions in a row pipeline, divided into stages that share their memory."""

from __future__ import annotations

import numpy as np

from ..kernels.binary_body import binary_body
from ..kernels.packing import WORD, words_of
from ..kernels.rings import (
    Rings,
    Shape,
    Tables,
    lag_of,
    new_rings,
    new_scratch,
    rings_bytes,
    scratch_bytes,
)
from ..kernels.rows import Rows
from ..kernels.simd import LANES
from .row_pipeline import Buffer, Source, Stage
from .stages import Feature, float_rows

SECTION_LAYERS = 8
"""About how many convolutions a stage computes: few, so that several threads find work."""

_NOTHING = Rows(np.zeros(WORD, np.float32), 0, 0, 0)


class _Body:
    """What the sections of a body share.

    Args:
        source: whose signs the first layer reads.
        residual: what is added to.
        tables: the weights.
    """

    def __init__(self, source: Feature, residual: Feature, tables: Tables) -> None:
        self.layers = len(tables.centre_of)
        self.source, self.residual, self.tables = source, residual, tables
        width = source.features.width
        row_words = words_of(width)
        lag = lag_of(row_words)
        self.shape = Shape(0, source.height, width, row_words, 0, lag)
        self._entered_behind = max(source.delay, residual.delay)
        # What has entered leaves after so many rows.
        self.delay = -(-(self.layers * lag * LANES + LANES - 1) // row_words)
        parts = max(1, round(self.layers / SECTION_LAYERS))
        self.bounds = [round(self.layers * k / parts) for k in range(parts + 1)]
        self.rings: Rings | None = None

    def sources(self) -> list[Source]:
        """Return what the first section reads: rows that enter, far ahead of those that leave."""
        above = -(-LANES // self.shape.row_words) - self.delay
        both = [self.source, self.residual] if self.residual is not self.source else [self.source]
        return [Source(f, f.features, self.layers, above, self.delay) for f in both]

    def require(self, top: int, bottom: int) -> None:
        """Find what each layer must compute for the rows top..bottom of the result."""
        first = max(top - self.layers, 0)
        rows = min(bottom + self.layers, self.shape.height) - first
        row_words = self.shape.row_words
        self.shape = self.shape._replace(top=first, words=rows * row_words)
        radius = np.arange(self.layers)[::-1]
        firsts = np.maximum(top - radius, 0) - first
        lasts = np.minimum(bottom + radius, self.shape.height) - first
        self.starts = firsts * row_words // LANES
        self.ends = -(-lasts * row_words // LANES)

    def room(self, block: int, ahead: int) -> tuple[int, list[bool]]:
        """Return by how many ticks sections may be apart, and which layers begin one."""
        blocks = -(-block * self.source.scale * self.shape.row_words // LANES)
        return ahead * blocks, [layer in self.bounds[1:] for layer in range(self.layers)]

    def tick(self, front: int) -> int:
        """Return the ticks that are possible when `front` rows have entered the input."""
        rows = self.source.scale * front - self._entered_behind - self.shape.top
        return max(rows * self.shape.row_words // LANES, 0)

    def rows_of(self, buffer: Buffer, start: int) -> Rows:
        """Return a buffer as the kernel takes it, to be read or written from row `start` on."""
        first = buffer.offset(start) - (start - self.shape.top) * buffer.row
        return Rows(buffer.flat, first, buffer.plane, buffer.row)

    def entering(self, feature: Feature, tick: int) -> Rows:
        """Return the rows from which a tick and those after it take their blocks."""
        first = self.shape.top + tick * LANES // self.shape.row_words
        return self.rows_of(feature.features, first)


class _Section(Stage):
    """Some layers of a body, from the first or from where the section before ended."""

    in_order = True

    def __init__(
        self, body: _Body, part: int, sources: list[Source], buffer: Buffer | None
    ) -> None:
        lag = body.delay - body.layers if part == 0 else 0
        super().__init__(sources, buffer, lag=lag)
        self._body, self._layers = body, (body.bounds[part], body.bounds[part + 1])

    def require(self, top: int, bottom: int) -> None:
        super().require(top, bottom)
        self._body.require(self.top, self.bottom)

    def bytes(self, block: int, ahead: int) -> int:
        return scratch_bytes(self._body.tables)

    def allocate(self, block: int, ahead: int) -> None:
        self.scratch = new_scratch(self._body.tables)

    def has_work(self, before: int, front: int) -> bool:
        ticks = self._body.tick(before), self._body.tick(front)
        return ticks[0] < ticks[1] or super().has_work(before, front)

    def advance(self, before: int, front: int) -> None:
        """Do the ticks that become possible, and write the rows that they finish."""
        body = self._body
        ticks = body.tick(before), body.tick(front)
        start, end = self.end_at(before), self.end_at(front)
        words = tuple((row - body.shape.top) * body.shape.row_words for row in (start, end))
        binary_body(
            ticks, self._layers, words, body.starts, body.ends, body.tables, body.rings,
            self.scratch, body.shape, body.entering(body.source, ticks[0]),
            body.entering(body.residual, ticks[0]), body.residual is not body.source,
            *self.leaving(start),
        )  # fmt: skip
        if self.buffer is not None:
            self.buffer.seal(start, end, self.height)

    def leaving(self, start: int) -> tuple[Rows, Rows]:
        """Return what is added to the rows that leave from `start` on, and where they go."""
        return _NOTHING, _NOTHING


class BinaryBody(_Section, Feature):
    """A run of binary convolutions, each PReLU(scale * XNOR sum + bias), in a new buffer.

    It is the last section; the others stand before it in the pipeline.

    Args:
        source: whose signs the first one reads.
        tables: the weights; those that add do so to the residual, which then goes on.
        residual: None where none adds.
        addend: added to the result, where given.
    """

    def __init__(
        self,
        source: Feature,
        tables: Tables,
        residual: Feature | None = None,
        addend: Feature | None = None,
    ) -> None:
        body = _Body(source, source if residual is None else residual, tables)
        self.features = float_rows(tables.centre_of.shape[1], source.features.width)
        sources = body.sources()
        sections: list[Stage] = []
        for part in range(len(body.bounds) - 2):
            sections.append(_Section(body, part, sources, None))
            sources = [Source(sections[-1], None, 0)]
        if addend is not None:
            sources.append(Source(addend, addend.features, 0))
        super().__init__(body, len(sections), sources, self.features)
        if sections:
            sections[0].bounded_by.append(self)
        self._addend = addend

    def bytes(self, block: int, ahead: int) -> int:
        """Return the memory of the rings and of its own."""
        body = self._body
        rings = rings_bytes(body.tables, body.shape, *body.room(block, ahead))
        return rings + super().bytes(block, ahead)

    def allocate(self, block: int, ahead: int) -> None:
        """Take it."""
        super().allocate(block, ahead)
        body = self._body
        body.rings = new_rings(body.tables, body.shape, *body.room(block, ahead))

    def release(self) -> None:
        """Release it."""
        super().release()
        self._body.rings = None

    def leaving(self, start: int) -> tuple[Rows, Rows]:
        """Return what is added to the rows that leave from `start` on, and where they go."""
        rows_of = self._body.rows_of
        addend = _NOTHING if self._addend is None else rows_of(self._addend.features, start)
        return addend, rows_of(self.features, start)
