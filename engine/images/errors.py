"""How the files of this package say what is wrong with a picture."""

from __future__ import annotations

from ..errors import Sentence


class Unreadable(Exception):
    """The rest of a sentence that begins with the file's name, without the full stop."""

    def __init__(self, template: str, /, **places: object) -> None:
        super().__init__(Sentence(template, **places))


INCOMPLETE = Sentence("is incomplete: the file ends too early")
OVERFULL = Sentence("is damaged: it holds far more than a picture of its size")
