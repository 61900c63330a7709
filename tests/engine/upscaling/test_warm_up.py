"""The kernels are run through once for each process."""

from bsr.engine.upscaling import warm_up as module
from bsr.engine.upscaling.warm_up import warm_up


def test_kernels_that_have_run_are_not_run_again(monkeypatch):
    warm_up()
    ran, told, pipeline = [], [], module.tile_pipeline
    monkeypatch.setattr(module, "tile_pipeline", lambda *a: ran.append(a) or pipeline(*a))
    warm_up(told.append)
    assert not ran and [progress.done for progress in told] == list(range(told[-1].total + 1))
