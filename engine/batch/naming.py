"""Every file of a batch -> the name of its result, each name once, on every file system."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..disk import Seal, is_inside, is_sealed, numbered, read_file
from ..errors import ImageFileError
from ..images import result_suffix
from ..images.formats import known_format
from ..jobs.job import IfExists
from ..jobs.output_names import output_name
from .journal import fingerprint
from .journal_lines import CLAIMED, DONE, FAILED, SKIPPED, WRITING, Entry
from .request import BatchRequest
from .scan import Found, path_key, real_path

if TYPE_CHECKING:
    from ..jobs.model_choice import ModelChoice

LOOKING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Item:
    """One file to enlarge; there may be very many, so only this is kept of each.

    Attributes:
        input: absolute path of the picture.
        output: absolute path of the result.
        if_exists: what becomes of a file that is there already.
        ours: by what the file is known that an earlier run wrote there, or None.
        in_journal: whether the journal says so of this file and this result already.
        height: of the picture, 0 where its header cannot be read or was not asked for.
        width: of the picture.
        bytes: estimated size of the result.
        scale: by which it is enlarged, 0 where its size or the goal forbids it.
    """

    input: str
    output: str
    if_exists: IfExists
    in_journal: bool
    ours: Seal | None = None
    height: int = 0
    width: int = 0
    bytes: int = 0
    scale: float = 0.0


def _has_alpha(source: Path) -> bool:
    """Return whether a picture has transparency, as far as its header can be read."""
    from ..images import probe
    from ..images.errors import Unreadable
    from ..images.sniff import kind_of

    try:
        with read_file(source) as file:
            if kind_of(file.read(32)) == "JPEG":  # as nearly all are that are called so
                return False
        return probe(source, LOOKING_SECONDS).alpha
    except (ImageFileError, Unreadable, OSError):
        return False


class Namer:
    """Gives every file the name of its result, each name once, on every file system."""

    def __init__(
        self,
        request: BatchRequest,
        choice: ModelChoice,
        entries: dict[str, Entry],
        found: list[Found],
        *,
        resumed: bool,
    ) -> None:
        """Keep the names that files have already.

        Args:
            request: what is asked for.
            choice: the models that run.
            entries: what the journal says of the files whose names are kept, by their paths.
            found: all files of the batch.
            resumed: whether the run that wrote the entries goes on; a new one keeps names alone.
        """
        self.renamed: list[Item] = []
        self._request = request
        self._policy = request.save.if_exists
        self._root = request.root
        self._entries = entries
        self._resumed = resumed
        self._choice = choice
        # A result never takes the place of a picture of this batch, nor of another result.
        self._taken = {path_key(file.path) for file in found}
        self._given = set(self._taken)
        earlier = (entry.output for entry in entries.values())
        self._taken.update(path_key(self._root / output) for output in earlier)
        self._numbers: dict[str, int] = {}

    def item(self, file: Found, index: int) -> tuple[str, Item]:
        """Name a file's result: (CLAIMED | DONE | SKIPPED, the item, still without sizes)."""
        entry = self._entry_of(file)
        if entry is not None:
            file = replace(file, path=entry.file)  # what the journal knows keeps its name there
        known = None if entry is None else self._known(entry, file)
        if known is not None:
            return known
        output, clashed = self._new_name(file, index)
        item = Item(file.path, str(output), self._policy, False)
        if clashed:
            self.renamed.append(item)
        return self._judged(item)

    def _judged(self, item: Item) -> tuple[str, Item]:
        """Tell whether an item that this run has named is still to be done."""
        exists = self._policy == "skip" and os.path.lexists(item.output)
        return (SKIPPED if exists else CLAIMED), item

    def _known(self, entry: Entry, file: Found) -> tuple[str, Item] | None:
        """Go on with what the journal says of a file, None where that is of no use."""
        output = self._root / entry.output
        if self._resumed and entry.state == DONE and _unchanged(entry, output):
            return DONE, Item(file.path, str(output), self._policy, True)
        if not self._is_usable(entry, file):
            return None
        self._given.add(path_key(output))
        if not self._resumed:
            told = entry.state in (DONE, SKIPPED)
            return self._judged(Item(file.path, str(output), self._policy, told))
        if self._policy == "replace":
            return CLAIMED, Item(file.path, str(output), self._policy, True)
        if entry.state == WRITING and entry.seal is None:
            # A worker may have written it, or still write it; only doing it again can tell.
            return CLAIMED, Item(file.path, str(output), "rename", True)
        if not os.path.lexists(output):
            return CLAIMED, Item(file.path, str(output), self._policy, True)
        if entry.seal is not None and is_sealed(output, entry.seal):
            return CLAIMED, Item(file.path, str(output), "rename", True, entry.seal)
        if self._policy == "skip":
            return SKIPPED, Item(file.path, str(output), self._policy, entry.state == SKIPPED)
        return None

    def _is_usable(self, entry: Entry, file: Found) -> bool:
        """Return whether a result lies where this file's results go, or in the folder anyway.

        A journal that somebody else wrote may lead out of it by a link, name one result twice, or
        name an original.
        """
        output = self._root / entry.output
        if path_key(output) in self._given or known_format(output) is None:
            return False
        own = PurePosixPath(entry.output).parent == PurePosixPath(file.relative).parent
        return own or (os.path.lexists(output) and is_inside(self._root, output))

    def not_done_before(self, file: Found) -> bool:
        """Return whether the last run could not do this file, or not reach it."""
        entry = self._entry_of(file)
        return entry is None or entry.state == FAILED

    def _entry_of(self, file: Found) -> Entry | None:
        """Return what the journal says of a file, whichever way its folder was named."""
        exact = self._entries.get(file.path)
        return exact or self._by_real_path.get(real_path(file.path))

    @cached_property
    def _by_real_path(self) -> dict[str, Entry]:
        return {real_path(entry.file): entry for entry in self._entries.values()}

    def _new_name(self, file: Found, index: int) -> tuple[Path, bool]:
        """Find a name that no other file has; whether it had to be numbered for that."""
        request, source = self._request, Path(file.path)
        suffix = result_suffix(source, request.save.format, lambda: _has_alpha(source))
        name = output_name(
            source,
            request.template,
            scale=request.goal.label if request.goal else request.scale or self._choice.card.scale,
            model=self._choice.name,
            weights=request.weights,
            index=index,
            suffix=suffix,
        )
        first = self._root / Path(file.relative).parent / name
        first_key = path_key(first)
        clashed = first_key in self._taken
        start = self._numbers.get(first_key, 1)  # all before were taken when it was named last
        candidates = enumerate(numbered(first, start), start)
        number, path = next(one for one in candidates if self._is_free(one[1]))
        self._numbers[first_key] = number
        self._taken.add(path_key(path))
        return path, clashed

    def _is_free(self, path: Path) -> bool:
        """Return whether a result may be called so."""
        if path_key(path) in self._taken:
            return False
        return self._policy != "rename" or not os.path.lexists(path)


def _unchanged(entry: Entry, output: Path) -> bool:
    """Return whether a finished file's source and result are as they were."""
    try:
        return fingerprint(entry.file) == entry.source and output.stat().st_size == entry.bytes
    except OSError:
        return False
