"""What several commands do: find the models, prepare the kernels, let a signal cancel."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bsr import paths

from ..process import stop_signals

if TYPE_CHECKING:
    from bsr.engine import CancelToken
    from bsr.engine.models.catalog import Catalog

    from .progress_bar import ProgressBar


def collect_garbage() -> None:
    """Let Python's collector begin, which a command starts without; call it after the imports."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def installed_models() -> Catalog:
    """Return the program's models and the user's own."""
    from bsr.engine.models.catalog import default_catalog

    return default_catalog(paths.models_folder())


def prepare_kernels(bar: ProgressBar, quiet: bool) -> None:
    """Compile the kernels where that has not happened yet, and say so.

    Args:
        bar: shows how far it is.
        quiet: say nothing.
    """
    from bsr.engine.upscaling.warm_up import kernels_are_ready, warm_up

    collect_garbage()
    if kernels_are_ready():
        return
    if not quiet:
        print("Preparing kernels for this processor, once.", file=sys.stderr, flush=True)
    bar.begin("")
    warm_up(bar.update)
    bar.clear()


@contextmanager
def cancel_on_signals(cancel: CancelToken) -> Iterator[None]:
    """Let Ctrl-C and requests to terminate cancel the work instead of breaking it off.

    However often they come, the work ends by itself: no file is left half written.  A signal
    that the caller of the program chose to ignore stays ignored.

    Args:
        cancel: is cancelled by a signal.
    """
    previous = {which: signal.signal(which, lambda *_: cancel.cancel()) for which in stop_signals()}
    try:
        yield
    finally:
        for which, handler in previous.items():
            signal.signal(which, handler)
