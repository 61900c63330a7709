"""How the files of this package say what is wrong with a picture."""


class Unreadable(Exception):
    """The rest of a sentence that begins with the file's name, without the full stop."""
