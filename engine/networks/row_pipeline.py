"""The row pipeline: rows flow through all layers at once; no arithmetic here.

A network at work on a part of a picture is a chain of stages.  In every step a block of rows
enters the first one; each stage then computes the rows that its sources have just made possible,
so that it runs `delay` rows behind the input.  No row is computed twice, and memory holds a window
of rows per stage, which depends on the width and the depth but not on the height.

Heights are exact: a part that begins inside the picture asks every stage for just the rows it
needs.  Widths are not looked at here: a strip brings `radius` spare columns on its inner sides.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

MARGIN = 16
"""Zero items left and right of every row of floats; at least the radius of any convolution."""

# A cache line: registers that begin on one are loaded at once.  All in bytes.
_LINE = 64
_SPARE = 1024


def round_up(number: int, multiple: int) -> int:
    """Return the smallest multiple that is not less than number."""
    return -(-number // multiple) * multiple


class Buffer:
    """A window of rows of a feature map, sliding down the picture.

    Rows outside the picture are zero, and so are the margins left and right of every row.  Memory
    is taken at the first use, when all readers are known.

    Args:
        planes: channels, or bit planes.
        width: items of a row that hold something.
        row_items: length of a row, margins included.
        margin: zero items before a row.
        dtype: float32 or uint64.
    """

    def __init__(self, planes: int, width: int, row_items: int, margin: int, dtype: type) -> None:
        self.planes, self.width = planes, width
        self.row_items, self.margin, self.dtype = row_items, margin, np.dtype(dtype)
        self.writers: list[Stage] = []
        self.readers: list[tuple[Stage, int]] = []
        self.rows: NDArray[np.generic] = np.zeros((planes, 0, row_items), dtype)
        self._first = 0

    @property
    def border(self) -> int:
        """How many rows above and below the picture are read."""
        return max((radius for _, radius in self.readers), default=0)

    def capacity(self, block: int) -> int:
        """Return rows that must be held when `block` rows of the input enter in a step."""
        scale = self.writers[0].scale
        ahead = min(stage.delay for stage in self.writers)
        behind = max(
            (stage.delay * scale // stage.scale + radius for stage, radius in self.readers),
            default=ahead,
        )
        kept = behind - ahead + self.border
        # Three times what is kept: the window then slides rarely, on average half a copy per row.
        return scale * block + 3 * kept + self.border

    def bytes(self, block: int) -> int:
        """Memory that the buffer takes; see capacity."""
        return self.planes * self.capacity(block) * self.row_items * self.dtype.itemsize

    def allocate(self, block: int) -> None:
        """Take the memory, with room above the first row for the border."""
        shape = (self.planes, self.capacity(block), self.row_items)
        items = math.prod(shape)
        # Kernels read whole registers, so up to one may be read behind the end.
        flat = np.zeros(items + 2 * _SPARE // self.dtype.itemsize, self.dtype)
        skip = -flat.ctypes.data % _LINE // self.dtype.itemsize
        self.flat = flat[skip : skip + items + _SPARE // self.dtype.itemsize]
        self.rows = self.flat[:items].reshape(shape)
        self._first = min(stage.top for stage in self.writers) - self.border

    def release(self) -> None:
        """Release the memory."""
        self.rows = np.zeros((self.planes, 0, self.row_items), self.dtype)
        self.flat = np.zeros(0, self.dtype)

    @property
    def plane(self) -> int:
        """Items in a plane."""
        return int(self.rows.shape[1]) * self.row_items

    def offset(self, y: int) -> int:
        """Return the index in `flat` of plane 0, row y, column 0."""
        return (y - self._first) * self.row_items + self.margin

    def view(self, start: int, end: int) -> NDArray[np.generic]:
        """Return the rows start..end without their margins, (planes, rows, width)."""
        columns = slice(self.margin, self.margin + self.width)
        return self.rows[:, start - self._first : end - self._first, columns]

    def make_room(self, end: int) -> None:
        """Slide the window, if it must be, so that rows up to end (exclusive) can be written."""
        if end + self.border <= self._first + self.rows.shape[1]:
            return
        scale = self.writers[0].scale
        keep = min(
            (stage.done * scale // stage.scale - radius for stage, radius in self.readers),
            default=self.writers[0].done,
        )
        kept = slice(keep - self._first, max(stage.done for stage in self.writers) - self._first)
        self.rows[:, : kept.stop - kept.start] = self.rows[:, kept]
        self._first = keep

    def seal(self, start: int, end: int, height: int) -> None:
        """Make zero what the border of the rows start..end reads outside the picture."""
        if not self.border:
            return
        right = self.margin + self.width
        self.rows[:, start - self._first : end - self._first, right : right + self.border] = 0
        if end == height:
            self.rows[:, end - self._first : end + self.border - self._first] = 0


class Stage(ABC):
    """One layer at work: it turns rows of its sources into rows of its buffers.

    Args:
        sources: (stage, buffer read, radius): computing row y reads the rows y - radius .. y +
            radius.
        buffers: written; the first may be a buffer that is updated in place.
        factor: rows made for one row of the sources.
        lag: rows that it stays behind what its radius allows.
    """

    def __init__(
        self,
        sources: list[tuple[Stage, Buffer, int]],
        buffers: list[Buffer],
        factor: int = 1,
        lag: int = 0,
    ) -> None:
        self.sources = sources
        self.buffers = buffers
        delays = [stage.delay + radius for stage, _, radius in sources]
        self.scale: int = factor * (sources[0][0].scale if sources else 1)
        self.delay: int = factor * (max(delays, default=0) + lag)
        self.height: int = factor * sources[0][0].height if sources else 0
        self.top: int = 0
        self.bottom: int = 0
        self.done: int = 0
        for _, buffer, radius in sources:
            buffer.readers.append((self, radius))
        for buffer in buffers:
            buffer.writers.append(self)
        self._factor = factor
        # Memory of a stage's own, taken with its first row; how much that is going to be.
        self.scratch: object = None
        self.bytes: int = 0

    def require(self, top: int, bottom: int) -> None:
        """Ask for the rows top..bottom; the sources are asked by require_sources."""
        top -= top % self._factor  # a row of the sources makes `factor` rows, or none
        bottom += -bottom % self._factor
        empty = self.top == self.bottom
        self.top = top if empty else min(self.top, top)
        self.bottom = bottom if empty else max(self.bottom, bottom)
        self.done = self.top

    def require_sources(self) -> None:
        """Ask the sources for what the required rows are computed from."""
        for stage, _, radius in self.sources:
            top = self.top // self._factor - radius
            bottom = -(-self.bottom // self._factor) + radius
            stage.require(max(top, 0), min(bottom, stage.height))

    def advance(self, front: int) -> None:
        """Compute the rows that become possible when `front` rows have entered the input."""
        end = min(max(self.scale * front - self.delay, self.top), self.bottom)
        if end <= self.done:
            return
        for buffer in self.buffers:
            buffer.make_room(end)
        self.compute(self.done, end)
        for buffer in self.buffers:
            buffer.seal(self.done, end, self.height)
        self.done = end

    @abstractmethod
    def compute(self, start: int, end: int) -> None:
        """Make the rows start..end."""


class RowPipeline:
    """All stages up to the last, ready to run over the rows top..bottom of the input's picture.

    Args:
        last: the stage that delivers; it keeps what it makes.
        top, bottom: rows of the input whose enlargement is wanted.
        block: rows that enter in a step.
    """

    def __init__(self, last: Stage, top: int, bottom: int, block: int) -> None:
        self.stages = _in_order(last)
        self._block = block
        last.require(top * last.scale, bottom * last.scale)
        for stage in reversed(self.stages):
            stage.require_sources()
        self.buffers = list({id(b): b for s in self.stages for b in s.buffers}.values())

    @property
    def bytes(self) -> int:
        """Memory that the pipeline takes while it runs."""
        buffers = sum(buffer.bytes(self._block) for buffer in self.buffers)
        return buffers + sum(stage.bytes for stage in self.stages)

    def run(self, check: Callable[[], None]) -> Iterator[int]:
        """Run; after every step yields the row of the input up to which the output is done.

        Args:
            check: called between stages; may raise to stop.
        """
        for buffer in self.buffers:
            buffer.allocate(self._block)
        last = self.stages[-1]
        front = min(stage.top for stage in self.stages if not stage.sources)
        while last.done < last.bottom:
            front += self._block
            for stage in self.stages:
                check()
                stage.advance(front)
            yield last.done // last.scale

    def release(self) -> None:
        """Release the memory at once: stages and buffers refer to each other and would live on."""
        for buffer in self.buffers:
            buffer.release()
        for stage in self.stages:
            stage.scratch = None


def _in_order(last: Stage) -> list[Stage]:
    """Return the stage and all it needs, every stage behind its sources."""
    order: dict[int, Stage] = {}
    pending = [last]
    while pending:
        stage = pending[-1]
        missing = [source for source, _, _ in stage.sources if id(source) not in order]
        if missing:
            pending.extend(missing)
        else:
            order.setdefault(id(stage), stage)
            pending.pop()
    return list(order.values())
