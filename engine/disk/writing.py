"""Files written whole under a hidden name, and named without replacing anything unasked."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .files import Seal, is_sealed, open_file, seal_of
from .paths import numbered

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_CURRENT_FOLDER = -100  # AT_FDCWD
_NO_REPLACE, _EXCLUSIVE = 1, 4  # RENAME_NOREPLACE of Linux, RENAME_EXCL of macOS
# What file systems say that know no hard links, or no renaming that refuses.
_UNKNOWN = (
    errno.EINVAL,
    errno.EMLINK,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,
)

PART_SUFFIX = ".bsr-part"
"""Ending of the hidden files that become others when they are complete."""


@dataclass(frozen=True)
class Naming:
    """How a file gets its name when it is complete.

    Attributes:
        replace: whether it may take the place of another file.  Otherwise it is numbered where
            its name is taken: `name (2).suffix`.
        ours: what this program wrote under the name earlier, and may replace; or None.
        again: whether the same file may have been written before; it is then replaced.
        announce: called before the file gets a name, with that name and its seal.
    """

    replace: bool = True
    ours: Seal | None = None
    again: bool = False
    announce: Callable[[Path, Seal], None] | None = None


def write_file(
    path: Path,
    write: Callable[[BinaryIO], object],
    name: Callable[[Path, Path], Path] = Path.replace,
) -> Path:
    """Write a file that takes its name only when it is complete and on the disk.

    The bytes go to a hidden file with a short name beside the target (the target's own name may
    be as long as the system allows); whatever goes wrong, that file is removed.

    Args:
        path: the name that is wanted.
        write: writes the bytes to a file open for writing.
        name: gives the complete file its name; `take_name` where nothing may be replaced.

    Returns:
        The name it got.

    Raises:
        OSError: the file cannot be written.
    """
    part = path.parent / f".{secrets.token_hex(6)}{PART_SUFFIX}"
    held = None
    try:
        with part.open("xb") as file:
            held = _hold(file)
            write(file)
            file.flush()
            os.fsync(file.fileno())
        return name(part, path)
    except BaseException:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        raise
    finally:
        if held is not None:
            os.close(held)


def lock(file: int) -> bool | None:
    """Lock an open file against others who ask; the system lets go when it is closed.

    Args:
        file: its descriptor; on Windows its position is lost.

    Returns:
        Whether it is locked now: False where somebody else has the lock, None where the file system
        knows none.
    """
    try:
        if sys.platform == "win32":
            os.lseek(file, 1 << 40, os.SEEK_SET)  # far behind the end, so that it can be read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else None
    return True


def is_held(part: Path) -> bool:
    """Return whether somebody is writing a part now, where the system knows locks on files.

    Windows knows others, and removes no file that is open.
    """
    if sys.platform == "win32":
        return False
    try:
        file = open_file(part, os.O_RDWR, links=False)
    except OSError:
        return False
    try:
        return lock(file) is False
    finally:
        os.close(file)


def _hold(file: BinaryIO) -> int | None:
    """Lock a part until what is returned is closed: it keeps its lock until it has its name."""
    if sys.platform == "win32":
        return None
    lock(file.fileno())
    return os.dup(file.fileno())


def give_name(
    part: Path, path: Path, naming: Naming, check: Callable[[], None] = lambda: None
) -> Path:
    """Name a complete file; what is not this program's own is never replaced unasked.

    Args:
        part: the file under its temporary name, in the same folder.
        path: the name that is wanted.
        naming: what may be replaced.
        check: called until the file gets its name; it raises where there is to be none.

    Returns:
        The name it got.

    Raises:
        OSError: it cannot be renamed.
    """
    seal = None
    if naming.announce is not None or naming.again:
        with part.open("rb") as file:
            seal = seal_of(file, check)
    check()
    for number, candidate in enumerate(numbered(path)):
        taken = os.path.lexists(candidate)
        known = (seal if naming.again else None, naming.ours if number == 0 else None)
        replaced = naming.replace or (taken and is_sealed(candidate, *known))
        if taken and not replaced:
            continue
        if naming.announce is not None and seal is not None:
            naming.announce(candidate, seal)
        if replaced:
            part.replace(candidate)
            return candidate
        with suppress(FileExistsError):
            take_name(part, candidate)
            return candidate
    raise AssertionError("there is always a higher number")


def take_name(part: Path, path: Path) -> Path:
    """Rename a file in one step that never replaces another one.

    Returns:
        The new path.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be renamed.
    """
    if sys.platform == "win32":
        return part.rename(path)  # which refuses there
    for rename in (_by_link, _by_system_call, _by_placeholder):
        try:
            rename(part, path)
            break
        except OSError as error:
            if error.errno not in _UNKNOWN or rename is _by_placeholder:
                raise
    return path


def _by_link(part: Path, path: Path) -> None:
    os.link(part, path, follow_symlinks=False)
    part.unlink()


def _by_system_call(part: Path, path: Path) -> None:
    """Rename on file systems without hard links, such as FAT and exFAT."""
    system = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(part), os.fsencode(path)
    if hasattr(system, "renameat2"):
        code = system.renameat2(_CURRENT_FOLDER, old, _CURRENT_FOLDER, new, _NO_REPLACE)
    elif hasattr(system, "renamex_np"):
        code = system.renamex_np(old, new, _EXCLUSIVE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if code != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(part), None, str(path))


def _by_placeholder(part: Path, path: Path) -> None:
    """Take the name by an empty file, then replace that: what is left where nothing else works."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        part.replace(path)
    except BaseException:
        path.unlink()
        raise
