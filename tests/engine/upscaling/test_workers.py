"""Threads that share row pipelines: any order of tasks that is allowed gives the same picture."""

import contextlib
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsr.engine.networks import network_module
from bsr.engine.upscaling.tiles import Tile, tile_pipeline
from bsr.engine.upscaling.workers import OpenTile, Workers
from tests.networks import FORWARDS, InSmallSteps, make_arrays, make_config

HEIGHT, WIDTH = 54, 19
# Twenty layers make three stages of a binary body.
CONFIGS = {
    "binary": ("light", make_config("binary", 32, 20, 2)),
    "mixed": ("light", make_config(["float", *["binary"] * 18, "binary-weight"], 32, 20, 2)),
    "srresnet": ("srresnet", make_config("binary", 32, 20, 2)),
    # The binary convolution adds what came before the float one.
    "mixed srresnet": ("srresnet", make_config(["binary"] * 2 + ["float", "binary"], 32, 4, 2)),
}


@pytest.fixture(scope="module", params=CONFIGS)
def described(request):
    """A network's name, configuration and arrays."""
    name, config = CONFIGS[request.param]
    return name, network_module(name).parse(config), make_arrays(config, network=name)


@pytest.fixture(scope="module")
def network(described):
    name, config, arrays = described
    return InSmallSteps(network_module(name).build(config, arrays), 760)


@pytest.fixture(scope="module")
def pixels():
    return np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture(scope="module")
def expected(described, pixels):
    """What the plain forward makes of the pixels."""
    name, config, arrays = described
    return FORWARDS[name](config, arrays, pixels)


def whole():
    return Tile(0, HEIGHT, 0, WIDTH)


def new_result():
    return np.zeros((2 * HEIGHT, 2 * WIDTH, 3), np.uint8)


def open_tile(network, pixels, result, ahead):
    finished = []
    pipeline = tile_pipeline(network, pixels, whole(), result, ahead)
    return OpenTile(pipeline, lambda start, end: finished.append((start, end))), finished


@settings(max_examples=40)
@given(chance=st.randoms(use_true_random=True), ahead=st.integers(1, 4), threads=st.integers(1, 5))
def test_any_order_in_which_tasks_may_end_gives_the_same_bytes(
    network, pixels, expected, chance, ahead, threads
):
    """Tasks are taken while others are under way, computed late, and noted in any order."""
    result = new_result()
    tile, _ = open_tile(network, pixels, result, ahead)
    under_way = []
    while not tile.is_done():
        while len(under_way) < threads and (task := tile.take()) is not None:
            under_way.append(task)
        assert under_way  # else nothing could ever go on
        _, stage, step = under_way.pop(chance.randrange(len(under_way)))
        stage.advance(tile.pipeline.front(step), tile.pipeline.front(step + 1))
        tile.note(stage, step)
    assert not under_way
    assert np.array_equal(result, expected)


@pytest.mark.parametrize("ahead", [1, 2, 4])
def test_a_stage_may_lag_behind_as_far_as_its_memory_allows(network, pixels, expected, ahead):
    """The earliest stage is always computed first, a later one when nothing else can be."""
    result = new_result()
    tile, _ = open_tile(network, pixels, result, ahead)
    stages, under_way = tile.pipeline.stages, []
    while not tile.is_done():
        while (task := tile.take()) is not None:
            under_way.append(task)
        under_way.sort(key=lambda task: -stages.index(task.stage))
        _, stage, step = under_way.pop()
        stage.advance(tile.pipeline.front(step), tile.pipeline.front(step + 1))
        tile.note(stage, step)
    assert np.array_equal(result, expected)


def test_the_sections_of_a_binary_body_are_never_further_ahead_than_their_memory_allows(
    network, pixels
):
    tile, _ = open_tile(network, pixels, new_result(), 2)
    begun = {}
    while (task := tile.take()) is not None:
        begun[task.stage] = task.step
        if not task.stage.bounded_by:
            break  # the last stage is never noted as done
        task.stage.advance(tile.pipeline.front(task.step), tile.pipeline.front(task.step + 1))
        tile.note(task.stage, task.step)
    for stage, step in begun.items():
        assert all(step - begun.get(other, -1) <= 2 for other in stage.bounded_by)


def test_several_threads_finish_several_tiles_and_every_row_once(network, pixels, expected):
    results = [new_result() for _ in range(5)]
    opened = [open_tile(network, pixels, result, 3) for result in results]
    workers = Workers(iter([tile for tile, _ in opened]), 2, lambda: None)
    threads = [threading.Thread(target=workers.work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for result, (tile, finished) in zip(results, opened, strict=True):
        assert np.array_equal(result, expected)
        rows = [row for start, end in finished for row in range(start, end)]
        assert sorted(rows) == list(range(HEIGHT))
        assert all(buffer.rows.size == 0 for buffer in tile.pipeline.buffers)


def test_an_error_in_a_task_ends_all_threads(network, pixels):
    tile, _ = open_tile(network, pixels, new_result(), 2)
    checks = iter(range(10))
    workers = Workers(iter([tile]), 1, lambda: next(checks))
    ends = []

    def work():
        try:
            workers.work()
        except StopIteration:
            ends.append("stopped")

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert ends
    workers.release()
    assert all(buffer.rows.size == 0 for buffer in tile.pipeline.buffers)


def test_an_error_wakes_the_threads_that_wait(network, pixels):
    tile, _ = open_tile(network, pixels, new_result(), 1)
    somebody_waits = threading.Event()

    def fail():
        assert somebody_waits.wait(60)
        raise MemoryError

    workers = Workers(iter([tile]), 1, fail)
    wait = workers._changed.wait
    workers._changed.wait = lambda: (somebody_waits.set(), wait())

    def work():
        with contextlib.suppress(MemoryError):
            workers.work()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    workers.release()


def test_no_more_tiles_are_open_than_there_are_threads(network, pixels):
    tiles = (open_tile(network, pixels, new_result(), 1)[0] for _ in range(9))
    workers = Workers(tiles, 2, lambda: None)
    while workers._find() is not None:
        pass
    assert len(workers._open) == 2
    workers.release()
