"""The self-test finds what it is there for."""

from dataclasses import replace

import numpy as np
import pytest

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
