"""Errors that the user can act on: what went wrong, with which file, and what would help."""


class BsrError(Exception):
    """Base of all errors whose message is meant for the user."""


class ImageFileError(BsrError):
    """A picture could not be read or written; the message names the file."""


class ModelFileError(BsrError):
    """A weights file is damaged, foreign or missing; the message says which and how."""


class NotEnoughMemory(BsrError):
    """The work would not fit in memory; the message says what would."""


class Stopped(BsrError):
    """A batch cannot go on; what is not done waits in its journal."""


class Cancelled(BsrError):
    """The work was stopped on request; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
