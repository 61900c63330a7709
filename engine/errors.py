"""Errors that the user can act on: what went wrong, with which file, and what would help."""

from __future__ import annotations

import errno
import unicodedata

# Control and format characters, halves of pairs that stand for bytes, ends of lines and paragraphs.
_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # names in Persian and joined emoji have them


class Sentence(str):
    """English words for the user that remember what they were made of.

    To everything they are a text; a window can say them in another language.

    Attributes:
        template: the words, with places in braces.
        places: what stands there: sentences, numbers, or what has no language, such as a name.
    """

    template: str
    places: dict[str, object]

    def __new__(cls, template: str, /, **places: object) -> Sentence:
        """Fill the places of a template; integers are written as 12,345."""
        if isinstance(template, Sentence):
            return template
        texts = {name: f"{it:,}" if type(it) is int else it for name, it in places.items()}
        made = super().__new__(cls, template.format(**texts) if places else template)
        made.template, made.places = template, places
        return made


_REASONS = {
    errno.EACCES: Sentence("permission is denied"),
    errno.EDQUOT: Sentence("the disk quota is used up"),
    errno.EEXIST: Sentence("a file is there already"),
    errno.EFBIG: Sentence("the file would be larger than the system allows"),
    errno.EIO: Sentence("the disk reports an error"),
    errno.EISDIR: Sentence("it is a folder"),
    errno.ELOOP: Sentence("its symbolic links run in circles"),
    errno.ENAMETOOLONG: Sentence("the file name is too long"),
    errno.ENOENT: Sentence("the file or folder does not exist"),
    errno.ENOSPC: Sentence("the disk is full"),
    errno.ENOTDIR: Sentence("a part of the path is not a folder"),
    errno.EPERM: Sentence("permission is denied"),
    errno.EROFS: Sentence("the disk is read-only"),
}
_IN_USE = (32, 33)  # of Windows, whose errno is that of a missing permission


def system_reason(error: OSError | ValueError) -> Sentence:
    """Return why the system refused, as the end of a sentence, without number and path.

    Args:
        error: of the system, or the one that Python raises for a path that the system cannot have.
    """
    if isinstance(error, UnicodeError):
        return Sentence("the file name has characters that the system does not know")
    if isinstance(error, ValueError):
        return Sentence("the file name holds a null character")
    if getattr(error, "winerror", None) in _IN_USE:
        return Sentence("another program is using the file")
    return _REASONS.get(error.errno or 0) or Sentence((error.strerror or str(error)).lower())


class BsrError(Exception):
    """Base of all errors whose message, a Sentence, is meant for the user."""

    def __init__(self, template: str = "", /, **places: object) -> None:
        super().__init__(Sentence(template, **places))

    def __str__(self) -> str:
        sentence: str = self.args[0]  # still a Sentence, which str() would not be
        return sentence


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
