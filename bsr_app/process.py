"""What the system sees of the program: its exit codes, and the signals that end it."""

from __future__ import annotations

import signal

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130  # exit codes; USAGE is argparse's own
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the last when a terminal is closed; not on Windows


def stop_signals() -> list[signal.Signals]:
    """Return the signals that ask to end, but for those that the caller chose to be ignored."""
    return [
        which
        for which in signal.Signals
        if which.name in STOP_SIGNALS and signal.getsignal(which) != signal.SIG_IGN
    ]
