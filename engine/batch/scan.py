"""Folders and files named by the user -> the pictures to work on, and what was left out and why.

Pictures of a folder keep their place below it.  Nothing outside a named folder is reached: links to
folders are never walked (what they show inside the folder is met under its own name), and links
to files count only where the file lies inside the folder.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from ..disk import absolute, is_folder, is_inside, kind_of_file
from ..errors import BsrError, Sentence, system_reason
from .journal import read_history
from .journal_lines import JOURNAL_NAME, History

_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, of Windows
SYSTEM_NAMES = frozenset(
    {
        "$recycle.bin",
        "@eadir",
        "__macosx",
        "desktop.ini",
        "lost+found",
        "system volume information",
        "thumbs.db",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One file to work on.

    Attributes:
        path: the absolute path; a str, since there may be very many.
        relative: its path below the folder it was found in; the bare name of a file named itself.
    """

    path: str
    relative: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that looked like work and is not done.

    Attributes:
        path: where it is.
        reason: a sentence for the user.
        failed: whether pictures may be missing because of it (a folder that cannot be read);
            otherwise it was left out on purpose (a pipe named like a picture).
    """

    path: str
    reason: str
    failed: bool


@dataclass(frozen=True)
class Rules:
    """Which files of a folder are wanted.

    Attributes:
        suffixes: endings of pictures, lower case with the dot; they bind only inside folders.
        recursive: whether subfolders are walked.
        include: patterns of which one must match, none = everything.
        exclude: patterns of which none may match, for files and for folders.
        made: files of folders that are not input, since this program wrote them, as `real_path`
            gives them -> their sizes in bytes, 0 where that is not known.
        without: files of folders that are not wanted, as they are found.
        output: a folder that is not walked when it lies below an input, or None.

    Patterns are matched without regard to case, and to whether letters are composed: against the
    name, or where they hold a "/" against the path below the folder.  `*` matches "/" too, `**/`
    also nothing.
    """

    suffixes: frozenset[str]
    recursive: bool = False
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    made: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    output: Path | None = None

    def wants(self, relative: str) -> bool:
        """Return whether the patterns let the file at `relative` (with "/") through."""
        if self.include and not any(_matches(relative, pattern) for pattern in self.include):
            return False
        return not self.excludes(relative)

    def excludes(self, relative: str) -> bool:
        """Return whether an exclude pattern matches the file or folder at `relative`."""
        return any(_matches(relative, pattern) for pattern in self.exclude)


def scan(inputs: Iterable[Path], rules: Rules) -> Iterator[Found | Rejected]:
    """Walk what was named, in the order it was named and by name inside folders.

    Every file comes once, under the first name that its folder was reached by; a link to a file
    counts as another file.  What is named itself is judged by that alone.  Where several folders
    are named, each one's own name is put before the relative paths, so that their pictures stay
    apart.

    Args:
        inputs: files and folders.  A file is taken whatever its ending.
        rules: what is wanted.

    Yields:
        Found or Rejected.
    """
    _real_folder.cache_clear()  # links may have changed since the last time
    named = [absolute(path) for path in inputs]
    several = sum(is_folder(path) for path in named) > 1
    places = {real_path(str(path)) for path in named}
    seen: set[str] = set()
    for path in named:
        own = path.name or path.drive.rstrip(":")  # a whole drive has no name
        for item in _scan_one(path, rules, f"{own}/" if several and own else ""):
            place = real_path(item.path)
            has_its_turn = isinstance(item, Rejected) and place in places and item.path != str(path)
            if place not in seen and not has_its_turn:
                seen.add(place)
                yield item


def collision_key(path: str) -> str:
    """Return a key that is equal for two paths that some file system takes for one.

    Windows and macOS ignore case; macOS also takes composed and decomposed letters for equal.
    """
    return unicodedata.normalize("NFC", path).casefold()


def path_key(path: str | Path) -> str:
    """Return a key that is equal for two absolute paths of one file, however they are written."""
    return collision_key(real_path(str(path)))


def is_same_folder(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one folder, whatever it is called in them."""
    identity = _identity(path)
    return identity is not None and identity == _identity(other)


def real_path(path: str) -> str:
    """Return the path of a file without links in its folders; the file itself may be a link."""
    folder, name = os.path.split(path)
    return os.path.join(_real_folder(folder), name)  # noqa: PTH118  made for very many files


@lru_cache(1024)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def results_of(history: History, folder: Path) -> dict[str, int]:
    """Return what batches have written into a folder, as `Rules.made` has it.

    Args:
        history: what the folder's journal knows.
        folder: the output folder.
    """
    return {real_path(str(folder / output)): size for output, size in history.made.items()}


