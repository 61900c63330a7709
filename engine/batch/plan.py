"""What was asked of a batch -> every file with the name of its result, before anything is begun."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..disk import absolute, existing_folder
from ..errors import BsrError, ImageFileError
from ..jobs.model_choice import ModelChoice, choose_models
from ..models.catalog import DEFAULT_SCALE
from ..upscaling.goal import LARGEST_SCALE, GoalOutOfReach
from .journal import check_settings
from .journal_lines import CLAIMED, DONE, SKIPPED, Entry, History
from .naming import LOOKING_SECONDS, Item, Namer
from .request import BatchRequest
from .scan import Found, Rejected, Rules, is_same_folder, results_of, scan

if TYPE_CHECKING:
    from ..models.catalog import Catalog
    from ..progress import CancelToken, Progress

# Bytes for each pixel that a lossy file of an enlarged picture takes at most, as a rule.
LOSSY_PIXEL = 0.5

Mode = Literal["new", "continue", "resume", "retry"]


@dataclass(frozen=True)
class Plan:
    """Everything a batch is going to do.

    Attributes:
        request: what was asked for.
        choices: the models that may run; for a goal, those for each whole factor.
        items: the files to enlarge, in order.
        skipped: files whose result exists.
        finished: files that an earlier run of the same batch has finished; they are not measured.
        rejected: what cannot be worked on or is not a file.
        renamed: items whose result would have met another one's name, with the name they got.
        begins_run: whether the journal gets a new run; not where the last one goes on, nor where
            it has said all there is to say.
        bytes_free: space on the disk of the output folder.
    """

    request: BatchRequest
    choices: tuple[ModelChoice, ...]
    items: list[Item]
    skipped: list[Item]
    finished: list[Item]
    rejected: list[Rejected]
    renamed: list[Item]
    begins_run: bool
    bytes_free: int

    def choice_of(self, item: Item) -> ModelChoice:
        """Return the models that may enlarge an item."""
        factor = math.ceil(item.scale or DEFAULT_SCALE)
        return self.choices[min(factor, len(self.choices)) - 1]

    @property
    def bytes_needed(self) -> int:
        """Estimated size of all results that are still to be made."""
        return sum(item.bytes for item in self.items)

    @property
    def settings(self) -> dict[str, Any]:
        """What decides the results; a batch is resumed only with the same."""
        return settings_of(self.request, self.choices)

    def new_entries(self) -> Iterator[Entry]:
        """Return the journal's lines of the files it does not know: the names of their results."""
        for state, items in ((CLAIMED, self.items), (SKIPPED, self.skipped)):
            for item in items:
                if self.begins_run or not item.in_journal:
                    yield Entry(item.input, state, self.relative(item.output))

    def format(self, item: Item) -> str:
        """Return the format of an item's result, a name of `bsr.engine.images.FORMATS`."""
        from ..images import format_of

        return format_of(Path(item.output)).name

    def relative(self, output: str | Path) -> str:
        """Return the path of a result as the journal writes it."""
        return Path(output).relative_to(self.request.root).as_posix()


