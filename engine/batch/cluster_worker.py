"""What a worker of a cluster is told of a job, does, and tells back, all in plain values.

A job that is done again since its worker died makes the same bytes,
and so knows what it wrote the first time.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..disk import Seal
from ..errors import BsrError
from ..jobs.job import Job, JobResult, JobStatus, SaveOptions
from ..jobs.model_choice import ModelChoice, choose_models
from ..jobs.run import attempt, run_job
from ..upscaling.goal import Goal
from .journal import fingerprint

if TYPE_CHECKING:
    from ..models.catalog import Catalog


def task_of(job: Job, choice: ModelChoice, user_folder: Path) -> dict[str, Any]:
    """Write a job, the models that it means and their folder in plain values."""
    values = asdict(job) | {"input": str(job.input), "output": str(job.output)}
    values["ours"] = job.ours and list(job.ours)
    return {"job": values, "checksums": _checksums(choice), "models": str(user_folder)}


def _job(values: dict[str, Any]) -> Job:
    """Return the job that `task_of` wrote, as a worker does it."""
    save = SaveOptions(**values["save"])
    if save.if_exists == "skip":
        # The coordinator has looked already: a job that is done twice must not skip itself.
        save = replace(save, if_exists="rename")
    read = {
        "input": Path(values["input"]),
        "output": Path(values["output"]),
        "save": save,
        "ours": values["ours"] and Seal(*values["ours"]),
        "goal": values["goal"] and Goal(**values["goal"]),
    }
    return Job(**values | read)


def work(task: dict[str, Any]) -> dict[str, Any]:
    """Do a job in a worker process.

    Args:
        task: of `task_of`.

    Returns:
        The fields of a JobResult but its job, and the source's fingerprint, in plain values.
    """
    job = _job(task["job"])
    source = None
    with suppress(OSError):  # reading it fails too, and says why
        source = fingerprint(job.input)
    result = attempt(job, lambda: _do(job, task))
    values = asdict(result) | {
        "status": result.status.value,
        "output": None if result.output is None else str(result.output),
        "seal": result.seal and list(result.seal),
        "source": source and list(source),
    }
    del values["job"]
    return values


def result_of(values: dict[str, Any], job: Job) -> tuple[JobResult, tuple[int, int] | None]:
    """Return the result of a job, and the source's fingerprint, that `work` wrote."""
    source, output, seal = values.pop("source"), values["output"], values["seal"]
    read = {
        "job": job,
        "status": JobStatus(values["status"]),
        "output": None if output is None else Path(output),
        "seal": seal and Seal(*seal),
    }
    return JobResult(**values | read), tuple(source) if source else None


def _do(job: Job, task: dict[str, Any]) -> JobResult:
    """Run a job, if this machine has the very models that were asked for.

    Raises:
        BsrError: it has not.
    """
    catalog = _catalog(task["models"])
    choice = choose_models(catalog, job.scale, job.model, job.weights, job.family, job.clean_up)
    if _checksums(choice) != task["checksums"]:
        raise BsrError(
            "The model {model} on the worker differs from the one here.", model=choice.name
        )
    return run_job(job, catalog)


def _checksums(choice: ModelChoice) -> list[str]:
    return [card.sha256 for card in choice.cards]


@lru_cache(1)
def _catalog(user_folder: str) -> Catalog:
    """Keep one catalog in a worker, since it keeps the models it has loaded."""
    from ..models.catalog import default_catalog

    return default_catalog(Path(user_folder))
