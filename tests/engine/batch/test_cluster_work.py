"""What a worker of a cluster does with a job, without the cluster."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bsr.engine.batch.cluster_worker import task_of, work
from bsr.engine.images import read_picture
from bsr.engine.jobs.job import Job, SaveOptions
from bsr.engine.jobs.model_choice import choose_models
from bsr.engine.models.catalog import Catalog
from bsr.engine.upscaling.goal import Goal
from tests.engine.batch.batches import put
from tests.small_models import save_small_model


@pytest.fixture
def asked(tmp_path):
    """A job, and the model as the coordinator chose it."""
    (tmp_path / "worker").mkdir()
    here = Catalog(save_small_model(tmp_path / "here").parent, tmp_path / "nothing")
    job = Job(
        put(tmp_path / "in", "a.png"), tmp_path / "a_x2.png", "small-x2", "binary", 2.0, 1,
        SaveOptions("png", if_exists="replace"), None,
    )  # fmt: skip
    return job, choose_models(here, job.scale, job.model, job.weights)


def test_a_worker_with_the_same_model_does_the_job(asked, tmp_path):
    job, choice = asked
    shutil.copy(choice.card.path, tmp_path / "worker")
    done = work(task_of(job, choice, tmp_path / "worker"))
    assert (done["status"], done["error"]) == ("done", None)
    assert Path(done["output"]) == job.output and job.output.exists()


def test_a_goal_travels_to_the_worker(asked, tmp_path):
    job, choice = asked
    shutil.copy(choice.card.path, tmp_path / "worker")
    job = replace(job, scale=None, goal=Goal(20, 24, dpi=300.0))
    assert work(task_of(job, choice, tmp_path / "worker"))["error"] is None
    made = read_picture(job.output)
    assert (made.width, made.height) == (24, 20) and made.dpi == pytest.approx((300, 300), 0.01)


def test_a_worker_with_another_model_of_the_same_id_refuses(asked, tmp_path):
    job, choice = asked
    save_small_model(tmp_path / "worker", seed=1)
    refused = work(task_of(job, choice, tmp_path / "worker"))
    assert refused["status"] == "failed"
    assert refused["error"].endswith("small-x2 on the worker differs from the one here.")
    assert not job.output.exists()