def make_plan(
    request: BatchRequest,
    catalog: Catalog,
    history: History,
    *,
    mode: Mode = "new",
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Plan:
    """Find the files, name their results, and read the headers for size and space.

    Args:
        request: what is asked for.
        catalog: the installed models.
        history: what the journal of the output folder knows.
        mode: "new"; "continue" the last run where it had the same settings; "resume" it, or
            refuse; "retry" only what failed in it or what it could not know. What the last run
            finished is done again in a new one only.
        on_progress: called with the stage "looking" while headers are read.
        cancel: looked at between files.

    Raises:
        BsrError: the model is not installed, the name template is wrong, or the run to resume
            had other settings, or there is none to retry.
        Cancelled: it was cancelled.
    """
    from ..progress import Progress

    choices = choices_of(request, catalog)
    settings = settings_of(request, choices)
    resumed = _is_resumed(history, settings, mode, request.root)
    failed_only = mode == "retry"
    found, rejected = _find(request, history, cancel)
    entries = history.entries if resumed else _named_before(request, settings, history, found)
    namer = Namer(request, choices[0], entries, found, resumed=resumed)
    free = shutil.disk_usage(existing_folder(request.root)).free
    plan = Plan(request, choices, [], [], [], rejected, namer.renamed, not resumed, free)
    for index, file in enumerate(found):
        if cancel is not None:
            cancel.check()
        state, item = namer.item(file, index + 1)
        if state != DONE:  # there may be very many on a slow disk, of which nothing is asked
            item = _measured(item, request, choices[0])
        if state == DONE:
            plan.finished.append(item)
        elif state == CLAIMED and (not failed_only or namer.not_done_before(file)):
            plan.items.append(item)
        elif not failed_only:
            plan.skipped.append(item)
        if on_progress is not None:
            on_progress(Progress("looking", index + 1, len(found)))
    plan.items.sort(key=lambda item: item.bytes > free)  # what has no room now waits for the rest
    return replace(plan, begins_run=not resumed and not _is_told(plan, history))


def _is_told(plan: Plan, history: History) -> bool:
    """Return whether the last run has left nothing to do, and the journal says all of it.

    A batch that is begun every night would fill it with nothing new.
    """
    nothing_new = not plan.items and all(item.in_journal for item in plan.skipped)
    return nothing_new and 0 < len(plan.skipped) == len(history.entries)


def _is_resumed(history: History, settings: dict[str, Any], mode: Mode, folder: Path) -> bool:
    """Return whether the last run goes on.

    Raises:
        BsrError: it must, and had other settings, or it is to be retried and there is none.
    """
    if mode == "retry":
        check_begun(history, folder)
    if mode == "new" or history.settings is None:
        return False
    if mode == "continue":
        return history.settings == settings
    check_settings(history, settings, folder)
    return True


def check_begun(history: History, folder: Path) -> None:
    """Refuse to retry where there was no batch.

    Raises:
        BsrError: there is none.
    """
    if history.settings is None:
        raise BsrError(
            "There is no earlier batch in {folder}, so nothing can be retried.", folder=folder
        )


def _named_before(
    request: BatchRequest, settings: dict[str, Any], history: History, found: list[Found]
) -> dict[str, Entry]:
    """Return what a new run keeps of the last one: which result is whose.

    Otherwise a file that was added would take the result of another one for its own, and be
    skipped for it.
    """
    if request.save.if_exists != "skip" or history.settings != settings:
        return {}
    paths = (file.path for file in found)
    return {path: history.entries[path] for path in paths if path in history.entries}


def choices_of(request: BatchRequest, catalog: Catalog) -> tuple[ModelChoice, ...]:
    """Return the models that may run; for a goal, those for each whole factor, 1..8.

    Args:
        request: what is asked for.
        catalog: the installed models.

    Raises:
        BsrError: the model is not installed.
    """
    factors = [request.scale] if request.goal is None else range(1, LARGEST_SCALE + 1)
    return tuple(
        choose_models(
            catalog, factor, request.model, request.weights, request.family, request.clean_up
        )
        for factor in factors
    )


def settings_of(request: BatchRequest, choices: tuple[ModelChoice, ...]) -> dict[str, Any]:
    """Return what decides the results, in the words that a refusal uses.

    Args:
        request: what is asked for.
        choices: of `choices_of`.
    """
    goal, checksums = request.goal, [card.sha256 for choice in choices for card in choice.cards]
    factor = {"scale": float(request.scale or choices[0].card.scale)} if goal is None else {}
    save = asdict(request.save)
    save["background"] = list(save["background"])
    del save["if_exists"]
    return {
        "model": ", ".join(dict.fromkeys(choice.name for choice in choices)),
        "weights": request.weights,
        "checksum of the model": ", ".join(dict.fromkeys(checksums)),
        "clean-up": choices[0].compressed.percent,
        **factor,
        **({} if goal is None else {"size": [goal.label, goal.dpi]}),
        "name template": request.template,
        **{name.replace("_", " "): value for name, value in save.items()},
    }


def _find(
    request: BatchRequest, history: History, cancel: CancelToken | None
) -> tuple[list[Found], list[Rejected]]:
    """Walk the inputs; what this program has written there itself is not input."""
    from ..images import READABLE_SUFFIXES

    root = request.root
    made = results_of(history, root)
    for path in request.inputs:
        if is_same_folder(path, root):  # in other letters or by a mount, which no link tells
            made |= results_of(history, absolute(path))
    rules = Rules(
        READABLE_SUFFIXES,
        request.recursive,
        request.include,
        request.exclude,
        made,
        frozenset(map(str, request.without)),
        root,
    )
    found: list[Found] = []
    rejected: list[Rejected] = []
    for item in scan(request.inputs, rules):
        if cancel is not None:
            cancel.check()
        if isinstance(item, Found):
            found.append(item)
        else:
            rejected.append(item)
    return found, rejected


def obstacle(request: BatchRequest, item: Item) -> str:
    """Return why an item without a scale will fail, "" where nothing is in its way any more."""
    from ..images import probe

    try:
        info = probe(Path(item.input), LOOKING_SECONDS)
        if request.goal is not None:
            request.goal.scale(info.height, info.width)
    except GoalOutOfReach as error:
        return f"{item.input}: {error}"
    except (BsrError, OSError) as error:
        return str(error)
    return ""


def _measured(item: Item, request: BatchRequest, choice: ModelChoice) -> Item:
    """Add the picture's size, its factor and the estimated size of the result's file.

    The guess is the larger picture in the same ratio of bytes to pixels, but never more than its
    plain pixels, nor than a lossy file takes; a lossless copy of a lossy file takes about six times
    its bytes.
    """
    from ..images import FORMATS, format_of, probe
    from ..images.formats import LOSSLESS_QUALITY

    try:
        info = probe(Path(item.input), LOOKING_SECONDS)
        source = Path(item.input).stat().st_size
    except (ImageFileError, OSError):
        return item  # the read fails again and is reported there
    try:
        goal = request.goal
        scale = request.scale or float(choice.card.scale)
        scale = scale if goal is None else goal.scale(info.height, info.width)
    except GoalOutOfReach:  # told when it is its turn
        return replace(item, height=info.height, width=info.width)
    from_lossy = info.format in FORMATS and FORMATS[info.format].quality
    to_lossy = format_of(Path(item.output)).quality
    growth = 6.0 if from_lossy and not to_lossy else 1.0
    pixel: float = (3 + info.alpha) * (info.bits // 8 or 1)
    if to_lossy and request.save.quality < LOSSLESS_QUALITY:
        pixel = LOSSY_PIXEL
    guess = round(min(source * growth, info.height * info.width * pixel) * scale * scale)
    return replace(item, height=info.height, width=info.width, bytes=guess, scale=scale)
