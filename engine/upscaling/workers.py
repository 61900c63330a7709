"""Threads that share row pipelines: every step of a stage is a task that any of them can take.

So threads need no parts of the picture to themselves, whose edges they would compute twice, and
the features that are under way are there once.  What is furthest down the pipeline comes first: it
makes room, and rows of the result come early.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..networks.row_pipeline import RowPipeline, Stage


class Task(NamedTuple):
    """A step of a stage, which nobody else will do."""

    tile: OpenTile
    stage: Stage
    step: int


class OpenTile:
    """A pipeline at work, and which steps of its stages were begun and done.

    Args:
        pipeline: of a tile.
        on_finished: told the rows of the input whose enlargement is done, from any thread.
    """

    def __init__(self, pipeline: RowPipeline, on_finished: Callable[[int, int], None]) -> None:
        self.pipeline, self.on_finished = pipeline, on_finished
        pipeline.allocate()
        self._begun = {id(stage): 0 for stage in pipeline.stages}
        self._done = dict(self._begun)
        self._early: dict[int, set[int]] = {id(stage): set() for stage in pipeline.stages}

    def is_done(self) -> bool:
        """Return whether the last stage has done its last step."""
        return self._done[id(self.pipeline.stages[-1])] == self.pipeline.steps

    def take(self) -> Task | None:
        """Return a task that can be done now, or None."""
        found = True
        while found:
            found = False
            for stage in reversed(self.pipeline.stages):
                step = self._begun[id(stage)]
                if not self._is_possible(stage, step):
                    continue
                self._begun[id(stage)] += 1
                before, front = self.pipeline.front(step), self.pipeline.front(step + 1)
                if stage.has_work(before, front):
                    return Task(self, stage, step)
                self.note(stage, step)
                found = True
        return None

    def _is_possible(self, stage: Stage, step: int) -> bool:
        done = self._done
        if step == self.pipeline.steps or (stage.in_order and done[id(stage)] < step):
            return False
        if any(done[id(source.stage)] <= step for source in stage.sources):
            return False
        return all(step - done[id(other)] < self.pipeline.ahead for other in stage.bounded_by)

    def note(self, stage: Stage, step: int) -> None:
        """Remember that a step is done; those before it may still be under way."""
        early = self._early[id(stage)]
        early.add(step)
        while self._done[id(stage)] in early:
            early.remove(self._done[id(stage)])
            self._done[id(stage)] += 1


class Workers:
    """What the threads that work on some tiles have in common; each of them calls `work`.

    Args:
        tiles: makes the next tile when it is asked for.
        most: tiles that are worked on at a time.
        check: called before every task; may raise to stop.
    """

    def __init__(self, tiles: Iterator[OpenTile], most: int, check: Callable[[], None]) -> None:
        self._tiles, self._most, self._check = tiles, most, check
        self._open: list[OpenTile] = []
        self._to_come = True
        self._failed = False
        self._changed = threading.Condition()

    def work(self) -> None:
        """Do tasks until there are no more; an error stops all threads and is raised."""
        try:
            while (task := self._next()) is not None:
                self._check()
                self._do(task)
        except BaseException:
            with self._changed:
                self._failed = True
                self._changed.notify_all()
            raise

    def release(self) -> None:
        """Release what is left of the memory, when no thread works any more."""
        for tile in self._open:
            tile.pipeline.release()

    def _next(self) -> Task | None:
        """Return a task, waiting for one; None when there will be none."""
        with self._changed:
            while not self._failed:
                task = self._find()
                if task is not None or not (self._open or self._to_come):
                    return task
                self._changed.wait()
            return None

    def _find(self) -> Task | None:
        for tile in self._open:
            if (task := tile.take()) is not None:
                return task
        while self._to_come and len(self._open) < self._most:
            opened = next(self._tiles, None)
            if opened is None:
                self._to_come = False
            else:
                self._open.append(opened)
                if (task := opened.take()) is not None:
                    return task
        return None

    def _do(self, task: Task) -> None:
        tile, stage, step = task
        pipeline = tile.pipeline
        stage.advance(pipeline.front(step), pipeline.front(step + 1))
        if stage is pipeline.stages[-1]:
            tile.on_finished(*pipeline.finished(step))
        with self._changed:
            tile.note(stage, step)
            done = tile.is_done()
            if done:
                self._open.remove(tile)
            self._changed.notify_all()
        if done:
            pipeline.release()
