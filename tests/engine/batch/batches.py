"""Small batches of real pictures for the tests of planning and running."""

from pathlib import Path

import numpy as np

from bsr.engine import CancelToken, Picture
from bsr.engine.batch.journal import Journal
from bsr.engine.batch.journal_lines import History
from bsr.engine.batch.plan import make_plan
from bsr.engine.batch.request import BatchRequest
from bsr.engine.batch.run import run_batch
from bsr.engine.batch.tracker import BatchCallbacks
from bsr.engine.images import write_picture


def noise(height=10, width=12, seed=0):
    random = np.random.default_rng(seed)
    return Picture(random.integers(0, 256, (height, width, 3), np.uint8))


def put(folder: Path, *names: str) -> Path:
    """Write a picture of its own under each name; the last one's path is given."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_picture(noise(seed=sum(name.encode("utf-8", "surrogateescape"))), path)
    return path


def request(folder: Path, **changes) -> BatchRequest:
    """From `folder`/in to `folder`/out, with subfolders."""
    values = {"inputs": (folder / "in",), "output": folder / "out", "recursive": True}
    return BatchRequest(**{**values, **changes})


def run(asked: BatchRequest, catalog, *, mode="new", **options):
    """Plan and run, as the command and the window do."""
    with Journal(asked.root) as journal:
        plan = make_plan(asked, catalog, journal.read(), mode=mode)
        return run_batch(plan, catalog, journal, threads=1, **options)


def planned(asked: BatchRequest, catalog):
    return make_plan(asked, catalog, History())


def files(folder: Path) -> dict[str, bytes]:
    """Everything below a folder except the journal."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".bsr-batch.jsonl"
    }


def cancelled_after(count):
    """A token, and callbacks that cancel it when `count` files are finished."""
    cancel, done = CancelToken(), []

    def finished(index, result):
        done.append(index)
        if len(done) == count:
            cancel.cancel()

    return {"cancel": cancel, "callbacks": BatchCallbacks(finished=finished)}
