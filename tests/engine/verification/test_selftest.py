"""The self-test finds what it is there for."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bsr.engine import Cancelled, CancelToken
from bsr.engine.verification import selftest


@pytest.fixture
def one_shape(monkeypatch):
    monkeypatch.setattr(selftest, "SHAPES", [(32, 3, 5), (32, 2, 7)])


def broken(kernel, spoil):
    """The same kernel with a result that is spoilt where it has more than 100 numbers."""

    def fast(*case):
        result = kernel.fast(*case)
        return spoil(result) if result.size > 100 else result

    return replace(kernel, fast=fast)


def test_every_kernel_is_compared_on_the_whole_table():
    checks = list(selftest.check_kernels())
    assert [check.name for check in checks] == list(selftest.CHECKED_KERNELS)
    assert all(check.passed and check.cases == len(selftest.SHAPES) for check in checks)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda result: result + np.ones(1, result.dtype),
        lambda result: result[:-1],
        lambda result: result.astype(np.float64),
        lambda result: np.full_like(result, np.nan),
    ],
    ids=["number", "shape", "dtype", "nan"],
)
def test_a_kernel_that_errs_is_found(one_shape, monkeypatch, spoil):
    kernel = broken(selftest.CHECKED_KERNELS["sum"], spoil)
    monkeypatch.setattr(selftest, "CHECKED_KERNELS", {"sum": kernel})
    (check,) = selftest.check_kernels()
    assert not check.passed


def test_a_speed_is_seconds_for_a_megapixel_of_the_input(small_catalog, monkeypatch):
    model = small_catalog.load(small_catalog.choose(2))
    clock = iter([0.0, 0.75])
    monkeypatch.setattr(selftest, "time", SimpleNamespace(perf_counter=clock.__next__))
    megapixels = 2 * selftest.ROWS_PER_THREAD * selftest.COLUMNS / 1e6
    assert selftest.measure_speed(model, threads=2) == pytest.approx(0.75 / megapixels)


def test_measuring_can_be_cancelled(small_catalog):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        selftest.measure_speed(small_catalog.load(small_catalog.choose(2)), cancel=cancel)
