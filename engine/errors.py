"""Errors that the user can act on: what went wrong, with which file, and what would help."""

import unicodedata

# Control and format characters, halves of pairs that stand for bytes, ends of lines and paragraphs.
_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # names in Persian and joined emoji have them


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


def one_line(text: object) -> str:
    """Return a text as one line that cannot steer a terminal and that any stream can take.

    Args:
        text: a sentence, or a path of whatever bytes. What breaks the line, changes the direction
            of writing or is half a character is escaped, as Python writes it.
    """
    return "".join(
        repr(char)[1:-1]
        if unicodedata.category(char) in _STEERING and char not in _JOINERS
        else char
        for char in str(text)
    )
