"""What all tests share."""

import pytest


@pytest.fixture(scope="session")
def kernels():
    """The kernels, compiled before anything is timed or measured."""
    from bsr.engine.upscaling.warm_up import warm_up

    warm_up()
