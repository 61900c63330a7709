"""The row pipeline: rows flow through all layers at once; no arithmetic of pictures in it.

A network at work on a part of a picture is a chain of stages.  In every step a block of rows
enters the first one; each stage then computes the rows that its sources have just made possible,
so that it runs `delay` rows behind the input.  No row is computed twice, and memory holds a window
of rows per stage, which depends on the width and the depth but not on the height.

Which rows a stage computes in a step follows from the step's number alone.  So a step of a stage
is a task that any thread can take, once its sources have done the same step and its readers are
not too far behind; see bsr.engine.upscaling.workers.

Heights are exact: a part that begins inside the picture asks every stage for just the rows it
needs.  Widths are not looked at here: a strip brings `radius` spare columns on its inner sides.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..kernels.rows import Rows

MARGIN = 16
"""Zero items left and right of every row of floats; at least the radius of any convolution."""

# A cache line: registers that begin on one are loaded at once.  All in bytes.
_LINE = 64
_SPARE = 1024


def round_up(number: int, multiple: int) -> int:
    """Return the smallest multiple that is not less than number."""
    return -(-number // multiple) * multiple


class Source(NamedTuple):
    """What a stage reads.

    Attributes:
        stage: that makes it.
        buffer: that holds it; None for a stage whose work goes on in other memory.
        radius: computing row y depends on the rows y - radius .. y + radius.
        above, below: computing the rows a..b reads the rows a - above .. b + below of the buffer;
            the radius where not given.
    """

    stage: Stage
    buffer: Buffer | None
    radius: int
    above: int | None = None
    below: int | None = None

    @property
    def window(self) -> tuple[int, int]:
        """How many rows above and below the computed ones are read."""
        above = self.radius if self.above is None else self.above
        return above, self.radius if self.below is None else self.below


class Buffer:
    """A window of rows of a feature map, a ring that moves down the picture.

    Rows outside the picture are zero, and so are the margins left and right of every row.  The
    first rows of the ring are there a second time behind the last, so that the rows of one step
    always lie together, which the kernels need.  Memory is taken at the first use, when all
    readers are known.

    Args:
        planes: channels.
        width: items of a row that hold something.
        row_items: length of a row of one plane, margins included.
        margin: zero items before a row.
    """

    def __init__(self, planes: int, width: int, row_items: int, margin: int) -> None:
        self.planes, self.width = planes, width
        self.plane, self.margin = row_items, margin
        self.writer: Stage | None = None
        self.readers: list[tuple[Stage, Source]] = []
        self.release()

    @property
    def row(self) -> int:
        """Items from a row to the next one; all planes of a row lie together."""
        return self.planes * self.plane

    @property
    def border(self) -> int:
        """How many rows above and below the picture are read."""
        return max((0, *(source.window[0] for _, source in self.readers)))

    def _capacity(self, block: int, ahead: int) -> tuple[int, int]:
        """Return the rows of the ring, and how many of them are there twice."""
        assert self.writer is not None
        scale, ahead_by = self.writer.scale, self.writer.delay
        kept = window = 0
        for stage, source in self.readers:
            above, below = source.window
            behind = -(-stage.delay * scale // stage.scale) - ahead_by
            kept, window = max(kept, behind + above), max(window, above + below)
        step = scale * block
        return ahead * step + kept + self.border + 2, step + window + 2

    def bytes(self, block: int, ahead: int) -> int:
        """Return the memory that the buffer takes.

        Args:
            block: rows of the input that enter in a step.
            ahead: steps that its writer may be ahead of its readers.
        """
        return 4 * sum(self._capacity(block, ahead)) * self.row

    def allocate(self, block: int, ahead: int) -> None:
        """Take the memory; arguments as in `bytes`."""
        assert self.writer is not None
        self._ring, self._twice = self._capacity(block, ahead)
        shape = (self._ring + self._twice, self.planes, self.plane)
        items = math.prod(shape)
        # Kernels read whole registers, so up to one may be read behind the end.
        flat = np.empty(items + 2 * _SPARE // 4, np.float32)
        skip = -flat.ctypes.data % _LINE // 4
        self.flat = flat[skip : skip + items + _SPARE // 4]
        self.rows = self.flat[:items].reshape(shape)
        # All else is written before it is read, or makes columns that nobody looks at.
        self.rows[: self.border] = self.rows[self._ring : self._ring + self.border] = 0
        self._first = self.writer.top - self.border

    def release(self) -> None:
        """Release the memory."""
        self.flat = np.zeros(0, np.float32)
        self.rows = np.zeros((0, self.planes, self.plane), np.float32)

    def _place(self, y: int) -> int:
        return (y - self._first) % self._ring

    def offset(self, y: int) -> int:
        """Return the index in `flat` of row y, plane 0, column 0; a step's rows follow it."""
        return self._place(y) * self.row + self.margin

    def rows_at(self, y: int, border: int = 0) -> Rows:
        """Return row y and those after it, as the kernels take them.

        Args:
            y: the first row that is computed.
            border: how many rows above it are read as well.
        """
        start = self.offset(y - border) + border * self.row
        return Rows(self.flat, start, self.plane, self.row)

    def view(self, start: int, end: int) -> NDArray[np.float32]:
        """Return the rows start..end of one step without their margins, (planes, rows, width)."""
        place, columns = self._place(start), slice(self.margin, self.margin + self.width)
        return self.rows[place : place + end - start, :, columns].transpose(1, 0, 2)

    def seal(self, start: int, end: int, height: int) -> None:
        """Make the rows start..end ready to be read, in both places, with zeros round them."""
        place = self._place(start)
        stop = place + end - start
        right = self.margin + self.width
        self.rows[place:stop, :, right : right + self.border] = 0
        if start - self._first < self._ring:  # the first time round: nobody writes there later
            self.rows[place:stop, :, : self.margin] = 0
        if place < self._twice:
            again = slice(place, min(stop, self._twice))
            self.rows[again.start + self._ring : again.stop + self._ring] = self.rows[again]
        if stop > self._ring:
            again = slice(max(place, self._ring), stop)
            self.rows[again.start - self._ring : again.stop - self._ring] = self.rows[again]
        if end == height:
            for y in range(end, end + self.border):
                place = self._place(y)
                self.rows[place] = 0
                if place < self._twice:
                    self.rows[place + self._ring] = 0


