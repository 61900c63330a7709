"""The batch page's tasks for the job runner."""

from types import SimpleNamespace

from bsr.engine import CancelToken
from bsr.engine.batch.journal import Journal
from bsr.engine.batch.journal_lines import CLAIMED, DONE, FAILED, SKIPPED, Entry
from bsr.engine.batch.request import BatchRequest
from bsr.engine.models.catalog import Catalog
from bsr.work import batch, interrupted
from tests.engine.batch.batches import put
from tests.small_models import save_small_model


def test_a_copied_journal_goes_on_in_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(interrupted, "_usual_file", lambda: tmp_path / "unfinished.json")
    elsewhere = BatchRequest((tmp_path / "in",), tmp_path / "victim")
    with Journal(tmp_path / "out") as journal:
        journal.begin({}, elsewhere.to_dict())
        journal.add([Entry("/in/a.png", CLAIMED, "a.png")])
    interrupted.remember(tmp_path / "out")
    (found,) = batch.interrupted_batches(SimpleNamespace())
    assert found.request.output == tmp_path / "out"


def test_what_was_skipped_did_not_fail(tmp_path, monkeypatch):
    monkeypatch.setattr(interrupted, "_usual_file", lambda: tmp_path / "unfinished.json")
    with Journal(tmp_path) as journal:
        journal.begin({}, BatchRequest((tmp_path / "in",), tmp_path).to_dict())
        states = {"a": CLAIMED, "b": SKIPPED, "c": FAILED, "d": SKIPPED, "e": DONE}
        journal.add(
            Entry(f"/in/{name}.png", state, f"{name}.png") for name, state in states.items()
        )
    interrupted.remember(tmp_path)
    (found,) = batch.interrupted_batches(SimpleNamespace())
    assert (found.finished, found.waiting, found.failed) == (1, 1, 1)


def test_a_batch_on_a_drive_that_is_not_there_is_not_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(interrupted, "_usual_file", lambda: tmp_path / "unfinished.json")
    interrupted.remember(tmp_path / "drive" / "out")
    assert batch.interrupted_batches(SimpleNamespace()) == []
    assert interrupted.unfinished() == [tmp_path / "drive" / "out"]


def test_a_batch_is_not_forgotten_while_the_drive_of_its_pictures_is_out(tmp_path, monkeypatch):
    monkeypatch.setattr(interrupted, "_usual_file", lambda: tmp_path / "unfinished.json")
    catalog = Catalog(save_small_model(tmp_path / "models").parent, tmp_path / "none")
    put(tmp_path / "stick", "a.png", "b.png")
    asked = BatchRequest((tmp_path / "stick",), tmp_path / "out")

    def go_on(mode, stops=False):
        token = CancelToken()

        def told(item):
            if stops and isinstance(item, batch.Ended):
                token.cancel()

        context = SimpleNamespace(cancel=token, progress=lambda progress: None, item=told)
        return batch.run(asked, catalog, batch.Options(mode, threads=1), context)

    assert go_on("new", stops=True).waiting == 1
    (tmp_path / "stick").rename(tmp_path / "pocket")
    assert go_on("resume").failed == 1
    (tmp_path / "pocket").rename(tmp_path / "stick")
    (found,) = batch.interrupted_batches(SimpleNamespace())
    assert (found.finished, found.waiting) == (1, 1)
    assert go_on("resume").done == 1
    assert interrupted.unfinished() == []
