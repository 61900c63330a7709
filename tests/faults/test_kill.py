"""Killed at random moments, resumed, and never a byte differs from a run that nothing disturbed."""

import itertools
import random
import shutil

import pytest

from tests.engine.batch.batches import put
from tests.faults.child import Batch, parts, pictures

KILLS = 20
KILLS_IN_A_ROW = 5
SIXTY = [f"{'abc'[i % 3]}/{i:02}.{('png', 'jpg', 'bmp')[i % 3]}" for i in range(60)]


@pytest.fixture
def sixty(tmp_path):
    put(tmp_path / "in", *SIXTY)
    return tmp_path


def kill_at_a_random_moment(batch: Batch, chance: random.Random) -> bool:
    """Kill between two files, or while one is written, or at the very start."""
    before = batch.finished()
    count = before + chance.randrange(0, 12)
    moment = chance.choice(["journal", "line", "part", "claims"])
    conditions = {
        "journal": lambda: batch.output.exists(),
        "claims": lambda: bool(batch.history().entries),
        "line": lambda: batch.finished() > count,
        "part": lambda: batch.finished() > count and bool(parts(batch.output)),
    }
    killed = batch.wait_until(conditions[moment])
    batch.kill()
    return killed


def test_no_kill_loses_or_spoils_anything(sixty, data):
    undisturbed = Batch(sixty, data)
    assert undisturbed.end() == 0, undisturbed.text()
    expected = pictures(undisturbed.output)
    assert len(expected) == 60
    chance = random.Random(20)
    kills = 0
    for if_exists in itertools.cycle(["skip", "rename", "replace"]):
        if kills >= KILLS:
            break
        shutil.rmtree(undisturbed.output)
        for _ in range(KILLS_IN_A_ROW):
            batch = Batch(sixty, data, "--resume", "--if-exists", if_exists)
            kills += kill_at_a_random_moment(batch, chance)
            left = {path.relative_to(batch.output).as_posix() for path in parts(batch.output)}
            now = {
                name: found for name, found in pictures(batch.output).items() if name not in left
            }
            assert now.items() <= expected.items(), "a half or wrong picture under a final name"
        batch = Batch(sixty, data, "--resume", "--if-exists", if_exists)
        assert batch.end() == 0, batch.text()
        assert pictures(batch.output) == expected


def test_a_resumed_batch_does_nothing_twice(sixty, data):
    batch = Batch(sixty, data, stop_after=20)
    batch.wait_until_it_stands_still()
    batch.kill()
    done = batch.finished()
    again = Batch(sixty, data, "--resume")
    assert again.end() == 0
    assert f"{60 - done} done" in again.text() and f"{done} finished before" in again.text()


def test_ctrl_c_ends_cleanly_and_tells_how_to_go_on(sixty, data):
    batch = Batch(sixty, data, stop_after=5)
    batch.wait_until_it_stands_still()
    batch.interrupt()
    batch.go_on()
    assert batch.end() == 130
    assert "--resume" in batch.text()
    assert not parts(batch.output)
    assert Batch(sixty, data, "--resume").end() == 0


def test_a_batch_keeps_a_second_one_out(sixty, data):
    first = Batch(sixty, data, stop_after=1)
    first.wait_until_it_stands_still()
    second = Batch(sixty, data)
    assert second.end() == 1
    assert "Another batch" in second.text()
    first.go_on()
    assert first.end() == 0