class Stage(ABC):
    """One layer at work: it turns rows of its sources into rows of its buffer.

    Args:
        sources: what it reads.
        buffer: written; None where the rows go elsewhere.
        factor: rows made for one row of the sources.
        lag: rows that it stays behind what its radius allows.

    Attributes:
        in_order: whether its steps must be done one after the other.
        bounded_by: stages that it must not be too far ahead of.
    """

    in_order = False

    def __init__(
        self, sources: list[Source], buffer: Buffer | None, factor: int = 1, lag: int = 0
    ) -> None:
        self.sources = sources
        self.buffer = buffer
        delays = [source.stage.delay + source.radius for source in sources]
        self.scale: int = factor * (sources[0].stage.scale if sources else 1)
        self.delay: int = factor * (max(delays, default=0) + lag)
        self.height: int = factor * sources[0].stage.height if sources else 0
        self.top: int = 0
        self.bottom: int = 0
        self.bounded_by: list[Stage] = []
        for source in sources:
            source.stage.bounded_by.append(self)
            if source.buffer is not None:
                source.buffer.readers.append((self, source))
        if buffer is not None:
            buffer.writer = self
        self._factor = factor
        self.scratch: object = None

    def require(self, top: int, bottom: int) -> None:
        """Ask for the rows top..bottom; the sources are asked by require_sources."""
        top -= top % self._factor  # a row of the sources makes `factor` rows, or none
        bottom += -bottom % self._factor
        empty = self.top == self.bottom
        self.top = top if empty else min(self.top, top)
        self.bottom = bottom if empty else max(self.bottom, bottom)

    def require_sources(self) -> None:
        """Ask the sources for what the required rows are computed from."""
        for source in self.sources:
            stage, radius = source.stage, source.radius
            top = self.top // self._factor - radius
            bottom = -(-self.bottom // self._factor) + radius
            stage.require(max(top, 0), min(bottom, stage.height))

    def bytes(self, block: int, ahead: int) -> int:
        """Return the memory that it takes beside its buffer; arguments as in Buffer.bytes."""
        return 0

    def allocate(self, block: int, ahead: int) -> None:
        """Take that memory, as scratch; arguments as in Buffer.bytes."""
        self.scratch = None

    def release(self) -> None:
        """Release it."""
        self.scratch = None

    def end_at(self, front: int) -> int:
        """Return the row up to which it computes when `front` rows have entered the input."""
        return min(max(self.scale * front - self.delay, self.top), self.bottom)

    def has_work(self, before: int, front: int) -> bool:
        """Return whether there is anything to do when the front moves on from `before`."""
        return self.end_at(before) < self.end_at(front)

    @abstractmethod
    def advance(self, before: int, front: int) -> None:
        """Compute what becomes possible when the front moves on from `before`."""


class RowStage(Stage):
    """A stage that needs nothing but rows of its sources, and may do several steps at a time."""

    def advance(self, before: int, front: int) -> None:
        """Compute the rows that become possible when the front moves on from `before`."""
        start, end = self.end_at(before), self.end_at(front)
        if start == end:
            return
        self.compute(start, end)
        if self.buffer is not None:
            self.buffer.seal(start, end, self.height)

    @abstractmethod
    def compute(self, start: int, end: int) -> None:
        """Make the rows start..end."""


class RowPipeline:
    """All stages up to the last, ready to run over the rows top..bottom of the input's picture.

    Args:
        last: the stage that delivers; it keeps what it makes.
        top, bottom: rows of the input whose enlargement is wanted.
        block: rows that enter in a step.
        ahead: steps that a stage may be ahead of those that read it; more than one lets several
            threads work at a time.
    """

    def __init__(self, last: Stage, top: int, bottom: int, block: int, ahead: int = 1) -> None:
        self.stages = _in_order(last)
        self.ahead, self._block = ahead, block
        last.require(top * last.scale, bottom * last.scale)
        for stage in reversed(self.stages):
            stage.require_sources()
        self.buffers = [stage.buffer for stage in self.stages if stage.buffer is not None]
        self._first = min(stage.top for stage in self.stages if not stage.sources)
        rows = -(-(last.bottom + last.delay) // last.scale) - self._first
        self.steps = -(-rows // block)

    @property
    def _holders(self) -> list[Buffer | Stage]:
        """What takes memory."""
        return [*self.buffers, *self.stages]

    @property
    def bytes(self) -> int:
        """Memory that the pipeline takes while it runs."""
        return sum(holder.bytes(self._block, self.ahead) for holder in self._holders)

    def allocate(self) -> None:
        """Take the memory."""
        for holder in self._holders:
            holder.allocate(self._block, self.ahead)

    def release(self) -> None:
        """Release the memory at once: stages and buffers refer to each other and would live on."""
        for holder in self._holders:
            holder.release()

    def front(self, step: int) -> int:
        """Return the row of the input before which everything has entered before a step."""
        return self._first + step * self._block

    def finished(self, step: int) -> tuple[int, int]:
        """Return the rows of the input whose enlargement is done in a step."""
        last = self.stages[-1]
        start, end = (last.end_at(self.front(k)) // last.scale for k in (step, step + 1))
        return start, end

    def run(self, check: Callable[[], None]) -> Iterator[int]:
        """Run; after every step yields the row of the input up to which the output is done.

        Args:
            check: called between stages; may raise to stop.
        """
        self.allocate()
        for step in range(self.steps):
            for stage in self.stages:
                check()
                stage.advance(self.front(step), self.front(step + 1))
            yield self.finished(step)[1]


def _in_order(last: Stage) -> list[Stage]:
    """Return the stage and all it needs, every stage behind its sources."""
    order: dict[int, Stage] = {}
    pending = [last]
    while pending:
        stage = pending[-1]
        missing = [source.stage for source in stage.sources if id(source.stage) not in order]
        if missing:
            pending.extend(missing)
        else:
            order.setdefault(id(stage), stage)
            pending.pop()
    return list(order.values())
