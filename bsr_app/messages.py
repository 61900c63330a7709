"""Errors in words for the user."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bsr import logs
from bsr.engine import BsrError, ImageFileError, ModelFileError, NotEnoughMemory
from bsr.engine.errors import Sentence, system_reason

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What is shown for an error.

    Attributes:
        title: a few words.
        text: what happened, in one or two sentences.
        advice: what to do now; may be empty, since most texts say it already.
    """

    title: str
    text: str
    advice: str = ""


_TITLES = {
    ImageFileError: Sentence("The picture cannot be used"),
    ModelFileError: Sentence("The model cannot be used"),
    NotEnoughMemory: Sentence("Not enough memory"),
    BsrError: Sentence("Something went wrong"),
}


def explain(error: BaseException) -> Message:
    """Turn an error into words; one that nobody expected goes to the log with its traceback."""
    for kind, title in _TITLES.items():
        if isinstance(error, kind):
            return Message(title, str(error))
    if isinstance(error, MemoryError):
        return Message(
            _TITLES[NotEnoughMemory],
            Sentence("There is not enough memory for this."),
            Sentence("Close other programs, or choose a smaller picture or scale."),
        )
    if isinstance(error, OSError) and error.strerror:
        reason = system_reason(error)
        text = Sentence("The system reports: {reason}.", reason=reason)
        if error.filename:
            text = Sentence("{file}: {reason}.", file=error.filename, reason=reason)
        return Message(Sentence("A file cannot be used"), text)
    log.error("unexpected error", exc_info=error)
    name = type(error).__name__
    text = Sentence("Unexpected error ({kind}: {details}).", kind=name, details=error)
    title = Sentence("Unexpected error")
    if logs.file() is None:
        return Message(title, text)
    return Message(title, text, Sentence("The details are in {file}.", file=logs.file()))