def _scan_one(path: Path, rules: Rules, prefix: str) -> Iterator[Found | Rejected]:
    """Walk one named file or folder; `prefix` goes before the relative paths of a folder."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield Rejected(
            str(path),
            Sentence("It cannot be opened: {reason}.", reason=system_reason(error)),
            failed=True,
        )
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, rules, prefix)
    elif not stat.S_ISREG(mode):
        yield Rejected(str(path), _not_a_file(mode), failed=True)
    elif rules.wants(path.name):
        yield Found(str(path), path.name)


def _walk(root: Path, rules: Rules, prefix: str) -> Iterator[Found | Rejected]:
    """Walk a folder without recursion, so that depth is bounded by nothing but the disk."""
    output = _identity(rules.output)
    made = dict(rules.made)
    waiting = [""]
    while waiting:
        below = waiting.pop()
        folder = root / below
        try:
            with os.scandir(folder) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Rejected(
                str(folder),
                Sentence("The folder cannot be read: {reason}.", reason=system_reason(error)),
                failed=True,
            )
            continue
        if below and any(entry.name == JOURNAL_NAME for entry in ordered):
            try:
                made |= results_of(read_history(folder), folder)
            except BsrError as error:
                yield Rejected(str(folder), str(error), failed=True)
                continue
        folders = []
        for entry in ordered:
            relative = f"{below}/{entry.name}" if below else entry.name
            if _is_system(entry) or rules.excludes(relative):
                continue
            if entry.is_dir(follow_symlinks=False) and not is_junction(entry):
                if rules.recursive and (output is None or _identity(entry.path) != output):
                    folders.append(relative)
            elif Path(entry.name).suffix.lower() in rules.suffixes and rules.wants(relative):
                item = _file(entry, root, f"{prefix}{relative}")
                if isinstance(item, Found):
                    item = _unless_left_out(item, entry, rules.without, made)
                if item is not None:
                    yield item
        waiting.extend(reversed(folders))


def _file(entry: os.DirEntry[str], root: Path, relative: str) -> Found | Rejected | None:
    """Judge one entry named like a picture; None for a link that shows a folder."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return Rejected(
            entry.path,
            Sentence("It cannot be opened: {reason}.", reason=system_reason(error)),
            failed=True,
        )
    if stat.S_ISDIR(mode):
        return None
    if not stat.S_ISREG(mode):
        return Rejected(entry.path, _not_a_file(mode), failed=False)
    if entry.is_symlink() and not is_inside(root, Path(entry.path)):
        outside = Sentence("It is a link to a file outside the folder.")
        return Rejected(entry.path, outside, failed=False)
    return Found(entry.path, relative)


def _unless_left_out(
    item: Found, entry: os.DirEntry[str], without: frozenset[str], made: Mapping[str, int]
) -> Found | Rejected | None:
    """Leave out what was taken out, and what this program wrote.

    A file that is not what was written under its name is most likely a result that somebody
    edited. It is left out too, but not without a word.
    """
    if item.path in without:
        return None
    size = made.get(real_path(item.path)) if made else None
    if size is None:
        return item
    if size in (0, entry.stat().st_size):
        return None
    changed = Sentence(
        "It has the name of an earlier result, but is not what was written then. To enlarge it, "
        "name the file itself."
    )
    return Rejected(item.path, changed, failed=False)


def is_junction(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder of Windows that leads to another one, like a link."""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return getattr(status, "st_reparse_tag", 0) == _JUNCTION


def _matches(relative: str, pattern: str) -> bool:
    """Return whether a pattern matches a path below the folder, or its last part."""
    pattern = _folded(pattern).removeprefix("./").rstrip("/")
    subject = _folded(relative if "/" in pattern else relative.rpartition("/")[2])
    return fnmatchcase(subject, pattern) or fnmatchcase(subject, pattern.replace("**/", ""))


def _folded(text: str) -> str:
    """Return a text in lower case and with composed letters: macOS gives them decomposed."""
    return unicodedata.normalize("NFC", text).lower()


def _is_system(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is hidden, or one of the files that systems leave in folders."""
    if entry.name.startswith(".") or entry.name.lower() in SYSTEM_NAMES:
        return True
    if os.name != "nt":
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))


def _identity(path: str | Path | None) -> tuple[int, int] | None:
    """Return device and inode of an existing path, None where there is none."""
    try:
        status = Path(path).stat() if path is not None else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None


def _not_a_file(mode: int) -> str:
    return Sentence("It is {kind}, not a file.", kind=kind_of_file(mode))
